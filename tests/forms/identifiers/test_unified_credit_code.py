"""统一社会信用代码: alphabet, both check digits, and what a code carries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.identifiers import InvalidIdentifier, unified_credit_code

SAMPLE = "91350100M000100Y43"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def closed(body: str) -> str:
    """Seventeen characters and the check digit that GB 32100 gives them."""
    total = sum(ALPHABET.index(c) * weight for c, weight in zip(body, WEIGHTS, strict=True))
    return body + ALPHABET[(31 - total % 31) % 31]


def reason(text: str) -> str:
    """The reason a text is refused for."""
    with pytest.raises(InvalidIdentifier) as caught:
        unified_credit_code.validate(text)
    assert caught.value.kind == "unified_credit_code"
    return caught.value.reason


def test_a_valid_code_tells_what_it_carries() -> None:
    """The area of the registering office, and the organisation code as it is written."""
    assert unified_credit_code.validate(SAMPLE) == SAMPLE
    assert unified_credit_code.division(SAMPLE) == "350100"
    assert unified_credit_code.organisation_code(SAMPLE) == "M000100Y-4"


def test_the_sample_of_the_library_is_valid_by_both_check_digits() -> None:
    """python-stdnum's own example satisfies the inner check as well, which it does not test."""
    assert unified_credit_code.organisation_code("91110000600037341L") == "60003734-1"


@pytest.mark.parametrize("front", ["A1", "N2", "Y1", "11", "52", "92"])
def test_letters_may_stand_in_front(front: str) -> None:
    """Department and category are any of the alphabet; python-stdnum's own check would refuse letters."""
    code = closed(front + SAMPLE[2:17])

    assert unified_credit_code.validate(code) == code


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        (" - ", "empty"),
        ("91350100M000100Y4O", "alphabet"),
        ("9135010OM000100Y43", "alphabet"),
        ("91350100I000100Y43", "alphabet"),
        ("9135O100M000100Y43", "alphabet"),
        ("９１３５０１００张000100Y43", "alphabet"),
        ("91350100M000100Y4", "length"),
        ("M000100Y-4", "length"),
        ("91350100M000100Y430", "length"),
        ("9" * 5000, "length"),
        ("91350100M000100Y44", "check_digit"),
        ("91350100M000010Y43", "check_digit"),
        (closed("913501A0M000100Y4"), "division"),
        (closed("91350100M000100Y5"), "organisation_code"),
        (closed("91350100M000100YX"), "organisation_code"),
    ],
)
def test_each_fault_has_its_reason(text: str, why: str) -> None:
    """I, O, Z, S and V are no characters of a code; the outer check is tested before the inner."""
    assert reason(text) == why


@pytest.mark.parametrize(
    "text",
    [
        "91350100m000100y43",
        "９１３５０１００Ｍ０００１００Ｙ４３",
        "9 1 350100 M000100Y 4 3",
        "91350100-M000100Y4-3",
    ],
)
def test_other_ways_of_writing_are_folded(text: str) -> None:
    """Small letters, full width, blanks and hyphens."""
    assert unified_credit_code.validate(text) == SAMPLE


@pytest.mark.parametrize(
    ("body", "check"), [("D2143569", "X"), ("M000100Y", "4"), ("60003734", "1"), ("00000000", "0")]
)
def test_the_check_digit_of_an_organisation_code(body: str, check: str) -> None:
    """GB 11714: ten is written X, eleven 0."""
    assert unified_credit_code.organisation_check_digit(body) == check


@pytest.mark.parametrize("body", ["", "D214356", "D2143569X", "d2143569", "Ｄ2143569", "张2143569"])
def test_a_body_of_another_form_has_no_check_digit(body: str) -> None:
    """It is refused by name, not by chance."""
    with pytest.raises(InvalidIdentifier) as caught:
        unified_credit_code.organisation_check_digit(body)

    assert caught.value.reason == "organisation_code"


@given(st.text(ALPHABET, min_size=8, max_size=8), st.from_regex(r"[0-9]{6}", fullmatch=True))
def test_the_check_digits_are_those_of_the_standards(body: str, area: str) -> None:
    """Of all closing characters one is accepted, the one that the sum over the weights gives."""
    inner = body + unified_credit_code.organisation_check_digit(body)
    code = closed(f"91{area}{inner}")

    assert unified_credit_code.validate(code) == code
    assert unified_credit_code.division(code) == area
    for other in set(ALPHABET) - {code[-1]}:
        assert reason(code[:-1] + other) == "check_digit"


@pytest.mark.parametrize(
    ("text", "masked"),
    [(SAMPLE, "913501********0Y43"), ("示例公司", "****"), ("91350100", "*" * 8), ("", "")],
)
def test_the_mask_is_that_of_the_other_documents(text: str, masked: str) -> None:
    """First six and last four, though the code is public: one field takes documents of persons as well."""
    assert unified_credit_code.mask(text) == masked
