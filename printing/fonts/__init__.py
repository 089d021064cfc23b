"""The faces of our papers, chosen character by character; `faces.py` knows their files.

Papers are set in Song (宋体), their headings and labels in Hei (黑体). Both have all of 通用规范汉字表 out of
packages. What both lack is taken from HanaMinB, if the machine has it (`make fonts`): together they have
every Han character of GB 18030-2022. `missing` and `printable` keep a character that no face draws visible;
reportlab would print a silent blank.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, partial
from itertools import groupby
from pathlib import Path

from printing.fonts import faces
from printing.fonts.faces import RARE, Face, FontMissing, path

SONG, HEI = faces.SERIF, faces.SANS
"""The two styles, each named after the face it takes first."""
STYLES = {SONG: (SONG, HEI, RARE), HEI: (HEI, SONG, RARE)}
"""The faces of each style, in the order they are asked for a character."""
BOX = "□"
"""Stands for a Han character that no face draws: room to write it by hand."""
#: The planes of Unicode that hold Han characters and nothing else.
_HAN_PLANES = range(0x20000, 0x40000)
#: Extensions B to F, all of which the rare face has.
_RARE_BLOCKS = range(0x20000, 0x2EBE1)

__all__ = [
    "BOX",
    "HEI",
    "RARE",
    "SONG",
    "STYLES",
    "FontMissing",
    "advance",
    "installed",
    "missing",
    "name",
    "path",
    "printable",
    "rare_face_helps",
    "runs",
    "width",
]


def name(style: str = SONG) -> str:
    """The name reportlab knows the style by, registered at the first call.

    Where Song was not made, it is the name of Hei, and all is printed in that.
    """
    return _first(style).name


def width(text: str, size: float, style: str = SONG) -> float:
    """How wide the text is in points when set in this size."""
    return advance(text, style) * size / 1000


def advance(text: str, style: str = SONG) -> float:
    """How wide the text is in thousandths of its size."""
    return sum(map(_advances(style).__getitem__, text))


def missing(text: str) -> tuple[str, ...]:
    """The characters of the text that no face has an outline for, each once, in order of appearance."""
    if _first(SONG).drawn.issuperset(text):
        return ()
    return tuple(char for char in dict.fromkeys(text) if _drawing(char, SONG) is None)


def printable(text: str) -> str:
    """The text with each character that no face draws replaced by what shows that it is there.

    A Han character leaves a ruled box to write it into, anything else its code point, as `[U+1F600]`.
    """
    for char in missing(text):
        text = text.replace(char, BOX if _is_han(char) else f"[U+{ord(char):04X}]")
    return text


def runs(text: str, style: str = SONG) -> Iterator[tuple[str, str]]:
    """The text in pieces of one face each: the name of the face, and the piece."""
    first = _first(style)
    if first.drawn.issuperset(text):
        yield first.name, text
        return
    for face, chars in groupby(text, partial(_set_in, style=style)):
        yield face.name, "".join(chars)


def rare_face_helps(char: str) -> bool:
    """Whether the rare face would draw this character, were it installed."""
    return ord(char) in _RARE_BLOCKS and faces.file(RARE) is None


def installed() -> dict[str, Path | None]:
    """Where each face lies, the Song one, the Hei one and the rare one; None for one that is not there."""
    return {each: faces.file(each) for each in STYLES[SONG]}


def _first(style: str) -> Face:
    """The face a style takes first; the sans one is always there."""
    first = faces.face(style) or faces.face(HEI)
    assert first is not None
    return first


def _drawing(char: str, style: str) -> Face | None:
    """The first face of a style that draws the character; the further ones are loaded only when asked."""
    found = (face for each in STYLES[style] if (face := faces.face(each)) and char in face.drawn)
    return next(found, None)


def _set_in(char: str, style: str) -> Face:
    return _drawing(char, style) or _first(style)


def _is_han(char: str) -> bool:
    return ord(char) in _HAN_PLANES or unicodedata.name(char, "").startswith("CJK ")


class _Advances(dict[str, float]):
    """Character to width in thousandths of the font size; a plain dict look-up keeps line breaking quick."""

    def __init__(self, style: str) -> None:
        super().__init__()
        self.style = style

    def __missing__(self, char: str) -> float:
        self[char] = width = _set_in(char, self.style).width(char)
        return width


_advances = cache(_Advances)
