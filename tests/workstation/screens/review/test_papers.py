"""What is printed and handed in while a case is reviewed: 一次性告知, 补正, 承诺, and 免提交."""

from __future__ import annotations

import pytest

from forms import items
from tests import builders
from tests.builders import a_case, an_intake, at, case_of, papers_of
from tests.workstation.screens.review.playing import pledges_state, review, rows_of
from tests.workstation.screens.review.scenes import choose
from tests.workstation.screens.stage import Clerk
from workstation.acts import formal_review, licences, registration, users
from workstation.acts.desk import Desk
from workstation.acts.inputs import Material
from workstation.domain.case import CaseState, RowState

# --- 一次性告知 and 补正


def test_the_notice_is_read_before_it_is_printed(desk: Desk, case: str) -> None:
    """F5 waits until all is saved; the text shows with the day set; only its Enter prints."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("delete", *["space"] * 4)
        clerk.sees("! 结论：1 行不符：一次性告知")
        await clerk.press("f5")
        assert "先按 ^S" in clerk.message
        await clerk.press("ctrl+s", "f5")
        await clerk.fill("due", "2026-13-01")
        await clerk.press("enter")
        clerk.sees("不是日历上的日期")
        await clerk.fill("due", "2026-12-11")
        await clerk.press("enter")
        clerk.sees("【一次性告知单】")
        assert papers_of(desk, case, "notice") == []
        await clerk.press("escape", "escape", "f5", "enter", "enter")
        clerk.sees("补正提交", "1 行待补交")

    review(desk, case, story)

    with desk.reading() as reading:
        (noted,) = reading.notices.where(case_number=case)
    assert (noted.due, noted.reason) == ("2026-12-11", None)
    assert case_of(desk, case).state == CaseState.TO_CORRECT


def test_what_is_handed_in_anew_is_ticked_then_reviewed(desk: Desk) -> None:
    """From 待补正 to 形式审查通过 on one screen: 空格, ^S, 空格, ^S."""
    number = a_case(desk, CaseState.TO_CORRECT).number

    async def story(clerk: Clerk) -> None:
        clerk.sees("补正提交", ">[ ] 待补", "1 行待补交，已勾选 0 行")
        await clerk.press("ctrl+s")
        assert "还没有勾选" in clerk.message
        await clerk.press("space")
        clerk.sees("[x] 补交", "补交：原件 1")
        await clerk.press("ctrl+s")
        clerk.sees("形式审查", ">? 未审", "还有 1 行未审")
        await clerk.press("space", "ctrl+s")

    review(desk, number, story)

    assert case_of(desk, number).state == CaseState.REVIEWED
    builders.assert_true_ledger(desk, number)


def test_other_numbers_can_be_handed_in(desk: Desk) -> None:
    """Enter asks how many; none is no tick; ticks are asked about when one leaves."""
    number = a_case(desk, CaseState.TO_CORRECT).number

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter")
        await clerk.fill("original", "一")
        await clerk.press("ctrl+s")
        clerk.sees("要写数字")
        await clerk.fill("original", "0")
        await clerk.press("ctrl+s")
        clerk.sees("已勾选 0 行")
        await clerk.press("enter")
        await clerk.fill("original", "2")
        await clerk.press("ctrl+s", "escape")
        clerk.sees("1 行补交还没有登记")
        await clerk.press("escape", "f4")
        assert "待补正时先登记补交" in clerk.message
        await clerk.press("ctrl+s")

    review(desk, number, story)

    with desk.reading() as reading:
        pieces = reading.pieces.where(case_number=number, row_id="statement")
    assert [(piece.form, piece.copies) for piece in pieces] == [("original", 2)]


def test_a_second_notice_needs_a_reason_and_a_supervisor(desk: Desk) -> None:
    """Both are asked for by themselves; without the supervisor nothing is told and the reason stays typed."""
    users.set_pin(at(desk, "2001"), "2001", "405172")
    number = a_case(desk, CaseState.TO_CORRECT).number
    formal_review.resubmit(desk, number, [Material(row="statement", form="original")])
    formal_review.review(desk, number, [builders.missing("statement")])

    async def story(clerk: Clerk) -> None:
        await clerk.press("f5")
        clerk.sees("再次告知要写原因", "再告知原因")
        await clerk.fill("reason", "补交的仍未签名")
        await clerk.press("ctrl+s", "enter")
        clerk.sees("要第二人确认")
        await clerk.press("escape")
        assert case_of(desk, number).notices == 1
        await clerk.press("f5")
        clerk.sees("补交的仍未签名")
        await clerk.press("ctrl+s", "enter")
        await clerk.type("2001")
        await clerk.press("enter")
        await clerk.type("405172")
        await clerk.press("enter")

    review(desk, number, story)

    with desk.reading() as reading:
        second = next(n for n in reading.notices.where(case_number=number) if n.ordinal == 2)
    assert (second.second, second.reason) == ("2001", "补交的仍未签名")


def test_after_the_review_a_home_office_may_want_more(desk: Desk) -> None:
    """Rows of the case that are settled say so; what is wanted anew is taken in by F4 and reviewed."""
    consignment = builders.a_consignment(desk, "home_correcting")
    number = consignment.case_number

    async def story(clerk: Clerk) -> None:
        clerk.sees("还有 1 行未审")
        await clerk.press("home", "delete")
        assert "已经审结" in clerk.message
        await clerk.press("f4", "space", "ctrl+s")
        clerk.sees(">? 未审")
        await clerk.press("space", "ctrl+s")
        assert "形式审查通过" in clerk.message

    review(desk, number, story)

    assert builders.open_rows(desk, number) == []
    builders.assert_true_ledger(desk, number)


# --- 容缺, 告知承诺, 免提交


def test_a_row_is_deferred_by_a_signed_pledge(desk: Desk) -> None:
    """容缺 in the row's form, ^G prints after its text was read, the scan of the signed face counts."""
    builders.agreed(desk)
    number = registration.register(desk, an_intake(without=("statement",))).number
    rows = list(rows_of(desk, number))

    async def chosen(clerk: Clerk) -> None:
        await clerk.press("ctrl+g")
        assert "按 Enter" in clerk.message
        await clerk.press(*["down"] * rows.index("statement"), "enter")
        choose(clerk, "way", "deferred")
        await clerk.press("ctrl+s")
        clerk.sees("! 待承诺", "^G 出具")
        await clerk.press("ctrl+s")
        assert "不能这样保存" in clerk.message

    async def asked(clerk: Clerk) -> None:
        await clerk.press("ctrl+g")
        await clerk.fill("due.statement", "2026-12-11")
        for name in ("source", "verification", "consequence"):
            await clerk.fill(name, "示例")
        await clerk.press("ctrl+s")
        clerk.sees("承诺书")
        await clerk.press("enter")
        clerk.sees("承诺书待签")

    async def signed(clerk: Clerk) -> None:
        face = builders.paper_of(desk, f"{number}-p1", "pledge").number
        await clerk.scan(face)
        clerk.sees("申请人已在承诺书上签名？")
        await clerk.press("enter")
        assert pledges_state(desk, number) == ["printed"]
        await clerk.scan(builders.paper_of(desk, number, "intake_slip").number)
        await clerk.scan(face)
        await clerk.press("ctrl+y")
        clerk.sees("✓ 容缺后补")
        await clerk.press("home", *["space"] * (len(rows) - 1), "ctrl+s")

    async def story(clerk: Clerk) -> None:
        await chosen(clerk)
        await asked(clerk)
        await signed(clerk)

    review(desk, number, story)

    assert pledges_state(desk, number) == ["signed"]
    assert rows_of(desk, number)["statement"].state == RowState.DEFERRED
    assert case_of(desk, number).state == CaseState.REVIEWED


