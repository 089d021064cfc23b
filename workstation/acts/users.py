"""人员: who works here, how they sign in, and how the second person confirms. Nobody is here by default.

Failed sign-ins are counted outside the ledger: a wrong password is no act.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from forms.identifiers import person_name
from workstation.acts import checks, explanations, labels, passwords, refusals
from workstation.acts.desk import Desk
from workstation.acts.inputs import Input
from workstation.acts.passwords import Kind, Slot
from workstation.domain.codes import Kind as NumberKind
from workstation.domain.people import User
from workstation.domain.roles import Role
from workstation.domain.times import local
from workstation.errors import Refused
from workstation.policies import LoginPolicy, PasswordPolicy
from workstation.store.ledger import Store
from workstation.store.protocols import Value
from workstation.store.statements import logins as sql
from workstation.store.work import Work

#: Digits only, like all that is typed at the counter.
_CODE = re.compile(r"[0-9]{3,8}")


class NewUser(Input, frozen=True, kw_only=True):
    """A person to be added. Couriers have a badge and do not sign in; everybody else has a password."""

    code: str
    name: str
    role: Role
    password: str | None = None
    pin: str | None = None


EXAMPLE_USER = NewUser(code="1001", name="林示例", role=Role.CLERK, password="Shili-2026", pin="730184")


def checked(new: NewUser, policy: PasswordPolicy, place: str = "") -> NewUser:
    """The new user with every value in its one form, or a refusal that names the field."""
    code = unicodedata.normalize("NFKC", new.code).strip()
    if not _CODE.fullmatch(code):
        raise checks.usage(
            "user-code-form", f"工号的写法不对。{labels.at(f'{place}code')}", "工号为 3 至 8 位数字。"
        )
    name = checks.field(f"{place}name" if place else "姓名", person_name.validate, new.name)
    _check_secrets(new, code, policy)
    pin = passwords.check_pin(code, new.pin) if new.pin is not None else None
    return NewUser(code=code, name=name, role=new.role, password=new.password, pin=pin)


def _check_secrets(new: NewUser, code: str, policy: PasswordPolicy) -> None:
    if new.role == Role.COURIER:
        if new.password is not None or new.pin is not None:
            raise checks.usage("courier-secret", "揽投员凭工牌交接，不登录。", "请不要给揽投员设密码或 PIN。")
    elif new.password is None:
        raise checks.usage("user-password-missing", f"{code} 没有密码。", "每个登录的人都要有自己的密码。")
    else:
        passwords.check_password(policy, code, new.password)


def as_user(store: Store, new: NewUser) -> User:
    """The record of a checked new user, secrets hashed. Slow: call it before the transaction."""
    hashed = dict.fromkeys(("password", "pin"), "")
    kinds: tuple[tuple[Kind, str | None], ...] = (("password", new.password), ("pin", new.pin))
    for kind, secret in kinds:
        if secret is not None:
            hashed[kind] = passwords.hashed(store, Slot(new.code, kind, 1), secret)
    return User(
        code=new.code,
        name=new.name,
        role=new.role,
        password=hashed["password"] or None,
        password_version=1 if hashed["password"] else 0,
        pin=hashed["pin"] or None,
        pin_version=1 if hashed["pin"] else 0,
    )


def enter(work: Work, user: User) -> User:
    """Write a new user within an act; a courier gets the number of the badge."""
    if work.users.get(user.code):
        raise _user_exists(user.code)
    badge = work.number(NumberKind.BADGE) if user.role == Role.COURIER else None
    return work.users.add(replace(user, badge=badge, added_at=work.now))


def add_user(desk: Desk, new: NewUser, policy: PasswordPolicy = PasswordPolicy()) -> User:  # noqa: B008 - frozen
    """Add a person; an administrator does."""
    user = as_user(desk.store, checked(new, policy))
    with desk.act("add_user") as work:
        work.object = user.code
        work.facts = {"role": user.role}
        return enter(work, user)


def disable_user(desk: Desk, code: str) -> User:
    """Disable a person, who stays in the ledger with all that was done; the last administrator stays."""
    with desk.act("disable_user") as work:
        user = _found(work.users.get(refusals.readable("user", code)), code)
        work.object = user.code
        if user.state != "active":
            raise _already_disabled(code)
        administrators = work.users.where(role=Role.ADMINISTRATOR, state="active")
        if [a.code for a in administrators] == [code]:
            raise _last_administrator(code)
        return work.users.save(replace(user, state="disabled"))


def set_password(
    desk: Desk,
    code: str,
    new: str,
    *,
    old: str | None = None,
    policy: PasswordPolicy = PasswordPolicy(),  # noqa: B008
) -> User:
    """Change the own password, with the old one; or, as administrator, give another person a new one."""
    operator = desk.signed_in()
    user = find_user(desk, code)
    if operator.code == code:
        _verify_old(desk, user, old)
    elif operator.role != Role.ADMINISTRATOR:
        raise _not_yours("password-not-yours", "密码", "；忘记密码的由系统管理员另设")
    if user.role == Role.COURIER:
        raise checks.usage("courier-secret", "揽投员凭工牌交接，不登录。", "请不要给揽投员设密码或 PIN。")
    passwords.check_password(policy, code, new)
    slot = Slot(code, "password", user.password_version + 1)
    hashed = passwords.hashed(desk.store, slot, new)
    with desk.act("set_password") as work:
        work.object = code
        _unchanged(work.users.get(code), user)
        return work.users.save(replace(user, password=hashed, password_version=slot.version))


def set_pin(desk: Desk, code: str, pin: str) -> User:
    """Set the own PIN. Nobody sets another's: it is what makes the second person a second person."""
    operator = desk.signed_in()
    if operator.code != code:
        raise _not_yours("pin-not-yours", "PIN", "")
    digits = passwords.check_pin(code, pin)
    user = find_user(desk, code)
    slot = Slot(code, "pin", user.pin_version + 1)
    hashed = passwords.hashed(desk.store, slot, digits)
    with desk.act("set_pin") as work:
        work.object = code
        _unchanged(work.users.get(code), user)
        return work.users.save(replace(user, pin=hashed, pin_version=slot.version))


