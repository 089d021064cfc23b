"""Each character in a face that has it: here a second copy of the sans face plays the rare one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics

from printing import fonts, lines, sheets
from printing.fonts import faces
from tests.printing import pdfs

#: Characters that both our faces are made to lack.
RARE = "龘𬱟"
NAME = "张𬱟·龘 Li"


def forget() -> None:
    """Let the faces be looked for anew."""
    for asked in (faces._face, fonts._advances, lines._token, lines._measured):
        asked.cache_clear()
    # reportlab keeps the first face of a name, and would set a paper in one that another test has loaded.
    for registered in ("_fonts", "_dynFaceNames"):
        getattr(pdfmetrics, registered).clear()


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Our faces without the rare characters, and no rare face on the machine."""
    forget()
    whole = faces.face

    def without_rare(name: str) -> faces.Face | None:
        found = whole(name)
        return found if found is None or name == fonts.RARE else replace(found, drawn=found.drawn - set(RARE))

    monkeypatch.setattr(faces, "face", without_rare)
    monkeypatch.setattr(faces, "RARE_FILES", ())
    yield monkeypatch
    forget()


@pytest.fixture
def both(lacking: pytest.MonkeyPatch) -> None:
    """The rare face is on the machine."""
    lacking.setattr(faces, "RARE_FILES", (Path("/nowhere.ttf"), fonts.path()))


@pytest.mark.usefixtures("both")
def test_a_text_falls_into_runs_of_one_face_each() -> None:
    """The rare face is taken for what ours lacks, and for nothing else."""
    assert list(fonts.runs(NAME)) == [
        (fonts.SONG, "张"),
        (fonts.RARE, "𬱟"),
        (fonts.SONG, "·"),
        (fonts.RARE, "龘"),
        (fonts.SONG, " Li"),
    ]
    assert fonts.missing(NAME) == ()


@pytest.mark.usefixtures("both")
def test_every_place_of_a_paper_has_rare_names_and_they_can_be_copied() -> None:
    """Title, paragraph, field, table, remark, place to sign: faces embedded, the text as it went in."""
    parts: list[sheets.Part] = [
        ("title", ((f"甲{NAME}",),)),
        ("paragraph", ((f"乙{NAME}",),)),
        ("fields", ((f"丙{NAME}", f"丁{NAME}"),)),
        ("table", (("序号", f"戊{NAME}"), ("1", f"己{NAME}"))),
        ("notes", ((f"庚{NAME}",),)),
        ("signatures", ((f"辛{NAME}：",),)),
    ]

    pdf = sheets.render(parts, page="A4", footer=f"壬{NAME}")

    copied = pdfs.text(pdf)
    assert [char for char in "甲乙丙丁戊己庚辛壬" if f"{char}{''.join(NAME.split())}" not in copied] == []
    assert pdfs.embeds_its_fonts(pdf)
    assert sheets.render(parts, page="A4", footer=f"壬{NAME}") == pdf


@pytest.mark.usefixtures("both")
def test_a_rare_character_is_as_wide_as_its_own_face_says() -> None:
    """What is measured is what is set, so lines break and centre where they should."""
    assert fonts.width("龘", 10) == pytest.approx(10)
    assert fonts.width(NAME, 10) == pytest.approx(sum(fonts.width(char, 10) for char in NAME))


@pytest.mark.usefixtures("lacking")
def test_without_the_rare_face_a_ruled_box_is_left_to_write_into() -> None:
    """A Han character no face draws is told, and never a silent blank."""
    assert fonts.missing(NAME) == ("𬱟", "龘")
    assert fonts.printable(NAME) == "张□·□ Li"
    assert "张□·□Li" in pdfs.text(sheets.render([("title", ((NAME,),))], page="A5"))


@pytest.mark.usefixtures("lacking")
@pytest.mark.parametrize(
    ("char", "shown"),
    [("\U00031350", "□"), ("😀", "[U+1F600]"), ("\u200b", "[U+200B]"), ("\ud844", "[U+D844]")],
    ids=["han-of-plane-3", "emoji", "invisible", "half"],
)
def test_only_han_characters_leave_a_box(char: str, shown: str) -> None:
    """Anything else is told by its code point."""
    assert fonts.printable(char) == shown


@pytest.mark.parametrize("kept", [5000, 9_000_000], ids=["tables", "outlines"])
def test_a_damaged_rare_face_is_told(lacking: pytest.MonkeyPatch, tmp_path: Path, kept: int) -> None:
    """A file that is no font, or lost its end, is named; nothing is printed with half of it."""
    damaged = tmp_path / "HanaMinB.ttf"
    damaged.write_bytes(fonts.path().read_bytes()[:kept])
    lacking.setattr(faces, "RARE_FILES", (damaged,))

    with pytest.raises(fonts.FontMissing, match=r"damaged: HanaMinB\.ttf"):
        fonts.missing(RARE)


@pytest.mark.usefixtures("both")
def test_the_rare_face_is_not_loaded_for_common_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading it takes longer than drawing several papers."""
    sheets.render([("title", (("收件凭证",),)), ("paragraph", (("张三·Li 𪾢",),))], page="A5")
    monkeypatch.setattr(faces, "_loaded", lambda name, _: pytest.fail(f"{name} was loaded"))

    sheets.render([("title", (("办结",),)), ("notes", (("李四·Wang 㛃",),))], page="A5")
