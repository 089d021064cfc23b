"""外国护照: letters and digits, of which nothing but the form is known."""

from __future__ import annotations

import pytest

from forms.identifiers import InvalidIdentifier, foreign_passport


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("AB1234567", "AB1234567"),
        ("c01x00t47", "C01X00T47"),
        ("123456789", "123456789"),
        ("12345", "12345"),
        ("A" * 19 + "1", "A" * 19 + "1"),
        ("ＡＢ １２３４５６７", "AB1234567"),
    ],
)
def test_letters_and_digits_are_accepted(text: str, stored: str) -> None:
    """Five to twenty of them, however they were typed."""
    assert foreign_passport.validate(text) == stored


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        (" ", "empty"),
        ("AB-123456", "characters"),
        ("ÅB123456", "characters"),
        ("ßßßßß", "characters"),
        ("护照AB1234567", "characters"),
        ("1234", "form"),
        ("A" * 21, "form"),
    ],
)
def test_each_fault_has_its_reason(text: str, why: str) -> None:
    """Only ASCII is raised to capitals: ß does not become SS."""
    with pytest.raises(InvalidIdentifier) as caught:
        foreign_passport.validate(text)

    assert (caught.value.kind, caught.value.reason) == ("foreign_passport", why)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("AB1234567", "A*****567"),
        ("1234567", "1****67"),
        ("12345", "1***5"),
        ("ZHANGSAN", "*" * 8),
        ("AB-123", "*" * 6),
        ("", ""),
    ],
)
def test_the_mask_hides_half_and_all_names(text: str, masked: str) -> None:
    """What has no digit may be a name in the wrong field."""
    assert foreign_passport.mask(text) == masked
