"""The face of our papers: Noto Sans SC out of the `zhplot` package, registered once per process.

`missing` and `printable` keep a character without a glyph visible; reportlab would print a silent blank.
"""

import re
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from reportlab.pdfbase import pdfmetrics, ttfonts

NAME = "NotoSansSC"
_FILE = "fonts/NotoSansSC-Regular.ttf"


class FontMissing(Exception):
    """The font file is not where its package should have put it; nothing can be printed."""

    def __init__(self, where: str) -> None:
        super().__init__(f"font file not found: {where}")
        self.where = where


def path() -> Path:
    """Where the font file lies; the package is located, not imported (it would drag in matplotlib)."""
    spec = find_spec("zhplot")
    if spec is None or spec.origin is None:
        raise FontMissing("package zhplot")
    file = Path(spec.origin).parent / _FILE
    if not file.is_file():
        raise FontMissing(_FILE)
    return file


def name() -> str:
    """The font's name for reportlab, registered at the first call."""
    _font()
    return NAME


def width(text: str, size: float) -> float:
    """How wide the text is in points when set in this size."""
    return sum(map(_advances().__getitem__, text)) * size / 1000


def missing(text: str) -> tuple[str, ...]:
    """The characters of the text the font has no outline for, each once, in order of appearance."""
    drawn = _drawn()
    if drawn.issuperset(text):
        return ()
    return tuple(char for char in dict.fromkeys(text) if char not in drawn)


def printable(text: str) -> str:
    """The text with each character the font lacks replaced by its visible code point, as `[U+2A6D6]`."""
    for char in missing(text):
        text = text.replace(char, f"[U+{ord(char):04X}]")
    return text


@cache
def _font() -> ttfonts.TTFont:
    _mend_to_unicode()
    font = ttfonts.TTFont(NAME, str(path()), asciiReadable=0)
    # Each paper embeds its own subset, and each subset would copy the 10 MB outline table anew: 2 ms a time.
    font.face.get_table = cache(font.face.get_table)  # type: ignore[method-assign]
    pdfmetrics.registerFont(font)
    return font


class _Advances(dict[str, float]):
    """Character to width in thousandths of the font size; a plain dict look-up keeps line breaking quick."""

    def __missing__(self, char: str) -> float:
        return float(_font().face.defaultWidth)


@cache
def _advances() -> _Advances:
    return _Advances((chr(code), float(width)) for code, width in _font().face.charWidths.items())


@cache
def _drawn() -> frozenset[str]:
    """Every character that leaves ink (its outline is not empty), the spaces, and the line end."""
    face = _font().face
    starts = face.glyphPos
    inked = (chr(code) for code, glyph in face.charToGlyph.items() if starts[glyph] < starts[glyph + 1])
    spaces = (chr(code) for code in face.charToGlyph if chr(code).isspace())
    return frozenset([*inked, *spaces, "\n"])


def _mend_to_unicode() -> None:
    """Write the text behind glyphs beyond U+FFFF as UTF-16, as PDF wants it.

    reportlab 5.1.0 writes five hexadecimal digits there, so a copied 𬱟 arrives as another character.
    """
    made = ttfonts.makeToUnicodeCMap

    def mended(fontname: str, subset: Iterable[int]) -> str:
        return re.sub(r"<([0-9A-F]{2})> <([0-9A-F]{5,6})>", _as_utf16, made(fontname, subset))

    ttfonts.makeToUnicodeCMap = mended


def _as_utf16(match: re.Match[str]) -> str:
    return f"<{match[1]}> <{chr(int(match[2], 16)).encode('utf-16-be').hex().upper()}>"
