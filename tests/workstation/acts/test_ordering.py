"""The outbox of orders: told once, told again unchanged where nobody knows, and never two for an envelope."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from itertools import pairwise

import pytest

from tests import builders
from tests.builders import an_envelope
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
from workstation.acts import carriers, ordering, orders, verification
from workstation.acts.desk import Desk
from workstation.domain.envelope import EnvelopeState
from workstation.domain.mail import OrderState
from workstation.errors import OutsideFailed, Refused
from workstation.policies import MailPolicy
from workstation.store.filelock import FileLock

__all__ = ["ems", "envelope"]


def head(desk: Desk) -> int:
    """How many entries the journal has."""
    return builders.head(desk)[0]


def test_an_order_is_told_once_and_its_waybill_is_the_envelopes(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """From hall to office, and nothing of whom it is about; the journal agrees with every record."""
    orderer = ems.orderer()

    assert states(orderer.round(desk)) == [OrderState.PLACED]
    assert orderer.round(desk) == []

    order = order_of(desk, envelope)
    assert (order.attempts, order.reason, order.next_try_at) == (1, None, None)
    assert live_waybills(desk, envelope) == [order.waybill] == [ems.orders[f"{envelope}-1"].waybill]
    with desk.reading() as reading:
        (bound,) = reading.waybills.where(object=envelope)
    assert (bound.leg, bound.how) == ("out", "order")
    assert "示例派出所" in (order.body or "")
    assert "榕城政务服务中心" in (order.body or "")
    assert "覃示例" not in (order.body or "")
    assert verification.verify(desk).difference is None


def test_nothing_due_touches_neither_wire_nor_journal(desk: Desk, ems: FakeCarrier) -> None:
    """A window without orders costs one look; no lock is made."""
    in_service(desk)
    before = head(desk)

    assert ems.orderer().round(desk) == []

    assert (head(desk), ems.carriers) == (before, [])
    assert not desk.tray.with_name("mail.lock").exists()


def test_what_has_not_left_waits_and_is_told_when_the_line_is_back(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """The silent carrier is left alone for half a minute, then for longer; the order is not spent by it."""
    ems.script = ["unreachable", "unreachable"]
    now = [0.0]
    orderer = ems.orderer(monotonic=lambda: now[0])

    assert states(orderer.round(desk)) == [OrderState.WAITING]
    waiting = order_of(desk, envelope)
    assert (waiting.attempts, waiting.reason) == (0, "unreachable")
    assert orders.reason(waiting)[0] == "连不上寄递企业"
    assert orderer.trouble is not None

    assert orderer.round(desk) == []
    now[0] = 31.0
    assert states(orderer.round(desk)) == [OrderState.WAITING]
    now[0] = 62.0
    assert orderer.round(desk) == []
    now[0] = 95.0
    assert states(orderer.round(desk)) == [OrderState.PLACED]
    assert ems.count("place") == 1


def test_a_day_offline_does_not_fill_the_journal(desk: Desk, ems: FakeCarrier) -> None:
    """Three envelopes wait all day; one of them is tried, ever more seldom, and nothing is lost."""
    in_service(desk)
    envelopes = [an_envelope(desk, EnvelopeState.SEALED).number for _ in range(3)]
    now = [0.0]
    orderer = ems.orderer(monotonic=lambda: now[0])
    ems.script = ["unreachable"] * 1000
    before = head(desk)

    for _ in range(24 * 60):
        now[0] += 60
        orderer.round(desk)

    assert head(desk) - before <= 2 * 60
    ems.script = []
    now[0] += 3600
    assert states(orderer.round(desk)) == [OrderState.PLACED] * 3
    assert all(len(ems.live(envelope)) == 1 for envelope in envelopes)


def test_missing_credentials_leave_neither_entry_nor_attempt(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """The screens tell why; the ledger has nothing to tell."""
    ems.script = ["misconfigured"]
    before = head(desk)
    orderer = ems.orderer()

    assert orderer.round(desk) == []

    assert head(desk) == before
    assert orderer.trouble is not None
    assert orderer.trouble.reason == "misconfigured"
    assert order_of(desk, envelope).state == OrderState.WAITING


def test_the_real_way_to_a_carrier_needs_credentials(desk: Desk, envelope: str) -> None:
    """Without them in any key source nothing is sent."""
    orderer = ordering.Orderer()

    assert orderer.round(desk) == []

    assert orderer.trouble is not None
    assert orderer.trouble.reason == "misconfigured"
    assert order_of(desk, envelope).attempts == 0


def test_each_round_calls_the_carrier_as_it_is_set_now(desk: Desk, envelope: str, ems: FakeCarrier) -> None:
    """A worker that runs all day takes up another address; and it hangs up after each round."""
    ems.script = ["lost"]
    orderer = ems.orderer()
    orderer.round(desk)
    in_service(desk, url="http://127.0.0.1:9/relay")
    later(desk, 1)

    assert states(orderer.round(desk)) == [OrderState.PLACED]

    assert [carrier.url for carrier in ems.carriers] == [None, "http://127.0.0.1:9/relay"]
    assert ems.closed == 2


@pytest.mark.parametrize("line", ["unsure", "lost"])
def test_an_unsure_order_is_told_again_unchanged_under_its_number(
    desk: Desk, envelope: str, ems: FakeCarrier, line: str
) -> None:
    """Whether it was taken or lost: the carrier ends with one order, and we know it."""
    ems.script = [line]
    orderer = ems.orderer()

    assert states(orderer.round(desk)) == [OrderState.UNSURE]
    assert orderer.round(desk) == []
    later(desk, 1)
    assert states(orderer.round(desk)) == [OrderState.PLACED]

    (_, first), (_, second) = ems.asked
    assert first == second
    assert ems.live(envelope) == [f"{envelope}-1"]
    assert live_waybills(desk, envelope) == [ems.orders[f"{envelope}-1"].waybill]
    assert order_of(desk, envelope).attempts == 2


def test_the_body_stays_what_it_was_whatever_changes_meanwhile(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """A way back that is wanted from now on is asked for with the next order, not with this one."""
    ems.script = ["unsure"]
    ems.orderer().round(desk)
    in_service(desk, with_return=True)
    later(desk, 1)

    assert states(ems.orderer().round(desk)) == [OrderState.PLACED]

    assert order_of(desk, envelope).return_waybill is None


def test_a_repetition_the_carrier_calls_a_duplicate_asks_a_person(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """It has the order and does not tell the waybill: nothing more is sent by itself."""
    ems.script, ems.repeat = ["unsure"], "duplicate"
    orderer = ems.orderer()
    orderer.round(desk)
    later(desk, 1)

    assert states(orderer.round(desk)) == [OrderState.UNSURE]
    later(desk, 24 * 60)
    assert orderer.round(desk) == []

    order = order_of(desk, envelope)
    assert (order.reason, order.next_try_at) == ("duplicate", None)
    assert orders.needs_person(order)
    assert "已下过单" in orders.reason(order)[0]


def test_after_so_many_tries_a_person_decides(desk: Desk, envelope: str, ems: FakeCarrier) -> None:
    """The pauses grow; then it stands still, and a person may let it try once more."""
    ems.script = ["lost"] * 3
    orderer = ems.orderer(policy=MailPolicy(tries=3))
    tried = []
    for _ in range(60):
        tried += orderer.round(desk)
        later(desk, 0.5)

    assert states(tried) == [OrderState.UNSURE] * 3
    assert (tried[-1].reason, tried[-1].next_try_at) == ("tries_spent", None)
    first, second = (after.changed_at - before.changed_at for before, after in pairwise(tried))
    assert second > first >= 30_000

    orders.retry(desk, f"{envelope}-1")
    assert states(orderer.round(desk)) == [OrderState.PLACED]


def test_a_refusal_asks_a_person_and_is_no_longer_there_when_it_went_through(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """The carrier's own words are kept, out of the journal; retried, the same body goes."""
    ems.script = ["refused"]
    orderer = ems.orderer()

    assert states(orderer.round(desk)) == [OrderState.REFUSED]
    refused = order_of(desk, envelope)
    assert orders.reason(refused)[0] == "寄递企业拒绝了：B0007 地址不合法"
    assert orderer.round(desk) == []
    with desk.reading() as reading:
        assert "地址不合法" not in "".join(entry.body for entry in reading.journal_of(envelope))

    orders.retry(desk, refused.id)
    assert states(orderer.round(desk)) == [OrderState.PLACED]
    placed = order_of(desk, envelope)
    assert (placed.body, placed.reason, placed.reason_text) == (refused.body, None, None)


