"""Texts as they are kept, and the grid that gathers them."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.spreadsheets import Reason, SpreadsheetError, read, tidy
from integrations.spreadsheets.sheet import Grid


@given(st.text(st.characters(exclude_characters="\x1c\x1d\x1e\x1f"), max_size=400))
def test_a_tidied_text_stays_as_it_is(text: str) -> None:
    """Tidying twice is tidying once; the result is NFC, with nothing blank around it."""
    tidied = tidy(text)

    assert tidy(tidied) == tidied
    assert tidied == unicodedata.normalize("NFC", tidied.strip())
    assert "\r" not in tidied


@pytest.mark.parametrize(
    ("text", "tidied"),
    [("a\r\n\rb\vc\f", "a\n\nb\nc"), ("\u3000\u200b a\xa0", "a"), ("e\u0301", "é"), ("㎡ Ａ", "㎡ Ａ")],
)
def test_texts_are_tidied_and_not_rewritten(text: str, tidied: str) -> None:
    """Breaks and blanks and the two ways to write é; width and special signs are the clerk's own."""
    assert tidy(text) == tidied


@pytest.mark.parametrize("pile", ["\u0300\u0316", "\u0f73"])
def test_a_pile_of_marks_takes_no_time(pile: str) -> None:
    """Cells full of marks, which Python would sort for hours, are read as they stand."""
    cell = "a" + pile * 16_000
    began = time.process_time()

    sheet = read("\n".join([cell] * 100).encode())

    assert time.process_time() - began < 5
    assert sheet.rows[99] == (cell,)


def test_a_long_text_of_another_script_is_composed() -> None:
    """Marks as languages use them are no pile, however long the text."""
    assert tidy("e\u0323\u0302" * 999) == "ệ" * 999


def test_a_grid_takes_cells_in_any_order() -> None:
    """Rows below before rows above, right before left; the last word counts."""
    grid = Grid()
    for row, column, text in ((5, 2, "d"), (3, 3, "c"), (3, 1, "x"), (3, 1, "a"), (9, 9, "")):
        grid.put(row, column, text)

    sheet = grid.sheet("名")

    assert (sheet.name, sheet.first_row_number) == ("名", 3)
    assert sheet.rows == (("a", "", "c"), ("", "", ""), ("", "d", ""))


def test_an_empty_grid_is_no_sheet() -> None:
    """Cells without text leave it empty."""
    grid = Grid()
    grid.put(1, 1, "")
    grid.put_row(2, ["", ""])

    assert grid.is_empty()
    with pytest.raises(SpreadsheetError) as refusal:
        grid.sheet()
    assert refusal.value.reason is Reason.EMPTY
