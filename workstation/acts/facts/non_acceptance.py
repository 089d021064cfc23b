"""Facts of the 不予受理通知书: only where the home office's agreement grants 收件受理 (domain §6.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workstation.acts.facts import Facts, of_case, of_hall, staff
from workstation.domain.case import Case, Row
from workstation.domain.consignment import Consignment
from workstation.domain.people import Hall
from workstation.domain.times import minute
from workstation.store.work import Work

NO_OTHER_AUTHORITY = "不涉及其他机关"


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
