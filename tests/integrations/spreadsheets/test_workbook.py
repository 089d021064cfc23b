"""Workbooks: what the cells of each kind read as, which sheet is taken, merged areas, what is refused."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from integrations.spreadsheets import Area, Reason, SpreadsheetError, read
from integrations.spreadsheets.sheet import MAX_CELL, MAX_COLUMNS, MAX_ROWS
from tests.integrations.spreadsheets import books
from tests.integrations.spreadsheets.books import SHEET, STRINGS, WORKBOOK, a_book, merged, number, text


def refused(content: bytes, sheet: str = "") -> SpreadsheetError:
    """What is said of a workbook that cannot be read."""
    with pytest.raises(SpreadsheetError) as refusal:
        read(content, sheet=sheet)
    return refusal.value


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (text("0530022"), "0530022"),
        (number("530022"), "530022"),
        (number("530022.0"), "530022"),
        ('<c t="b"><v>1</v></c>', "TRUE"),
        ('<c t="b"><v>0</v></c>', "FALSE"),
        ('<c t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c t="d"><v>2024-05-01T00:00:00</v></c>', "2024-05-01"),
        ('<c t="str"><v> 文字 </v></c>', "文字"),
        ("<c><f>A1+1</f><v>2</v></c>", "=A1+1"),
        ('<c t="str"><f>CMD("x")</f><v>x</v></c>', '=CMD("x")'),
        ('<c t="inlineStr"><is><r><t>夫妻</t></r><r><t>投靠</t></r></is></c>', "夫妻投靠"),
        ('<c t="inlineStr"><is><t>重庆</t><rPh><t>chong</t></rPh></is></c>', "重庆"),
        (text("一_x000D_二_x0041__x0000_"), "一\n二A_x0000_"),
        (text("　e\u0301 "), "é"),
    ],
)
def test_each_kind_of_cell_is_text(cell: str, shown: str) -> None:
    """As a person sees it; formulas are told and never computed."""
    assert read(a_book(text("头") + text("x"), text("a") + cell)).rows[1] == ("a", shown)


def test_shared_texts_are_found_by_number() -> None:
    """Pieces of one text are put together, reading aids left out; a number that is not there is damage."""
    parts = {STRINGS: books.strings("<t>甲</t>", "<r><t>乙</t></r><r><t>丙</t></r><rPh><t>bing</t></rPh>")}
    cells = '<c t="s"><v>1</v></c><c t="s"><v>0</v></c><c t="s"/>'

    assert read(a_book(cells, parts=parts)).rows == (("乙丙", "甲"),)
    assert refused(a_book('<c t="s"><v>2</v></c>', parts=parts)).reason is Reason.DAMAGED
    assert refused(a_book('<c t="s"><v>-1</v></c>', parts=parts)).reason is Reason.DAMAGED


def test_cells_that_share_a_formula_tell_the_wording_of_the_first() -> None:
    """None of them looks empty."""
    first, next_one = '<c><f t="shared" si="0">A1*2</f><v>2</v></c>', '<c><f t="shared" si="0"/><v>4</v></c>'

    assert read(a_book(first + next_one + '<c><f t="shared" si="9"/></c>')).rows == (("=A1*2", "=A1*2", "="),)


def test_cells_stand_where_they_say() -> None:
    """Gaps between rows and columns are kept; rows are numbered as in Excel."""
    third = f'<row r="3">{text("名", "B3")}{text("注", "D3")}</row>'
    body = f'{third}<row>{text("x")}</row><row r="7">{text("y")}</row>'
    sheet = read(a_book(parts={SHEET: books.worksheet(body)}))

    assert sheet.first_row_number == 3
    assert list(sheet.numbered()) == [
        (3, ("", "名", "", "注")),
        (4, ("x", "", "", "")),
        (5, ("", "", "", "")),
        (6, ("", "", "", "")),
        (7, ("y", "", "", "")),
    ]


def several_sheets() -> bytes:
    """A hidden list, a chart, an empty sheet, and two with text."""
    kinds = {"rId0": "chartsheet"} | {f"rId{n}": "worksheet" for n in range(1, 5)}
    named = [("图", "rId0", ""), ("表", "rId1", 'state="hidden"'), ("空", "rId2", "")]
    return a_book(
        parts={
            WORKBOOK: books.workbook(*named, ("目录", "rId3", ""), ("机关", "rId4", "")),
            "xl/_rels/workbook.xml.rels": books.links(
                {link: (kind, f"/xl/worksheets/{link}.xml") for link, kind in kinds.items()}
            ),
            "xl/worksheets/rId0.xml": "<chartsheet/>",
            **{
                f"xl/worksheets/rId{n}.xml": books.worksheet(f"<row>{text(words)}</row>")
                for n, words in enumerate(["隐", " ", "一", "二"], 1)
            },
        }
    )


def test_the_first_visible_sheet_with_text_is_taken() -> None:
    """Charts, hidden lists and empty sheets are passed over."""
    sheet = read(several_sheets())

    assert (sheet.name, sheet.rows) == ("目录", (("一",),))


def test_a_sheet_can_be_asked_for_by_name() -> None:
    """A hidden one too; one that is not there, or is empty, is an error."""
    assert read(several_sheets(), sheet="机关").rows == (("二",),)
    assert read(several_sheets(), sheet="表").rows == (("隐",),)
    assert refused(several_sheets(), "空").reason is Reason.EMPTY
    assert refused(several_sheets(), "无").reason is Reason.NO_SUCH_SHEET


def test_cells_merged_downwards_are_filled() -> None:
    """Each row of data has the value; sideways only the place is told, for the header."""
    content = a_book(
        text("申请人", "A1") + text("区划", "C1"),
        text("姓名", "A2") + text("电话", "B2"),
        text("张三", "A3") + text("广西", "C3"),
        text("李四", "A4"),
        text("王五", "A5"),
        after=merged("A1:B1", "C1:C2", "C3:C9"),
    )

    sheet = read(content)

    assert [row[2] for row in sheet.rows] == ["区划", "区划", "广西", "广西", "广西"]
    assert sheet.rows[0] == ("申请人", "", "区划")
    assert sheet.areas == (Area(1, 1, 1, 2),)


def test_merged_cells_are_left_as_they_stand_where_asked() -> None:
    """None is filled, and all are told, those merged downwards too."""
    content = a_book(text("a", "A1"), text("b", "B3"), after=merged("A1:A3", "A4:B4"))

    sheet = read(content, filled=False)

    assert sheet.rows == (("a", ""), ("", ""), ("", "b"))
    assert sheet.areas == (Area(1, 1, 3, 1), Area(4, 1, 4, 2))
    assert read(content).rows[2] == ("a", "b")


def test_huge_merged_areas_cost_nothing() -> None:
    """A merged area may be as large as Excel's sheet; only what has text is filled."""
    sheet = read(a_book(text("a", "A1"), text("b", "B2"), after=merged("A1:XFD1048576", "C5:D6")))

    assert sheet.rows == (("a", ""), ("a", "b"))


