"""Lines: what is left out and why, merged cells, days by their column, and what may stand in clear."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from forms.rescue import heads, lines
from forms.rescue.lines import Column, Left, Table, Taken, Why
from tests.forms.rescue.test_heads import Merged

HEADS = ("编号", "日期", "姓名", "属地", "备注")
COLUMNS = {
    "编号": Column("number"),
    "日期": Column("received_on"),
    "姓名": Column("applicant_name"),
    "属地": Column("office"),
    "备注": Column("remark"),
}


def a_table(*rows: Sequence[str], areas: Sequence[Merged] = (), top: Sequence[str] = HEADS) -> Table:
    """A sheet whose heads stand in row 1."""
    found = heads.find([top, *rows], 1, areas)
    assert found is not None
    return Table([top, *rows], 1, areas, found)


def taken(table: Table, columns: dict[str, Column] | None = None) -> list[Taken]:
    """The lines that are not left out."""
    return [line for line in lines.read(table, columns or COLUMNS) if isinstance(line, Taken)]


def test_a_sound_line_is_taken_as_it_stands() -> None:
    """By field, its number as Excel counts it, nothing flagged; empty cells are not there."""
    (line,) = taken(a_table(("A-1", "2023/5/6", "覃示例", "示例市", "")))

    assert line == Taken(
        2,
        {"number": "A-1", "received_on": "2023-05-06", "applicant_name": "覃示例", "office": "示例市"},
        (),
    )


def test_what_is_left_out_has_a_reason() -> None:
    """Empty lines, totals in all their writings, and the heads once more; a person named 合 is a line."""
    rows = [
        ("", "", "", "", ""),
        ("合计", "", "17", "", ""),
        ("", "小 计：", "", "", "9"),
        ("本月合计", "", "3", "", ""),
        ("编号", "日 期", "姓名", "属地", "备注"),
        ("1", "", "合计划", "", ""),
    ]

    found = list(lines.read(a_table(*rows), COLUMNS))

    assert [line.why for line in found if isinstance(line, Left)] == [
        Why.EMPTY,
        Why.TOTAL,
        Why.TOTAL,
        Why.TOTAL,
        Why.HEADS,
    ]
    assert [line.number for line in found if isinstance(line, Taken)] == [7]


def test_a_line_with_nothing_in_its_columns_is_empty() -> None:
    """Only what is mapped counts."""
    table = a_table(("", "", "", "", "只有备注"))

    assert list(lines.read(table, {"姓名": COLUMNS["姓名"]})) == [Left(2, Why.EMPTY)]


def test_merged_cells_are_told_and_not_filled() -> None:
    """The text stands in the first line; the others are flagged, and empty."""
    rows = [
        ("1", "", "甲", "示例市", ""),
        ("2", "", "乙", "", ""),
        ("3", "", "丙", "", ""),
        ("4", "", "丁", "别处", ""),
    ]

    found = taken(a_table(*rows, areas=[Merged(2, 4, 4, 4)]))

    assert [line.cells.get("office") for line in found] == ["示例市", None, None, "别处"]
    assert [line.flags for line in found] == [(), ("office:merged",), ("office:merged",), ()]


def test_merged_cells_are_filled_where_the_mapping_says_so() -> None:
    """Downwards, within the column, still flagged; sideways never, and never from the heads."""
    rows = [("1", "", "甲", "示例市", ""), ("2", "", "乙", "", ""), ("3", "", "丙", "", "")]
    columns = COLUMNS | {"属地": Column("office", down=True), "备注": Column("remark", down=True)}

    found = taken(a_table(*rows, areas=[Merged(2, 4, 3, 5), Merged(1, 1, 1, 2)]), columns)

    assert [line.cells.get("office") for line in found] == ["示例市", "示例市", None]
    assert found[0].flags == ("remark:merged",)
    assert found[1].flags == ("office:merged", "remark:merged")
    assert "remark" not in found[1].cells


def test_serial_days_are_read_where_the_whole_column_is_so() -> None:
    """Flagged all the same; #N/A, totals and formulas do not count against it."""
    rows = [
        ("1", "45250", "甲", "", ""),
        ("2", "#N/A", "乙", "", ""),
        ("合计", "2", "", "", ""),
        ("3", "45251", "丙", "", ""),
    ]

    found = taken(a_table(*rows))

    assert [line.cells["received_on"] for line in found] == ["2023-11-20", "#N/A", "2023-11-21"]
    assert found[0].flags == ("received_on:serial",)


def test_a_serial_day_among_others_is_not_read() -> None:
    """It may be anything; it stays as it was read."""
    found = taken(a_table(("1", "45250", "甲", "", ""), ("2", "2023-11-21", "乙", "", "")))

    assert [line.cells["received_on"] for line in found] == ["45250", "2023-11-21"]
    assert found[0].flags == ("received_on:serial",)


def test_several_columns_make_one_remark() -> None:
    """Each under its head; a postcode among them is looked at as one."""
    top = ("姓名", "电话", "邮编", "备注")
    columns = {"姓名": Column("applicant_name"), "邮编": Column("remark"), "备注": Column("remark")}

    (line,) = taken(a_table(("甲", "", "30022", "加急"), top=top), columns)

    assert line.cells["remark"] == "邮编：30022；备注：加急"
    assert line.flags == ("remark:lost_zero",)


@pytest.mark.parametrize(
    "text",
    [
        "覃示例",
        "450103199003070004",
        "45010319900307000X",
        "联系13900000001",
        "请三日内送到覃示例家里 3",
        "覃示例3女士",
    ],
)
def test_what_may_name_a_person_does_not_stand_in_clear(text: str) -> None:
    """In a column of numbers by a wrong mapping: it goes to the remark, which is encrypted, and is told."""
    (line,) = taken(a_table((text, "", "甲", "", "原有")))

    assert "number" not in line.cells
    assert line.cells["remark"] == f"原有；{text}"
    assert line.flags[-1] == "number:moved"
    assert not lines.may_stand_in_clear(text)


@pytest.mark.parametrize(
    "text", ["桂跨〔2023〕第17号", "20231101-0001", "１７", "KS2023/5", "1.2E+19", "2023-13-45"]
)
def test_codes_stand_in_clear(text: str) -> None:
    """However a hall wrote its numbers, they are found by them."""
    assert lines.may_stand_in_clear(text)
