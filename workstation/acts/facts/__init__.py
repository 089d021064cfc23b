"""The named facts of the papers, one module a document, fixed when a face is promised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forms import identifiers
from forms.identifiers import landline, mobile, person_name
from forms.items import MODE_WORDS, PATH_WORDS, Path
from workstation.acts import catalogue
from workstation.domain.case import Case, Piece
from workstation.domain.consignment import Consignment
from workstation.domain.people import Hall
from workstation.domain.times import minute
from workstation.domain.words import word
from workstation.store.work import Reading

FactValue = str | Sequence[Mapping[str, str]]

CARRIER = "中国邮政（EMS）"
"""Only the post may carry papers between authorities (邮政法 55, domain §3.0)."""

ID_KINDS = {
    "citizen_id": "居民身份证",
    "residence_permit": "港澳台居民居住证",
    "foreigner_card": "外国人永久居留身份证",
    "travel_permit": "来往通行证",
    "passport": "护照",
    "foreign_passport": "外国护照",
    "unified_credit_code": "统一社会信用代码",
}


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
    item = catalogue.item(reading, case.item)
    offices = reading.consignments.where(case_number=case.number)
    return {
        "case.number": case.number,
        "case.received_at": minute(case.registered_at),
        "item.name": item.title,
        "item.mode": "、".join(MODE_WORDS[mode] for mode in item.modes),
        "item.path": PATH_WORDS[Path(case.path) if case.path else item.path],
        "office.name": "、".join(office_names(offices)),
        "applicant.name": case.applicant_name,
        "applicant.id_kind": ID_KINDS[case.applicant_id_kind],
        "applicant.id_number": identifiers.load(case.applicant_id_kind).mask(case.applicant_id),
        "applicant.phone": phone(case.applicant_phone),
        **_of_agent(case),
        "clerk.name": staff(reading, case.clerk),
    }


def _of_agent(case: Case) -> dict[str, FactValue]:
    kind = case.agent_id_kind
    return {
        "agent.name": case.agent_name or "",
        "agent.id_kind": ID_KINDS[kind] if kind else "",
        "agent.id_number": identifiers.load(kind).mask(case.agent_id or "") if kind else "",
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


def in_order(reading: Reading, pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces case by case, in the order of the checklist; what is on no list comes last."""
    cases = dict.fromkeys(piece.case_number for piece in pieces)
    rows = [row for number in cases for row in reading.rows.where(case_number=number)]
    place = {(row.case_number, row.row_id): row.position for row in rows}
    last = max(place.values(), default=0) + 1
    return sorted(pieces, key=lambda p: (p.case_number, place.get((p.case_number, p.row_id), last), p.id))


def form_word(form: str) -> str:
    """原件 · 复印件 · 办理结果."""
    return word(form)
