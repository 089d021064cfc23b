"""交寄批次 as the courier may look at it: numbers, offices and places; no person, no item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from workstation.acts import handover, steps, year_tables
from workstation.acts.desk import Desk
from workstation.domain import codes
from workstation.domain.codes import HallCode, Kind
from workstation.domain.envelope import Batch, BatchLine, BatchState, Envelope, EnvelopeState
from workstation.domain.paper import Paper, PaperState
from workstation.domain.times import SHANGHAI, local
from workstation.reference.calendars import Calendar
from workstation.store.statements import batches as sql
from workstation.store.work import Reading


@dataclass(frozen=True)
class Parcel:
    """One envelope of a batch."""

    number: str
    office: str
    place: str
    """Where it lies; empty once it has left."""
    is_expected: bool
    scanned_at: int | None
    left_out: str | None
    """Why it does not go along: the reason given, or the state it has come to meanwhile."""
    waybill: str | None

    @property
    def is_along(self) -> bool:
        """Whether it goes, or went, with the courier."""
        return self.scanned_at is not None and self.left_out is None

    @property
    def is_wanted(self) -> bool:
        """Whether it still has to be scanned, or its absence named."""
        return self.scanned_at is None and self.left_out is None


@dataclass(frozen=True)
class Sheet:
    """One batch with its envelopes, and the 交接清单 once there is one."""

    batch: Batch
    parcels: tuple[Parcel, ...]
    paper: Paper | None = None

    @property
    def is_open(self) -> bool:
        """Whether the courier has not signed yet."""
        return self.batch.state == BatchState.OPEN

    @property
    def along(self) -> list[Parcel]:
        """What was scanned, the latest first."""
        along = [parcel for parcel in self.parcels if parcel.is_along]
        return sorted(along, key=lambda parcel: parcel.scanned_at or 0, reverse=True)

    @property
    def wanted(self) -> list[Parcel]:
        """What is still to be scanned, as it lies on the shelf."""
        return sorted((p for p in self.parcels if p.is_wanted), key=_shelf)

    @property
    def left_out(self) -> list[Parcel]:
        """What does not go along after all."""
        return sorted((p for p in self.parcels if p.left_out is not None), key=_shelf)

    @property
    def expected(self) -> int:
        """How many were expected."""
        return sum(parcel.is_expected for parcel in self.parcels)

    @property
    def extra(self) -> int:
        """How many go along that were not expected."""
        return sum(parcel.is_along and not parcel.is_expected for parcel in self.parcels)

    def having(self, parcel: Parcel) -> Sheet:
        """The same batch with this envelope as it is now."""
        others = tuple(each for each in self.parcels if each.number != parcel.number)
        return replace(self, parcels=(*others, parcel))


@dataclass(frozen=True)
class Awaited:
    """What a courier is about to find."""

    courier: str
    count: int


@dataclass(frozen=True)
class Taken:
    """A batch in the list of a day."""

    batch: Batch
    count: int
    """Envelopes that go along."""
    paper: Paper | None


@dataclass(frozen=True)
class Ready:
    """A sealed envelope that lies here, and the pickup it should go with."""

    number: str
    window: int
    office: str
    place: str
    sealed_at: int
    cut_off: int | None
    """The first cut-off after its seal (epoch ms); None: the hall has set none."""
    is_missed: bool
    """应揽未揽: that pickup has passed and it is still here."""


def ready(desk: Desk, *, cut_offs: Sequence[str]) -> list[Ready]:
    """Every sealed envelope of the hall by its pickup, the earliest first; `cut_offs` are times of a day."""
    desk.signed_in()
    with desk.reading() as reading:
        lying = ready_at(reading, desk.store.now(), cut_offs=cut_offs)
    return sorted(lying, key=lambda one: (one.cut_off or 0, one.window, not one.place, one.place, one.number))


def ready_at(reading: Reading, now: int, *, cut_offs: Sequence[str]) -> list[Ready]:
    """The same inside a transaction, in no order."""
    times, calendar = sorted(map(time.fromisoformat, cut_offs)), year_tables.here(reading)
    return [_ready(one, calendar, times, now) for one in reading.envelopes.query(sql.READY)]


def _ready(envelope: Envelope, calendar: Calendar, times: Sequence[time], now: int) -> Ready:
    sealed_at = envelope.sealed_at or envelope.packed_at
    cut_off = _pickup_after(sealed_at, calendar, times) if times else None
    return Ready(
        number=envelope.number,
        window=envelope.window,
        office=envelope.office_name,
        place=envelope.place or "",
        sealed_at=sealed_at,
        cut_off=cut_off,
        is_missed=cut_off is not None and cut_off < now,
    )


def _pickup_after(at: int, calendar: Calendar, times: Sequence[time]) -> int:
    """The first cut-off after a moment; couriers come on working days."""
    day = local(at).date()
    later = [one for one in times if _moment(day, one) > at] if calendar.is_working_day(day) else []
    if later:
        return _moment(day, later[0])
    return _moment(calendar.working_day_after(day, 1).day, times[0])


def _moment(day: date, at: time) -> int:
    return round(datetime.combine(day, at, SHANGHAI).timestamp() * 1000)


def open_here(desk: Desk) -> Batch | None:
    """The batch this window has not finished yet."""
    with desk.reading() as reading:
        found = reading.batches.where(state=BatchState.OPEN, window=desk.window)
        return found[0] if found else None


def awaited(desk: Desk, badge: str) -> Awaited:
    """Whose badge this is and how many sealed envelopes lie at this window; refused for anybody else's."""
    with desk.reading() as reading:
        coming = handover.courier(reading, badge)
        lying = reading.envelopes.where(state=EnvelopeState.SEALED, window=desk.window)
        return Awaited(coming.code, len(lying))


