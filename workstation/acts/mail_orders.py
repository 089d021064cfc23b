"""Orders with a carrier 下单 as records: one envelope has at most one that is not ended, never two."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from workstation.acts import refusals, steps
from workstation.domain import lifecycle
from workstation.domain.envelope import Envelope, EnvelopeState, Waybill
from workstation.domain.mail import ORDER_ENDED, Carrier, MailOrder, OrderState
from workstation.errors import Refused
from workstation.store.work import Reading, Work

#: Carriers that are told of each envelope; the others only count numbers.
TAKE_ORDERS = frozenset({"ems"})
#: An envelope in these states is to travel, or does.
ON_ITS_WAY = frozenset({EnvelopeState.SEALED, EnvelopeState.HANDED_OVER})
#: Nothing lives at the carrier yet.
_UNSENT = frozenset({OrderState.WAITING, OrderState.REFUSED})
#: The carrier has, or may have, an order that must go.
_AT_CARRIER = frozenset({OrderState.SENDING, OrderState.UNSURE, OrderState.PLACED})


def in_service(reading: Reading) -> Carrier | None:
    """The carrier the hall uses; None: numbers come from stickers alone."""
    found = reading.carriers.where(state="in_service")
    return found[0] if found else None


def begin(work: Work, envelope: Envelope) -> MailOrder | None:
    """Promise an order for this envelope, if the hall's carrier takes orders and none stands already."""
    carrier = in_service(work)
    if carrier is None or carrier.name not in TAKE_ORDERS:
        return None
    if current(work, envelope.number) or work.waybills.where(object=envelope.number, state="live"):
        return None
    ordinal = len(work.mail_orders.where(envelope=envelope.number)) + 1
    work.mention(envelope.number)
    return work.mail_orders.add(
        MailOrder(
            id=f"{envelope.number}-{ordinal}",
            envelope=envelope.number,
            carrier=carrier.name,
            state=OrderState.WAITING,
            window=work.stamp.window or 0,
            asked_at=work.now,
            asked_by=work.stamp.operator or "",
            next_try_at=work.now,
        )
    )


def current(reading: Reading, envelope: str) -> MailOrder | None:
    """The order of an envelope that is not ended."""
    found = [o for o in reading.mail_orders.where(envelope=envelope) if o.state not in ORDER_ENDED]
    return found[0] if found else None


def travels(reading: Reading, order: MailOrder, waybill: str | None = None) -> bool:
    """Whether the envelope is to travel under this order: on its way, and without another live waybill."""
    live = reading.waybills.where(object=order.envelope, state="live")
    return is_on_its_way(reading, order) and all(bound.number == waybill for bound in live)


def is_on_its_way(reading: Reading, order: MailOrder) -> bool:
    """Whether the order's envelope is sealed, or handed over and nowhere yet."""
    return steps.find_envelope(reading, order.envelope).state in ON_ITS_WAY


def stop(work: Work, envelope: str, act: str) -> None:
    """The envelope is opened: what was not sent is dropped, what the carrier has or may have is canceled."""
    order = current(work, envelope)
    if order is None:
        return
    if order.state in _UNSENT:
        move(work, order, act, OrderState.DROPPED)
    elif order.state in _AT_CARRIER:
        end(work, order, act)


def give_way(work: Work, bound: Waybill, act: str) -> None:
    """Another waybill is on the envelope: what was not sent is dropped, what the carrier has is canceled.

    Where nobody knows whether it has the order, this may be the very label it gave: that is asked on, and its
    answer tells.
    """
    order = current(work, bound.object)
    if order is None or order.waybill == bound.number:
        return
    if order.state in _UNSENT:
        move(work, order, act, OrderState.DROPPED)
    elif order.state == OrderState.PLACED:
        end(work, order, act)


def end(work: Work, order: MailOrder, act: str, **fields: Any) -> MailOrder:
    """The carrier is to forget the order; the waybills it gave, there and back, are not ours any more."""
    envelope = steps.find_envelope(work, order.envelope)
    for object_ in (envelope.number, *(each.id for each in steps.consignments_in(work, envelope))):
        for waybill in work.waybills.where(object=object_, state="live"):
            if waybill.number in (order.waybill, order.return_waybill):
                work.waybills.save(replace(waybill, state="ended"))
    anew: dict[str, Any] = {"attempts": 0, "next_try_at": work.now, "reason": None, "reason_text": None}
    return move(work, order, act, OrderState.CANCEL_WAITING, **anew, **fields)


def move(work: Work, order: MailOrder, act: str, to: OrderState, **fields: Any) -> MailOrder:
    """The order in another state, if the life cycle has that step."""
    if to not in lifecycle.outcomes(lifecycle.MAIL_ORDER, order.state, act):
        raise refusals.wrong_state("mail_orders", order, act)
    if to in ORDER_ENDED:
        fields = {"ended_at": work.now, "next_try_at": None, **fields}
    work.object = work.object or order.id
    work.mention(order.envelope)
    return work.mail_orders.save(replace(order, state=to, **fields))


def find(reading: Reading, order_id: str) -> MailOrder:
    """The order of this id, or the one of an envelope that is not ended; or a refusal."""
    order = reading.mail_orders.get(refusals.readable("mail_order", order_id)) or current(reading, order_id)
    if order is None:
        raise refusals.not_found("mail_order", order_id)
    return order


def not_while_sending(order: MailOrder) -> Refused:
    """The order is on the wire at this moment."""
    return Refused(
        "order-on-the-wire",
        what=f"{order.id} 正在向寄递企业发送，没有撤单。",
        why="请求已发出，还没有回音，不知道有没有可撤的单。",
        next="请等几秒再试；一直如此，请与寄递企业联系一次再看下单清单。（命令：sync、order list）",
    )
