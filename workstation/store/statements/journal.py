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
#: The first and the last entry of a span of time; between them may stand some that a clock set back has left.
ENDS = (
    "SELECT min(seq) AS first, max(seq) AS last FROM journal"
    " WHERE hall = :hall AND at >= :since AND at < :until"
)
_WANTED = (
    " AND (:operator = '' OR j.operator = :operator OR j.second = :operator)"
    " AND (:act = '' OR j.act = :act) AND (:flagged = 0 OR j.flag IS NOT NULL)"
    " AND (:timed = 0 OR (j.at >= :since AND j.at < :until))"
)
#: What somebody looks for in a stretch of the journal, the newest first, and the other way.
WANTED_BACK = (
    f"SELECT {_COLUMNS} FROM journal j WHERE j.hall = :hall AND j.seq > :low AND j.seq < :high"
    f"{_WANTED} ORDER BY j.seq DESC LIMIT :count"
)
WANTED_ON = (
    f"SELECT {_COLUMNS} FROM journal j WHERE j.hall = :hall AND j.seq > :low AND j.seq < :high"
    f"{_WANTED} ORDER BY j.seq LIMIT :count"
)
#: The same among the entries that mention a number: there are few of them.
WANTED_OF_BACK = (
    f"SELECT {_COLUMNS} FROM mentions m CROSS JOIN journal j"
    " WHERE m.hall = :hall AND m.object = :object AND m.seq > :low AND m.seq < :high"
    f" AND j.hall = m.hall AND j.seq = m.seq{_WANTED} ORDER BY m.seq DESC LIMIT :count"
)
WANTED_OF_ON = (
    f"SELECT {_COLUMNS} FROM mentions m CROSS JOIN journal j"
    " WHERE m.hall = :hall AND m.object = :object AND m.seq > :low AND m.seq < :high"
    f" AND j.hall = m.hall AND j.seq = m.seq{_WANTED} ORDER BY m.seq LIMIT :count"
)
