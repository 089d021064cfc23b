"""Works off the outbox 下单: tells the carrier of each envelope, and cancels what is not wanted any more.

Before the first byte leaves, an order is `order_sending` in the ledger with the body that is sent: what a
crash cuts off is told again with the same number and body, so the carrier never takes it for another one. One
attempt is one send. One program a home does this at a time; what another window left is taken up late.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from workstation.acts import carriers, mail_orders, waybills
from workstation.acts.alone import alone
from workstation.acts.desk import Desk
from workstation.domain.mail import Carrier, MailOrder, OrderState
from workstation.errors import Refused
from workstation.policies import MailPolicy
from workstation.store.statements import mail as sql
from workstation.store.work import Work

if TYPE_CHECKING:
    from integrations.carriers import Booked, CarrierError
    from integrations.carriers import Refused as RefusedByCarrier
    from integrations.carriers.ems.client import Client

_SECOND = 1000
_FIRST_PAUSE, _LONGEST_PAUSE = 30 * _SECOND, 30 * 60 * _SECOND
"""Between two tries of one order, doubled each time (ms)."""
_STALE = 15 * 60 * _SECOND
"""Another window's order counts as left behind after so long (ms): no send lasts as long."""
_ON_THE_WIRE = {OrderState.SENDING: OrderState.UNSURE, OrderState.CANCEL_SENDING: OrderState.CANCEL_UNSURE}
_CLAIMED = {
    OrderState.WAITING: OrderState.SENDING,
    OrderState.UNSURE: OrderState.SENDING,
    OrderState.CANCEL_WAITING: OrderState.CANCEL_SENDING,
    OrderState.CANCEL_UNSURE: OrderState.CANCEL_SENDING,
}
_UNDONE, _KEPT = "下单队列打不开，没有下单。", "待下的单都在账上。"


