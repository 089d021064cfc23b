"""Orders whose envelope is opened, goes under another waybill or has arrived; and what is canceled then."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import WAYBILL, an_envelope, sealed, with_second
from tests.workstation.acts.fake_carrier import (
    FakeCarrier,
    PowerCut,
    ems,
    envelope,
    in_service,
    later,
    live_waybills,
    order_of,
    states,
)
from workstation.acts import orders, packing, receipts, waybills
from workstation.acts.desk import Desk
from workstation.domain.envelope import EnvelopeState
from workstation.domain.mail import OrderState
from workstation.policies import MailPolicy

__all__ = ["ems", "envelope"]


def reopened(desk: Desk, envelope: str) -> None:
    """Open the seal."""
    packing.reopen(with_second(desk), envelope, reason="paper_missing")


def test_an_envelope_reopened_while_the_answer_is_on_its_way_is_canceled_by_its_waybill(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """The answer still tells the waybill; it is bound nowhere, and the next round cancels the order."""
    ems.meanwhile = lambda: reopened(desk, envelope)
    orderer = ems.orderer()

    assert states(orderer.round(desk)) == [OrderState.CANCEL_WAITING]
    ems.meanwhile = None
    order = order_of(desk, envelope)
    assert (order.waybill, live_waybills(desk, envelope)) == ("1190000000001", [])
    assert states(orderer.round(desk)) == [OrderState.CANCELED]

    assert ems.live(envelope) == []
    assert order_of(desk, envelope).ended_at is not None


def test_an_envelope_reopened_while_it_gets_no_answer_is_canceled_by_its_number(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """What came of the order nobody knows, and need not: the carrier is told to forget it."""
    ems.script = ["unsure"]
    ems.meanwhile = lambda: reopened(desk, envelope)
    orderer = ems.orderer()

    assert orderer.round(desk) == []
    ems.meanwhile = None
    assert states(orderer.round(desk)) == [OrderState.CANCELED]

    assert ems.asked[-1] == ("cancel", f"{envelope}-1")
    assert ems.live(envelope) == []


def test_a_reopened_envelope_that_was_not_told_yet_is_never_told(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """Its order is dropped with the seal."""
    reopened(desk, envelope)

    assert ems.orderer().round(desk) == []

    assert order_of(desk, envelope).state == OrderState.DROPPED
    assert ems.asked == []


def test_a_canceled_order_takes_its_waybills_along(desk: Desk, ems: FakeCarrier) -> None:
    """There and back: the label in the envelope carries nothing home any more."""
    in_service(desk, with_return=True)
    envelope = an_envelope(desk, EnvelopeState.SEALED).number
    (consignment,) = builders.consignments_in(desk, envelope)
    ems.orderer().round(desk)
    assert live_waybills(desk, envelope) == ["1190000000001"]
    assert live_waybills(desk, consignment.id) == ["1190000000002"]

    reopened(desk, envelope)

    assert live_waybills(desk, envelope) + live_waybills(desk, consignment.id) == []
    again = sealed(desk, packing.pack(desk, [consignment.id]).number).number
    assert states(ems.orderer().round(desk)) == [OrderState.CANCELED, OrderState.PLACED]
    assert live_waybills(desk, consignment.id) == ["1190000000004"]
    assert live_waybills(desk, again) == ["1190000000003"]


def test_a_supplement_leaves_the_way_back_that_stands(desk: Desk, ems: FakeCarrier) -> None:
    """The label that lies at the home office already is the one that is followed."""
    in_service(desk, with_return=True)
    first = an_envelope(desk, EnvelopeState.SEALED).number
    ems.orderer().round(desk)
    (consignment,) = builders.consignments_in(desk, first)
    builders.handed_over(desk, first)
    builders.acknowledged(desk, first)
    builders.corrected(desk, consignment.id)
    builders.supplied(desk, consignment.case_number)
    supplement = sealed(desk, packing.pack(desk, [consignment.id]).number).number

    assert states(ems.orderer().round(desk)) == [OrderState.PLACED]

    assert live_waybills(desk, consignment.id) == ["1190000000002"]
    assert order_of(desk, supplement).return_waybill == "1190000000004"


@pytest.mark.parametrize("line", ["unsure", "lost", "refused", "unreachable"])
def test_a_cancellation_comes_to_its_end_like_an_order(
    desk: Desk, envelope: str, ems: FakeCarrier, line: str
) -> None:
    """Not left, in doubt and refused are told apart; in doubt it is told again."""
    ems.orderer().round(desk)
    orders.cancel(desk, f"{envelope}-1")
    ems.script = [line]
    now = [0.0]
    orderer = ems.orderer(monotonic=lambda: now[0])
    ends = {"refused": OrderState.CANCEL_REFUSED, "unreachable": OrderState.CANCEL_WAITING}

    assert states(orderer.round(desk)) == [ends.get(line, OrderState.CANCEL_UNSURE)]
    assert all(orders.reason(order_of(desk, envelope)))
    if line == "refused":
        orders.cancel(desk, f"{envelope}-1")
    later(desk, 1)
    now[0] = 60.0
    assert states(orderer.round(desk)) == [OrderState.CANCELED]

    assert (ems.live(envelope), live_waybills(desk, envelope)) == ([], [])


def test_a_cancellation_without_an_answer_for_long_asks_a_person(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """The carrier is called, and says on the telephone that the order is gone."""
    ems.orderer().round(desk)
    orders.cancel(desk, f"{envelope}-1")
    ems.script = ["lost", "cut after"]
    orderer = ems.orderer(policy=MailPolicy(tries=2))
    orderer.round(desk)
    later(desk, 1)
    with pytest.raises(PowerCut):
        orderer.round(desk)

    assert states(orderer.round(desk)) == [OrderState.CANCEL_UNSURE]
    order = order_of(desk, envelope)
    assert (order.reason, orders.needs_person(order)) == ("tries_spent", True)
    assert orders.confirm_cancel(desk, order.id).state == OrderState.CANCELED


def test_a_sticker_before_the_order_was_told_takes_its_place(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """Nothing is ordered for an envelope that has its waybill."""
    waybills.bind_envelope(desk, envelope, waybill=WAYBILL)

    assert ems.orderer().round(desk) == []

    assert order_of(desk, envelope).state == OrderState.DROPPED
    assert ems.asked == []


def test_a_sticker_while_the_answer_is_on_its_way_cancels_what_the_answer_tells(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """The clerk does not wait for the carrier; the envelope goes under the sticker."""
    ems.meanwhile = lambda: waybills.bind_envelope(desk, envelope, waybill=WAYBILL)
    orderer = ems.orderer()

    assert states(orderer.round(desk)) == [OrderState.CANCEL_WAITING]
    ems.meanwhile = None
    assert states(orderer.round(desk)) == [OrderState.CANCELED]

    assert live_waybills(desk, envelope) == [WAYBILL]
    assert ems.live(envelope) == []


@pytest.mark.parametrize("line", ["unreachable", "refused"])
def test_a_sticker_while_an_order_comes_to_nothing_drops_it(
    desk: Desk, envelope: str, ems: FakeCarrier, line: str
) -> None:
    """The carrier has none, and none is wanted any more: nobody need look after it."""
    now = [0.0]
    orderer = ems.orderer(monotonic=lambda: now[0])
    ems.script = [line]
    ems.meanwhile = lambda: waybills.bind_envelope(desk, envelope, waybill=WAYBILL)

    orderer.round(desk)
    now[0] = 60.0
    orderer.round(desk)

    assert order_of(desk, envelope).state == OrderState.DROPPED
    assert live_waybills(desk, envelope) == [WAYBILL]


def test_the_carriers_own_label_scanned_in_doubt_proves_the_order(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """Cancelling at the scan would cancel the very label that is on the envelope: it is asked on instead."""
    ems.script = ["unsure"]
    orderer = ems.orderer()
    orderer.round(desk)
    waybills.bind_envelope(desk, envelope, waybill=ems.orders[f"{envelope}-1"].waybill)
    assert order_of(desk, envelope).state == OrderState.UNSURE
    later(desk, 1)

    assert states(orderer.round(desk)) == [OrderState.PLACED]

    assert ems.count("cancel") == 0
    assert live_waybills(desk, envelope) == [ems.orders[f"{envelope}-1"].waybill]


def test_another_sticker_in_doubt_lets_the_answer_be_canceled(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """The carrier's answer tells that the envelope goes under another number."""
    ems.script = ["unsure"]
    orderer = ems.orderer()
    orderer.round(desk)
    waybills.bind_envelope(desk, envelope, waybill=WAYBILL)
    later(desk, 1)

    assert states(orderer.round(desk)) == [OrderState.CANCEL_WAITING]
    assert states(orderer.round(desk)) == [OrderState.CANCELED]

    assert live_waybills(desk, envelope) == [WAYBILL]


