"""The two styles of our papers: Song made from its package, Hei beside it, and what happens without Song."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from printing import fonts, sheets
from printing.fonts import faces
from tests.printing import pdfs
from tests.printing.fonts.every_name import HAN

NAME = "欧阳𪾢·刘𣲗𬭼"
PAPER: list[sheets.Part] = [
    ("title", ((f"甲{NAME}",),)),
    ("heading", ((f"乙{NAME}",),)),
    ("fields", ((f"丙{NAME}", f"丁{NAME}"),)),
]


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Where the made face is looked for instead; nothing is there yet."""

    def forget() -> None:
        faces._face.cache_clear()
        fonts._advances.cache_clear()

    place = tmp_path / "NotoSerifSC-Regular.ttf"
    monkeypatch.setattr(faces, "SERIF_FILES", (place,))
    forget()
    yield place
    forget()


def embedded(pdf: bytes) -> dict[str, bool]:
    """Each font of the file by its name, and whether it brings TrueType outlines along."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = [each for each in opened.objects if isinstance(each, pikepdf.Dictionary)]
        named = [each for each in found if each.get("/Type") == "/Font"]
        return {
            str(each.BaseFont).rpartition("+")[2]: "/FontFile2" in each.get("/FontDescriptor", {})
            for each in named
        }


@pytest.mark.parametrize("style", [fonts.SONG, fonts.HEI])
def test_every_character_of_the_national_table_is_drawn_in_each_style(style: str) -> None:
    """All 8,105 of 通用规范汉字表 by the outlines of that one face; the list is kTGH of Unihan 15.0."""
    characters = Path(__file__).with_name("tgh.txt").read_text("utf-8").split()
    face = faces.face(style)

    assert face is not None
    assert len(set("".join(characters))) == 8105
    assert face.drawn.issuperset("".join(characters))


def test_song_draws_27783_of_the_mandatory_standard() -> None:
    """By outlines; GB 18030-2022 has 87,887 Han characters, and the rare face has the others."""
    face = faces.face(fonts.SONG)

    assert face is not None
    assert sum(char in face.drawn for char in HAN) == 27_783


def test_a_character_song_lacks_is_set_in_hei() -> None:
    """𰻝 of plane 3 is in the sans face only; nothing else of the line changes its face."""
    assert list(fonts.runs("吃𰻝𰻝面")) == [(fonts.SONG, "吃"), (fonts.HEI, "𰻝𰻝"), (fonts.SONG, "面")]
    assert list(fonts.runs("吃𰻝𰻝面", fonts.HEI)) == [(fonts.HEI, "吃𰻝𰻝面")]
    assert fonts.missing("吃𰻝𰻝面") == ()


def test_each_style_is_measured_in_its_own_face() -> None:
    """Latin letters differ in width, so lines break where the face set needs it."""
    assert fonts.width("Li", 10, fonts.SONG) != fonts.width("Li", 10, fonts.HEI)
    assert fonts.width("张三", 10, fonts.SONG) == fonts.width("张三", 10, fonts.HEI) == 20


def test_both_faces_are_embedded_and_names_are_copied_as_they_went_in() -> None:
    """Song and Hei side by side, beyond U+FFFF too; no face is left to the reader of the file."""
    pdf = sheets.render(PAPER, page="A5")

    assert embedded(pdf) == {"NotoSerifSC-Regular": True, "NotoSansSC-Regular": True}
    assert [char for char in "甲乙丙丁" if f"{char}{NAME}" not in pdfs.text(pdf)] == []
    assert sheets.render(PAPER, page="A5") == pdf


@pytest.mark.usefixtures("elsewhere")
def test_where_song_was_not_made_all_is_printed_in_hei() -> None:
    """An installation without `make` prints the same words, plainer."""
    pdf = sheets.render(PAPER, page="A5")

    assert fonts.name(fonts.SONG) == fonts.name(fonts.HEI) == "NotoSansSC"
    assert fonts.installed()[fonts.SONG] is None
    assert embedded(pdf) == {"NotoSansSC-Regular": True}
    assert pdfs.text(pdf).count(NAME) == 4


@pytest.mark.parametrize("kept", [0, 5000, 9_000_000], ids=["empty", "tables", "outlines"])
def test_a_damaged_song_is_told(elsewhere: Path, kept: int) -> None:
    """A cut file would print blanks; it is named instead, and `make` makes it again."""
    whole = Path(sys.prefix) / "share/fonts/NotoSerifSC-Regular.ttf"
    elsewhere.write_bytes(whole.read_bytes()[:kept])

    with pytest.raises(fonts.FontMissing, match=r"damaged: NotoSerifSC-Regular\.ttf"):
        sheets.render(PAPER, page="A5")


def test_the_machine_tells_which_faces_it_has() -> None:
    """For whoever looks after the machine: each face with its file, in the order they are asked."""
    installed = fonts.installed()

    assert list(installed) == [fonts.SONG, fonts.HEI, fonts.RARE]
    assert installed[fonts.HEI] == fonts.path()
    assert installed[fonts.SONG] is not None
