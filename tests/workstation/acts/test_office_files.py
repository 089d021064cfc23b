"""The directory as a table file: taken in whole or not at all, given out and taken in again unchanged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests import builders
from tests.builders import an_office, as_role, refused
from tests.integrations.spreadsheets import books
from workstation.acts import inputs, office_files, offices, table_files
from workstation.acts.desk import Desk
from workstation.acts.office_files import HEADS
from workstation.acts.table_files import Changed, Difference, RowsFaulty
from workstation.domain.office import Office
from workstation.domain.roles import Role

TODAY, YESTERDAY = "2026-11-20", "2026-11-19"
FIELDS = {
    "code": "450103-hz",
    "division": "450103",
    "department": "公安",
    "name": "示例市示例区公安局",
    "address": "示例市示例区示例路 2 号",
    "postcode": "530022",
    "phone": "0771-5550000",
    "contact": "覃联系",
    "hours": "工作日 9:00-17:00",
    "verified_on": YESTERDAY,
    "state": "在用",
}
REQUIRED = ("code", "division", "name", "address", "postcode", "phone")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The supervisor at window 1."""
    return as_role(desk, Role.SUPERVISOR)


def row(**changes: str) -> dict[str, str]:
    """A row of the file; `changes` by field."""
    return {**FIELDS, **changes}


def a_file(*rows: dict[str, str], columns: Sequence[str] = tuple(HEADS), kind: str = "csv") -> bytes:
    """A table file with these columns."""
    cells = [[one[field] for field in columns] for one in rows]
    return table_files.written(kind, [HEADS[field] for field in columns], cells, title="示例")


def imported(desk: Desk, *rows: dict[str, str], **options: Any) -> Difference:
    """What a file of these rows changed."""
    return office_files.import_file(desk, "示例.csv", a_file(*rows, **options))


def office_of(desk: Desk, code: str = "450103-hz") -> Office:
    """An office as it stands."""
    with desk.reading() as reading:
        return offices.find(reading, code)


def faults(desk: Desk, content: bytes) -> list[tuple[int, str]]:
    """Line and column of all that is wrong with a file, of which nothing is taken."""
    with refused(desk, "file-rows") as caught:
        office_files.import_file(desk, "示例.csv", content)
    with refused(desk, "file-rows"):
        office_files.import_file(desk, "示例.csv", content, preview=True)
    assert isinstance(caught.value, RowsFaulty)
    return [(fault.line, fault.column) for fault in caught.value.faults]


def test_a_file_fills_the_directory(desk: Desk) -> None:
    """Every column finds its field; who imports answers for the dates in it; one entry tells the counts."""
    found = imported(desk, row(), row(code="450105-HZ", state="停用", contact="", verified_on=""))

    first, second = office_of(desk), office_of(desk, "450105-hz")
    assert found == Difference(added=("450103-hz", "450105-hz"))
    assert {field: getattr(first, field) for field in FIELDS} == {**FIELDS, "state": "active"}
    assert (first.verified_by, first.changed_act) == ("2001", "import_offices")
    assert (second.state, second.contact, second.verified_on, second.verified_by) == (
        "closed",
        None,
        None,
        None,
    )
    with desk.reading() as reading:
        entry = reading.journal_of("450103-hz")[-1]
    assert '"facts":{"added":2,"changed":0,"removed":0,"unchanged":0}' in entry.body
    assert "覃联系" not in entry.body
    builders.assert_true_ledger(desk)


@pytest.mark.parametrize("kind", table_files.FORMATS)
def test_what_is_exported_imports_back_without_a_difference(desk: Desk, kind: str) -> None:
    """Closed and unverified offices, odd texts and all."""
    imported(desk, row(), row(code="b-hz", name="=HYPERLINK(1)", state="停用", verified_on="", contact=""))
    offices.add(desk, an_office(phone="010-12345678", postcode="010000"))

    content = office_files.export(desk, kind)

    found = office_files.import_file(desk, f"再来.{kind}", content, preview=True)
    assert found.is_empty
    assert found.unchanged == ("450101-police", "450103-hz", "b-hz")
    before = office_of(desk, "b-hz")
    office_files.import_file(desk, f"再来.{kind}", content)
    assert office_of(desk, "b-hz") == before
    assert before.name == "=HYPERLINK(1)"


def test_an_empty_directory_is_exported_as_its_header(desk: Desk) -> None:
    """A form to be filled in."""
    content = office_files.export(desk, "csv").decode("utf-8-sig")

    assert content.replace('"', "").strip().split(",") == [
        "代码", "行政区划", "部门类别", "名称", "地址", "邮编", "电话", "联系人", "办公时间",
        "最近核实日期", "状态",
    ]  # fmt: skip


