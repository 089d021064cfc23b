"""Item numbers: the published S10 vectors, ranges that are counted, lists that are only taken as given."""

from __future__ import annotations

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from integrations.carriers.number_pool import numbers
from integrations.carriers.number_pool.numbers import LIMIT, NumberError

VECTORS = {
    "47312482": "9",
    "12345678": "5",
    "00000000": "5",
    "10000000": "3",
    "99999999": "5",
    "28704377": "5",
    "10000014": "0",
}
SERIALS = st.integers(0, 99_999_999).map("{:08}".format)
CARRIED = st.builds("".join, st.tuples(st.sampled_from("ER"), st.sampled_from(string.ascii_uppercase)))
DOMESTIC = st.integers(0, 10**13 - 1).map("{:013}".format)


def of_span(first: str, last: str) -> NumberError:
    """Why a range is refused."""
    with pytest.raises(NumberError) as caught:
        numbers.spanned(first, last)
    return caught.value


def of_list(text: str) -> NumberError:
    """Why a list is refused."""
    with pytest.raises(NumberError) as caught:
        numbers.listed(text)
    return caught.value


@pytest.mark.parametrize(("serial", "digit"), VECTORS.items())
def test_the_check_digit_is_that_of_the_vectors(serial: str, digit: str) -> None:
    """The published number and those beside it, the two written for 10 and 11 among them."""
    assert numbers.check_digit(serial) == digit
    assert numbers.valid_s10(f"EE{serial}{digit}CN")


def test_the_published_number_is_built_and_valid() -> None:
    """Of any post: whether a number is right is not whether it may be used here."""
    assert numbers.s10("RR", "47312482", "GB") == "RR473124829GB"
    assert numbers.valid_s10("RR473124829GB")


def test_the_often_quoted_specimen_is_invalid() -> None:
    """EE123456789CN fails its own check digit; the valid one ends in 5."""
    assert not numbers.valid_s10("EE123456789CN")
    assert numbers.s10("EE", "12345678") == "EE123456785CN"
    with pytest.raises(NumberError, match=r"^check_digit$"):
        numbers.validate("EE123456789CN")


@given(indicator=CARRIED, serial=SERIALS)
def test_of_ten_check_digits_one_is_right(indicator: str, serial: str) -> None:
    """A number with any other digit is not valid."""
    right = [digit for digit in string.digits if numbers.valid_s10(f"{indicator}{serial}{digit}CN")]

    assert right == [numbers.check_digit(serial)]


@given(st.one_of(DOMESTIC, SERIALS.map("EE{}5CN".format), st.text(max_size=20)))
@example("A´")
@example("i\u0307")
def test_any_text_has_an_answer(text: str) -> None:
    """Whatever is read, it is a number that stays one, or refused by a named reason."""
    reason = ""
    try:
        number = numbers.validate(text)
    except NumberError as error:
        number, reason = error.text, error.reason

    assert number == numbers.compact(text) == numbers.compact(number)
    assert reason in ("", "empty", "form", "check_digit")
    assert bool(reason) != (numbers.valid_s10(number) or (len(number) == 13 and number.isdigit()))


@pytest.mark.parametrize("serial", ["", "1234567", "123456789", "1234567X", "１２３４５６７８", "-1234567"])
def test_a_serial_is_eight_digits(serial: str) -> None:
    """Neither fewer nor more, and no other script's."""
    with pytest.raises(NumberError, match=r"^form$"):
        numbers.check_digit(serial)


@pytest.mark.parametrize(("indicator", "country"), [("E", "CN"), ("ee", "CN"), ("EE", "C1"), ("EEE", "CN")])
def test_a_number_is_not_built_of_wrong_parts(indicator: str, country: str) -> None:
    """Two capitals in front, two at the end."""
    with pytest.raises(NumberError, match=r"^form$"):
        numbers.s10(indicator, "12345678", country)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ee 1234 5678 5 cn", "EE123456785CN"),
        ("ＥＥ１２３４５６７８５ＣＮ", "EE123456785CN"),
        ("\ufeff1136281381675\u3000", "1136281381675"),
    ],
)
def test_ways_of_writing_make_no_difference(text: str, number: str) -> None:
    """Blanks, full width and small letters are folded."""
    assert numbers.validate(text) == number


@given(indicator=CARRIED, first=st.integers(0, 99_999_000), count=st.integers(1, 300))
def test_a_range_has_every_number_once(indicator: str, first: int, count: int) -> None:
    """Serials follow one another, each number has its own check digit, and both ends belong to it."""
    ends = [numbers.s10(indicator, f"{serial:08}") for serial in (first, first + count - 1)]

    found = numbers.spanned(*ends)

    assert [int(number[2:10]) for number in found] == list(range(first, first + count))
    assert (found[0], found[-1]) == tuple(ends)
    assert all(map(numbers.valid_s10, found))
    assert {(number[:2], number[-2:]) for number in found} == {(indicator, "CN")}


def test_a_range_may_be_of_one_number_or_of_the_limit() -> None:
    """The limit itself is allowed, one more is not, and the refusal tells how many it would be."""
    first, last, beyond = (numbers.s10("EA", f"{serial:08}") for serial in (0, LIMIT - 1, LIMIT))

    assert numbers.spanned(first, first) == [first]
    assert len(numbers.spanned(first, last)) == LIMIT
    assert (of_span(first, beyond).reason, of_span(first, beyond).text) == ("too_many", str(LIMIT + 1))


