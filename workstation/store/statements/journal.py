"""Statements of the journal, its chain and its mentions."""

CHAIN = "SELECT seq, hash, at FROM chains WHERE hall = :hall"
BEGIN_CHAIN = "INSERT INTO chains (hall, seq, hash, at) VALUES (:hall, 0, :hash, 0)"
ADVANCE = "UPDATE chains SET seq = :seq, hash = :hash, at = :at WHERE hall = :hall"
APPEND = (
    "INSERT INTO journal"
    ' (hall, seq, at, act, operator, second, "window", object, body, flag, algorithm, previous, hash)'
    " VALUES (:hall, :seq, :at, :act, :operator, :second, :window, :object, :body, :flag,"
    " :algorithm, :previous, :hash)"
)
MENTION = "INSERT INTO mentions (hall, object, seq) VALUES (:hall, :object, :seq)"
_COLUMNS = (
    'j.hall, j.seq, j.at, j.act, j.operator, j.second, j."window", j.object, j.body, j.flag,'
    " j.algorithm, j.previous, j.hash"
)
PAGE = f"SELECT {_COLUMNS} FROM journal j WHERE j.hall = :hall AND j.seq > :after ORDER BY j.seq LIMIT :count"
#: The other way: the newest before an entry come first.
BACK = (
    f"SELECT {_COLUMNS} FROM journal j WHERE j.hall = :hall AND j.seq < :before"
    " ORDER BY j.seq DESC LIMIT :count"
)
#: Tables beside the ledger that name their hall; a stranger's row in any of them is a fault.
TABLES = ("chains", "journal", "mentions", "counters", "scans")
STRANGERS = "SELECT count(*) AS n FROM {table} WHERE hall <> :hall"
COUNT = "SELECT count(*) AS n FROM {table} WHERE hall = :hall"
#: The newest entries of one window, for whoever works there: without their bodies.
OF_WINDOW = (
    "SELECT j.seq, j.at, j.act, j.object, j.operator, j.second, j.flag FROM journal j"
    ' WHERE j.hall = :hall AND j."window" = :window ORDER BY j.seq DESC LIMIT :count'
)
OF_OBJECT = (
    f"SELECT {_COLUMNS} FROM journal j JOIN mentions m ON m.hall = j.hall AND m.seq = j.seq"
    # In the mentions' own order: in that of the journal SQLite goes through all of it.
    " WHERE m.hall = :hall AND m.object = :object ORDER BY m.seq"
)
MENTIONS = "SELECT object, seq FROM mentions WHERE hall = :hall"
