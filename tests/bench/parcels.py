"""A hall whose cases are on their way in an envelope each, with a live waybill; and a platform to ask.

Written past the acts, as `hall` is: the journal has none of them. What is told of a parcel is taken all the
same, since that asks the records.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from tests import halls
from tests.bench import hall
from tests.integrations.carriers.ems import simulated
from tests.integrations.carriers.ems.simulated import Credentials, Simulated
from workstation import bootstrap
from workstation.acts import carriers
from workstation.domain import codes
from workstation.domain.case import Holder
from workstation.domain.codes import HallCode, Kind
from workstation.domain.consignment import Consignment, ConsignmentState
from workstation.domain.envelope import Content, Envelope, EnvelopeState, Waybill
from workstation.domain.times import SHANGHAI
from workstation.settings import locate
from workstation.store.sqlite import SqliteEngine
from workstation.store.tables import CONSIGNMENTS, CONTENTS, ENVELOPES, WAYBILLS, Table

COUNT = 10_000
#: So many hours ago each was ordered; by its plot three events were told since then.
HOURS, EVENTS = 31, 3
_FIRST = 9_700_000_000_001
#: The written cases are of this window; the one really registered, after which they are made, is not.
_WINDOW = 1
_QUESTION = "040001"


class Parcel(NamedTuple):
    """All that is written of one."""

    consignment: Consignment
    envelope: Envelope
    content: Content
    waybill: Waybill


@dataclass(frozen=True)
class Network:
    """The hall, the platform, and the file with the hall's account there."""

    home: Path
    platform: Simulated
    account: Path

    @property
    def environment(self) -> Mapping[str, str]:
        """Where a program finds the account."""
        return {"WORKSTATION_CARRIER_FILE": str(self.account)}

    def questions(self) -> int:
        """How many about parcels the platform has answered."""
        count: int = self.platform.traffic()["count"].get(_QUESTION, 0)
        return count


@contextmanager
def network(folder: Path, count: int = COUNT) -> Iterator[Network]:
    """The hall, and as long as this lasts the platform in a process of its own."""
    home = found(folder, count)
    with simulated.running() as platform:
        account = _account(folder / "ems.toml", platform.credentials)
        _set_out(platform, waybills(count))
        _use(home, platform)
        yield Network(home, platform, account)


def waybills(count: int) -> list[str]:
    """The numbers of the parcels."""
    return [str(_FIRST + serial) for serial in range(count)]


def found(folder: Path, count: int = COUNT) -> Path:
    """Found the hall with so many parcels handed over, and give its home."""
    home = hall.found(folder, count, count)
    opened = bootstrap.open_hall(home)
    with opened.desk.reading() as reading:
        consignments = [each for each in reading.consignments.where() if _is_written(each)]
    place, number = HallCode(opened.desk.hall.division, opened.desk.hall.digit), opened.desk.hall.id
    opened.close()
    each = [_sent(place, *pair) for pair in zip(consignments, waybills(count), strict=True)]
    engine = SqliteEngine(opened.home.ledger, synchronous="OFF")
    with engine.write():
        engine.run(_REVIEWED, {"hall": number, "window": _WINDOW})
        engine.many(CONSIGNMENTS.update(_CHANGED), _columns(number, [one.consignment for one in each]))
        _add(engine, ENVELOPES, number, [one.envelope for one in each])
        _add(engine, CONTENTS, number, [one.content for one in each])
        _add(engine, WAYBILLS, number, [one.waybill for one in each])
    engine.close()
    return home


def forget_asking(home: Path) -> None:
    """Every parcel's turn comes anew, as if nobody had asked; what was told of it stays."""
    engine = SqliteEngine(locate(home).ledger)
    with engine.write():
        engine.run("DELETE FROM polls", {})
    engine.close()


_REVIEWED = "UPDATE cases SET state = 'reviewed' WHERE hall = :hall AND \"window\" = :window"
_CHANGED = ("state", "envelope", "sealed_at", "handed_over_at")


def _is_written(consignment: Consignment) -> bool:
    return codes.parse(consignment.case_number).window == _WINDOW


def _sent(place: HallCode, consignment: Consignment, waybill: str) -> Parcel:
    """The consignment sealed and handed over an hour after its case was changed last."""
    number, at = codes.parse(consignment.case_number), consignment.changed_at
    face = codes.compose(Kind.ENVELOPE, place, window=_WINDOW, day=number.day, serial=number.serial)
    sent = replace(
        consignment,
        state=ConsignmentState.HANDED_OVER,
        envelope=face,
        sealed_at=at,
        handed_over_at=at,
    )
    envelope = Envelope(
        number=face,
        state=EnvelopeState.HANDED_OVER,
        purpose="first",
        window=_WINDOW,
        office_code=consignment.office_code,
        office_name=consignment.office_name,
        office_address=consignment.office_address,
        office_postcode=consignment.office_postcode,
        packed_at=at,
        packed_by=halls.CLERK,
        holder=Holder.COURIER,
        holder_ref=halls.COURIER,
        sealed_at=at,
        sealed_by=halls.CLERK,
        changed_at=at,
    )
    bound = Waybill(f"{face}-y1", waybill, "out", face, "live", "scanned", at, halls.CLERK)
    return Parcel(sent, envelope, Content(face, consignment.id), bound)


def _add(engine: SqliteEngine, table: Table[Any], hall_: int, records: Sequence[Any]) -> None:
    engine.many(table.insert, _columns(hall_, records))


def _columns(hall_: int, records: Sequence[Any]) -> list[dict[str, Any]]:
    return [{"hall": hall_, **vars(record)} for record in records]


def _account(path: Path, credentials: Credentials) -> Path:
    lines = [f'{name} = "{value}"\n' for name, value in vars(credentials).items()]
    path.touch(mode=0o600)
    path.write_text("".join(lines), encoding="utf-8")
    return path


def _set_out(platform: Simulated, numbers: Sequence[str]) -> None:
    """They set out some time ago."""
    then = datetime.now(SHANGHAI) - timedelta(hours=HOURS)
    platform.set_clock(f"{then:%Y-%m-%d %H:%M:%S}")
    platform.plot(numbers, "person")
    platform.set_clock(None)


def _use(home: Path, platform: Simulated) -> None:
    """The hall's carrier from now on."""
    opened = bootstrap.open_hall(home)
    carriers.set_carrier(halls.seat(opened.desk, halls.ADMINISTRATOR), "ems", url=platform.url)
    opened.close()
