"""What a person decides about an order: try again, give up, cancel, order anew, say how it ended."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import builders
from tests.builders import WAYBILL, an_envelope, with_second
from tests.workstation.acts.fake_carrier import (
    FakeCarrier,
    ems,
    envelope,
    in_service,
    later,
    live_waybills,
    order_of,
    states,
)
from workstation.acts import orders, packing, waiting, waybills
from workstation.acts.desk import Desk
from workstation.domain.envelope import EnvelopeState
from workstation.domain.mail import MailOrder, OrderState

__all__ = ["ems", "envelope"]


def in_doubt(desk: Desk, ems: FakeCarrier, *, way: str = "unsure") -> MailOrder:
    """The carrier may have it, and says only that it knows the number."""
    ems.script, ems.repeat = [way], "duplicate"
    ems.orderer().round(desk)
    later(desk, 1)
    (order,) = ems.orderer().round(desk)
    return order


def test_the_list_tells_what_waits_and_what_needs_a_person_first(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """With the office, the reason and what to do; what is placed is listed only when all are asked for."""
    ems.script = ["refused"]
    ems.orderer().round(desk)
    placed = an_envelope(desk, EnvelopeState.SEALED).number
    ems.orderer().round(desk)
    waits = an_envelope(desk, EnvelopeState.SEALED).number

    first, second = orders.listed(desk)

    assert (first.order.envelope, first.needs_person) == (envelope, True)
    assert "地址不合法" in first.why
    assert "再试" in first.next
    assert "派出所" in first.office
    assert (second.order.envelope, second.needs_person, second.why) == (waits, False, "")
    assert {standing.order.envelope for standing in orders.listed(desk, ended=True)} == {
        envelope,
        placed,
        waits,
    }


@pytest.mark.parametrize("reason", sorted(orders.REASONS.keys() | orders.CANCEL_REASONS.keys()))
def test_every_reason_says_why_and_what_next(desk: Desk, envelope: str, reason: str) -> None:
    """For an order and for a cancellation; one that nobody has told us of keeps its code."""
    order = order_of(desk, envelope)
    for state in (OrderState.UNSURE, OrderState.CANCEL_UNSURE):
        why, then = orders.reason(replace(order, state=state, reason=reason))
        assert why
        assert then
    assert "nonsense" in orders.reason(replace(order, reason="nonsense"))[0]


def test_an_order_nobody_wants_is_dropped_and_a_sticker_takes_its_place(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """Nothing of it has reached the carrier."""
    ems.script = ["refused"]
    ems.orderer().round(desk)

    assert orders.drop(desk, envelope).state == OrderState.DROPPED
    waybills.bind_envelope(desk, envelope, waybill=WAYBILL)

    assert ems.orderer().round(desk) == []
    with builders.refused(desk, "order-not-wanted") as caught:
        orders.order_again(desk, envelope)
    assert WAYBILL in caught.value.why


def test_order_again_only_when_the_former_is_at_its_end(desk: Desk, envelope: str, ems: FakeCarrier) -> None:
    """Placed, or its cancellation on the way: two orders would send the envelope twice."""
    ems.orderer().round(desk)
    with builders.refused(desk, "order-still-one"):
        orders.order_again(desk, envelope)
    orders.cancel(desk, f"{envelope}-1")
    with builders.refused(desk, "order-still-one") as caught:
        orders.order_again(desk, envelope)
    assert "待撤单" in caught.value.why
    ems.orderer().round(desk)

    again = orders.order_again(desk, envelope)

    assert (again.id, again.state, again.body) == (f"{envelope}-2", OrderState.WAITING, None)
    assert states(ems.orderer().round(desk)) == [OrderState.PLACED]
    assert ems.live(envelope) == [f"{envelope}-2"]
    assert live_waybills(desk, envelope) == [ems.orders[f"{envelope}-2"].waybill]


def test_order_again_needs_an_envelope_on_its_way(desk: Desk, envelope: str) -> None:
    """One that was opened is packed anew."""
    packing.reopen(with_second(desk), envelope, reason="paper_missing")

    with builders.refused(desk, "wrong-state") as caught:
        orders.order_again(desk, envelope)

    assert "重新下单" in caught.value.what


def test_order_again_needs_a_carrier_that_takes_orders(desk: Desk) -> None:
    """A hall with stickers alone is told what to do."""
    envelope = an_envelope(desk, EnvelopeState.SEALED).number

    with builders.refused(desk, "order-not-wanted") as caught:
        orders.order_again(desk, envelope)

    assert "扫贴纸" in caught.value.next


def test_an_order_that_was_placed_is_neither_retried_nor_dropped(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """It lives at the carrier: the only way is to cancel it."""
    ems.orderer().round(desk)

    for act in (orders.retry, orders.drop, orders.confirm_cancel):
        with builders.refused(desk, "wrong-state"):
            act(desk, f"{envelope}-1")


def test_what_is_on_the_wire_is_not_canceled(desk: Desk, envelope: str, ems: FakeCarrier) -> None:
    """In a few seconds it is known what there is to cancel."""
    told = []

    def cancel() -> None:
        with builders.refused(desk, "order-on-the-wire") as caught:
            orders.cancel(desk, f"{envelope}-1")
        told.append(caught.value.code)

    ems.meanwhile = cancel

    assert states(ems.orderer().round(desk)) == [OrderState.PLACED]

    assert told == ["order-on-the-wire"]


def test_an_order_in_doubt_is_resolved_by_the_label_on_the_envelope(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """The carrier brought the label it gave: the order went through."""
    order = in_doubt(desk, ems)
    waybill = ems.orders[order.id].waybill

    resolved = orders.resolve(desk, order.id, waybill=waybill)

    assert (resolved.state, resolved.waybill, resolved.reason) == (OrderState.PLACED, waybill, None)
    assert live_waybills(desk, envelope) == [waybill]
    assert ems.orderer().round(desk) == []


def test_a_label_already_bound_by_a_scan_resolves_the_order_too(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """The courier's batch took it for a sticker; nothing is canceled until a person has said which it is."""
    order = in_doubt(desk, ems)
    waybill = ems.orders[order.id].waybill
    waybills.bind_envelope(desk, envelope, waybill=waybill)
    assert order_of(desk, envelope).state == OrderState.UNSURE

    assert orders.resolve(desk, envelope, waybill=waybill).state == OrderState.PLACED

    assert live_waybills(desk, envelope) == [waybill]


