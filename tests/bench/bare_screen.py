"""The floor of the screens, in Textual alone: one label; a list of 24 lines, an input and a second screen.

A program of its own: `python -m tests.bench.bare_screen label`, or `… keys`; `… scans` shows codes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Label

#: Painted first; the sign-in has the same title.
TITLE = "跨省通办窗口工作站"
LINES = 24


class Lines(Widget, can_focus=True):
    """So many lines, one under the cursor; going past an end comes back at the other."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)"),
        Binding("pagedown", "move(11)"),
        Binding("end", f"to({LINES - 1})"),
        Binding("home", "to(0)"),
    ]
    DEFAULT_CSS = "Lines { height: 1fr; }"
    at = 0

    def render_line(self, y: int) -> Strip:
        """One line."""
        sign = ">" if y == self.at else " "
        return Strip([Segment(f"{sign} {y:02d} {'办件' * 30}"[: self.size.width], self.rich_style)])

    def action_move(self, step: int) -> None:
        """So many lines on."""
        self.action_to((self.at + step) % LINES)

    def action_to(self, at: int) -> None:
        """The cursor on this line; all of them are painted, as when a list scrolls."""
        self.at = at
        self.refresh()


class Second(Screen[None]):
    """A screen to open."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.pop_screen")]

    def __init__(self, title: str = TITLE) -> None:
        super().__init__()
        self._title = title

    def compose(self) -> ComposeResult:
        """Its title."""
        yield Label(self._title)


class OneLabel(App[None]):
    """What a Textual program costs at least."""

    def compose(self) -> ComposeResult:
        """The title."""
        yield Label(TITLE)


class Keys(App[None]):
    """Takes the keys that are timed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f2", "open")]

    def compose(self) -> Iterator[Widget]:
        """The list, and under it the input."""
        yield Lines()
        entry = Input(compact=True, select_on_focus=False)
        entry.cursor_blink = False
        yield entry

    def action_open(self) -> None:
        """Another screen."""
        self.push_screen(Second())


class Scans(App[None]):
    """Takes the codes that are scanned: each opens a screen that shows it."""

    _scanned = ""

    def compose(self) -> ComposeResult:
        """Something to read before."""
        yield Label("办件")

    def on_key(self, event: events.Key) -> None:
        """One more character, or the end of the code."""
        if event.key == "enter":
            self.push_screen(Second(self._scanned))
            self._scanned = ""
        elif event.is_printable:
            self._scanned += event.character or ""


if __name__ == "__main__":
    {"label": OneLabel, "keys": Keys, "scans": Scans}[sys.argv[1]]().run()
