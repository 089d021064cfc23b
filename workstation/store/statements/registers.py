"""Statements of the registers 登记簿: by key what belongs into each in a span of time; no person is read."""

#: The hand-ins of a span of time, each once for every office it goes to.
TAKEN_IN = (
    "SELECT c.number, s.id AS consignment FROM cases c"
    " LEFT JOIN consignments s ON s.hall = c.hall AND s.case_number = c.number"
    " WHERE c.hall = :hall AND c.registered_at >= :since AND c.registered_at < :until"
    " ORDER BY c.registered_at, c.number"
)
#: The acts of one name in a span of time, however long ago it was.
DONE = (
    "SELECT seq, at, object, operator FROM journal"
    " WHERE hall = :hall AND at >= :since AND at < :until AND act = :act ORDER BY at, seq"
)
#: Who did what to a case that a register names.
DOERS = (
    "SELECT j.act, j.at, j.operator, j.second FROM mentions m CROSS JOIN journal j"
    " WHERE m.hall = :hall AND m.object = :object AND j.hall = m.hall AND j.seq = m.seq"
    " AND j.act IN ('review', 'decline', 'notice', 'acknowledge', 'acknowledge_by_hand') ORDER BY m.seq"
)
