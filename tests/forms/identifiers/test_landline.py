"""固定电话: area code, number, extension."""

from __future__ import annotations

import pytest

from forms.identifiers import InvalidIdentifier, landline


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("0771-5551234", "0771-5551234"),
        ("07715551234", "0771-5551234"),
        ("0771 5551234", "0771-5551234"),
        ("0771-5551234-", "0771-5551234"),
        ("（0771）5551234", "0771-5551234"),
        ("(0771) 5551234 转 801", "0771-5551234-801"),
        ("0771-5551234分机801", "0771-5551234-801"),
        ("0771-5551234 ext. 801", "0771-5551234-801"),
        ("０７７１－５５５１２３４", "0771-5551234"),
        ("010-62345678", "010-62345678"),
        ("01062345678-1", "010-62345678-1"),
        ("021 62345678", "021-62345678"),
        ("0771-55512345-123456", "0771-55512345-123456"),
        ("+86 771 5551234", "0771-5551234"),
        ("+86-10-62345678", "010-62345678"),
        ("0086 0771 5551234", "0771-5551234"),
        ("0771-5550086", "0771-5550086"),  # the country's prefix stands at the beginning only
    ],
)
def test_ways_of_writing_one_number(text: str, stored: str) -> None:
    """However it is written, it is stored as area-number or area-number-extension."""
    assert landline.validate(text) == stored
    assert landline.compact(stored) == stored


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        (" ( ) ", "empty"),
        ("0771-555123a", "characters"),
        ("电话", "characters"),
        ("5551234", "area"),
        ("13800131234", "area"),
        ("400-800-1234", "area"),
        ("0771-555123", "number"),
        ("010-623456789", "number"),
        ("0771-0551234", "number"),
        ("0771-5551234-1234567", "extension"),
        ("0771-5551234-80-1", "extension"),
        ("0" * 5000, "area"),
    ],
)
def test_each_fault_has_its_reason(text: str, why: str) -> None:
    """The part that is wrong is named."""
    with pytest.raises(InvalidIdentifier) as caught:
        landline.validate(text)

    assert (caught.value.kind, caught.value.reason) == ("landline", why)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("0771-5551234", "0771-******4"),
        ("010-62345678", "010-*******8"),
        ("0771-5551234-801", "0771-******4-***"),
        ("5551234", "*******"),
        ("", ""),
    ],
)
def test_the_mask_keeps_the_area_and_the_last_digit(text: str, masked: str) -> None:
    """Six digits or more are hidden, so one mask serves screen and label."""
    assert landline.mask(text) == masked
    assert landline.mask_for_label(text) == masked
