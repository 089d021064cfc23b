"""Facts of the 不予受理通知书: only where the home office's agreement grants 收件受理 (domain §6.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workstation.acts.facts import Facts, of_case, of_hall, staff
from workstation.acts.facts.known import OF_CASE, OF_HALL, Fact, Known
from workstation.domain.case import Case, Row
from workstation.domain.consignment import Consignment
from workstation.domain.people import Hall
from workstation.domain.times import minute
from workstation.store.work import Work

NO_OTHER_AUTHORITY = "不涉及其他机关"

KNOWN: Known = {
    **OF_HALL,
    **OF_CASE,
    "agreement.number": Fact("协议文号", "未载文号"),
    "non_acceptance.reason": Fact("不予受理理由", "申请事项不属于本机关职权范围（样张）"),
    "non_acceptance.legal_basis": Fact("法律依据", "经办人员填写的法律依据（样张）"),
    "non_acceptance.right_authority": Fact("应当申请的机关", "示例市民政局婚姻登记处"),
    "non_acceptance.remedies": Fact("救济途径", "经办人员填写的救济途径和期限（样张）"),
    "non_acceptance.at": Fact("作出时间", "2026-11-20 09:45"),
    "non_acceptance.by": Fact("经办人", "陈示例（1002）"),
    "materials.names": Fact("申请材料的名称", "户口迁移申请表（夫妻投靠）、结婚证"),
    "count.rows": Fact("材料项数", "2"),
}


@dataclass(frozen=True)
class NonAcceptance:
    """Why not, by which law, where instead, and what the applicant can do; none of it fixed wording."""

    agreement_number: str
    """文号 of the agreement, or 未载文号."""
    reason: str
    legal_basis: str
    right_authority: str | None
    """The authority to apply to (行政许可法 32(2)); None where the matter needs no permit at all (32(1))."""
    remedies: str
    """救济途径 with its limits."""
    rows: Sequence[Row]


def facts(work: Work, hall: Hall, case: Case, consignment: Consignment, *, given: NonAcceptance) -> Facts:
    """What is not accepted for this home office, why, and the applicant's rights."""
    values = {
        **of_hall(hall, work.stamp.window or case.window),
        **of_case(work, case),
        "office.name": consignment.office_name,
        "agreement.number": given.agreement_number,
        "non_acceptance.reason": given.reason,
        "non_acceptance.legal_basis": given.legal_basis,
        "non_acceptance.right_authority": given.right_authority or NO_OTHER_AUTHORITY,
        "non_acceptance.remedies": given.remedies,
        "non_acceptance.at": minute(work.now),
        "non_acceptance.by": staff(work, work.stamp.operator or ""),
        "materials.names": "、".join(row.name for row in given.rows),
        "count.rows": str(len(given.rows)),
    }
    return Facts(values, case.number)
