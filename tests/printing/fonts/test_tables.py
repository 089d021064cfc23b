"""A face read in whole tables is the face that reportlab reads number by number."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfbase import ttfonts

from printing import fonts
from printing.fonts import faces, tables
from printing.fonts.tables import Tables

KNOWN = ("charToGlyph", "charWidths", "hmetrics", "defaultWidth", "numGlyphs", "bbox", "ascent", "name")
#: As reportlab has it, whether or not our papers are already drawn with the other one.
SLOWLY = next(each for each in Tables.__mro__[1:] if each.__name__ == "TTFontFace")


def known(face: ttfonts.TTFontFace) -> dict[str, object]:
    """All that is read sooner, and some that is left to reportlab."""
    return {name: getattr(face, name) for name in KNOWN} | {"outlines": list(face.glyphPos)}


@pytest.mark.parametrize(
    "file", [file for file in fonts.installed().values() if file], ids=lambda file: file.stem
)
def test_a_face_is_the_same_as_reportlab_reads_it(file: Path) -> None:
    """Every character, width and outline of every face that is installed here."""
    assert known(Tables(str(file))) == known(SLOWLY(str(file)))


def test_papers_are_drawn_with_the_tables() -> None:
    """What reportlab makes of a font file from then on is read sooner."""
    face = faces.face(fonts.HEI)

    assert face is not None
    assert isinstance(face.font.face, Tables)


def test_a_list_of_characters_of_another_format_is_left_to_reportlab(monkeypatch: pytest.MonkeyPatch) -> None:
    """A face of the system may have an older one."""
    whole = known(Tables(str(fonts.path())))
    monkeypatch.setattr(tables, "_SEGMENTED", 4)

    face = Tables(str(fonts.path()))

    assert hasattr(face, "glyphToChar")
    assert known(face) == whole


def test_nothing_of_characters_is_read_where_nobody_asks_for_it() -> None:
    """Just as in reportlab, the name alone can be had."""
    face = Tables(str(fonts.path()))

    face.extractInfo(charInfo=0)

    assert face.charToGlyph is None


@pytest.mark.parametrize("table", ["cmap", "hmtx", "loca"])
def test_a_table_that_is_cut_off_is_told(table: str, tmp_path: Path) -> None:
    """A file that ends in the middle of it is no face."""
    whole = fonts.path().read_bytes()
    begin, length = Tables(str(fonts.path())).get_table_pos(table)
    (tmp_path / "cut.ttf").write_bytes(whole[: begin + length // 2])

    with pytest.raises(ttfonts.TTFError):
        Tables(str(tmp_path / "cut.ttf"))
