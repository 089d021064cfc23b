"""Statements about home offices."""

#: Consignments an office still has to do with, as the index has them; those of cases that have left are not.
OPEN_CONSIGNMENTS = (
    "WHERE hall = :hall AND office_code = :office AND state <> 'done' AND NOT EXISTS"
    " (SELECT 1 FROM cases WHERE cases.hall = consignments.hall AND cases.number = consignments.case_number"
    " AND cases.state IN ('declined', 'guided', 'withdrawn', 'closed'))"
    " ORDER BY id"
)

#: When an envelope came back from an office the last time, for a reason that puts its address in doubt.
CAME_BACK = (
    "SELECT max(tasks.opened_at) AS came_at FROM tasks"
    " JOIN envelopes ON envelopes.hall = tasks.hall AND envelopes.number = tasks.object"
    " WHERE tasks.hall = :hall AND tasks.kind IN ('sent_back', 'mail_refused', 'address_changed')"
    " AND envelopes.office_code = :office AND envelopes.reason = tasks.kind"
)
