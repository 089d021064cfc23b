"""One consignment: what the home office says of it, told by keys; what cannot be is said, nothing lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests import builders
from tests.builders import RETURN_WAYBILL, WAYBILL, a_consignment, paper_of
from tests.workstation.screens.stage import WIDE, Clerk, a_counter, play
from workstation.acts import home, results, users, viewing
from workstation.acts.desk import Desk
from workstation.domain import codes
from workstation.domain.case import Row
from workstation.domain.consignment import Consignment
from workstation.domain.consignment import ConsignmentState as S
from workstation.screens.arrivals.consignment import ConsignmentScreen


def slip_of(desk: Desk, own: Consignment) -> str:
    """The reply slip's code of its envelope."""
    return paper_of(desk, own.envelope or "", "reply_slip").number


def now(desk: Desk, own: Consignment) -> Consignment:
    """The consignment as it stands."""
    return builders.consignment_of(desk, own.id)


def a_pin(desk: Desk, code: str, pin: str) -> None:
    """Give a colleague a PIN."""
    users.set_pin(builders.at(desk, code), code, pin)


def test_the_dates_are_kept_apart(desk: Desk, tmp_path: Path) -> None:
    """Each date that has come stands there, on a wide screen beside the papers."""
    own = a_consignment(desk, S.DECIDED)

    async def story(clerk: Clerk) -> None:
        clerk.sees(
            "收件", "封装", "交寄", "属地签收", "属地受理", "属地决定", "【已决定】", "示例市第1公安局"
        )
        clerk.sees("业务属地（封套", "覃**", "准予，结果纸质")
        clerk.misses("到窗 11-", "覃示例")

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)
    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story, WIDE)


def test_what_is_possible_now_stands_first(desk: Desk, tmp_path: Path) -> None:
    """The rest is crossed out and says why when it is pressed."""
    own = a_consignment(desk, S.ACKNOWLEDGED)

    async def story(clerk: Clerk) -> None:
        assert clerk.keys.startswith("F4 属地受理  F5 属地补正  F6 属地决定")
        await clerk.press("f7")
        assert "“回寄”现在不能办：" in clerk.message
        await clerk.press("ctrl+s")
        assert "结果回寄中" in clerk.message

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)


def test_the_short_code_is_the_slips(desk: Desk, tmp_path: Path) -> None:
    """Another envelope's code moves nothing and names no right one; the right one closes the leg."""
    own, other = a_consignment(desk, S.HANDED_OVER), a_consignment(desk, S.HANDED_OVER)
    wrong, right = slip_of(desk, other), codes.short_form(slip_of(desk, own))

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")
        await clerk.type(wrong)
        await clerk.press("enter", "enter")
        clerk.sees("回执码和这个封套对不上", wrong)
        clerk.misses(right)
        await clerk.fill("code", right)
        await clerk.press("enter", "enter")
        assert clerk.message.startswith("属地已签收")
        clerk.sees("【属地已签收】")

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)
    assert (now(desk, own).state, now(desk, other).state) == (S.ACKNOWLEDGED, S.HANDED_OVER)
    assert now(desk, own).acknowledged_how == "phone"


def test_a_scanned_slip_fills_and_waits_for_enter(desk: Desk, tmp_path: Path) -> None:
    """The question opens with code and channel; the clerk says yes."""
    own = a_consignment(desk, S.HANDED_OVER)

    async def story(clerk: Clerk) -> None:
        await clerk.scan(slip_of(desk, own))
        clerk.sees(slip_of(desk, own), "回执联寄回")
        assert now(desk, own).state == S.HANDED_OVER
        await clerk.press("ctrl+s")

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)
    assert now(desk, own).acknowledged_how == "slip"


def wanted_rows(desk: Desk, own: Consignment) -> list[Row]:
    """The rows the home office has asked for."""
    rows = viewing.case_file(desk, own.case_number).rows
    return [row for row in rows if row.row_id.startswith("supplement")]


def test_several_papers_are_wanted(desk: Desk, tmp_path: Path) -> None:
    """Each with its standard; one line more, one taken away again, Esc goes back to the form."""
    own = a_consignment(desk, S.ACKNOWLEDGED)

    async def paper(clerk: Clerk, name: str) -> None:
        await clerk.type(name)
        await clerk.press("enter")
        await clerk.type("清晰")
        await clerk.press("ctrl+s")

    async def story(clerk: Clerk) -> None:
        await clerk.press("f5")
        await paper(clerk, "关系说明")
        await clerk.press("down", "enter")
        await paper(clerk, "户口簿")
        await clerk.press("down", "enter")
        await paper(clerk, "多余的")
        clerk.sees("1. 关系说明（复印件 1 份）：清晰", "3. 多余的", "登记这 3 项")
        await clerk.press("down", "down", "enter")
        clerk.misses("多余的")
        await clerk.press("escape")
        clerk.sees("材料名称", "关系说明")
        await clerk.press("ctrl+s", "enter")
        assert "请联系申请人" in clerk.message

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)
    assert [(row.name, row.standard) for row in wanted_rows(desk, own)] == [
        ("关系说明", "清晰"),
        ("户口簿", "清晰"),
    ]
    assert now(desk, own).state == S.HOME_CORRECTING


