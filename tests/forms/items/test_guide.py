"""A hall's 办事指南 as a table: rows as they are meant, each fault with line and column, ids that stay."""

from __future__ import annotations

import random
import string
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms import items
from forms.items import guide
from forms.items.checklists import ChecklistRow
from forms.items.guide import HEADS, Fault, Reason
from forms.review import DEFECTS, PaperForm
from tests.lengths import often

KNOWN = frozenset(item.code for item in items.all_items())
FUZZED = often(30_000, 10_000)
"""Tables that are tried, by both ways together."""
DRAWN = 200
COLUMNS = [head.name for head in HEADS.values()]


@dataclass(frozen=True)
class Line:
    """A line as a spreadsheet gives it."""

    number: int
    cells: dict[str, str]


def a_line(number: int = 2, /, **cells: str) -> Line:
    """A valid line, by field; its name differs from line to line."""
    values = {"item": "63", "name": f"材料{number}", "standard": "字迹清晰。", "form": "原件", **cells}
    return Line(number, {HEADS[field].name: text for field, text in values.items()})


def the_row(**cells: str) -> ChecklistRow:
    """The row of the only line, which is right."""
    found = guide.read([a_line(**cells)])
    assert not found.faults
    (row,) = found.items["63"]
    return row


def the_fault(**cells: str) -> tuple[str, Reason, str]:
    """Column, reason and detail of the only fault of the only line."""
    found = guide.read([a_line(**cells)])
    (fault,) = found.faults
    assert fault.line == 2
    assert not found.items
    return fault.column, fault.reason, fault.detail


def names(*rows: str) -> tuple[ChecklistRow, ...]:
    """Rows with these names, without ids."""
    return tuple(replace(the_row(), name=name) for name in rows)


def ids(rows: Sequence[ChecklistRow]) -> list[str]:
    """Their ids."""
    return [row.id for row in rows]


def test_a_line_with_nothing_but_what_must_be_said_is_a_row() -> None:
    """One copy, always required, not deferrable, not exempt; and nobody has read its source."""
    assert the_row(name="结婚证", standard="各页齐全。", form="复印件") == ChecklistRow(
        id="",
        name="结婚证",
        standard="各页齐全。",
        form=PaperForm.COPY,
        copies=1,
        from_whom="",
        condition=None,
        deferrable=False,
        exempt=False,
        faults=(),
        sample="",
        source="来源：未核对",
    )


def test_a_full_line_is_taken_as_it_stands() -> None:
    """Every column has its field."""
    row = the_row(
        copies="2", from_whom="民政部门", condition="由他人代办的", deferrable="是", exempt="是",
        faults="缺件、过期", sample="示例：……", source="本局办事指南", id="marriage",
    )  # fmt: skip

    assert (row.id, row.copies, row.from_whom, row.condition) == ("marriage", 2, "民政部门", "由他人代办的")
    assert (row.deferrable, row.exempt, row.faults) == (True, True, ("missing", "expired"))
    assert (row.sample, row.source, row.required) == ("示例：……", "本局办事指南", "when")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("原件", PaperForm.ORIGINAL),
        (" 原 件 ", PaperForm.ORIGINAL),
        ("复印件", PaperForm.COPY),
        ("复印件（核对原件）", PaperForm.COPY_CHECKED),
        ("复印件(验原件)", PaperForm.COPY_CHECKED),
        ("复印件，核对原件", PaperForm.COPY_CHECKED),
        ("复印件 (原件核验)", PaperForm.COPY_CHECKED),
        ("copy_checked", PaperForm.COPY_CHECKED),
    ],
)
def test_a_form_is_known_in_the_ways_people_write_it(text: str, form: PaperForm) -> None:
    """Brackets, blanks and the words for checking vary."""
    assert the_row(form=text).form == form


@pytest.mark.parametrize(("text", "copies"), [("", 1), ("1", 1), ("２", 2), ("3份", 3), ("999", 999)])
def test_a_number_of_copies(text: str, copies: int) -> None:
    """An empty cell is one copy; full width and 份 are understood."""
    assert the_row(copies=text).copies == copies


@pytest.mark.parametrize(
    ("text", "said"), [("是", True), ("√", True), ("否", False), ("", False), ("Ｎ", False)]
)
def test_yes_and_no(text: str, said: bool) -> None:
    """An empty cell is no."""
    assert (the_row(deferrable=text).deferrable, the_row(exempt=text).exempt) == (said, said)


@pytest.mark.parametrize("text", ["", "必要", "必需"])
def test_a_paper_that_is_always_required_has_no_condition(text: str) -> None:
    """Lists that write 必要 say nothing about when."""
    assert the_row(condition=text).condition is None


def test_lines_broken_within_a_cell_are_joined() -> None:
    """A row has one line for each thing."""
    assert (
        the_row(standard="1.字迹清晰。\n\n 2.有签名。\t3.有日期。").standard
        == "1.字迹清晰。 2.有签名。 3.有日期。"
    )


