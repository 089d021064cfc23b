"""Acts out of order, on what is not there or has changed: refused, with what is possible instead."""

from __future__ import annotations

import pytest

from tests.bad_input import causes
from tests.bad_input.causes import Cause
from tests.bad_input.provoking import CLERK, OTHER_CLERK, Counter
from workstation.domain import codes

OUT_OF_ORDER = [
    (causes.REVIEW_INCOMPLETE, ["case", "notice"]),
    (causes.WRONG_STATE, ["case", "close", "--rating", "invited"]),
    (causes.WRONG_STATE, ["case", "lapse"]),
    (causes.WRONG_STATE, ["home", "accept"]),
]


@pytest.mark.parametrize(("cause", "words"), OUT_OF_ORDER)
def test_an_act_out_of_order_is_refused(counter: Counter, cause: Cause, words: list[str]) -> None:
    """What the life cycle does not know in this state is not done, and what is possible is said."""
    number = counter.registers()
    noun, verb, *flags = words

    counter.refuses(cause, noun, verb, number, *flags, as_=CLERK)


def test_papers_that_nobody_missed_are_not_taken(counter: Counter) -> None:
    """A correction before any notice is out of order too."""
    number = counter.registers()
    materials = {"materials": [{"row": "statement", "form": "original"}]}

    words = ("case", "resubmit", number, "--json", "-")
    counter.refuses(causes.WRONG_STATE, *words, stdin=materials, as_=CLERK)


def test_an_act_on_what_somebody_has_changed_is_refused(counter: Counter) -> None:
    """Who has seen an older version is told who changed it, and does nothing."""
    number = counter.registers()
    identify = ("case", "identify", number, "--method", "in_person", "--outcome", "passed")
    counter.does(*identify, as_=OTHER_CLERK)

    error = counter.refuses(causes.CHANGED_MEANWHILE, *identify, "--seen", "1", as_=CLERK)

    assert OTHER_CLERK in error["why"]


def test_a_case_that_is_not_there_is_not_found(counter: Counter) -> None:
    """A right check digit is not enough: the number must exist."""
    number = codes.parse(counter.registers())
    hall = codes.HallCode(number.division, number.hall)
    next_one = codes.compose(
        number.kind, hall, window=number.window, day=number.day, serial=number.serial + 1
    )

    counter.refuses(causes.CASE_UNKNOWN, "case", "show", next_one, as_=CLERK)
