"""The review screen by keys: five rows in a breath, defects, refusals, drafts, scans, and nothing lost."""

from __future__ import annotations

import dataclasses

import pytest

from forms import items
from tests import builders
from tests.builders import a_case, an_intake, at, case_of, head
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.review.playing import drafts_of, is_here, review, rows_of
from tests.workstation.screens.stage import WIDE, Clerk
from workstation.acts import formal_review, registration
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState, RowState

_ROWS = 40


# --- rows


def test_five_rows_pass_in_six_keys(desk: Desk, case: str) -> None:
    """空格 for each row and ^S: the case is 形式审查通过, and one is back where one came from."""
    keys = [*["space"] * 5, "ctrl+s"]

    async def story(clerk: Clerk) -> None:
        await clerk.press(*keys)
        assert not is_here(clerk)
        assert clerk.message.startswith("形式审查通过")

    review(desk, case, story)

    assert len(keys) <= 7
    assert case_of(desk, case).state == CaseState.REVIEWED
    assert {row.state for row in rows_of(desk, case).values()} == {RowState.PASSED}
    assert drafts_of(desk) == ()


def test_the_points_of_the_row_stand_beside_it(desk: Desk, case: str) -> None:
    """Standard, form, copies, from whom, common faults, sample and source, for each row at once."""
    row = rows_of(desk, case)["applicant_id"]

    async def story(clerk: Clerk) -> None:
        clerk.sees("结论：还有 5 行未审", ">? 未审")
        await clerk.press("down")
        clerk.sees(
            row.name, row.standard[:10], "复印件（核对原件） 1 份", "常见：", "清单：示例；来源：未核对"
        )
        clerk.sees("已收：", "13501021012632400019"[:4])

    review(desk, case, story)


def test_a_paper_nobody_noted_is_told_before_it_is_saved(desk: Desk) -> None:
    """空格 on a row of which nothing was handed in says what ^S will note; before that nothing is."""
    number = registration.register(desk, an_intake(item="131", without=("application",))).number

    async def story(clerk: Clerk) -> None:
        clerk.sees("已收：没有")
        clerk.misses("补记")
        await clerk.press("space", "up")
        clerk.sees("! 存下时补记为收到：原件 1 份")
        assert pieces_of(desk, number, "application") == []
        await clerk.press("ctrl+s")
        await clerk.press("home")
        clerk.sees("已收：原件 1 份")
        clerk.misses("补记")

    review(desk, number, story)

    assert pieces_of(desk, number, "application") == [("original", 1)]


def pieces_of(desk: Desk, number: str, row: str) -> list[tuple[str, int]]:
    """Form and copies of what is here of a row."""
    with desk.reading() as reading:
        return [(p.form, p.copies) for p in reading.pieces.where(case_number=number, row_id=row)]


def test_each_outcome_has_its_key(desk: Desk, case: str) -> None:
    """Del is missing, ^N not applicable, 退格 not reviewed again; only ^S writes."""

    async def story(clerk: Clerk) -> None:
        before = head(desk)
        await clerk.press("delete")
        clerk.sees("✗ 不符", "缺件", "还有 4 行未审，1 行不符")
        await clerk.press("ctrl+n")
        assert "必需的材料" in clerk.message
        await clerk.press("down", "ctrl+n")
        clerk.sees("· 不适用")
        await clerk.press("home", "backspace")
        clerk.sees("还有 4 行未审")
        clerk.misses("✗ 不符")
        assert head(desk) == before
        await clerk.press("ctrl+s")

    review(desk, case, story)

    states = {row_id: row.state for row_id, row in rows_of(desk, case).items()}
    assert states["capture"] == RowState.NOT_APPLICABLE
    assert states["application"] == RowState.PENDING


