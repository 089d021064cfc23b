"""体外循环: signs that a hand-in went past the rules, for those who supervise; signs are no verdict.

闽审改办〔2023〕2号 names 收件不登记、不受理、不一次性告知. What was never registered no ledger can show; the
rest is read from records, and since when a fault waits to be told from the journal.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from workstation.acts import checks, year_tables
from workstation.acts.desk import Desk
from workstation.domain.case import Case, RowState
from workstation.domain.journal import Entry
from workstation.domain.roles import Role
from workstation.domain.times import local
from workstation.domain.words import word
from workstation.errors import Refused
from workstation.policies import BypassPolicy
from workstation.store.statements import counter as sql
from workstation.store.work import Reading

#: Operators do not look for signs about themselves, and administrators touch no cases (design §1).
READERS = frozenset({Role.SUPERVISOR, Role.AUDITOR})
#: The kinds of signs, each with what it says.
KINDS = {
    "unreviewed": "已收件、逾期未审查",
    "untold": "审查发现不符、未一次性告知",
    "found_later": "审查通过后属地又要求补正",
}


@dataclass(frozen=True)
class Sign:
    """One case that shows it: whose it is, since when (epoch ms), for how many days, and which rows."""

    case_number: str
    clerk: str
    """Who registered it 首问责任人."""
    since: int
    days: int
    rows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bypass:
    """The signs, each kind with the oldest first."""

    unreviewed: list[Sign]
    """Registered and never reviewed, for longer than the setting allows."""
    untold: list[Sign]
    """Found failing and not told: no notice since the finding."""
    found_later: list[Sign]
    """Passed here, and then the home office asked for more."""


@dataclass(frozen=True)
class _Span:
    """From the beginning of a day to the end of another, and the time it is now; epoch ms."""

    since: int
    until: int
    now: int

    @property
    def limits(self) -> dict[str, int]:
        return {"since": self.since, "until": self.until}

    def sign(self, case: Case, since: int, rows: tuple[str, ...] = ()) -> Sign:
        days = (local(self.now).date() - local(since).date()).days
        return Sign(case.number, case.clerk, since, days, rows)


def report(
    desk: Desk, *, since: str | None = None, until: str | None = None, policy: BypassPolicy | None = None
) -> Bypass:
    """The signs there are now, of those that began between two days."""
    role = desk.signed_in().role
    if role not in READERS:
        raise _not_a_reader(role)
    now = desk.store.now()
    span = _Span(*checks.span(since, until, now), now)
    with desk.reading() as reading:
        found = (
            _unreviewed(reading, span, policy or BypassPolicy()),
            _untold(reading, span),
            _found_later(reading, span),
        )
        return Bypass(*(sorted(signs, key=lambda sign: sign.since) for signs in found))


def _unreviewed(reading: Reading, span: _Span, policy: BypassPolicy) -> Iterator[Sign]:
    today, calendar = local(span.now).date(), year_tables.here(reading)
    for case in reading.cases.query(sql.NEVER_REVIEWED, **span.limits):
        registered_on = local(case.registered_at).date()
        if today > calendar.working_day_after(registered_on, policy.review_days).day:
            yield span.sign(case, case.registered_at)


def _untold(reading: Reading, span: _Span) -> Iterator[Sign]:
    for case in reading.cases.query(sql.FAILING):
        rows = reading.rows.where(case_number=case.number)
        failing = tuple(row.row_id for row in rows if row.state == RowState.FAILING)
        since = untold_since(reading.journal_of(case.number), failing)
        if since is not None and span.since <= since < span.until:
            yield span.sign(case, since, failing)


def untold_since(entries: list[Entry], failing: tuple[str, ...]) -> int | None:
    """When the oldest finding was made that no notice has told: rows carry no time, the journal does."""
    since = None
    for entry in entries:
        if entry.act == "notice":
            since = None
        elif since is None and _finds_failing(entry, failing):
            since = entry.at
    return since


def _finds_failing(entry: Entry, failing: tuple[str, ...]) -> bool:
    return any(
        table == "checklist_rows" and key[1] in failing and columns.get("defects")
        for table, key, columns in json.loads(entry.body)["changes"]
    )


def _found_later(reading: Reading, span: _Span) -> Iterator[Sign]:
    """Rows that have passed are closed, so what is found later is what the home office asks for."""
    for consignment in reading.consignments.query(sql.ASKED_FOR_MORE, **span.limits):
        case = reading.cases.get(consignment.case_number)
        if case is not None and consignment.corrected_at is not None:
            rows = reading.rows.where(case_number=case.number)
            asked = tuple(row.row_id for row in rows if row.row_id.startswith("supplement_"))
            yield span.sign(case, consignment.corrected_at, asked)


def _not_a_reader(role: str) -> Refused:
    allowed = "、".join(word(reader) for reader in sorted(READERS))
    return Refused(
        "report-role",
        what=f"{word(role)}不能查看体外循环监测表。",
        why=f"该表用于监督窗口，由{allowed}查看。",
        next="请换有此职责的人员登录。",
    )