@pytest.mark.parametrize(
    "areas", [["A1:B2"] * 9, ["B2:A1"], ["A:B"], ["A1:ABCD9"], [""], ["A0:A1"], ["A1:B2:C3"]]
)
def test_merged_areas_that_make_no_sense_are_damage(areas: list[str]) -> None:
    """Overlapping ones could keep us busy for hours."""
    assert refused(a_book(text("a"), text("b"), after=merged(*areas))).reason is Reason.DAMAGED


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (text("a", f"A{MAX_ROWS + 1}"), Reason.TOO_MANY_ROWS),
        (text("a", "GS1"), Reason.TOO_MANY_COLUMNS),
        (text("a" * (MAX_CELL + 1)), Reason.CELL_TOO_LONG),
    ],
)
def test_what_is_beyond_the_limits_is_refused(cells: str, reason: Reason) -> None:
    """Rows, columns and the length of a text."""
    assert refused(a_book(cells)).reason is reason


def test_the_limits_themselves_are_within() -> None:
    """The last row and column are read, and formatting far below and beside the table does no harm."""
    far = '<c r="GR1" s="0"/><c r="XFD1048576" s="0"/>'
    sheet = read(a_book(text("a", f"A{MAX_ROWS}") + text("b", f"GR{MAX_ROWS}") + far))

    assert sheet.first_row_number == MAX_ROWS
    assert len(sheet.rows[0]) == MAX_COLUMNS


