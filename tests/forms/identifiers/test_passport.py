"""护照 of this country, Hong Kong and Macao: known forms pass, others are refused."""

from __future__ import annotations

import pytest

from forms.identifiers import InvalidIdentifier, passport


@pytest.mark.parametrize(
    "number",
    [
        "E12345678",
        "EA1234567",
        "G12345678",
        "PE1234567",
        "SE1234567",
        "DE1234567",
        "P1234567",
        "S1234567",
        "D1234567",
        "P12345678",
        "S12345678",
        "D12345678",
        "K12345678",
        "KJ1234567",
        "H12345678",
        "HJ1234567",
        "M12345678",
        "MA1234567",
        "MB1234567",
    ],
)
def test_known_forms_are_accepted(number: str) -> None:
    """普通, 公务普通, 公务 and 外交护照, former ones, Hong Kong and Macao."""
    assert passport.validate(number) == number


@pytest.mark.parametrize("text", ["e12345678", "Ｅ１２３４５６７８", " E 1234 5678\n", "E\u300012345678"])
def test_other_ways_of_writing_are_folded(text: str) -> None:
    """Small letters, full width and blanks."""
    assert passport.validate(text) == "E12345678"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("\u3000", "empty"),
        ("E-12345678", "characters"),
        ("护照E12345678", "characters"),
        ("E١٢٣٤٥٦٧٨", "characters"),
        ("ß12345678", "characters"),
        ("E1234567", "form"),
        ("E123456789", "form"),
        ("EA12345678", "form"),
        ("EAB123456", "form"),
        ("G1234567", "form"),
        ("PE12345678", "form"),
        ("KJ12345678", "form"),
        ("MC1234567", "form"),
        ("C12345678", "form"),
        ("123456789", "form"),
        ("11010519491231002X", "form"),
        ("9" * 5000, "form"),
    ],
)
def test_each_fault_has_its_reason(text: str, why: str) -> None:
    """One digit more or less, or another letter in front, is no known form."""
    with pytest.raises(InvalidIdentifier) as caught:
        passport.validate(text)

    assert (caught.value.kind, caught.value.reason) == ("passport", why)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("E12345678", "E*****678"),
        ("e 12345678", "E*****678"),
        ("P1234567", "P*****67"),
        ("ZHANGSAN", "*" * 8),
        ("", ""),
    ],
)
def test_the_mask_shows_the_letter_and_the_end(text: str, masked: str) -> None:
    """Five characters at least are hidden, and all of what is no passport number."""
    assert passport.mask(text) == masked
