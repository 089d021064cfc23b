"""Own numbers and anchors: composed, taken apart again, and refused by name."""

from __future__ import annotations

import datetime
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain import codes
from workstation.domain.codes import HallCode, Kind, Number

NUMBERS = st.builds(
    Number,
    kind=st.sampled_from(Kind),
    division=st.from_regex(r"[1-8][0-9]{5}", fullmatch=True),
    hall=st.integers(1, 9),
    window=st.integers(1, 99),
    day=st.dates(datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)),
    serial=st.integers(1, 9999),
)
CASE = Number(Kind.CASE, "450103", 1, 2, datetime.date(2026, 11, 20), 42)


def check_digit(body: str) -> str:
    """ISO 7064 MOD 11,10 as the standard tells it, written without the library under test."""
    product = 10
    for digit in body:
        product = (((product + int(digit)) % 10 or 10) * 2) % 11
    return str((11 - product) % 10)


def with_check(body: str) -> str:
    """A body of nineteen digits with its right check digit."""
    return body + check_digit(body)


def parsed(text: str) -> Number | codes.NotANumber:
    """What parsing says of a text: the number, or the error."""
    try:
        return codes.parse(text)
    except codes.NotANumber as error:
        return error


def test_a_number_is_printed_part_by_part() -> None:
    """Kind, division, hall, window, year and day of the year, serial and check stand in this order."""
    assert CASE.text == with_check("1" + "450103" + "1" + "02" + "26324" + "0042")
    assert len(CASE.text) == 20


def test_compose_takes_the_hall_as_one() -> None:
    """`compose` gives the same digits as the number it is composed of."""
    text = codes.compose(Kind.CASE, HallCode("450103", 1), window=2, day=CASE.day, serial=42)

    assert text == CASE.text


@pytest.mark.parametrize(
    ("kind", "digit"),
    [
        (Kind.CASE, "1"),
        (Kind.ENVELOPE, "2"),
        (Kind.BATCH, "3"),
        (Kind.FACE, "4"),
        (Kind.REPLY_SLIP, "5"),
        (Kind.DAY_SHEET, "6"),
        (Kind.BADGE, "7"),
    ],
)
def test_the_first_digit_is_the_kind(kind: Kind, digit: str) -> None:
    """Each kind has the digit of design §4, printed labels depend on it for ever."""
    assert codes.compose(kind, CASE.place, window=1, day=CASE.day, serial=1)[0] == digit


@given(NUMBERS)
def test_every_number_comes_back_whole(number: Number) -> None:
    """Parsing what was composed gives every part again, whatever the parts."""
    assert codes.parse(number.text) == number
    assert number.text == with_check(number.text[:-1])


@given(NUMBERS)
def test_full_width_digits_are_the_same_number(number: Number) -> None:
    """What a Chinese input method makes of the digits is folded before parsing."""
    full_width = "".join(chr(ord(digit) + 0xFEE0) for digit in number.text)

    assert codes.parse(f" {full_width}\n") == number


@given(NUMBERS, st.integers(0, 19), st.integers(1, 9))
def test_one_wrong_digit_is_always_caught(number: Number, place: int, by: int) -> None:
    """MOD 11,10 catches every single wrong digit, wherever it stands."""
    wrong = str((int(number.text[place]) + by) % 10)

    with pytest.raises(codes.WrongCheckDigit):
        codes.parse(number.text[:place] + wrong + number.text[place + 1 :])


@given(NUMBERS, st.integers(0, 18))
def test_swapped_neighbours_are_caught_as_far_as_the_digit_can(number: Number, place: int) -> None:
    """Two neighbours swapped are refused whenever the check digit no longer fits."""
    text = number.text
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]

    if swapped != text and check_digit(swapped[:-1]) != swapped[-1]:
        with pytest.raises(codes.WrongCheckDigit):
            codes.parse(swapped)


@given(st.text() | st.from_regex(r"[0-9]{18,22}", fullmatch=True))
def test_nothing_but_a_valid_number_is_one(text: str) -> None:
    """Any text either comes back as exactly its own digits or is refused by name; nothing else is raised."""
    answer = parsed(text)

    if isinstance(answer, Number):
        assert answer.text == unicodedata.normalize("NFKC", text).strip()
    else:
        assert answer.reason in {"length", "characters", "check_digit", "kind", "place", "day", "serial"}


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", codes.WrongLength),
        (CASE.text[:-1], codes.WrongLength),
        (CASE.text + "0", codes.WrongLength),
        (CASE.text[:-1] + "X", codes.NotDigits),
        (CASE.text[:10] + " " + CASE.text[10:], codes.NotDigits),
        ("١" * 20, codes.NotDigits),
        (with_check("0450103102263240042"), codes.UnknownKind),
        (with_check("8450103102263240042"), codes.UnknownKind),
        (with_check("1450103002263240042"), codes.ImpossiblePlace),
        (with_check("1450103100263240042"), codes.ImpossiblePlace),
        (with_check("1450103102260000042"), codes.ImpossibleDay),
        (with_check("1450103102263660042"), codes.ImpossibleDay),
        (with_check("1450103102269990042"), codes.ImpossibleDay),
        (with_check("1450103102263240000"), codes.ImpossibleSerial),
    ],
)
def test_each_fault_has_its_name(text: str, error: type[codes.NotANumber]) -> None:
    """A text that is no number says which part of it is wrong."""
    with pytest.raises(error):
        codes.parse(text)


