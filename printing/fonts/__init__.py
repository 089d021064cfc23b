"""The faces of our papers, chosen character by character, each registered once per process.

Noto Sans SC out of the `zhplot` package has all of 通用规范汉字表. What it lacks is taken from HanaMinB, if
the machine has it (`make fonts`): together they have every Han character of GB 18030-2022. `missing` and
`printable` keep a character that no face draws visible; reportlab would print a silent blank.
"""

import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

from reportlab.pdfbase import pdfmetrics, ttfonts

NAME, RARE = "NotoSansSC", "HanaMinB"
_FILE = "fonts/NotoSansSC-Regular.ttf"
#: Where the rare face may lie: put there by `make fonts`, or by the system's package of it.
RARE_FILES = (
    Path.home() / ".local/share/fonts/HanaMinB.ttf",
    Path("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf"),
)
BOX = "□"
"""Stands for a Han character that no face draws: room to write it by hand."""
#: The planes of Unicode that hold Han characters and nothing else.
_HAN_PLANES = range(0x20000, 0x40000)


class FontMissing(Exception):
    """A font file is not where it should be, or no font; nothing can be printed with it."""

    def __init__(self, where: str) -> None:
        super().__init__(f"font file not found or damaged: {where}")
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
    """The characters of the text that no face has an outline for, each once, in order of appearance."""
    drawn = _drawn()
    if drawn.issuperset(text):
        return ()
    return tuple(char for char in dict.fromkeys(text) if char not in drawn and char not in _rarely_drawn())


def printable(text: str) -> str:
    """The text with each character that no face draws replaced by what shows that it is there.

    A Han character leaves a ruled box to write it into, anything else its code point, as `[U+1F600]`.
    """
    for char in missing(text):
        text = text.replace(char, BOX if _is_han(char) else f"[U+{ord(char):04X}]")
    return text


def runs(text: str) -> Iterator[tuple[str, str]]:
    """The text in pieces of one face each: the name of the face, and the piece."""
    if _drawn().issuperset(text):
        yield NAME, text
        return
    for face, chars in groupby(text, _face_of):
        yield face, "".join(chars)


def _face_of(char: str) -> str:
    return RARE if char not in _drawn() and char in _rarely_drawn() else NAME


def _is_han(char: str) -> bool:
    return ord(char) in _HAN_PLANES or unicodedata.name(char, "").startswith("CJK ")


@cache
def _font() -> ttfonts.TTFont:
    _mend_to_unicode()
    return _registered(NAME, path())


@cache
def _rare() -> ttfonts.TTFont | None:
    """Loaded with the first character that needs it: it takes 0.1 s and 50 MB; None if it is not there."""
    file = next((file for file in RARE_FILES if file.is_file()), None)
    return _registered(RARE, file) if file else None


def _registered(name: str, file: Path) -> ttfonts.TTFont:
    try:
        font = ttfonts.TTFont(name, str(file), asciiReadable=0)
    except (ttfonts.TTFError, struct.error, LookupError) as error:
        raise FontMissing(file.name) from error
    # Each paper embeds its own subset, and each subset would copy the 10 MB outline table anew: 2 ms a time.
    font.face.get_table = cache(font.face.get_table)  # type: ignore[method-assign]
    pdfmetrics.registerFont(font)
    return font


class _Advances(dict[str, float]):
    """Character to width in thousandths of the font size; a plain dict look-up keeps line breaking quick."""

    def __missing__(self, char: str) -> float:
        rare = _rare()
        if rare is not None and char in _rarely_drawn():
            return float(rare.face.charWidths[ord(char)])
        return float(_font().face.defaultWidth)


@cache
def _advances() -> _Advances:
    return _Advances((chr(code), float(width)) for code, width in _font().face.charWidths.items())


@cache
def _drawn() -> frozenset[str]:
    """Every character that our face draws, the spaces, and the line end."""
    spaces = (chr(code) for code in _font().face.charToGlyph if chr(code).isspace())
    return frozenset([*_inked(_font()), *spaces, "\n"])


@cache
def _rarely_drawn() -> frozenset[str]:
    rare = _rare()
    return frozenset(_inked(rare)) if rare else frozenset()


def _inked(font: ttfonts.TTFont) -> Iterator[str]:
    """Every character that leaves ink: a font may name one and have an empty outline for it."""
    starts = font.face.glyphPos
    return (chr(code) for code, at in font.face.charToGlyph.items() if starts[at] < starts[at + 1])


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
