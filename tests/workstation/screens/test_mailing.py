"""The mail beside the screens: orders go out by themselves, silence and refusals are told once each."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from integrations.carriers import Misconfigured, Refused, Unreachable, Unsure
from tests.builders import at
from tests.workstation.screens.outbox.outgoing import FakeCarrier, about, an_order, of, ordering
from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, play
from workstation.acts import orders
from workstation.acts.desk import Desk
from workstation.acts.ordering import Orderer
from workstation.acts.syncing import Status
from workstation.domain.mail import OrderState
from workstation.errors import OutsideFailed
from workstation.screens import mailing
from workstation.screens.mailing import Mailing, told_of_sync

OFFLINE = "连不上邮政，单子都在账上，连上后自动下单。"


@pytest.fixture
def hall(desk: Desk) -> Desk:
    """The clerk of a hall whose carrier takes orders."""
    return ordering(desk)


def told(desk: Desk, folder: Path, carrier: FakeCarrier, story: Story, name: str = "outbox") -> Seated:
    """Play a story at a window whose mail goes to this carrier, with one look at the mail behind it."""
    app = a_counter(desk, folder, name)
    app.orderer, app.syncer = carrier.orderer(), carrier.syncer()

    async def begun(clerk: Clerk) -> None:
        app.mails = True
        app.send_mail()
        await clerk.settle()
        await story(clerk)

    play(app, begun)
    return app


class Awake(Seated):
    """The application as it is: woken by each act, and by time."""

    async def between_mail(self, seconds: float) -> None:
        """As in earnest."""
        await Mailing.between_mail(self, seconds)


# --- orders


def test_a_promised_order_goes_out_by_itself(hall: Desk, tmp_path: Path) -> None:
    """The envelope has its waybill, and the list shows the order no more."""
    order, carrier = an_order(hall), FakeCarrier()

    async def story(clerk: Clerk) -> None:
        clerk.sees("（没有要下的单）")

    told(hall, tmp_path, carrier, story)

    assert carrier.placed == [order.id]
    assert of(hall, order.envelope).state == OrderState.PLACED
    assert about(hall, order.envelope).waybill == "1023456700001"


def test_an_act_wakes_it(hall: Desk, tmp_path: Path) -> None:
    """What a clerk lets go out again does not wait for the next look, half a minute away."""
    order, carrier = an_order(hall, OrderState.DROPPED), FakeCarrier()
    seated = a_counter(hall, tmp_path, "outbox")
    app = Awake(seated.opened, hall, "outbox")  # type: ignore[arg-type]  # it has a hall
    app.orderer, app.syncer = carrier.orderer(), carrier.syncer()

    async def story(clerk: Clerk) -> None:
        app.mails = True
        app.send_mail()
        await clerk.settle()
        await clerk.press("f6")
        clerk.sees("✓ 已下单")

    play(app, story)

    assert carrier.placed == [f"{order.envelope}-2"]


def test_the_screen_shows_what_has_become_of_an_order(hall: Desk, tmp_path: Path) -> None:
    """Each look is shown, and the cursor stays on its envelope."""
    an_order(hall)
    order, carrier = an_order(hall), FakeCarrier(Unsure())

    async def story(clerk: Clerk) -> None:
        clerk.sees("? 不知下单没有")
        await clerk.press("down")
        carrier.answers = None
        hall.store.clock.stop(hall.store.now() + 3_600_000)  # type: ignore[attr-defined]  # the tests' clock
        await clerk.look_at_mail()
        clerk.misses("不知下单没有")

    told(hall, tmp_path, carrier, story)

    assert of(hall, order.envelope).state == OrderState.PLACED


def test_a_refusal_is_told_once(hall: Desk, tmp_path: Path) -> None:
    """It needs a person; what the carrier said may name one and does not stand in the line."""
    order, carrier = an_order(hall), FakeCarrier(Refused("B0001", "收件人张三的电话"))

    async def story(clerk: Clerk) -> None:
        assert clerk.message == f"封套 …{order.envelope[-5:]} 下单被拒，要人管：请到“下单”处理。"
        clerk.app.done("别的事")
        await clerk.look_at_mail(2)
        assert clerk.message == "别的事"

    told(hall, tmp_path, carrier, story, "worklist")


def test_what_waited_for_a_person_before_is_told_at_the_beginning(hall: Desk, tmp_path: Path) -> None:
    """Together, and only what this window has asked for."""
    for _ in range(2):
        an_order(hall, OrderState.REFUSED, reason="refused", next_try_at=None)
    an_order(replace(hall, window=2), OrderState.REFUSED, reason="refused", next_try_at=None)

    async def story(clerk: Clerk) -> None:
        assert "下单被拒等 2 单" in clerk.message

    told(hall, tmp_path, FakeCarrier(), story, "worklist")


# --- the line


def test_being_cut_off_is_told_once_and_so_is_being_back(hall: Desk, tmp_path: Path) -> None:
    """Meanwhile everything stands in the ledger, and the outbox says so."""
    order, carrier = an_order(hall), FakeCarrier(Unreachable())

    async def story(clerk: Clerk) -> None:
        assert clerk.message == OFFLINE
        clerk.sees("· 待下单", f"1 单没有了结　{OFFLINE}")
        clerk.app.done("别的事")
        await clerk.look_at_mail(2)
        assert clerk.message == "别的事"
        carrier.answers = None
        await clerk.look_at_mail()
        assert clerk.message == "邮政连上了，接着下单。"
        clerk.misses(OFFLINE)

    told(hall, tmp_path, carrier, story)

    assert of(hall, order.envelope).state == OrderState.PLACED


def test_missing_credentials_are_told_as_what_they_are(hall: Desk, tmp_path: Path) -> None:
    """No clerk can mend that, and no waiting does."""
    an_order(hall)

    async def story(clerk: Clerk) -> None:
        assert "寄递企业的账号没有配好" in clerk.message

    told(hall, tmp_path, FakeCarrier(Misconfigured()), story)


def test_what_no_order_waits_for_any_more_is_no_trouble(hall: Desk, tmp_path: Path) -> None:
    """The order was dropped while the line was down: nobody claims that it is back."""
    order = an_order(hall)

    async def story(clerk: Clerk) -> None:
        orders.drop(at(hall, "1002"), order.id)
        clerk.app.done("别的事")
        await clerk.look_at_mail()
        assert clerk.message == "别的事"
        clerk.misses(OFFLINE)

    told(hall, tmp_path, FakeCarrier(Unreachable()), story)


def test_a_store_that_is_away_is_told_once_and_asked_again(
    hall: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be back at the next look."""
    order, carrier = an_order(hall), FakeCarrier()

    def away(*_: object) -> None:
        raise OutsideFailed("store-away", what="账打不开。", why="服务器没有回音。", next="请稍候。")

    async def story(clerk: Clerk) -> None:
        assert clerk.message == "下单停下了：账打不开。服务器没有回音。"
        clerk.app.done("别的事")
        await clerk.look_at_mail()
        assert clerk.message == "别的事"
        monkeypatch.setattr(Orderer, "round", as_it_is)
        await clerk.look_at_mail()

    as_it_is = Orderer.round
    monkeypatch.setattr(Orderer, "round", away)
    told(hall, tmp_path, carrier, story)

    assert carrier.placed == [order.id]