def test_the_last_day_of_a_leap_year_is_a_day() -> None:
    """Day 366 exists in 2028 and is the thirty-first of December."""
    text = with_check("1450103102283660001")

    assert codes.parse(text).day == datetime.date(2028, 12, 31)


def test_years_are_of_this_century() -> None:
    """YY 00 and 99 are 2000 and 2099, never 1999."""
    assert codes.parse(with_check("1450103102000010001")).day == datetime.date(2000, 1, 1)
    assert codes.parse(with_check("1450103102990010001")).day == datetime.date(2099, 1, 1)


def test_the_ten_thousandth_is_refused_by_name() -> None:
    """Serial 9999 is the last of a window and day."""
    assert codes.compose(Kind.CASE, CASE.place, window=2, day=CASE.day, serial=9999)[15:19] == "9999"

    with pytest.raises(codes.SerialExhausted):
        codes.compose(Kind.CASE, CASE.place, window=2, day=CASE.day, serial=10_000)


@pytest.mark.parametrize(
    ("place", "window", "year", "serial", "error"),
    [
        (HallCode("45010", 1), 1, 2026, 1, codes.ImpossiblePlace),
        (HallCode("45010３", 1), 1, 2026, 1, codes.ImpossiblePlace),
        (HallCode("450103", 0), 1, 2026, 1, codes.ImpossiblePlace),
        (HallCode("450103", 10), 1, 2026, 1, codes.ImpossiblePlace),
        (HallCode("450103", 1), 0, 2026, 1, codes.ImpossiblePlace),
        (HallCode("450103", 1), 100, 2026, 1, codes.ImpossiblePlace),
        (HallCode("450103", 1), 1, 1999, 1, codes.ImpossibleDay),
        (HallCode("450103", 1), 1, 2100, 1, codes.ImpossibleDay),
        (HallCode("450103", 1), 1, 2026, 0, codes.ImpossibleSerial),
    ],
)
def test_parts_that_do_not_fit_are_never_printed(
    place: HallCode, window: int, year: int, serial: int, error: type[codes.CodeError]
) -> None:
    """A part that would not fit its digits is refused instead of moving the others."""
    with pytest.raises(error):
        codes.compose(Kind.CASE, place, window=window, day=datetime.date(year, 1, 1), serial=serial)


def test_hall_nine_is_practice() -> None:
    """Only hall 9 practises."""
    assert HallCode("450103", 9).is_practice
    assert not HallCode("450103", 8).is_practice


def test_the_short_form_is_serial_and_check() -> None:
    """On the telephone five digits are said, and spaces, hyphens or full width do not matter."""
    short = codes.short_form(CASE.text)

    assert short == CASE.text[-5:]
    assert codes.matches_short_form(CASE.text, short)
    assert codes.matches_short_form(CASE.text, f"{short[:4]} - {short[4]}")
    assert codes.matches_short_form(CASE.text, "".join(chr(ord(digit) + 0xFEE0) for digit in short))
    assert not codes.matches_short_form(CASE.text, short[:4])
    assert not codes.matches_short_form(CASE.text, "")


@given(st.binary(min_size=16, max_size=32))
def test_an_anchor_gives_the_first_sixteen_bytes_back(head: bytes) -> None:
    """Forty digits stand for 128 bits, leading zeros included."""
    text = codes.anchor(head)

    assert len(text) == 40
    assert codes.parse_anchor(text) == head[:16]


def test_the_anchor_of_a_known_head() -> None:
    """The number is read from the left (big end first), so paper and journal agree on every machine."""
    assert codes.anchor(b"\x00" * 15 + b"\x01") == "0" * 38 + "1" + check_digit("0" * 38 + "1")
    assert codes.anchor(b"\xff" * 32)[:-1] == str(2**128 - 1)


def test_an_anchor_may_be_typed_in_groups() -> None:
    """The sheet prints it in groups; blanks, hyphens, line ends and full width are typing, not content."""
    text = codes.anchor(bytes(range(16)))
    groups = (
        "　".join(text[at : at + 4] for at in range(0, 20, 4)) + "\n" + "-".join([text[20:30], text[30:]])
    )

    assert codes.parse_anchor(groups) == bytes(range(16))


@given(st.binary(min_size=16, max_size=16), st.integers(0, 39), st.integers(1, 9))
def test_one_wrong_digit_of_an_anchor_is_caught(head: bytes, place: int, by: int) -> None:
    """A mistyped anchor is never taken for another journal's."""
    text = codes.anchor(head)
    wrong = text[:place] + str((int(text[place]) + by) % 10) + text[place + 1 :]

    with pytest.raises(codes.WrongAnchorCheckDigit):
        codes.parse_anchor(wrong)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", codes.WrongAnchorLength),
        ("1" * 39, codes.WrongAnchorLength),
        ("1" * 41, codes.WrongAnchorLength),
        ("x" * 40, codes.AnchorNotDigits),
        ("9" * 39 + check_digit("9" * 39), codes.AnchorTooLarge),
    ],
)
def test_each_fault_of_an_anchor_has_its_name(text: str, error: type[codes.NotAnAnchor]) -> None:
    """A text that is no anchor says why."""
    with pytest.raises(error):
        codes.parse_anchor(text)


def test_a_short_head_has_no_anchor() -> None:
    """Fewer than sixteen bytes would print an anchor that promises more than it holds."""
    with pytest.raises(codes.WrongAnchorLength):
        codes.anchor(b"\x00" * 15)
