"""Turns the Song face (宋体) of our papers into outlines that can be embedded; `make_venv.py` calls it once.

Its package has cubic outlines (CFF), of which reportlab can embed none. Only glyphs that a character names
are taken along. Runs under .venv's Python, and makes the same bytes each time.
"""

from __future__ import annotations

import csv
import io
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from fontTools.misc.roundTools import noRound
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.ttLib.tables.DefaultTable import DefaultTable

PACKAGE, SOURCE = "pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf"
FOLDER = Path("share/fonts")
FACE = "NotoSerifSC-Regular.ttf"
#: Name and size of what was made, as the installer writes it down for its files.
RECORD = "RECORD"
#: Thousandths of the font size by which a curve may differ from the designer's; a tenth of a printer's dot.
TOLERANCE = 1.0
PORTION = 500
#: Seconds since 1904; the moment of making would make other bytes each time.
STAMPED = 3_800_000_000

TAKEN_OVER = ("head", "hhea", "OS/2", "name", "post")
#: What only composed or hinted glyphs need.
UNUSED = (
    "maxCompositePoints",
    "maxCompositeContours",
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
    "maxComponentElements",
    "maxComponentDepth",
)


class Outline(NamedTuple):
    """One glyph, ready to be written, and what the tables beside the outlines say of it."""

    data: bytes
    left: int
    points: int
    contours: int


def main() -> int:
    """Write the face and its record into .venv."""
    folder = Path(sys.prefix) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    make(source(), folder / FACE)
    with (folder / RECORD).open("w", newline="", encoding="utf-8") as lines:
        csv.writer(lines).writerow([FACE, "", (folder / FACE).stat().st_size])
    return 0


def source() -> Path:
    """Where the package has its face."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit(f"The package {PACKAGE} is not installed.")
    return Path(spec.origin).parent / SOURCE


def make(otf: Path, ttf: Path) -> None:
    """Convert one font file into another, on all processors."""
    glyphs = in_order(otf)
    portions = [(otf, glyphs[at : at + PORTION]) for at in range(0, len(glyphs), PORTION)]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        outlines = dict(zip(glyphs, chain.from_iterable(pool.map(converted, portions)), strict=True))
    half = ttf.with_suffix(".part")
    built(otf, outlines).save(half)
    half.replace(ttf)


def in_order(otf: Path) -> list[str]:
    """What is as wide as it is high comes last: its width is written once, and the font loads sooner."""
    font = opened(otf)
    square = font["head"].unitsPerEm
    shown = set(drawn_from(otf).values()) - {".notdef"}
    return [".notdef", *sorted(shown, key=lambda name: (font["hmtx"][name][0] == square, name))]


def drawn_from(otf: Path) -> dict[int, str]:
    """Which glyph draws each character."""
    characters: dict[int, str] = opened(otf).getBestCmap()
    return characters


def converted(portion: tuple[Path, Sequence[str]]) -> list[Outline]:
    """The outlines of some glyphs, as quadratic curves."""
    otf, names = portion
    return [outline(opened(otf), name) for name in names]


def outline(font: TTFont, name: str) -> Outline:
    """One glyph with its cubic curves replaced by quadratic ones."""
    pen = TTGlyphPen(None)
    font.getGlyphSet()[name].draw(Cu2QuPen(pen, TOLERANCE))
    turn_round(pen)
    glyph = pen.glyph(round=noRound)
    data = glyph.compile(None)
    if not data:
        return Outline(data, 0, 0, 0)
    return Outline(data, glyph.xMin, len(glyph.coordinates), glyph.numberOfContours)


def turn_round(pen: TTGlyphPen) -> None:
    """Reverse each contour: the other format fills to the other side. (The library's own way is slow.)"""
    start = 0
    for end in pen.endPts:
        for each in (pen.points, pen.types):
            each[start + 1 : end + 1] = each[start + 1 : end + 1][::-1]
        start = end + 1


@cache
def opened(otf: Path) -> TTFont:
    """The font, once a process."""
    return TTFont(io.BytesIO(otf.read_bytes()), lazy=True)


def built(otf: Path, outlines: dict[str, Outline]) -> TTFont:
    """A font of these outlines, measured and named like the one they come from."""
    model, font = opened(otf), TTFont(recalcBBoxes=False, recalcTimestamp=False)
    font.setGlyphOrder(list(outlines))
    for table in TAKEN_OVER:
        font[table] = model[table]
    font["head"].modified = STAMPED
    font["maxp"] = limits(list(outlines.values()))
    font["cmap"] = named(drawn_from(otf))
    font["hmtx"] = newTable("hmtx")
    font["hmtx"].metrics = {name: (model["hmtx"][name][0], each.left) for name, each in outlines.items()}
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphs = {name: Glyph(each.data) for name, each in outlines.items()}
    font["glyf"].glyphOrder = list(outlines)
    font["post"].formatType = 3.0
    return font


def named(characters: dict[int, str]) -> DefaultTable:
    """Which glyph draws each character, in the one format that has room for all of them."""
    table, listed = newTable("cmap"), CmapSubtable.newSubtable(12)
    listed.platformID, listed.platEncID, listed.language, listed.cmap = 3, 10, 0, characters
    table.tableVersion, table.tables = 0, [listed]
    return table


def limits(outlines: Sequence[Outline]) -> DefaultTable:
    """The largest of everything, which a reader of the font makes room for."""
    table = newTable("maxp")
    table.tableVersion = 0x00010000
    vars(table).update(dict.fromkeys(UNUSED, 0))
    table.numGlyphs, table.maxZones = len(outlines), 1
    table.maxPoints = max(each.points for each in outlines)
    table.maxContours = max(each.contours for each in outlines)
    return table


if __name__ == "__main__":
    sys.exit(main())
