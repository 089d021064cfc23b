"""Statements of the counters: one per kind, window and day, bumped in the act's own transaction."""

BUMP = (
    "UPDATE counters SET last = last + 1"
    ' WHERE hall = :hall AND kind = :kind AND "window" = :window AND day = :day RETURNING last'
)
BEGIN = 'INSERT INTO counters (hall, kind, "window", day, last) VALUES (:hall, :kind, :window, :day, 1)'
ALL = 'SELECT kind, "window", day, last FROM counters WHERE hall = :hall ORDER BY kind, "window", day'