def test_an_order_in_doubt_is_canceled_and_ordered_anew(desk: Desk, envelope: str, ems: FakeCarrier) -> None:
    """The other way out: under a new number."""
    order = in_doubt(desk, ems)

    orders.cancel(desk, order.id)
    assert states(ems.orderer().round(desk)) == [OrderState.CANCELED]
    orders.order_again(desk, envelope)
    ems.orderer().round(desk)

    assert ems.live(envelope) == [f"{envelope}-2"]


def test_a_typed_label_needs_a_second_person(desk: Desk, envelope: str, ems: FakeCarrier) -> None:
    """A digit more or less is another parcel (design §5)."""
    order = in_doubt(desk, ems)
    waybill = ems.orders[order.id].waybill

    with builders.refused(desk, "second-needed"):
        orders.resolve(desk, order.id, waybill=waybill, how="typed")

    assert (
        orders.resolve(with_second(desk), order.id, waybill=waybill, how="typed").state == OrderState.PLACED
    )


def test_a_typed_label_waits_for_its_second_person_in_a_hall_with_one_clerk(
    lonely: Desk, ems: FakeCarrier
) -> None:
    """Confirmed, the order is placed; until then it stays in doubt."""
    in_service(lonely)
    envelope = an_envelope(lonely, EnvelopeState.SEALED).number
    order = in_doubt(lonely, ems)
    waybill = ems.orders[order.id].waybill
    with pytest.raises(waiting.Waits) as caught:
        orders.resolve(lonely, order.id, waybill=waybill, how="typed")
    assert order_of(lonely, envelope).state == OrderState.UNSURE

    waiting.confirm(builders.at(lonely, "2001"), caught.value.waiting.id)

    assert order_of(lonely, envelope).state == OrderState.PLACED
    assert live_waybills(lonely, envelope) == [waybill]


def test_another_label_than_the_one_the_carrier_told_is_refused(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """The order's waybill is known; what was scanned is a sticker."""
    other = an_envelope(desk, EnvelopeState.SEALED).number
    waybills.bind_envelope(desk, other, waybill="1190000000001")
    ems.orderer().round(desk)

    with builders.refused(desk, "order-other-waybill") as caught:
        orders.resolve(desk, f"{envelope}-1", waybill=WAYBILL)

    assert "1190000000001" in caught.value.why


def test_a_cancellation_the_carrier_refused_because_it_travels_is_taken_back(
    desk: Desk, ems: FakeCarrier
) -> None:
    """It was picked up under that very waybill: the order stands, with its way back."""
    in_service(desk, with_return=True)
    envelope = an_envelope(desk, EnvelopeState.SEALED).number
    (consignment,) = builders.consignments_in(desk, envelope)
    ems.orderer().round(desk)
    orders.cancel(desk, envelope)
    ems.script = ["refused"]
    ems.orderer().round(desk)
    assert live_waybills(desk, envelope) + live_waybills(desk, consignment.id) == []

    placed = orders.resolve(desk, envelope, waybill="1190000000001")

    assert (placed.state, placed.reason_text) == (OrderState.PLACED, None)
    assert live_waybills(desk, envelope) == ["1190000000001"]
    assert live_waybills(desk, consignment.id) == ["1190000000002"]


def test_an_envelope_that_is_not_on_its_way_is_not_resolved(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """It was opened: no waybill shall be live on it."""
    ems.orderer().round(desk)
    packing.reopen(with_second(desk), envelope, reason="paper_missing")
    ems.script = ["refused"]
    ems.orderer().round(desk)

    with builders.refused(desk, "envelope-not-bindable"):
        orders.resolve(desk, f"{envelope}-1", waybill="1190000000001")

    assert orders.confirm_cancel(desk, f"{envelope}-1").state == OrderState.CANCELED


def test_who_saw_another_version_is_told_so(desk: Desk, envelope: str, ems: FakeCarrier) -> None:
    """The worker was faster than the person who looks at the list."""
    seen = order_of(desk, envelope).version
    ems.script = ["refused"]
    ems.orderer().round(desk)

    with builders.refused(desk, "changed-meanwhile"):
        orders.drop(replace(desk, seen=seen), f"{envelope}-1")