def test_the_widest_range_is_refused_without_being_counted() -> None:
    """A hundred million numbers are not made first."""
    assert of_span(numbers.s10("EA", "00000000"), numbers.s10("EA", "99999999")).text == "100000000"


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        ("", "EE123456785CN", "empty"),
        ("EE123456785CN", "EE12345678", "form"),
        ("EE123456789CN", "EE123456785CN", "check_digit"),
        ("EE123456785CN", "EA123456785CN", "mixed"),
        ("EE123456785CN", "EE100000003CN", "order"),
        ("RR473124829GB", "RR473124829GB", "foreign"),
        ("1136281381675", "1136281381699", "never_computed"),
        ("1136281381675", "1136281381675", "never_computed"),
        ("EE123456785CN", "1136281381699", "never_computed"),
    ],
)
def test_a_range_is_refused_by_name(first: str, last: str, reason: str) -> None:
    """What is wrong with its ends; there is no line to name."""
    error = of_span(first, last)

    assert (error.reason, error.line) == (reason, 0)


@pytest.mark.parametrize("letter", string.ascii_uppercase)
def test_only_ems_and_registered_mail_are_taken(letter: str) -> None:
    """Every other service is refused by name, in a range and in a list alike."""
    refused = dict.fromkeys("JKSTW", "reserved") | {"L": "not_registered"}
    number = numbers.s10(f"{letter}A", "12345678")

    if letter in "ER":
        assert numbers.listed(number) == numbers.spanned(number, number) == [number]
    else:
        reason = refused.get(letter, "indicator")
        assert [of_list(number).reason, of_span(number, number).reason] == [reason, reason]


def test_a_list_is_parted_by_lines_blanks_and_commas() -> None:
    """Full-width marks too; empty lines count as lines, and the order stays."""
    text = "1136281381675，1136281381600\n\n ee123456785cn\t１１３６２８１３８１６９９、RA100000003CN；\r\n"

    found = numbers.listed(text)

    assert found == ["1136281381675", "1136281381600", "EE123456785CN", "1136281381699", "RA100000003CN"]


@given(
    st.lists(DOMESTIC, min_size=1, max_size=40, unique=True), st.sampled_from(["\n", " ", ",", "，", "\r\n"])
)
def test_a_list_gives_what_it_has(given_numbers: list[str], between: str) -> None:
    """No number is added, lost or moved."""
    assert numbers.listed(between.join(given_numbers)) == given_numbers


@given(st.lists(DOMESTIC, min_size=1, max_size=20, unique=True), st.data())
def test_a_double_is_named_with_both_lines(given_numbers: list[str], data: st.DataObject) -> None:
    """Wherever it stands, in whatever way it is written."""
    place = data.draw(st.integers(0, len(given_numbers) - 1))
    wide = given_numbers[place].translate(str.maketrans(string.digits, "０１２３４５６７８９"))

    error = of_list("\n".join([*given_numbers, wide]))

    assert (error.reason, error.text) == ("doubled", given_numbers[place])
    assert (error.first_line, error.line) == (place + 1, len(given_numbers) + 1)


@pytest.mark.parametrize(
    "text",
    [
        "1136281381675-1136281381699",
        "1136281381675 - 1136281381699",
        "1136281381675－１１３６２８１３８１６９９",
        "1136281381675—1136281381699",
        "1136281381675～1136281381699",
        "1136281381675至1136281381699",
        "1136281381675……1136281381699",
        "1136281381675-99",
    ],
)
def test_a_range_of_thirteen_digits_is_never_computed(text: str) -> None:
    """Whichever mark stands between; it is told where."""
    error = of_list(f"1136281381600\n{text}")

    assert (error.reason, error.line) == ("never_computed", 2)


def test_a_range_that_could_be_counted_is_no_part_of_a_list() -> None:
    """It is told apart: such a one is given by its two ends."""
    assert of_list("EE123456785CN-EE123456799CN").reason == "range_in_list"


@pytest.mark.parametrize(
    ("text", "reason", "line", "shown"),
    [
        ("", "empty", 0, ""),
        (" \n，\n", "empty", 0, ""),
        ("邮件号\n1136281381675", "form", 1, "邮件号"),
        ("1136281381675\n113628138167", "form", 2, "113628138167"),
        ("1136281381675\n\nEE123456789CN", "check_digit", 3, "EE123456789CN"),
        ("1.13628E+12", "form", 1, "1.13628E+12"),
        ("RR473124829GB", "foreign", 1, "RR473124829GB"),
        ("١١٣٦٢٨١٣٨١٦٧٥", "form", 1, "١١٣٦٢٨١٣٨١٦٧٥"),
        ("straße", "form", 1, "STRAßE"),
    ],
)
def test_a_list_is_refused_with_line_and_reason(text: str, reason: str, line: int, shown: str) -> None:
    """What stands there, why it is no number, and where."""
    error = of_list(text)

    assert (error.reason, error.line, error.text) == (reason, line, shown)


def test_an_error_may_be_logged() -> None:
    """Its message has line and reason, and not what somebody may have pasted instead of a number."""
    assert str(of_list("1136281381675\n450102199001010007")) == "line 2: form"
    assert str(of_span("450102199001010007", "")) == "form"


def test_every_reason_has_one_name() -> None:
    """So that the wording can be checked against the list; all of them are met above."""
    errors = [
        *map(of_list, ("", "x", "EE123456789CN", "RR473124829GB", "JA123456785CN", "LA123456785CN")),
        *map(of_list, ("CA123456785CN", "1136281381675-9", "EE123456785CN-9", "1136281381675\n" * 2)),
        of_span("EE123456785CN", "EA123456785CN"),
        of_span("EE123456785CN", "EE100000003CN"),
        of_span("EE000000005CN", "EE999999995CN"),
    ]

    assert sorted(error.reason for error in errors) == sorted(numbers.REASONS)