def test_a_sticker_instead_of_the_orders_waybill_cancels_the_order(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """The label could not be printed: another one was stuck on."""
    orderer = ems.orderer()
    orderer.round(desk)

    waybills.bind_envelope(desk, envelope, waybill=WAYBILL, instead=True)

    assert states(orderer.round(desk)) == [OrderState.CANCELED]
    assert live_waybills(desk, envelope) == [WAYBILL]


def test_a_waybill_that_is_live_elsewhere_asks_a_person(desk: Desk, envelope: str, ems: FakeCarrier) -> None:
    """Somebody stuck the wrong label on another envelope; cancelling leaves that one alone."""
    other = an_envelope(desk, EnvelopeState.SEALED).number
    waybills.bind_envelope(desk, other, waybill="1190000000001")
    orderer = ems.orderer()

    assert states(orderer.round(desk)) == [OrderState.UNSURE]

    order = order_of(desk, envelope)
    assert (order.reason, order.waybill, order.next_try_at) == ("waybill_taken", "1190000000001", None)
    orders.cancel(desk, order.id)
    assert states(orderer.round(desk)) == [OrderState.CANCELED]
    assert live_waybills(desk, other) == ["1190000000001"]


def test_an_envelope_that_has_arrived_meanwhile_is_not_ordered_any_more(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """A week without a line: it went with the courier all the same."""
    builders.handed_over(desk, envelope)
    builders.acknowledged(desk, envelope)

    assert states(ems.orderer().round(desk)) == [OrderState.DROPPED]

    assert ems.asked == []


def test_an_order_in_doubt_of_an_envelope_that_has_arrived_is_canceled(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """To ask again might order what is not there any more."""
    ems.script = ["lost"]
    orderer = ems.orderer()
    orderer.round(desk)
    builders.handed_over(desk, envelope)
    slip = builders.paper_of(desk, envelope, "reply_slip")
    receipts.acknowledge(desk, slip.number, channel="phone")
    later(desk, 1)

    assert states(orderer.round(desk)) == [OrderState.CANCEL_WAITING]
    assert states(orderer.round(desk)) == [OrderState.CANCEL_REFUSED]

    assert "订单不存在" in orders.reason(order_of(desk, envelope))[0]
    assert ems.count("place") == 1
