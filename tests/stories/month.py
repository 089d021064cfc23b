"""A month of the counter as a program: cases come, go out and come back, each working day is closed 日清.

What is left over in the evening keeps the day open until it is settled or explained. The anchor of each day
is read off its sheet as it was drawn, never from the store.
"""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from tests import builders
from tests.engines import FilePlace
from workstation.acts import (
    day_closes,
    handover,
    making,
    month_closes,
    papers,
    service,
    troubles,
    unexplained,
)
from workstation.acts.desk import Desk
from workstation.acts.unexplained import Said
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.domain.day_close import DayClose, MonthClose
from workstation.domain.envelope import Batch
from workstation.domain.times import SHANGHAI
from workstation.errors import Explained
from workstation.policies import MailPolicy
from workstation.reference import calendars

MONTH = "2026-12"
POLICY = MailPolicy()
#: Papers that are read in this story; all others are left undrawn.
_DRAWN = ("day_sheet", "month_sheet")
_ANCHOR = re.compile(r"(?m)^\d{4}(?: \d{4}){9}$")
#: How far a case has come so many working days after it was handed in.
_WAY = {
    2: ConsignmentState.ACKNOWLEDGED,
    3: ConsignmentState.ACCEPTED,
    5: ConsignmentState.DECIDED,
    6: ConsignmentState.RESULT_RETURNING,
    8: ConsignmentState.RESULT_ARRIVED,
    9: ConsignmentState.DONE,
}
Settle = Callable[[], object]
#: The day that is opened again for somebody who came late, and the one that nobody closes in the evening.
REOPENED, FORGOTTEN = 6, 10


class Clock:
    """Stands where the story puts it, and goes on by a second at each question."""

    def __init__(self, day: date) -> None:
        self.to(day, 8)

    def __call__(self) -> int:
        self.at += 1000
        return self.at

    def to(self, day: date, hour: int, minute: int = 0) -> None:
        """Go to a time of a day."""
        self.at = round(
            datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI).timestamp() * 1000
        )


@dataclass
class Month:
    """The hall on its way through the month."""

    desk: Desk
    clock: Clock
    days: list[date]
    came: dict[str, int] = field(default_factory=dict)
    """Consignments on their way, by the working day on which they came."""
    registered: dict[str, int] = field(default_factory=dict)
    """Cases handed in, by day."""
    refusals: dict[str, list[Explained]] = field(default_factory=dict)
    """Why a day could not be closed, by day."""
    stickers: Iterator[int] = field(default_factory=partial(itertools.count, 1290000000001))
    left: Settle | None = None
    """What the evening before has left to do."""
    month: MonthClose | None = None
    backup: Desk | None = None
    """The hall as it was before its last day, in a file of its own."""
    closes: list[DayClose] = field(default_factory=list)
    """Every close there was, in the order of days."""


def play(folder: Path) -> Month:
    """The whole month, and its close 月结 on the first working day after it."""
    days = _working_days()
    clock = Clock(days[0])
    desk = builders.a_desk(FilePlace(folder / "ledger.db"), folder / "tray")
    desk = replace(desk, store=replace(desk.store, clock=clock))
    told = Month(desk, clock, days)
    with _sheets_alone():
        for ordinal, day in enumerate(days):
            if day == days[-1]:
                told.backup = builders.a_copy(desk, folder)
            _play_day(told, ordinal, day)
        clock.to(date(2027, 1, 4), 9)
        told.month = month_closes.close(_supervisor(desk), MONTH)
    with desk.reading() as reading:
        told.closes = [close for day in days for close in reading.day_closes.where(day=day.isoformat())]
    return told


def anchor_on(desk: Desk, paper: str) -> str:
    """链首码 as it is printed on a sheet: read from the drawn page."""
    pdf = papers.stored(desk, paper)
    assert pdf is not None
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        text = "\n".join(page.extract_text() or "" for page in document.pages)
    (anchor,) = _ANCHOR.findall(text)
    return str(anchor)


def _working_days() -> list[date]:
    days = (date(2026, 12, 1) + timedelta(days=n) for n in range(31))
    return [day for day in days if calendars.NATIONAL.is_working_day(day)]


@contextmanager
def _sheets_alone() -> Iterator[None]:
    drawn: Callable[..., Any] = making.draw

    def draw(kind: str, facts: Any, watermark: str | None, ground: Any) -> Any:
        return (drawn if kind in _DRAWN else builders.tiny)(kind, facts, watermark, ground)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "draw", draw)
        yield


def _supervisor(desk: Desk) -> Desk:
    return builders.at(desk, "2001")


def _play_day(told: Month, ordinal: int, day: date) -> None:
    told.clock.to(day, 9)
    if ordinal and ordinal - 1 == FORGOTTEN:
        _close(told, told.days[FORGOTTEN])
    if told.left:
        told.left()
    _lead_on(told, ordinal)
    told.clock.to(day, 10)
    new = [_hand_in(told, ordinal, day) for _ in range(2)]
    told.clock.to(day, 11)
    for name in new:
        builders.advance(told.desk, name, ConsignmentState.SEALED)
    _picked_up(told, *(_envelope(told.desk, name) for name in new))
    told.clock.to(day, 15)
    told.left = _EVENINGS[ordinal % len(_EVENINGS)](told, ordinal, day)
    told.clock.to(day, 17, 30)
    if ordinal != FORGOTTEN:
        _close(told, day)
    if ordinal == REOPENED:
        _reopen(told, ordinal, day)


