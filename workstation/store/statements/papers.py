"""Statements about printed faces."""

PROMISED = "WHERE hall = :hall AND made_at IS NULL AND state = 'promised' ORDER BY number"
LIVE_SLIPS = "WHERE hall = :hall AND kind = 'reply_slip' AND state <> 'void' ORDER BY number"
