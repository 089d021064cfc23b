"""Wrong passwords and PINs: told alike whether or not the person exists, counted, and locked after some."""

from __future__ import annotations

import pytest

from tests import halls
from tests.bad_input import causes
from tests.bad_input.provoking import ADMINISTRATOR, CLERK, OTHER_CLERK, Counter

WRONG = "Falsch-2026"
FIVE_AND_TEN_MINUTES = (5, 10 * 60 * 1000)


@pytest.fixture
def forgotten(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """One clerk types a wrong password, another a wrong PIN, until it is undone."""
    monkeypatch.setitem(halls.PASSWORDS, CLERK, WRONG)
    monkeypatch.setitem(halls.PINS, OTHER_CLERK, "918273")
    return monkeypatch


def test_a_wrong_password_opens_nothing(counter: Counter, forgotten: pytest.MonkeyPatch) -> None:
    """A wrong password is refused, in the same words as a person who is not there."""
    error = counter.refuses(causes.PASSWORD_WRONG, "case", "list", as_=CLERK)

    assert counter.refuses(causes.PASSWORD_WRONG, "case", "list", as_="7777") == error
    assert WRONG not in "".join(error.values())


def test_after_five_wrong_passwords_the_right_one_waits_too(
    counter: Counter, forgotten: pytest.MonkeyPatch
) -> None:
    """Five failures lock the sign-in for ten minutes; after them the right password opens again."""
    failures, lock = FIVE_AND_TEN_MINUTES
    for _ in range(failures):
        counter.line("case", "list", as_=CLERK)
    forgotten.setitem(halls.PASSWORDS, CLERK, "Linyi-2026")

    counter.refuses(causes.LOCKED, "case", "list", as_=CLERK)
    counter.clock.at += lock + 1

    assert counter.does("case", "list", as_=CLERK) == {"cases": []}


def test_a_wrong_pin_confirms_nothing(counter: Counter, forgotten: pytest.MonkeyPatch) -> None:
    """A second person whose PIN is wrong has not confirmed."""
    forgotten.setitem(halls.PASSWORDS, CLERK, "Linyi-2026")
    number = counter.registers()

    decline = ("case", "decline", number, "--reason", "not_this_item", "--text", "应办理另一事项")
    counter.refuses(causes.PIN_WRONG, *decline, as_=CLERK, second=OTHER_CLERK)


def test_nobody_confirms_an_own_act(counter: Counter) -> None:
    """Operator and second person are two people."""
    number = counter.registers()

    decline = ("case", "decline", number, "--reason", "not_this_item", "--text", "应办理另一事项")
    counter.refuses(causes.OWN_SECOND, *decline, as_=CLERK, second=CLERK)


def test_a_password_that_nobody_gives_is_asked_for(counter: Counter) -> None:
    """Without a terminal and without the variable the line ends, and says which variable it looked for."""
    error = counter.refuses(causes.PASSWORD_MISSING, "case", "list", "--as", CLERK)

    assert "WORKSTATION_PASSWORD" in error["next"]


def test_nobody_acts_without_signing_in(counter: Counter) -> None:
    """An act without a name under it is not done."""
    counter.refuses(causes.NOBODY, "case", "list")


def test_who_has_another_duty_is_refused(counter: Counter) -> None:
    """An administrator does not touch cases."""
    number = counter.registers()

    counter.refuses(causes.WRONG_ROLE, "case", "withdraw", number, as_=ADMINISTRATOR)
