"""Parcels on their way, and a carrier that tells of them what it is told to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from integrations.carriers import CarrierError, Event
from integrations.carriers.ems import events
from tests.builders import WAYBILL, an_envelope
from tests.engines import OPENING
from workstation.acts import tracking, waybills
from workstation.acts.desk import Desk
from workstation.acts.syncing import Syncer
from workstation.acts.tracking import Taken
from workstation.domain.envelope import Envelope, EnvelopeState, Task, Waybill
from workstation.domain.mail import Carrier
from workstation.store.work import Reading

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000


def told(*codes: str, waybill: str = WAYBILL, start: int = OPENING) -> list[Event]:
    """Events an hour apart: `702`, or `704/60` with a sub-code."""
    return [an_event(code, start + hour * HOUR, waybill) for hour, code in enumerate(codes, start=1)]


def an_event(code: str, at: int, waybill: str = WAYBILL, **changes: Any) -> Event:
    """One event as the platform tells it."""
    code, _, sub = code.partition("/")
    name = events.meaning(code, sub).name
    return replace(Event(waybill, code, sub, at, "南宁揽投部", name, "揽投员已处理"), **changes)


def mailed(desk: Desk, waybill: str = WAYBILL) -> Envelope:
    """An envelope in the courier's hands, with a sticker."""
    envelope = an_envelope(desk, EnvelopeState.HANDED_OVER)
    waybills.bind_envelope(desk, envelope.number, waybill=waybill)
    return envelope


def take(desk: Desk, *codes: str, waybill: str = WAYBILL, start: int = OPENING) -> Taken | None:
    """What the carrier tells when asked."""
    return tracking.take(desk, waybill, told(*codes, waybill=waybill, start=start), source=tracking.SYNC)


def waybill_of(desk: Desk, object_: str) -> Waybill:
    """The latest waybill of an envelope or a consignment."""
    with desk.reading() as reading:
        return reading.waybills.where(object=object_)[-1]


def tasks_of(desk: Desk, object_: str) -> list[Task]:
    """Every task about it, open or ended."""
    with desk.reading() as reading:
        return reading.tasks.where(object=object_)


def open_kinds(desk: Desk, object_: str) -> list[str]:
    """The kinds of the open tasks about it."""
    return sorted(task.kind for task in tasks_of(desk, object_) if task.state == "open")


def look(desk: Desk, ask: Callable[[Reading], Any]) -> Any:
    """What a reading says."""
    with desk.reading() as reading:
        return ask(reading)


@dataclass
class FakeTracker:
    """Tells of each waybill what stands in `tracks`; where an error stands, that is what comes."""

    tracks: dict[str, Sequence[Event] | CarrierError] = field(default_factory=dict)
    default: Sequence[Event] | CarrierError = ()
    asked: list[str] = field(default_factory=list)
    at_once: int = 0
    """So many questions were out together, at most."""
    wait_for: int = 1
    """Nobody is answered before so many have asked."""
    closed: int = 0
    _out: int = 0
    _gate: threading.Condition = field(default_factory=threading.Condition)

    def syncer(self, **how: Any) -> Syncer:
        """A worker that asks this carrier."""
        return Syncer(connect=cast(Any, self._connect), **how)

    def _connect(self, _: Desk, __: Carrier) -> FakeTracker:
        return self

    def track(self, waybill: str) -> list[Event]:
        """What is told of a waybill."""
        with self._gate:
            self.asked.append(waybill)
            self._out += 1
            self.at_once = max(self.at_once, self._out)
            self._gate.notify_all()
            assert self._gate.wait_for(lambda: len(self.asked) >= self.wait_for, timeout=10)
            self._out -= 1
        answer = self.tracks.get(waybill, self.default)
        if isinstance(answer, CarrierError):
            raise answer
        return list(answer)

    def close(self) -> None:
        """Hang up."""
        self.closed += 1
