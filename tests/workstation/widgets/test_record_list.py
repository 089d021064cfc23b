"""The list of any length: its cursor, its pages, and what it draws."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from workstation.widgets.record_list import PAGE, Ask, Column, RecordList, Whole

HEADS = (Column("号", 8), Column("名", 10, flexible=True), Column("宽", 12, wide_only=True))


@dataclass(frozen=True)
class Row:
    """One row of a long list."""

    key: int
    name: str = "某"


class Long:
    """A list of so many rows, given page by page; counts what is asked of it."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.asked: list[Ask] = []

    async def fetch(self, ask: Ask) -> Whole[Row]:
        """The page that is wanted."""
        self.asked.append(ask)
        if ask.last:
            first, end = max(0, self.count - ask.size), self.count
        elif ask.before is not None:
            first, end = max(0, ask.before - ask.size), ask.before
        else:
            first = 0 if ask.after is None else ask.after + 1
            end = min(self.count, first + ask.size)
        rows = [Row(key) for key in range(first, end)]
        return Whole(rows, more_before=first > 0, more_after=end < self.count)


class Showing(App[None]):
    """Shows one list and keeps what it posts."""

    def __init__(self, rows: RecordList[Row]) -> None:
        super().__init__()
        self.rows = rows
        self.posted: list[RecordList.Opened] = []

    def compose(self) -> ComposeResult:
        """The list alone."""
        yield self.rows

    async def on_mount(self) -> None:
        """Its first page."""
        await self.rows.load()
        self.rows.focus()

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Keep it."""
        self.posted.append(event)


def a_list(long: Long | None = None) -> RecordList[Row]:
    """A list of rows told by key and name."""
    return RecordList(HEADS, lambda row: (str(row.key), row.name, "宽"), fetch=long.fetch if long else None)


def play(
    rows: RecordList[Row], story: Callable[[Pilot[Any]], Awaitable[None]], size: tuple[int, int] = (40, 22)
) -> Showing:
    """Run a list in an application of its own."""
    app = Showing(rows)

    async def played() -> None:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await story(pilot)

    asyncio.run(played())
    return app


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys and wait for the pages they ask for."""
    for key in keys:
        await pilot.press(key)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def turn(pilot: Pilot[Any], rows: RecordList[Row], step: int) -> None:
    """A page on, without the time a key takes."""
    rows.action_turn(step)
    await pilot.app.workers.wait_for_complete()


def lines(rows: RecordList[Row]) -> list[str]:
    """What is drawn."""
    return [rows.render_line(y).text for y in range(rows.size.height)]


def test_it_opens_with_one_page_however_long_it_is() -> None:
    """Half a million rows cost one question."""
    long = Long(500_000)

    async def story(pilot: Pilot[Any]) -> None:
        assert len(long.asked) == 1
        assert lines(rows)[1].startswith(">0")

    rows = a_list(long)
    play(rows, story)


def test_moving_on_fetches_ahead_and_forgets_what_is_far() -> None:
    """The cursor meets every row in order, and no more are kept than some pages."""
    long = Long(2_000)
    rows = a_list(long)

    async def story(pilot: Pilot[Any]) -> None:
        met = []
        for _ in range(90):
            assert rows.row is not None
            met.append(rows.row.key)
            await turn(pilot, rows, 1)
        assert {after - before for before, after in pairwise(met)} == {met[1] - met[0]}
        assert met[-1] > 8 * PAGE
        assert len(rows.rows) <= 7 * PAGE
        for _ in range(90):
            await turn(pilot, rows, -1)
        assert rows.row is not None
        assert rows.row.key == 0

    play(rows, story)


def test_its_ends_are_reached_at_once() -> None:
    """End asks for the last page and Home for the first, whatever lies between."""
    long = Long(500_000)
    rows = a_list(long)

    async def story(pilot: Pilot[Any]) -> None:
        await press(pilot, "end")
        assert rows.row == Row(499_999)
        await press(pilot, "up", "k", "down", "j")
        assert rows.row == Row(499_999)
        await press(pilot, "home")
        assert rows.row == Row(0)
        assert len(long.asked) <= 5

    play(rows, story)


def test_enter_opens_the_row_under_the_cursor() -> None:
    """And nothing where there is none."""
    rows = a_list(Long(5))

    async def story(pilot: Pilot[Any]) -> None:
        await press(pilot, "down", "down", "enter")

    app = play(rows, story)
    assert [event.row for event in app.posted] == [Row(2)]

    empty = a_list(Long(0))
    assert not play(empty, lambda pilot: press(pilot, "down", "enter")).posted


def test_an_empty_list_says_so() -> None:
    """In words, below its heading."""
    rows = a_list(Long(0))

    async def story(pilot: Pilot[Any]) -> None:
        assert "（空）" in lines(rows)[1]
        assert rows.row is None

    play(rows, story)


@pytest.mark.parametrize("width", [20, 33, 80, 120])
def test_every_line_is_as_wide_as_its_place(width: int) -> None:
    """With wide characters, combining marks and hostile text; a column for wide screens waits for one."""
    rows = a_list()

    async def story(pilot: Pilot[Any]) -> None:
        rows.show(
            [
                Row(1, "𠮷野家" * 9),
                Row(2, "a\x1b]0;x\x07"),
                Row(3, "[bold]x[/] [/oops]"),
                Row(4, "e\u0301" * 40),
            ]
        )
        await pilot.pause()
        assert {cell_len(line) for line in lines(rows)} == {width}
        assert "[bold]" in lines(rows)[3]
        assert ("宽" in lines(rows)[0]) == (width >= 90)

    play(rows, story, size=(width, 12))


def test_the_cursor_is_told_by_a_sign() -> None:
    """Not by colour alone."""
    rows = a_list(Long(5))

    async def story(pilot: Pilot[Any]) -> None:
        await press(pilot, "down")
        assert [line[0] for line in lines(rows)[1:4]] == [" ", ">", " "]

    play(rows, story)


def test_reloading_keeps_the_place() -> None:
    """What has changed shows, and the cursor stays where it was, near the beginning or far from it."""
    long = Long(3_000)
    rows = a_list(long)

    async def story(pilot: Pilot[Any]) -> None:
        for count in (7, 400):
            for _ in range(count // 20):
                await turn(pilot, rows, 1)
            before = rows.row
            await rows.reload()
            await pilot.app.workers.wait_for_complete()
            assert rows.row == before

    play(rows, story)


def test_resizing_keeps_the_cursor_on_the_screen() -> None:
    """Smaller, larger, and back."""
    rows = a_list(Long(60))

    async def story(pilot: Pilot[Any]) -> None:
        rows.to(30)
        for size in ((40, 4), (80, 40), (20, 2)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert any(line.startswith(">30") for line in lines(rows))

    play(rows, story)
