"""工作清单: what the counter works through, page by page, and how much of it there is.

A page is found by the key of a line beside it, so the ten-thousandth page costs what the first does. Of a
person only the name is opened, and it leaves masked.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workstation.acts import catalogue
from workstation.acts.desk import Desk
from workstation.acts.masking import mask
from workstation.domain.case import CaseState
from workstation.domain.consignment import least_advanced
from workstation.domain.words import word
from workstation.store.protocols import Line as Found
from workstation.store.statements import worklists as sql
from workstation.store.tables import CASES
from workstation.store.work import Reading

Key = tuple[int, str]
Values = dict[str, int | str]

#: Lists longer than this are not counted to their end: that there are more is all that counting them tells.
MOST = 1000
#: A page has at most as many lines.
LONGEST = 1000


class Worklist(StrEnum):
    """The lists there are, in the order a case goes through them."""

    REGISTERED = "registered"
    TO_CORRECT = "to_correct"
    PACKING = "packing"
    SEALED = "sealed"
    HANDED_OVER = "handed_over"
    HOME_CORRECTING = "home_correcting"
    ACKNOWLEDGED = "acknowledged"
    ACCEPTED = "accepted"
    DECIDED = "decided"
    RESULT_RETURNING = "result_returning"
    RESULT_ARRIVED = "result_arrived"
    SERVED = "served"
    TASKS = "tasks"
    WAITING = "waiting"
    ENDED = "ended"
    ALL = "all"


#: Nothing on them waits for anybody, and they only grow: they are not counted.
UNCOUNTED = frozenset({Worklist.ENDED, Worklist.ALL})

_TITLES = {Worklist.TASKS: "待办", Worklist.WAITING: "待确认", Worklist.ALL: "全部办件"}
_STATEMENTS = {
    Worklist.REGISTERED: sql.AT_COUNTER,
    Worklist.TO_CORRECT: sql.AT_COUNTER,
    Worklist.PACKING: sql.PACKING,
    Worklist.SERVED: sql.AT_COUNTER,
    Worklist.TASKS: sql.TASKS,
    Worklist.WAITING: sql.WAITING,
    Worklist.ENDED: sql.ENDED,
    Worklist.ALL: sql.ALL,
}
#: Before the first line of any list, and behind the last.
_TOP: Key = (2**62, "")
_BOTTOM: Key = (-1, "")


@dataclass(frozen=True)
class Line:
    """One line of a list, as it may be shown: whom it is about is masked."""

    key: Key
    """Where it stands in its list; a page goes on from there."""
    number: str
    """What opens it: the case's number, or what a task or waiting act is about."""
    id: str
    """The record it tells of: case, consignment, task or waiting act."""
    state: str
    """The state it shows; the kind of a task, the act that waits."""
    item: str
    """Code of the service item; empty where it is about no case."""
    title: str
    """The item's title as it is today; its code where nobody knows it any more."""
    applicant: str
    office: str
    """The home office of a consignment."""
    at: int
    """Since when: registered, last changed (a consignment that is sealed or further), opened."""
    by: str
    """首问责任人 of the case; who opened the task, or whose act waits."""


@dataclass(frozen=True)
class Page:
    """Some lines of a list in its order, newest first."""

    lines: tuple[Line, ...]
    more_before: bool
    more_after: bool


def title(name: str) -> str:
    """The list's name, as people say it."""
    return _TITLES.get(Worklist(name)) or word(name)


def page(
    desk: Desk,
    name: str,
    *,
    after: Key | None = None,
    before: Key | None = None,
    last: bool = False,
    count: int = 100,
) -> Page:
    """The lines that follow a key, or come just before one; else the first of the list, or its last."""
    worklist = Worklist(name)
    backwards = last or before is not None
    key = before or after
    count = max(0, min(count, LONGEST))
    with desk.reading() as reading:
        at, beside = key or (_BOTTOM if backwards else _TOP)
        values = {**_state(worklist), "at": at, "id": beside}
        lines, more_ahead = _lines(reading, worklist, backwards, values, count=count)
        more_behind = key is not None and _any_behind(reading, worklist, backwards, values)
    if backwards:
        return Page(lines[::-1], more_before=more_ahead, more_after=more_behind)
    return Page(lines, more_before=more_behind, more_after=more_ahead)


def counts(desk: Desk) -> dict[str, int]:
    """How many lines each list has, in one look; `MOST` + 1 where there are more than `MOST`."""
    with desk.reading() as reading:
        return {name: _count(reading, name) for name in Worklist if name not in UNCOUNTED}


def counted(count: int) -> str:
    """A count of `counts` in figures: a list that is not counted to its end has a plus."""
    return str(count) if count <= MOST else f"{MOST}+"


def _count(reading: Reading, worklist: Worklist) -> int:
    (line,) = reading.lines(_statements(worklist).count, **_state(worklist), most=MOST + 1)
    return int(line["n"])


def _statements(worklist: Worklist) -> sql.Statements:
    return _STATEMENTS.get(worklist, sql.AT_WORK)


def _state(worklist: Worklist) -> Values:
    """The state by which one statement serves several lists."""
    is_by_state = _statements(worklist) in (sql.AT_COUNTER, sql.PACKING, sql.AT_WORK)
    return {"state": worklist.value} if is_by_state else {}


def _lines(
    reading: Reading, worklist: Worklist, backwards: bool, values: Values, *, count: int
) -> tuple[tuple[Line, ...], bool]:
    """As many lines from a key on, the nearest first, and whether more follow."""
    asked = _statements(worklist)
    found = reading.lines(asked.newer if backwards else asked.older, **values, count=count + 1)
    stands = _stands(reading, backwards, values, count=count) if worklist == Worklist.ALL else {}
    titles = {item.code: item.title for item in catalogue.all_items(reading)} if found else {}
    return tuple(_line(reading, line, titles, stands) for line in found[:count]), len(found) > count


def _any_behind(reading: Reading, worklist: Worklist, backwards: bool, values: Values) -> bool:
    """Whether there is anything in the other direction, what stands at the key itself included."""
    asked = _statements(worklist)
    return bool(reading.lines(asked.any_older if backwards else asked.any_newer, **values))


def _stands(reading: Reading, backwards: bool, values: Values, *, count: int) -> dict[str, str]:
    """What the consignments of the cases on a page stand at, the least advanced of each case."""
    states: dict[str, list[str]] = {}
    for line in reading.lines(sql.OF_NEWER if backwards else sql.OF_OLDER, **values, count=count):
        states.setdefault(line["case_number"], []).append(line["state"])
    return {number: least_advanced(of_case) for number, of_case in states.items()}


def _line(reading: Reading, found: Found, titles: dict[str, str], stands: dict[str, str]) -> Line:
    item, state = found["item"] or "", str(found["state"])
    if state == CaseState.REVIEWED:
        state = stands.get(found["number"], state)
    return Line(
        key=(found["since"], found["id"]),
        number=found["number"],
        id=found["id"],
        state=state,
        item=item,
        title=titles.get(item, item),
        applicant=_applicant(reading, found),
        office=found["office"],
        at=found["since"],
        by=found["clerk"],
    )


def _applicant(reading: Reading, found: Found) -> str:
    """The name, masked; nothing else of the person is opened."""
    if found["case_number"] is None:
        return ""
    place = CASES.place((found["case_number"],), "applicant_name")
    name = reading.keys.open(place, bytes(found["applicant_name"])).decode()
    return mask("applicant_name", name, found["applicant_id_kind"]) or ""