def test_a_pledge_that_is_not_agreed_is_refused_beside_the_form(desk: Desk) -> None:
    """What was typed stays; nothing is printed."""
    number = registration.register(desk, an_intake()).number

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter")
        choose(clerk, "way", "pledged")
        await clerk.press("ctrl+s", "ctrl+g")
        await clerk.fill("due.application", "2026-12-11")
        for name in ("source", "verification", "consequence"):
            await clerk.fill(name, "示例")
        await clerk.press("ctrl+s")
        clerk.sees("不能告知承诺", "2026-12-11")

    review(desk, number, story)

    assert pledges_state(desk, number) == []


def test_a_row_the_authority_looks_up_asks_for_no_paper(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """免提交: 空格 is 调取, Del says why not; 缺证 is registered in the row's form and then paper counts."""
    listed = builders.exempting(items.for_item("59"), "applicant_id")
    monkeypatch.setattr(items, "for_item", lambda *_: listed)
    number = registration.register(desk, an_intake(without=("applicant_id",))).number

    async def story(clerk: Clerk) -> None:
        await clerk.press("down")
        clerk.sees("免提交：")
        await clerk.press("delete")
        assert "缺证按 Enter" in clerk.message
        await clerk.press("space", "home", "down")
        clerk.sees("✓ 通过　证照库")
        await clerk.press("enter")
        choose(clerk, "fault", "absent")
        await clerk.fill("what", "证照库没有")
        await clerk.fill("sent_to", "示例市公安局")
        choose(clerk, "way", "paper")
        await clerk.press("ctrl+s", "home", "down")
        clerk.sees("✗ 不符", "缺件")
        await clerk.press("ctrl+s")

    review(desk, number, story)

    (defect,) = licences.listed(desk)
    assert (defect.kind, defect.sent_to) == ("absent", "示例市公安局")
    assert rows_of(desk, number)["applicant_id"].state == RowState.FAILING
