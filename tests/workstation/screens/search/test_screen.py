"""The one search: hits as one types, masked; what is typed stays on the screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests import builders
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.stage import NARROW, WIDE, Clerk, Seated, a_counter, play
from workstation.acts import drafts, numbers, searching
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.errors import OutsideFailed
from workstation.screens.search import screen
from workstation.screens.search.screen import SearchScreen
from workstation.widgets.field import Field

CLEAR = ("买买提·吐尔逊", "450103199003070004", "13900000002")


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked for at once: tests do not wait."""
    monkeypatch.setattr(screen, "PAUSE", 0.001)


@pytest.fixture
def two(desk: Desk) -> tuple[str, str]:
    """A registered case and one whose envelope is sealed."""
    first = builders.a_case(desk, CaseState.REGISTERED).number
    person = builders.a_person("买买提·吐尔逊", phone="13900000002")
    return first, builders.a_consignment(desk, ConsignmentState.SEALED, applicant=person).case_number


def on_search(
    desk: Desk, folder: Path, story: Callable[[Clerk], Awaitable[None]], *, text: str = "", wide: bool = False
) -> None:
    """Play a story on the search."""

    async def played(clerk: Clerk) -> None:
        await found(clerk)
        await story(clerk)

    app: Seated = a_counter(desk, folder, "search", text=text)
    play(app, played, WIDE if wide else NARROW)


async def found(clerk: Clerk) -> None:
    """Wait until what is typed has been looked for."""
    there = clerk.screen
    assert isinstance(there, SearchScreen)
    for _ in range(100):
        if there.is_up_to_date:
            break
        await clerk.pilot.pause(0.01)
    await clerk.settle()


@pytest.mark.parametrize(
    "text", ["13501021012632400019", "00019", "0001", "450103199003070004", "13900000001", "覃示例", "示例"]
)
def test_a_case_is_found_by_whatever_is_known_of_it(
    desk: Desk, tmp_path: Path, two: tuple[str, str], opened: Opened, text: str
) -> None:
    """Number, its end, document, telephone, name, part of a name: typed, Enter, Enter at most."""
    first, _ = two
    typed = first if len(text) == 20 else first[-5:] if text == "00019" else text
    typed = first[-5:-1] if text == "0001" else typed

    async def story(clerk: Clerk) -> None:
        await clerk.type(typed)
        await found(clerk)
        clerk.sees("✓ 找到", "已收件", "覃**")
        await clerk.press("enter")
        if not opened:
            await clerk.press("end", "enter")

    on_search(desk, tmp_path, story)

    assert opened == [("case", {"number": first})]


def test_hits_show_state_and_title_and_nobody_in_clear(
    desk: Desk, tmp_path: Path, two: tuple[str, str]
) -> None:
    """The state people see, the newest first; at 120 columns time and 首问 too."""
    first, other = two

    async def story(clerk: Clerk) -> None:
        await clerk.type("13900000002")
        await found(clerk)
        clerk.sees(f">{other}", "已封装", "买**·***", "开具户籍类证明", "2026-11-20 09:00", "1001")
        clerk.misses(CLEAR[0], CLEAR[1], first)

    on_search(desk, tmp_path, story, wide=True)


def test_another_systems_number_finds_it(
    desk: Desk, tmp_path: Path, two: tuple[str, str], opened: Opened
) -> None:
    """The home office's 文号, in any case of letters."""
    numbers.add(desk, two[1], system="home_office", value="示例〔2026〕A1 号")

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter")

    on_search(desk, tmp_path, story, text="示例〔2026〕a1号")

    assert opened == [("case", {"number": two[1]})]


def test_of_several_one_is_chosen_and_what_is_typed_stays(
    desk: Desk, tmp_path: Path, two: tuple[str, str], opened: Opened
) -> None:
    """Enter goes into the list, Enter there opens; / goes back into the box; coming back looks again."""
    first, other = two

    async def story(clerk: Clerk) -> None:
        await clerk.type("450103199003070004")
        await found(clerk)
        clerk.sees("✓ 找到 2 件", f">{other}")
        await clerk.press("enter", "down", "f2")
        assert opened == [("case", {"number": first})]
        await clerk.press("slash")
        await clerk.type("9")
        await found(clerk)
        clerk.sees("4501031990030700049", "? 没有找到")
        await clerk.press("backspace", "f1", "escape")
        await found(clerk)
        clerk.sees("✓ 找到 2 件")

    on_search(desk, tmp_path, story)


@pytest.mark.parametrize("text", ["没有这个人", "99999", "[bold]x[/]", "[/oops]", "𠮷𬀩㐂·", "x" * 200])
def test_what_is_not_there_is_told_with_what_can_be_searched(
    desk: Desk, tmp_path: Path, two: tuple[str, str], text: str
) -> None:
    """Hostile and rare text too: shown as it is, found nowhere, F2 says so."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("? 没有找到。可以查：", "其他系统的编号", text[:20])
        await clerk.press("f2")
        assert "还没有找到办件" in clerk.message
        await clerk.press("enter")
        assert isinstance(clerk.app.screen, SearchScreen)

    on_search(desk, tmp_path, story, text=text)


def test_a_scan_over_the_box_opens_the_case_and_leaves_what_is_typed(
    desk: Desk, tmp_path: Path, two: tuple[str, str], opened: Opened
) -> None:
    """The frame opens it; the digits do not stay in the box."""

    async def story(clerk: Clerk) -> None:
        await clerk.type("覃")
        await clerk.scan(two[1])
        assert clerk.app.screen.query_one(Field).value == "覃"

    on_search(desk, tmp_path, story)

    assert opened == [("case", {"number": two[1]})]


@pytest.mark.parametrize("who", ["4001", "readonly"])
def test_auditors_and_inspectors_search_as_well(
    desk: Desk, tmp_path: Path, two: tuple[str, str], who: str
) -> None:
    """Masked like everybody; nothing is written, no draft, nothing about the search in the ledger."""
    there = replace(desk, readonly=True) if who == "readonly" else builders.at(desk, who)
    before = builders.head(desk)

    async def story(clerk: Clerk) -> None:
        clerk.sees("已封装", "买**·***")
        clerk.misses(CLEAR[1])

    on_search(there, tmp_path, story, text="13900000002")

    assert builders.head(desk) == before
    assert drafts.listed(desk).drafts == ()


def test_the_slash_opens_it_from_anywhere_but_while_typing(desk: Desk, tmp_path: Path) -> None:
    """From the worklist's list; in the box a slash is a slash."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("slash")
        assert isinstance(clerk.app.screen, SearchScreen)
        await clerk.type("a/b")
        await found(clerk)
        clerk.sees("a/b", "? 没有找到")
        await clerk.press("escape")
        clerk.sees("工作台")

    play(a_counter(desk, tmp_path), story)


def test_a_store_that_does_not_answer_is_told_and_nothing_typed_is_lost(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refusal stands in the message line; the next try may succeed."""

    def fails(*_: Any) -> None:
        raise OutsideFailed("store-away", what="大厅数据库连不上。", why="网络断了。", next="稍候再试。")

    async def story(clerk: Clerk) -> None:
        monkeypatch.setattr(searching, "search", fails)
        await clerk.type("00019")
        await clerk.press("enter")
        assert "大厅数据库连不上" in clerk.message
        clerk.sees("00019")

    on_search(desk, tmp_path, story)
