"""港澳台居民居住证: three areas of their own, check digit and date as of a citizen's number."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2

from forms.identifiers import InvalidIdentifier, residence_permit

SAMPLE = "810000199408230021"


def reason(text: str, **options: datetime.date) -> str:
    """The reason a text is refused for."""
    with pytest.raises(InvalidIdentifier) as caught:
        residence_permit.validate(text, **options)
    assert caught.value.kind == "residence_permit"
    return caught.value.reason


@pytest.mark.parametrize(
    ("number", "born", "sex", "division"),
    [
        (SAMPLE, "1994-08-23", "female", "810000"),
        ("820000199408230015", "1994-08-23", "male", "820000"),
        ("830000199201300022", "1992-01-30", "female", "830000"),
    ],
)
def test_valid_numbers_tell_what_they_carry(number: str, born: str, sex: str, division: str) -> None:
    """Hong Kong, Macao and Taiwan, each with birth date and sex."""
    assert residence_permit.validate(number) == number
    assert residence_permit.birth_date(number).isoformat() == born
    assert residence_permit.sex(number) == sex
    assert residence_permit.division(number) == division


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("81000019940823002", "length"),
        ("110105491231002", "length"),
        ("H12345678", "length"),
        ("81000O199408230021", "characters"),
        ("810000199408230022", "check_digit"),
        ("810000199402310020", "date"),
        ("11010519491231002X", "citizen_id"),
        ("911248198408260127", "foreigner_card"),
        ("ABC123456789012", "foreigner_card"),
    ],
)
def test_each_fault_has_its_reason(text: str, why: str) -> None:
    """A right number of another card is told by the kind to choose."""
    assert reason(text) == why


@given(st.sampled_from(("810000", "820000", "830000")), st.dates(), st.integers(0, 999))
def test_every_day_and_sequence_can_be_told(area: str, born: datetime.date, sequence: int) -> None:
    """Whatever the number, area, date and sex come back as they were put in."""
    body = f"{area}{born.year:04d}{born:%m%d}{sequence:03d}"
    number = body + mod_11_2.calc_check_digit(body)

    assert residence_permit.division(number) == area
    assert residence_permit.birth_date(number) == born
    assert residence_permit.sex(number) == ("male" if sequence % 2 else "female")


@pytest.mark.parametrize("text", ["８１００００１９９４０８２３００２１", " 810000 19940823 0021\n"])
def test_other_ways_of_writing_are_folded(text: str) -> None:
    """Full width and blanks."""
    assert residence_permit.validate(text) == SAMPLE


def test_somebody_not_yet_born_is_refused_when_the_day_is_known() -> None:
    """The birthday itself is early enough."""
    assert residence_permit.validate(SAMPLE, today=datetime.date(1994, 8, 23)) == SAMPLE
    assert reason(SAMPLE, today=datetime.date(1994, 8, 22)) == "future"


@pytest.mark.parametrize(("text", "masked"), [(SAMPLE, "810000********0021"), ("王小明", "***"), ("", "")])
def test_the_mask_shows_area_and_end_of_a_number_only(text: str, masked: str) -> None:
    """What is not of the form of a number is hidden whole."""
    assert residence_permit.mask(text) == masked
