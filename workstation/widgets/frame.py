"""What stands around every screen: the line above, message and keys below, the polite word when small."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.text import Text
from textual.widget import Widget

from workstation.widgets.words import OneLine, Words, cut, shown

SMALLEST = (80, 24)
"""Columns and rows the screens are laid out for."""
WATERMARK = "【演练】"
"""On every screen of a practice hall, above and below."""


class Head(Widget):
    """The line above: where, which screen, who."""

    DEFAULT_CSS = """
    Head { height: 1; background: $primary; color: $text; text-style: bold; }
    Head.-practice { background: $warning; color: auto; }
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title, self._place, self._who, self._practice = title, "", "", False

    def tell(self, *, place: str, who: str, practice: bool) -> None:
        """Where this is and who is at it."""
        self._place, self._who, self._practice = place, who, practice
        self.set_class(practice, "-practice")
        self.refresh()

    def entitle(self, title: str) -> None:
        """Another title."""
        self._title = title
        self.refresh()

    def render(self) -> Text:
        """Title on the left, place and person on the right."""
        mark = WATERMARK if self._practice else ""
        left = shown(f"{mark}{self._title}")
        room = self.size.width - cell_len(left) - 2
        said = f"{self._place}　{self._who}" if self._who else self._place
        right = cut(said, max(0, room - cell_len(mark))) + mark
        gap = " " * max(1, self.size.width - cell_len(left) - cell_len(right))
        return Text(left + gap + right, no_wrap=True, overflow="crop")


class Said(NamedTuple):
    """One message to the clerk: its grade by word, sign and look, and its text."""

    look: str
    """success · accent · warning · error: a style class of `MessageLine`."""
    sign: str
    word: str
    text: str


class MessageLine(OneLine):
    """What happened last."""

    DEFAULT_CSS = """
    MessageLine { height: 1; color: $text-muted; }
    MessageLine.-success { color: $text-success; }
    MessageLine.-accent { color: $text-accent; }
    MessageLine.-warning { color: $text-warning; text-style: bold; }
    MessageLine.-error { color: $text-error; text-style: bold; }
    """
    LOOKS = ("success", "accent", "warning", "error")

    def tell(self, said: Said | None) -> None:
        """Show a message; None clears the line."""
        for look in self.LOOKS:
            self.set_class(said is not None and said.look == look, f"-{look}")
        self.say(f"{said.sign} {said.word}：{said.text}" if said else "")


class Key(NamedTuple):
    """One key as the footer shows it."""

    key: str
    label: str
    why_not: str | None = None


class Keys(Widget):
    """The acts possible now, each with its key; one that is not is crossed out and says why when pressed."""

    DEFAULT_CSS = """
    Keys { height: 1; background: $panel; color: $text; }
    """
    #: Always there, at the end.
    FIXED = (Key("F1", "帮助"), Key("^P", "命令"))

    def __init__(self) -> None:
        super().__init__()
        self._keys: Sequence[Key] = ()

    def tell(self, keys: Sequence[Key]) -> None:
        """The keys of this moment."""
        if tuple(keys) != tuple(self._keys):
            self._keys = tuple(keys)
            self.refresh()

    def render(self) -> Text:
        """As many as fit; what is not possible now has a × and is pale."""
        end = [_told(key) for key in self.FIXED]
        room = self.size.width - sum(cell_len(text) + 2 for text in end)
        line = Text(no_wrap=True, overflow="crop")
        for at, key in enumerate(self._keys):
            told = _told(key)
            rest = 0 if at == len(self._keys) - 1 else 2
            if cell_len(told) + 2 + rest > room:
                line.append("… ")
                room -= 2
                break
            room -= cell_len(told) + 2
            line.append(told, style="dim" if key.why_not else "bold")
            line.append("  ")
        line.append(" " * max(0, room) + "  ".join(end))
        return line


def _told(key: Key) -> str:
    return f"{key.key} {key.label}{'×' if key.why_not else ''}"


class TooSmall(Words):
    """Covers a screen whose terminal is too small to be read; nothing of it is lost. Screens say when."""

    DEFAULT_CSS = """
    TooSmall {
        display: none; layer: cover; dock: top; width: 100%; height: 100%;
        content-align: center middle; background: $background; text-align: center;
    }
    """

    def __init__(self) -> None:
        columns, rows = SMALLEST
        super().__init__(f"窗口太小了。\n请放大到 {columns} 列 {rows} 行。\n已填的内容都还在。")
