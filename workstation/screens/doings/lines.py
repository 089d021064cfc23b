"""The parts of a day at this window, and each thing in them as a line of one list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workstation.acts import doings, drafts, masking, tasks
from workstation.acts.desk import Desk
from workstation.acts.doings import Doings, Done
from workstation.domain import draft as drafting
from workstation.domain.draft import Draft
from workstation.domain.envelope import Task
from workstation.domain.paper import Paper
from workstation.domain.people import Waiting
from workstation.domain.times import local, minute
from workstation.domain.words import word
from workstation.errors import Explained

WRITTEN, PAPERS, PROMISED, WAITING, TASKS, DRAFTS = (
    "written",
    "papers",
    "promised",
    "waiting",
    "tasks",
    "drafts",
)
TITLES = {
    WRITTEN: "今天写了",
    PAPERS: "今天出纸",
    PROMISED: "还没出的纸",
    WAITING: "待确认",
    TASKS: "待办",
    DRAFTS: "草稿",
}
_FLAGS = {"clock": "! 时钟曾回拨", "clock_accepted": "· 时钟回拨已确认"}
_WAITS = "? 待确认"
_SIGNS = {"made": "✓", "promised": "·", "void": "✗"}
#: Where acts on the hall itself lead, by how the act's name ends.
_PLACES = {
    "user": "users",
    "password": "users",
    "pin": "users",
    "office": "offices",
    "offices": "offices",
    "agreement": "agreements",
    "item": "items",
    "mode": "items",
    "guide": "items",
}
#: So many of today's entries are shown; a window writes fewer.
_MOST = 500


@dataclass(frozen=True)
class Line:
    """One thing of the day."""

    key: str
    time: str
    what: str
    object: str
    note: str = ""
    place: str = ""
    """The screen it belongs to where its object has no number."""
    waiting: Waiting | None = None
    draft: Draft | None = None


@dataclass(frozen=True)
class Day:
    """All parts of the day."""

    parts: dict[str, Sequence[Line]]
    more: bool
    """Whether there are entries of today before those that are shown."""
    unread_drafts: bool


def look(desk: Desk) -> Day:
    """The day as it is now, but for the drafts."""
    found = doings.listed(desk, count=_MOST)
    still = {(one.act, one.object, one.at) for one in found.waiting}
    parts: dict[str, Sequence[Line]] = {
        WRITTEN: [_written(done, waits=(done.act, done.object, done.at) in still) for done in found.entries],
        PAPERS: [_paper(paper) for paper in found.papers],
        PROMISED: [_paper(paper) for paper in found.promised],
        WAITING: [_waiting(one) for one in found.waiting],
        TASKS: [_task(task) for task in tasks.listed(desk)],
        DRAFTS: list(_drafts(desk, found)),
    }
    return Day(parts, found.more, found.drafts is None)


def _written(done: Done, *, waits: bool = False) -> Line:
    """An entry; one of an act that only waits must not look as if it were done."""
    who = done.operator or ""
    people = f"{who}，复核 {done.second}" if done.second else who
    more = _WAITS if waits else _FLAGS.get(done.flag or "", "")
    note = f"{people}　{more}".strip()
    place = _PLACES.get(done.act.rpartition("_")[2], "")
    return Line(str(done.seq), f"{local(done.at):%H:%M:%S}", word(done.act), done.object, note, place)


def _paper(paper: Paper) -> Line:
    state = f"{_SIGNS.get(paper.state, '?')} {word(paper.state)}"
    return Line(paper.number, _day_time(paper.promised_at), word(paper.kind), paper.number, state)


def _waiting(one: Waiting) -> Line:
    return Line(one.id, _day_time(one.at), word(one.act), one.object, f"? 经办 {one.by}", waiting=one)


def _task(task: Task) -> Line:
    return Line(task.id, _day_time(task.opened_at), word(task.kind), task.object, f"登记 {task.opened_by}")


def _drafts(desk: Desk, found: Doings) -> Iterator[Line]:
    if found.drafts and desk.drafts is not None:
        try:
            listed = drafts.listed(desk).drafts
        except Explained:  # has become unreadable since they were counted
            return
        for draft in listed:
            name = masking.mask("name", draft.title) or ""
            note = f"{name}　{drafting.word(draft.state)}".strip()
            what = drafting.word(draft.kind)
            yield Line(draft.id, _day_time(draft.changed_at), what, draft.object or "", note, draft=draft)


def _day_time(at: int) -> str:
    return minute(at)[5:]