def test_a_copy_count_that_is_no_number_is_asked_again(desk: Desk, tmp_path: Path) -> None:
    """All that was typed is still in the form."""
    own = a_consignment(desk, S.ACKNOWLEDGED)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f5")
        await clerk.fill("name", "关系说明")
        await clerk.fill("standard", "签名")
        await clerk.fill("copies", "两")
        await clerk.press("ctrl+s", "enter")
        clerk.sees("份数不是数字", "关系说明", "签名")
        assert not wanted_rows(desk, own)

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)


def test_acceptance_and_decision(desk: Desk, tmp_path: Path) -> None:
    """受理 with its number, then a decision whose papers are named; without a name it is not recorded."""
    own = a_consignment(desk, S.ACKNOWLEDGED)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f4")
        await clerk.type("示例1")
        await clerk.press("enter")
        clerk.sees("【属地已受理】　文号 示例1")
        await clerk.press("f6", "ctrl+s", "enter")
        clerk.sees("没有写文书名称")
        await clerk.fill("name", "户籍证明")
        await clerk.press("ctrl+s", "down", "enter")
        await clerk.type("告知函")
        await clerk.press("ctrl+s", "enter")
        clerk.sees("【已决定】", "户籍证明", "告知函")

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)
    decided = now(desk, own)
    assert (decided.state, decided.outcome, decided.result_mode) == (S.DECIDED, "granted", "paper")
    assert decided.document_number == "示例1"


def test_an_electronic_result_leads_to_its_service(desk: Desk, tmp_path: Path, opened: list[Any]) -> None:
    """No papers are asked for, nothing is mailed, and F9 goes on."""
    own = a_consignment(desk, S.ACCEPTED)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f6", "down", "space", "ctrl+s")
        clerk.sees("结果电子：F9 送达")
        await clerk.press("f7")
        assert "现在不能办" in clerk.message
        await clerk.press("f9")
        assert opened == [("serving", {"number": own.case_number})]

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)
    assert now(desk, own).result_mode == "electronic"


def test_a_scanned_return_waybill_needs_nobody_else(desk: Desk, tmp_path: Path) -> None:
    """Thirteen digits are one here, since one is waited for; the scan fills, Enter records."""
    own = a_consignment(desk, S.DECIDED)

    async def story(clerk: Clerk) -> None:
        await clerk.scan(WAYBILL)
        clerk.sees(WAYBILL, "回程运单号")
        assert now(desk, own).state == S.DECIDED
        await clerk.press("ctrl+s")
        clerk.sees("【结果回寄中】")

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)
    with desk.reading() as reading:
        (bound,) = reading.waybills.where(object=own.id)
    assert (bound.number, bound.how, bound.second) == (WAYBILL, "scanned", None)


def test_a_typed_return_waybill_takes_two(desk: Desk, tmp_path: Path) -> None:
    """Typed twice alike, and confirmed by somebody else; refused once, nothing typed is lost."""
    own = a_consignment(desk, S.DECIDED)
    a_pin(desk, "1002", "246810")

    async def story(clerk: Clerk) -> None:
        await clerk.press("f7")
        await clerk.type(RETURN_WAYBILL)
        await clerk.press("enter")
        await clerk.type(RETURN_WAYBILL[:-1])
        await clerk.press("enter")
        clerk.sees("两遍输入的运单号不一样", RETURN_WAYBILL)
        await clerk.fill("again", RETURN_WAYBILL)
        await clerk.press("enter")
        clerk.sees("第二人工号")
        await clerk.press("escape")
        assert "没有第二人确认" in clerk.message
        await clerk.press("f7")
        clerk.sees(RETURN_WAYBILL)
        await clerk.press("ctrl+s")
        await clerk.type("1002")
        await clerk.press("enter")
        await clerk.type("246810")
        await clerk.press("enter")
        clerk.sees("【结果回寄中】")

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)
    with desk.reading() as reading:
        (bound,) = reading.waybills.where(object=own.id)
    assert (bound.how, bound.second) == ("typed", "1002")


def test_a_result_may_be_in_the_post_unnamed(desk: Desk, tmp_path: Path) -> None:
    """No waybill is known yet."""
    own = a_consignment(desk, S.DECIDED)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f7", "ctrl+s")

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)
    assert now(desk, own).state == S.RESULT_RETURNING


async def rarer(clerk: Clerk, label: str) -> None:
    """Choose one of what is needed more rarely."""
    await clerk.press("ctrl+o")
    lines = [line for line in clerk.lines if "│" in line]
    at = next(i for i, line in enumerate(lines) if label in line)
    first = next(i for i, line in enumerate(lines) if "属地退件" in line)
    await clerk.press(*["down"] * (at - first), "enter")


