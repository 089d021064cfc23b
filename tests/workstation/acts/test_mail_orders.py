"""Orders as records: begun with the seal, ended with it, and never two that are not ended."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import WAYBILL, an_envelope, sealed, with_second
from tests.workstation.acts.fake_carrier import FakeCarrier, in_service, order_of
from workstation.acts import mail_orders, packing, waybills
from workstation.acts.desk import Desk
from workstation.domain import lifecycle
from workstation.domain.envelope import EnvelopeState
from workstation.domain.mail import ORDER_DUE, ORDER_ENDED, MailOrder, OrderState
from workstation.store.protocols import Duplicate


def all_of(desk: Desk, envelope: str) -> list[MailOrder]:
    """Every order an envelope has had."""
    with desk.reading() as reading:
        return reading.mail_orders.where(envelope=envelope)


def test_the_seal_promises_an_order_in_the_same_transaction(desk: Desk) -> None:
    """It is due at once, has nothing of the wire in it yet, and the envelope's entry tells of it."""
    in_service(desk)
    envelope = an_envelope(desk, EnvelopeState.SEALED)

    (order,) = all_of(desk, envelope.number)

    assert (order.id, order.state) == (f"{envelope.number}-1", OrderState.WAITING)
    assert (order.carrier, order.window, order.asked_by) == ("ems", desk.window, "1001")
    assert order.asked_at == order.next_try_at == envelope.sealed_at
    assert (order.body, order.attempts, order.waybill) == (None, 0, None)
    with desk.reading() as reading:
        entry = reading.journal_of(envelope.number)[-1]
    assert (entry.act, "mail_orders" in entry.body) == ("seal", True)


def test_a_hall_without_a_carrier_orders_nothing(desk: Desk) -> None:
    """Stickers alone: no order, and the seal is as it always was."""
    envelope = an_envelope(desk, EnvelopeState.SEALED)

    assert all_of(desk, envelope.number) == []


def test_a_carrier_that_only_counts_numbers_is_told_nothing(desk: Desk) -> None:
    """The pool has no interface."""
    in_service(desk, "number_pool")

    assert all_of(desk, an_envelope(desk, EnvelopeState.SEALED).number) == []


def test_an_envelope_with_a_waybill_is_not_ordered(desk: Desk) -> None:
    """The sticker was on before the seal."""
    in_service(desk)
    envelope = an_envelope(desk).number
    waybills.bind_envelope(desk, envelope, waybill=WAYBILL)

    sealed(desk, envelope)

    assert all_of(desk, envelope) == []


def test_an_order_is_found_by_its_number_or_by_its_envelope(desk: Desk) -> None:
    """Of an envelope the one that is not ended; when it is, only its own number leads to it."""
    in_service(desk)
    envelope = an_envelope(desk, EnvelopeState.SEALED).number
    with desk.reading() as reading:
        assert mail_orders.find(reading, envelope) == mail_orders.find(reading, f"{envelope}-1")

    packing.reopen(with_second(desk), envelope, reason="paper_missing")

    with desk.reading() as reading:
        assert mail_orders.find(reading, f"{envelope}-1").state == OrderState.DROPPED
        assert mail_orders.current(reading, envelope) is None
    with builders.refused(desk, "mail_order-not-found"), desk.reading() as reading:
        mail_orders.find(reading, envelope)
    with builders.refused(desk, "mail_order-not-found"), desk.reading() as reading:
        mail_orders.find(reading, "\x00")


def test_the_store_itself_refuses_a_second_order_that_is_not_ended(desk: Desk) -> None:
    """Whatever an act forgets, the index holds; beside an ended one there may be another."""
    in_service(desk)
    envelope = an_envelope(desk, EnvelopeState.SEALED).number
    first = order_of(desk, envelope)
    second = MailOrder(f"{envelope}-2", envelope, "ems", OrderState.WAITING, 1, first.asked_at, "1001")

    with pytest.raises(Duplicate), desk.act("order_again") as work:
        work.mail_orders.add(second)

    packing.reopen(with_second(desk), envelope, reason="paper_missing")
    with desk.act("order_again") as work:
        work.mail_orders.add(second)
    assert [order.state for order in all_of(desk, envelope)] == [OrderState.DROPPED, OrderState.WAITING]


@pytest.mark.parametrize("act", ["reopen", "void"])
def test_what_ends_a_seal_ends_its_order(desk: Desk, act: str) -> None:
    """Not told yet: dropped; at the carrier: to be canceled. Opened once more nothing changes."""
    in_service(desk)
    waiting, placed = (an_envelope(desk, EnvelopeState.SEALED).number for _ in range(2))
    with desk.reading() as reading:
        first = mail_orders.find(reading, waiting)
    FakeCarrier().orderer().round(desk)
    with desk.carrying_out("send_order") as work:
        work.mail_orders.save(first)  # back to before it was told

    for envelope in (waiting, placed):
        getattr(packing, act)(with_second(desk), envelope, reason="damaged")

    assert order_of(desk, waiting).state == OrderState.DROPPED
    ended = order_of(desk, placed)
    assert (ended.state, ended.attempts, ended.next_try_at) == (
        OrderState.CANCEL_WAITING,
        0,
        ended.changed_at,
    )


def test_an_envelope_without_an_order_is_stopped_without_a_word(desk: Desk) -> None:
    """Voided while open: nothing was ever promised."""
    in_service(desk)
    envelope = an_envelope(desk).number

    packing.void(desk, envelope, reason="damaged")

    assert all_of(desk, envelope) == []


def test_a_step_the_life_cycle_does_not_know_is_refused(desk: Desk) -> None:
    """The refusal names the state and what is possible in it."""
    in_service(desk)
    order = order_of(desk, an_envelope(desk, EnvelopeState.SEALED).number)

    with (
        builders.refused(desk, "wrong-state") as caught,
        desk.carrying_out("send_order") as work,
    ):
        mail_orders.move(work, order, "send_order", OrderState.PLACED)

    assert "待下单" in caught.value.what


def test_an_order_travels_only_while_its_envelope_is_on_its_way(desk: Desk) -> None:
    """And under no other waybill than its own."""
    in_service(desk)
    envelope = an_envelope(desk, EnvelopeState.SEALED).number
    order = order_of(desk, envelope)
    with desk.reading() as reading:
        assert mail_orders.travels(reading, order)

    waybills.bind_envelope(desk, envelope, waybill=WAYBILL)

    with desk.reading() as reading:
        assert not mail_orders.travels(reading, order)
        assert mail_orders.travels(reading, order, WAYBILL)
    builders.handed_over(desk, envelope)
    builders.acknowledged(desk, envelope)
    with desk.reading() as reading:
        assert not mail_orders.travels(reading, order, WAYBILL)


def test_every_state_of_an_order_is_due_ended_placed_or_a_persons() -> None:
    """None is forgotten: what the worker does not take up and is not at its end can be moved by a person."""
    for state in OrderState:
        acts = set(lifecycle.allowed(lifecycle.MAIL_ORDER, state))
        by_hand = {"retry_order", "cancel_order", "drop_order", "confirm_cancel"}
        assert state in ORDER_DUE or state in ORDER_ENDED or acts & by_hand, state
        assert (state in ORDER_ENDED) == (not acts)
