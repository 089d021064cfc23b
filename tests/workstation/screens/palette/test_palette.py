"""命令面板: each destination stands there once, with its key, and is found by either of its names."""

from __future__ import annotations

import importlib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import at
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.stage import Clerk, a_counter, play
from workstation.acts.desk import Desk
from workstation.screens import doors
from workstation.screens.palette.palette import Command, Palette, narrowed
from workstation.widgets.record_list import RecordList


def listed(clerk: Clerk) -> dict[str, Command]:
    """The lines of the palette, by label; a label that stands there twice is a fault."""
    rows: list[Command] = list(clerk.app.screen.query_one(RecordList).rows)
    assert max(Counter(row.label for row in rows).values()) == 1
    return {row.label: row for row in rows}


async def ask(clerk: Clerk, typed: str) -> str:
    """What comes first for what is typed; the palette is closed again."""
    await clerk.press("ctrl+p")
    await clerk.type(typed)
    first = clerk.app.screen.query_one(RecordList).row
    await clerk.press("escape")
    assert isinstance(first, Command)
    return first.label


def test_what_an_act_opens_stands_there_once(desk: Desk, tmp_path: Path) -> None:
    """The act's line has the key, the screen's own is left out; other screens have lines of their own."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+p")
        rows = listed(clerk)
        assert [rows[label].key for label in ("收件", "交寄", "到件", "今日")] == ["F2", "F7", "F8", "F9"]
        assert not {"收件登记", "今日办理"} & set(rows)
        assert rows["协议"].key == ""

    play(a_counter(desk, tmp_path), story)


def test_screens_that_open_from_anywhere_have_their_key(desk: Desk, tmp_path: Path) -> None:
    """The scanner and the search."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+p")
        rows = listed(clerk)
        assert (rows["扫描枪检查"].key, rows["查找"].key) == ("F12", "/")

    play(a_counter(desk, tmp_path), story)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("sj", "收件"),
        ("sjdj", "收件"),
        ("收件登记", "收件"),
        ("jrbl", "今日"),
        ("今日办理", "今日"),
        ("jr", "今日"),
        ("今日", "今日"),
        ("sphr", "锁屏、换人"),
        ("hr", "锁屏、换人"),
    ],
)
def test_either_name_finds_it(desk: Desk, tmp_path: Path, typed: str, found: str) -> None:
    """Words and initials of the act, and those of the screen it opens."""

    async def story(clerk: Clerk) -> None:
        assert await ask(clerk, typed) == found

    play(a_counter(desk, tmp_path), story)


def test_the_palette_does_what_is_chosen(desk: Desk, tmp_path: Path, opened: Opened) -> None:
    """Enter does it, as its key would."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+p")
        await clerk.type("jr")
        await clerk.press("enter")
        assert not isinstance(clerk.app.screen, Palette)

    play(a_counter(desk, tmp_path), story)

    assert opened == [("doings", {})]


def test_where_only_looking_is_possible_the_screen_stands_there(
    desk: Desk, tmp_path: Path, opened: Opened
) -> None:
    """Read-only nobody is registered, but the screen opens: one line, that leads there, by either name."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+p")
        rows = listed(clerk)
        assert "收件" not in rows
        assert (rows["收件登记"].key, rows["收件登记"].why_not) == ("", None)
        await clerk.type("sj")
        await clerk.press("enter")

    play(a_counter(replace(desk, readonly=True), tmp_path), story)

    assert opened == [("intake", {})]


def test_what_is_not_ones_own_is_crossed_out(desk: Desk, tmp_path: Path) -> None:
    """An auditor registers nothing and has no such screen: the act's line says why."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+p")
        rows = listed(clerk)
        assert rows["收件"].why_not
        assert "收件登记" not in rows

    play(a_counter(at(desk, "4001"), tmp_path), story)


@pytest.mark.parametrize("name", doors.names())
def test_what_an_act_opens_is_a_screen_for_nothing_in_particular(name: str) -> None:
    """An act that opens a screen for this case is another thing than the screen itself."""
    kind = importlib.import_module(f"workstation.screens.{name}.screen").OPENS

    for do in kind.DOES:
        assert not do.opens or not doors.door(do.opens).needs


def test_what_begins_with_it_comes_first() -> None:
    """By either of its initials; the others keep their order."""
    plain = Command("结束", "js", "", None, str)
    both = Command("今日", "jr", "F9", None, str, ("收件", "sj"))

    assert narrowed((plain, both), "s") == [both, plain]
    assert narrowed((plain, both), "j") == [plain, both]
    assert narrowed((plain, both), "收") == [both]
    assert narrowed((plain, both), "x") == []


def test_what_is_all_of_its_initials_comes_before_all() -> None:
    """Whoever knows them types them and presses Enter: a longer name that begins so is not in the way."""
    longer, whole = Command("督办队列", "dbdl", "", None, str), Command("待办", "db", "", None, str)

    assert narrowed((longer, whole), "db") == [whole, longer]
    assert narrowed((longer, whole), "d") == [longer, whole]
