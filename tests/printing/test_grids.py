"""Ruled tables: which face stands where, who gets the room, and thin black rules."""

from __future__ import annotations

import pytest

from printing import fonts, grids, sheets
from tests.printing import pdfs

WIDTH = 480.0
LIST = (("序号", "材料名称", "份数"), ("1", "结婚证", "1"), ("2", "户口簿", "1"))


def faces_of(pdf: bytes) -> dict[str, str]:
    """Each character of the first page with the face it is set in, the last one of its kind."""
    return {char["text"]: char["fontname"].rpartition("+")[2] for char in pdfs.page(pdf).chars}


def columns(rows: grids.Rows) -> list[float]:
    """The widths of the columns of a table."""
    table = grids.listing(rows, WIDTH)
    table.wrap(WIDTH, 1000)
    return [float(width) for width in vars(table)["_colWidths"]]


def test_heads_and_labels_are_hei_and_what_is_filled_in_is_song() -> None:
    """A form is told from what somebody wrote into it at a glance."""
    parts: list[sheets.Part] = [("fields", (("申请人", "覃某"),)), ("table", LIST)]

    set_in = faces_of(sheets.render(parts, page="A4"))

    assert {set_in[char] for char in "申请人序号材料名称份数"} == {"NotoSansSC-Regular"}
    assert {set_in[char] for char in "覃某结婚证户口簿"} == {"NotoSerifSC-Regular"}


def test_spare_room_goes_to_the_words() -> None:
    """Numbers stay narrow, though all columns would have their need."""
    number, name, count = columns(LIST)

    assert number == count < 40
    assert number + name + count == pytest.approx(WIDTH)


def test_a_table_of_short_words_keeps_its_numbers_narrow() -> None:
    """Also where no column is wide by itself."""
    number, name, tick = columns((("序号", "材料名称", "备好后打勾"), ("1", "居民户口簿", "□")))

    assert number < 40 < name
    assert name == pytest.approx(tick, abs=15)


def test_a_head_in_latin_letters_has_the_room_its_face_needs() -> None:
    """Hei is measured for the head, Song for what stands below; neither is broken."""
    rows = (("UNESCO WWW", "材料"), ("1", "字" * 60))

    first = columns(rows)[0]

    assert first >= fonts.width("UNESCO WWW", grids.BODY, fonts.HEI) + 2 * grids.PAD
    assert "UNESCOWWW" in pdfs.text(sheets.render([("table", rows)], page="A4"))


def test_rules_are_thin_and_black() -> None:
    """A laser printer makes dots of a thin grey line."""
    page = pdfs.page(sheets.render([("table", LIST)], page="A4"))

    assert page.lines
    assert {(line["linewidth"], tuple(line["stroking_color"])) for line in page.lines} == {(0.4, (0, 0, 0))}