def sheet(desk: Desk, number: str) -> Sheet:
    """Everything of one batch that may be shown to its courier."""
    with desk.reading() as reading:
        batch = handover.find(reading, number)
        lines = reading.batch_lines.where(batch=number)
        is_open = batch.state == BatchState.OPEN
        parcels = tuple(_parcel(reading, line, is_open=is_open) for line in lines)
        return Sheet(batch, parcels, _paper(reading, number))


def parcel(desk: Desk, line: BatchLine) -> Parcel:
    """One envelope that has just been scanned into an open batch."""
    with desk.reading() as reading:
        return _parcel(reading, line, is_open=True)


def face(desk: Desk, envelope: str) -> str:
    """The number of the face that is on an envelope now."""
    with desk.reading() as reading:
        found = reading.papers.where(object=envelope, kind="envelope")
        return next((p.number for p in found if p.state != PaperState.VOID), envelope)


def today(desk: Desk) -> list[Taken]:
    """This window's batches of today, the latest first."""
    place = HallCode(desk.hall.division, desk.hall.digit)
    day = local(desk.store.now()).date()
    first = codes.compose(Kind.BATCH, place, window=desk.window, day=day, serial=1)
    last = codes.compose(Kind.BATCH, place, window=desk.window, day=day, serial=codes.LAST_SERIAL)
    with desk.reading() as reading:
        # Whatever their check digits are.
        found = reading.batches.query(sql.NUMBERED, first=f"{first[:-1]}0", last=f"{last[:-1]}9")
        return [_taken(reading, batch) for batch in found]


def _taken(reading: Reading, batch: Batch) -> Taken:
    lines = reading.batch_lines.where(batch=batch.number)
    along = [line for line in lines if line.scanned_at is not None and line.reason is None]
    return Taken(batch, len(along), _paper(reading, batch.number))


def _parcel(reading: Reading, line: BatchLine, *, is_open: bool) -> Parcel:
    envelope = steps.find_envelope(reading, line.envelope)
    gone = envelope.state if is_open and envelope.state != EnvelopeState.SEALED else None
    waybills = reading.waybills.where(object=envelope.number, state="live")
    return Parcel(
        number=envelope.number,
        office=envelope.office_name,
        place=envelope.place or "",
        is_expected=bool(line.expected),
        scanned_at=line.scanned_at,
        left_out=line.reason or gone,
        waybill=waybills[0].number if waybills else None,
    )


def _paper(reading: Reading, batch: str) -> Paper | None:
    found = reading.papers.where(object=batch, kind="handover_sheet")
    return next((paper for paper in found if paper.state != PaperState.VOID), None)


def _shelf(parcel: Parcel) -> tuple[bool, str, str]:
    """Envelopes without a place come last."""
    return not parcel.place, parcel.place, parcel.number
