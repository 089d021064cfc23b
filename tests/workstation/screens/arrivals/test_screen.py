"""到件: the lists, and the way from a number, a scan or a caller's code to its consignment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import builders
from tests.builders import RETURN_WAYBILL, a_consignment, an_office, paper_of
from tests.workstation.screens.stage import Clerk, a_counter, play
from workstation.acts import results
from workstation.acts.desk import Desk
from workstation.domain import codes
from workstation.domain.consignment import ConsignmentState as S
from workstation.screens import doors
from workstation.screens.arrivals.consignment import ConsignmentScreen
from workstation.screens.arrivals.screen import ArrivalsScreen


def slip_of(desk: Desk, name: str) -> str:
    """The reply slip's code of a consignment's envelope."""
    return paper_of(desk, builders.consignment_of(desk, name).envelope or "", "reply_slip").number


def there(clerk: Clerk, name: str) -> bool:
    """Whether this consignment is on the screen."""
    return isinstance(clerk.screen, ConsignmentScreen) and clerk.screen.consignment == name


def test_it_is_found_in_the_palette() -> None:
    """Its door needs nothing: it begins with the lists."""
    door = doors.door("arrivals")

    assert (door.title, door.initials, door.needs) == ("到件", "dj", False)


def test_what_waits_outside_stands_by_state(desk: Desk, tmp_path: Path) -> None:
    """Each state with its count; another state shows its own list, and Enter opens a line."""
    handed = a_consignment(desk, S.HANDED_OVER)
    coming = a_consignment(desk, S.RESULT_RETURNING)

    async def story(clerk: Clerk) -> None:
        clerk.sees("已交寄        1", "结果回寄中    1", "已决定        0", handed.case_number)
        await clerk.press("down", *["down"] * 5)
        clerk.sees(coming.case_number)
        clerk.misses(handed.case_number)
        await clerk.press("enter", "enter")
        assert there(clerk, coming.id)
        await clerk.press("escape")
        assert isinstance(clerk.screen, ArrivalsScreen)
        clerk.sees(coming.case_number)

    play(a_counter(desk, tmp_path, "arrivals"), story)


@pytest.mark.parametrize("named", ["consignment", "case", "envelope", "slip", "waybill"])
def test_a_consignment_is_found_by_whatever_is_at_hand(desk: Desk, tmp_path: Path, named: str) -> None:
    """Its own id, case, envelope, slip or return waybill, typed."""
    own = a_consignment(desk, S.DECIDED)
    results.result_return(desk, own.id, waybill=RETURN_WAYBILL)
    numbers = {
        "consignment": own.id,
        "case": own.case_number,
        "envelope": own.envelope or "",
        "slip": slip_of(desk, own.id),
        "waybill": RETURN_WAYBILL,
    }

    async def story(clerk: Clerk) -> None:
        await clerk.type(numbers[named])
        await clerk.press("enter")
        assert there(clerk, own.id), clerk.text

    play(a_counter(desk, tmp_path, "arrivals"), story)


def test_it_opens_at_once_for_a_number(desk: Desk, tmp_path: Path) -> None:
    """Opened for a case, one step back leaves the whole of it; the list is not in between."""
    own = a_consignment(desk, S.HANDED_OVER)

    async def story(clerk: Clerk) -> None:
        assert there(clerk, own.id)
        assert not [s for s in clerk.app.screen_stack if isinstance(s, ArrivalsScreen)]

    play(a_counter(desk, tmp_path, "arrivals", number=own.case_number), story)


def test_of_several_consignments_one_is_chosen(desk: Desk, tmp_path: Path) -> None:
    """A case that went to two offices asks which."""
    case = builders.a_case(desk, offices=2).number

    async def story(clerk: Clerk) -> None:
        clerk.sees("哪一个送件？", "1 号送件", "2 号送件")
        await clerk.press("down", "enter")
        assert there(clerk, f"{case}-2")

    play(a_counter(desk, tmp_path, "arrivals", number=case), story)


def test_a_number_that_leads_nowhere_is_told(desk: Desk, tmp_path: Path) -> None:
    """What was typed stays, beside it what is wrong."""
    number = builders.a_case(desk, "guided").number

    async def story(clerk: Clerk) -> None:
        await clerk.type("12345678")
        await clerk.press("enter")
        clerk.sees("12345678", "✗ 扫到的不是认识的编号")
        await clerk.press("end", "ctrl+u")
        await clerk.type(f"{number}-7")
        await clerk.press("enter")
        clerk.sees("没有编号为")
        assert isinstance(clerk.screen, ArrivalsScreen)

    play(a_counter(desk, tmp_path, "arrivals"), story)


def test_a_scanned_waybill_opens_its_consignment(desk: Desk, tmp_path: Path) -> None:
    """From the list, whatever has the focus; a half typed number is not touched."""
    own = a_consignment(desk, S.DECIDED)
    results.result_return(desk, own.id, waybill=RETURN_WAYBILL)

    async def story(clerk: Clerk) -> None:
        await clerk.type("135")
        await clerk.scan(RETURN_WAYBILL)
        assert there(clerk, own.id)

    play(a_counter(desk, tmp_path, "arrivals"), story)


def test_a_badge_is_not_for_this_screen(desk: Desk, tmp_path: Path, opened: list[Any]) -> None:
    """The courier's screen opens for it."""

    async def story(clerk: Clerk) -> None:
        await clerk.scan(builders.badge(desk))
        assert opened == [("courier", {"badge": builders.badge(desk)})]

    play(a_counter(desk, tmp_path, "arrivals"), story)


