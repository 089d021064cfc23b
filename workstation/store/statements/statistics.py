"""Statements of the statistics 跨域通办办件统计: counts and ranks over the cases registered in a time.

They look up that time and group what they find; nothing personal is read. Days and hours are those of
Asia/Shanghai, counted from 1970; all year the same, so eight hours are added and no table is asked.
"""

from __future__ import annotations

from collections.abc import Iterable

_HOUR, _DAY, _EAST = 3_600_000, 86_400_000, 8 * 3_600_000
_OF_TIME = "FROM cases WHERE hall = :hall AND registered_at >= :since AND registered_at < :until"

#: Cases by the hour in which they were registered.
HOURS = (
    f'SELECT (registered_at + {_EAST}) / {_HOUR} AS "hour", count(*) AS n {_OF_TIME} GROUP BY 1 ORDER BY 1'
)
#: The figures of the cases, by all that they are told apart by.
CASES = (
    "SELECT item, COALESCE(path, '') AS path, clerk, state, count(*) AS registered,"
    " count(*) FILTER (WHERE passed_at IS NOT NULL) AS passed,"
    " count(*) FILTER (WHERE passed_at IS NOT NULL AND notices = 0) AS passed_at_once,"
    " count(*) FILTER (WHERE passed_at IS NOT NULL OR notices > 0) AS judged,"
    " count(*) FILTER (WHERE notices > 0) AS told,"
    " count(*) FILTER (WHERE notices > 1) AS told_again,"
    f" count(*) FILTER (WHERE (passed_at + {_EAST}) / {_DAY} = (registered_at + {_EAST}) / {_DAY})"
    " AS passed_same_day"
    f" {_OF_TIME} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
)

#: What the time of a leg is taken between, by the leg's code.
WAITS = {
    "review": ("registered_at", "passed_at"),
    "seal": ("passed_at", "sealed_at"),
    "pickup": ("sealed_at", "handed_over_at"),
    "acknowledge": ("handed_over_at", "acknowledged_at"),
    "decide": ("acknowledged_at", "decided_at"),
    "arrive": ("decided_at", "arrived_at"),
    "serve": ("arrived_at", "served_at"),
}
#: Legs that have a number of working days, under the codes they have in `acts/deadline_legs`.
PROMISED = {
    "seal": ("passed_at", "sealed_at"),
    "pickup": ("sealed_at", "handed_over_at"),
    "answer": ("acknowledged_at", "accepted_at"),
    "decide": ("accepted_at", "decided_at"),
    "return": ("decided_at", "returned_at"),
    "arrive": ("returned_at", "arrived_at"),
    "serve": ("arrived_at", "served_at"),
}


def _each(legs: Iterable[tuple[str, str]], columns: str) -> str:
    """One SELECT a leg, of those that have come to their end; `{n}` is which of the legs it is."""
    return " UNION ALL ".join(
        f"SELECT {columns.format(n=n, began=began, ended=ended)} FROM span WHERE {ended} >= {began}"
        for n, (began, ended) in enumerate(legs)
    )


#: Tenths of an hour, and from ten hours on whole hours. It keeps the order of what it rounds off, so a rank
#: found among the rounded is the rounded rank; and there are some hundreds of them, not as many as cases.
_TENTHS = (
    "CASE WHEN {ended} - {began} < 36000000 THEN ({ended} - {began}) / 360000"
    " ELSE ({ended} - {began}) / 3600000 * 10 END"
)
#: First and last day of a leg in one number, which is sorted in half the time of two.
_DAYS = f"{{n}}, ({{began}} + {_EAST}) / {_DAY} * 100000 + ({{ended}} + {_EAST}) / {_DAY}"

