"""What a hall is founded with: its place, its first people and where its key is kept, each value checked.

How it is founded lives in `bootstrap`, and on what ground in `ground`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import msgspec

from forms.identifiers import address, plain_text
from workstation import policies, settings
from workstation.acts import checks, users
from workstation.acts.inputs import Input
from workstation.acts.users import NewUser
from workstation.domain.codes import PRACTICE_HALL
from workstation.domain.people import Hall
from workstation.domain.roles import Role
from workstation.settings import Place, Practice, Settings

_PASSPHRASE = 12
"""How long a passphrase is at least."""
_NAME, _ADDRESS = 50, 120
"""How long the hall's name and address are at most: they stand as sender on the smallest envelope."""


class Founding(Input, frozen=True, kw_only=True):
    """What a new hall 大厅 is founded with."""

    division: str
    digit: int
    """Which hall of the division: 1-8."""
    name: str
    address: str
    postcode: str
    phone: str
    users: tuple[NewUser, ...]
    window: int = 1
    key_file: str | None = None
    """Where the hall key is kept: here, in the keyring, or with the passphrase alone."""
    keyring: bool = False
    passphrase: str | None = None
    """Brings the hall key to further windows (`key enrol`)."""
    dsn: str | None = None
    """A PostgreSQL server; without it the ledger is a file in the home."""


def checked(plan: Founding, *, practice: bool) -> Founding:
    """The plan with every value in its one form, or a refusal that names the field."""
    digits = (PRACTICE_HALL,) if practice else range(1, PRACTICE_HALL)
    if plan.digit not in digits:
        raise checks.usage(
            "hall-digit",
            f"大厅序号不能是 {plan.digit}。（命令：字段 digit）",
            "大厅序号为 1 至 8；9 只用于演练。",
        )
    if not 1 <= plan.window <= 99:
        raise checks.usage(
            "window-impossible", f"窗口号不能是 {plan.window}。（命令：字段 window）", "窗口号为 1 至 99。"
        )
    if plan.passphrase is not None and len(plan.passphrase) < _PASSPHRASE:
        raise checks.usage(
            "passphrase-too-short",
            f"入网口令能解开大厅密钥，须不少于 {_PASSPHRASE} 个字。",
            "请换一个长的口令，例如几个不相干的词。",
        )
    return msgspec.structs.replace(
        plan,
        division=checks.digits("division", plan.division, 6),
        name=checks.field("name", partial(plain_text.validate, longest=_NAME), plan.name),
        address=checks.field("address", partial(address.validate, longest=_ADDRESS), plan.address),
        postcode=checks.digits("postcode", plan.postcode, 6),
        phone=checks.phone("phone", plan.phone),
        users=_checked_users(plan.users),
    )


def _checked_users(given: Sequence[NewUser]) -> tuple[NewUser, ...]:
    policy = policies.PasswordPolicy()
    people = tuple(users.checked(new, policy, f"users[{i}].") for i, new in enumerate(given))
    codes = [new.code for new in people]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise checks.usage("user-twice", f"工号 {'、'.join(twice)} 写了两次。", "每人一个工号。")
    if not any(new.role == Role.ADMINISTRATOR for new in people):
        raise checks.usage(
            "administrator-missing",
            "人员里没有系统管理员。（命令：字段 users）",
            "请至少登记一个系统管理员。（命令：role 为 administrator）",
        )
    return people


def settings_of(plan: Founding, practice_seed: int | None) -> Settings:
    """The settings of the window it is founded at."""
    path = settings.key_file(plan.key_file) if practice_seed is None else None
    return Settings(
        # Unlike in any other hall, and the same whenever the same hall is played.
        hall=int(f"{plan.division}{plan.digit}"),
        window=plan.window,
        key_file=str(path) if path else None,
        keyring=plan.keyring,
        store=Place(engine="postgres" if plan.dsn else "sqlite", dsn=plan.dsn),
        practice=Practice(seed=practice_seed) if practice_seed is not None else None,
    )


def hall_of(plan: Founding, found: Settings, now: int) -> Hall:
    """The hall itself."""
    return Hall(
        id=found.hall,
        division=plan.division,
        digit=plan.digit,
        name=plan.name,
        address=plan.address,
        postcode=plan.postcode,
        phone=plan.phone,
        created_at=now,
        practice=0 if found.practice is None else 1,
    )
