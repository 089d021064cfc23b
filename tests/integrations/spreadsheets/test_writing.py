"""What we write we read the same, in both formats; the same table gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrations.spreadsheets import Reason, SpreadsheetError, read, tidy, write_csv, write_xlsx
from integrations.spreadsheets.sheet import MAX_CELL, MAX_COLUMNS, MAX_ROWS

Write = Callable[[Sequence[str], Sequence[Sequence[str]]], bytes]


def xlsx(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook of any title."""
    return write_xlsx(header, rows, title="目录")


FORMATS = pytest.mark.parametrize("write", [write_csv, xlsx])
TRICKY = st.text(
    st.sampled_from("'=+-@＝\"\n\r\t,;_x005F0D 　\u0338\u200b一é\ufeff\x85\u2028<&>]"), max_size=12
)
WHATEVER = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=20)
CELLS = (TRICKY | WHATEVER).filter(
    lambda text: not any(mark < " " and mark not in "\t\n\v\f\r" for mark in text)
)


@FORMATS
@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_every_table_comes_back_as_it_was(write: Write, data: st.DataObject) -> None:
    """Whatever the texts: formulas, quotes, delimiters, escapes, marks of every script."""
    width = data.draw(st.integers(1, 4))
    row = st.lists(CELLS, min_size=width, max_size=width)
    rows = data.draw(st.lists(row, max_size=4))
    header = data.draw(st.lists(CELLS.filter(tidy), min_size=width, max_size=width))
    table = [header, *rows, header]

    sheet = read(write(header, table[1:]))

    tidied = tuple(tuple(map(tidy, line)) for line in table)
    assert sheet.rows == tidied
    # A text that has been read once is not changed any more.
    assert read(write(tidied[0], tidied[1:])).rows == tidied


@FORMATS
def test_the_same_table_gives_the_same_bytes(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the clock nor anything else of the moment goes in."""
    first = write(["甲", "乙"], [["1", "=2"], ["", "3"]])
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))

    assert write(["甲", "乙"], [["1", "=2"], ["", "3"]]) == first


def test_no_place_of_a_workbook_tells_when_it_was_made() -> None:
    """Every date in it is the first one a zip can tell."""
    with zipfile.ZipFile(io.BytesIO(xlsx(["甲"], []))) as package:
        dates = {entry.date_time for entry in package.infolist()}
        core = package.read("docProps/core.xml").decode()

    assert dates == {(1980, 1, 1, 0, 0, 0)}
    assert core.count("1980-01-01T00:00:00Z") == 2
    assert core.count("T00:00:00Z") == core.count(">1980") == 2


TEXTS = [
    "=1+1",
    "450102199001011234",
    "0012",
    "#N/A",
    "TRUE",
    "2024-05-01",
    "=cmd|' /C calc'!A0",
    "-1",
    "1E5",
]


def test_every_cell_of_a_workbook_is_text() -> None:
    """openpyxl, which reads as Excel does, finds no formula, no number, no error."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx(["头"], [[text] for text in TEXTS])))
    cells = [row[0] for row in book.worksheets[0].iter_rows(min_row=2)]

    assert [cell.value for cell in cells] == TEXTS
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("办事指南", "办事指南"),
        ("a[b]:c*d?e/f\\g", "a b c d e f g"),
        ("'名'", "名"),
        ("长" * 40, "长" * 31),
        (" \x00[]", "Sheet1"),
        ("\x01<目录>&", "<目录>&"),
    ],
)
def test_any_title_names_the_sheet(title: str, named: str) -> None:
    """Without what Excel does not allow there."""
    assert read(write_xlsx(["甲"], [], title=title)).name == named


def test_the_header_stays_in_sight() -> None:
    """It is bold and frozen, and the columns are wide enough, within reason."""
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx(["甲", "乙"], [["一二三四五六", "长" * 99]]))).worksheets[
        0
    ]

    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert not sheet["A2"].font.bold
    assert sheet.column_dimensions["A"].width == 14
    assert sheet.column_dimensions["B"].width == 60


@FORMATS
@pytest.mark.parametrize("mark", ["\x00", "\x1b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_a_character_no_file_can_hold_is_refused(write: Write, mark: str) -> None:
    """With the row it stands in."""
    with pytest.raises(SpreadsheetError) as refusal:
        write(["甲"], [["a"], [f"a{mark}b"]])

    assert (refusal.value.reason, refusal.value.line) == (Reason.CHARACTER, 3)


@FORMATS
@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([["a"]] * MAX_ROWS, Reason.TOO_MANY_ROWS),
        ([["a"] * (MAX_COLUMNS + 1)], Reason.TOO_MANY_COLUMNS),
        ([["a" * (MAX_CELL + 1)]], Reason.CELL_TOO_LONG),
    ],
)
def test_what_could_not_be_read_is_not_written(write: Write, rows: list[list[str]], reason: Reason) -> None:
    """Above all nothing is cut: openpyxl by itself would shorten a text without a word."""
    with pytest.raises(SpreadsheetError) as refusal:
        write(["甲"], rows)

    assert refusal.value.reason is reason


def test_a_text_that_grows_beyond_a_cell_is_refused() -> None:
    """In a workbook some texts are written longer than they are; these are not cut either."""
    with pytest.raises(SpreadsheetError) as refusal:
        xlsx(["甲"], [["_x0041_" * 4600]])

    assert (refusal.value.reason, refusal.value.line) == (Reason.CELL_TOO_LONG, 2)


@FORMATS
def test_an_empty_table_is_written(write: Write) -> None:
    """A file without any text; to read it is an error."""
    with pytest.raises(SpreadsheetError) as refusal:
        read(write([], []))

    assert refusal.value.reason is Reason.EMPTY
