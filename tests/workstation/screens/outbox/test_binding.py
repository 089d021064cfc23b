"""绑定运单: an envelope comes by its waybill by two scans and Enter, or typed; in doubt it is asked."""

from __future__ import annotations

from pathlib import Path

from tests import builders
from tests.builders import ONE_CLERK, at, paper_of
from tests.workstation.screens.outbox.at_outbox import dialog, line, screen, told
from tests.workstation.screens.outbox.outgoing import OTHER, STICKER, a_bare, about, an_order, moved, of
from tests.workstation.screens.outbox.scenes import DOUBT
from tests.workstation.screens.stage import Clerk, a_desk
from workstation.acts import users, waiting, waybills
from workstation.acts.desk import Desk
from workstation.domain.mail import OrderState
from workstation.screens.dialogs import Confirm, Form, Pick, Refusal

PIN = "704913"


# --- binding by two scans


def test_an_envelope_and_its_sticker_are_two_scans_and_enter(desk: Desk, tmp_path: Path) -> None:
    """No network, no order; before Enter nothing is written."""
    a_bare(desk)
    number = a_bare(desk)
    before = builders.head(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.scan(number)
        assert line(clerk).number == number
        assert "接着扫贴好的运单" in clerk.message
        await clerk.scan(STICKER)
        assert dialog(clerk) is Confirm
        clerk.sees(number, STICKER)
        assert builders.head(desk) == before
        await clerk.press("enter")
        assert clerk.message == f"运单 {STICKER} 已绑：封套 …{number[-5:]}"
        clerk.sees("✓ 已有运单")

    told(desk, tmp_path, story)
    assert about(desk, number).waybill == STICKER


def test_the_list_in_the_window_of_the_envelope_will_do_as_well(desk: Desk, tmp_path: Path) -> None:
    """Any face that speaks for the envelope."""
    number = a_bare(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.scan(paper_of(desk, number, "packing_list").number)
        assert line(clerk).number == number

    told(desk, tmp_path, story)


def test_a_sticker_before_its_envelope_is_bound_to_nothing(desk: Desk, tmp_path: Path) -> None:
    """Where the cursor happens to stand means nothing."""
    a_bare(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.scan(STICKER)
        assert clerk.message == f"运单 {STICKER} 没有绑定：请先扫它的封套，再扫运单。"
        assert clerk.app.screen is screen(clerk)

    told(desk, tmp_path, story)


def test_a_scan_over_a_question_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    """The question must be answered first."""
    number, other = a_bare(desk), a_bare(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.scan(number)
        await clerk.scan(STICKER)
        await clerk.scan(other)
        assert "请先关闭这个对话框" in clerk.message
        assert dialog(clerk) is Confirm
        await clerk.press("escape")
        assert line(clerk).number == number

    told(desk, tmp_path, story)
    assert about(desk, number).waybill is None


def test_a_sticker_takes_the_place_of_an_order_that_was_not_sent(hall: Desk, tmp_path: Path) -> None:
    """The question says so."""
    order = an_order(hall)

    async def story(clerk: Clerk) -> None:
        await clerk.scan(order.envelope)
        await clerk.scan(STICKER)
        clerk.sees("绑定后不再用那一单")
        await clerk.press("enter")

    told(hall, tmp_path, story)
    assert of(hall, order.envelope).state == OrderState.DROPPED
    assert about(hall, order.envelope).waybill == STICKER


def test_a_waybill_in_use_leads_to_its_envelope(desk: Desk, tmp_path: Path) -> None:
    """It is shown though it needs nothing; another sticker on it takes the place of the first."""
    number = a_bare(desk)
    waybills.bind_envelope(desk, number, waybill=STICKER)

    async def story(clerk: Clerk) -> None:
        clerk.sees("（没有要下的单）")
        await clerk.scan(STICKER)
        assert line(clerk).number == number
        clerk.sees("✓ 已有运单", STICKER)
        await clerk.scan(OTHER)
        clerk.sees(f"它现在的运单 {STICKER} 不再用")
        await clerk.press("enter")
        clerk.sees(OTHER)

    told(desk, tmp_path, story)
    assert about(desk, number).waybill == OTHER


def test_a_waybill_used_elsewhere_is_refused(desk: Desk, tmp_path: Path) -> None:
    """Meanwhile another window was faster with it."""
    number, other = a_bare(desk), a_bare(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.scan(number)
        await clerk.scan(STICKER)
        waybills.bind_envelope(at(desk, "1002"), other, waybill=STICKER)
        await clerk.press("enter")
        assert dialog(clerk) is Refusal
        clerk.sees("waybill-in-use")

    told(desk, tmp_path, story)
    assert about(desk, number).waybill is None


# --- binding where nobody knows


def test_a_label_on_an_order_in_doubt_settles_it(hall: Desk, tmp_path: Path) -> None:
    """The cursor is on it: the scan opens the question, and Enter says it is the carrier's own."""
    order = an_order(hall, OrderState.UNSURE, **DOUBT)

    async def story(clerk: Clerk) -> None:
        await clerk.scan(STICKER)
        assert dialog(clerk) is Pick
        clerk.sees("封套上这张运单是哪来的？", STICKER)
        await clerk.press("enter")
        assert clerk.message == f"已确认下单：封套 …{order.envelope[-5:]}　运单 {STICKER}"

    told(hall, tmp_path, story)
    settled = of(hall, order.envelope)
    assert (settled.state, settled.waybill) == (OrderState.PLACED, STICKER)
    assert about(hall, order.envelope).waybill == STICKER


def test_a_sticker_on_an_order_in_doubt_leaves_it_in_doubt(hall: Desk, tmp_path: Path) -> None:
    """The envelope can go; the carrier's answer tells what becomes of the order."""
    order = an_order(hall, OrderState.UNSURE, **DOUBT)

    async def story(clerk: Clerk) -> None:
        await clerk.scan(STICKER)
        await clerk.press("down", "enter")

    told(hall, tmp_path, story)
    assert of(hall, order.envelope).state == OrderState.UNSURE
    assert about(hall, order.envelope).waybill == STICKER


def test_the_question_is_about_the_order_as_it_is_now(hall: Desk, tmp_path: Path) -> None:
    """It was placed since the list was drawn: no doubt is left to be asked about."""
    order = an_order(hall, OrderState.UNSURE, **DOUBT)

    async def story(clerk: Clerk) -> None:
        moved(hall, order.envelope, "cancel_order", OrderState.CANCEL_WAITING)
        await clerk.scan(STICKER)
        assert dialog(clerk) is Confirm

    told(hall, tmp_path, story)


# --- binding by hand


def test_a_waybill_is_typed_twice_and_confirmed_by_a_second_person(desk: Desk, tmp_path: Path) -> None:
    """Two that differ are told at once, and nothing typed is lost."""
    number = a_bare(desk)
    users.set_pin(at(desk, "2002"), "2002", PIN)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        assert isinstance(clerk.app.screen, Form)
        await clerk.type(STICKER)
        await clerk.press("enter")
        await clerk.type(OTHER)
        await clerk.press("enter")
        clerk.sees("两遍不一样")
        await clerk.fill("again", STICKER)
        await clerk.press("enter")
        clerk.sees("要第二人确认")
        await clerk.type("2002")
        await clerk.press("enter")
        await clerk.type(PIN)
        await clerk.press("enter")
        assert "已绑" in clerk.message

    told(desk, tmp_path, story)
    with desk.reading() as reading:
        [bound] = reading.waybills.where(object=number)
    assert (bound.number, bound.how, bound.second) == (STICKER, "typed", "2002")


def test_the_form_takes_a_scan_too(desk: Desk, tmp_path: Path) -> None:
    """It needs no second person then, only a word."""
    number = a_bare(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        await clerk.scan(STICKER)
        assert dialog(clerk) is Confirm
        await clerk.press("enter")

    told(desk, tmp_path, story)
    assert about(desk, number).waybill == STICKER


def test_one_clerk_alone_leaves_a_typed_waybill_to_be_confirmed(tmp_path: Path, undrawn: None) -> None:
    """It stands among what waits for a second person."""
    desk = a_desk(tmp_path, staff=ONE_CLERK)
    number = a_bare(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        for _ in range(2):
            await clerk.type(STICKER)
            await clerk.press("enter")
        assert "待第二人确认" in clerk.message

    told(desk, tmp_path, story)
    assert [one.act for one in waiting.listed(desk)] == ["bind_waybill"]
    assert about(desk, number).waybill is None
    desk.store.engine.close()
