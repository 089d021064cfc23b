"""A return envelope nobody told of: its label opens the consignment, and a question what is in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders
from tests.builders import RETURN_WAYBILL, a_consignment, paper_of
from tests.workstation.screens.stage import Clerk, a_counter, play
from workstation.acts import contacts, home, results, viewing
from workstation.acts.desk import Desk
from workstation.domain.case import Holder
from workstation.domain.consignment import Consignment
from workstation.domain.consignment import ConsignmentState as S
from workstation.screens.dialogs import Pick

WHAT = "回程邮件到了，里面是什么？"


def labelled(desk: Desk, state: S) -> Consignment:
    """A consignment in this state with a prepaid label for its way back."""
    own = a_consignment(desk, state)
    results.expect_return(desk, own.id, waybill=RETURN_WAYBILL)
    return own


def now(desk: Desk, own: Consignment) -> Consignment:
    """The consignment as it stands."""
    return builders.consignment_of(desk, own.id)


def test_a_result_is_decided_back_and_checked_in_one_go(desk: Desk, tmp_path: Path) -> None:
    """From the scan on the list: what it is, which document, then the check; all is told to the ledger."""
    own = labelled(desk, S.ACCEPTED)

    async def story(clerk: Clerk) -> None:
        await clerk.scan(RETURN_WAYBILL)
        clerk.sees(WHAT, "账上还是“属地已受理”", "办理结果", "退回的材料")
        await clerk.press("enter")
        await clerk.fill("name", "户籍证明")
        await clerk.press("ctrl+s", "enter")
        assert "已登记，接着逐项核对" in clerk.message
        clerk.sees("【结果回寄中】", "[ ]")
        await clerk.press("space")
        await clerk.fill("place", "R-01")
        await clerk.press("ctrl+s")
        clerk.sees("【结果已到窗口】", "领取码")

    play(a_counter(desk, tmp_path, "arrivals"), story)
    assert (now(desk, own).outcome, now(desk, own).result_mode) == ("granted", "paper")
    builders.assert_true_ledger(desk, own.case_number)


def test_what_was_sent_back_is_checked_at_once(desk: Desk, tmp_path: Path) -> None:
    """The home office's refusal is told, and its papers are expected."""
    own = labelled(desk, S.ACKNOWLEDGED)

    async def story(clerk: Clerk) -> None:
        await clerk.press("down", "enter", "ctrl+s")
        clerk.sees("【结果回寄中】", "应收 3 项")

    play(a_counter(desk, tmp_path, "arrivals", number=RETURN_WAYBILL), story)
    assert now(desk, own).outcome == "returned"


def test_a_decided_one_is_back_with_one_key(desk: Desk, tmp_path: Path) -> None:
    """What comes was told already; the scan over its own screen asks too."""
    own = labelled(desk, S.DECIDED)

    async def story(clerk: Clerk) -> None:
        clerk.misses(WHAT)
        await clerk.scan(RETURN_WAYBILL)
        clerk.sees(WHAT, "办理结果：登记回寄，再核对内件")
        assert now(desk, own).state == S.DECIDED
        await clerk.press("enter")
        clerk.sees("【结果回寄中】", "已登记，接着逐项核对")

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)
    assert now(desk, own).state == S.RESULT_RETURNING


def test_an_envelope_nobody_acknowledged_is_asked_about_first(desk: Desk, tmp_path: Path) -> None:
    """Then what is in it; by the code or by somebody's word."""
    own = labelled(desk, S.HANDED_OVER)
    slip = paper_of(desk, own.envelope or "", "reply_slip").number

    async def story(clerk: Clerk) -> None:
        clerk.sees(WHAT, "先登记属地签收", "凭通话登记属地签收")
        await clerk.press("enter")
        await clerk.type(slip)
        await clerk.press("ctrl+s")
        clerk.sees(WHAT, "账上还是“属地已签收”")
        await clerk.press("escape")
        clerk.sees("【属地已签收】")

    play(a_counter(desk, tmp_path, "arrivals", number=RETURN_WAYBILL), story)
    assert now(desk, own).state == S.ACKNOWLEDGED


@pytest.mark.parametrize("state", [S.SEALED, S.ACCEPTED])
def test_what_nobody_knows_is_called_about(desk: Desk, tmp_path: Path, state: S) -> None:
    """The last choice is always there, and moves nothing."""
    own = labelled(desk, state)

    async def story(clerk: Clerk) -> None:
        await clerk.press("end", "enter")
        clerk.sees("联系登记", "< 业务属地 >")
        await clerk.press("ctrl+s")
        clerk.misses(WHAT)

    play(a_counter(desk, tmp_path, "arrivals", number=RETURN_WAYBILL), story)
    assert now(desk, own).state == state
    assert len(contacts.listed(desk, own.case_number)) == 1


