"""Random days between clerk, worker and carrier: no envelope ever has two orders, and none is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests import builders
from tests.builders import an_envelope, sealed, with_second
from tests.workstation.acts.fake_carrier import FakeCarrier, PowerCut, in_service, later, live_waybills
from workstation.acts import mail_orders, orders, packing, verification, waybills
from workstation.acts.desk import Desk
from workstation.domain.envelope import EnvelopeState
from workstation.domain.mail import ORDER_ENDED, OrderState
from workstation.errors import Refused
from workstation.policies import MailPolicy

TROUBLE = ("", "unsure", "lost", "refused", "unreachable", "cut before", "cut after")
POLICY = MailPolicy(tries=3)
#: States in which the ledger knows that the carrier may have an order.
KNOWN = frozenset(OrderState) - ORDER_ENDED - {OrderState.WAITING, OrderState.REFUSED}

Play = Callable[["Day"], object]


class Day:
    """One envelope's day, its contents packed anew whenever it was opened."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.carrier = desk, FakeCarrier()
        self.envelope = an_envelope(desk, EnvelopeState.SEALED).number
        self.number = 2000000000000

    def round(self) -> None:
        """The worker, a new one each time as after a restart; it may be cut off."""
        later(self.desk, 31)  # the longest pause is over
        with suppress(PowerCut):
            self.carrier.orderer(policy=POLICY).round(self.desk)

    def sticker(self, *, instead: bool = False) -> None:
        """The next sticker of the roll."""
        self.number += 1
        waybills.bind_envelope(self.desk, self.envelope, waybill=str(self.number), instead=instead)

    def own_label(self, by: Callable[..., object] = waybills.bind_envelope) -> None:
        """The label that the carrier gave, scanned on the envelope."""
        for number in self.carrier.live(self.envelope):
            by(self.desk, self.envelope, waybill=self.carrier.orders[number].waybill)

    def opened(self) -> None:
        """Opened, and sealed once more in a new envelope."""
        (consignment,) = builders.consignments_in(self.desk, self.envelope)
        packing.reopen(with_second(self.desk), self.envelope, reason="paper_missing")
        self.envelope = sealed(self.desk, packing.pack(self.desk, [consignment.id]).number).number

    def asked_on_the_telephone(self) -> None:
        """The carrier has no such order: nobody says so who has not asked."""
        if not self.carrier.live(self.envelope):
            orders.confirm_cancel(self.desk, self.envelope)


PLAYS: dict[str, Play] = {
    "sticker": Day.sticker,
    "another sticker": lambda day: day.sticker(instead=True),
    "own label": Day.own_label,
    "resolve": lambda day: day.own_label(orders.resolve),
    "reopen": Day.opened,
    "retry": lambda day: orders.retry(day.desk, day.envelope),
    "drop": lambda day: orders.drop(day.desk, day.envelope),
    "cancel": lambda day: orders.cancel(day.desk, day.envelope),
    "telephone": Day.asked_on_the_telephone,
    "again": lambda day: orders.order_again(day.desk, day.envelope),
    "": lambda _: None,
}
#: The worker's round, with what befalls it; and what somebody does then.
_STEP = st.tuples(st.sampled_from(TROUBLE), st.sampled_from([*PLAYS]))


def assert_sound(day: Day) -> None:
    """What must hold at every moment, whatever was cut off."""
    assert day.carrier.doubled() == []
    with day.desk.reading() as reading:
        every = {order.id: order for order in reading.mail_orders.where()}
        for number, taken in day.carrier.orders.items():
            assert not taken.is_live or every[number].state in KNOWN, (number, every[number].state)
        for envelope in {order.envelope for order in every.values()}:
            of_it = [order for order in every.values() if order.envelope == envelope]
            assert sum(order.state not in ORDER_ENDED for order in of_it) <= 1
    assert len(live_waybills(day.desk, day.envelope)) <= 1


def brought_to_an_end(day: Day) -> None:
    """Everything works again, and a person decides what the worker may not."""
    day.carrier.script, day.carrier.repeat = [], "same"
    for _ in range(12):
        day.round()
        for standing in orders.listed(day.desk):
            if not standing.needs_person:
                continue
            order = standing.order
            if order.state != OrderState.CANCEL_REFUSED:
                orders.retry(day.desk, order.id)
            elif order.id in day.carrier.live(order.envelope):
                orders.cancel(day.desk, order.id)
            else:
                orders.confirm_cancel(day.desk, order.id)


@pytest.fixture(scope="module")
def hall(founded: Desk) -> Iterator[Desk]:
    """A hall whose carrier takes orders."""
    with TemporaryDirectory() as folder:
        desk = builders.a_copy(founded, Path(folder))
        in_service(desk)
        yield desk


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(_STEP, min_size=2, max_size=8), repeat=st.sampled_from(["same", "duplicate"]))
@example(steps=[("unsure", ""), ("refused", "drop")], repeat="same")
@example(steps=[("unsure", ""), ("unreachable", "drop")], repeat="same")
@example(steps=[("unsure", "sticker"), ("", "")], repeat="same")
@example(steps=[("cut after", "reopen"), ("lost", "sticker")], repeat="duplicate")
def test_whatever_happens_no_envelope_has_two_orders_and_none_is_lost(
    hall: Desk, tmp_path: Path, undrawn: None, steps: list[tuple[str, str]], repeat: str
) -> None:
    """At the end each order lives at the carrier exactly where the ledger says so, under one waybill."""
    day = Day(builders.a_copy(hall, tmp_path))
    day.carrier.repeat = repeat
    for line, play in steps:
        day.carrier.script = [line]
        day.round()
        with suppress(Refused):
            PLAYS[play](day)
        assert_sound(day)

    brought_to_an_end(day)

    assert_sound(day)
    assert [standing.order.state for standing in orders.listed(day.desk)] == []
    with day.desk.reading() as reading:
        current = mail_orders.current(reading, day.envelope)
    live = day.carrier.live(day.envelope)
    assert live == ([current.id] if current else [])
    if current:
        assert live_waybills(day.desk, day.envelope) == [current.waybill]
    assert [n for n, taken in day.carrier.orders.items() if taken.is_live and n not in live] == []
    assert verification.verify(day.desk).difference is None
