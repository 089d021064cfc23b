"""Stored numbers as a person sees them: dates of every calendar and language, zeros, digits that are true."""

from __future__ import annotations

import pytest

from integrations.spreadsheets import read
from tests.integrations.spreadsheets import books
from tests.integrations.spreadsheets.books import STYLES, WORKBOOK, a_book, number, text


def shown(stored: str, format_id: int = 0, code: str = "", properties: str = "") -> str:
    """What a cell with that number and format reads as."""
    codes = {format_id: code} if code else {}
    parts = {
        STYLES: books.styles([0, format_id], codes),
        WORKBOOK: books.workbook(("一", "rId1", ""), properties=properties),
    }
    return read(a_book(text("头") + number(stored, 1), parts=parts)).rows[0][1]


@pytest.mark.parametrize(
    ("stored", "plain"),
    [
        ("0", "0"),
        ("-0", "0"),
        ("13800138000", "13800138000"),
        ("5.30022E5", "530022"),
        ("0.30000000000000004", "0.3"),
        ("3.14159265358979", "3.14159265358979"),
        ("1.0000000000000001E-5", "1E-05"),
        ("999999999999999", "999999999999999"),
        ("450102199001011234", "4.50102199001011E+17"),
        ("1E+999", "1E+999"),
        ("not a number", "not a number"),
        ("1_000", "1_000"),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_numbers_are_shown_with_the_digits_that_are_true(stored: str, plain: str) -> None:
    """A long number Excel has rounded looks rounded, so nobody takes it for an ID number."""
    assert shown(stored) == plain


@pytest.mark.parametrize(
    ("format_id", "code"),
    [
        (14, ""),
        (22, ""),
        (31, ""),
        (57, ""),
        (176, "yyyy/m/d"),
        (177, "[$-804]yyyy&quot;年&quot;m&quot;月&quot;;@"),
    ],
)
def test_dates_are_shown_one_way(format_id: int, code: str) -> None:
    """Whatever the format: built in, Chinese without its wording (31, 57), or written out."""
    assert shown("45413", format_id, code) == "2024-05-01"


@pytest.mark.parametrize(
    ("stored", "moment"),
    [("45413.5", "2024-05-01 12:00:00"), ("0.75", "18:00:00"), ("1", "1900-01-01"), ("61", "1900-03-01")],
)
def test_times_are_shown_where_there_are_any(stored: str, moment: str) -> None:
    """Midnight is a date; a part of a day is a time; Excel's 29 February 1900 moves nothing after it."""
    assert shown(stored, 22) == moment


def test_a_workbook_can_count_from_1904() -> None:
    """As those made on a Macintosh do."""
    assert shown("43951", 14, properties='date1904="1"') == "2024-05-01"


@pytest.mark.parametrize("stored", ["-700000", "99999999", "1E+300"])
def test_a_date_no_calendar_has_stays_a_number(stored: str) -> None:
    """Nothing is lost and nothing invented."""
    assert shown(stored, 14) == shown(stored)


@pytest.mark.parametrize(
    ("code", "digits"), [("000000", "010010"), ("0000000000", "0000010010"), ("0.00", "10010")]
)
def test_zeros_a_format_puts_before_a_number_are_kept(code: str, digits: str) -> None:
    """A postcode typed as a number has them only by its format."""
    assert shown("10010", 180, code) == digits


@pytest.mark.parametrize("code", ["[h]:mm:ss", "0.00%", "#,##0.00", "&quot;天&quot;0"])
def test_other_formats_change_nothing(code: str) -> None:
    """Durations, shares and sums of money are given as their number."""
    assert shown("1.5", 180, code) == "1.5"


@pytest.mark.parametrize("style", [7, -1])
def test_a_style_that_is_not_there_changes_nothing(style: int) -> None:
    """The number is what counts."""
    assert read(a_book(number("12", style))).rows == (("12",),)
