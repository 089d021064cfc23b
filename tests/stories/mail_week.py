"""A week of the mail as a program: a hall with two windows, a courier twice a day, the simulated platform.

The real worker and client do the asking. What travels, and who does what about it, is told in `mail_parcels`
and `mail_people`. The internet is there all week, or at night alone.
"""

from __future__ import annotations

import itertools
import json
import socket
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from integrations.carriers.ems.client import Client
from integrations.carriers.ems.messages import Credentials
from tests import builders
from tests.engines import fresh_place
from tests.integrations.carriers.ems import simulated
from tests.integrations.carriers.ems.simulated import Simulated
from tests.workstation.acts.fake_carrier import in_service
from workstation.acts import orders
from workstation.acts.desk import Desk
from workstation.acts.ordering import Orderer
from workstation.acts.syncing import Syncer
from workstation.acts.whereabouts import Whereabouts
from workstation.domain.consignment import Consignment, ConsignmentState
from workstation.domain.envelope import Envelope, EnvelopeState, Waybill
from workstation.domain.mail import Carrier, MailOrder
from workstation.domain.times import SHANGHAI
from workstation.policies import MailPolicy

MONDAY = datetime(2026, 11, 23, tzinfo=SHANGHAI)
DAYS, WORKING_DAYS = range(7), range(5)
POLICY = MailPolicy(tries=3, silent_days=1, poll_minutes=120)
#: The client's patience, and a platform that is slower (s).
PATIENCE, TOO_SLOW = 0.8, 1.0
FIRST_STICKER = 1290000000001

#: What the carrier tells of a parcel: a plot of the simulator, or its events one by one.
Said = str | Sequence[tuple[float, str, str]]
#: What a person does about a parcel; False: not yet.
Step = Callable[["Week", "Parcel"], bool]


@dataclass(frozen=True)
class Plan:
    """A parcel as the story has it, and how it must stand when the week is over."""

    name: str
    day: int
    """When it is sealed: 0 is Monday."""
    plot: Said
    then: tuple[Step, ...]
    reason: str
    """Of `whereabouts.REASONS`; empty: it is at its end, and nobody asks about it any more."""
    office: int = 2
    window: int = 1
    back: Said = "none"
    """What is told of its way back."""
    hour: str = "09:30"
    same_day: bool = False
    """It goes with the afternoon's courier, whether or not it has a waybill by then."""
    labelled: bool = True
    """False: nobody cares that it has no waybill."""


@dataclass
class Parcel:
    """A plan in progress."""

    plan: Plan
    desk: Desk
    case: str
    left: deque[Step]

    @property
    def consignment(self) -> Consignment:
        """As it stands."""
        return builders.consignment_of(self.desk, f"{self.case}-1")

    @property
    def envelopes(self) -> list[Envelope]:
        """Every envelope it was ever in, the latest last."""
        with self.desk.reading() as reading:
            contents = reading.contents.where(consignment=f"{self.case}-1")
        found = [builders.envelope_of(self.desk, content.envelope) for content in contents]
        return sorted(found, key=lambda envelope: (envelope.packed_at, envelope.number))

    @property
    def envelope(self) -> Envelope:
        """The latest."""
        return self.envelopes[-1]

    def waybill(self, leg: str = "out") -> Waybill | None:
        """The live one."""
        object_ = self.envelope.number if leg == "out" else f"{self.case}-1"
        with self.desk.reading() as reading:
            live = reading.waybills.where(object=object_, state="live")
        return next((waybill for waybill in live if waybill.leg == leg), None)

    def order(self, envelope: str | None = None) -> MailOrder | None:
        """The latest order of its latest envelope, or of that one."""
        with self.desk.reading() as reading:
            known = reading.mail_orders.where(envelope=envelope or self.envelope.number)
        return max(known, key=lambda order: (order.asked_at, order.id), default=None)

    def mail_state(self, leg: str = "out") -> str:
        """Where it is by the carrier's account."""
        waybill = self.waybill(leg)
        return waybill.mail_state if waybill else ""


class Clock:
    """The hall's clock: goes on by a little whenever it is asked, and by more when it is told."""

    def __init__(self) -> None:
        self._at = _ms(MONDAY)
        self._lock = threading.Lock()

    def __call__(self) -> int:
        with self._lock:
            self._at += 20
            return self._at

    def monotonic(self) -> float:
        """The same in seconds."""
        return self._at / 1000

    def go_on_to(self, at: int) -> None:
        """It is so late now, unless it is later already."""
        with self._lock:
            self._at = max(self._at, at)


@dataclass
class Line:
    """The internet as one window sees it; where it is down, nobody listens at the other end."""

    platform: Simulated
    nowhere: str
    record: Path
    """Where the platform writes down each exchange."""
    is_up: bool = True
    dialled_in_vain: int = 0

    def connect(self, desk: Desk, _: Carrier) -> Client:
        """The real client, with the account of the simulator."""
        self.dialled_in_vain += not self.is_up
        account = Credentials(**vars(self.platform.credentials))
        url = self.platform.url if self.is_up else self.nowhere
        return Client(account, now=desk.store.now, url=url, answer_within=PATIENCE)

    def traffic(self) -> list[Mapping[str, str]]:
        """All that was said so far, one exchange after the other."""
        return [json.loads(said) for said in self.record.read_bytes().splitlines()]


