"""下单: what stands where, what each order allows, how an envelope is found, who only looks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests import builders
from tests.builders import as_role, at
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.outbox.at_outbox import dialog, line, screen, told
from tests.workstation.screens.outbox.outgoing import STICKER, a_bare, an_order, of
from tests.workstation.screens.outbox.scenes import DOUBT, every_state
from tests.workstation.screens.stage import WIDE, Clerk
from workstation.acts import orders
from workstation.acts.desk import Desk
from workstation.domain.envelope import EnvelopeState
from workstation.domain.mail import OrderState
from workstation.domain.roles import Role
from workstation.screens import doors
from workstation.screens.dialogs import Refusal

# --- looking


def test_what_needs_a_person_stands_first_and_bare_envelopes_last(hall: Desk, tmp_path: Path) -> None:
    """Each by word and sign; what was placed is done and not here."""
    every_state(hall)

    async def story(clerk: Clerk) -> None:
        shown = [row.state for row in screen(clerk)._list.rows]
        assert shown[:4] == ["✗ 下单被拒", "? 不知下单没有", "✗ 撤单被拒", "? 不知撤单没有"]
        assert shown[4:8] == ["· 待下单", "· 正在下单", "· 待撤单", "· 正在撤单"]
        assert shown[8:] == ["· 没有运单", "· 没有运单"]
        clerk.sees("8 单没有了结，4 单要人管", "要人管", "上一单不再下单", "上一单已撤单")

    told(hall, tmp_path, story)


def test_a_hall_without_network_sees_its_bare_envelopes(desk: Desk, tmp_path: Path) -> None:
    """What lies here first, then what the courier has taken; an open one is nobody's business yet."""
    gone, here = a_bare(desk, EnvelopeState.HANDED_OVER), a_bare(desk)
    a_bare(desk, EnvelopeState.OPEN)

    async def story(clerk: Clerk) -> None:
        rows = screen(clerk)._list.rows
        assert [(row.number, row.has_left) for row in rows] == [(here, False), (gone, True)]
        clerk.sees("· 没有运单", "! 没有运单", "已交寄")

    told(desk, tmp_path, story)


