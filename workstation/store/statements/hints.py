"""Statements about what the hall has done before and may do again."""

#: The first office of each case that belonged to a division, newest first. Nobody's name is read for it.
USED_OFFICES = (
    "SELECT item, registered_at,"
    " (SELECT office_code FROM consignments s"
    " WHERE s.hall = cases.hall AND s.case_number = cases.number AND s.ordinal = 1) AS office_code"
    " FROM cases WHERE hall = :hall AND basis_place = :division"
    " ORDER BY registered_at DESC, number DESC LIMIT 200"
)
