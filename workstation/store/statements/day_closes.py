"""Statements of 日清, 月结 and 抽查: what was done in a span of time; no personal column is read for it."""

#: A page of a span of the journal; `:at` and `:seq` are the last entry of the page before.
#: By time, because a clock that was set back leaves later times before earlier ones.
DONE = (
    'SELECT seq, "at", act, operator, second, object, flag, body FROM journal'
    ' WHERE hall = :hall AND "at" >= :since AND "at" < :until AND ("at", seq) > (:at, :seq)'
    ' ORDER BY "at", seq LIMIT :count'
)
COUNT_DONE = 'SELECT count(*) AS n FROM journal WHERE hall = :hall AND "at" >= :since AND "at" < :until'
#: The days of a span, as days since 1970 in Asia/Shanghai, with how much people did on each.
_DAY = '("at" + 28800000) / 86400000'


def worked(acts: frozenset[str]) -> str:
    """On which days of a span people did any of these acts, and how many of them."""
    named = ", ".join(f"'{act}'" for act in sorted(acts))
    return (
        f"SELECT {_DAY} AS day, count(*) AS n FROM journal"
        ' WHERE hall = :hall AND "at" >= :since AND "at" < :until'
        f" AND act IN ({named}) GROUP BY {_DAY} ORDER BY {_DAY}"
    )


#: Where a consignment goes and whose it is; what it is about is asked of `postages.ITEM`.
GOES_TO = "SELECT office_name, case_number FROM consignments WHERE hall = :hall AND id = :id"

#: The closes that hold, of a span of days.
HOLDING = "WHERE hall = :hall AND state = 'day_closed' AND day >= :since AND day <= :until ORDER BY day"
REOPENED_SINCE = (
    "WHERE hall = :hall AND day >= :first AND day <= :last AND reopened_at >= :since ORDER BY day, id"
)
NEWEST = "WHERE hall = :hall ORDER BY day DESC, id DESC LIMIT :count"
NEWEST_MONTHS = 'WHERE hall = :hall ORDER BY "month" DESC, id DESC LIMIT :count'
FIRST = "SELECT day FROM day_closes WHERE hall = :hall ORDER BY day LIMIT 1"
LAST_BEFORE = (
    "SELECT day FROM day_closes WHERE hall = :hall AND state = 'day_closed' AND day < :day"
    " ORDER BY day DESC LIMIT 1"
)
#: Days that were opened again and have not been closed since.
LEFT_OPEN = (
    "SELECT DISTINCT r.day FROM day_closes r"
    " WHERE r.hall = :hall AND r.state = 'day_reopened' AND r.day < :day AND NOT EXISTS"
    " (SELECT 1 FROM day_closes c WHERE c.hall = r.hall AND c.day = r.day AND c.state = 'day_closed')"
    " ORDER BY r.day"
)

#: Batches that no courier has signed for yet, window by window.
OPEN_BATCHES = 'WHERE hall = :hall AND state = :state ORDER BY "window", number'

#: Cases registered in a span, which is what a sample is drawn from.
_REGISTERED = "c.hall = :hall AND c.registered_at >= :since AND c.registered_at < :until"
REGISTERED = f"SELECT c.number AS number FROM cases c WHERE {_REGISTERED} ORDER BY c.registered_at, c.number"
#: By the entries that mention a case.
_DONE = (
    "FROM cases c CROSS JOIN mentions m CROSS JOIN journal j{more}"
    f" WHERE {_REGISTERED} AND m.hall = c.hall AND m.object = c.number AND j.hall = m.hall AND j.seq = m.seq"
    " AND j.act = '{act}'"
)
_UNSEALED = (
    f"SELECT c.number AS number {_DONE} AND e.hall = j.hall AND e.number = j.object"
    " AND e.sealed_at IS NOT NULL"
)
_BESIDE = (
    "SELECT c.number AS number FROM cases c CROSS JOIN {table} x"
    f" WHERE {_REGISTERED} AND x.hall = c.hall AND x.case_number = c.number"
)
#: What brings a case into every sample, each with the cases of a span that have it.
FLAGGED = {
    "second_notice": f"{_BESIDE.format(table='notices')} AND x.ordinal >= 2",
    "manual_identity": (
        f"{_BESIDE.format(table='identities')} AND (x.method = 'manual' OR x.outcome = 'failed')"
    ),
    "seal_reopened": _UNSEALED.format(act="reopen", more=" CROSS JOIN envelopes e"),
    "seal_voided": _UNSEALED.format(act="void", more=" CROSS JOIN envelopes e"),
    "revealed": _BESIDE.format(table="reveals"),
}
#: Who packed with a second person may have left something out, which the entry tells.
PACKED_BY_TWO = (
    f"SELECT c.number AS number, j.body AS body {_DONE.format(act='pack', more='')} AND j.second IS NOT NULL"
)
DRAWN = "WHERE hall = :hall AND drawn_at >= :since AND drawn_at < :until ORDER BY id"
NEWEST_SAMPLES = "WHERE hall = :hall ORDER BY since DESC, id DESC LIMIT :count"
