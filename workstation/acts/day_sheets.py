"""日清单: the figures of one day out of the journal; how envelopes, tasks and prints stand now.

It is a list to sign. It closes no day; nothing it names is settled by it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from workstation.acts import catalogue, checks, papers
from workstation.acts.desk import Desk
from workstation.acts.facts import day_sheet
from workstation.domain import codes
from workstation.domain.envelope import Task
from workstation.domain.journal import Entry
from workstation.domain.paper import Paper
from workstation.domain.printing import PrintJob
from workstation.domain.roles import Role
from workstation.domain.times import local
from workstation.domain.words import word
from workstation.errors import Refused
from workstation.store.statements import day_sheets as sql
from workstation.store.work import Reading

KIND = "day_sheet"
READERS = frozenset({Role.SUPERVISOR, Role.AUDITOR})
RESUBMITTED = "resubmitted"
"""补正提交: the one step that is an act and not always a new state."""

_PAGE = 500
_END = 2**62
_COUNTED = ("cases", "consignments", "envelopes")

Steps = Counter[str]
"""How often each step was reached, by the state it led to, or `RESUBMITTED`."""


@dataclass(frozen=True)
class Lying:
    """Envelopes in one state at one place."""

    state: str
    place: str | None
    count: int


@dataclass(frozen=True)
class Figures:
    """What was reached on a day: by kind of record, and the same again by item, office and operator.

    An item or an operator counts its cases and consignments, an office its consignments.
    """

    cases: Steps = field(default_factory=Counter)
    consignments: Steps = field(default_factory=Counter)
    envelopes: Steps = field(default_factory=Counter)
    items: dict[str, Steps] = field(default_factory=dict)
    offices: dict[str, Steps] = field(default_factory=dict)
    clerks: dict[str, Steps] = field(default_factory=dict)


@dataclass(frozen=True)
class DaySheet:
    """One day as the journal has it, and the present."""

    day: str
    """YYYY-MM-DD."""
    taken_at: int
    entries: int
    """How many entries the journal had then."""
    anchor: str
    """链首码 of the last of them."""
    figures: Figures
    envelopes: tuple[Lying, ...]
    tasks: tuple[Task, ...]
    prints: tuple[tuple[PrintJob, Paper | None], ...]


def of(desk: Desk, day: str | None = None) -> DaySheet:
    """The figures of a day, today if none is named; for those who supervise."""
    role = desk.signed_in().role
    if role not in READERS:
        raise _not_a_reader(role)
    now = desk.store.now()
    with desk.reading() as reading:
        return _taken(reading, day, now)


def print_sheet(desk: Desk, day: str | None = None) -> Paper:
    """出具日清单: the same on paper, under an own number; the anchor is that of all before this act."""
    with desk.act("print_day_sheet") as work:
        sheet = _taken(work, day, work.now)
        work.object = sheet.day
        work.facts = {"entries": sheet.entries}
        facts = day_sheet.facts(desk.hall, work.stamp.window or 0, sheet, _titles(work, sheet.figures))
        return papers.promise(work, KIND, sheet.day, facts)


def titles(desk: Desk, figures: Figures) -> dict[str, str]:
    """What the items of a day's figures are called."""
    with desk.reading() as reading:
        return _titles(reading, figures)


def _titles(reading: Reading, figures: Figures) -> dict[str, str]:
    return {code: catalogue.item(reading, code).title for code in sorted(figures.items)}


def _taken(reading: Reading, day: str | None, now: int) -> DaySheet:
    today = local(now).date().isoformat()
    day = checks.day("day", day) if day else today
    if day > today:
        raise _to_come(day, today)
    seq, head, _ = reading.chain()
    return DaySheet(
        day=day,
        taken_at=now,
        entries=seq,
        anchor=codes.anchor(head),
        figures=_figures(reading, *checks.span(day, day, now)),
        envelopes=_lying(reading),
        tasks=tuple(reading.tasks.where(state="open")),
        prints=tuple(
            (job, reading.papers.get(job.paper)) for job in reading.print_jobs.query(sql.UNCLEAR_PRINTS)
        ),
    )


def _lying(reading: Reading) -> tuple[Lying, ...]:
    found = [Lying(line["state"], line["place"], line["n"]) for line in reading.lines(sql.ENVELOPES_AT_WORK)]
    order = list(day_sheet.LYING)
    return tuple(sorted(found, key=lambda lying: (order.index(lying.state), lying.place or "")))


def _figures(reading: Reading, since: int, until: int) -> Figures:
    figures = Figures()
    for entry in _entries(reading, since, until):
        for table, key, step in _steps(entry):
            _count(reading, figures, (table, key, step), entry.operator or "")
    return figures


def _entries(reading: Reading, since: int, until: int) -> Iterator[Entry]:
    """The entries of a span of time, from the journal's end back.

    A clock that a supervisor set back leaves later times before earlier ones, so the search ends only with a
    whole page before the span.
    """
    before = _END
    while page := reading.journal_back(before, _PAGE):
        yield from (entry for entry in page if since <= entry.at < until)
        if all(entry.at < since for entry in page):
            return
        before = page[-1].seq


def _steps(entry: Entry) -> Iterator[tuple[str, str, str]]:
    """Table, key and step of each record that got further; a consignment that comes into being has not."""
    if entry.act == "resubmit":
        yield "cases", entry.object, RESUBMITTED
    for table, key, columns in json.loads(entry.body)["changes"]:
        is_new_consignment = table == "consignments" and entry.act == "register"
        is_told_already = table == "cases" and entry.act == "resubmit"
        if table in _COUNTED and "state" in columns and not (is_new_consignment or is_told_already):
            yield table, str(key[0]), columns["state"]


def _count(reading: Reading, figures: Figures, reached: tuple[str, str, str], operator: str) -> None:
    table, key, step = reached
    totals: Steps = getattr(figures, table)
    totals[step] += 1
    if table == "envelopes":
        return
    if table == "consignments" and (consignment := reading.consignments.get(key)):
        figures.offices.setdefault(consignment.office_name, Counter())[step] += 1
        key = consignment.case_number
    if case := reading.cases.get(key):
        figures.items.setdefault(case.item, Counter())[f"{table}.{step}"] += 1
    figures.clerks.setdefault(operator, Counter())[f"{table}.{step}"] += 1


def _not_a_reader(role: str) -> Refused:
    allowed = "、".join(word(reader) for reader in sorted(READERS))
    return Refused(
        "report-role",
        what=f"{word(role)}不能查看日清单。",
        why=f"日清单用于核对当日办理，由{allowed}查看，由{word(Role.SUPERVISOR)}出具。",
        next="请换有此职责的人员登录。",
    )


def _to_come(day: str, today: str) -> Refused:
    return Refused(
        "day-to-come",
        what=f"{day} 还没有到，没有日清单。",
        why=f"账上的今天是 {today}。",
        next="请写今天或者以前的日期。（命令：--day）",
    )