@dataclass
class Orderer:
    """Works off what is due, round by round; how long a silent carrier is left alone is kept here only."""

    policy: MailPolicy = field(default_factory=MailPolicy)
    connect: Callable[[Desk, Carrier], Client] | None = None
    """Makes the way to a carrier; None: the real one, with the credentials of the key sources."""
    monotonic: Callable[[], float] = time.monotonic
    trouble: CarrierError | None = None
    """Why the carrier could not be asked when it was tried last; None: it answered."""
    held: bool = False
    """Set from outside: what is on the wire comes to its end, and nothing further is begun."""
    _quiet_until: float = 0.0
    _silences: int = 0
    _wires: dict[str, Client] = field(default_factory=dict)

    def round(self, desk: Desk) -> list[MailOrder]:
        """Try once whatever is due. Gives the orders that changed, as they are now."""
        if self.monotonic() < self._quiet_until or not due(desk):
            return []
        with alone(desk, "mail", undone=_UNDONE, kept=_KEPT) as is_alone:
            if not is_alone:
                return []
            try:
                changed = (self._looked_after(desk, order) for order in self._not_quiet(due(desk)))
                return [order for order in changed if order is not None]
            finally:
                self.close()  # what the administrator sets meanwhile holds from the next round on

    def close(self) -> None:
        """Hang up."""
        for wire in self._wires.values():
            wire.close()
        self._wires.clear()

    def _not_quiet(self, orders: list[MailOrder]) -> Iterator[MailOrder]:
        """The orders one by one, until the carrier falls silent or they are held."""
        for order in orders:
            if self.held or self.monotonic() < self._quiet_until:
                return
            yield order

    def _looked_after(self, desk: Desk, order: MailOrder) -> MailOrder | None:
        if OrderState(order.state) in _ON_THE_WIRE:
            # Whoever was sending it does not hold the lock any more, or has been away for too long.
            return self._in_doubt(desk, order, "killed", pause=0)
        from integrations.carriers import CarrierError

        try:
            wire = self._wire(desk, order)
        except CarrierError as error:
            self._leave_alone(error)
            return None
        claimed = _claimed(desk, order, wire)
        is_sending = claimed is not None and OrderState(claimed.state) in _ON_THE_WIRE
        return self._sent(desk, claimed, wire) if claimed and is_sending else claimed

    def _wire(self, desk: Desk, order: MailOrder) -> Client:
        if order.carrier not in self._wires:
            with desk.reading() as reading:
                carrier = carriers.find(reading, order.carrier)
            connect = self.connect or self._really
            self._wires[order.carrier] = connect(desk, carrier)
        return self._wires[order.carrier]

    def _really(self, desk: Desk, carrier: Carrier) -> Client:
        return carriers.client(desk, carrier, timeout=self.policy.timeout_seconds)

    def _sent(self, desk: Desk, order: MailOrder, wire: Client) -> MailOrder | None:
        from integrations.carriers import CarrierError

        try:
            if order.state == OrderState.CANCEL_SENDING:
                wire.cancel(order.id, order.waybill or "", _WHY_CANCELED)
                outcome: Booked | None = None
            else:
                outcome = wire.place(order.body or "")
        except CarrierError as error:
            return self._failed(desk, order, error)
        self._answered()
        return moved(desk, order, OrderState.CANCELED) if outcome is None else _booked(desk, order, outcome)

    def _failed(self, desk: Desk, order: MailOrder, error: CarrierError) -> MailOrder | None:
        from integrations.carriers import Misconfigured, Refused, Unreachable

        if isinstance(error, Misconfigured | Unreachable):
            self._leave_alone(error)
            return _not_left(desk, order, error)
        self._answered()
        if isinstance(error, Refused):
            return _turned_down(desk, order, error)
        pause = min(_FIRST_PAUSE << (order.attempts - 1), _LONGEST_PAUSE)
        return self._in_doubt(desk, order, error.reason, pause=pause)

    def _in_doubt(self, desk: Desk, order: MailOrder, reason: str, *, pause: int) -> MailOrder | None:
        """Nobody knows what came of this attempt; after so many of them a person decides."""
        unsure = _ON_THE_WIRE[OrderState(order.state)]
        if order.attempts >= self.policy.tries:
            return moved(desk, order, unsure, reason="tries_spent")
        return moved(desk, order, unsure, reason=reason, next_try_at=desk.store.now() + pause)

    def _answered(self) -> None:
        self.trouble, self._silences, self._quiet_until = None, 0, 0.0

    def _leave_alone(self, error: CarrierError) -> None:
        self.trouble = error
        pause = min(_FIRST_PAUSE << self._silences, _LONGEST_PAUSE) / _SECOND
        self._silences += 1
        self._quiet_until = self.monotonic() + pause


def _not_left(desk: Desk, order: MailOrder, error: CarrierError) -> MailOrder | None:
    """Nothing of this attempt has left; whether an earlier one was taken stays as open as it was."""
    # Due as soon as the line is back: the pause is the carrier's, not its own.
    again: dict[str, Any] = {"attempts": order.attempts - 1, "next_try_at": desk.store.now()}
    if order.attempts > 1:
        return moved(desk, order, _ON_THE_WIRE[OrderState(order.state)], reason=order.reason, **again)
    is_canceling = order.state == OrderState.CANCEL_SENDING
    to = OrderState.CANCEL_WAITING if is_canceling else OrderState.WAITING
    return moved(desk, order, to, reason=error.reason, **again)


def _turned_down(desk: Desk, order: MailOrder, error: RefusedByCarrier) -> MailOrder | None:
    """The carrier said no: to this attempt; what an earlier one came to it does not say."""
    from integrations.carriers import Duplicate

    told: dict[str, Any] = {"reason": error.reason, "reason_text": f"{error.code} {error.text}".strip()}
    if order.state == OrderState.CANCEL_SENDING:
        return moved(desk, order, OrderState.CANCEL_REFUSED, **told)
    if isinstance(error, Duplicate):
        return moved(desk, order, OrderState.UNSURE, **told)
    if order.attempts > 1:
        return moved(desk, order, OrderState.UNSURE, **{**told, "reason": "refused_again"})
    return moved(desk, order, OrderState.REFUSED, unwanted=OrderState.DROPPED, **told)


