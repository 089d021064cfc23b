"""The Song face as it is made for .venv: the designer's shapes, every character, the same bytes each time."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from reportlab.pdfbase import ttfonts

from tools import make_serif

#: A space, letters, and characters of many strokes in and beyond the first plane.
SOME = " Ag一龘鬱𬱟𪾢，"


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> dict[int, str]:
    """Only some characters, so that converting takes no time."""
    every = make_serif.drawn_from(make_serif.source())
    some = {ord(char): every[ord(char)] for char in SOME}
    monkeypatch.setattr(make_serif, "drawn_from", lambda _otf: some)
    return some


def made() -> bytes:
    """The file of these characters."""
    otf, file = make_serif.source(), io.BytesIO()
    glyphs = make_serif.in_order(otf)
    outlines = dict(zip(glyphs, make_serif.converted((otf, glyphs)), strict=True))
    make_serif.built(otf, outlines).save(file)
    return file.getvalue()


@pytest.mark.usefixtures("few")
def test_the_same_font_has_the_same_bytes() -> None:
    """Papers embed it, and equal papers are to be equal files on every machine that runs `make`."""
    first = made()
    make_serif.opened.cache_clear()

    assert made() == first


def test_the_shapes_are_those_of_the_designer(few: dict[int, str]) -> None:
    """Every outline keeps its bounds to 2 thousandths of the size, and its width exactly."""
    designed, converted = make_serif.opened(make_serif.source()), TTFont(io.BytesIO(made()))

    for code, name in few.items():
        bounds, widths = [], set()
        for font, glyph in ((designed, name), (converted, converted.getBestCmap()[code])):
            pen = BoundsPen(None)
            font.getGlyphSet()[glyph].draw(pen)
            bounds.append(pen.bounds)
            widths.add(font["hmtx"][glyph][0])
        assert len(widths) == 1
        assert bounds[0] is bounds[1] is None or bounds[1] == pytest.approx(bounds[0], abs=2)


def test_the_library_that_draws_papers_reads_it(few: dict[int, str], tmp_path: Path) -> None:
    """reportlab finds each character with its width; of cubic outlines it would refuse all."""
    file = tmp_path / "few.ttf"
    file.write_bytes(made())

    font = ttfonts.TTFont("Few", str(file), asciiReadable=0)

    assert font.face.charToGlyph.keys() >= few.keys()
    assert font.face.charWidths[ord("龘")] == 1000
    with pytest.raises(ttfonts.TTFError, match="postscript outlines"):
        ttfonts.TTFont("Cubic", str(make_serif.source()))


def test_contours_are_turned_round_and_begin_where_they_began() -> None:
    """The format fills what lies to the other side of a contour."""
    pen = TTGlyphPen(None)
    for corner in (0, 100):
        pen.moveTo((corner, 0))
        pen.lineTo((corner, 9))
        pen.lineTo((corner + 9, 9))
        pen.closePath()

    make_serif.turn_round(pen)

    assert pen.points == [(0, 0), (9, 9), (0, 9), (100, 0), (109, 9), (100, 9)]


def test_the_record_beside_the_face_is_true() -> None:
    """What `make` compares to know whether the face is whole; it has all its package has."""
    folder = Path(sys.prefix) / make_serif.FOLDER
    ((name, _, size),) = csv.reader((folder / make_serif.RECORD).read_text("utf-8").splitlines())

    face = TTFont(io.BytesIO((folder / name).read_bytes()), lazy=True)

    assert (folder / name).stat().st_size == int(size)
    assert face.getBestCmap().keys() == make_serif.drawn_from(make_serif.source()).keys()