def test_a_caller_is_served_from_the_list(desk: Desk, tmp_path: Path) -> None:
    """Five digits and part of the office's name acknowledge the envelope; then another number is typed."""
    own = a_consignment(desk, S.HANDED_OVER)
    short = codes.short_form(slip_of(desk, own.id))

    async def story(clerk: Clerk) -> None:
        await clerk.type(short)
        await clerk.press("enter")
        clerk.sees("请对方报单位名称和回执码", short)
        await clerk.fill("office", "第1公安局")
        await clerk.press("enter")
        assert clerk.message.startswith("属地已签收：示例市第1公安局示例派出所")
        clerk.sees("已交寄        0", "属地已签收    1")
        await clerk.type(own.case_number)
        await clerk.press("enter")
        assert there(clerk, own.id)

    play(a_counter(desk, tmp_path, "arrivals"), story)
    assert builders.consignment_of(desk, own.id).acknowledged_how == "phone"


def test_a_short_code_needs_one_office(desk: Desk, tmp_path: Path) -> None:
    """A name that fits two offices, or none, is refused; what was typed still stands there."""
    first = a_consignment(desk, S.HANDED_OVER)
    other = a_consignment(desk, S.HANDED_OVER, offices=(an_office(2),))
    short = codes.short_form(slip_of(desk, other.id))

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")
        await clerk.fill("code", short)
        await clerk.fill("office", "示例市")
        await clerk.press("enter")
        clerk.sees("没有认出是哪个单位", "有 2 个单位", short)
        await clerk.fill("office", "没有这样的")
        await clerk.press("enter")
        clerk.sees("名录里没有这样的单位")
        await clerk.fill("office", "第1")
        await clerk.press("enter")
        clerk.sees("对不上")
        await clerk.fill("office", "示例市第2公安局示例派出所")
        await clerk.press("enter")

    play(a_counter(desk, tmp_path, "arrivals"), story)
    assert builders.consignment_of(desk, first.id).state == S.HANDED_OVER
    assert builders.consignment_of(desk, other.id).state == S.ACKNOWLEDGED


def test_a_slip_scanned_into_the_question_only_fills_it(desk: Desk, tmp_path: Path) -> None:
    """A scan answers nothing by itself; F2 on a line names its office."""
    own = a_consignment(desk, S.HANDED_OVER)
    slip = slip_of(desk, own.id)

    async def story(clerk: Clerk) -> None:
        await clerk.press("down", "enter", "f2")
        clerk.sees("示例市第1公安局示例派出所")
        await clerk.scan(slip)
        clerk.sees(slip, "回执联寄回")
        assert builders.consignment_of(desk, own.id).state == S.HANDED_OVER
        await clerk.press("escape", "enter", "f2")
        clerk.misses("回执联寄回")

    play(a_counter(desk, tmp_path, "arrivals"), story)


@pytest.mark.parametrize("code", ["4001", "3001"])
def test_others_look_and_do_not_record(desk: Desk, tmp_path: Path, code: str) -> None:
    """An auditor sees the lists; F2 is crossed out and says why."""
    own = a_consignment(desk, S.HANDED_OVER)

    async def story(clerk: Clerk) -> None:
        clerk.sees(own.case_number, "覃**")
        assert "F2 属地签收×" in clerk.keys
        await clerk.press("f2")
        assert "由窗口人员、值班长办理" in clerk.message
        await clerk.type("12345")
        await clerk.press("enter")
        assert "现在不能办" in clerk.message

    play(a_counter(builders.at(desk, code), tmp_path, "arrivals"), story)