def _lead_on(told: Month, ordinal: int) -> None:
    """What is on its way comes as far as it is on this day; what is served is closed 办结."""
    for name, came in list(told.came.items()):
        to = _WAY.get(ordinal - came)
        if to is None:
            continue
        consignment = builders.advance(told.desk, name, to)
        if to == ConsignmentState.DONE:
            service.close(told.desk, consignment.case_number, rating="invited")
            del told.came[name]


def _hand_in(told: Month, ordinal: int, day: date) -> str:
    case = builders.a_case(told.desk)
    told.registered[day.isoformat()] = told.registered.get(day.isoformat(), 0) + 1
    name = builders.consignments_of(told.desk, case.number)[0].id
    told.came[name] = ordinal
    return name


def _picked_up(told: Month, *envelopes: str) -> Batch:
    """The courier takes these envelopes along, each under a waybill that is scanned with it."""
    batch = _scanned(told, *envelopes)
    return handover.hand_over(told.desk, batch.number, missing=builders.unscanned(told.desk, batch.number))


def _scanned(told: Month, *envelopes: str) -> Batch:
    batch = handover.open_batch(told.desk, builders.badge(told.desk))
    for number in envelopes:
        face = builders.paper_of(told.desk, number, "envelope").number
        handover.scan_envelope(told.desk, batch.number, face=face, waybill=str(next(told.stickers)))
    return batch


def _envelope(desk: Desk, name: str) -> str:
    return builders.consignment_of(desk, name).envelope or ""


def _clean(*_: object) -> Settle | None:
    """Nothing is left over."""
    return None


def _left_open(told: Month, ordinal: int, day: date) -> Settle:
    """An envelope is packed and not sealed; it goes the next day."""
    name = _hand_in(told, ordinal, day)
    del told.came[name]
    number = builders.packed(told.desk, name).number

    def settle() -> None:
        builders.sealed(told.desk, number)
        _picked_up(told, number)
        told.came[name] = ordinal + 1

    return settle


def _batch_open(told: Month, ordinal: int, day: date) -> Settle:
    """The courier was called away in the middle of the scanning."""
    name = _hand_in(told, ordinal, day)
    del told.came[name]
    builders.advance(told.desk, name, ConsignmentState.SEALED)
    batch = _scanned(told, _envelope(told.desk, name))

    def settle() -> None:
        handover.hand_over(told.desk, batch.number)
        told.came[name] = ordinal + 1

    return settle


def _sent_back(told: Month, ordinal: int, day: date) -> Settle:
    """An envelope is back, and nobody has done anything about it yet; the next day it is packed anew."""
    name = _hand_in(told, ordinal, day)
    del told.came[name]
    builders.advance(told.desk, name, ConsignmentState.SEALED)
    number = _envelope(told.desk, name)
    _picked_up(told, number)
    troubles.trouble(told.desk, number, kind="sent_back")

    def settle() -> None:
        troubles.resolve(told.desk, number, outcome="repack")
        builders.advance(told.desk, name, ConsignmentState.SEALED)
        _picked_up(told, _envelope(told.desk, name))
        told.came[name] = ordinal + 1

    return settle


def _turned_away(told: Month, ordinal: int, day: date) -> None:
    """One is declined, one is guided elsewhere, one has to bring something more."""
    for state in (CaseState.DECLINED, CaseState.GUIDED, CaseState.TO_CORRECT):
        desk = builders.with_second(told.desk) if state == CaseState.DECLINED else told.desk
        builders.a_case(desk, state)
        told.registered[day.isoformat()] += 1


#: How the days end, in turn.
_EVENINGS: tuple[Callable[[Month, int, date], Settle | None], ...] = (
    _clean,
    _left_open,
    _batch_open,
    _sent_back,
    _turned_away,
)


def _close(told: Month, day: date) -> None:
    """Close a day; what keeps it open is explained, thing by thing."""
    desk, name = _supervisor(told.desk), day.isoformat()
    try:
        day_closes.close(desk, name, policy=POLICY)
    except Explained as error:
        told.refusals.setdefault(name, []).append(error)
        for one in unexplained.listed(desk, policy=POLICY, day=name):
            if one.explained is None:
                unexplained.explain(desk, one.kind, one.object, Said("next_day"), policy=POLICY, day=name)
        day_closes.close(desk, name, policy=POLICY)


def _reopen(told: Month, ordinal: int, day: date) -> None:
    """Somebody comes after the close: a second person, a reason, and the day is closed once more."""
    with pytest.raises(Explained, match="已经日清"):
        builders.a_case(told.desk, CaseState.REGISTERED)
    second = builders.with_second(_supervisor(told.desk), "1002")
    day_closes.reopen(second, day.isoformat(), reason="late_applicant")
    _left_here(told, day)
    _close(told, day)


def _left_here(told: Month, day: date) -> None:
    builders.a_case(told.desk, CaseState.REGISTERED)
    told.registered[day.isoformat()] += 1
