"""Passwords and PINs: how they are hashed, checked and judged. Slow by design: never inside a transaction.

The hash is Argon2id (OWASP: 19 MiB, two passes) over a keyed digest of user, kind, version and secret. The
key (pepper) comes from the data key, so a stolen database alone cannot be tried against; and a hash moved to
another user, or an older one put back, does not verify.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from workstation.errors import Refused
from workstation.policies import PasswordPolicy
from workstation.store.ledger import Store
from workstation.store.personal import derive

Kind = Literal["password", "pin"]

_MEMORY_KIB, _PASSES, _LANES = 19 * 1024, 2, 1
_PARAMETERS = f"$m={_MEMORY_KIB},t={_PASSES},p={_LANES}$"
_LONGEST = 128
_PIN = re.compile(r"[0-9]{6}")


@dataclass(frozen=True)
class Slot:
    """Whose secret, of which kind, and the how-manieth: all of it goes into the hash."""

    code: str
    kind: Kind
    version: int


def compact(text: str) -> str:
    """A password as it is compared: NFC, so that the same typing on another machine is the same password."""
    return unicodedata.normalize("NFC", text)


def hashed(store: Store, slot: Slot, secret: str) -> str:
    """The hash to be kept, in the PHC string format."""
    argon2 = Argon2id(
        salt=_salt(store, slot), length=32, iterations=_PASSES, lanes=_LANES, memory_cost=_MEMORY_KIB
    )
    return argon2.derive_phc_encoded(_peppered(store, slot, secret))


def verifies(store: Store, slot: Slot, secret: str, kept: str | None) -> bool:
    """Whether this is the secret; as slow where nothing is kept: the time does not tell who exists."""
    if kept is None or _PARAMETERS not in kept:
        hashed(store, slot, secret)
        return False
    try:
        Argon2id.verify_phc_encoded(_peppered(store, slot, secret), kept)
    except InvalidKey:
        return False
    return True


def _peppered(store: Store, slot: Slot, secret: str) -> bytes:
    digest = hmac.HMAC(store.keys.pepper, hashes.SM3())
    digest.update(f"{slot.code}|{slot.kind}|{slot.version}|{compact(secret)}".encode())
    return digest.finalize()


def _salt(store: Store, slot: Slot) -> bytes:
    if store.hall.practice:
        return derive(store.keys.pepper, f"salt|{slot.code}|{slot.kind}|{slot.version}", 16)
    return os.urandom(16)


def check_password(policy: PasswordPolicy, code: str, password: str) -> None:
    """Refuse a password that the policy does not allow, telling everything that is wrong with it at once."""
    faults = [fault for fault, applies in _password_faults(policy, code, compact(password)) if applies]
    if faults:
        raise Refused(
            "password-weak",
            what="这个密码不能用，没有改动。",
            why=f"密码{'；'.join(faults)}。",
            next=f"请另设：至少 {policy.length} 位，大写、小写、数字、其他字符中至少 {policy.classes} 类。",
        )


def _password_faults(policy: PasswordPolicy, code: str, password: str) -> tuple[tuple[str, bool], ...]:
    classes = sum(any(is_class(c) for c in password) for is_class in _CLASSES)
    return (
        (f"不足 {policy.length} 位", len(password) < policy.length),
        (f"超过 {_LONGEST} 位", len(password) > _LONGEST),
        (f"只有 {classes} 类字符", classes < policy.classes),
        ("含有控制字符", any(unicodedata.category(c).startswith("C") for c in password)),
        ("含有本人工号", code in password),
        ("同一个字符重复", len(set(password)) < min(4, policy.length)),
    )


_CLASSES: tuple[Callable[[str], bool], ...] = (
    lambda c: "A" <= c <= "Z",
    lambda c: "a" <= c <= "z",
    lambda c: "0" <= c <= "9",
    lambda c: not (c.isascii() and c.isalnum()),
)


def compact_pin(pin: str) -> str:
    """A PIN as it is compared: full-width digits folded, because an input method may be on."""
    return unicodedata.normalize("NFKC", pin).strip()


def check_pin(code: str, pin: str) -> str:
    """The PIN in its one form; refuses what is no PIN and what anybody would try first."""
    digits = compact_pin(pin)
    if not _PIN.fullmatch(digits):
        raise _pin_refused("pin-form", "PIN 不是 6 位数字。")
    if _is_trivial(digits) or code in digits:
        raise _pin_refused("pin-trivial", "这个 PIN 太好猜：重复、顺子、成对重复或含有工号。")
    return digits


def _is_trivial(digits: str) -> bool:
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(digits)}
    paired = digits[::2] == digits[1::2]
    return paired or len(steps) == 1 or len(set(digits)) < 3 or digits[:3] == digits[3:]


def _pin_refused(code: str, why: str) -> Refused:
    return Refused(code, what="这个 PIN 不能用，没有改动。", why=why, next="请另设 6 位不规则的数字。")
