"""Halls whose carrier takes orders, orders in every state, and a carrier that says what a test wants."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, cast

from integrations.carriers import Booked, CarrierError, Event, Order
from integrations.carriers.ems.client import Client
from tests import builders
from tests.builders import an_envelope, at
from workstation.acts import carriers, mail_orders, orders
from workstation.acts.desk import Desk
from workstation.acts.ordering import Orderer
from workstation.acts.orders import Outward
from workstation.acts.syncing import Syncer
from workstation.domain.envelope import EnvelopeState
from workstation.domain.mail import Carrier, MailOrder, OrderState

#: Where nothing listens.
NOWHERE = "http://127.0.0.1:9/"
#: Of 13 digits, as stickers have them.
STICKER, OTHER = "1023456789013", "1023456789020"


def ordering(desk: Desk) -> Desk:
    """The clerk of a hall that tells the carrier of each envelope."""
    carriers.set_carrier(at(desk, "2001"), "ems", environment="test", url=NOWHERE)
    return desk


def a_bare(desk: Desk, state: str = EnvelopeState.SEALED) -> str:
    """The number of an envelope that goes under no waybill."""
    with builders.no_ink():
        return an_envelope(desk, state).number


def an_order(desk: Desk, state: str = OrderState.WAITING, **fields: Any) -> MailOrder:
    """The order of a sealed envelope that has come so far, as the sender leaves it in the ledger."""
    envelope = a_bare(desk)
    for act, to in _WAYS[OrderState(state)]:
        moved(desk, envelope, act, to)
    return moved(desk, envelope, None, OrderState(state), **fields) if fields else of(desk, envelope)


def moved(desk: Desk, envelope: str, act: str | None, to: str, **fields: Any) -> MailOrder:
    """The order of an envelope one step further; without an act only what is told of it."""
    with desk.carrying_out(act or "send_order") as work:
        order = mail_orders.current(work, envelope)
        assert order is not None
        if act is None:
            work.object = order.id
            return work.mail_orders.save(replace(order, **fields))
        return mail_orders.move(work, order, act, OrderState(to), **fields)


def of(desk: Desk, envelope: str) -> MailOrder:
    """The order an envelope has, or had last."""
    found = orders.about(desk, envelope).order
    assert found is not None
    return found


def about(desk: Desk, envelope: str) -> Outward:
    """How an envelope stands with the carrier."""
    return orders.about(desk, envelope)


_SENDING = ("send_order", OrderState.SENDING)
_PLACED = (_SENDING, ("send_order", OrderState.PLACED))
_CANCELING = (*_PLACED, ("cancel_order", OrderState.CANCEL_WAITING))
_CANCEL_SENDING = (*_CANCELING, ("send_order", OrderState.CANCEL_SENDING))
_WAYS: dict[OrderState, Sequence[tuple[str, str]]] = {
    OrderState.WAITING: (),
    OrderState.SENDING: (_SENDING,),
    OrderState.PLACED: _PLACED,
    OrderState.REFUSED: (_SENDING, ("send_order", OrderState.REFUSED)),
    OrderState.UNSURE: (_SENDING, ("send_order", OrderState.UNSURE)),
    OrderState.DROPPED: (("drop_order", OrderState.DROPPED),),
    OrderState.CANCEL_WAITING: _CANCELING,
    OrderState.CANCEL_SENDING: _CANCEL_SENDING,
    OrderState.CANCEL_REFUSED: (*_CANCEL_SENDING, ("send_order", OrderState.CANCEL_REFUSED)),
    OrderState.CANCEL_UNSURE: (*_CANCEL_SENDING, ("send_order", OrderState.CANCEL_UNSURE)),
    OrderState.CANCELED: (*_CANCEL_SENDING, ("send_order", OrderState.CANCELED)),
}


@dataclass
class FakeCarrier:
    """A carrier that takes every order and knows of no parcel, or answers with the error it was given."""

    answers: CarrierError | None = None
    placed: list[str] = field(default_factory=list)
    canceled: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    during: Callable[[], None] = lambda: None
    """What happens elsewhere while an order is on the wire."""

    def orderer(self) -> Orderer:
        """What works off the outbox with it; a silent carrier is asked again at once."""
        return Orderer(connect=self._connect, monotonic=_hours())

    def syncer(self) -> Syncer:
        """What asks it about parcels, likewise."""
        return Syncer(connect=self._connect, monotonic=_hours())

    def _connect(self, _: Desk, __: Carrier) -> Client:
        return cast(Client, self)

    def body(self, order: Order) -> str:
        """What would be sent."""
        return order.number

    def place(self, body: str) -> Booked:
        """Take an order."""
        self.placed.append(body)
        self.during()
        self._maybe_not()
        return Booked(f"10234567{len(self.placed):05}")

    def cancel(self, number: str, _waybill: str, _why: str) -> None:
        """Forget an order."""
        self.canceled.append(number)
        self._maybe_not()

    def track(self, waybill: str) -> list[Event]:
        """Nothing has happened to it yet."""
        self.asked.append(waybill)
        self._maybe_not()
        return []

    def close(self) -> None:
        """Hang up."""

    def _maybe_not(self) -> None:
        if self.answers is not None:
            raise self.answers


def _hours() -> Callable[[], float]:
    """A clock on which hours go by from one look to the next."""
    times = count(0, 10_000)
    return lambda: float(next(times))
