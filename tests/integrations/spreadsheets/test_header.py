"""Columns: found by name in any order, under titles and groups; all that is wrong is told at once."""

from __future__ import annotations

import pytest

from integrations.spreadsheets import (
    Column,
    ColumnFault,
    FaultKind,
    HeaderFault,
    Line,
    Reason,
    Sheet,
    Table,
    columns,
    read,
)
from integrations.spreadsheets.header import DEPTH, letters
from tests.integrations.spreadsheets.books import a_book, merged, text

OFFICES = (
    Column("name", ("机关名称", "受理机关")),
    Column("division", ("区划", "行政区划代码")),
    Column("telephone", ("电话", "Tel", "受理机关/电话"), required=False),
)


def table(lines: str) -> Table:
    """The wanted columns of a CSV."""
    return columns(read(lines.encode()), OFFICES)


def faulty(lines: str) -> HeaderFault:
    """What is said of a CSV with another header."""
    with pytest.raises(HeaderFault) as fault:
        table(lines)
    return fault.value


def test_columns_are_found_in_any_order() -> None:
    """By any of their names; those nobody asked for are named, rows keep their numbers."""
    found = table("备注,电话,区划,,机关名称\n急,0771,450000,x,南宁\n,,,,\n,,530000,,昆明\n")

    assert found == Table(
        lines=(
            Line(2, {"name": "南宁", "division": "450000", "telephone": "0771"}),
            Line(4, {"name": "昆明", "division": "530000", "telephone": ""}),
        ),
        header_number=1,
        ignored=("备注",),
        absent=(),
    )


def test_what_people_add_to_a_name_makes_no_difference() -> None:
    """Stars, colons, blanks, line breaks, full width and capitals."""
    found = table('*机关 名称：,"行政区划\n代码＊",ＴＥＬ,NAME x\na,b,c,d\n')

    assert found.lines == (Line(2, {"name": "a", "division": "b", "telephone": "c"}),)
    assert found.ignored == ("NAME x",)


def test_a_column_that_may_be_missing_is_told_apart_from_an_empty_one() -> None:
    """Its cells are empty, and it is named."""
    found = table("机关名称,区划\n南宁,450000\n")

    assert found.lines[0].cells["telephone"] == ""
    assert found.absent == ("telephone",)


def test_all_faults_of_a_header_are_told_at_once() -> None:
    """What is missing and what is there more than once, with the letters Excel shows."""
    fault = faulty("清单\n电话,机关名称,x,受理机关,电话\n1,2,3,4,5\n")

    assert fault.reason is Reason.HEADER
    assert fault.line == 2
    assert fault.faults == (
        ColumnFault(FaultKind.DOUBLED, "name", ("B", "D")),
        ColumnFault(FaultKind.MISSING, "division"),
        ColumnFault(FaultKind.DOUBLED, "telephone", ("A", "E")),
    )


def test_a_sheet_without_any_header_lacks_everything() -> None:
    """Columns that need not be there too: nothing of what we look for was found."""
    fault = faulty("1,2,3\n4,5,6\n")

    assert fault.line == 0
    assert [(found.kind, found.column) for found in fault.faults] == [
        (FaultKind.MISSING, column.name) for column in OFFICES
    ]


@pytest.mark.parametrize("above", range(DEPTH))
def test_the_header_may_stand_below_a_title(above: int) -> None:
    """Within the first ten rows, whatever stands above."""
    found = table("联系表\n" * above + "区划,机关名称\n450000,南宁\n")

    assert found.header_number == above + 1
    assert found.lines == (Line(above + 2, {"name": "南宁", "division": "450000", "telephone": ""}),)


def test_a_header_further_down_is_not_looked_for() -> None:
    """The eleventh row is data."""
    assert faulty("联系表\n" * DEPTH + "区划,机关名称\n").line == 0


