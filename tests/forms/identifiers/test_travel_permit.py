"""通行证: known forms pass, others are refused."""

from __future__ import annotations

import pytest

from forms.identifiers import InvalidIdentifier, travel_permit


@pytest.mark.parametrize(
    "number",
    [
        "H12345678",
        "M12345678",
        "H1234567801",
        "M1234567801",
        "12345678",
        "1234567801",
        "C12345678",
        "CA1234567",
    ],
)
def test_known_forms_are_accepted(number: str) -> None:
    """港澳居民来往内地通行证 and 台胞证, each with its former form, and 往来港澳通行证."""
    assert travel_permit.validate(number) == number


@pytest.mark.parametrize("text", ["h12345678", "Ｈ１２３４５６７８", "H 12345678 "])
def test_other_ways_of_writing_are_folded(text: str) -> None:
    """Small letters, full width and blanks."""
    assert travel_permit.validate(text) == "H12345678"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("H-12345678", "characters"),
        ("H１２３４５６７八", "characters"),
        ("H1234567", "form"),
        ("H123456789", "form"),
        ("H12345678012", "form"),
        ("K12345678", "form"),
        ("1234567", "form"),
        ("123456789", "form"),
        ("C1234567801", "form"),
        ("CAB123456", "form"),
        ("13800131234", "form"),
        ("1" * 5000, "form"),
    ],
)
def test_each_fault_has_its_reason(text: str, why: str) -> None:
    """A mobile number in the wrong field is no permit either."""
    with pytest.raises(InvalidIdentifier) as caught:
        travel_permit.validate(text)

    assert (caught.value.kind, caught.value.reason) == ("travel_permit", why)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("H12345678", "H*****678"),
        ("H1234567801", "H*******801"),
        ("12345678", "1*****78"),
        ("C 12345678", "C*****678"),
        ("1234567", "*******"),
        ("", ""),
    ],
)
def test_the_mask_shows_beginning_and_end(text: str, masked: str) -> None:
    """Five characters at least are hidden, and all of what is no permit number."""
    assert travel_permit.mask(text) == masked
