"""Statements of what was done at a window today, and of what is still to be done."""

#: Kind, hall, window and day begin a number, so the faces of one window and day lie side by side.
FACES = "WHERE hall = :hall AND number >= :first AND number <= :last ORDER BY number DESC LIMIT :count"
OPEN_TASKS = "SELECT count(*) AS n FROM tasks WHERE hall = :hall AND state = 'open'"
