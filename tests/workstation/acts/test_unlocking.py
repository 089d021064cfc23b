"""解锁: who is at the desk proves it by the own PIN; wrong ones count, and the password always helps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest

from tests import halls
from tests.engines import Clock
from workstation.acts import users
from workstation.acts.desk import Desk
from workstation.domain.times import local
from workstation.errors import Explained
from workstation.policies import LoginPolicy

WRONG = "111213"
PIN = halls.PINS[halls.CLERK]
THREE = LoginPolicy(failures=3, minutes=10)


@pytest.fixture
def locked(vacant: Desk) -> Desk:
    """The clerk's desk, locked."""
    return halls.seat(vacant, halls.CLERK)


def refusal(act: Callable[[], object]) -> Explained:
    """How this is refused."""
    with pytest.raises(Explained) as found:
        act()
    return found.value


def failures(desk: Desk, pin: str, times: int) -> list[str]:
    """The codes of so many tries."""
    return [refusal(lambda: users.unlock(desk, pin, policy=THREE)).code for _ in range(times)]


@pytest.mark.engine
def test_the_own_pin_unlocks(locked: Desk) -> None:
    """In the form an input method gives it too; nothing is written in the journal."""
    full_width = "".join(chr(ord(digit) + 0xFEE0) for digit in PIN)

    for typed in (PIN, full_width, f" {PIN} "):
        assert users.unlock(locked, typed).signed_in().code == halls.CLERK

    with locked.reading() as reading:
        assert [entry.act for entry in reading.journal()] == ["init"]


def test_the_second_person_does_not_stay_through_a_lock(locked: Desk) -> None:
    """Only one of the two has proved to be there; the rest of the desk is as it was."""
    desk = replace(halls.seat(locked, halls.CLERK, second=halls.SUPERVISOR), seen=4)

    unlocked = users.unlock(desk, PIN)

    assert unlocked.second is None
    assert (unlocked.seen, unlocked.window) == (4, desk.window)


@pytest.mark.engine
def test_wrong_pins_count_and_lock(locked: Desk) -> None:
    """After so many not even the right one helps, until the time has passed; the password is named."""
    clock = cast("Clock", locked.store.clock)

    assert failures(locked, WRONG, 3) == ["wrong-pin", "wrong-pin", "user-locked"]
    told = refusal(lambda: users.unlock(locked, PIN, policy=THREE))

    assert told.code == "user-locked"
    assert "密码" in told.next
    assert local(clock.at + 10 * 60_000).strftime("%H:%M:%S") in told.next
    clock.at += 10 * 60_000 + 1
    assert users.unlock(locked, PIN, policy=THREE).operator is not None


def test_the_password_helps_while_the_pin_is_locked(locked: Desk) -> None:
    """The two are counted apart; the PIN stays locked, or the password would allow guessing it for ever."""
    failures(locked, WRONG, 3)

    signed_in = users.sign_in(locked, halls.CLERK, halls.PASSWORDS[halls.CLERK], policy=THREE)

    assert signed_in.signed_in().code == halls.CLERK
    assert failures(locked, PIN, 1) == ["user-locked"]


def test_failures_are_those_of_the_second_person(locked: Desk) -> None:
    """One count a person, wherever the PIN is asked for; a right one begins it anew."""
    assert failures(locked, WRONG, 2) == ["wrong-pin", "wrong-pin"]
    other = halls.seat(locked, halls.OTHER_CLERK)

    told = refusal(lambda: users.second(other, halls.CLERK, WRONG, policy=THREE))

    assert told.code == "user-locked"
    assert failures(other, WRONG, 2) == ["wrong-pin", "wrong-pin"]
    assert users.unlock(other, halls.PINS[halls.OTHER_CLERK], policy=THREE).operator is not None
    assert failures(other, WRONG, 2) == ["wrong-pin", "wrong-pin"]


def test_the_pin_of_another_unlocks_nothing(locked: Desk) -> None:
    """It is not the code that is asked for but the person at the desk."""
    told = refusal(lambda: users.unlock(locked, halls.PINS[halls.SUPERVISOR]))

    assert told.code == "wrong-pin"
    assert told.what == "PIN 不对，没有解锁。"


def test_without_a_pin_the_password_is_asked_for(locked: Desk) -> None:
    """The auditor has none: told, and not counted."""
    auditor = halls.seat(locked, halls.AUDITOR)

    told = [refusal(lambda: users.unlock(auditor, WRONG, policy=THREE)) for _ in range(4)]

    assert {error.code for error in told} == {"pin-none"}
    assert "密码" in told[0].next
    assert (users.has_pin(auditor), users.has_pin(locked)) == (False, True)


def test_a_pin_set_since_then_counts(locked: Desk) -> None:
    """The store is asked, not what was known at sign-in."""
    auditor = halls.seat(locked, halls.AUDITOR)
    users.set_pin(auditor, halls.AUDITOR, "405172")

    assert users.has_pin(auditor)
    assert users.unlock(auditor, "405172").signed_in().pin_version == 1


def test_who_was_disabled_meanwhile_stays_locked_out(locked: Desk) -> None:
    """The desk was left while the administrator disabled the code."""
    users.disable_user(halls.seat(locked, halls.ADMINISTRATOR), halls.CLERK)

    assert refusal(lambda: users.unlock(locked, PIN)).code == "user-disabled"


def test_nobody_cannot_be_unlocked(vacant: Desk) -> None:
    """There must be somebody whose desk it is."""
    assert refusal(lambda: users.unlock(vacant, PIN)).code == "nobody-signed-in"


def test_who_only_looks_unlocks_all_the_same(locked: Desk) -> None:
    """Counting a wrong PIN is no act; without it a read-only screen could be guessed open."""
    desk = replace(locked, readonly=True)

    assert failures(desk, WRONG, 3)[-1] == "user-locked"
    assert users.unlock(halls.seat(desk, halls.SUPERVISOR), halls.PINS[halls.SUPERVISOR]).readonly
