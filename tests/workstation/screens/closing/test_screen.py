"""日清月结: what is in the way and where it is settled, closing by one key, reopening by two, the month."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests import builders
from tests.builders import a_case, an_envelope, as_role, at
from tests.workstation.acts.closing import TODAY, closed, days_pass
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.stage import WIDE, Clerk, Story, a_counter, play
from workstation.acts import day_closes, month_closes
from workstation.acts.desk import Desk
from workstation.acts.unexplained import WHYS, Unexplained
from workstation.domain.case import CaseState
from workstation.domain.day_close import CloseState, DayClose
from workstation.domain.roles import Role
from workstation.screens import doors
from workstation.screens.closing.lines import Line
from workstation.screens.dialogs import Confirm, Reading, Refusal


@pytest.fixture
def supervisor(desk: Desk) -> Desk:
    """Who closes the day."""
    return at(desk, "2001")


def seen(desk: Desk, folder: Path, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    """Play a story on the day's end."""
    play(a_counter(desk, folder, "closing"), story, size)


def close_of(desk: Desk) -> DayClose | None:
    """The close of today that holds."""
    return day_closes.of_day(desk)


def test_a_clean_day_is_closed_in_three_keys(supervisor: Desk, tmp_path: Path) -> None:
    """Ctrl+S, yes, and the anchor stands there in groups with the number of the sheet."""
    a_case(at(supervisor, "1001"), CaseState.REGISTERED)

    async def story(clerk: Clerk) -> None:
        clerk.sees("今天 2026-11-20　没有日清", "✓ 都说得清，可以日清", "（没有说不清的事项）")
        await clerk.press("ctrl+s")
        assert isinstance(clerk.app.screen, Confirm)
        await clerk.press("ctrl+y")
        close = close_of(supervisor)
        assert close is not None
        assert isinstance(clerk.app.screen, Reading)
        clerk.sees(day_closes.grouped(close.anchor)[:40], close.paper, "双方签名")
        await clerk.press("enter")
        clerk.sees("✓ 2026-11-20 已日清（第 1 次）")
        await clerk.press("ctrl+s")
        assert "已经日清" in clerk.message

    seen(supervisor, tmp_path, story)