def test_defects_are_ticked_by_their_words(desk: Desk, case: str) -> None:
    """Enter opens the row, its own common faults first; what it comes to shows before it is noted."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter")
        clerk.sees("[ ] 填写不全", "✓ 通过")
        await clerk.press("down", "space")
        clerk.sees("[x] 未签名", "✗ 不符：未签名")
        await clerk.fill("copies", "两")
        await clerk.press("ctrl+s")
        clerk.sees("要写数字")
        await clerk.fill("copies", "1")
        await clerk.fill("remark", "第二页")
        await clerk.press("ctrl+s")
        clerk.sees("1 行不符")
        await clerk.press("home")
        clerk.sees("缺陷：未签名", "备注：第二页")
        await clerk.press("ctrl+s")

    review(desk, case, story)

    row = rows_of(desk, case)["application"]
    assert (row.state, row.defects, row.remark) == (RowState.FAILING, "unsigned", "第二页")


def test_what_was_passed_before_is_not_sent_again(desk: Desk, case: str) -> None:
    """Rows of an earlier review say 已存; 空格 only moves on, and the cursor begins below them."""
    first, *_ = builders.open_rows(desk, case)
    formal_review.review(desk, case, [builders.passing(first)])

    async def story(clerk: Clerk) -> None:
        clerk.sees("✓ 通过", "已存", "还有 4 行未审")
        await clerk.press("home", "space")
        clerk.misses("未存")
        await clerk.press("space", "ctrl+s")
        assert "已保存 1 行" in clerk.message

    review(desk, case, story)


def test_nobody_passes_rows_unseen(desk: Desk, case: str) -> None:
    """There is no key for all rows, and a letter or digit does nothing."""

    async def story(clerk: Clerk) -> None:
        await clerk.type("a1Y0")
        await clerk.press("f2", "ctrl+a")
        clerk.sees("还有 5 行未审")

    before = head(desk)
    review(desk, case, story)

    assert head(desk) == before
    assert drafts_of(desk) == ()


def test_forty_rows_scroll(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cursor stays on the screen, the outcome counts them all, and all are sent."""
    listed = items.for_item("59")
    rows = tuple(dataclasses.replace(listed.rows[0], id=f"row-{at}", name=f"第{at}份") for at in range(_ROWS))
    monkeypatch.setattr(items, "for_item", lambda *_: dataclasses.replace(listed, rows=rows))
    number = registration.register(desk, an_intake(materials=())).number

    async def story(clerk: Clerk) -> None:
        await clerk.pilot.press(*["space"] * 30)
        await clerk.settle()
        clerk.sees("第30份", "还有 10 行未审")
        await clerk.press("end")
        clerk.sees("第39份")
        await clerk.press("home")
        clerk.sees(">✓ 通过")

    review(desk, number, story)

    assert len((drafts_of(desk)[0].body or {})["findings"]) == 30


# --- refusals, and what others do


def test_an_item_done_elsewhere_says_so_before_one_works_in_vain(desk: Desk) -> None:
    """The outcome line has the refusal and its next step; no key finds anything."""
    number = registration.register(desk, an_intake(item="48", offices=(), materials=())).number

    async def story(clerk: Clerk) -> None:
        clerk.sees("不由本窗口收件寄送", "下一步：", "^S 保存×")
        await clerk.press("space")
        assert "不由本窗口收件寄送" in clerk.message
        await clerk.press("enter")
        assert is_here(clerk)

    review(desk, number, story, WIDE)

    assert drafts_of(desk) == ()


def test_a_colleague_was_faster(desk: Desk, case: str) -> None:
    """The act is refused, the case is read anew, and what was found is still there."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("space", "space")
        (first, *_) = builders.open_rows(desk, case)
        formal_review.review(at(desk, "1002"), case, [builders.passing(first)])
        await clerk.press("ctrl+s")
        clerk.sees("✗", "下一步")
        await clerk.press("enter")
        clerk.sees("2 行未存")
        assert "已重新读取" in clerk.message
        await clerk.press("space", "space", "space", "ctrl+s")

    review(desk, case, story)

    assert case_of(desk, case).state == CaseState.REVIEWED


@pytest.mark.parametrize(("who", "readonly"), [("4001", False), ("1001", True)])
def test_who_only_looks_sees_all_and_finds_nothing(desk: Desk, case: str, who: str, readonly: bool) -> None:
    """An auditor, or anybody at a desk that only looks: keys say why not."""
    looking = dataclasses.replace(at(desk, who), readonly=readonly)

    async def story(clerk: Clerk) -> None:
        clerk.sees("还有 5 行未审", "标准：")
        await clerk.press("space", "delete", "enter", "ctrl+s", "f5")
        assert is_here(clerk)
        assert "现在不能办" in clerk.message
        clerk.sees("还有 5 行未审")

    before = head(desk)
    review(looking, case, story)

    assert head(desk) == before
    assert drafts_of(desk) == ()


def test_a_case_that_is_not_there_is_told(desk: Desk) -> None:
    """The screen opens, says why there is nothing, and can be left."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("✗", "下一步：")
        await clerk.press("space")
        assert "办件没有读到" in clerk.message
        await clerk.press("escape")
        assert not is_here(clerk)

    review(desk, "13501021012632499990", story)


# --- going about


def test_it_leads_on(desk: Desk, opened: Opened) -> None:
    """F3 to the case; F6 to the envelope, once the review has passed."""
    passed, waiting = a_case(desk).number, a_case(desk, CaseState.REGISTERED).number

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3", "f6")

    review(desk, passed, story)
    review(desk, waiting, story)

    assert opened == [
        ("case", {"number": passed}),
        ("sealing", {"number": passed}),
        ("case", {"number": waiting}),
    ]


def test_a_scan_of_the_case_on_the_screen_moves_nothing(desk: Desk, case: str) -> None:
    """Any of its faces is here already; the code leaves no trace in what is open."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("space", "enter")
        await clerk.scan(builders.paper_of(desk, case, "intake_slip").number)
        await clerk.press("ctrl+s")
        assert is_here(clerk)
        clerk.sees("2 行未存")

    before = head(desk)
    review(desk, case, story)

    assert head(desk) == before
    assert rows_of(desk, case)["application"].state == RowState.PENDING
