"""Facts of the 送达回证 (fields of domain §6.5)."""

from __future__ import annotations

from collections.abc import Sequence

from workstation.acts.facts import Facts, numbered, of_case, of_hall, office_names, staff
from workstation.acts.facts.known import OF_CASE, OF_HALL, SEQ, Fact, Known, Rows
from workstation.domain.case import Case, Holder
from workstation.domain.consignment import Consignment
from workstation.domain.people import Hall
from workstation.domain.times import local, minute
from workstation.domain.words import word
from workstation.store.work import Work

KNOWN: Known = {
    **OF_HALL,
    **OF_CASE,
    "clerk.name": Fact("送达人", "林示例（1001）"),
    "service.authority": Fact("送达机关", "示例市公安局示例分局跨省通办窗口"),
    "service.at": Fact("送达时间", "2026-12-02 15:20"),
    "service.mode": Fact("送达方式", "窗口直接送达"),
    "service.place": Fact("送达处所", "示例市示例县政务服务中心 3 号窗口"),
    "service.refusal": Fact("拒收事由", ""),
    "recipient.name": Fact("受送达人", "张示例"),
    "recipient.identity": Fact("身份核验", "人证目视核对一致"),
    "issuer.name": Fact("填发人", "林示例（1001）"),
    "substitute.name": Fact("代收人", ""),
    "substitute.relation": Fact("与受送达人关系", ""),
    "substitute.reason": Fact("代收理由", ""),
    "rows": Rows(
        "送达的文书",
        {
            "seq": SEQ,
            "name": Fact("文书名称", "准予迁入证明（样张）"),
            "number": Fact("文号", "样张第 1 号"),
            "copies": Fact("件数", "1"),
        },
        further=({"name": "结婚证（退还）", "number": ""},),
    ),
}


def facts(work: Work, hall: Hall, case: Case, served: Sequence[Consignment], *, recipient: str) -> Facts:
    """Which documents were served, by whom, to whom, how."""
    clerk = staff(work, work.stamp.operator or "")
    by_agent = recipient == "agent"
    at_window = any(consignment.result_mode == "paper" for consignment in served)
    values = {
        **of_hall(hall, work.stamp.window or case.window),
        **of_case(work, case),
        "service.authority": "、".join(office_names(served)),
        "service.at": _when(work, served, at_window=at_window),
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


def _when(work: Work, served: Sequence[Consignment], *, at_window: bool) -> str:
    """The minute it was handed over; of what was posted to the applicant the day on the receipt."""
    posted = [consignment.served_at for consignment in served if consignment.result_mode == "direct_post"]
    if at_window or not posted or posted[0] == work.now:
        return minute(work.now)
    return local(posted[0] or work.now).date().isoformat()


def _rows(work: Work, consignment: Consignment) -> list[dict[str, str]]:
    number = consignment.document_number or ""
    handed_out = work.pieces.where(consignment=consignment.id, holder=Holder.RECIPIENT)
    if not handed_out:
        return [{"name": f"{consignment.office_name}的决定", "number": number, "copies": "1"}]
    return [{"name": p.name, "number": number, "copies": str(p.copies)} for p in handed_out]
