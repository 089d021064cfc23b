"""A carrier that takes orders and remembers every number it was ever told, and fails as it is told to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

import msgspec
import pytest

from integrations.carriers import Booked, Duplicate, Misconfigured, Order, Refused, Unreachable, Unsure
from tests import builders
from tests.builders import an_envelope
from workstation.acts import carriers, mail_orders
from workstation.acts.desk import Desk
from workstation.acts.ordering import Orderer
from workstation.domain.envelope import EnvelopeState
from workstation.domain.mail import Carrier, MailOrder
from workstation.domain.roles import Role


class PowerCut(BaseException):
    """The process ends here."""


@dataclass
class Taken:
    """An order as the carrier has it."""

    body: str
    waybill: str
    return_waybill: str | None
    is_live: bool = True


@dataclass
class FakeCarrier:
    """Behaves line by line of its script, and well when that is at its end.

    `unreachable` `lost` (nothing arrives) · `unsure` (taken, no answer) · `refused` ·
    `cut before` `cut after` (the power, before and after it was taken).
    """

    script: list[str] = field(default_factory=list)
    repeat: str = "same"
    """What it says to a number it knows: same · duplicate."""
    meanwhile: Callable[[], object] | None = None
    """What happens at the counter while it is asked."""
    orders: dict[str, Taken] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    """What arrived or might have: place or cancel, and the body or the number."""
    carriers: list[Carrier] = field(default_factory=list)
    """As what it was called."""
    closed: int = 0
    next_waybill: int = 1190000000001

    def orderer(self, **how: Any) -> Orderer:
        """A worker that speaks to this carrier."""
        return Orderer(connect=cast(Any, self._connect), **how)

    def live(self, envelope: str) -> list[str]:
        """The numbers under which it has this envelope."""
        return [n for n, taken in self.orders.items() if taken.is_live and n.startswith(f"{envelope}-")]

    def doubled(self) -> list[str]:
        """Envelopes for which two orders live."""
        live = Counter(number.partition("-")[0] for number, taken in self.orders.items() if taken.is_live)
        return [envelope for envelope, count in live.items() if count > 1]

    def count(self, what: str) -> int:
        """How often it was asked to place or to cancel."""
        return sum(asked == what for asked, _ in self.asked)

    def _connect(self, _: Desk, carrier: Carrier) -> FakeCarrier:
        self.carriers.append(carrier)
        if self.script[:1] == ["misconfigured"]:
            self.script.pop(0)
            raise Misconfigured("no credentials")
        return self

    def body(self, order: Order) -> str:
        """What is sent; its own number makes it known again."""
        return msgspec.json.encode(order).decode()

    def place(self, body: str) -> Booked:
        """Take an order once, whatever comes of the answer."""
        line = self._next("place", body)
        order = msgspec.json.decode(body, type=Order)
        known = self.orders.get(order.number)
        if known is None:
            known = self.orders[order.number] = self._taken(body, with_return=order.with_return)
        elif self.repeat == "duplicate" or not known.is_live:
            raise Duplicate("B0010", "订单号重复")
        assert known.body == body, "the same number with another body"
        self._answer(line)
        return Booked(known.waybill, known.return_waybill)

    def cancel(self, number: str, waybill: str, why: str) -> None:
        """Forget an order."""
        assert why
        line = self._next("cancel", number)
        known = self.orders.get(number)
        if known is None or waybill not in ("", known.waybill):
            raise Refused("B0012", "订单不存在")
        known.is_live = False
        self._answer(line)

    def close(self) -> None:
        """Hang up."""
        self.closed += 1

    def _next(self, what: str, told: str) -> str:
        line = self.script.pop(0) if self.script else ""
        if self.meanwhile:
            self.meanwhile()
        if line == "unreachable":
            raise Unreachable("no line")
        self.asked.append((what, told))
        if line == "cut before":
            raise PowerCut
        if line == "lost":
            raise Unsure("no answer")
        if line == "refused":
            raise Refused("B0007", "地址不合法")
        return line

    def _answer(self, line: str) -> None:
        if line == "cut after":
            raise PowerCut
        if line == "unsure":
            raise Unsure("no answer")

    def _taken(self, body: str, *, with_return: bool) -> Taken:
        waybills = [f"{self.next_waybill + n:013}" for n in range(1 + with_return)]
        self.next_waybill += len(waybills)
        return Taken(body, waybills[0], waybills[1] if with_return else None)


def in_service(desk: Desk, name: str = "ems", **how: Any) -> Carrier:
    """Let the hall use a carrier from now on."""
    return carriers.set_carrier(builders.as_role(desk, Role.ADMINISTRATOR), name, **how)


def order_of(desk: Desk, envelope: str) -> MailOrder:
    """The latest order of an envelope."""
    with desk.reading() as reading:
        found = reading.mail_orders.where(envelope=envelope)
        return mail_orders.current(reading, envelope) or found[-1]


def states(orders: list[MailOrder]) -> list[str]:
    """Where orders stand."""
    return [order.state for order in orders]


def live_waybills(desk: Desk, object_: str) -> list[str]:
    """The numbers that are live on an envelope or a consignment."""
    with desk.reading() as reading:
        return [waybill.number for waybill in reading.waybills.where(object=object_, state="live")]


def later(desk: Desk, minutes: float) -> None:
    """Time goes by at the counter."""
    clock = desk.store.clock
    assert isinstance(clock, builders.Ticking)
    clock.start += int(minutes * 60_000)


@pytest.fixture
def ems() -> FakeCarrier:
    """A carrier that does as its script says."""
    return FakeCarrier()


@pytest.fixture
def envelope(desk: Desk) -> str:
    """A sealed envelope of a hall whose carrier takes orders."""
    in_service(desk)
    return an_envelope(desk, EnvelopeState.SEALED).number