def test_a_row_of_data_with_the_word_of_a_header_is_no_header() -> None:
    """The row that has most of the columns is; of equals, the first."""
    found = table("机关名称,区划,备注\n区划,450000,x\n机关名称,区划,x\n南宁,450000,\n")

    assert found.header_number == 1
    # The third row repeats the header, as printed lists do on each page.
    assert [line.number for line in found.lines] == [2, 4]


GROUPED = (
    text("通讯录", "A1"),
    text("行政区划代码", "A2") + text("受理机关", "B2") + text("联系人", "D2"),
    text("机关名称", "B3") + text("电话", "C3") + text("电话", "D3") + text("姓名", "E3"),
    text("450000", "A4") + text("南宁", "B4") + text("1", "C4") + text("2", "D4"),
    text("柳州", "B5") + text("3", "C5"),
)


def test_a_header_of_two_rows_is_read() -> None:
    """Names under groups; where nothing stands below, the upper cell is the name."""
    content = a_book(*GROUPED, after=merged("A1:E1", "A2:A3", "B2:C2", "D2:E2", "A4:A5"))
    spec = (
        *OFFICES[:2],
        Column("telephone", ("受理机关/电话",)),
        Column("mobile", ("联系人/电话",)),
        Column("person", ("联系人/姓名",), required=False),
    )

    found = columns(read(content), spec)

    cells = {"name": "南宁", "division": "450000", "telephone": "1", "mobile": "2", "person": ""}
    assert found.header_number == 3
    assert found.lines[0] == Line(4, cells)
    assert found.lines[1].cells["division"] == "450000"
    assert found.ignored == ()


def test_a_name_under_two_groups_is_doubled() -> None:
    """Which of them is meant can only be told with the group."""
    content = a_book(*GROUPED, after=merged("A2:A3", "B2:C2", "D2:E2"))
    with pytest.raises(HeaderFault) as fault:
        columns(read(content), (Column("电话"),))

    assert fault.value.faults == (ColumnFault(FaultKind.DOUBLED, "电话", ("C", "D")),)


def test_a_header_of_two_rows_is_read_from_a_text_file_too() -> None:
    """Merged cells are lost there: the group stands over its first column only."""
    found = table("区划,受理机关,\n,机关名称,电话\n450000,南宁,0771\n")

    assert found.lines == (Line(3, {"name": "南宁", "division": "450000", "telephone": "0771"}),)


def test_a_header_merged_downwards_is_no_data() -> None:
    """Every cell of it reads the same in the second row."""
    content = a_book(
        text("机关名称", "A1") + text("区划", "B1"),
        "",
        text("南宁", "A3") + text("450000", "B3"),
        after=merged("A1:A2", "B1:B2"),
    )

    assert [line.number for line in columns(read(content), OFFICES).lines] == [3]


def test_areas_outside_the_table_are_passed_over() -> None:
    """Above the first row with text, below the last, and beside the last column."""
    content = a_book(
        "",
        text("机关名称", "A2") + text("区划", "B2"),
        text("a", "A3") + text("b", "B3"),
        after=merged("A1:B1", "C2:D2", "A9:B9", "B2:F2"),
    )

    assert columns(read(content), OFFICES).lines[0].number == 3


def test_ten_thousand_rows_become_lines() -> None:
    """Each with its number."""
    rows = "".join(f"机关{n},{n}\n" for n in range(10_000))
    lines = table("机关名称,区划\n" + rows).lines

    assert len(lines) == 10_000
    assert lines[-1] == Line(10_001, {"name": "机关9999", "division": "9999", "telephone": ""})


@pytest.mark.parametrize(("place", "shown"), [(0, "A"), (25, "Z"), (26, "AA"), (199, "GR"), (702, "AAA")])
def test_columns_are_named_as_excel_names_them(place: int, shown: str) -> None:
    """A to Z, then AA."""
    assert letters(place) == shown


def test_a_sheet_can_be_made_by_hand() -> None:
    """So that what uses a table is tested without a file."""
    sheet = Sheet((("机关名称", "区划"), ("南宁", "450000")), first_row_number=5)

    assert columns(sheet, OFFICES).lines[0].number == 6