# --- who does it


@pytest.mark.parametrize("changes", [{"readonly": True}, {"operator": None}], ids=["read-only", "nobody"])
def test_where_nothing_may_be_written_nothing_is_sent(
    hall: Desk, tmp_path: Path, changes: dict[str, object]
) -> None:
    """A desk that only looks, and one with nobody at it."""
    an_order(hall)
    carrier = FakeCarrier()

    async def story(clerk: Clerk) -> None:
        assert not [worker for worker in clerk.app.workers if worker.group == "mail"]

    app = told(replace(hall, **changes), tmp_path, carrier, story)  # type: ignore[arg-type]  # by name

    assert carrier.placed == []
    assert not app._is_mailing


def test_leaving_lets_the_order_on_the_wire_end_and_begins_no_other(hall: Desk, tmp_path: Path) -> None:
    """The other one waits in the ledger for the next time somebody signs in."""
    first, second = an_order(hall), an_order(hall)
    app = a_counter(hall, tmp_path, "worklist")
    carrier = FakeCarrier(during=lambda: setattr(app.orderer, "held", True))
    app.orderer, app.syncer = carrier.orderer(), carrier.syncer()

    async def story(clerk: Clerk) -> None:
        app.mails = True
        app.send_mail()
        await clerk.settle()
        await clerk.press("ctrl+q")

    play(app, story)

    assert app.orderer.held
    assert app.syncer.held
    assert of(hall, first.envelope).state == OrderState.PLACED
    assert of(hall, second.envelope).state == OrderState.WAITING


# --- tracks


def test_parcels_are_asked_about_in_portions_and_it_is_said_when(
    hall: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One portion a look, so that an order never waits for all of them; then not again within a minute."""
    monkeypatch.setattr(mailing, "_PORTION", 1)
    for _ in range(2):
        an_order(hall)
    carrier = FakeCarrier()

    async def story(clerk: Clerk) -> None:
        assert len(carrier.asked) == 1
        clerk.sees("邮件轨迹：", "共 1 件，1 件查不到；还有 1 件待问")
        await clerk.look_at_mail()
        assert len(set(carrier.asked)) == 2
        clerk.sees("共 2 件，2 件查不到；下次")
        await clerk.look_at_mail()
        assert len(carrier.asked) == 2

    told(hall, tmp_path, carrier, story)


NOON = 1_795_147_200_000  # 2026-11-20 12:00


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (Status(None), ""),
        (Status("ems", parcels=3, due=3, never_asked=3), ""),
        (Status("ems", answered=12, asked_at=NOON), "邮件轨迹：12:00 问过，共 12 件"),
        (
            Status("ems", answered=11, failed=1, asked_at=NOON, next_at=NOON + 1_800_000),
            "邮件轨迹：12:00 问过，共 12 件，1 件没有回音；下次 12:30",
        ),
        (
            Status("ems", not_found=2, asked_at=NOON - 86_400_000, next_at=NOON, due=4),
            "邮件轨迹：11-19 12:00 问过，共 2 件，2 件查不到；还有 4 件待问",
        ),
    ],
    ids=["no-interface", "never", "all-answered", "one-silent", "yesterday"],
)
def test_what_was_asked_when_in_one_line(status: Status, text: str) -> None:
    """Empty where nothing is asked; what was not today says its day."""
    assert told_of_sync(status, NOON) == text
