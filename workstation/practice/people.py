"""People who do not exist: their ID numbers have the sequence 000, which is never issued.

Units 单位 do not exist either: the 组织机构代码 of theirs begins with EXAM.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from random import Random

import msgspec
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from forms.identifiers import unified_credit_code
from workstation.acts.inputs import Person

#: More people than this have no telephone: the last four digits are what tells them apart.
MOST = 10_000

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "安宁清和文博思远子涵雨桐浩然嘉怡梓萱景行若水乐山知微守拙鸣谦怀瑾云舒望星河明月晓峰春生秋实"
#: What every hall meets: characters beyond the common fonts, 间隔号, compound surnames, Latin letters.
_RARE = ("王𬱟宁", "李𪾢言", "龚䶮之", "买买提·艾山江", "MARIA EXEMPLO SILVA", "欧阳清和", "迪丽努尔·吐尔逊")
_AREAS = ("350203", "450103", "430102", "360102", "440106", "510104", "500103", "530102", "610103")
#: 永久居留身份证: 9, province, country.
_FOREIGN_AREA = "935076"
#: Between 19 and 75 years old.
_OLDEST, _BIRTHS = 75, 56 * 365


def strangers(rng: Random, year: int) -> Iterator[Person]:
    """One person after another, grown up in `year`, rare names first; no two share a name or number."""
    lines = rng.sample(range(MOST), MOST)
    names, numbers = _names(rng), _numbers(rng, year)
    for line in lines:
        name = next(names)
        foreign = name.isascii()
        yield Person(
            name=name,
            id_kind="foreigner_card" if foreign else "citizen_id",
            id_number=_number(_FOREIGN_AREA, year, rng) if foreign else next(numbers),
            phone=f"1390000{line:04d}",
            address=f"演练省演练市示例区示例路 {rng.randint(1, 180)} 号 {rng.randint(101, 2804)} 室",
        )


def organisation(person: Person, rng: Random) -> Person:
    """A legal person, reached where this person would be."""
    body = f"EXAM{rng.randrange(10_000):04d}"
    check = unified_credit_code.organisation_check_digit(body)
    code = f"91{rng.choice(_AREAS)}{body}{check}"
    return msgspec.structs.replace(
        person,
        name=f"演练市{rng.choice(_GIVEN)}{rng.choice(_GIVEN)}示例测绘有限公司",
        id_kind=unified_credit_code.KIND,
        id_number=code + uscc.calc_check_digit(code),
    )


def _names(rng: Random) -> Iterator[str]:
    seen = set(_RARE)
    yield from _RARE
    while True:
        # At least three characters: two are found by chance in what is encrypted.
        name = rng.choice(_SURNAMES) + rng.choice(_GIVEN) + rng.choice(_GIVEN)
        if name not in seen:
            seen.add(name)
            yield name


def _numbers(rng: Random, year: int) -> Iterator[str]:
    seen: set[str] = set()
    while True:
        number = _number(rng.choice(_AREAS), year, rng)
        if number not in seen:
            seen.add(number)
            yield number


def _number(area: str, year: int, rng: Random) -> str:
    birth = datetime.date(year - _OLDEST, 3, 1) + datetime.timedelta(days=rng.randrange(_BIRTHS))
    body = f"{area}{birth:%Y%m%d}000"
    return body + mod_11_2.calc_check_digit(body)
