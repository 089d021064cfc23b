"""Facts of the 送达回证 (fields of domain §6.5)."""

from __future__ import annotations

from collections.abc import Sequence

from workstation.acts.facts import Facts, numbered, of_case, of_hall, office_names, staff
from workstation.domain.case import Case, Holder
from workstation.domain.consignment import Consignment
from workstation.domain.people import Hall
from workstation.domain.times import minute
from workstation.domain.words import word
from workstation.store.work import Work


def facts(work: Work, hall: Hall, case: Case, served: Sequence[Consignment], *, recipient: str) -> Facts:
    """Which documents were served, by whom, to whom, how."""
    clerk = staff(work, work.stamp.operator or "")
    by_agent = recipient == "agent"
    at_window = any(consignment.result_mode == "paper" for consignment in served)
    values = {
        **of_hall(hall, work.stamp.window or case.window),
        **of_case(work, case),
        "service.authority": "、".join(office_names(served)),
        "service.at": minute(work.now),
        "service.mode": "窗口直接送达" if at_window else word(served[0].result_mode or ""),
        "service.place": f"{hall.name} {work.stamp.window} 号窗口" if at_window else "",
        "service.refusal": "",
        "recipient.name": case.applicant_name,
        "recipient.identity": "人证目视核对一致" if at_window else "",
        "issuer.name": clerk,
        "clerk.name": clerk,
        "substitute.name": (case.agent_name or "") if by_agent else "",
        "substitute.relation": "代办人" if by_agent else "",
        "substitute.reason": "申请人委托" if by_agent else "",
        "rows": numbered([row for consignment in served for row in _rows(work, consignment)]),
    }
    return Facts(values, case.number)


def _rows(work: Work, consignment: Consignment) -> list[dict[str, str]]:
    number = consignment.document_number or ""
    handed_out = work.pieces.where(consignment=consignment.id, holder=Holder.RECIPIENT)
    if not handed_out:
        return [{"name": f"{consignment.office_name}的决定", "number": number, "copies": "1"}]
    return [{"name": p.name, "number": number, "copies": str(p.copies)} for p in handed_out]
