"""Statements of the log of scans, kept outside the ledger: a scan is no act. Nothing in it is changed."""

_COLUMNS = '"at", "window", ordinal, operator, grade, kind, object, reason, length, classes'

#: Writing transactions come one after the other, so that no two scans of a millisecond get one ordinal.
ADD = (
    f"INSERT INTO scans (hall, {_COLUMNS}) VALUES (:hall, :at, :window,"
    ' (SELECT count(*) FROM scans s WHERE s.hall = :hall AND s."at" = :at AND s."window" = :window),'
    " :operator, :grade, :kind, :object, :reason, :length, :classes)"
)
NEWEST = (
    f'SELECT {_COLUMNS} FROM scans WHERE hall = :hall AND "at" >= :since'
    ' ORDER BY "at" DESC, "window" DESC, ordinal DESC LIMIT :count'
)