def test_enter_does_not_close_a_day(supervisor: Desk, tmp_path: Path) -> None:
    """A scanner's Enter answers no."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s", "enter")

    seen(supervisor, tmp_path, story)

    assert close_of(supervisor) is None


def test_what_is_in_the_way_is_named_with_its_place(supervisor: Desk, tmp_path: Path) -> None:
    """Below what settles it; the refusal says the same, and a wide screen has room for the explanation."""
    number = an_envelope(at(supervisor, "1001")).number

    async def story(clerk: Clerk) -> None:
        clerk.sees("✗ 还有 1 件说不清", number, "装了袋，没有封装", "窗口人员 1001", "Enter 去办")
        await clerk.press("ctrl+s", "ctrl+y")
        assert isinstance(clerk.app.screen, Refusal)
        clerk.sees("day-unexplained", number)
        await clerk.press("enter")
        clerk.sees(number)

    async def wide(clerk: Clerk) -> None:
        assert "说明" in clerk.text.splitlines()[3] + clerk.text.splitlines()[4]

    seen(supervisor, tmp_path, story)
    seen(supervisor, tmp_path, wide, WIDE)


def test_it_is_explained_on_the_spot_and_the_day_closes(supervisor: Desk, tmp_path: Path) -> None:
    """F3 asks for the reason; the line says who explained it and how."""
    number = an_envelope(at(supervisor, "1001")).number

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        clerk.sees(number, "为何过夜")
        await clerk.fill("note", "明早接着办")
        await clerk.press("ctrl+s")
        assert "已说明" in clerk.message
        clerk.sees("✓ 2001 已说明：等下一次揽收：明早接着办", "可以日清")
        await clerk.press("f3")
        assert "已经说明" in clerk.message
        await clerk.press("ctrl+s", "ctrl+y", "enter")
        clerk.sees("已日清（第 1 次）")

    seen(supervisor, tmp_path, story)

    with supervisor.reading() as reading:
        (said,) = reading.day_reasons.where(day=TODAY)
    assert (said.object, said.note) == (number, "明早接着办")


def test_the_cursor_goes_on_to_what_still_asks_for_a_word(supervisor: Desk, tmp_path: Path) -> None:
    """One after the other with the same key; on the last the cursor stays."""
    numbers = [an_envelope(at(supervisor, "1001")).number for _ in range(2)]

    async def story(clerk: Clerk) -> None:
        for _ in numbers:
            await clerk.press("f3", "ctrl+s")
            assert "已说明" in clerk.message

    seen(supervisor, tmp_path, story)

    with supervisor.reading() as reading:
        said = reading.day_reasons.where(day=TODAY)
    assert sorted(one.object for one in said) == sorted(numbers)


def test_a_wrong_answer_is_asked_again(supervisor: Desk, tmp_path: Path) -> None:
    """`other` without a word; nothing that was chosen is lost."""
    an_envelope(at(supervisor, "1001"))

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3", "left", "ctrl+s")
        clerk.sees("没有写明", "其他（须写明）")
        await clerk.press("escape")

    seen(supervisor, tmp_path, story)


@pytest.mark.parametrize("why", WHYS)
def test_enter_opens_where_it_is_settled(why: str) -> None:
    """Each trouble has its screen, and that screen there is."""
    screen, given = Line(Unexplained("envelope", "23", "", why)).opens

    assert screen in doors.names()
    assert given in ({}, {"number": "23"})


def test_enter_leads_there(supervisor: Desk, tmp_path: Path, opened: Opened) -> None:
    """An envelope being packed is sealed; a scan of it puts the cursor there."""
    an_envelope(at(supervisor, "1001"))
    second = an_envelope(at(supervisor, "1001")).number

    async def story(clerk: Clerk) -> None:
        await clerk.scan(builders.paper_of(supervisor, second, "envelope").number)
        await clerk.press("enter")

    seen(supervisor, tmp_path, story)

    assert opened == [("sealing", {"number": second})]


def test_an_earlier_day_is_closed_first(supervisor: Desk, tmp_path: Path) -> None:
    """It is named above, and the key closes it before today."""
    closed(supervisor)
    days_pass(supervisor)
    a_case(at(supervisor, "1001"), CaseState.REGISTERED)
    days_pass(supervisor)

    async def story(clerk: Clerk) -> None:
        clerk.sees("前面没有日清的：2026-11-21")
        await clerk.press("ctrl+s")
        clerk.sees("日清 2026-11-21 吗")
        await clerk.press("ctrl+y", "enter")
        clerk.misses("前面没有日清的")

    seen(supervisor, tmp_path, story)


def test_a_day_is_opened_again_by_two(supervisor: Desk, tmp_path: Path) -> None:
    """The second person is asked for by itself; without one nothing is opened."""
    close = closed(supervisor)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f4", "ctrl+s")
        clerk.sees("要第二人确认")
        await clerk.press("escape")
        assert "没有第二人确认" in clerk.message

    seen(supervisor, tmp_path, story)

    assert close_of(supervisor) == close


def test_a_month_is_closed_when_it_is_over(supervisor: Desk, tmp_path: Path) -> None:
    """The month before is offered; one that is not over is refused, and the history lists both kinds."""
    closed(supervisor)
    days_pass(supervisor, 14)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f6")
        clerk.sees("2026-11")
        await clerk.press("ctrl+s")
        assert "2026-11 已月结" in clerk.message
        assert "与留痕账相符" in clerk.message
        await clerk.press("f7")
        clerk.sees("2026-11 已月结", "2026-11-20 已日清（第 1 次）")
        await clerk.press("enter", "f6")
        await clerk.fill("month", "2026-12")
        await clerk.press("ctrl+s")
        clerk.sees("month-not-over")

    seen(supervisor, tmp_path, story)

    (month,) = month_closes.listed(supervisor)
    assert month.state == CloseState.MONTH_CLOSED


@pytest.mark.parametrize("who", ["auditor", "read-only"])
def test_who_only_looks_sees_all_of_it(supervisor: Desk, tmp_path: Path, who: str) -> None:
    """Keys that write say whose they are."""
    number = an_envelope(at(supervisor, "1001")).number
    looking = replace(supervisor, readonly=True) if who == "read-only" else as_role(supervisor, Role.AUDITOR)

    async def story(clerk: Clerk) -> None:
        clerk.sees(number)
        for key in ("ctrl+s", "f3", "f4", "f6"):
            await clerk.press(key)
            assert "现在不能办" in clerk.message
        await clerk.press("f7", "enter", "f5")

    seen(looking, tmp_path, story)


def test_it_is_for_those_who_supervise() -> None:
    """The palette offers it to nobody else."""
    assert doors.door("closing").roles == frozenset({Role.SUPERVISOR, Role.AUDITOR})
