"""The grades of a scan are told apart in four ways at once."""

from __future__ import annotations

import unicodedata

from workstation.domain.grades import SIGNALS, Grade


def test_no_two_grades_share_word_sign_colour_or_bells() -> None:
    """Whoever sees no colour reads the sign, and whoever looks away counts the bells."""
    assert SIGNALS.keys() == set(Grade)
    for part in ("word", "sign", "colour", "bells"):
        assert len({getattr(signal, part) for signal in SIGNALS.values()}) == len(Grade)


def test_the_worse_a_grade_the_more_it_rings() -> None:
    """What goes well is silent."""
    assert [SIGNALS[grade].bells for grade in Grade] == [0, 1, 2, 3]


def test_signs_are_one_column_wide() -> None:
    """In Chinese terminals too, which draw ambiguous characters in two."""
    assert all(unicodedata.east_asian_width(signal.sign) in ("N", "Na") for signal in SIGNALS.values())
