"""Statements of failed sign-ins, counted outside the ledger: a wrong password is no act."""

_HERE = "WHERE hall = :hall AND code = :code AND kind = :kind"

STATE = f"SELECT failures, locked_until FROM logins {_HERE}"
FAIL = f"UPDATE logins SET failures = failures + 1 {_HERE} RETURNING failures"
BEGIN = "INSERT INTO logins (hall, code, kind, failures, locked_until) VALUES (:hall, :code, :kind, 1, 0)"
LOCK = f"UPDATE logins SET failures = 0, locked_until = :until {_HERE}"
CLEAR = f"UPDATE logins SET failures = 0, locked_until = 0 {_HERE}"
