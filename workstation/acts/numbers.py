"""外部编号: what other systems call a case, such as 省平台办件号 or 属地文号; each number is one case's."""

from __future__ import annotations

import unicodedata
from functools import partial

from forms.identifiers import plain_text
from workstation.acts import checks, steps
from workstation.acts.desk import Desk
from workstation.domain.case import Case
from workstation.domain.contact import ExternalNumber
from workstation.errors import Refused
from workstation.store.work import Reading, Work

SYSTEMS = {
    "provincial": "省政务服务平台办件号",
    "national": "国家政务服务平台办件号",
    "home_office": "属地文号",
    "department": "部门业务系统编号",
    "other": "其他系统编号",
}
LONGEST = 64


def add(desk: Desk, number: str, *, system: str, value: str) -> ExternalNumber:
    """Note under which number another system knows the case, whatever its state."""
    value = checked(system, value)
    with desk.act("add_number") as work:
        case = steps.find_case(work, number)
        work.object = case.number
        work.facts = {"system": system}
        return note(work, case, system=system, value=value)


def checked(system: str, value: str) -> str:
    """The number in its one form, of a system that is known."""
    checks.one_of("system", system, tuple(SYSTEMS))
    return checks.field("value", partial(plain_text.validate, longest=LONGEST), value)


def note(work: Work, case: Case, *, system: str, value: str) -> ExternalNumber:
    """Write the number down, in whatever act it was told."""
    key = _key(work, system, value)
    known = work.external_numbers.get(key)
    if known is not None:
        raise _known(known, case.number)
    return work.external_numbers.add(
        ExternalNumber(
            id=key,
            case_number=case.number,
            system=system,
            number=value,
            at=work.now,
            by=work.stamp.operator or "",
        )
    )


def noted(reading: Reading, number: str) -> list[ExternalNumber]:
    """The numbers other systems have given to a case, in the order they were noted."""
    return sorted(reading.external_numbers.where(case_number=number), key=lambda each: each.at)


def cases_of(reading: Reading, text: str) -> list[Case]:
    """The cases that another system knows by this number, whichever system it is."""
    found = [reading.external_numbers.get(_key(reading, system, text)) for system in SYSTEMS]
    return [case for each in found if each and (case := reading.cases.get(each.case_number))]


def _key(reading: Reading, system: str, value: str) -> str:
    """The number is kept encrypted; its digest is the key: found by it, and there at most once."""
    return reading.keys.lookup(f"external_number.{system}", _compared(value))


def _compared(value: str) -> str:
    """Blanks, full width and small letters do not make another number."""
    return "".join(unicodedata.normalize("NFKC", value).upper().split())


def _known(known: ExternalNumber, case_number: str) -> Refused:
    if known.case_number == case_number:
        return Refused(
            "number-known",
            what=f"这个{SYSTEMS[known.system]}已经登记在本办件上，没有再记。",
            why=f"{known.by} 已为 {case_number} 登记过同一个编号。",
            next="不必重复登记。",
        )
    return Refused(
        "number-taken",
        what=f"这个{SYSTEMS[known.system]}已属于另一个办件，没有登记。",
        why=f"它已登记在办件 {known.case_number} 上；一个外部编号只对应一个办件。",
        next=f"请核对编号；若两件原是一件，请查看办件 {known.case_number}。"
        f"（命令：case show {known.case_number}）",
    )
