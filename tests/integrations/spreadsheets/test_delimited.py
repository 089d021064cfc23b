"""Text tables: encodings, delimiters, quotes, line ends, numbers of rows, limits."""

from __future__ import annotations

import codecs
import warnings

import pytest

from integrations.spreadsheets import Reason, SpreadsheetError, read, write_csv
from integrations.spreadsheets.sheet import MAX_CELL, MAX_COLUMNS, MAX_ROWS

TABLE = "事项名称,区划\r\n夫妻投靠,450000\r\n"
ROWS = (("事项名称", "区划"), ("夫妻投靠", "450000"))


def refused(text: str) -> SpreadsheetError:
    """What is said of a text that cannot be read."""
    with pytest.raises(SpreadsheetError) as refusal:
        read(text.encode())
    return refusal.value


@pytest.mark.parametrize(
    "content",
    [
        TABLE.encode(),
        codecs.BOM_UTF8 + TABLE.encode(),
        codecs.BOM_UTF16_LE + TABLE.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TABLE.encode("utf-16-be"),
        TABLE.encode("gbk"),
        TABLE.encode("gb18030"),
    ],
)
def test_each_usual_encoding_is_found(content: bytes) -> None:
    """With or without a mark, of Windows or of a web page: the same table."""
    assert read(content).rows == ROWS


def test_rare_names_come_through_gb18030() -> None:
    """A character that GBK does not have is read in four bytes."""
    assert read("姓名,乡镇\n𠮷田,㐂\n".encode("gb18030")).rows[1] == ("𠮷田", "㐂")


@pytest.mark.parametrize(
    "content", [b"a,b\n\xff\xff\xff\n", codecs.BOM_UTF16_LE + b"a\x00b", b"\xef\xbb\xbf\x80\xff"]
)
def test_text_in_no_known_encoding_is_refused(content: bytes) -> None:
    """Nothing is guessed and no character replaced."""
    with pytest.raises(SpreadsheetError) as refusal:
        read(content)

    assert refusal.value.reason is Reason.ENCODING


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_delimiter_is_found_in_the_header(mark: str) -> None:
    """Quoted text does not count, nor do the lines of data, nor a title without any."""
    text = f'清单\n"a,b;c\td"{mark}名称\n"1,2,3;4;5"{mark}x\n'

    assert read(text.encode()).rows == (("清单", ""), ("a,b;c\td", "名称"), ("1,2,3;4;5", "x"))


def test_a_column_by_itself_needs_no_delimiter() -> None:
    """A list of names is a table of one column."""
    assert read("姓名\n张三\n".encode()).rows == (("姓名",), ("张三",))


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_every_kind_of_line_end_is_read(end: str) -> None:
    """Also the lone CR; within quotes it is part of the text, as one kind of break."""
    text = end.join(["a,b", f'"1{end}2",3', ""])

    assert read(text.encode()).rows == (("a", "b"), ("1\n2", "3"))


def test_rows_are_numbered_as_excel_shows_them() -> None:
    """A cell of several lines is one row; empty rows count; those around the table are left out."""
    sheet = read(b'\n\nname,note\n"a\nb\nc",1\n\nd,2\n\n,\n')

    assert sheet.first_row_number == 3
    assert list(sheet.numbered()) == [
        (3, ("name", "note")),
        (4, ("a\nb\nc", "1")),
        (5, ("", "")),
        (6, ("d", "2")),
    ]


def test_rows_are_of_one_length() -> None:
    """Short rows are filled; delimiters without text behind them make no column."""
    assert read(b"a,b,,\n1\n1,2,,\n").rows == (("a", "b"), ("1", ""), ("1", "2"))


def test_cells_are_tidied() -> None:
    """Blanks of every kind go from the ends, and one character is written in one way."""
    assert read("\u3000张 三\xa0,e\u0301,\u200b\ufeff1\t\n".encode()).rows == (("张 三", "é", "1"),)


@pytest.mark.parametrize("text", ['a,b\n"1,2\n3,4\n', 'a,b\n"1"x,2\n'])
def test_broken_quotes_are_refused(text: str) -> None:
    """An open quotation mark would swallow the rest of the file; the row where it stands is told."""
    error = refused(text)

    assert (error.reason, error.line) == (Reason.QUOTES, 2)


def test_a_quotation_mark_within_a_text_is_a_text() -> None:
    """Only one at the beginning of a cell opens a quotation."""
    assert read(b'a,b\n5" pipe,""""\n').rows[1] == ('5" pipe', '"')


def test_a_row_too_many_is_refused() -> None:
    """A hundred thousand are read; empty rows after them do no harm, one with text does."""
    rows = "a\n" * MAX_ROWS

    assert len(read((rows + "\n" * 50).encode()).rows) == MAX_ROWS
    assert (error := refused(rows + "\n\na\n")).reason is Reason.TOO_MANY_ROWS
    assert error.line == MAX_ROWS + 3


def test_a_column_too_many_is_refused() -> None:
    """Two hundred are read; empty ones behind them do no harm, one with text does."""
    row = ",".join(["a"] * MAX_COLUMNS)

    assert len(read((row + ",,,\n").encode()).rows[0]) == MAX_COLUMNS
    assert refused(f"a\n{row},a\n").reason is Reason.TOO_MANY_COLUMNS
    assert refused(f"a\n{row},a\n").line == 2


@pytest.mark.parametrize("length", [MAX_CELL + 1, 140_000])
def test_a_cell_longer_than_excel_holds_is_refused(length: int) -> None:
    """Below and above the limit that the csv library has of its own."""
    error = refused(f"a,b\n1,{'长' * length}\n")

    assert (error.reason, error.line) == (Reason.CELL_TOO_LONG, 2)
    assert len(read(f"a\n{'长' * MAX_CELL}".encode()).rows[1][0]) == MAX_CELL


FORMULAS = [
    "=1+1",
    "+86",
    "-1",
    "@SUM(A1)",
    "＝1",
    "－",
    "'=1",
    "''+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("a")',
]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_written_csv_begins_a_formula(text: str) -> None:
    """A mark stands before it in the file and is gone when we read it."""
    content = write_csv(["a"], [[text]])

    assert f"\"'{text}".replace('"a"', '""a""') in content.decode("utf-8-sig")
    assert read(content).rows[1] == (text,)


@pytest.mark.parametrize("text", ["450102199001011234", "1234567890123", "0012", "a=b", "'90后", "名-称"])
def test_other_texts_are_written_as_they_are(text: str) -> None:
    """Numbers keep their digits, and an apostrophe is only a mark before a formula."""
    assert f'"{text}"'.encode() in write_csv(["a"], [[text]])
    assert read(write_csv(["a"], [[text]])).rows[1] == (text,)


def test_a_written_csv_opens_in_excel() -> None:
    """It has the byte order mark and Windows line ends."""
    assert write_csv(["姓名"], [["张三"]]) == codecs.BOM_UTF8 + '"姓名"\r\n"张三"\r\n'.encode()


def test_ten_thousand_rows_are_read_without_a_warning() -> None:
    """Each row with its number."""
    rows = [[f"事项{n}", str(n)] for n in range(10_000)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")

        sheet = read(write_csv(["名称", "编号"], rows))

    assert sheet.rows[1:] == tuple(map(tuple, rows))
    assert list(sheet.numbered())[-1] == (10_001, ("事项9999", "9999"))
