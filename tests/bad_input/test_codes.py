"""The codes themselves."""

from __future__ import annotations

from collections import Counter

from tests.bad_input import causes


def test_every_cause_has_a_code_of_its_own() -> None:
    """Two things that went wrong are never told under one code."""
    codes = Counter(cause.code for cause in causes.ALL.values())

    assert [code for code, count in codes.items() if count > 1] == []


def test_codes_can_be_read_out() -> None:
    """A code is a few small words, to be said on the telephone."""
    assert all(code.replace("-", "").isalnum() and code == code.lower() for code in _codes())


def test_the_exit_code_tells_whose_fault_it_was() -> None:
    """2 the line or its input, 3 refused, 4 the outside: nothing else is designed."""
    assert {cause.exit_code for cause in causes.ALL.values()} == {2, 3, 4}


def _codes() -> list[str]:
    return [cause.code for cause in causes.ALL.values()]
