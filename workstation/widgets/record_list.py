"""A list of any length: only what is on the screen is drawn, and pages are fetched as one comes near them.

There is no position in a list of half a million, only what comes before and after: its ends are reached with
Home and End, and everything else is searched.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, NamedTuple, Protocol, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from workstation.widgets.words import columns, fitted

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

PAGE = 100
#: How many rows are kept; what lies farther from the cursor is let go.
_KEPT = 6 * PAGE
#: Coming so near to the end of what is there, the next page is asked for.
_NEAR = PAGE // 2
#: Lines that are kept as they were drawn; some screens full.
_MOST_DRAWN = 500
#: From so many cells on there is room for every column.
_WIDE = 90


class Column(NamedTuple):
    """One column: its heading, its cells in width, and whether it takes what is over."""

    title: str
    width: int
    flexible: bool = False
    wide_only: bool = False
    """Shown only where there is room for it."""


class Ask(NamedTuple):
    """Which page is wanted: after a key, before a key, the last; none of them: the first."""

    after: Any = None
    before: Any = None
    last: bool = False
    size: int = PAGE


class Page(Protocol[R_co]):
    """A page as it comes: its rows, and whether there are more on either side."""

    @property
    def lines(self) -> Sequence[R_co]:
        """The rows; each has a `key`."""

    @property
    def more_before(self) -> bool:
        """Whether a page comes before."""

    @property
    def more_after(self) -> bool:
        """Whether a page follows."""


@dataclass(frozen=True)
class Whole(Generic[R]):
    """A list that is there as a whole."""

    lines: Sequence[R]
    more_before: bool = False
    more_after: bool = False


Fetch = Callable[[Ask], Awaitable[Page[R]]]


class RecordList(Widget, Generic[R], can_focus=True):
    """Rows in columns, one of them under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "上一行", show=False),
        Binding("down,j", "move(1)", "下一行", show=False),
        Binding("pageup", "turn(-1)", "上一页", show=False),
        Binding("pagedown", "turn(1)", "下一页", show=False),
        Binding("home", "first", "第一行", show=False),
        Binding("end", "last", "最后一行", show=False),
        Binding("enter", "open", "打开", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "record-list--head",
        "record-list--cursor",
        "record-list--resting",
        "record-list--dim",
    }
    DEFAULT_CSS = """
    RecordList { height: 1fr; }
    RecordList > .record-list--head { text-style: bold; color: $text-muted; background: $panel; }
    RecordList:focus > .record-list--head { text-style: bold underline; }
    RecordList > .record-list--cursor { background: $primary; color: $text; text-style: bold; }
    RecordList > .record-list--resting { background: $panel; }
    RecordList > .record-list--dim { color: $text-muted; }
    """

    class OfRow(Message):
        """Something has happened to a row; the kinds are siblings: `@on` takes a message for its bases."""

        def __init__(self, rows: RecordList[Any], row: Any) -> None:
            super().__init__()
            self.rows, self.row = rows, row

        @property
        def control(self) -> RecordList[Any]:
            """The list it happened in."""
            return self.rows

    class Opened(OfRow):
        """Enter on a row."""

    class Highlighted(OfRow):
        """The cursor stands on another row, or on none (`row` is None)."""

    def __init__(
        self,
        heads: Sequence[Column],
        cells: Callable[[R], Sequence[str]],
        *,
        fetch: Fetch[R] | None = None,
        empty: str = "（空）",
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._heads, self._cells, self._fetch = tuple(heads), cells, fetch
        self._empty = empty
        self._head = 1 if any(head.title for head in heads) else 0
        """Lines of the heading; none where no column has a title."""
        self._rows: list[R] = []
        self._more_before = self._more_after = False
        self._cursor = self._top = 0
        self._asking = False
        self._looks: dict[str, Style] = {}
        self._drawn: dict[tuple[tuple[str, ...], int, str, Style], Strip] = {}
        self.explains = "列表：↑↓（或 j k）移动，PgUp PgDn 翻页，Home End 到两头，Enter 打开。"

    @property
    def row(self) -> R | None:
        """The row under the cursor."""
        return self._rows[self._cursor] if self._rows else None

    @property
    def rows(self) -> Sequence[R]:
        """The rows that are there, of a longer list only those near the cursor."""
        return tuple(self._rows)

    @property
    def cursor(self) -> int:
        """Which of these rows the cursor stands on."""
        return self._cursor

    def show(self, rows: Sequence[R], *, at: int = 0) -> None:
        """Show these rows, all there are; the cursor goes to row `at`."""
        self._take_over(Whole(list(rows)), at)

    async def load(self, *, last: bool = False) -> None:
        """Fetch the first page, or the last."""
        if self._fetch is None:
            return
        page = await self._fetch(Ask(last=last))
        self._take_over(page, len(page.lines) - 1 if last else 0)

    async def reload(self) -> None:
        """Fetch the page around the cursor anew, so that what has changed shows and the cursor stays."""
        if self._fetch is None:
            return
        at, above = self._cursor, self._cursor - PAGE // 2
        if above <= 0 and self._more_before and self._rows:
            await self._around(0)
        elif above <= 0:
            await self.load()
            self.to(at)
        else:
            await self._around(above - 1)

    async def _around(self, above: int) -> None:
        """Fetch what follows a row, and keep the cursor where it was seen."""
        assert self._fetch is not None
        at = self._cursor - above - 1
        page = await self._fetch(Ask(after=_key(self._rows[above])))
        self._take_over(page, at)

    def to(self, at: int) -> None:
        """Put the cursor on a row, or as near to it as there is one."""
        at = max(0, min(at, len(self._rows) - 1))
        moved, self._cursor = at != self._cursor, at
        self._scroll()
        self.refresh()
        if moved:
            self.post_message(self.Highlighted(self, self.row))
        self._come_near()

    def render_line(self, y: int) -> Strip:
        """One line: the heading, or a row."""
        width = self.size.width
        if y == 0 and self._head:
            return self._strip([head.title for head in self._shown_heads()], width, "record-list--head")
        at = self._top + y - self._head
        if at >= len(self._rows):
            text = self._empty if at == 0 else ""
            return self._strip([text], width, "record-list--dim")
        cells = [
            cell
            for cell, head in zip(self._cells(self._rows[at]), self._heads, strict=True)
            if self._is_shown(head)
        ]
        return self._strip(cells, width, self._look(at))

    def on_resize(self, _: events.Resize) -> None:
        """Keep the cursor on the screen."""
        self._scroll()
        self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the cursor."""
        event.stop()
        self.to(self._cursor + 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the cursor."""
        event.stop()
        self.to(self._cursor - 3)

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor there; a second one opens."""
        at = self._top + event.y - self._head
        if 0 <= at < len(self._rows) and event.y >= self._head:
            self.to(at)
            if event.chain == 2:
                self.action_open()

    def action_move(self, step: int) -> None:
        """One row on."""
        self.to(self._cursor + step)

    def action_turn(self, step: int) -> None:
        """One screen on."""
        self.to(self._cursor + step * max(1, self._room - 1))

    async def action_first(self) -> None:
        """To the first row there is."""
        if self._more_before:
            await self.load()
        self.to(0)

    async def action_last(self) -> None:
        """To the last row there is."""
        if self._more_after:
            await self.load(last=True)
        self.to(len(self._rows) - 1)

    def action_open(self) -> None:
        """Open the row under the cursor."""
        if self.row is not None:
            self.post_message(self.Opened(self, self.row))

    @property
    def _room(self) -> int:
        return max(1, self.size.height - self._head)

    def _is_shown(self, head: Column) -> bool:
        return not head.wide_only or self.size.width >= _WIDE

    def _shown_heads(self) -> list[Column]:
        return [head for head in self._heads if self._is_shown(head)]

    def _look(self, at: int) -> str:
        if at != self._cursor:
            return ""
        return "record-list--cursor" if self.has_focus else "record-list--resting"

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines that are to be painted now; what looks what way is asked once a paint."""
        self._looks.clear()
        return super().render_lines(crop)

    def _strip(self, cells: Sequence[str], width: int, look: str) -> Strip:
        """One line; kept, since between two keys all but two of them stay as they are."""
        if look not in self._looks:
            style = self.get_component_rich_style(look, partial=False) if look else self.rich_style
            self._looks[look] = style
        key = tuple(cells), width, look, self._looks[look]
        if key not in self._drawn:
            if len(self._drawn) >= _MOST_DRAWN:
                self._drawn.clear()
            self._drawn[key] = self._draw(*key)
        return self._drawn[key]

    def _draw(self, cells: Sequence[str], width: int, look: str, style: Style) -> Strip:
        heads = self._shown_heads()
        if len(cells) == len(heads):
            widths = columns([h.width for h in heads], [h.flexible for h in heads], width - 2)
            text = " ".join(fitted(cell, room) for cell, room in zip(cells, widths, strict=True))
        else:
            text = " ".join(cells)
        # The cursor is told by a sign too: colour alone may not be seen.
        sign = ">" if look in ("record-list--cursor", "record-list--resting") else " "
        return Strip([Segment(fitted(f"{sign}{text}", width), style)], width)

    def _scroll(self) -> None:
        lowest = max(0, self._cursor - self._room + 1)
        highest = max(0, len(self._rows) - self._room)
        self._top = max(lowest, min(self._top, self._cursor, highest))

    def _take_over(self, page: Page[R], at: int) -> None:
        self._rows = list(page.lines)
        self._more_before, self._more_after = page.more_before, page.more_after
        self._cursor = max(0, min(at, len(self._rows) - 1))
        self._top = 0
        self._scroll()
        self.refresh()
        self.post_message(self.Highlighted(self, self.row))

    def _come_near(self) -> None:
        """Fetch ahead of the cursor: a key held down must not have to wait."""
        if self._asking or self._fetch is None or not self._rows:
            return
        if self._more_after and self._cursor >= len(self._rows) - _NEAR:
            self._asking = True
            self.run_worker(self._extend(Ask(after=_key(self._rows[-1]))), group="pages")
        elif self._more_before and self._cursor < _NEAR:
            self._asking = True
            self.run_worker(self._extend(Ask(before=_key(self._rows[0]))), group="pages")

    async def _extend(self, ask: Ask) -> None:
        assert self._fetch is not None
        edge = self._rows[-1] if ask.after is not None else self._rows[0]
        try:
            page = await self._fetch(ask)
        finally:
            self._asking = False
        if not self._rows or edge is not (self._rows[-1] if ask.after is not None else self._rows[0]):
            return  # another list has been loaded meanwhile
        if ask.after is not None:
            self._append(page)
        else:
            self._prepend(page)
        self.refresh()
        self._come_near()

    def _append(self, page: Page[R]) -> None:
        self._rows += page.lines
        self._more_after = page.more_after
        over = len(self._rows) - _KEPT
        if over > 0 and over <= self._top:
            del self._rows[:over]
            self._cursor -= over
            self._top -= over
            self._more_before = True

    def _prepend(self, page: Page[R]) -> None:
        self._rows[:0] = page.lines
        self._more_before = page.more_before
        self._cursor += len(page.lines)
        self._top += len(page.lines)
        if len(self._rows) > _KEPT:
            del self._rows[_KEPT:]
            self._more_after = True


def _key(row: Any) -> Any:
    return row.key
