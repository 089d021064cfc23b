"""Bills of a carrier: read exactly to the fen, and refused with every fault named."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations import spreadsheets
from integrations.carriers import bills
from integrations.carriers.bills import BillLine
from integrations.carriers.cells import CellError, Faulty
from integrations.spreadsheets import Sheet

HEAD = ("邮件号", "收寄日期", "资费")
DAY = datetime.date(2026, 11, 20)


def a_bill(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> Sheet:
    """A table with a header and these rows."""
    return Sheet((head, *rows))


def an_item(waybill: str = "1136281381675", on: str = "2026-11-20", amount: str = "22.00") -> tuple[str, ...]:
    """A sound row, where a test names only what matters."""
    return (waybill, on, amount)


def faults(sheet: Sheet) -> tuple[CellError, ...]:
    """All that is wrong with a bill."""
    with pytest.raises(Faulty) as caught:
        bills.read(sheet)
    return caught.value.errors


def test_columns_are_found_by_name_in_any_order() -> None:
    """Weight, remarks and whatever else the carrier prints is left alone; rows keep their numbers."""
    content = (
        "中国邮政对账单,,,,\n\n序号,应收,重量,日期,备注,运单号\n"
        '1,22,150,2026/11/20,,1136281381675\n2,"1,022.50",,20261121,急,ee123456785cn\n'
    )

    found = bills.read(spreadsheets.read(content.encode()))

    assert found == [
        BillLine(4, "1136281381675", 2200, DAY),
        BillLine(5, "EE123456785CN", 102250, datetime.date(2026, 11, 21)),
    ]


@pytest.mark.parametrize("waybill", ["邮件号", "运单号", "邮件号码"])
@pytest.mark.parametrize("day", ["收寄日期", "日期"])
@pytest.mark.parametrize("amount", ["资费", "金额", "总资费", "应收"])
def test_each_name_of_a_column_is_known(waybill: str, day: str, amount: str) -> None:
    """All names under which carriers print the three."""
    assert len(bills.read(a_bill(an_item(), head=(waybill, day, amount)))) == 1


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("22", 2200),
        ("22.0", 2200),
        ("22.00", 2200),
        ("￥22.00", 2200),
        ("¥22.5", 2250),
        ("1,022.50", 102250),
        ("1022.50", 102250),
        ("１，０２２．５０元", 102250),
        ("1,234,567.89", 123456789),
        ("0", 0),
        ("0.29", 29),
        ("￥ 8.70", 870),
    ],
)
def test_an_amount_is_exact(text: str, fen: int) -> None:
    """In whichever way it is written; 0.29 is 29 fen, and no binary fraction of them."""
    assert bills.read(a_bill(an_item(amount=text)))[0].fen == fen


@given(st.integers(0, 999_999_999))
def test_every_amount_comes_back_as_it_was(fen: int) -> None:
    """Written with and without groups of thousands."""
    for text in (f"{fen // 100}.{fen % 100:02}", f"¥{fen // 100:,}.{fen % 100:02}"):
        assert bills.read(a_bill(an_item(amount=text)))[0].fen == fen


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("22.005", "decimals"),
        ("22.000", "decimals"),
        ("-22.00", "negative"),
        ("￥-22", "negative"),
        ("二十二", "amount"),
        ("22.", "amount"),
        (".5", "amount"),
        ("1,02", "amount"),
        ("10,22.50", "amount"),
        ("1e3", "amount"),
        ("=B2*2", "amount"),
        ("22 $", "amount"),
        ("99999999", "amount"),
    ],
)
def test_an_amount_that_cannot_be_meant_is_refused(text: str, reason: str) -> None:
    """Rounding, credits and guesses are left to people."""
    assert faults(a_bill(an_item(amount=text))) == (CellError(2, "资费", reason, text),)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-20",
        "2026/11/20",
        "2026.11.20",
        "20261120",
        "2026年11月20日",
        "２０２６－１１－２０",
        "2026-11-20 09:05",
        "2026-11-20 09:05:03.0",
        "2026年11月20日 9:05:03",
    ],
)
def test_a_day_is_read_in_its_usual_forms(text: str) -> None:
    """A time of day, where there is one, changes nothing."""
    assert bills.read(a_bill(an_item(on=text)))[0].on == DAY


def test_a_day_may_do_without_zeros() -> None:
    """As table programs show it."""
    assert bills.read(a_bill(an_item(on="2026/1/2")))[0].on == datetime.date(2026, 1, 2)


@pytest.mark.parametrize(
    "text", ["2026-02-29", "2026-13-01", "11-20", "26-11-20", "2026/11-20", "昨天", "46346"]
)
def test_a_day_that_is_none_is_refused(text: str) -> None:
    """No such day, no year, a number that only looks like one."""
    assert faults(a_bill(an_item(on=text))) == (CellError(2, "收寄日期", "day", text),)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "empty"), ("1.13628E+12", "form"), ("113628138167", "form"), ("EE123456789CN", "check_digit")],
)
def test_a_number_that_is_none_is_refused(text: str, reason: str) -> None:
    """One that a table program has shortened is no number any more."""
    assert faults(a_bill(an_item(waybill=text))) == (CellError(2, "邮件号", reason, text),)


def test_a_doubled_number_is_named_with_both_rows() -> None:
    """Each repetition names the first row; the way of writing makes no difference."""
    rows = [an_item("EE123456785CN"), an_item(), an_item("ee 123456785 cn"), an_item("EE123456785CN")]

    assert faults(a_bill(*rows)) == (
        CellError(4, "邮件号", "doubled", "EE123456785CN", 2),
        CellError(5, "邮件号", "doubled", "EE123456785CN", 2),
    )


def test_every_fault_is_told_at_once() -> None:
    """Of all rows and of each cell of a row, in the order of the table."""
    told = faults(a_bill(an_item("x", "y", "z"), an_item(), an_item("EE123456785CN", "", "1.234")))

    assert [(error.row, error.column, error.reason) for error in told] == [
        (2, "邮件号", "form"),
        (2, "收寄日期", "day"),
        (2, "资费", "amount"),
        (4, "收寄日期", "empty"),
        (4, "资费", "decimals"),
    ]


def test_a_double_is_told_even_beside_other_faults() -> None:
    """A row that cannot be read otherwise has its number taken all the same."""
    told = faults(a_bill(an_item(amount="x"), an_item()))

    assert [(error.row, error.reason) for error in told] == [(2, "amount"), (3, "doubled")]


@pytest.mark.parametrize(
    "row", [("合计", "", "44.00"), ("总计：", "2 件", "44"), ("", "小 计", "44"), ("本页合计", "", "")]
)
def test_a_row_of_totals_is_no_item(row: tuple[str, ...]) -> None:
    """What is added up is counted once."""
    assert len(bills.read(a_bill(an_item(), row))) == 1


def test_an_amount_without_a_number_is_not_passed_over() -> None:
    """Money that belongs to nothing is a fault, not a total."""
    told = faults(a_bill(an_item(), ("", "", "44.00")))

    assert [(error.row, error.column, error.reason) for error in told] == [
        (3, "邮件号", "empty"),
        (3, "收寄日期", "empty"),
    ]


def test_an_unknown_header_is_told_column_by_column() -> None:
    """What is missing, and what stands there more than once, with its letters and row."""
    assert faults(a_bill(head=("单号", "何时", "多少"))) == tuple(
        CellError(0, column, "column_missing") for column in HEAD
    )
    assert faults(a_bill(head=("邮件号", "资费", "应收"))) == (
        CellError(1, "收寄日期", "column_missing"),
        CellError(1, "资费", "column_doubled", "B, C"),
    )


def test_a_bill_without_items_is_empty() -> None:
    """The header alone is no fault: nothing was sent."""
    assert bills.read(a_bill()) == []


def test_the_error_may_be_logged() -> None:
    """Neither it nor what it carries shows what stands in a cell."""
    with pytest.raises(Faulty) as caught:
        bills.read(a_bill(an_item(waybill="450102199001010007")))

    assert str(caught.value) == "1 faults"
    assert "4501" not in repr(caught.value.errors)


def test_every_reason_is_met() -> None:
    """So that the wording can be checked against the list."""
    rows = [("", "x", "x"), an_item("x", amount="-1"), an_item("EE123456789CN", amount="1.001")]
    told = [
        *faults(a_bill(head=("邮件号", "邮件号", "资费"))),
        *faults(a_bill(*rows, an_item(), an_item())),
    ]

    assert {error.reason for error in told} == set(bills.REASONS)
