"""Escapes of Office: undone as it does, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.spreadsheets.escapes import escaped, unescaped


@pytest.mark.parametrize(
    ("held", "typed"),
    [
        ("一_x000D__x000A_二", "一\r\n二"),
        ("_x4e00_", "一"),
        ("_x005F_x0041_", "_x0041_"),
        ("_x0000_", "_x0000_"),
        ("_xD800_", "_xD800_"),
        ("_xFFFF_", "_xFFFF_"),
        ("_x41_ _X0041_", "_x41_ _X0041_"),
    ],
)
def test_an_escape_is_undone_where_a_text_can_hold_it(held: str, typed: str) -> None:
    """One for a control character or half a character stays as it stands."""
    assert unescaped(held) == typed


@given(st.text(st.sampled_from("_x0045FDd"), max_size=40))
def test_what_looks_like_an_escape_survives(typed: str) -> None:
    """Whatever is typed: written and read again it is the same."""
    assert unescaped(escaped(typed)) == typed
