"""Statements about how items are done here."""

_DONE_AT_ONCE = (
    "notices = 0 AND (passed_at IS NOT NULL OR state IN ('reviewed', 'served', 'closed')"
    " OR (state = 'guided' AND assisted = 1))"
)
_COUNTS = (
    f"SELECT item, count(*) AS cases, sum(CASE WHEN {_DONE_AT_ONCE} THEN 1 ELSE 0 END) AS done FROM cases"
)
_SPAN = "hall = :hall AND registered_at >= :since AND registered_at < :until"

#: Of the cases registered in a time, by item: how many, and how many needed one visit only.
RATES = f"{_COUNTS} WHERE {_SPAN} GROUP BY item ORDER BY item"
RATE = f"{_COUNTS} WHERE {_SPAN} AND item = :item GROUP BY item"
