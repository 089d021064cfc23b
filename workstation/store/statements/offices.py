"""Statements about home offices."""

#: Consignments an office still has to do with, as the index has them; those of cases that have left are not.
OPEN_CONSIGNMENTS = (
    "WHERE hall = :hall AND office_code = :office AND state <> 'done' AND NOT EXISTS"
    " (SELECT 1 FROM cases WHERE cases.hall = consignments.hall AND cases.number = consignments.case_number"
    " AND cases.state IN ('declined', 'guided', 'withdrawn', 'closed'))"
    " ORDER BY id"
)
