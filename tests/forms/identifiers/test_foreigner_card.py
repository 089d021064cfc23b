"""外国人永久居留身份证: the new number and the former one."""

from __future__ import annotations

import datetime

import pytest

from forms.identifiers import InvalidIdentifier, foreigner_card

SAMPLE = "911248198408260127"
FORMER = "ABC123456789012"


def reason(text: str, **options: datetime.date) -> str:
    """The reason a text is refused for."""
    with pytest.raises(InvalidIdentifier) as caught:
        foreigner_card.validate(text, **options)
    assert caught.value.kind == "foreigner_card"
    return caught.value.reason


def test_the_new_number_tells_the_birth_date() -> None:
    """Eighteen characters, the first 9, with the check digit of a citizen's number."""
    assert foreigner_card.validate(SAMPLE) == SAMPLE
    assert foreigner_card.birth_date(SAMPLE) == datetime.date(1984, 8, 26)


def test_the_former_number_is_accepted_by_its_form() -> None:
    """Three letters and twelve digits; nothing is read from it."""
    assert foreigner_card.validate(FORMER) == FORMER
    assert foreigner_card.birth_date(FORMER) is None
    assert foreigner_card.validate(FORMER, today=datetime.date(1900, 1, 1)) == FORMER


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("91124819840826012", "length"),
        ("110105491231002", "length"),
        ("AB1234567890123", "length"),
        ("ABC12345678901", "length"),
        ("ABCD12345678901", "length"),
        ("91124819840826012Y", "characters"),
        ("911248198408260128", "check_digit"),
        ("91124819840231012X", "date"),
        ("11010519491231002X", "citizen_id"),
        ("810000199408230021", "residence_permit"),
    ],
)
def test_each_fault_has_its_reason(text: str, why: str) -> None:
    """Fifteen digits are a first-generation citizen's number and no former foreigner card."""
    assert reason(text) == why


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("９１１２４８１９８４０８２６０１２７", SAMPLE),
        ("abc 123456 789012", FORMER),
        ("ＡＢＣ123456789012", FORMER),
    ],
)
def test_other_ways_of_writing_are_folded(text: str, stored: str) -> None:
    """Full width, blanks and small letters."""
    assert foreigner_card.validate(text) == stored


def test_somebody_not_yet_born_is_refused_when_the_day_is_known() -> None:
    """As in a citizen's number."""
    assert foreigner_card.validate(SAMPLE, today=datetime.date(1984, 8, 26)) == SAMPLE
    assert reason(SAMPLE, today=datetime.date(1984, 8, 25)) == "future"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (SAMPLE, "911248********0127"),
        (FORMER, "A***********012"),
        ("MARIA EXEMPLO SILVA", "*" * 17),
        ("", ""),
    ],
)
def test_the_mask_hides_most(text: str, masked: str) -> None:
    """Of a former number only four characters stay."""
    assert foreigner_card.mask(text) == masked