#: Three lists about the consignments, told apart by `part`, because their cases are gone through only once:
#: `home`, each office with its outcomes (`a` granted, `b` refused, `c` returned); `wait`, the ranks of each
#: leg (`a` P50, `b` P90, in tenths of an hour), by office and of all (office `''`); `days`, how many began a
#: leg on day `a` and came to its end on day `b`.
CONSIGNMENTS = (
    "WITH span AS MATERIALIZED ("
    "SELECT s.office_code, s.office_division, s.office_name, s.outcome, c.registered_at, c.passed_at,"
    " s.sealed_at, s.handed_over_at, s.acknowledged_at, s.accepted_at, s.decided_at, s.returned_at,"
    # The order of the tables as it stands, so that SQLite begins with the time.
    " s.arrived_at, s.served_at FROM cases c CROSS JOIN consignments s"
    " WHERE c.hall = :hall AND c.registered_at >= :since AND c.registered_at < :until"
    # By office, since what is nearly in order is sorted below in less time.
    " AND s.hall = c.hall AND s.case_number = c.number ORDER BY s.office_code),"
    f" waits (leg, office, tenths) AS ({_each(WAITS.values(), '{n}, office_code, ' + _TENTHS)}),"
    " by_office (leg, office, tenths, n) AS ("
    "SELECT leg, office, tenths, count(*) FROM waits GROUP BY leg, office, tenths),"
    # Once for its office and once for all; asked for twice, the list would be made twice.
    " bars (leg, office, tenths, n) AS ("
    "SELECT leg, CASE WHEN whose.is_all = 1 THEN '' ELSE office END, tenths, sum(n)"
    " FROM by_office CROSS JOIN (SELECT 0 AS is_all UNION ALL SELECT 1) AS whose GROUP BY 1, 2, 3),"
    " ranked (leg, office, tenths, up_to, total) AS ("
    "SELECT leg, office, tenths, sum(n) OVER (PARTITION BY leg, office ORDER BY tenths),"
    " sum(n) OVER (PARTITION BY leg, office) FROM bars),"
    f" days (leg, both_days) AS ({_each(PROMISED.values(), _DAYS)})"
    " SELECT 'home' AS part, 0 AS leg, office_code AS office, max(office_division) AS division,"
    " max(office_name) AS name, count(*) AS n, count(*) FILTER (WHERE outcome = 'granted') AS a,"
    " count(*) FILTER (WHERE outcome = 'refused') AS b, count(*) FILTER (WHERE outcome = 'returned') AS c"
    " FROM span GROUP BY office_code"
    # Nearest rank: the first of which so many are no longer.
    " UNION ALL SELECT 'wait', leg, office, '', '', CAST(max(total) AS BIGINT),"
    " min(CASE WHEN up_to * 2 >= total THEN tenths END),"
    " min(CASE WHEN up_to * 10 >= total * 9 THEN tenths END), 0"
    " FROM ranked GROUP BY leg, office"
    " UNION ALL SELECT 'days', leg, '', '', '', count(*), both_days / 100000, both_days % 100000, 0"
    " FROM days GROUP BY leg, both_days"
    " ORDER BY 1, 2, 3, 7, 8"
)


def _waybill(leg: str, object_: str) -> str:
    """The one that was stuck on last."""
    return (
        "(SELECT w.number FROM waybills w WHERE w.hall = c.hall AND w.object = "
        f"{object_} AND w.leg = '{leg}' ORDER BY w.bound_at DESC, w.id DESC LIMIT 1)"
    )


#: A line a consignment, and one for a case that has none, in the order in which they were registered.
DETAIL = (
    'SELECT c.number, c.state, c.item, c."window", c.clerk, c.registered_at, c.passed_at, c.notices,'
    " c.served_at AS case_served_at, c.closed_at, s.id, s.office_code, s.office_name, s.office_division,"
    " s.outcome, s.sealed_at, s.handed_over_at, s.acknowledged_at, s.accepted_at, s.decided_at,"
    " s.returned_at, s.arrived_at, s.served_at,"
    f" {_waybill('out', 's.envelope')} AS waybill, {_waybill('back', 's.id')} AS return_waybill"
    " FROM cases c LEFT JOIN consignments s ON s.hall = c.hall AND s.case_number = c.number"
    " WHERE c.hall = :hall AND c.registered_at >= :since AND c.registered_at < :until"
    " ORDER BY c.registered_at, c.number, s.id LIMIT :most"
)