def test_an_empty_outbox_says_what_it_is_for(desk: Desk, tmp_path: Path) -> None:
    """And why no key can do anything."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("（没有要下的单）", "扫封套，再扫贴好的运单")
        await clerk.press("ctrl+s")
        assert "没有封套" in clerk.message

    told(desk, tmp_path, story)


def test_a_wide_screen_shows_waybill_and_when_it_was_asked_for(hall: Desk, tmp_path: Path) -> None:
    """At 80 columns both stand below."""
    an_order(hall, OrderState.CANCEL_REFUSED, reason="refused", next_try_at=None, waybill=STICKER)

    async def narrow(clerk: Clerk) -> None:
        assert "登记" not in clerk.lines[2]
        clerk.sees(STICKER, "1001 登记")

    async def wide(clerk: Clerk) -> None:
        assert "登记" in clerk.lines[2]
        assert STICKER in clerk.lines[3]

    told(hall, tmp_path, narrow)
    told(hall, tmp_path, wide, WIDE)


def test_enter_opens_the_case(hall: Desk, tmp_path: Path, opened: Opened) -> None:
    """By the number of the envelope."""
    order = an_order(hall)

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter")

    told(hall, tmp_path, story)
    assert opened == [("case", {"number": order.envelope})]


@pytest.mark.parametrize(
    ("state", "possible"),
    [
        (OrderState.WAITING, "bind drop"),
        (OrderState.SENDING, "bind"),
        (OrderState.REFUSED, "retry bind drop"),
        (OrderState.UNSURE, "retry bind cancel"),
        (OrderState.CANCEL_WAITING, "bind"),
        (OrderState.CANCEL_SENDING, "bind"),
        (OrderState.CANCEL_REFUSED, "bind cancel confirm_cancel"),
        (OrderState.CANCEL_UNSURE, "retry bind confirm_cancel"),
        (OrderState.DROPPED, "bind again"),
        (OrderState.CANCELED, "bind again"),
    ],
)
def test_each_state_says_what_is_possible_and_why_the_rest_is_not(
    hall: Desk, tmp_path: Path, state: OrderState, possible: str
) -> None:
    """The footer crosses out exactly what the life cycle refuses."""
    an_order(hall, state)

    async def story(clerk: Clerk) -> None:
        names = ("retry", "bind", "cancel", "drop", "again", "confirm_cancel")
        reasons = {name: screen(clerk).why_not(name) for name in names}
        assert [name for name, reason in reasons.items() if reason is None] == possible.split()
        assert all(len(reason) > 5 for reason in reasons.values() if reason is not None)

    told(hall, tmp_path, story)


def test_a_desk_that_only_looks_sees_everything_and_does_nothing(hall: Desk, tmp_path: Path) -> None:
    """Every act is crossed out, and a sticker is not asked about."""
    order = an_order(hall, OrderState.REFUSED, reason="refused", next_try_at=None)
    before = builders.head(hall)

    async def story(clerk: Clerk) -> None:
        clerk.sees("✗ 下单被拒")
        for key in ("ctrl+s", "f3", "f4", "f5", "f6"):
            await clerk.press(key)
            assert "本次只看不写" in clerk.message
        await clerk.scan(order.envelope)
        await clerk.scan(STICKER)
        assert "本次只看不写" in clerk.message

    told(replace(hall, readonly=True), tmp_path, story)
    assert builders.head(hall) == before


def test_the_door_is_the_counters() -> None:
    """Whoever steers or audits has the command for it."""
    assert doors.door("outbox").roles == {Role.CLERK, Role.SUPERVISOR}


# --- deciding


def test_a_refused_order_goes_out_again_with_one_key(hall: Desk, tmp_path: Path) -> None:
    """Under the same number."""
    order = an_order(hall, OrderState.REFUSED, reason="refused", next_try_at=None)

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        assert clerk.message == f"再试：…{order.envelope[-5:]} 待下单。"

    told(hall, tmp_path, story)
    retried = of(hall, order.envelope)
    assert (retried.id, retried.state) == (order.id, OrderState.WAITING)


@pytest.mark.parametrize(
    ("state", "keys", "becomes"),
    [
        (OrderState.REFUSED, ["f5", "enter"], OrderState.DROPPED),
        (OrderState.UNSURE, ["f4", "ctrl+y"], OrderState.CANCEL_WAITING),
        (OrderState.CANCEL_REFUSED, ["ctrl+o", "enter", "ctrl+y"], OrderState.CANCELED),
        (OrderState.DROPPED, ["f6"], OrderState.WAITING),
    ],
)
def test_what_a_person_decides_is_done_after_a_question(
    hall: Desk, tmp_path: Path, state: OrderState, keys: list[str], becomes: OrderState
) -> None:
    """A new order alone needs none: it can be dropped again."""
    order = an_order(hall, state)

    async def story(clerk: Clerk) -> None:
        await clerk.press(*keys)
        assert line(clerk).order is not None
        assert line(clerk).order.state == becomes  # type: ignore[union-attr]  # it has one

    told(hall, tmp_path, story)
    assert of(hall, order.envelope).state == becomes


def test_esc_decides_nothing(hall: Desk, tmp_path: Path) -> None:
    """Neither of the questions, nor the form, nor what is rarer; Enter alone cancels nothing."""
    an_order(hall, OrderState.UNSURE, **DOUBT)
    before = builders.head(hall)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f4", "enter", "f4", "escape", "f3", "escape", "ctrl+o", "escape")
        assert clerk.app.screen is screen(clerk)

    told(hall, tmp_path, story)
    assert builders.head(hall) == before


def test_what_somebody_has_decided_meanwhile_is_not_decided_again(hall: Desk, tmp_path: Path) -> None:
    """The refusal names them, then the list shows it."""
    order = an_order(hall, OrderState.REFUSED, reason="refused", next_try_at=None)

    async def story(clerk: Clerk) -> None:
        orders.drop(at(hall, "1002"), order.id)
        await clerk.press("ctrl+s")
        assert dialog(clerk) is Refusal
        clerk.sees("changed-meanwhile", "1002")
        await clerk.press("enter")
        clerk.sees("没有运单", "上一单不再下单")

    told(hall, tmp_path, story)


def test_no_order_is_made_where_the_carrier_takes_none(desk: Desk, tmp_path: Path) -> None:
    """The refusal says what to do instead."""
    a_bare(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f6")
        clerk.sees("order-not-wanted", "请扫贴纸运单绑定")

    told(desk, tmp_path, story)


# --- finding


def test_an_envelope_is_found_by_the_number_on_its_face(hall: Desk, tmp_path: Path) -> None:
    """Also one whose order is placed: that can be canceled here."""
    order = an_order(hall, OrderState.PLACED)

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+o", "down", "enter")
        await clerk.type(order.envelope)
        await clerk.press("enter")
        clerk.sees("✓ 已下单")
        await clerk.press("f4", "ctrl+y")

    told(hall, tmp_path, story)
    assert of(hall, order.envelope).state == OrderState.CANCEL_WAITING


def test_what_is_no_envelope_is_said_to_be_none(desk: Desk, tmp_path: Path) -> None:
    """A case's number, and one that was never issued."""
    case = builders.a_case(desk).number

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+o", "down", "enter")
        await clerk.type(case)
        await clerk.press("enter")
        assert "这不是封套的编号" in clerk.message
        await clerk.press("ctrl+o", "down", "enter")
        await clerk.type("123")
        await clerk.press("enter")
        assert dialog(clerk) is Refusal

    told(desk, tmp_path, story)


def test_scans_that_belong_elsewhere_open_what_they_belong_to(
    desk: Desk, tmp_path: Path, opened: Opened
) -> None:
    """A case is opened, as from any screen."""
    case = builders.a_case(desk).number

    async def story(clerk: Clerk) -> None:
        await clerk.scan(case)

    told(desk, tmp_path, story)
    assert opened == [("case", {"number": case})]


def test_an_auditor_who_comes_here_may_only_look(hall: Desk, tmp_path: Path) -> None:
    """Why is said by role."""
    an_order(hall, OrderState.REFUSED, reason="refused", next_try_at=None)

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        assert "“再试下单”由窗口人员、值班长办理" in clerk.message

    told(as_role(hall, Role.AUDITOR), tmp_path, story)