def test_a_decision_by_its_own_key_is_only_a_decision(desk: Desk, tmp_path: Path) -> None:
    """The question was left: whoever decides by F6 later has no envelope in hand."""
    own = labelled(desk, S.ACCEPTED)

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter", "escape", "f6")
        await clerk.fill("name", "户籍证明")
        await clerk.press("ctrl+s", "enter")
        clerk.sees("【已决定】")

    play(a_counter(desk, tmp_path, "arrivals", number=RETURN_WAYBILL), story)
    assert now(desk, own).state == S.DECIDED


def test_an_electronic_decision_comes_back_by_no_mail(desk: Desk, tmp_path: Path) -> None:
    """Said so after all, the envelope held something else."""
    own = labelled(desk, S.ACCEPTED)

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter", "down", "right", "ctrl+s")
        assert "结果电子" in clerk.message

    play(a_counter(desk, tmp_path, "arrivals", number=RETURN_WAYBILL), story)
    assert now(desk, own).state == S.DECIDED


def test_a_refused_decision_is_asked_again_with_the_envelope_still_here(desk: Desk, tmp_path: Path) -> None:
    """A document without a name is none; named, it is decided and back."""
    own = labelled(desk, S.ACCEPTED)

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter", "ctrl+s", "enter")
        clerk.sees("没有写文书名称")
        await clerk.fill("name", "户籍证明")
        await clerk.press("ctrl+s", "enter")
        clerk.sees("【结果回寄中】")

    play(a_counter(desk, tmp_path, "arrivals", number=RETURN_WAYBILL), story)
    assert now(desk, own).state == S.RESULT_RETURNING


def test_one_that_was_told_of_is_not_asked_about(desk: Desk, tmp_path: Path) -> None:
    """It is checked at once; and of any other number nobody asks."""
    own = labelled(desk, S.RESULT_RETURNING)
    other = a_consignment(desk, S.ACCEPTED)

    async def story(clerk: Clerk) -> None:
        assert not isinstance(clerk.app.screen, Pick)
        clerk.misses(WHAT)

    play(a_counter(desk, tmp_path, "arrivals", number=RETURN_WAYBILL), story)
    play(a_counter(desk, tmp_path, "arrivals", number=other.case_number), story)
    assert now(desk, own).state == S.RESULT_RETURNING


def test_an_auditor_is_not_asked(desk: Desk, tmp_path: Path) -> None:
    """Nothing could come of an answer."""
    labelled(desk, S.ACCEPTED)

    async def story(clerk: Clerk) -> None:
        clerk.misses(WHAT)
        clerk.sees("【属地已受理】")

    play(a_counter(builders.at(desk, "4001"), tmp_path, "arrivals", number=RETURN_WAYBILL), story)


def test_a_colleague_was_faster(desk: Desk, tmp_path: Path) -> None:
    """The act is refused, and the screen shows what is true."""
    own = labelled(desk, S.DECIDED)

    async def story(clerk: Clerk) -> None:
        results.result_return(builders.at(desk, "1002"), own.id)
        await clerk.press("enter")
        clerk.sees("在您查看之后已被改动")
        await clerk.press("enter")
        clerk.sees("【结果回寄中】")

    play(a_counter(desk, tmp_path, "arrivals", number=RETURN_WAYBILL), story)
    assert now(desk, own).changed_by == "1002"


def test_originals_that_come_back_are_ticked_too(desk: Desk, tmp_path: Path) -> None:
    """Nobody announced them; they stand below what is expected, and make no difference if they stay."""
    own = a_consignment(desk, S.RESULT_RETURNING)

    async def story(clerk: Clerk) -> None:
        clerk.sees("[ ]     户籍证明", "[ ]     开具户籍类证明申请表", "属地还有原件 2 项，寄回的也打勾")
        await clerk.press("space", "space")
        clerk.sees("[x] 1   开具户籍类证明申请表", "✓ 1 项都在。")
        await clerk.press("end", "space")
        assert "不在应收之列" in clerk.message
        await clerk.fill("place", "R-02")
        await clerk.press("ctrl+s")
        assert "内件相符" in clerk.message

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)
    pieces = viewing.case_file(desk, own.case_number).pieces
    shelved = {piece.name for piece in pieces if piece.holder == Holder.RESULT_SHELF}
    assert shelved == {"户籍证明", "开具户籍类证明申请表"}


def test_without_originals_there_nothing_is_said_of_them(desk: Desk, tmp_path: Path) -> None:
    """A refusal announces them all."""
    own = a_consignment(desk, S.ACKNOWLEDGED)
    home.refuse(desk, own.id, reason=next(iter(home.REFUSALS)))

    async def story(clerk: Clerk) -> None:
        clerk.sees("应收 3 项")
        clerk.misses("属地还有原件")

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)