@pytest.mark.parametrize(
    "sheet",
    [
        "<worksheet><sheetData>",
        "no XML",
        "",
        books.worksheet('<row r="x"/>'),
        books.worksheet('<row r="-3"><c><v>1</v></c></row>'),
        books.worksheet('<row><c r="1A"><v>1</v></c></row>'),
        books.worksheet("<c><v>1</v></c>"),
        books.worksheet('<row><c s="x"><v>1</v></c></row>'),
        books.worksheet('<row><c t="s"><v>一</v></c></row>'),
        books.worksheet("<row><c t='inlineStr'><is><t>\x01</t></is></c></row>"),
        books.worksheet("<row><c><v>&unknown;</v></c></row>"),
    ],
)
def test_a_sheet_that_breaks_the_rules_is_damage(sheet: str) -> None:
    """And the error's detail repeats nothing of what stands in it."""
    error = refused(a_book(parts={SHEET: sheet}))

    assert error.reason is Reason.DAMAGED
    assert "一" not in str(error)


def test_a_sheet_that_is_promised_and_missing_is_damage() -> None:
    """A workbook without sheets is none, one that lacks a sheet is damaged."""
    parts = books.book_parts(text("a"))

    assert (
        refused(books.zipped({name: parts[name] for name in parts if name != SHEET})).reason is Reason.DAMAGED
    )
    assert refused(a_book(parts={WORKBOOK: books.workbook()})).reason is Reason.UNKNOWN_FORMAT


def test_a_workbook_with_programs_is_refused() -> None:
    """Nothing would run, but nobody should hand such files on."""
    assert refused(a_book(text("a"), parts={"xl/vbaProject.bin": "x"})).reason is Reason.MACRO


def test_prefixes_backslashes_and_capitals_make_no_difference() -> None:
    """Some programs name elements and parts in ways of their own."""
    parts = books.book_parts(text("a"))
    sheet = parts.pop(SHEET).replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")

    assert read(books.zipped({**parts, "XL\\Worksheets\\Sheet1.xml": sheet})).rows == (("a",),)


def test_parts_in_utf_16_are_read() -> None:
    """The encoding is taken from the bytes, whatever the part says of itself."""
    wide = books.worksheet(f"<row>{text('甲')}</row>").encode("utf-16")
    liar = '<?xml version="1.0" encoding="unicode_escape"?>' + books.worksheet(f"<row>{text('甲')}</row>")

    for sheet in (wide, liar.encode()):
        assert read(books.zipped({**books.book_parts(), SHEET: sheet})).rows == (("甲",),)


def test_what_openpyxl_writes_is_read() -> None:
    """A workbook as a program makes it, with dates, numbers, a formula and merged cells."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["机关", None, "日期"],
        ["名称", "电话", None],
        ["南宁", "0771", date(2024, 5, 1)],
        [None, 5, "=A1"],
    ):
        sheet.append(row)
    for area in ("A1:B1", "C1:C2", "A3:A4"):
        sheet.merge_cells(area)
    output = io.BytesIO()
    book.save(output)

    assert read(output.getvalue()).rows == (
        ("机关", "", "日期"),
        ("名称", "电话", "日期"),
        ("南宁", "0771", "2024-05-01"),
        ("南宁", "5", "=A1"),
    )