def list_users(desk: Desk) -> list[User]:
    """Everybody, in the order of codes; for anyone who has signed in."""
    desk.signed_in()
    with desk.reading() as reading:
        return reading.users.where()


def find_user(desk: Desk, code: str) -> User:
    """The user with this code, or a refusal."""
    with desk.reading() as reading:
        return _found(reading.users.get(refusals.readable("user", code)), code)


def sign_in(desk: Desk, code: str, password: str, *, policy: LoginPolicy = LoginPolicy()) -> Desk:  # noqa: B008
    """The desk with this person at it."""
    return replace(desk, operator=_authenticated(desk, _Attempt(code, "password", password), policy))


def second(desk: Desk, code: str, pin: str, *, policy: LoginPolicy = LoginPolicy()) -> Desk:  # noqa: B008
    """The desk with this person beside the operator, confirmed by the own PIN."""
    return replace(
        desk, second=_authenticated(desk, _Attempt(code, "pin", passwords.compact_pin(pin)), policy)
    )


def has_pin(desk: Desk) -> bool:
    """Whether who is at the desk has a PIN to unlock it with."""
    return find_user(desk, desk.signed_in().code).pin is not None


def unlock(desk: Desk, pin: str, *, policy: LoginPolicy = LoginPolicy()) -> Desk:  # noqa: B008
    """The desk again, for the person at it: there by the own PIN. A second person has to come anew.

    Failures count with those of the second person; while the PIN is locked the password (`sign_in`) helps.
    """
    code = desk.signed_in().code
    if not has_pin(desk):
        raise _no_pin(code)
    try:
        found = _authenticated(desk, _Attempt(code, "pin", passwords.compact_pin(pin)), policy)
    except Refused as refused:
        if refused.code == "wrong-pin":
            raise _still_locked() from refused
        raise
    return replace(desk, operator=found, second=None)


@dataclass(frozen=True)
class _Attempt:
    """Somebody says to be `code` and gives a password or PIN."""

    code: str
    kind: Kind
    secret: str


def _authenticated(desk: Desk, attempt: _Attempt, policy: LoginPolicy) -> User:
    attempt = replace(attempt, code=unicodedata.normalize("NFKC", attempt.code).strip())
    if not _CODE.fullmatch(attempt.code):
        raise _wrong_secret(attempt.kind)
    with desk.reading() as reading:
        user = reading.users.get(attempt.code)
    _refuse_locked(desk, attempt)
    if not _right(desk.store, user, attempt) or user is None:
        _count_failure(desk, attempt, policy)
        raise _wrong_secret(attempt.kind)
    # Asked again: the right guess among many tried at once must not slip in after the lock.
    if _refuse_locked(desk, attempt):
        _clear(desk, attempt)
    if user.state != "active":
        raise _disabled(attempt.code)
    return user


def _right(store: Store, user: User | None, attempt: _Attempt) -> bool:
    """One hash whoever it is: the time does not tell whether the code exists."""
    kept = getattr(user, attempt.kind, None)
    version = getattr(user, f"{attempt.kind}_version", 0)
    return passwords.verifies(store, Slot(attempt.code, attempt.kind, version), attempt.secret, kept)


