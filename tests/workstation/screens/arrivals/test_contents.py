"""到窗核对: each expected piece ticked or counted; a difference is told before, kept as a draft till then."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders
from tests.builders import a_consignment
from tests.workstation.screens.stage import Clerk, a_counter, play
from workstation.acts import drafts, home, results, viewing
from workstation.acts.desk import Desk
from workstation.acts.inputs import Found, Result
from workstation.domain.case import Holder, Piece
from workstation.domain.consignment import ConsignmentState as S
from workstation.screens.arrivals.contents import Contents


@pytest.fixture
def coming(desk: Desk) -> str:
    """The id of a consignment with two documents on their way back."""
    own = a_consignment(desk, S.ACCEPTED)
    documents = [Result(name="户籍证明", copies=2), Result(name="告知函")]
    home.decide(desk, own.id, outcome="granted", result_mode="paper", results=documents)
    return results.result_return(desk, own.id, waybill=builders.RETURN_WAYBILL).id


def shelved(desk: Desk, name: str) -> dict[str, tuple[int, str | None]]:
    """What lies on the result shelf, how many and where."""
    pieces = viewing.case_file(desk, name.partition("-")[0]).pieces
    return {p.name: (p.copies, p.holder_ref) for p in pieces if p.holder == Holder.RESULT_SHELF}


def a_piece(name: str, copies: int = 1) -> Piece:
    """Something expected."""
    return Piece(
        id=name,
        case_number="",
        row_id="result",
        name=name,
        form="result",
        copies=copies,
        pages=None,
        holder=Holder.CARRIER,
        expected=1,
    )


def test_the_outcome_is_one_line() -> None:
    """Nothing yet, too few, too many, all."""
    two, one = a_piece("证明", 2), a_piece("告知函")
    contents = Contents()

    assert contents.sentence([two, one]).startswith("应收 2 项")
    contents.count(two, 3)
    assert contents.sentence([two, one]) == "! 多 1 份：证明；少 1 份：告知函，将登记内件不符。"
    contents.toggle(two)
    contents.toggle(one)
    assert contents.sentence([two, one]) == "✓ 2 项都在。"
    contents.toggle(one)
    assert contents.differences([two, one]) == ["少 1 份：告知函"]
    assert Contents().sentence([]) == "没有还在路上的东西。"


def test_what_a_draft_kept_comes_back() -> None:
    """Counts and place; what is not expected any more is let go."""
    kept = Contents({"a": 2, "b": 1}, "R-01")

    again = Contents.of(kept.body())
    again.fit([a_piece("b")])

    assert (again.found, again.place, again.is_empty) == ({"b": 1}, "R-01", False)
    assert Contents.of({}).is_empty
    assert again.as_found() == (Found(piece="b", copies=1),)


def test_a_count_of_none_is_a_missing_piece() -> None:
    """Missing is left out, so that the act finds it missing."""
    piece, contents = a_piece("a", 2), Contents({"a": 2})

    contents.count(piece, 0)

    assert contents.sign(piece) == "[ ]"
    assert contents.as_found() == ()


def test_everything_is_there(desk: Desk, tmp_path: Path, coming: str) -> None:
    """A blank a piece, the place, and one key; no question when nothing differs."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("[ ]", "应收 2 项，还没有核对")
        await clerk.press("space", "space")
        clerk.sees("[x] 2", "✓ 2 项都在。")
        await clerk.press("ctrl+s")
        clerk.sees("写上放在哪个货位")
        await clerk.type("R-07")
        await clerk.press("ctrl+s")
        code = builders.consignment_of(desk, coming).pickup_code
        assert f"领取码 {code}，请告知申请人。内件相符。货位 R-07" in clerk.message
        clerk.sees("【结果已到窗口】", "结果货位 R-07", "F9 送达")

    play(a_counter(desk, tmp_path, "arrivals", number=coming), story)
    assert shelved(desk, coming) == {"户籍证明": (2, "R-07"), "告知函": (1, "R-07")}
    assert drafts.listed(desk).drafts == ()
    builders.assert_true_ledger(desk, coming.partition("-")[0])


