"""Statements about cases."""

#: By the end of the number: serial with or without its check digit, as said on the telephone.
BY_TAIL = "WHERE hall = :hall AND number LIKE :tail ORDER BY registered_at DESC LIMIT 50"
#: The hall stands in each part, and `+` before the time, so that SQLite looks up three times and sorts the
#: few it finds; otherwise it goes through the whole hall.
BY_DIGEST = (
    "WHERE (hall = :hall AND name_digest = :name OR hall = :hall AND id_digest = :id"
    " OR hall = :hall AND phone_digest = :phone)"
    " ORDER BY +registered_at DESC LIMIT 200"
)
#: Open, or ended lately.
RECENT = (
    "WHERE hall = :hall"
    " AND (state NOT IN ('closed', 'declined', 'guided', 'withdrawn') OR changed_at >= :since)"
    " ORDER BY registered_at DESC"
)
NEWEST = "WHERE hall = :hall ORDER BY registered_at DESC, number DESC LIMIT :count"
BY_STATE = "WHERE hall = :hall AND state = :state ORDER BY number LIMIT :count"
COUNTS = "SELECT state, count(*) AS n FROM cases WHERE hall = :hall GROUP BY state ORDER BY state"
CONSIGNMENT_COUNTS = (
    "SELECT state, count(*) AS n FROM consignments WHERE hall = :hall GROUP BY state ORDER BY state"
)