def test_common_defects_are_known_by_word_in_any_order_and_once() -> None:
    """The separators people use, and each word of the review."""
    assert the_row(faults="过期，缺件；过期\n未签名").faults == ("expired", "missing", "unsigned")
    every = "、".join(defect.word for defect in DEFECTS.values())
    assert the_row(faults=every).faults == tuple(DEFECTS)


@pytest.mark.parametrize(
    ("field", "text", "reason", "detail"),
    [
        ("item", "", Reason.EMPTY, ""),
        ("name", " ", Reason.EMPTY, ""),
        ("standard", "", Reason.EMPTY, ""),
        ("form", "", Reason.EMPTY, ""),
        ("form", "原件及复印件", Reason.FORM, "原件及复印件"),
        ("copies", "0", Reason.COPIES, "0"),
        ("copies", "1000", Reason.COPIES, "1000"),
        ("copies", "若干", Reason.COPIES, "若干"),
        ("copies", "-1", Reason.COPIES, "-1"),
        ("deferrable", "可能", Reason.FLAG, "可能"),
        ("exempt", "2", Reason.FLAG, "2"),
        ("faults", "缺件、太旧、太贵", Reason.DEFECT, "太旧、太贵"),
        ("name", "长" * 101, Reason.TOO_LONG, "100"),
        ("standard", "长" * 501, Reason.TOO_LONG, "500"),
        ("from_whom", "长" * 101, Reason.TOO_LONG, "100"),
        ("condition", "长" * 201, Reason.TOO_LONG, "200"),
        ("sample", "长" * 501, Reason.TOO_LONG, "500"),
        ("source", "长" * 301, Reason.TOO_LONG, "300"),
        ("name", "结婚\x07证", Reason.CONTROL, ""),
        ("name", "结婚\u202e证", Reason.INVISIBLE, ""),
        ("standard", "\ue000", Reason.PRIVATE_USE, ""),
        ("sample", "\ufffd", Reason.DAMAGED, ""),
        ("source", "\ud800", Reason.SURROGATE, ""),
        ("id", "1st", Reason.ROW_ID, "1st"),
        ("id", "Marriage", Reason.ROW_ID, "Marriage"),
        ("id", "结婚证", Reason.ROW_ID, "结婚证"),
        ("id", "a" * 41, Reason.ROW_ID, "a" * 41),
        ("id", "result", Reason.RESERVED_ID, "result"),
        ("id", "supplement_1", Reason.RESERVED_ID, "supplement_1"),
    ],
)
def test_what_cannot_be_taken_is_told_with_its_column(
    field: str, text: str, reason: Reason, detail: str
) -> None:
    """One fault for one cell, and the line is no row."""
    assert the_fault(**{field: text}) == (HEADS[field].name, reason, detail)


def test_every_reason_is_tried_here() -> None:
    """None is without a test."""
    marks = test_what_cannot_be_taken_is_told_with_its_column.pytestmark  # type: ignore[attr-defined]
    tried = {reason for _, _, reason, _ in marks[0].args[1]}

    assert tried | {Reason.SAME_ID, Reason.SAME_NAME, Reason.UNKNOWN_ITEM} == set(Reason)


def test_all_faults_of_a_line_are_told() -> None:
    """Not the first one only."""
    found = guide.read([a_line(form="", copies="x", exempt="?", id="Z")])

    assert [fault.column for fault in found.faults] == ["行标识", "形式", "份数", "免提交"]


def test_one_item_has_each_name_and_each_id_once() -> None:
    """Told with the line that has it already, even if that line is wrong in something else."""
    found = guide.read(
        [
            a_line(2, name="结婚证", id="marriage", copies="0"),
            a_line(3, name="结婚证", id="other"),
            a_line(4, name="户口簿", id="marriage"),
            a_line(5, item="64", name="结婚证", id="marriage"),
        ]
    )

    assert found.faults[1:] == (
        Fault(3, "材料名称", Reason.SAME_NAME, "2"),
        Fault(4, "行标识", Reason.SAME_ID, "2"),
    )
    assert [*found.items] == ["64"]


def test_rows_stand_by_item_in_the_order_of_the_table() -> None:
    """Lines of one item need not follow one another."""
    found = guide.read([a_line(2, name="乙"), a_line(3, item="５"), a_line(4, name="甲")])

    assert {code: [row.name for row in rows] for code, rows in found.items.items()} == {
        "63": ["乙", "甲"],
        "5": ["材料3"],
    }


def test_an_unknown_item_is_told_for_each_of_its_lines() -> None:
    """Also where such a line is wrong in something else; which items there are is the hall's to know."""
    found = guide.read([a_line(2, item="H-9"), a_line(3), a_line(4, item="H-9", form="?")])

    assert found.unknown(KNOWN) == tuple(
        Fault(line, "事项代码", Reason.UNKNOWN_ITEM, "H-9") for line in (2, 4)
    )
    assert found.unknown([*KNOWN, "H-9"]) == ()


