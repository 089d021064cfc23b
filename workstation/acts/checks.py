"""Values from outside, each brought to its one form or refused with its field named."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Callable, Sequence
from functools import partial

import msgspec

from forms import identifiers
from forms.identifiers import (
    InvalidIdentifier,
    address,
    citizen_id,
    landline,
    mobile,
    organisation_name,
    person_name,
    plain_text,
    residence_permit,
)
from workstation.acts import explanations, labels, refusals
from workstation.acts.inputs import Intake, Material, Office, Person
from workstation.domain.case import Case
from workstation.domain.times import SHANGHAI, local
from workstation.errors import WrongUsage, command

#: Identity documents that can be registered, each a module of `forms.identifiers`.
ID_KINDS = (*identifiers.OF_PERSONS, *identifiers.OF_ORGANISATIONS)
MOST = 999
"""The most copies or pages of one paper."""
OFFICE_NAME = 100
"""The longest name of a home office: with the longest address it still fits the smallest envelope."""
OFFICE_REQUIRED = ("code", "division", "name", "address", "postcode", "phone")
"""What a home office cannot be written to without."""


def checked(intake: Intake, *, today: datetime.date) -> Intake:
    """The hand-in with every value in its one form; the first wrong one is refused by name."""
    if intake.applicant.id_kind in identifiers.OF_ORGANISATIONS and intake.agent is None:
        raise usage(
            "agent-missing",
            "单位申请没有写明经办人。（命令：字段 agent）",
            "请登记到窗口来的经办人的姓名、证件和电话，并收取授权委托书。",
        )
    return Intake(
        item=intake.item,
        basis_place=digits("basis_place", intake.basis_place, 6),
        applicant=_person("applicant", intake.applicant, today),
        agent=_natural_person("agent", intake.agent, today) if intake.agent else None,
        offices=tuple(_office_or_code(f"offices[{i}]", office) for i, office in enumerate(intake.offices)),
        materials=tuple(
            material(f"materials[{i}]", m, len(intake.offices)) for i, m in enumerate(intake.materials)
        ),
        remark=field("remark", plain_text.validate, intake.remark) if intake.remark else None,
    )


def _natural_person(place: str, agent: Person, today: datetime.date) -> Person:
    natural(place, agent.id_kind)
    return _person(place, agent, today)


def natural(place: str, kind: str) -> str:
    """A kind of document that an agent can have."""
    if kind in identifiers.OF_ORGANISATIONS:
        raise usage(
            "agent-not-a-person",
            labels.wrong(place, "不是自然人。"),
            "代办人、经办人须为本人到窗口的自然人。",
        )
    return kind


def id_kind(place: str, kind: str) -> str:
    """A kind of document that can be registered."""
    if kind not in ID_KINDS:
        raise usage("id-kind-unknown", labels.wrong(place, "不认识。"), _choose(ID_KINDS))
    return kind


def _person(place: str, person: Person, today: datetime.date) -> Person:
    id_kind(f"{place}.id_kind", person.id_kind)

    def right(name: str, text: str) -> str:
        return person_field(f"{place}.{name}", name, text, id_kind=person.id_kind, today=today)

    return Person(
        name=right("name", person.name),
        id_kind=person.id_kind,
        id_number=right("id_number", person.id_number),
        phone=right("phone", person.phone),
        address=right("address", person.address) if person.address else None,
        valid_to=right("valid_to", person.valid_to) if person.valid_to else None,
        source=right("source", person.source),
    )


def person_field(place: str, name: str, text: str, *, id_kind: str, today: datetime.date) -> str:
    """One field of an applicant or agent in its one form; `id_kind` is the kind of document, a known one."""
    match name:
        case "name":
            is_organisation = id_kind in identifiers.OF_ORGANISATIONS
            return field(place, organisation_name.validate if is_organisation else person_name.validate, text)
        case "id_number":
            return field(place, _number_of(id_kind, today), text)
        case "phone":
            return phone(place, text)
        case "address":
            return field(place, address.validate, text)
        case "valid_to":
            return day(place, text)
    return field(place, plain_text.validate, text)


def _number_of(kind: str, today: datetime.date) -> Callable[[str], str]:
    """How a number of this kind is validated; where it holds a date of birth, that has passed."""
    dated = {citizen_id.KIND: citizen_id.validate, residence_permit.KIND: residence_permit.validate}
    return partial(dated[kind], today=today) if kind in dated else identifiers.load(kind).validate


def _office_or_code(place: str, named: str | Office) -> str | Office:
    if isinstance(named, str):
        return field(place, plain_text.validate, named)
    return office(place, named)


def office(place: str, office: Office) -> Office:
    """An office of the directory with every value in its one form."""
    given = {name: text for name, text in msgspec.structs.asdict(office).items() if text}
    fields = {**dict.fromkeys(OFFICE_REQUIRED, ""), **given}
    right = {name: office_field(f"{place}.{name}", name, text) for name, text in fields.items()}
    return msgspec.structs.replace(office, **{"contact": None, "verified_on": None, **right})


def office_field(place: str, name: str, text: str) -> str:
    """One field of a home office in its one form."""
    match name:
        case "division" | "postcode":
            return digits(place, text, 6)
        case "name":
            return field(place, partial(plain_text.validate, longest=OFFICE_NAME), text)
        case "address":
            return field(place, address.validate, text)
        case "phone":
            return phone(place, text)
        case "verified_on":
            return day(place, text)
    return field(place, plain_text.validate, text)


def material(place: str, material: Material, offices: int = 1) -> Material:
    """A handed-in piece with known form, counts and office."""
    if material.form not in ("original", "copy"):
        raise usage(
            "material-form-unknown",
            labels.wrong(f"{place}.form", "不认识。"),
            "请选原件或复印件。（命令：可用 original、copy）",
        )
    count(f"{place}.copies", material.copies)
    count(f"{place}.pages", material.pages)
    if not 1 <= material.office <= offices:
        raise usage(
            "material-office",
            labels.wrong(f"{place}.office", "指向不存在的部门。"),
            f"部门序号为 1 至 {offices}。",
        )
    return material


def count(place: str, number: int) -> int:
    """How many copies or pages: at least one, and no more than a clerk can count."""
    if not 1 <= number <= MOST:
        raise usage("count-impossible", labels.wrong(place, "的数目不对。"), f"份数、页数为 1 至 {MOST}。")
    return number


def phone(place: str, text: str) -> str:
    """A mobile or landline number."""
    is_mobile = mobile.compact(text).startswith("1")
    return field(place, mobile.validate if is_mobile else landline.validate, text)


def field(place: str, validate: Callable[[str], str], text: str) -> str:
    """The value as `validate` gives it; what it objects to is said with the field's name."""
    try:
        return validate(text)
    except InvalidIdentifier as error:
        raise explanations.identifier(error, place) from error


