"""The practice hall 演练大厅: place, staff, home offices, agreements and a guide.

All of it is invented and says so.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

import msgspec

from forms.items import guide
from workstation.acts import agreements, catalogue, guides, office_files, passwords, table_files
from workstation.acts.desk import Desk
from workstation.acts.inputs import Office, Terms
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

GRANTING = "430102-hz"
"""The office whose agreement grants every power."""
GUIDING = "360102-hz"
"""The office with a guide 办事指南 of its own, for one item."""
RESOURCES = "610103-zr"
"""The office for land and surveying; all others are for households."""
GUIDED = "64"
"""父母投靠子女户口迁移."""
EXEMPT = ("child_id", "child_household")
"""What that office looks up itself 免提交: the papers of the child, who lives there."""


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


def badges(desk: Desk) -> dict[str, str]:
    """What the badges of the couriers carry, by code; the hall has numbered them."""
    with desk.reading() as reading:
        return {user.code: user.badge for user in reading.users.where() if user.badge}


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
    return [*household_offices(), _SURVEYORS]


def household_offices() -> Sequence[Office]:
    """Those that keep the register of households 户政."""
    return [
        Office(
            code=f"{division}-hz",
            division=division,
            name=f"演练{letter}市公安局示例分局户政大厅",
            address=f"演练{letter}市示例区示例大道 {number} 号",
            postcode=postcode,
            phone=f"{area}-5550{number:03d}",
            department="公安",
            hours="工作日 9:00-17:00",
        )
        for number, (letter, division, postcode, area) in enumerate(_OFFICES, start=1)
    ]


def open_directory(desk: Desk, day: str) -> None:
    """The supervisor takes in the list of offices, all asked on this day, and enters what two have agreed."""
    fields = [field for field in office_files.HEADS if field not in ("contact", "state")]
    asked = [msgspec.structs.replace(office, verified_on=day) for office in offices()]
    rows = [[getattr(office, field) for field in fields] for office in asked]
    heads = [office_files.HEADS[field] for field in fields]
    content = table_files.written("csv", heads, rows, title=office_files.TITLE)
    office_files.import_file(desk, "演练属地部门.csv", content)
    for terms in agreed(day):
        agreements.add(desk, terms)


def agreed(day: str) -> Sequence[Terms]:
    """Two agreements 协议 that do not exist: one grants a little, the other every power there is."""
    first = f"{day[:4]}-01-01"
    # The days are those of 内蒙古 线下“全区通办” 2023-06.
    limits = {"accept": 1, "send": 2, "check": 1, "return": 1}
    return (
        Terms(
            office="450103-hz",
            item="63",
            powers=("notify", "verify_originals"),
            limits=limits,
            deferrable_rows=("residence",),
            valid_from=first,
            document_number="演练协议 1 号（示例）",
        ),
        Terms(
            office=GRANTING,
            item="59",
            powers=("accept", "notify", "verify_originals", "serve"),
            limits=limits,
            deferrable_rows=("statement", "purpose", "supporting"),
            pledgeable_rows=("statement",),
            valid_from=first,
            document_number="演练协议 2 号（示例）",
        ),
    )


def publish_guide(desk: Desk, day: str) -> None:
    """The supervisor takes in the guide of one office: our sample, with two papers it looks up itself."""
    rows = [replace(row, exempt=row.id in EXEMPT) for row in catalogue.shipped(GUIDED).rows]
    heads = [head.name for head in guide.HEADS.values()]
    lines = [guide.cells(GUIDED, row) for row in rows]
    guides.import_file(
        desk,
        "演练办事指南.csv",
        table_files.written("csv", heads, lines, title=guides.MARK),
        scope=GUIDING,
        source="演练办事指南（示例）",
        source_date=day,
    )


_SURVEYORS = Office(
    code=RESOURCES,
    division="610103",
    name="演练辛市自然资源局示例分局测绘科",
    address="演练辛市示例区示例大道 9 号",
    postcode="710001",
    phone="029-5550009",
    department="自然资源",
    hours="工作日 9:00-17:00",
)
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
