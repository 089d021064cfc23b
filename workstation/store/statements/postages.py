"""Statements about postage: what left in a month, and what it was for; no person is read for it."""

#: A page of the journal, the newest before an entry first, without what the acts changed.
PASSED = (
    "SELECT seq, at, act, object FROM journal WHERE hall = :hall AND seq < :before"
    " ORDER BY seq DESC LIMIT :count"
)
#: The envelopes that went with a batch.
SENT = (
    "SELECT l.envelope AS object, e.office_name AS office FROM batch_lines l"
    " JOIN envelopes e ON e.hall = l.hall AND e.number = l.envelope"
    " WHERE l.hall = :hall AND l.batch = :batch AND l.scanned_at IS NOT NULL AND l.reason IS NULL"
    " ORDER BY l.envelope"
)
#: What a case is about, and nothing of whom.
ITEM = "SELECT item FROM cases WHERE hall = :hall AND number = :number"
