"""Statements of what is given to archives and platforms: ended cases of a span, and cases line by line."""

_PACKETS = "(SELECT count(*) FROM archives a WHERE a.hall = c.hall AND a.case_number = c.number) AS packets"
#: Closed in a span, with how many packets of each were given out.
CLOSED = (
    f"SELECT c.number, c.state, c.item, c.clerk, c.closed_at AS ended_at, {_PACKETS} FROM cases c"
    " WHERE c.hall = :hall AND c.closed_at IS NOT NULL AND c.closed_at >= :since AND c.closed_at < :until"
    " ORDER BY c.closed_at, c.number"
)
#: Ended otherwise: the case is not written any more after that. `+` before the time, so that SQLite goes
#: through those in this state, in the order of their numbers.
LEFT = (
    f"SELECT c.number, c.state, c.item, c.clerk, c.changed_at AS ended_at, {_PACKETS} FROM cases c"
    " WHERE c.hall = :hall AND c.state = :state AND +c.changed_at >= :since AND +c.changed_at < :until"
    " ORDER BY c.number"
)
#: A page of the cases registered in a span, after one of them.
REGISTERED = (
    'SELECT number, state, item, path, "window", clerk, basis_place, reason, channel, registered_at,'
    " passed_at, served_at, closed_at FROM cases WHERE hall = :hall"
    " AND (registered_at, number) > (:since, :after) AND registered_at < :until"
    " ORDER BY registered_at, number LIMIT :count"
)
COUNT_REGISTERED = (
    "SELECT count(*) AS n FROM cases WHERE hall = :hall AND registered_at >= :since"
    " AND registered_at < :until"
)
