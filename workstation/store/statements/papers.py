"""Statements about printed faces."""

PROMISED = "WHERE hall = :hall AND made_at IS NULL AND state = 'promised' ORDER BY number"
#: Slips that this office may be naming: those in envelopes on their way to it.
AWAITED_SLIPS = (
    "WHERE hall = :hall AND kind = 'reply_slip' AND state <> 'void' AND object IN"
    " (SELECT number FROM envelopes WHERE hall = :hall AND state = 'handed_over' AND office_code = :office)"
    " ORDER BY number"
)
