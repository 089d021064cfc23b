"""体外循环 on the screen: the three kinds of signs, the oldest of each first; a supervisor opens the case."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders
from tests.workstation.screens.bypass.scenes import with_signs
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.stage import WIDE, Clerk, Seated, a_counter, play
from workstation.acts.bypass import KINDS
from workstation.acts.desk import Desk
from workstation.screens.bypass.screen import BypassScreen


@pytest.fixture
def signs(desk: Desk) -> dict[str, str]:
    """A case for each kind of sign."""
    return with_signs(desk)


@pytest.fixture
def app(desk: Desk, signs: dict[str, str], tmp_path: Path) -> Seated:
    """The supervisor at it."""
    return a_counter(builders.at(desk, "2001"), tmp_path, "bypass")


def shown(clerk: Clerk) -> list[tuple[str, str]]:
    """Kind and case of each line."""
    screen = clerk.screen
    assert isinstance(screen, BypassScreen)
    return [(line.kind, line.sign.case_number) for line in screen._list.rows]


def test_each_sign_stands_on_a_line(app: Seated, signs: dict[str, str]) -> None:
    """Under its kind, with how many there are of each, and no other case."""

    async def story(clerk: Clerk) -> None:
        clerk.sees(*(f"{title} 1" for title in KINDS.values()), *signs.values(), "1001", "6 天")
        assert shown(clerk) == [(kind, signs[kind]) for kind in KINDS]

    play(app, story)


def test_all_about_a_sign_stands_below(app: Seated) -> None:
    """Since when, whose it is, which rows."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("2026-11-20 09:0", "首问 1001")
        await clerk.press("down")
        clerk.sees("材料行：statement")

    play(app, story)


def test_a_supervisor_opens_the_case(app: Seated, signs: dict[str, str], opened: Opened) -> None:
    """With Enter."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("down", "enter")

    play(app, story)

    assert opened == [("case", {"number": signs["untold"]})]


def test_an_auditor_is_told_why_not(
    desk: Desk, signs: dict[str, str], tmp_path: Path, opened: Opened
) -> None:
    """The signs are theirs to see, the cases are the counter's."""

    async def story(clerk: Clerk) -> None:
        clerk.sees(*signs.values())
        await clerk.press("enter")
        assert "审计员不看办件" in clerk.message

    play(a_counter(builders.at(desk, "4001"), tmp_path, "bypass"), story)

    assert opened == []


def test_looked_at_anew_the_cursor_stays(app: Seated, desk: Desk, signs: dict[str, str]) -> None:
    """What was told meanwhile is gone."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("down", "down")
        builders.review_all(desk, signs["unreviewed"])
        await clerk.press("f5")
        assert [kind for kind, _ in shown(clerk)] == ["untold", "found_later"]
        clerk.sees("审查通过后属地又要求补正：")

    play(app, story)


def test_without_signs_it_says_so(desk: Desk, tmp_path: Path) -> None:
    """And there is nothing to open."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("没有迹象", "已收件、逾期未审查 0")
        await clerk.press("f4")
        assert "没有迹象" in clerk.message

    play(a_counter(builders.at(desk, "2001"), tmp_path, "bypass"), story)


@pytest.mark.parametrize("code", ["1001", "3001"])
def test_others_see_nothing(desk: Desk, signs: dict[str, str], tmp_path: Path, code: str) -> None:
    """Nobody looks for signs about himself."""

    async def story(clerk: Clerk) -> None:
        clerk.misses(*signs.values())
        assert "不能查看体外循环" in clerk.message

    play(a_counter(builders.at(desk, code), tmp_path, "bypass"), story)


def test_a_wide_terminal_shows_the_rows(app: Seated) -> None:
    """On the line itself."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("材料行")

    play(app, story, WIDE)
