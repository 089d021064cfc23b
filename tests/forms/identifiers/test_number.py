"""What the numbers of documents share: their one form and the mask of short ones."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.identifiers import InvalidIdentifier, _number

FORM = re.compile(r"E[0-9]{8}")


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("e 1234\u30005678\n", "E12345678"),
        ("Ｅ１２３４５６７８", "E12345678"),
        ("ß", "ß"),
        ("i\u0307", "İ"),
        ("e \u0301", "É"),
        ("", ""),
    ],
)
def test_ways_of_typing_are_folded_to_one(text: str, stored: str) -> None:
    """Only ASCII is raised; what comes together combines at once, so a second time changes nothing."""
    assert _number.compact(text) == stored
    assert _number.compact(stored) == stored


@given(st.text())
def test_compact_is_stable(text: str) -> None:
    """Compacting twice changes nothing, whatever the text."""
    once = _number.compact(text)

    assert _number.compact(once) == once


@pytest.mark.parametrize(("text", "why"), [("", "empty"), ("E-1", "characters"), ("E1", "form")])
def test_faults_carry_the_kind_of_who_asks(text: str, why: str) -> None:
    """The rule is shared, the name is not."""
    with pytest.raises(InvalidIdentifier) as caught:
        _number.validate_as("passport", text, FORM)

    assert (caught.value.kind, caught.value.reason) == ("passport", why)


@given(st.text("ABC123456789", min_size=5, max_size=20))
def test_half_of_a_short_number_is_hidden(number: str) -> None:
    """One character in front and at most three at the end stay."""
    hidden = _number.hide(number)

    assert len(hidden) == len(number)
    assert hidden.count("*") * 2 >= len(number)
    assert len(hidden.replace("*", "")) <= 4


@pytest.mark.parametrize(("text", "masked"), [("e12345678", "E*****678"), ("E1234567", "*" * 8), ("", "")])
def test_another_form_is_hidden_whole(text: str, masked: str) -> None:
    """A mask shows nothing that it does not understand."""
    assert _number.mask(text, FORM) == masked
