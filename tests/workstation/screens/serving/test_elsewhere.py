"""Results that did not pass over the counter: the day of the receipt, the file; both may be left out."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests import builders
from tests.builders import a_case, a_consignment
from tests.workstation.screens.stage import Clerk, a_counter, play
from workstation.acts import service
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.domain.consignment import Consignment
from workstation.domain.consignment import ConsignmentState as S
from workstation.domain.times import local
from workstation.screens.serving import elsewhere
from workstation.screens.serving.sight import look


def decided(desk: Desk, mode: str) -> Consignment:
    """A consignment whose result comes this way."""
    own = a_consignment(desk, S.ACCEPTED)
    return builders.decided(desk, own.id, mode)


def now(desk: Desk, own: Consignment) -> Consignment:
    """The consignment as it stands."""
    return builders.consignment_of(desk, own.id)


@pytest.mark.parametrize(
    ("mode", "names"), [("direct_post", ["received_on"]), ("electronic", ["file"]), ("paper", [])]
)
def test_each_way_asks_its_own(desk: Desk, mode: str, names: list[str]) -> None:
    """And what lies here asks nothing."""
    own = decided(desk, mode)
    if mode == "paper":
        builders.advance(desk, own.id, S.RESULT_ARRIVED)

    assert [asked.name for asked in elsewhere.asked(look(desk, own.case_number))] == names


def test_the_day_of_the_receipt_counts(desk: Desk, tmp_path: Path) -> None:
    """A day before the decision is refused, and stands there to be mended."""
    own = decided(desk, "direct_post")

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        clerk.sees("送达：结果直寄申请人", "签收日期")
        await clerk.type("2026-11-01")
        await clerk.press("ctrl+s")
        clerk.sees("不在决定", "2026-11-01")
        await clerk.fill("received_on", "2026-11-20")
        await clerk.press("ctrl+s")
        assert clerk.message == "已送达：送达回证已打印，归入办件。"
        clerk.sees("【已送达】")

    play(a_counter(desk, tmp_path, "serving", number=own.case_number), story)
    served_at = now(desk, own).served_at
    assert served_at is not None
    assert local(served_at).date().isoformat() == "2026-11-20"


def test_a_file_is_known_by_its_digest(desk: Desk, tmp_path: Path) -> None:
    """One that is not there is told, and the path stands there to be mended."""
    own = decided(desk, "electronic")
    file = tmp_path / "证明.pdf"
    file.write_bytes(b"%PDF-1.7 result")

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        await clerk.type("/nowhere.pdf")
        await clerk.press("enter")
        clerk.sees("电子结果的文件读不出来", "/nowhere.pdf")
        await clerk.fill("file", str(file))
        await clerk.press("enter")
        clerk.sees("【已送达】")

    play(a_counter(desk, tmp_path, "serving", number=own.case_number), story)
    assert now(desk, own).result_digest == hashlib.new("sm3", file.read_bytes()).hexdigest()


def test_leaving_the_form_serves_nothing(desk: Desk, tmp_path: Path) -> None:
    """Esc is one step back."""
    own = decided(desk, "electronic")

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s", "escape")
        clerk.sees("不经窗口领取")

    play(a_counter(desk, tmp_path, "serving", number=own.case_number), story)
    assert now(desk, own).state == S.DECIDED


def test_one_here_and_one_by_post_are_served_together(desk: Desk, tmp_path: Path) -> None:
    """Whoever stands here is looked at first; then the day of the other is asked."""
    number = a_case(desk, offices=2).number
    builders.advance(desk, f"{number}-1", S.RESULT_ARRIVED)
    builders.advance(desk, f"{number}-2", S.ACCEPTED)
    builders.decided(desk, f"{number}-2", "direct_post")

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        assert "先核对领取人" in clerk.message
        await clerk.press("space", "ctrl+s")
        clerk.sees("签收日期")
        await clerk.press("ctrl+s")
        clerk.sees("【已送达】")
        clerk.misses("[x]")

    play(a_counter(desk, tmp_path, "serving", number=number), story)
    assert builders.case_of(desk, number).state == CaseState.SERVED
    builders.assert_true_ledger(desk, number)


def test_a_colleague_was_faster(desk: Desk, tmp_path: Path) -> None:
    """The form closes with the reason, and the screen shows what is true."""
    own = decided(desk, "direct_post")

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        service.serve(builders.at(desk, "1002"), own.case_number, identity_checked=False)
        await clerk.press("ctrl+s")
        clerk.sees("在您查看之后已被改动")
        await clerk.press("enter")
        clerk.sees("【已送达】")

    play(a_counter(desk, tmp_path, "serving", number=own.case_number), story)
    assert now(desk, own).changed_by == "1002"