def test_a_preview_changes_nothing_and_tells_what_would(desk: Desk) -> None:
    """Added, changed with the fields, unchanged; what the file does not have stays as it is."""
    imported(desk, row(), row(code="b-hz"), row(code="c-hz"))
    before = builders.head(desk)
    content = a_file(row(phone="0771-5550009", hours="", state="停用"), row(code="c-hz"), row(code="d-hz"))

    found = office_files.import_file(desk, "示例.csv", content, preview=True)

    assert builders.head(desk) == before
    assert found == Difference(
        added=("d-hz",),
        changed=(Changed("450103-hz", ("phone", "hours", "state")),),
        unchanged=("c-hz",),
    )
    assert office_files.import_file(desk, "示例.csv", content) == found
    assert office_of(desk).state == "closed"
    assert office_of(desk, "b-hz").version == 1
    assert office_of(desk, "c-hz").version == 1


def test_columns_may_stand_in_any_order_under_other_names(desk: Desk) -> None:
    """With blanks, stars and a title above, and columns nobody asked for."""
    lines = [
        "全省部门通讯录,,,,,,",
        "联系电话,邮政编码,邮寄地址,*部门名称,行政区划代码,备注, 部门代码 ",
        "0771-5550000,530022,示例路 2 号,示例局,450103,无,450103-hz",
    ]

    office_files.import_file(desk, "通讯录.csv", "\n".join(lines).encode("gbk"))

    office = office_of(desk)
    assert (office.name, office.phone, office.postcode) == ("示例局", "0771-5550000", "530022")
    assert (office.state, office.verified_on, office.hours) == ("active", None, "")


def test_a_column_the_file_does_not_have_takes_nothing_away(desk: Desk) -> None:
    """One that is there and empty does, but for the date and the state, which only a word changes."""
    imported(desk, row(state="停用"))

    assert imported(desk, row(), columns=REQUIRED).is_empty
    emptied = imported(desk, row(department="", contact="", hours="", verified_on="", state=""))

    assert emptied.changed == (Changed("450103-hz", ("department", "contact", "hours")),)
    office = office_of(desk)
    assert (office.department, office.contact, office.hours) == ("", None, "")
    assert (office.verified_on, office.verified_by, office.state) == (YESTERDAY, "2001", "closed")


@pytest.mark.parametrize(
    ("columns", "date", "verified_on"),
    [(REQUIRED, "", None), (tuple(HEADS), "", None), (tuple(HEADS), TODAY, TODAY)],
)
def test_another_address_in_the_file_is_unverified_but_for_its_date(
    desk: Desk, columns: Sequence[str], date: str, verified_on: str | None
) -> None:
    """As when it is changed by hand."""
    imported(desk, row())

    imported(desk, row(address="示例市新路 9 号", verified_on=date), columns=columns)

    assert office_of(desk).verified_on == verified_on


@pytest.mark.parametrize(
    "date", ["2026-11-19", "2026/11/19", "2026.11.19", "2026年11月19日", "2026-11-19 00:00:00"]
)
def test_dates_are_read_as_people_write_them(desk: Desk, date: str) -> None:
    """And as a spreadsheet program shows its own."""
    imported(desk, row(verified_on=date))

    assert office_of(desk).verified_on == YESTERDAY