def digits(place: str, text: str, count: int) -> str:
    """Exactly `count` digits, full width folded: division codes and postcodes."""
    value = unicodedata.normalize("NFKC", text).strip()
    if len(value) != count or not (value.isascii() and value.isdigit()):
        raise usage(
            "digits-expected",
            labels.wrong(place, f"不是 {count} 位数字。"),
            f"请填写 {count} 位数字，如行政区划代码或邮政编码。",
        )
    return value


def usage(code: str, why: str, then: str) -> WrongUsage:
    """A value of the hand-in that cannot be taken."""
    return WrongUsage(code, what="输入有误，没有办理。", why=why, next=then)


def _choose(known: Sequence[str]) -> str:
    return "请从列出的几种里选一种。" + command("可用 " + "、".join(known))


def has_agent(case: Case) -> None:
    """An act about the agent 代办人 needs one."""
    if case.agent_name is None:
        raise usage("agent-unknown", "本办件没有登记代办人。", "请由申请人本人办理或领取。")


def one_of(place: str, value: str, known: tuple[str, ...]) -> str:
    """A coded value; an unknown code is refused with the known ones named."""
    if value not in known:
        raise usage("code-unknown", labels.wrong(place, f"“{refusals.shown(value)}”不认识。"), _choose(known))
    return value


def day(place: str, text: str) -> str:
    """A day as YYYY-MM-DD."""
    try:
        return datetime.date.fromisoformat(unicodedata.normalize("NFKC", text).strip()).isoformat()
    except ValueError as error:
        raise usage(
            "day-impossible", labels.wrong(place, "不是日历上的日期。"), "请按 2026-11-20 的样式填写。"
        ) from error


def span(since: str | None, until: str | None, now: int) -> tuple[int, int]:
    """From the beginning of a day to the end of another, in epoch ms; unnamed: from ever, to today."""
    first = day("since", since) if since else "1970-01-02"
    last = day("until", until) if until else local(now).date().isoformat()
    if last < first:
        raise usage("span-empty", f"止日 {last} 在起日 {first} 之前。", "请把两个日期对调或改正。")
    return _beginning(first), _beginning(last, days_later=1)


def _beginning(text: str, *, days_later: int = 0) -> int:
    at = datetime.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
    return round((at + datetime.timedelta(days=days_later)).timestamp() * 1000)
