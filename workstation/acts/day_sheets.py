"""日清单: the figures of one day out of the journal; how envelopes, tasks and prints stand now.

Printed by itself it is a list to sign and closes nothing; `day_closes` prints the same when it closes a day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from workstation.acts import catalogue, checks, day_exceptions, day_figures, papers, postages, unexplained
from workstation.acts.day_exceptions import Exceptional
from workstation.acts.day_figures import RESUBMITTED, Figures, Steps
from workstation.acts.desk import Desk
from workstation.acts.facts import day_sheet
from workstation.acts.postages import Statement, Sum
from workstation.domain import codes
from workstation.domain.day_close import CloseState, DayClose, DayReason
from workstation.domain.envelope import Task
from workstation.domain.paper import Paper
from workstation.domain.printing import PrintJob
from workstation.domain.roles import Role
from workstation.domain.sampling import Sample
from workstation.domain.times import minute
from workstation.domain.words import word
from workstation.errors import Refused
from workstation.store.protocols import Line
from workstation.store.statements import day_closes as closes_sql
from workstation.store.statements import day_sheets as sql
from workstation.store.work import Reading

__all__ = ["RESUBMITTED", "DaySheet", "Figures", "Lying", "Steps"]

KIND = "day_sheet"
READERS = frozenset({Role.SUPERVISOR, Role.AUDITOR})
OPEN = "本单列出当日已登记的办理，供值班长和复核人核对；它不是日清，当日并未因此关闭，以后的登记照常进行。"
"""What the list of an open day says of itself."""


@dataclass(frozen=True)
class Lying:
    """Envelopes in one state at one place."""

    state: str
    place: str | None
    count: int


@dataclass(frozen=True)
class Drawn:
    """A sample drawn on the day: of how many cases, how many of them were looked at."""

    sample: Sample
    cases: int
    looked_at: int


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
    postage: tuple[Sum, ...] = ()
    exceptions: tuple[Exceptional, ...] = ()
    reasons: tuple[DayReason, ...] = ()
    """What a supervisor has explained, so that it may stay overnight."""
    samples: tuple[Drawn, ...] = ()
    close: DayClose | None = None
    """The close that holds."""
    standing: str = OPEN
    """What the sheet is: a list, or the day's own."""


def of(desk: Desk, day: str | None = None) -> DaySheet:
    """The figures of a day, today if none is named; for those who supervise."""
    reader(desk)
    now = desk.store.now()
    with desk.reading() as reading:
        return taken(reading, day, now)


def reader(desk: Desk) -> None:
    """Refused to whoever does not supervise."""
    role = desk.signed_in().role
    if role not in READERS:
        raise _not_a_reader(role)


def print_sheet(desk: Desk, day: str | None = None) -> Paper:
    """出具日清单: the same on paper, under an own number; the anchor is that of all before this act."""
    with desk.act("print_day_sheet") as work:
        sheet = taken(work, day, work.now)
        work.object = sheet.day
        work.facts = {"entries": sheet.entries}
        facts = day_sheet.facts(desk.hall, work.stamp.window or 0, sheet, titles_of(work, sheet.figures))
        return papers.promise(work, KIND, sheet.day, facts)


def titles(desk: Desk, figures: Figures) -> dict[str, str]:
    """What the items of a day's figures are called."""
    with desk.reading() as reading:
        return titles_of(reading, figures)


def titles_of(reading: Reading, figures: Figures) -> dict[str, str]:
    """The same inside a transaction."""
    return {code: catalogue.item(reading, code).title for code in sorted(figures.items)}


def taken(reading: Reading, day: str | None, now: int) -> DaySheet:
    """The figures of a day inside a transaction; a day to come is refused."""
    day = unexplained.known_day(day, now)
    since, until = checks.span(day, day, now)
    seq, head, _ = reading.chain()
    exceptions: list[Exceptional] = []
    figures = day_figures.counted(reading, _watched(day_figures.entries(reading, since, until), exceptions))
    sheet = DaySheet(
        day=day,
        taken_at=now,
        entries=seq,
        anchor=codes.anchor(head),
        figures=figures,
        envelopes=_lying(reading),
        tasks=tuple(reading.tasks.where(state="open")),
        prints=tuple(
            (job, reading.papers.get(job.paper)) for job in reading.print_jobs.query(sql.UNCLEAR_PRINTS)
        ),
        postage=Statement(day[:7], now, postages.between(reading, since, until)).sums,
        exceptions=tuple(exceptions),
        reasons=tuple(reading.day_reasons.where(day=day)),
        samples=tuple(_drawn(reading, since, until)),
    )
    return _with_close(reading, sheet)


def _watched(done: Iterator[Line], exceptions: list[Exceptional]) -> Iterator[Line]:
    """The same entries; what was out of the ordinary about them is noted by the way."""
    for entry in done:
        exceptions += day_exceptions.of(entry)
        yield entry


def _drawn(reading: Reading, since: int, until: int) -> Iterator[Drawn]:
    for sample in reading.samples.query(closes_sql.DRAWN, since=since, until=until):
        lines = reading.sample_lines.where(sample=sample.id)
        yield Drawn(sample, len(lines), sum(line.finding is not None for line in lines))


def _with_close(reading: Reading, sheet: DaySheet) -> DaySheet:
    held = reading.day_closes.where(day=sheet.day, state=CloseState.DAY_CLOSED)
    if not held:
        return sheet
    (close,) = held
    standing = (
        f"当日已日清：{minute(close.closed_at)} 由 {close.closed_by} 第 {ordinal(close)} 次日清，"
        f"日清单 {close.paper}。本单是之后另行出具的清单，以日清单为准。"
    )
    return replace(sheet, close=close, standing=standing)


def ordinal(close: DayClose) -> int:
    """第几次日清 of its day."""
    return int(close.id.rpartition("-")[2])


def _lying(reading: Reading) -> tuple[Lying, ...]:
    found = [Lying(line["state"], line["place"], line["n"]) for line in reading.lines(sql.ENVELOPES_AT_WORK)]
    order = list(day_sheet.LYING)
    return tuple(sorted(found, key=lambda lying: (order.index(lying.state), lying.place or "")))


def _not_a_reader(role: str) -> Refused:
    allowed = "、".join(word(reader) for reader in sorted(READERS))
    return Refused(
        "report-role",
        what=f"{word(role)}不能查看日清单。",
        why=f"日清单用于核对当日办理，由{allowed}查看，由{word(Role.SUPERVISOR)}出具。",
        next="请换有此职责的人员登录。",
    )
