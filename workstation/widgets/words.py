"""Text from data on a terminal: literal, never wider than its place, never steering the terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.text import Text
from textual.color import Color
from textual.filter import LineFilter
from textual.geometry import Size
from textual.widget import Widget

MORE = "…"
#: Shown where something stood that would steer a terminal or hide in the text.
REPLACED = "?"
#: Control characters, those that turn the direction of writing or join invisibly, halves of characters.
_HARMFUL = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def shown(text: str) -> str:
    """The text with every character that could act instead of showing made visible."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(REPLACED if unicodedata.category(char) in _HARMFUL else char for char in text)


def cut(text: str, width: int) -> str:
    """The text in at most `width` cells; what is cut ends in …, and no wide character is halved."""
    text = shown(text)
    if cell_len(text) <= width:
        return text
    kept, used = [], 0
    for char in text:
        used += cell_len(char)
        if used > width - 1:
            break
        kept.append(char)
    return "".join(kept) + MORE if width > 0 else ""


def fitted(text: str, width: int) -> str:
    """The text in exactly `width` cells."""
    text = cut(text, width)
    return text + " " * (width - cell_len(text))


#: Never at the beginning of a line.
_CLOSING = frozenset("，。、；：？！）】》」』”’…%％")
#: What is not broken: a run of what is written without blanks in the West; any other character stands alone.
_PIECES = re.compile(r"[!-~]+|\s|.")


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells: Chinese may break anywhere but before a closing mark."""
    return [line for paragraph in text.split("\n") for line in _paragraph(shown(paragraph), max(2, width))]


def _paragraph(text: str, width: int) -> Iterator[str]:
    line = ""
    for piece in _pieces(text, width):
        if cell_len(line) + cell_len(piece.rstrip()) > width and line:
            yield line.rstrip()
            line = ""
        line += piece if line or not piece.isspace() else ""
    yield line.rstrip()


def _pieces(text: str, width: int) -> Iterator[str]:
    pieces: list[str] = []
    for piece in _PIECES.findall(text):
        if pieces and piece in _CLOSING:
            pieces[-1] += piece
        elif cell_len(piece) > width:
            pieces.extend(piece[at : at + width] for at in range(0, len(piece), width))
        else:
            pieces.append(piece)
    yield from pieces


class Words(Widget):
    """Some lines of text that may come from data."""

    DEFAULT_CSS = "Words { height: auto; width: 1fr; }"

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.text = text

    def say(self, text: str) -> None:
        """Show another text."""
        if text != self.text:
            self.text = text
            self.refresh(layout=self.styles.is_auto_height)

    def render(self) -> Text:
        """The lines as they fit."""
        return Text("\n".join(self.lines(self.content_size.width)), no_wrap=True, overflow="crop")

    def lines(self, width: int) -> list[str]:
        """The text in lines of this width."""
        return wrapped(self.text, width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's
        """As many lines as it takes."""
        return len(self.lines(width))

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 - Textual's
        """The longest paragraph."""
        return max(cell_len(shown(line)) for line in self.text.split("\n"))


class OneLine(Words):
    """A text in one line; what does not fit is cut with …."""

    def lines(self, width: int) -> list[str]:
        """The one line."""
        return [cut(self.text.replace("\n", " "), width)]


class Harmless(LineFilter):
    """The last guard before the terminal: whatever a widget lets through, no control reaches it."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - the port
        """The line with its harmful characters taken out."""
        return [_harmless(segment) for segment in segments]


def _harmless(segment: Segment) -> Segment:
    text, style, control = segment
    if text.isascii() and text.isprintable():
        return segment
    kept = "".join(char for char in text if unicodedata.category(char) not in _HARMFUL)
    return segment if kept == text else Segment(kept, style, control)


def columns(widths: Sequence[int], flexible: Sequence[bool], room: int) -> list[int]:
    """The cells each column gets of `room`, a blank between them; what is over goes to the flexible ones."""
    over = room - sum(widths) - (len(widths) - 1)
    takers = [at for at, gives in enumerate(flexible) if gives] or [len(widths) - 1]
    shares = {at: over // len(takers) for at in takers}
    shares[takers[-1]] += over - sum(shares.values())
    return [max(0, width + shares.get(at, 0)) for at, width in enumerate(widths)]