_WHY_CANCELED = "不用这一单了"


def due(desk: Desk) -> list[MailOrder]:
    """This window's orders whose turn it is, and what another window has left lying."""
    now = desk.store.now()
    with desk.reading() as reading:
        found = reading.mail_orders.query(sql.DUE_ORDERS, now=now)
    return [order for order in found if order.window == desk.window or order.changed_at < now - _STALE]


def _claimed(desk: Desk, order: MailOrder, wire: Client) -> MailOrder | None:
    """The order on the wire from now on; or done with, where its envelope travels otherwise or no more."""
    try:
        with desk.carrying_out("send_order") as work:
            now = _unchanged(work, order)
            if order.state == OrderState.WAITING and not mail_orders.travels(work, now):
                return mail_orders.move(work, now, "send_order", OrderState.DROPPED)
            if order.state == OrderState.UNSURE and not mail_orders.is_on_its_way(work, now):
                return mail_orders.end(work, now, "send_order")
            # Composed once; by whichever window sends it, it is that window's from now on.
            body = now.body or wire.body(carriers.order_of(work, desk, now))
            fields: dict[str, Any] = {"body": body, "attempts": now.attempts + 1, "window": desk.window}
            return mail_orders.move(work, now, "send_order", _CLAIMED[OrderState(now.state)], **fields)
    except _Overtaken:
        return None


def moved(
    desk: Desk, order: MailOrder, to: OrderState, *, unwanted: OrderState | None = None, **fields: Any
) -> MailOrder | None:
    """The order in its next state, or where its envelope travels otherwise in `unwanted`; None if overtaken.

    It has a reason only where one is given, and is tried again only at a time that is given, by this window.
    """
    fields = {"reason": None, "reason_text": None, "next_try_at": None, "window": desk.window, **fields}
    try:
        with desk.carrying_out("send_order") as work:
            now = _unchanged(work, order)
            if unwanted and not mail_orders.travels(work, now):
                to = unwanted
            return mail_orders.move(work, now, "send_order", to, **fields)
    except _Overtaken:
        return None


def _booked(desk: Desk, order: MailOrder, booked: Booked) -> MailOrder | None:
    """The waybills are the envelope's, and its consignment's for the way back, in one transaction."""
    told: dict[str, Any] = {"waybill": booked.waybill, "return_waybill": booked.return_waybill}
    try:
        with desk.carrying_out("send_order") as work:
            now = mail_orders.find(work, order.id)
            if now.state == OrderState.CANCEL_WAITING:
                # The envelope was opened meanwhile: with its waybill the order can be canceled.
                work.object = now.id
                return work.mail_orders.save(replace(now, **told))
            now = _unchanged(work, order)
            if not mail_orders.travels(work, now, booked.waybill):
                return mail_orders.end(work, now, "send_order", **told)
            waybills.attach(work, booked.waybill, leg="out", object_=now.envelope, how="order")
            waybills.attach_back(work, booked.return_waybill, now.envelope)
            told |= {"reason": None, "reason_text": None, "next_try_at": None}
            return mail_orders.move(work, now, "send_order", OrderState.PLACED, **told)
    except _Overtaken:
        return None
    except Refused:
        return moved(desk, order, OrderState.UNSURE, reason="waybill_taken", **told)


def _unchanged(work: Work, order: MailOrder) -> MailOrder:
    now = mail_orders.find(work, order.id)
    if (now.state, now.attempts) != (order.state, order.attempts):
        raise _Overtaken
    return now


class _Overtaken(Exception):
    """Somebody has moved the order meanwhile; the transaction has nothing to do and leaves no entry."""
