"""The practice hall 演练大厅: its place, staff and home offices, all of them invented and saying so."""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from workstation.acts import passwords
from workstation.acts.inputs import Office
from workstation.acts.users import NewUser
from workstation.domain.codes import PRACTICE_HALL
from workstation.domain.roles import Role
from workstation.errors import Refused
from workstation.founding import Founding

_STAFF = (
    ("1001", "窗演练", Role.CLERK),
    ("1002", "口演练", Role.CLERK),
    ("2001", "值演练", Role.SUPERVISOR),
    ("5001", "揽演练", Role.COURIER),
    ("5002", "投演练", Role.COURIER),
    ("8001", "审演练", Role.AUDITOR),
    ("9001", "管演练", Role.ADMINISTRATOR),
)


@dataclass(frozen=True)
class Operator:
    """Somebody of the practice hall, with what is needed to sign in; couriers have a badge and do not."""

    code: str
    role: str
    password: str | None
    pin: str | None


def plan(seed: int) -> Founding:
    """What the practice hall is founded with."""
    people = {operator.code: operator for operator in operators(seed)}
    return Founding(
        division="350203",
        digit=PRACTICE_HALL,
        name="演练市政务服务中心（演练大厅）",
        address="演练省演练市示例区示例路 1 号",
        postcode="361000",
        phone="0592-5550000",
        users=tuple(
            NewUser(code=code, name=name, role=role, password=people[code].password, pin=people[code].pin)
            for code, name, role in _STAFF
        ),
    )


def operators(seed: int) -> tuple[Operator, ...]:
    """The staff with passwords and PINs, the same whenever the same seed is played: they are no secret."""
    return tuple(_operator(seed, code, role) for code, _, role in _STAFF)


def _operator(seed: int, code: str, role: Role) -> Operator:
    if role == Role.COURIER:
        return Operator(code, role.value, None, None)
    rng = Random(f"{seed}/{code}")
    return Operator(code, role.value, _password(rng), _pin(rng, code))


def _password(rng: Random) -> str:
    """Capital, small letters, digits and a hyphen; too few digits in a row to contain a code."""
    letters = "".join(rng.choices(string.ascii_lowercase, k=4))
    return f"Yanlian-{letters}{rng.randint(10, 99)}"


def _pin(rng: Random, code: str) -> str:
    while True:
        try:
            return passwords.check_pin(code, f"{rng.randrange(1_000_000):06d}")
        except Refused:
            continue


def offices() -> Sequence[Office]:
    """Home offices 业务属地 in towns that do not exist, under division codes that do."""
    return [
        Office(
            code=f"{division}-hz",
            division=division,
            name=f"演练{letter}市公安局示例分局户政大厅",
            address=f"演练{letter}市示例区示例大道 {number} 号",
            postcode=postcode,
            phone=f"{area}-5550{number:03d}",
        )
        for number, (letter, division, postcode, area) in enumerate(_OFFICES, start=1)
    ]


_OFFICES = (
    ("甲", "450103", "530022", "0771"),
    ("乙", "430102", "410001", "0731"),
    ("丙", "360102", "330006", "0791"),
    ("丁", "440106", "510620", "020"),
    ("戊", "510104", "610021", "028"),
    ("己", "500103", "400010", "023"),
    ("庚", "530102", "650031", "0871"),
    ("辛", "610103", "710001", "029"),
)
