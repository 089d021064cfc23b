"""Statements of the worklists: a page of each by its key, what lies beyond it, and how many lines there are.

Every list gives the same columns; its key is `since` and `id`, newest first. Where a page begins is looked
up, wherever in the list that is. `CROSS JOIN` keeps SQLite to the order of the tables as they are written.
"""

from __future__ import annotations

from dataclasses import dataclass

_CASE = (
    "SELECT number AS id, number, state, item, number AS case_number, applicant_name, applicant_id_kind,"
    " '' AS office, registered_at AS since, clerk"
)
_CONSIGNMENT = (
    "SELECT s.id, s.case_number AS number, s.state, c.item, s.case_number, c.applicant_name,"
    " c.applicant_id_kind, s.office_name AS office"
)
_ABOUT = "c.item, c.number AS case_number, c.applicant_name, c.applicant_id_kind, '' AS office"
#: The case, if it is about one or about a consignment, whose id begins with its case's number.
_OF_CASE = "LEFT JOIN cases c ON c.hall = t.hall AND c.number = substr(t.object, 1, 20)"


@dataclass(frozen=True)
class Statements:
    """What is asked of one list; `:at` and `:id` are the key to go on from, `:count` the lines wanted."""

    older: str
    """The lines behind the key."""
    newer: str
    """The lines before the key, the nearest first."""
    any_older: str
    """Whether there is a line behind the key, or just there."""
    any_newer: str
    """Whether there is a line before the key, or just there."""
    count: str
    """How many lines there are, up to `:most`."""


def _statements(columns: str, lines: str, *, by: tuple[str, ...], bound: str = "") -> Statements:
    """The statements of the list `lines`, sorted by `by`, whose first and last column are its key.

    `bound` is the column by which the key also narrows what is read, where it spans two tables.
    """

    def beyond(sign: str, order: str) -> str:
        narrowed = f" AND {bound} {sign[0]}= :at" if bound else ""
        sorted_by = ", ".join(f"{column} {order}" for column in by)
        return f"{lines}{narrowed} AND ({by[0]}, {by[-1]}) {sign} (:at, :id) ORDER BY {sorted_by}"

    return Statements(
        older=f"{columns} {beyond('<', 'DESC')} LIMIT :count",
        newer=f"{columns} {beyond('>', 'ASC')} LIMIT :count",
        # Sorted too: for one line of any, PostgreSQL would rather go through the table until it meets one.
        any_older=f"SELECT 1 AS one {beyond('<=', 'DESC')} LIMIT 1",
        any_newer=f"SELECT 1 AS one {beyond('>=', 'ASC')} LIMIT 1",
        count=f"SELECT count(*) AS n FROM (SELECT 1 AS one {lines} LIMIT :most) AS lines",
    )


#: Cases by the state they are stored in; the conditions of the indexes stand here as they stand there.
AT_COUNTER = _statements(
    _CASE,
    "FROM cases WHERE hall = :hall AND state = :state AND state IN ('registered', 'to_correct', 'served')",
    by=("registered_at", "number"),
)
ENDED = _statements(
    _CASE,
    "FROM cases WHERE hall = :hall AND state IN ('closed', 'declined', 'guided', 'withdrawn')",
    by=("registered_at", "number"),
)
ALL = _statements(_CASE, "FROM cases WHERE hall = :hall", by=("registered_at", "number"))

#: Consignments still to be packed, by their cases: those of each case that was guided elsewhere, declined or
#: withdrawn stay in this state for ever, and among them all the few that are work would be looked for.
PACKING = _statements(
    f"{_CONSIGNMENT}, c.registered_at AS since, c.clerk",
    "FROM cases c CROSS JOIN consignments s WHERE c.hall = :hall AND c.state = 'reviewed'"
    " AND s.hall = c.hall AND s.case_number = c.number AND s.state = :state",
    by=("c.registered_at", "c.number", "s.id"),
    bound="c.registered_at",
)
#: Consignments further on, by their latest change.
AT_WORK = _statements(
    f"{_CONSIGNMENT}, s.changed_at AS since, c.clerk",
    "FROM consignments s CROSS JOIN cases c WHERE s.hall = :hall AND s.state = :state"
    " AND s.state NOT IN ('packing', 'done')"
    " AND c.hall = s.hall AND c.number = s.case_number AND c.state = 'reviewed'",
    by=("s.changed_at", "s.id"),
)
TASKS = _statements(
    f"SELECT t.id, t.object AS number, t.kind AS state, {_ABOUT}, t.opened_at AS since, t.opened_by AS clerk",
    f"FROM tasks t {_OF_CASE} WHERE t.hall = :hall AND t.state = 'open'",
    by=("t.opened_at", "t.id"),
)
WAITING = _statements(
    f'SELECT t.id, t.object AS number, t.act AS state, {_ABOUT}, t."at" AS since, t."by" AS clerk',
    f"FROM waiting t {_OF_CASE} WHERE t.hall = :hall AND t.state = 'waiting'",
    by=('t."at"', "t.id"),
)

#: The consignments of the cases on a page of `ALL`, by the page's own condition.
_OF_PAGE = "SELECT case_number, state FROM consignments WHERE hall = :hall AND case_number IN ({})"
OF_OLDER = _OF_PAGE.format(ALL.older.replace(_CASE, "SELECT number", 1))
OF_NEWER = _OF_PAGE.format(ALL.newer.replace(_CASE, "SELECT number", 1))
