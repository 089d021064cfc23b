"""Each character in a face that has it: here a second copy of our own face plays the rare one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from printing import fonts, sheets
from tests.printing import pdfs

#: Characters that our face is made to lack.
RARE = "龘𬱟"
NAME = "张𬱟·龘 Li"


def forget() -> None:
    """Let the rare face be looked for anew."""
    for asked in (fonts._rare, fonts._rarely_drawn, fonts._advances):
        asked.cache_clear()


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Our face without the rare characters, and no rare face on the machine."""
    drawn = fonts._drawn() - set(RARE)
    monkeypatch.setattr(fonts, "_drawn", lambda: drawn)
    monkeypatch.setattr(fonts, "RARE_FILES", ())
    forget()
    yield monkeypatch
    forget()


@pytest.fixture
def both(lacking: pytest.MonkeyPatch) -> None:
    """The rare face is on the machine."""
    lacking.setattr(fonts, "RARE_FILES", (Path("/nowhere.ttf"), fonts.path()))


@pytest.mark.usefixtures("both")
def test_a_text_falls_into_runs_of_one_face_each() -> None:
    """The rare face is taken for what ours lacks, and for nothing else."""
    assert list(fonts.runs(NAME)) == [
        (fonts.NAME, "张"),
        (fonts.RARE, "𬱟"),
        (fonts.NAME, "·"),
        (fonts.RARE, "龘"),
        (fonts.NAME, " Li"),
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


def test_a_damaged_rare_face_is_told(lacking: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file that is no font is named; nothing is printed with half of it."""
    damaged = tmp_path / "HanaMinB.ttf"
    damaged.write_bytes(fonts.path().read_bytes()[:5000])
    lacking.setattr(fonts, "RARE_FILES", (damaged,))

    with pytest.raises(fonts.FontMissing, match=r"damaged: HanaMinB\.ttf"):
        fonts.missing(RARE)


@pytest.mark.usefixtures("both")
def test_the_rare_face_is_not_loaded_for_common_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading it takes longer than drawing several papers."""
    monkeypatch.setattr(fonts, "_registered", lambda name, _: pytest.fail(f"{name} was loaded"))

    sheets.render([("title", (("收件凭证",),)), ("paragraph", (("张三·Li 𪾢",),))], page="A5")


def test_every_character_of_the_national_table_is_drawn_from_pip_alone(lacking: pytest.MonkeyPatch) -> None:
    """All 8,105 of 通用规范汉字表, by their outlines; the list is kTGH of Unihan 15.0."""
    lacking.undo()
    lacking.setattr(fonts, "RARE_FILES", ())
    forget()
    table = Path(__file__).with_name("tgh.txt").read_text("utf-8").split()

    characters = "".join(table)
    assert len(set(characters)) == 8105
    assert fonts.missing(characters) == ()
