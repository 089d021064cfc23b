"""公民身份号码: the standard's sample, vectors of public validators, each refusal, relatives too."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.identifiers import InvalidIdentifier, citizen_id

SAMPLE = "11010519491231002X"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def reason(text: str, **options: datetime.date) -> str:
    """The reason a text is refused for."""
    with pytest.raises(InvalidIdentifier) as caught:
        citizen_id.validate(text, **options)
    assert caught.value.kind == "citizen_id"
    return caught.value.reason


@pytest.mark.parametrize(
    ("number", "born", "sex", "division"),
    [
        (SAMPLE, "1949-12-31", "female", "110105"),
        ("440524188001010014", "1880-01-01", "male", "440524"),
        ("34052419800101001X", "1980-01-01", "male", "340524"),
        ("330113200002290014", "2000-02-29", "male", "330113"),
    ],
)
def test_valid_numbers_tell_what_they_carry(number: str, born: str, sex: str, division: str) -> None:
    """Birth date, sex and area; an area made in 2021 is no obstacle."""
    assert citizen_id.validate(number) == number
    assert citizen_id.birth_date(number).isoformat() == born
    assert citizen_id.sex(number) == sex
    assert citizen_id.division(number) == division


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("110105194912310021", "check_digit"),
        ("110105194902310026", "date"),
        ("110105202302290014", "date"),
        ("110105491231002", "legacy"),
        ("", "empty"),
        ("　", "empty"),
        ("1101051949123100", "length"),
        (SAMPLE + "1", "length"),
        ("X10105194912310021", "characters"),
        ("11010519491231002Y", "characters"),
        ("张" * 18, "characters"),
        ("١" * 18, "characters"),
        ("110105" * 2000, "length"),
    ],
)
def test_each_fault_has_its_reason(text: str, why: str) -> None:
    """The first-generation number of fifteen digits is told apart from a number of a wrong length."""
    assert reason(text) == why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("810000199408230021", "residence_permit"),
        ("820000199408230015", "residence_permit"),
        ("830000199201300022", "residence_permit"),
        ("911248198408260127", "foreigner_card"),
        ("ABC123456789012", "foreigner_card"),
        ("810000199408230020", "check_digit"),
        ("911248198408260128", "check_digit"),
    ],
)
def test_a_number_of_another_card_names_the_kind_to_choose(text: str, why: str) -> None:
    """These were accepted while there was one kind only; now the clerk is told which kind the card is.

    A wrong check digit is named first: it may be a citizen's number with its first digit misread.
    """
    assert reason(text) == why


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        " 110105 19491231 002X\n",
        "110105\u300019491231002ｘ",
        "１１０１０５ １９４９１２３１ ００２x",
    ],
)
def test_other_ways_of_writing_are_folded(text: str) -> None:
    """Lower case, full width and blanks are ways of typing one number, which is stored in one way."""
    assert citizen_id.validate(text) == SAMPLE


def test_somebody_not_yet_born_is_refused_when_the_day_is_known() -> None:
    """A birth date after today is a typing error that the check digit let through."""
    assert citizen_id.validate(SAMPLE, today=datetime.date(1949, 12, 31)) == SAMPLE
    assert reason(SAMPLE, today=datetime.date(1949, 12, 30)) == "future"


def test_an_impossible_date_is_named_before_the_future() -> None:
    """31 February is no date, whatever today is."""
    assert reason("110105194902310026", today=datetime.date(2026, 11, 20)) == "date"


@given(st.from_regex(r"[1-7][0-9]{5}|84[0-9]{4}", fullmatch=True), st.dates(), st.integers(0, 999))
def test_the_check_digit_is_that_of_the_standard(area: str, born: datetime.date, sequence: int) -> None:
    """Weights and remainders of GB 11643 give the digit that is accepted, and every other is refused."""
    body = f"{area}{born.year:04d}{born:%m%d}{sequence:03d}"
    remainder = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body, strict=True)) % 11

    for digit in "10X98765432":
        if digit == "10X98765432"[remainder]:
            assert citizen_id.birth_date(body + digit) == born
        else:
            assert reason(body + digit) == "check_digit"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (SAMPLE, "110105********002X"),
        ("１１０１０５１９４９１２３１００２ｘ", "110105********002X"),
        ("11010519491231", "*" * 14),
        ("张三的号码写在了名字栏里面一共十八个字", "*" * 19),
        ("", ""),
    ],
)
def test_the_mask_shows_area_and_end_of_a_number_only(text: str, masked: str) -> None:
    """What is not of the form of a number is hidden whole: it may be a name in the wrong field."""
    assert citizen_id.mask(text) == masked


def test_the_error_does_not_carry_the_number() -> None:
    """Not in its text and not in its cause, because errors are logged."""
    with pytest.raises(InvalidIdentifier) as caught:
        citizen_id.validate("110105194902310026")

    assert str(caught.value) == "citizen_id: date"
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
