"""登记簿: the registers there are, and their lines by a span of days; looked at, persons are masked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workstation.acts import checks, intake_register, mail_registers, refusals
from workstation.acts.desk import Desk
from workstation.acts.register_parts import Look, Register
from workstation.domain.roles import COUNTER, Role
from workstation.domain.times import local
from workstation.domain.words import word
from workstation.errors import Refused, WrongUsage
from workstation.policies import DeadlinePolicy
from workstation.store.work import Reading

#: In the order in which they are offered.
REGISTERS: Mapping[str, Register[Any, Any]] = {
    register.key: register
    for register in (
        intake_register.REGISTER,
        mail_registers.SENT,
        mail_registers.RECEIVED,
        mail_registers.HANDOVER,
        mail_registers.POSTAGE,
    )
}
#: Administrators touch no cases, and couriers see no persons (design §1).
READERS = COUNTER | {Role.AUDITOR}


@dataclass(frozen=True)
class Span:
    """The days a register is about."""

    since: str
    until: str
    limits: tuple[int, int]
    """From the beginning of the first to the end of the last, epoch ms."""

    @property
    def told(self) -> str:
        """The days as people read them."""
        return self.since if self.since == self.until else f"{self.since} 至 {self.until}"


@dataclass(frozen=True)
class Line:
    """One line in all columns, its ordinal first."""

    ordinal: int
    cells: tuple[str, ...]

    @property
    def key(self) -> int:
        """What comes before and after it is asked by its ordinal."""
        return self.ordinal


@dataclass(frozen=True)
class Page:
    """Some lines of a register, and how many it has in this span."""

    register: Register[Any, Any]
    span: Span
    total: int
    lines: tuple[Line, ...]


def find(key: str) -> Register[Any, Any]:
    """A register by its key or its Chinese title."""
    by_title = {register.title: register for register in REGISTERS.values()}
    found = REGISTERS.get(key) or by_title.get(key)
    if found is None:
        named = "、".join(f"{register.key} {register.title}" for register in REGISTERS.values())
        raise WrongUsage(
            "register-unknown",
            what=f"没有“{refusals.shown(key)}”这本登记簿。",
            why=f"有：{named}。",
            next="请写其中一本。（命令：register list）",
        )
    return found


def listed(
    desk: Desk,
    key: str,
    days: Span,
    *,
    after: int = 0,
    count: int = 200,
    policy: DeadlinePolicy | None = None,
) -> Page:
    """Lines of a register following the ordinal `after`; persons masked."""
    register = find(key)
    _refuse_strangers(desk)
    with desk.reading() as reading:
        look = Look(reading, desk.hall, policy=policy or DeadlinePolicy())
        keys = numbered(register, reading, days)
        page = keys[after : after + count]
        return Page(register, days, len(keys), tuple(Line(at, register.cells(look, at, k)) for at, k in page))


def span(desk: Desk, since: str | None = None, until: str | None = None) -> Span:
    """The days that were named: today if none was, up to today if only the first was."""
    now = desk.store.now()
    today = local(now).date().isoformat()
    last = checks.day("until", until) if until else today
    first = checks.day("since", since) if since else last
    return Span(first, last, checks.span(first, last, now))


def numbered(register: Register[Any, Any], reading: Reading, days: Span) -> list[tuple[int, Any]]:
    """What a register has in these days, each with its ordinal."""
    return list(enumerate(register.keys(reading, *days.limits), start=1))


def _refuse_strangers(desk: Desk) -> None:
    role = desk.signed_in().role
    if role not in READERS:
        allowed = "、".join(word(reader) for reader in sorted(READERS))
        raise Refused(
            "register-role",
            what=f"{word(role)}不能查看登记簿。",
            why=f"登记簿记的是办件和邮件，由{allowed}查看。",
            next="请换有此职责的人员登录。",
        )