def test_300_faults_in_10_000_lines_are_all_told() -> None:
    """Each with its own line."""
    lines = [a_line(number, copies="0" if number % 33 == 2 else "1") for number in range(2, 10_002)]
    wrong = [line.number for line in lines if line.cells["份数"] == "0"]

    found = guide.read(lines)

    assert len(wrong) > 300
    assert [fault.line for fault in found.faults] == wrong
    assert len(found.items["63"]) == 10_000 - len(wrong)


def test_new_rows_are_numbered() -> None:
    """In their order; ids that the table gives stand, and none is given twice."""
    rows = guide.read([a_line(2), a_line(3, id="r1"), a_line(4)]).items["63"]

    assert ids(guide.numbered(rows)) == ["r2", "r1", "r3"]


def test_a_row_keeps_the_id_it_had_by_its_name() -> None:
    """The nearest former list goes first; what is nowhere gets a number that nobody had."""
    here, before = {"甲": "r1", "乙": "marriage"}, {"乙": "old", "丙": "statement", "戊": "r2"}

    numbered = guide.numbered(names("丁", "丙", "乙", "甲"), here, before)

    assert ids(numbered) == ["r3", "statement", "marriage", "r1"]


def test_an_id_the_table_gives_goes_before_a_former_one() -> None:
    """The row that had it gets another; nor do two former lists give one id to two rows."""
    rows = (*names("甲"), replace(the_row(), name="乙", id="marriage"))
    assert ids(guide.numbered(rows, {"甲": "marriage"})) == ["r1", "marriage"]

    assert ids(guide.numbered(names("甲", "乙"), {"甲": "x"}, {"乙": "x"})) == ["x", "r1"]


@pytest.mark.parametrize("code", [item.code for item in items.all_items() if items.folder_of(item.code)])
def test_our_own_checklists_come_back_as_they_were(code: str) -> None:
    """Written as a table and read again, nothing is lost."""
    rows = items.for_item(code).rows

    found = guide.read([as_line(code, row, number) for number, row in enumerate(rows, 2)])

    assert not found.faults
    assert found.items == {code: rows}


CELLS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["原件", "复印件", "是", "否", "1", "63", "缺件、过期", "marriage", "r1", "结婚证", ""]),
)


def as_line(code: str, row: ChecklistRow, number: int) -> Line:
    """A row written as a line of the table."""
    return Line(number, dict(zip(COLUMNS, guide.cells(code, row), strict=True)))


def holds(lines: Sequence[Line]) -> guide.Guide:
    """Whatever the table is: each of its lines is a row or has a fault."""
    found = guide.read(lines)

    faulty = {fault.line for fault in found.faults}
    assert sum(map(len, found.items.values())) + len(faulty) == len(lines)
    assert all(fault.column in COLUMNS and isinstance(fault.reason, Reason) for fault in found.faults)
    return found


def comes_back(found: guide.Guide) -> None:
    """What was taken has ids of its own and, written and read again, is the same."""
    for code, rows in found.items.items():
        numbered = guide.numbered(rows)
        assert len(set(ids(numbered))) == len(rows)
        again = guide.read([as_line(code, row, number) for number, row in enumerate(numbered)])
        assert again.items == {code: numbered}


@given(st.lists(st.dictionaries(st.sampled_from(COLUMNS), CELLS), max_size=4))
@settings(max_examples=DRAWN, deadline=None)
def test_any_table_is_read_or_told(tables: list[dict[str, str]]) -> None:
    """Nothing but rows and faults comes out of what hypothesis thinks of."""
    comes_back(holds([Line(number, cells) for number, cells in enumerate(tables, 2)]))


@pytest.mark.long
def test_spoilt_tables_are_read_or_told() -> None:
    """Nor out of good lines with cells that were typed over, cut, doubled or emptied."""
    chance = random.Random(137)
    letters = f"{string.printable}，、；：（）原件复印件是否份√×长\u202e\ue000\ufffd\ud800\u3000\x00"
    good = a_line(id="marriage", faults="缺件、过期", copies="2", deferrable="是")
    taken = 0
    for _ in range(FUZZED - DRAWN):
        cells = dict(good.cells)
        for column in chance.sample([*cells], k=2):
            text, letter = cells[column], chance.choice(letters)
            at = chance.randint(0, len(text))
            cells[column] = chance.choice((text[:at], text * 2, text[:at] + letter + text[at:], letter, ""))
        found = holds([Line(2, cells)])
        taken += len(found.items)
        if taken % 10 == 1:
            comes_back(found)
    assert FUZZED * 0.2 < taken < FUZZED * 0.8
