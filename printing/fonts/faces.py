"""The font files: where each face may lie, loading it once per process, and which characters it draws.

Which face sets which character is told in the package's own module.
"""

from __future__ import annotations

import re
import struct
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import RLock

from reportlab.pdfbase import pdfmetrics, ttfonts

from printing.fonts.tables import Tables

SERIF, SANS, RARE = "NotoSerifSC", "NotoSansSC", "HanaMinB"
#: Made from its package while .venv is made (`tools/make_serif.py`): reportlab embeds no CFF outlines.
SERIF_FILES = (Path(sys.prefix) / "share/fonts/NotoSerifSC-Regular.ttf",)
#: Where the rare face may lie: put there by `make fonts`, or by the system's package of it.
RARE_FILES = (
    Path.home() / ".local/share/fonts/HanaMinB.ttf",
    Path("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf"),
)
_SANS_FILE = "fonts/NotoSansSC-Regular.ttf"
_SPACES = [char for char in map(chr, range(0x3001)) if char.isspace()]
#: A clerk may type a name while a paper is drawn; a face loaded twice would lose what the paper has so far.
_LOADING = RLock()


class FontMissing(Exception):
    """A font file is not where it should be, or no font; nothing can be printed with it."""

    def __init__(self, where: str) -> None:
        super().__init__(f"font file not found or damaged: {where}")
        self.where = where


@dataclass(frozen=True)
class Face:
    """A face that is loaded and registered under its name."""

    name: str
    font: ttfonts.TTFont
    drawn: frozenset[str]
    """Every character that leaves ink, the spaces it has, and the line end."""

    def width(self, char: str) -> float:
        """How wide a character is set, in thousandths of the font size."""
        return float(self.font.face.charWidths.get(ord(char), self.font.face.defaultWidth))


def path() -> Path:
    """Where the sans face lies; its package is located, not imported (it would drag in matplotlib)."""
    spec = find_spec("zhplot")
    if spec is None or spec.origin is None:
        raise FontMissing("package zhplot")
    file = Path(spec.origin).parent / _SANS_FILE
    if not file.is_file():
        raise FontMissing(_SANS_FILE)
    return file


def file(name: str) -> Path | None:
    """Where a face lies; None if this machine lacks it. The sans face is never lacking, or `FontMissing`."""
    if name == SANS:
        return path()
    return next((each for each in (SERIF_FILES if name == SERIF else RARE_FILES) if each.is_file()), None)


def face(name: str) -> Face | None:
    """The face, loaded when it is asked for first: that takes about 0.07 s; None if it is not there."""
    with _LOADING:
        return _face(name)


@cache
def _face(name: str) -> Face | None:
    found = file(name)
    if found is None:
        return None
    _mend_reportlab()
    font = _loaded(name, found)
    pdfmetrics.registerFont(font)
    spaces = (char for char in _SPACES if ord(char) in font.face.charToGlyph)
    return Face(name, font, frozenset([*_inked(font), *spaces, "\n"]))


def _loaded(name: str, file: Path) -> ttfonts.TTFont:
    try:
        font = ttfonts.TTFont(name, str(file), asciiReadable=0)
    except (ttfonts.TTFError, struct.error, LookupError) as error:
        raise FontMissing(file.name) from error
    # reportlab would take the outlines that are cut off for blanks.
    if any(table["offset"] + table["length"] > file.stat().st_size for table in font.face.tables):
        raise FontMissing(file.name)
    # Each paper embeds its own subset, and each subset would copy the 10 MB outline table anew: 2 ms a time.
    font.face.get_table = cache(font.face.get_table)  # type: ignore[method-assign]
    return font


def _inked(font: ttfonts.TTFont) -> list[str]:
    """Every character that leaves ink: a font may name one and have an empty outline for it."""
    starts = font.face.glyphPos
    return [chr(code) for code, at in font.face.charToGlyph.items() if starts[at] < starts[at + 1]]


@cache
def _mend_reportlab() -> None:
    """Write the text behind glyphs beyond U+FFFF as UTF-16, as PDF wants it; and read faces sooner.

    reportlab 5.1.0 writes five hexadecimal digits there, so a copied 𬱟 arrives as another character.
    """
    ttfonts.TTFontFace = Tables  # type: ignore[misc]
    made = ttfonts.makeToUnicodeCMap

    def mended(fontname: str, subset: Iterable[int]) -> str:
        return re.sub(r"<([0-9A-F]{2})> <([0-9A-F]{5,6})>", _as_utf16, made(fontname, subset))

    ttfonts.makeToUnicodeCMap = mended


def _as_utf16(match: re.Match[str]) -> str:
    return f"<{match[1]}> <{chr(int(match[2], 16)).encode('utf-16-be').hex().upper()}>"
