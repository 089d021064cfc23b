"""Passwords and PINs: bound to user, kind and version; judged before they are kept."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from workstation.acts import passwords
from workstation.acts.desk import Desk
from workstation.acts.passwords import Slot
from workstation.errors import Explained
from workstation.policies import PasswordPolicy
from workstation.store.ledger import Store
from workstation.store.personal import PersonalKeys

SLOT = Slot("1001", "password", 1)
SECRET = "Shili-2026"


@pytest.fixture
def store(vacant: Desk) -> Store:
    """The store of a hall."""
    return vacant.store


def weakness(password: str, policy: PasswordPolicy | None = None) -> str:
    """Why this password is refused."""
    with pytest.raises(Explained) as found:
        passwords.check_password(policy or PasswordPolicy(), "1001", password)
    assert found.value.code == "password-weak"
    return found.value.why


def pin_code(pin: str) -> str:
    """The code under which this PIN is refused."""
    with pytest.raises(Explained) as found:
        passwords.check_pin("1001", pin)
    return found.value.code


def test_the_same_secret_verifies_and_no_other(store: Store) -> None:
    """What was hashed verifies; one letter more does not."""
    kept = passwords.hashed(store, SLOT, SECRET)

    assert passwords.verifies(store, SLOT, SECRET, kept)
    assert not passwords.verifies(store, SLOT, SECRET + "x", kept)
    assert not passwords.verifies(store, SLOT, SECRET, None)


def test_the_hash_has_the_agreed_strength(store: Store) -> None:
    """Argon2id, 19 MiB, two passes, and another salt each time."""
    first, second = (passwords.hashed(store, SLOT, SECRET) for _ in range(2))

    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert first != second


@pytest.mark.parametrize(
    "moved",
    [replace(SLOT, code="1002"), replace(SLOT, kind="pin"), replace(SLOT, version=2)],
)
def test_a_hash_moved_elsewhere_does_not_verify(store: Store, moved: Slot) -> None:
    """Copied to another user, another kind or back from an older version, it opens nothing."""
    kept = passwords.hashed(store, SLOT, SECRET)

    assert not passwords.verifies(store, moved, SECRET, kept)


def test_a_hash_without_its_pepper_does_not_verify(store: Store) -> None:
    """A stolen database cannot be tried against without the data key."""
    kept = passwords.hashed(store, SLOT, SECRET)

    assert not passwords.verifies(replace(store, keys=PersonalKeys(b"\7" * 32)), SLOT, SECRET, kept)


def test_a_hash_of_other_strength_is_not_even_tried(store: Store) -> None:
    """Whoever writes into the database cannot make a start take minutes, nor weaken a hash."""
    kept = passwords.hashed(store, SLOT, SECRET).replace("m=19456", "m=9999999")

    assert not passwords.verifies(store, SLOT, SECRET, kept)


def test_composed_and_decomposed_typing_is_one_password(store: Store) -> None:
    """Two machines may send é in two ways."""
    kept = passwords.hashed(store, SLOT, "Caf\u00e9-2026x")

    assert passwords.verifies(store, SLOT, "Cafe\u0301-2026x", kept)


def test_the_salts_of_a_practice_hall_repeat(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing random happens in practice, so the same seed plays the same day."""
    practice = replace(store, hall=replace(store.hall, practice=1))
    monkeypatch.setattr(os, "urandom", lambda _: pytest.fail("random in practice"))

    assert passwords.hashed(practice, SLOT, SECRET) == passwords.hashed(practice, SLOT, SECRET)
    assert passwords.hashed(practice, SLOT, SECRET) != passwords.hashed(
        practice, replace(SLOT, version=2), SECRET
    )


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("Ab1-", "不足 8 位"),
        ("abcdefgh", "只有 1 类字符"),
        ("abcdefg1", "只有 2 类字符"),
        ("Ab-1001-x", "含有本人工号"),
        ("Ab-123456\x07", "控制字符"),
        ("Aa1Aa1Aa1", "重复"),
        ("Ab-1" * 40, "超过 128 位"),
    ],
)
def test_a_weak_password_is_told_why(password: str, why: str) -> None:
    """Each weakness has its words."""
    assert why in weakness(password)


def test_all_weaknesses_are_told_at_once() -> None:
    """Nobody is sent back twice."""
    assert weakness("aaa").count("；") == 2


@pytest.mark.parametrize("password", ["Abcdefg1", "abcdefg-1", "密码是Mima2026", "Tr0ub4dor&3"])
def test_a_password_of_three_classes_will_do(password: str) -> None:
    """Eight characters of three classes; Chinese counts as a class of its own."""
    passwords.check_password(PasswordPolicy(), "1001", password)


def test_the_policy_is_a_setting() -> None:
    """A hall may ask for more."""
    assert "不足 12 位" in weakness("Abcdefg-1", PasswordPolicy(length=12))
    assert "只有 3 类字符" in weakness("Abcdefg1", PasswordPolicy(length=8, classes=4)).replace(
        "3 类", "3 类"
    )


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "12345a", "一二三四五六", "730 184"])
def test_what_is_no_pin_is_refused(pin: str) -> None:
    """Six digits and nothing else."""
    assert pin_code(pin) == "pin-form"


@pytest.mark.parametrize(
    "pin", ["000000", "123456", "654321", "246802", "121212", "123123", "112233", "111112", "100145"]
)
def test_a_pin_anybody_would_try_is_refused(pin: str) -> None:
    """Repetitions, runs, pairs and the own code."""
    assert pin_code(pin) == "pin-trivial"


def test_a_pin_typed_full_width_is_the_same_pin() -> None:
    """The input method may be on."""
    assert passwords.check_pin("1001", "７３０１８４") == "730184"
