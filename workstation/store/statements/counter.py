"""Statements about what the counter says and is asked: tries to reach somebody, ratings, signs of bypass."""

#: The next try is due, and nobody has tried that person of that case since; ids carry the ordinal.
DUE_CONTACTS = (
    "WHERE hall = :hall AND next_on IS NOT NULL AND next_on <= :today AND NOT EXISTS"
    " (SELECT 1 FROM contacts later WHERE later.hall = contacts.hall"
    " AND later.case_number = contacts.case_number AND later.id > contacts.id AND later.who = contacts.who)"
    " ORDER BY next_on, id"
)
NEWEST_RATINGS = 'WHERE hall = :hall ORDER BY "at" DESC, id DESC LIMIT :count'
#: As the index has it, so that SQLite sees that they are the same.
BAD_RATINGS = (
    "WHERE hall = :hall AND grade IN ('dissatisfied', 'very_dissatisfied')"
    ' ORDER BY "at" DESC, id DESC LIMIT :count'
)
#: Cases that nobody has looked through since they were registered. `+` before the time, so that SQLite goes
#: through the few in this state and not through all of that time.
NEVER_REVIEWED = (
    "WHERE hall = :hall AND state = 'registered' AND first_reviewed_at IS NULL"
    " AND +registered_at >= :since AND +registered_at < :until ORDER BY number"
)
#: Cases at the counter with a row that has failed.
FAILING = (
    "WHERE hall = :hall AND state = 'registered' AND EXISTS"
    " (SELECT 1 FROM checklist_rows r WHERE r.hall = cases.hall AND r.case_number = cases.number"
    " AND r.state = 'failing')"
    " ORDER BY number"
)
#: Consignments for which the home office asked for more; only cases that had passed are mailed.
ASKED_FOR_MORE = (
    "WHERE hall = :hall AND corrected_at IS NOT NULL AND corrected_at >= :since AND corrected_at < :until"
    " ORDER BY corrected_at, id"
)