def test_a_refusal_after_an_attempt_in_doubt_does_not_make_it_certain(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """The first may have been taken: it must not be given up as if nothing were there."""
    ems.script = ["unsure", "refused"]
    orderer = ems.orderer()
    orderer.round(desk)
    later(desk, 1)

    assert states(orderer.round(desk)) == [OrderState.UNSURE]

    order = order_of(desk, envelope)
    assert (order.reason, orders.needs_person(order)) == ("refused_again", True)
    with builders.refused(desk, "wrong-state"):
        orders.drop(desk, order.id)
    assert ems.live(envelope) == [order.id]


def test_a_line_that_is_gone_leaves_doubt_where_it_was(desk: Desk, envelope: str, ems: FakeCarrier) -> None:
    """Nothing of the second attempt has left; of the first nobody knows more than before."""
    ems.script = ["unsure", "unreachable"]
    now = [0.0]
    orderer = ems.orderer(monotonic=lambda: now[0])
    orderer.round(desk)
    later(desk, 1)

    assert states(orderer.round(desk)) == [OrderState.UNSURE]

    order = order_of(desk, envelope)
    assert (order.attempts, order.reason) == (1, "unsure")
    now[0] = 60.0
    assert states(orderer.round(desk)) == [OrderState.PLACED]


@pytest.mark.parametrize("moment", ["cut before", "cut after"])
def test_a_program_killed_while_sending_tells_it_again_unchanged(
    desk: Desk, envelope: str, ems: FakeCarrier, moment: str
) -> None:
    """Before the first byte the ledger says `order_sending`; the next program finds it there."""
    ems.script = [moment]
    with pytest.raises(PowerCut):
        ems.orderer().round(desk)
    assert order_of(desk, envelope).state == OrderState.SENDING

    orderer = ems.orderer()
    assert states(orderer.round(desk)) == [OrderState.UNSURE]
    assert order_of(desk, envelope).reason == "killed"
    assert states(orderer.round(desk)) == [OrderState.PLACED]

    assert len({body for _, body in ems.asked}) == 1
    assert ems.live(envelope) == [f"{envelope}-1"]
    assert verification.verify(desk).difference is None


def test_a_program_that_is_killed_again_and_again_asks_a_person(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """An order that brings the program down does not do so for ever."""
    ems.script = ["cut before"] * 2
    for _ in range(2):
        orderer = ems.orderer(policy=MailPolicy(tries=2))
        with pytest.raises(PowerCut):
            orderer.round(desk)
        orderer.round(desk)

    assert order_of(desk, envelope).reason == "tries_spent"
    assert ems.orderer().round(desk) == []


def test_an_order_a_person_has_moved_meanwhile_is_left_alone(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """Between the look and the act somebody has dropped it: no entry, no byte."""
    order = order_of(desk, envelope)
    orders.drop(desk, order.id)
    before = head(desk)

    assert ordering._claimed(desk, order, ems) is None  # type: ignore[arg-type]
    assert ordering.moved(desk, order, OrderState.SENDING) is None

    assert (head(desk), ems.asked) == (before, [])


def test_another_windows_order_is_taken_up_only_when_it_was_left(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """Its own program has a quarter of an hour; who takes it up has it from then on."""
    elsewhere = replace(desk, window=2)
    assert ems.orderer().round(elsewhere) == []

    later(desk, 16)
    assert states(ems.orderer().round(elsewhere)) == [OrderState.PLACED]

    assert order_of(desk, envelope).window == 2


def test_what_another_window_was_sending_is_asked_again_by_whom_takes_it_up(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """Its machine was carried away in the middle; and when it wakes up, its answer comes too late."""
    ems.script = ["cut after"]
    with pytest.raises(PowerCut):
        ems.orderer().round(desk)
    asleep = order_of(desk, envelope)
    elsewhere = replace(desk, window=2)
    later(desk, 16)
    orderer = ems.orderer()

    assert states(orderer.round(elsewhere)) == [OrderState.UNSURE]
    assert states(orderer.round(elsewhere)) == [OrderState.PLACED]

    assert ordering.moved(desk, asleep, OrderState.UNSURE, reason="unsure") is None
    assert ems.orderer().round(desk) == []
    assert order_of(desk, envelope).state == OrderState.PLACED


def test_only_one_program_of_a_home_tells_the_carrier(desk: Desk, envelope: str, ems: FakeCarrier) -> None:
    """While another one is at it, nothing is touched."""
    lock = FileLock(desk.tray.with_name("mail.lock"))
    lock.acquire(0)

    assert ems.orderer().round(desk) == []

    assert order_of(desk, envelope).state == OrderState.WAITING
    lock.close()
    assert states(ems.orderer().round(desk)) == [OrderState.PLACED]


def test_a_second_program_in_the_middle_of_a_send_does_nothing(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """What is on the wire is not taken for left behind while its sender is alive."""
    seen = []
    ems.meanwhile = lambda: seen.append(ems.orderer().round(desk))

    assert states(ems.orderer().round(desk)) == [OrderState.PLACED]

    assert (seen, ems.count("place")) == ([[]], 1)


def test_a_lock_that_cannot_be_made_is_told(
    desk: Desk, envelope: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file system is read-only, or full."""

    def refused(*_: object) -> int:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(os, "open", refused)

    with pytest.raises(OutsideFailed) as caught:
        ordering.Orderer().round(desk)

    builders.assert_explained(caught.value, "mail-lock")


def test_a_desk_that_only_looks_tells_nobody(desk: Desk, envelope: str, ems: FakeCarrier) -> None:
    """Inspectors' desks leave orders to the others."""
    with builders.refused(desk, "read-only"):
        ems.orderer().round(replace(desk, readonly=True))

    assert ems.asked == []


def test_a_carrier_out_of_service_still_gets_what_is_on_its_way(
    desk: Desk, envelope: str, ems: FakeCarrier
) -> None:
    """The hall went back to stickers; what was begun is followed to its end."""
    in_service(desk, "number_pool")

    assert states(ems.orderer().round(desk)) == [OrderState.PLACED]

    (called,) = ems.carriers
    assert (called.name, called.state) == ("ems", "retired")
    assert carriers.listed(desk)[0].name == "number_pool"


def test_an_order_that_nobody_knows_is_refused(desk: Desk) -> None:
    """Its number leads nowhere."""
    with pytest.raises(Refused) as caught:
        orders.retry(desk, "23501031012632500011-1")

    builders.assert_explained(caught.value, "mail_order-not-found")