def test_numbers_dates_and_formulas_of_a_workbook_are_texts(desk: Desk) -> None:
    """A postcode typed as a number, a true date, a formula that nobody computes."""
    names = ("code", "division", "name", "address", "postcode", "phone", "verified_on")
    head = "".join(books.text(HEADS[name]) for name in names)
    cells = [
        books.text("450103-hz"), books.number("450103"), '<c t="str"><f>CONCAT(A1)</f><v>示例局</v></c>',
        books.text("示例路 2 号"), books.number("530022"), books.text("0771-5550000"),
        books.number("46345", 1),
    ]  # fmt: skip
    content = books.a_book(head, "".join(cells), parts={books.STYLES: books.styles([0, 14])})

    office_files.import_file(desk, "表.xlsx", content)

    office = office_of(desk)
    assert (office.division, office.postcode, office.verified_on) == ("450103", "530022", "2026-11-19")
    assert office.name == "=CONCAT(A1)"


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"code": ""}, "代码", "没有填写"),
        ({"code": "450103"}, "代码", "的写法不对"),
        ({"division": "南宁"}, "行政区划", "6 位数字"),
        ({"name": "长" * 101}, "名称", "太长"),
        ({"address": "路\u200b1"}, "地址", "不可见"),
        ({"postcode": "10000"}, "邮编", "6 位数字"),
        ({"phone": "12345"}, "电话", "位数"),
        ({"contact": "甲\n乙"}, "联系人", "控制字符"),
        ({"verified_on": "去年"}, "最近核实日期", "日期"),
        ({"verified_on": "2026-11-21"}, "最近核实日期", "还没有到"),
        ({"state": "撤并"}, "状态", "在用或停用"),
    ],
)
def test_a_wrong_cell_is_told_by_line_and_column(
    desk: Desk, changes: dict[str, str], column: str, words: str
) -> None:
    """What is wrong and what to write, without the cell's own text, which may name a person."""
    with refused(desk, "file-rows") as caught:
        imported(desk, row(code="a-hz"), row(**changes))

    assert isinstance(caught.value, RowsFaulty)
    (fault,) = caught.value.faults
    assert (fault.line, fault.column) == (3, column)
    assert words in fault.why
    assert not any(field in fault.why for field in ("postcode", "division", "verified_on"))


def test_all_that_is_wrong_with_a_row_is_told(desk: Desk) -> None:
    """Each column that has something."""
    wrong = row(code="", division="x", name="", address="", postcode="1", phone="1", state="?")

    assert faults(desk, a_file(wrong)) == [
        (2, "状态"), (2, "代码"), (2, "行政区划"), (2, "名称"), (2, "地址"), (2, "邮编"), (2, "电话"),
    ]  # fmt: skip


def test_a_code_stands_once_in_a_file(desk: Desk) -> None:
    """Capitals make no other code; the first line is named."""
    with refused(desk, "file-rows") as caught:
        imported(desk, row(), row(code="b-hz"), row(code="450103-HZ"), row())

    assert caught.value.why.splitlines() == [
        "第 4 行“代码”：与第 2 行的代码相同。",
        "第 5 行“代码”：与第 2 行的代码相同。",
    ]


def test_of_ten_thousand_rows_three_hundred_are_wrong_and_none_is_taken(desk: Desk) -> None:
    """All three hundred are told; without them all ten thousand are taken."""
    rows = [row(code=f"o-{number}") for number in range(10_000)]
    wrong = {number: row(code=f"o-{number}", postcode="12") for number in range(7, 9_900, 33)}
    assert len(wrong) == 300

    told = faults(desk, a_file(*(wrong.get(number, one) for number, one in enumerate(rows))))

    assert told == [(number + 2, "邮编") for number in wrong]
    assert offices.listed(desk) == []
    assert imported(desk, *rows).counts()["added"] == 10_000


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (("code", "name", "address", "phone"), ["缺少“行政区划”列", "缺少“邮编”列"]),
        ((*REQUIRED, "phone", "phone"), ["“电话”列有 3 个（F 列、G 列、H 列）"]),
    ],
)
def test_missing_and_doubled_columns_are_told_together(
    desk: Desk, columns: Sequence[str], words: list[str]
) -> None:
    """Nothing is guessed from the order of columns."""
    with refused(desk, "file-header") as caught:
        imported(desk, row(), columns=columns)

    assert all(each in caught.value.why for each in words)


@pytest.mark.parametrize("role", [Role.CLERK, Role.AUDITOR, Role.COURIER])
def test_only_who_answers_for_the_directory_imports_and_exports_it(desk: Desk, role: str) -> None:
    """A file has the names of those to be asked for in clear."""
    other = as_role(desk, role)

    with refused(desk, "wrong-role"):
        imported(other, row())
    with refused(desk, "wrong-role"):
        office_files.import_file(other, "示例.csv", a_file(row()), preview=True)
    with refused(desk, "wrong-role"):
        office_files.export(other, "csv")
    with refused(desk, "nobody-signed-in"):
        office_files.export(builders.nobody(desk), "csv")
    assert not offices.listed(desk)


def test_a_change_in_between_is_compared_again(desk: Desk) -> None:
    """What was previewed is not what is written, but what the file says against what is there then."""
    content = a_file(row(phone="0771-5550009"))
    imported(desk, row())
    assert office_files.import_file(desk, "示例.csv", content, preview=True).changed

    fields = {field: value for field, value in FIELDS.items() if field != "state"}
    offices.change(replace(desk, seen=1), inputs.Office(**{**fields, "phone": "0771-5550009"}))

    assert office_files.import_file(desk, "示例.csv", content).is_empty
