"""The named facts of the papers, one module a document, fixed when a face is promised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forms import items
from forms.identifiers import citizen_id, landline, mobile, person_name
from workstation.domain.case import Case
from workstation.domain.consignment import Consignment
from workstation.domain.people import Hall
from workstation.domain.times import minute
from workstation.domain.words import word
from workstation.store.work import Reading

FactValue = str | Sequence[Mapping[str, str]]

CARRIER = "中国邮政（EMS）"
"""Only the post may carry papers between authorities (邮政法 55, domain §3.0)."""

ID_KINDS = {"citizen_id": "居民身份证"}


@dataclass(frozen=True)
class Facts:
    """Facts by name, and the case they are about, if it is one."""

    values: Mapping[str, FactValue]
    case_number: str | None = None


def of_hall(hall: Hall, window: int) -> dict[str, FactValue]:
    """Who prints: on every paper."""
    return {
        "hall.name": hall.name,
        "hall.address": hall.address,
        "hall.phone": hall.phone,
        "hall.postcode": hall.postcode,
        "window": str(window),
        "carrier.name": CARRIER,
    }


def of_case(reading: Reading, case: Case) -> dict[str, FactValue]:
    """What every paper about a case may say; people masked."""
    item = items.by_code(case.item)
    offices = reading.consignments.where(case_number=case.number)
    return {
        "case.number": case.number,
        "case.received_at": minute(case.registered_at),
        "item.name": item.title,
        "item.mode": MODES[item.mode],
        "office.name": "、".join(office_names(offices)),
        "applicant.name": case.applicant_name,
        "applicant.id_kind": ID_KINDS[case.applicant_id_kind],
        "applicant.id_number": citizen_id.mask(case.applicant_id),
        "applicant.phone": phone(case.applicant_phone),
        "agent.name": case.agent_name or "",
        "agent.id_kind": ID_KINDS[case.agent_id_kind] if case.agent_id_kind else "",
        "agent.id_number": citizen_id.mask(case.agent_id) if case.agent_id else "",
        "clerk.name": staff(reading, case.clerk),
    }


MODES = {
    items.Mode.NATIONWIDE: "全国无差别办理",
    items.Mode.ONLINE: "全程网办",
    items.Mode.ONLINE_APPLICATION: "网上申请办理",
    items.Mode.COLLECT_ELSEWHERE: "异地代收代办",
    items.Mode.JOINT: "多地联办",
    items.Mode.ONLINE_PRECHECK: "网上预审",
    items.Mode.POSTAL: "邮政寄递",
    items.Mode.SELF_SERVICE: "自助办理",
    items.Mode.PENDING: "清单未载明方式",
    items.Mode.ONSITE: "现场办理",
    items.Mode.NOT_IN_PROVINCE: "本省无该事项",
}


def office_names(consignments: Sequence[Consignment]) -> list[str]:
    """The home offices, each once."""
    return list(dict.fromkeys(consignment.office_name for consignment in consignments))


def staff(reading: Reading, code: str) -> str:
    """A colleague's name and code."""
    user = reading.users.get(code)
    return f"{user.name}（{code}）" if user else code


def phone(number: str) -> str:
    """A masked telephone number."""
    return mobile.mask(number) if number.startswith("1") else landline.mask(number)


def masked_name(name: str) -> str:
    """A person's name as papers that travel show it."""
    return person_name.mask(name)


def numbered(rows: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Rows with their ordinal."""
    return [{"seq": str(i), **row} for i, row in enumerate(rows, start=1)]


def form_word(form: str) -> str:
    """原件 · 复印件 · 办理结果."""
    return word(form)
