"""登记簿 on the screen: one register of some days, all of a line with Enter, out as a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from integrations import spreadsheets
from tests import builders
from tests.halls import PINS
from tests.workstation.screens.stage import WIDE, Clerk, Seated, a_counter, play
from workstation.acts import registers, users
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.screens.dialogs import Reading
from workstation.screens.registers.screen import RegistersScreen


@pytest.fixture
def case(desk: Desk) -> str:
    """A case that went all the way."""
    return builders.a_case(desk, CaseState.CLOSED).number


@pytest.fixture
def app(desk: Desk, case: str, tmp_path: Path) -> Seated:
    """A clerk at the registers."""
    return a_counter(desk, tmp_path, "registers")


def ordinals(clerk: Clerk) -> list[int]:
    """The lines in the list."""
    screen = clerk.screen
    assert isinstance(screen, RegistersScreen)
    return [line.ordinal for line in screen._list.rows]


def cells(path: Path) -> str:
    """All that stands in a table file."""
    return "".join(cell for row in spreadsheets.read(path).rows for cell in row)


def test_it_opens_with_the_ledger_of_today(app: Seated, case: str) -> None:
    """Masked, with how many there are."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("收件台账　2026-11-20　共 1 行", case, "覃**", "开具户籍")
        clerk.misses("覃示例")

    play(app, story)


def test_enter_shows_all_of_a_line(app: Seated, case: str) -> None:
    """Every column that is filled; empty ones are left out."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter")
        reading = clerk.app.screen
        assert isinstance(reading, Reading)
        clerk.sees("收件台账　第 1 行", f"收件编号：{case}", "申请人：覃**")
        assert "承担方：去：本窗口；回：业务属地" in reading._text
        assert "异常" not in reading._text

    play(app, story)


def test_another_register_is_picked(app: Seated, desk: Desk) -> None:
    """Each with its own columns; the same days."""
    with desk.reading() as reading:
        (envelope,) = reading.envelopes.where(state="opened")

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2", "down", "enter")
        clerk.sees("寄件登记　2026-11-20　共 1 行", "寄件日期", envelope.number)
        await clerk.press("f2", "down", "down", "down", "down", "enter")
        clerk.sees("邮费　2026-11-20　共 2 行", "寄出", "寄回", "业务属地部门")
        await clerk.press("f2", "escape")
        clerk.sees("邮费　2026-11-20")

    play(app, story)


def test_other_days_are_asked_for(app: Seated, case: str) -> None:
    """What cannot be is told in the form, and what was typed stays."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        await clerk.fill("since", "2026-11-30")
        await clerk.press("ctrl+s")
        clerk.sees("在起日", "2026-11-30")
        await clerk.fill("since", "2026-11-01")
        await clerk.fill("until", "2026-11-02")
        await clerk.press("ctrl+s")
        clerk.sees("2026-11-01 至 2026-11-02　共 0 行", "（这几天没有）")
        await clerk.press("f3")
        await clerk.fill("until", "")
        await clerk.press("ctrl+s")
        clerk.sees("2026-11-01 至 2026-11-20　共 1 行", case)

    play(app, story)


def test_pages_are_fetched_as_one_goes(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """End leads to the last line, Home back; none twice."""
    for _ in range(7):
        builders.a_case(desk, CaseState.REGISTERED)
    listed = registers.listed

    def small(at: Desk, *given: object, **more: object) -> registers.Page:
        return listed(at, *given, **{**more, "count": min(2, int(str(more["count"])))})  # type: ignore[arg-type]

    monkeypatch.setattr(registers, "listed", small)

    async def story(clerk: Clerk) -> None:
        assert ordinals(clerk) == [1, 2]
        for _ in range(8):
            await clerk.press("down")
        assert ordinals(clerk) == list(range(1, 8))
        clerk.sees("共 7 行")

    play(a_counter(desk, tmp_path, "registers"), story)


def test_a_file_is_written(app: Seated, desk: Desk, tmp_path: Path) -> None:
    """Told with its place; it is masked."""
    path = tmp_path / "台账.xlsx"

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        await clerk.fill("path", str(path))
        await clerk.press("ctrl+s")
        await clerk.settle()
        assert "已导出 1 行到" in clerk.message

    play(app, story)

    assert "覃**" in cells(path)


def test_a_wrong_place_is_told_and_what_was_typed_stays(app: Seated, tmp_path: Path) -> None:
    """In the form itself."""
    (tmp_path / "taken.csv").write_text("mine")

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        await clerk.fill("path", str(tmp_path / "x.doc"))
        await clerk.press("ctrl+s")
        await clerk.settle()
        clerk.sees("看不出要写哪一种文件", "x.doc")
        await clerk.fill("path", str(tmp_path / "taken.csv"))
        await clerk.press("ctrl+s")
        await clerk.settle()
        clerk.sees("已经有同名的文件")

    play(app, story)

    assert (tmp_path / "taken.csv").read_text() == "mine"


def with_pin(desk: Desk, code: str) -> str:
    """Give somebody a PIN, and tell it."""
    pin = PINS["2001"]
    users.set_pin(builders.at(desk, code), code, pin)
    return pin


def test_in_clear_the_second_person_is_asked_first(app: Seated, desk: Desk, tmp_path: Path) -> None:
    """Nobody beside: nothing is written; somebody: the file says that it is in clear."""
    path, pin = tmp_path / "x.csv", with_pin(desk, "1002")

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        await clerk.fill("path", str(path))
        await clerk.press("tab", "space", "ctrl+s")
        clerk.sees("“导出登记簿”要第二人确认")
        await clerk.press("escape")
        assert "没有第二人确认" in clerk.message
        assert not path.exists()
        await clerk.press("ctrl+s", "ctrl+s")
        await clerk.fill("code", "1002")
        await clerk.fill("pin", pin)
        await clerk.press("enter")
        await clerk.settle()
        assert "用完请销毁" in clerk.message

    play(app, story)

    assert "覃示例" in cells(path)
    assert "申请人（明文）" in cells(path)


def test_without_persons_nothing_is_asked_about_them(app: Seated) -> None:
    """交接清单 names authorities only."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2", "down", "down", "down", "enter", "ctrl+s")
        clerk.sees("导出交接清单")
        clerk.misses("不遮盖")

    play(app, story)


@pytest.mark.parametrize("code", ["4001", "1001"])
def test_who_may_only_look_is_told_at_the_key(desk: Desk, case: str, tmp_path: Path, code: str) -> None:
    """An auditor, and an inspector at a desk that only looks."""
    looking = replace(builders.at(desk, code), readonly=code == "1001")

    async def story(clerk: Clerk) -> None:
        clerk.sees(case)
        await clerk.press("ctrl+s")
        assert not clerk.app.screen.is_modal
        assert "导出" in clerk.message

    play(a_counter(looking, tmp_path, "registers"), story)


def test_whoever_may_not_look_sees_nothing(desk: Desk, case: str, tmp_path: Path) -> None:
    """An administrator who comes here all the same."""

    async def story(clerk: Clerk) -> None:
        clerk.misses(case)
        assert "不能查看登记簿" in clerk.message

    play(a_counter(builders.at(desk, "3001"), tmp_path, "registers"), story)


def test_a_wide_terminal_gives_the_rest_to_names(app: Seated) -> None:
    """The item in full."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("开具户籍类证明")

    play(app, story, WIDE)
