"""The tables of a TrueType file, each read in one piece: three times as quick as number by number.

Only what reportlab knows of each character and each outline is read here; all else is left to it.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable
from typing import Literal

from reportlab.pdfbase import ttfonts

_SEGMENTED = 12
"""The format of a list of characters that goes beyond U+FFFF, which our faces have."""
_SPACE, _FIXED_SPACE = 0x20, 0xA0


class Tables(ttfonts.TTFontFace):
    """A face as reportlab knows it, read sooner."""

    _pdfScale: Callable[[int], float]  # noqa: N815 - reportlab's

    def extractInfo(self, charInfo: Literal[0, 1] | bool = 1) -> None:  # noqa: N802, N803
        """Read everything about the face, its characters and outlines."""
        place = self._characters_at()
        if not charInfo or place is None:
            super().extractInfo(charInfo)
            return
        super().extractInfo(charInfo=0)
        self.charToGlyph = self._characters(place)
        self.glyphPos = self._outlines()
        self._measure()
        self._even_spaces()

    def _characters_at(self) -> int | None:
        """Where the list of characters begins that reportlab would read; None if it is of another format."""
        _, count = self._numbers("H", "cmap", 0, 2)
        found = None
        for at in range(4, 4 + 8 * count, 8):
            platform, encoding, high, low = self._numbers("H", "cmap", at, 4)
            if platform == 3 or (platform == 0 and encoding != 5):
                found = high << 16 | low
        if found is None or self._numbers("H", "cmap", found, 1)[0] != _SEGMENTED:
            return None
        return found

    def _characters(self, place: int) -> dict[int, int]:
        """The outline of each character."""
        (count,) = self._numbers("I", "cmap", place + 12, 1)
        runs = self._numbers("I", "cmap", place + 16, 3 * count)
        found: dict[int, int] = {}
        for first, last, outline in zip(runs[0::3], runs[1::3], runs[2::3], strict=True):
            found.update(zip(range(first, last + 1), range(outline, outline + last - first + 1), strict=True))
        return found

    def _outlines(self) -> array[int]:
        """Where each outline begins, and after the last one where it ends."""
        (is_long,) = self._numbers("H", "head", 50, 1)
        places = self._numbers("I" if is_long else "H", "loca", 0, self.numGlyphs + 1)
        return places if is_long else array("I", [2 * place for place in places])

    def _measure(self) -> None:
        """How wide each outline and each character is set."""
        (count,) = self._numbers("H", "hhea", 34, 1)
        rest = self.numGlyphs - count
        numbers = self._numbers("H", "hmtx", 0, 2 * count + rest)
        advances, bearings = numbers[0 : 2 * count : 2], numbers[1 : 2 * count : 2] + numbers[2 * count :]
        widths = [self._pdfScale(advance) for advance in advances]
        widths += widths[-1:] * rest
        self.hmetrics = list(zip([*advances, *widths[count:]], bearings, strict=True))
        self.defaultWidth = widths[0]
        self.charWidths = {char: widths[outline] for char, outline in self.charToGlyph.items()}

    def _even_spaces(self) -> None:
        """A space that may not end a line is any other space."""
        for one, other in ((_SPACE, _FIXED_SPACE), (_FIXED_SPACE, _SPACE)):
            if one in self.charToGlyph:
                self.charToGlyph[other] = self.charToGlyph[one]
                self.charWidths[other] = self.charWidths[one]
                return

    def _numbers(self, kind: Literal["H", "I"], table: str, at: int, count: int) -> array[int]:
        """So many numbers of two or four bytes out of a table."""
        numbers = array(kind)
        size = count * numbers.itemsize
        data = self.get_chunk(self.get_table_pos(table)[0] + at, size)
        if len(data) != size:
            raise ttfonts.TTFError(f"table {table} is cut off")
        numbers.frombytes(data)
        if sys.byteorder == "little":
            numbers.byteswap()
        return numbers