@dataclass
class Week:
    """The hall on its way through the week."""

    desks: tuple[Desk, Desk]
    clock: Clock
    line: Line
    plans: Sequence[Plan]
    is_offline_by_day: bool = False
    parcels: list[Parcel] = field(default_factory=list)
    decided: Counter[str] = field(default_factory=Counter)
    """How often a person decided what about an order."""
    reasons: Counter[str] = field(default_factory=Counter)
    """Why an order waited for a person."""
    unexplained: list[Whereabouts] = field(default_factory=list)
    """What nothing explained in the evening, of all days."""
    started: set[str] = field(default_factory=set)
    """Waybills of which the carrier has begun to tell."""
    stickers: Iterator[int] = field(default_factory=lambda: itertools.count(FIRST_STICKER))

    def __post_init__(self) -> None:
        how: dict[str, Any] = {
            "policy": POLICY,
            "connect": self.line.connect,
            "monotonic": self.clock.monotonic,
        }
        self.orderers = [Orderer(**how) for _ in self.desks]
        self.syncer = Syncer(**how)

    def sticker(self) -> str:
        """The next one of the roll."""
        return str(next(self.stickers))

    def at(self, day: int, hour: str) -> None:
        """Time goes by; the internet comes and goes with it."""
        hours, minutes = hour.split(":")
        moment = MONDAY + timedelta(days=day, hours=int(hours), minutes=int(minutes))
        self.clock.go_on_to(_ms(moment))
        by_day = 8 <= moment.hour < 20
        self.line.is_up = not (self.is_offline_by_day and by_day)
        self.line.platform.set_clock(f"{moment:%Y-%m-%d %H:%M:%S}")

    def a_minute_later(self) -> None:
        """As long as an order pauses at most before its next try."""
        self.clock.go_on_to(self.clock() + 61_000)

    # --- what happens at the counter

    def sealed(self, day: int, hour: str) -> None:
        """What is ready at this hour, of its window."""
        for plan in self.plans:
            if (plan.day, plan.hour) == (day, hour):
                self.parcels.append(self._sealed(plan))

    def _sealed(self, plan: Plan) -> Parcel:
        desk = self.desks[plan.window - 1]
        applicant = builders.a_person(name=f"覃{'示例演练'[len(self.parcels) % 4]}")
        office = builders.an_office(plan.office)
        case = builders.a_case(desk, offices=(office,), applicant=applicant).number
        parcel = Parcel(plan, desk, case, deque(plan.then))
        builders.packed(desk, f"{case}-1")
        if plan.reason != "packing":
            builders.sealed(desk, parcel.envelope.number)
        self.attended(parcel)
        return parcel

    def attended(self, parcel: Parcel) -> None:
        """Persons do what can be done about it now."""
        while parcel.left and parcel.left[0](self, parcel):
            parcel.left.popleft()

    def picked_up(self, day: int, *, of_today: bool) -> None:
        """The courier takes what was sealed before today, or what must go today."""
        since = _ms(MONDAY + timedelta(days=day))
        for desk in self.desks:
            ready = [
                parcel.envelope.number
                for parcel in self.parcels
                if parcel.desk is desk
                and parcel.envelope.state == EnvelopeState.SEALED
                and (parcel.plan.same_day if of_today else (parcel.envelope.sealed_at or 0) < since)
            ]
            if ready:
                builders.handed_over(desk, *ready)
        self.set_out()

    def set_out(self) -> None:
        """What the carrier holds and knows by its number goes its way from now on."""
        for parcel in self.parcels:
            if parcel.envelope.state == EnvelopeState.HANDED_OVER:
                self._begin(parcel.waybill(), parcel.plan.plot)
            if parcel.consignment.state == ConsignmentState.RESULT_RETURNING:
                self._begin(parcel.waybill("back"), parcel.plan.back)

    def _begin(self, waybill: Waybill | None, plot: Said) -> None:
        if waybill is not None and waybill.number not in self.started:
            self.started.add(waybill.number)
            self.line.platform.plot([waybill.number], plot)

    # --- what the carrier says on the telephone

    def live_orders(self) -> dict[str, list[str]]:
        """The orders it has, with their waybills."""
        known = self.line.platform.orders()["orders"]
        return {order["logisticsOrderNo"]: order["waybills"] for order in known if order["state"] == "live"}

    # --- what the machine does

    def worked_off(self) -> None:
        """The outbox until nothing more happens to it by itself, then the tracks that are due."""
        for _ in range(POLICY.tries + 1):
            for desk, orderer in zip(self.desks, self.orderers, strict=True):
                orderer.round(desk)
            if not self.line.is_up or all(one.needs_person for one in orders.listed(self.desks[0])):
                break
            self.a_minute_later()
        self.set_out()
        for _ in range(3):
            if not self.syncer.round(self.desks[0]).left:
                break
            self.a_minute_later()
        self.syncer.close()  # by the next time the internet may be another


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


@contextmanager
def a_week(folder: Path, plans: Sequence[Plan], *, is_offline_by_day: bool = False) -> Iterator[Week]:
    """The hall on Monday before it opens; the platform runs, and is recorded, as long as this lasts."""
    clock = Clock()
    with (
        fresh_place(folder) as place,
        simulated.running(record=folder / "traffic.jsonl") as platform,
        nobody_listening() as nowhere,
    ):
        hall = builders.a_desk(place, folder / "tray")
        with closing(hall.store.engine):
            first = replace(hall, store=replace(hall.store, clock=clock))
            in_service(first, url=platform.url, with_return=True)
            desks = (first, replace(builders.at(first, "1002"), window=2))
            line = Line(platform, nowhere, folder / "traffic.jsonl")
            yield Week(desks, clock, line, plans=plans, is_offline_by_day=is_offline_by_day)


@contextmanager
def nobody_listening() -> Iterator[str]:
    """An address of a port that is taken, and where nobody answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}/"
