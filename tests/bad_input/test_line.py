"""A command line that is not one: told what it should have been, before any hall is opened."""

from __future__ import annotations

import pytest

from tests.bad_input import causes
from tests.bad_input.causes import Cause
from tests.bad_input.provoking import CLERK, Counter

WRONG_LINES = [
    (causes.NOUN_UNKNOWN, ["kase", "show"]),
    (causes.VERB_UNKNOWN, ["case", "sohw"]),
    (causes.ARGUMENT_MISSING, ["case", "show"]),
    (causes.ARGUMENT_UNKNOWN, ["case", "list", "--colour"]),
    (causes.ARGUMENT_WRONG, ["case", "list", "--count", "many"]),
    (causes.ARGUMENT_DAMAGED, ["case", "show", "\udcff"]),
    (causes.WINDOW, ["case", "list", "--window", "100"]),
]


@pytest.mark.parametrize(("cause", "words"), WRONG_LINES, ids=[cause.code for cause, _ in WRONG_LINES])
def test_a_wrong_line_is_refused(counter: Counter, cause: Cause, words: list[str]) -> None:
    """A line with a wrong word ends with 2, says which word it was and where to read on."""
    counter.refuses(cause, *words, as_=CLERK)
