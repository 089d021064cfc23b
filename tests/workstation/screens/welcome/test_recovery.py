"""恢复单: shown once, and gone on from only by who has it on paper."""

from __future__ import annotations

from pathlib import Path

from tests.workstation.screens.stage import Clerk, Seated, a_counter, play
from workstation import secrets
from workstation.acts.desk import Desk
from workstation.screens.dialogs import Confirm
from workstation.screens.welcome.recovery import RecoveryScreen

TEXT = secrets.recovery_text(bytes(range(32)))
GROUPS = TEXT.split("-")


def at_the_sheet(desk: Desk, folder: Path) -> tuple[Seated, list[str]]:
    """The application, and what it does once the sheet is confirmed."""
    begun: list[str] = []
    app = a_counter(desk, folder)
    app.begin = lambda: begun.append("begun")  # type: ignore[method-assign]  # begins on the sheet instead
    app.call_later(lambda: app.push_screen(RecoveryScreen(TEXT, (3, 12))))
    return app, begun


def test_all_groups_are_shown_with_their_number(desk: Desk, tmp_path: Path) -> None:
    """As many as there are, in order."""
    app, _ = at_the_sheet(desk, tmp_path)

    async def story(clerk: Clerk) -> None:
        clerk.sees(*(f"{number}. {group}" for number, group in enumerate(GROUPS, 1)), "只显示这一次")

    play(app, story)


def test_two_groups_from_the_paper_lead_on(desk: Desk, tmp_path: Path) -> None:
    """While they are typed the sheet is covered; blanks between digits do not matter."""
    app, begun = at_the_sheet(desk, tmp_path)

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        clerk.sees("第 3 组", "第 12 组")
        clerk.misses(*GROUPS)
        await clerk.type(f"{GROUPS[2][:3]} {GROUPS[2][3:]}")
        await clerk.press("enter")
        await clerk.type(GROUPS[11])
        await clerk.press("enter")

    play(app, story)

    assert begun == ["begun", "begun"]


def test_a_wrong_group_is_told_beside_it_and_nothing_is_lost(desk: Desk, tmp_path: Path) -> None:
    """The sheet can be looked at again, and what was typed is still there."""
    app, begun = at_the_sheet(desk, tmp_path)

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        await clerk.type(GROUPS[2])
        await clerk.press("ctrl+s")
        clerk.sees("✗ 还没有输入")
        await clerk.type("000000")
        await clerk.press("ctrl+s")
        clerk.sees("✗ 与恢复单不符")
        assert "有一组不符" in clerk.message
        await clerk.press("f2")
        clerk.sees(GROUPS[11])
        await clerk.press("ctrl+s")
        clerk.sees(GROUPS[2])
        await clerk.fill("group-12", GROUPS[11])
        clerk.misses("不符\n")
        await clerk.press("ctrl+s")

    play(app, story)

    assert begun == ["begun", "begun"]


def test_no_key_but_the_question_leads_away(desk: Desk, tmp_path: Path) -> None:
    """Esc goes back to the sheet and stays there; leaving the program asks first and says what is lost."""
    app, begun = at_the_sheet(desk, tmp_path)

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s", "escape")
        clerk.sees(GROUPS[0])
        await clerk.press("escape")
        assert "请先抄下恢复单" in clerk.message
        assert isinstance(clerk.app.screen, RecoveryScreen)
        await clerk.press("ctrl+q")
        assert isinstance(clerk.app.screen, Confirm)
        clerk.sees("恢复单还没有核对", "不会再显示")
        clerk.misses("草稿")
        await clerk.press("enter")

    play(app, story)

    assert begun == ["begun"]
    assert app.return_value is None


def test_which_groups_are_asked_is_chance() -> None:
    """Two different ones, in the order of the sheet."""
    asked = {RecoveryScreen(TEXT)._places for _ in range(40)}

    assert len(asked) > 1
    assert all(1 <= first < second <= len(GROUPS) for first, second in asked)