def _refuse_locked(desk: Desk, attempt: _Attempt) -> int:
    """Refuse while the lock lasts; otherwise the number of failures so far."""
    with desk.reading() as reading:
        lines = reading.lines(sql.STATE, code=attempt.code, kind=attempt.kind)
    if lines and lines[0]["locked_until"] > desk.store.now():
        raise _locked(lines[0]["locked_until"], attempt.kind)
    return int(lines[0]["failures"]) if lines else 0


def _count_failure(desk: Desk, attempt: _Attempt, policy: LoginPolicy) -> None:
    engine = desk.store.engine
    values: dict[str, Value] = {"hall": desk.hall.id, "code": attempt.code, "kind": attempt.kind}
    until = desk.store.now() + policy.minutes * 60_000
    with explanations.explained(), engine.write():
        line = engine.row(sql.FAIL, values)
        if line is None:
            engine.run(sql.BEGIN, values)
        elif line["failures"] >= policy.failures:
            engine.run(sql.LOCK, values | {"until": until})
    if line is not None and line["failures"] >= policy.failures:
        raise _locked(until, attempt.kind)


def _clear(desk: Desk, attempt: _Attempt) -> None:
    engine = desk.store.engine
    with explanations.explained(), engine.write():
        engine.run(sql.CLEAR, {"hall": desk.hall.id, "code": attempt.code, "kind": attempt.kind})


def _verify_old(desk: Desk, user: User, old: str | None) -> None:
    if old is None:
        raise checks.usage("old-password-missing", "改自己的密码要先给原密码。", "请输入原密码。")
    if not _right(desk.store, user, _Attempt(user.code, "password", old)):
        raise _wrong_secret("password")


def _found(user: User | None, code: str) -> User:
    if user is None:
        raise refusals.not_found("user", code)
    return user


def _unchanged(now: User | None, before: User) -> None:
    if now is None or now.version != before.version:
        raise Refused(
            "user-changed-meanwhile",
            what=f"{before.code} 刚刚被别人改动，本次没有改。",
            why="密码和 PIN 是按改动前的版本算的。",
            next="请再试一次。",
        )


def _wrong_secret(kind: Kind) -> Refused:
    secret = {"password": "密码", "pin": "PIN"}[kind]
    return Refused(
        f"wrong-{kind}",
        what=f"工号或{secret}不对，没有办理。",
        why=f"没有这个工号，或{secret}不符；连续错几次会锁定。",
        next=f"请核对工号和{secret}（大小写、全半角）后再试；忘记密码请系统管理员另设。",
    )


def _locked(until: int, kind: Kind) -> Refused:
    at = local(until).strftime("%H:%M:%S")
    secret = {"password": "密码", "pin": "PIN"}[kind]
    return Refused(
        "user-locked",
        what=f"这个工号的{secret}已锁定，没有办理。",
        why="连续输错的次数太多。",
        next=f"请在 {at} 之后再试{'；解锁屏幕请用密码' if kind == 'pin' else ''}。",
    )


def _no_pin(code: str) -> Refused:
    return Refused(
        "pin-none",
        what="没有解锁。",
        why=f"工号 {code} 还没有设 PIN。",
        next="请用密码解锁；解锁后可以设 PIN。（命令：user pin）",
    )


def _still_locked() -> Refused:
    """A wrong PIN where the code is known: it stands on the screen."""
    return Refused(
        "wrong-pin",
        what="PIN 不对，没有解锁。",
        why="与本人设的 PIN 不符；连续错几次，PIN 会锁定。",
        next="请再试一次，或用密码解锁。",
    )


def _disabled(code: str) -> Refused:
    return Refused(
        "user-disabled",
        what=f"工号 {code} 已停用，没有办理。",
        why="停用的人员不能登录，也不能复核。",
        next="请换别的工号，或请系统管理员核实。",
    )


def _user_exists(code: str) -> Refused:
    return Refused(
        "user-exists",
        what=f"工号 {code} 已经有人用了，没有新增。",
        why="工号不重复使用，停用的也不行：账上凭它认人。",
        next="请换一个工号。",
    )


def _already_disabled(code: str) -> Refused:
    return Refused(
        "user-already-disabled",
        what=f"工号 {code} 早已停用。",
        why="不必再停用一次。",
        next="请核对工号。（命令：user list）",
    )


def _last_administrator(code: str) -> Refused:
    return Refused(
        "last-administrator",
        what=f"工号 {code} 是最后一个在用的系统管理员，不能停用。",
        why="没有系统管理员，就再也不能新增或停用人员。",
        next="请先新增另一个系统管理员，再停用这一个。",
    )


def _not_yours(code: str, secret: str, otherwise: str) -> Refused:
    return Refused(
        code,
        what=f"不能替别人设{secret}，没有改动。",
        why=f"每个人的{secret}只由本人设{otherwise}。",
        next="请本人用自己的工号登录后再设。",
    )
