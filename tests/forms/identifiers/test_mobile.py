"""手机号: how it may be written, what it may not be, and how much of it is shown."""

from __future__ import annotations

import pytest

from forms.identifiers import InvalidIdentifier, mobile

NUMBER = "13800131234"


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        "138 0013 1234",
        "138-0013-1234",
        "１３８００１３１２３４",
        "+86 138 0013 1234",
        "008613800131234",
        "8613800131234",
        "\u300013800131234\n",
    ],
)
def test_ways_of_writing_one_number(text: str) -> None:
    """Blanks, hyphens, full width and the country's prefix are folded away."""
    assert mobile.validate(text) == NUMBER


def test_the_prefix_of_the_country_is_looked_for_at_the_beginning_only() -> None:
    """0086 within a number belongs to it."""
    assert mobile.validate("139 0008 6123") == "13900086123"


@pytest.mark.parametrize("start", ["13", "14", "15", "16", "17", "18", "19"])
def test_all_ranges_in_use_are_accepted(start: str) -> None:
    """13 to 19, new ranges of the carriers included."""
    assert mobile.validate(start + "000000000") == start + "000000000"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        (" - ", "empty"),
        ("1380013123x", "characters"),
        ("+1 138 0013 1234", "characters"),
        ("١٣٨٠٠١٣١٢٣٤", "characters"),
        ("1380013123", "length"),
        ("138001312345", "length"),
        ("1" * 5000, "length"),
        ("12000000000", "prefix"),
        ("01062345678", "prefix"),
        ("23800131234", "prefix"),
    ],
)
def test_each_fault_has_its_reason(text: str, why: str) -> None:
    """A landline in the wrong field is refused for its first digits."""
    with pytest.raises(InvalidIdentifier) as caught:
        mobile.validate(text)

    assert (caught.value.kind, caught.value.reason) == ("mobile", why)


def test_the_screen_hides_four_digits() -> None:
    """Enough to recognise one's own number at the counter."""
    assert mobile.mask("138 0013 1234") == "138****1234"


def test_a_label_hides_six_digits() -> None:
    """GB/T 41833-2022 asks for six hidden digits on whatever leaves the house."""
    assert mobile.mask_for_label(NUMBER) == "138******34"
    assert mobile.mask_for_label(NUMBER).count("*") >= 6


@pytest.mark.parametrize("mask", [mobile.mask, mobile.mask_for_label])
@pytest.mark.parametrize(
    ("text", "masked"), [("", ""), ("12345", "*****"), ("张三李四王五赵六孙七周", "*" * 11)]
)
def test_what_is_no_number_is_hidden_whole(mask: object, text: str, masked: str) -> None:
    """A mask never fails and never shows what it does not understand."""
    assert callable(mask)
    assert mask(text) == masked