def test_a_home_office_sends_everything_back(desk: Desk, tmp_path: Path) -> None:
    """With a reason; its papers are expected at this window, the waybill scanned into the question."""
    own = a_consignment(desk, S.ACKNOWLEDGED)

    async def story(clerk: Clerk) -> None:
        await rarer(clerk, "属地退件")
        await clerk.press("space")
        await clerk.scan(RETURN_WAYBILL)
        await clerk.press("ctrl+s")
        clerk.sees("【结果回寄中】", "回寄途中", "[ ]")

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)
    assert now(desk, own).outcome == "returned"


def test_an_envelope_in_trouble(desk: Desk, tmp_path: Path) -> None:
    """It came back: a task is open until somebody opens it here."""
    own = a_consignment(desk, S.HANDED_OVER)

    async def story(clerk: Clerk) -> None:
        await rarer(clerk, "异常处理")
        assert "现在不能办" in clerk.message
        await rarer(clerk, "邮件异常")
        await clerk.press("ctrl+s")
        clerk.sees("! 待办：退回", "^O 异常处理")
        await rarer(clerk, "异常处理")
        clerk.sees("拆开重新装袋")
        await clerk.press("ctrl+s")
        clerk.sees("【待封装】", "先装袋封装")

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)
    assert now(desk, own).state == S.PACKING


def test_a_call_to_the_home_office_is_noted(desk: Desk, tmp_path: Path) -> None:
    """Whom, by what, with what outcome; a day that has passed is asked again."""
    own = a_consignment(desk, S.ACCEPTED)

    async def story(clerk: Clerk) -> None:
        await rarer(clerk, "联系登记")
        await clerk.fill("next_on", "2020-01-01")
        await clerk.press("ctrl+s")
        clerk.sees("已经过去")
        await clerk.fill("next_on", "2026-11-30")
        await clerk.press("ctrl+s")
        assert "下次 2026-11-30" in clerk.message

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)
    (contact,) = viewing.case_file(desk, own.case_number).contacts
    assert (contact.who, contact.outcome, contact.next_on) == ("home_office", "reached", "2026-11-30")


def test_what_has_changed_meanwhile_is_told(desk: Desk, tmp_path: Path) -> None:
    """Somebody else was faster: the act is refused, and the screen shows what is true now."""
    own = a_consignment(desk, S.ACKNOWLEDGED)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f4")
        home.accept(builders.at(desk, "1002"), own.id)
        await clerk.press("enter")
        clerk.sees("在您查看之后已被改动")
        await clerk.press("enter")
        clerk.sees("【属地已受理】")

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)
    assert now(desk, own).changed_by == "1002"


def test_another_return_envelope_takes_its_place(desk: Desk, tmp_path: Path) -> None:
    """A pile of envelopes is opened by one scan each, without a way back through all of them."""
    own, other = a_consignment(desk, S.RESULT_RETURNING), a_consignment(desk, S.DECIDED)
    results.result_return(desk, other.id, waybill=RETURN_WAYBILL)

    async def story(clerk: Clerk) -> None:
        before = len(clerk.app.screen_stack)
        await clerk.scan(RETURN_WAYBILL)
        assert isinstance(clerk.screen, ConsignmentScreen)
        assert clerk.screen.consignment == other.id
        assert len(clerk.app.screen_stack) == before

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)


def test_a_case_elsewhere_opens_as_a_case(desk: Desk, tmp_path: Path, opened: list[Any]) -> None:
    """A scan that is nothing here is left to the frame; one of this case changes nothing."""
    own, other = a_consignment(desk, S.ACCEPTED), a_consignment(desk, S.HANDED_OVER)

    async def story(clerk: Clerk) -> None:
        await clerk.scan(own.case_number)
        assert opened == []
        await clerk.scan(other.case_number)
        assert opened == [("case", {"number": other.case_number})]

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)


def test_a_number_nobody_knows_says_so(desk: Desk, tmp_path: Path) -> None:
    """A consignment that is gone leaves a screen that tells it and offers nothing."""
    own = a_consignment(desk, S.ACCEPTED)

    async def story(clerk: Clerk) -> None:
        clerk.app.push_screen(ConsignmentScreen(f"{own.case_number}-9"))
        await clerk.settle()
        clerk.sees("✗ 没有编号为")
        await clerk.press("f6", "space")
        assert "现在不能" in clerk.message

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)


@pytest.mark.parametrize("code", ["4001", "1001"])
def test_who_only_looks_sees_all_and_does_nothing(desk: Desk, tmp_path: Path, code: str) -> None:
    """An auditor, and a clerk at a desk that only looks; every act is crossed out."""
    own = a_consignment(desk, S.RESULT_RETURNING)
    app = a_counter(builders.at(desk, code), tmp_path, "arrivals", number=own.id)
    app.given = replace(app.given, readonly=code == "1001")
    app._desk = replace(app.desk, readonly=code == "1001")

    async def story(clerk: Clerk) -> None:
        clerk.sees("【结果回寄中】", "户籍证明", "覃**")
        await clerk.press("space", "ctrl+s")
        assert "现在不能" in clerk.message
        clerk.misses("[x]")
        assert clerk.keys.startswith("^O 其他")

    play(app, story)
    assert now(desk, own).state == S.RESULT_RETURNING
