"""Envelopes without a waybill, and how any envelope stands with the carrier."""

from __future__ import annotations

import pytest

from tests.builders import refused
from tests.workstation.screens.outbox.outgoing import OTHER, STICKER, a_bare, an_order, ordering
from tests.workstation.store.embedded import engine, path
from tests.workstation.store.test_plans import goes_through_everything, plan
from workstation.acts import orders, waybills
from workstation.acts.desk import Desk
from workstation.domain.envelope import EnvelopeState
from workstation.domain.mail import ORDER_ENDED, OrderState
from workstation.store import tables
from workstation.store.sqlite import SqliteEngine
from workstation.store.statements import mail

__all__ = ["engine", "path"]


def bare(desk: Desk) -> list[str]:
    """The numbers of the envelopes without a waybill."""
    return [one.envelope.number for one in orders.unbound(desk)]


@pytest.mark.parametrize("state", EnvelopeState)
def test_only_what_travels_lacks_a_waybill(desk: Desk, state: EnvelopeState) -> None:
    """Sealed, or with the courier; what is open, void, back, lost or opened does not."""
    number = a_bare(desk, state)

    expected = [number] if state in (EnvelopeState.SEALED, EnvelopeState.HANDED_OVER) else []
    assert bare(desk) == expected


def test_what_lies_here_stands_before_what_has_left_and_the_oldest_first(desk: Desk) -> None:
    """Only here can a sticker still be put on."""
    gone = a_bare(desk, EnvelopeState.HANDED_OVER)
    first, second = a_bare(desk), a_bare(desk)

    assert bare(desk) == [first, second, gone]


def test_an_envelope_with_a_live_waybill_lacks_none(desk: Desk) -> None:
    """Once that has ended it does again."""
    number = a_bare(desk)
    waybills.bind_envelope(desk, number, waybill=STICKER)
    assert bare(desk) == []

    with desk.carrying_out("send_order") as work:
        work.object = number
        waybills.end(work, number)

    assert bare(desk) == [number]


@pytest.mark.parametrize("state", OrderState)
def test_what_is_being_ordered_is_no_bare_envelope(desk: Desk, state: OrderState) -> None:
    """Until its order is dropped or canceled."""
    order = an_order(ordering(desk), state)

    assert bare(desk) == ([order.envelope] if state in ORDER_ENDED else [])


def test_of_several_orders_the_one_that_stands_is_told(desk: Desk) -> None:
    """And where none does, the last."""
    ended = an_order(ordering(desk), OrderState.DROPPED)
    assert orders.about(desk, ended.envelope).order == ended

    anew = orders.order_again(desk, ended.envelope)
    assert orders.about(desk, ended.envelope).order == anew

    again = orders.drop(desk, anew.id)
    assert orders.about(desk, ended.envelope).order == again


def test_the_waybill_it_goes_under_now_is_told(desk: Desk) -> None:
    """Not the one it had before."""
    number = a_bare(desk)
    assert orders.about(desk, number).waybill is None

    waybills.bind_envelope(desk, number, waybill=STICKER)
    waybills.bind_envelope(desk, number, waybill=OTHER, instead=True)

    assert orders.about(desk, number).waybill == OTHER


def test_an_envelope_nobody_has_packed_is_refused(desk: Desk) -> None:
    """In words."""
    with refused(desk, "envelope-not-found"):
        orders.about(desk, "23501021012632409999")


def test_the_bare_ones_are_looked_up(engine: SqliteEngine) -> None:
    """Through indexes, however many envelopes a hall has had."""
    steps = plan(engine, f"{tables.ENVELOPES.selection} {mail.UNBOUND}")

    assert not goes_through_everything(steps), steps
