"""今日办理: what was written and printed at the own window today, and what still waits.

Anyone who has signed in may look: the journal names nobody but those who work here.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from workstation.acts import drafts
from workstation.acts.desk import Desk
from workstation.domain import codes
from workstation.domain.codes import HallCode, Kind
from workstation.domain.paper import Paper
from workstation.domain.people import Waiting
from workstation.domain.times import local
from workstation.errors import Explained
from workstation.store.statements import doings as sql
from workstation.store.statements import journal, papers
from workstation.store.work import Reading

#: Faces with a sheet of their own; a reply slip stands on that of its packing list.
_SHEETS = (Kind.FACE, Kind.ENVELOPE, Kind.DAY_SHEET)


@dataclass(frozen=True)
class Done:
    """A journal entry, as far as it is told at the window where it was written."""

    seq: int
    at: int
    act: str
    object: str
    operator: str | None
    second: str | None
    flag: str | None
    """`clock` or `clock_accepted` where the clock had gone back."""


@dataclass(frozen=True)
class Doings:
    """Everything of one window and day; the newest first."""

    day: datetime.date
    entries: tuple[Done, ...]
    more: bool
    """Whether there are entries of this day before these."""
    papers: tuple[Paper, ...]
    """The sheets numbered today: made, still promised, or void meanwhile."""
    promised: tuple[Paper, ...]
    """The faces still to be made, whichever day they were promised."""
    waiting: tuple[Waiting, ...]
    """The acts of the hall that wait for a second person."""
    open_tasks: int
    drafts: int | None
    """The drafts at hand here; None while their file cannot be read."""


def listed(desk: Desk, *, count: int = 100) -> Doings:
    """What was done at this window today, at most so many entries and sheets, and what waits."""
    desk.signed_in()
    day = local(desk.store.now()).date()
    at_hand = _drafts(desk)
    with desk.reading() as reading:
        entries = [done for done in _newest(reading, desk.window, count + 1) if local(done.at).date() == day]
        (open_tasks,) = reading.lines(sql.OPEN_TASKS)
        promised = reading.papers.query(papers.PROMISED)
        return Doings(
            day=day,
            entries=tuple(entries[:count]),
            more=len(entries) > count,
            papers=tuple(_sheets(reading, desk, day, count)),
            promised=tuple(paper for paper in promised if paper.window == desk.window),
            waiting=tuple(reading.waiting.where(state="waiting")),
            open_tasks=open_tasks["n"],
            drafts=at_hand,
        )


def _newest(reading: Reading, window: int, count: int) -> list[Done]:
    return [Done(**line) for line in reading.lines(journal.OF_WINDOW, window=window, count=count)]


def _sheets(reading: Reading, desk: Desk, day: datetime.date, count: int) -> list[Paper]:
    place = HallCode(desk.hall.division, desk.hall.digit)
    found: list[Paper] = []
    for kind in _SHEETS:
        first, last = (
            codes.compose(kind, place, window=desk.window, day=day, serial=serial)
            for serial in (1, codes.LAST_SERIAL)
        )
        found += reading.papers.query(sql.FACES, first=first, last=last, count=count)
    return sorted(found, key=lambda paper: paper.promised_at, reverse=True)[:count]


def _drafts(desk: Desk) -> int | None:
    if desk.drafts is None:
        return 0
    try:
        return len(drafts.listed(desk).drafts)
    except Explained:  # whoever opens the drafts is told why; all else here can be shown
        return None
