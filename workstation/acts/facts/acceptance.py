"""Facts of the 受理通知书: only where the home office's agreement grants 收件受理 (domain §6.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workstation.acts.facts import Facts, form_word, numbered, of_case, of_hall, staff
from workstation.acts.facts.known import OF_CASE, OF_HALL, SEQ, Fact, Known, Rows
from workstation.domain.case import Case, Row
from workstation.domain.consignment import Consignment
from workstation.domain.people import Hall
from workstation.domain.times import minute
from workstation.store.work import Work

KNOWN: Known = {
    **OF_HALL,
    **OF_CASE,
    "agreement.number": Fact("协议文号", "未载文号"),
    "acceptance.legal_basis": Fact("法律依据", "经办人员填写的法律依据（样张）"),
    "acceptance.limit": Fact("办理期限", "自受理之日起20个工作日（样张）"),
    "acceptance.at": Fact("受理时间", "2026-11-20 09:40"),
    "acceptance.by": Fact("受理人", "陈示例（1002）"),
    "rows": Rows(
        "受理的材料",
        {
            "seq": SEQ,
            "name": Fact("材料名称", "户口迁移申请表（夫妻投靠）"),
            "kind": Fact("原件／复印件", "原件"),
            "copies": Fact("份数", "1"),
        },
        further=({"name": "结婚证", "kind": "复印件（核对原件）"},),
    ),
    "count.rows": Fact("材料项数", "2"),
}


@dataclass(frozen=True)
class Acceptance:
    """What the agreement and the clerk say for an acceptance; law and limit are never ours to fill in."""

    agreement_number: str
    """文号 of the agreement, or 未载文号."""
    legal_basis: str
    rows: Sequence[Row]
    limit: str
    """办理期限 in words."""


def facts(work: Work, hall: Hall, case: Case, consignment: Consignment, *, given: Acceptance) -> Facts:
    """What is accepted for this home office, when and by whom (行政许可法 32(5))."""
    values = {
        **of_hall(hall, work.stamp.window or case.window),
        **of_case(work, case),
        "office.name": consignment.office_name,
        "agreement.number": given.agreement_number,
        "acceptance.legal_basis": given.legal_basis,
        "acceptance.limit": given.limit,
        "acceptance.at": minute(work.now),
        "acceptance.by": staff(work, work.stamp.operator or ""),
        "rows": numbered([_row(row) for row in given.rows]),
        "count.rows": str(len(given.rows)),
    }
    return Facts(values, case.number)


def _row(row: Row) -> dict[str, str]:
    """A material as the review found it, or else as it is asked for."""
    copies = row.copies if row.found_copies is None else row.found_copies
    return {"name": row.name, "kind": form_word(row.found_form or row.form), "copies": str(copies)}