def test_a_difference_is_told_before(desk: Desk, tmp_path: Path, coming: str) -> None:
    """Enter alone does not record it; said yes to, it opens a named task, and the rest may come late."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter")
        clerk.sees("应收 2 份")
        await clerk.fill("copies", "1")
        await clerk.press("enter")
        clerk.sees("! 实 1", "少 1 份：户籍证明；少 1 份：告知函")
        await clerk.fill("place", "R-01")
        await clerk.press("ctrl+s")
        clerk.sees("内件不符，照实登记吗？")
        await clerk.press("enter")
        assert builders.consignment_of(desk, coming).state == S.RESULT_RETURNING
        await clerk.press("ctrl+s", "ctrl+y")
        assert "内件不符已记入待办" in clerk.message
        clerk.sees("! 待办：内件不符", "还有没到的")
        await clerk.press("home", "space")
        await clerk.fill("place", "R-02")
        await clerk.press("ctrl+s")
        clerk.misses("待办：内件不符")

    play(a_counter(desk, tmp_path, "arrivals", number=coming), story)
    assert shelved(desk, coming) == {"户籍证明": (1, "R-01"), "告知函": (1, "R-02")}


def test_a_count_that_is_none_changes_nothing(desk: Desk, tmp_path: Path, coming: str) -> None:
    """A letter is no number of copies; Esc leaves the count too."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("space", "up", "enter")
        await clerk.fill("copies", "二")
        await clerk.press("enter")
        assert "份数没有改" in clerk.message
        await clerk.press("enter", "escape")
        clerk.sees("[x] 2")

    play(a_counter(desk, tmp_path, "arrivals", number=coming), story)


def test_only_what_is_expected_is_ticked(desk: Desk, tmp_path: Path, coming: str) -> None:
    """A paper the home office keeps has no box."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("end", "space")
        assert "不在应收之列" in clerk.message
        clerk.misses("[x]")

    play(a_counter(desk, tmp_path, "arrivals", number=coming), story)


def test_leaving_asks_and_keeps(desk: Desk, tmp_path: Path, coming: str) -> None:
    """What was ticked is a draft, offered when the screen opens again, and used up by the act."""

    async def leaves(clerk: Clerk) -> None:
        await clerk.press("space")
        await clerk.fill("place", "R-03")
        await clerk.press("escape")
        clerk.sees("离开这个画面吗？", "还没有登记到窗")
        await clerk.press("enter")

    async def comes_back(clerk: Clerk) -> None:
        clerk.sees("[x] 2", "R-03", "草稿：接着核对")
        await clerk.press("down", "space", "ctrl+s")
        clerk.sees("【结果已到窗口】")

    play(a_counter(desk, tmp_path, "arrivals", number=coming), leaves)
    (draft,) = drafts.listed(desk).drafts
    assert (draft.kind, draft.object) == ("arrival", coming)
    play(a_counter(desk, tmp_path, "arrivals", number=coming), comes_back)
    assert drafts.listed(desk).drafts == ()


def test_what_arrived_meanwhile_is_told(desk: Desk, tmp_path: Path, coming: str) -> None:
    """A colleague was faster: the refusal is shown, and the screen shows what lies where."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("space", "space")
        await clerk.fill("place", "R-01")
        found = builders.found(desk, coming)
        results.arrive(builders.at(desk, "1002"), coming, found, place="R-09")
        await clerk.press("ctrl+s")
        clerk.sees("在您查看之后已被改动")
        await clerk.press("enter")
        clerk.sees("结果货位 R-09")

    play(a_counter(desk, tmp_path, "arrivals", number=coming), story)
    assert shelved(desk, coming)["告知函"] == (1, "R-09")


def test_a_scan_of_its_waybill_leads_to_the_papers(desk: Desk, tmp_path: Path, coming: str) -> None:
    """Scanned while the place is typed, the place is as it was and the list has the focus."""

    async def story(clerk: Clerk) -> None:
        await clerk.fill("place", "R-")
        await clerk.scan(builders.RETURN_WAYBILL)
        await clerk.press("space")
        clerk.sees("R-", "[x] 2")
        assert builders.consignment_of(desk, coming).state == S.RESULT_RETURNING

    play(a_counter(desk, tmp_path, "arrivals", number=coming), story)
