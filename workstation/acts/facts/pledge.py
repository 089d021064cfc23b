"""Facts of the 容缺后补、告知承诺书: which papers, in which way, up to which standard, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workstation.acts.facts import Facts, numbered, of_case, of_hall
from workstation.acts.facts.known import OF_CASE, OF_HALL, SEQ, Fact, Known, Rows
from workstation.domain.case import Case, Row
from workstation.domain.people import Hall
from workstation.domain.times import minute
from workstation.store.work import Work

KNOWN: Known = {
    **OF_HALL,
    **OF_CASE,
    "agreement.number": Fact("协议文号", "未载文号"),
    "credit.source": Fact("失信查询来源", "示例信用查询网站"),
    "credit.checked_at": Fact("失信查询时间", "2026-11-20 09:25"),
    "pledge.verification": Fact("事中事后核查", "属地收到补交材料时核对"),
    "pledge.consequence": Fact("失信后果", "按属地的容缺办理规定终止办理"),
    "rows": Rows(
        "容缺或承诺的材料",
        {
            "seq": SEQ,
            "material": Fact("材料名称", "结婚证"),
            "kind": Fact("容缺后补／告知承诺", "容缺后补"),
            "standard": Fact("应当符合的要求", "有双方姓名、证件号码和登记日期的页；影像清晰，印章可辨"),
            "due": Fact("期限", "2026-12-11"),
        },
        further=({"material": "住所材料", "kind": "告知承诺", "due": "2026-12-18"},),
    ),
    "count.rows": Fact("材料项数", "2"),
}


@dataclass(frozen=True)
class Terms:
    """What the home office's agreement allows, and the 失信 check made before it is used."""

    office_name: str
    agreement_number: str
    """文号 of the agreement, or 未载文号."""
    rows: Sequence[tuple[Row, str, str]]
    """Row, 容缺后补 or 告知承诺, and the due day in words."""
    credit_source: str
    credit_checked_at: int
    verification: str
    """事中事后核查标准."""
    consequence: str
    """失信后果, as the home authority has ruled it."""


def facts(work: Work, hall: Hall, case: Case, *, given: Terms) -> Facts:
    """What the applicant pledges; what follows on default is the home office's rule, not ours."""
    values = {
        **of_hall(hall, work.stamp.window or case.window),
        **of_case(work, case),
        "office.name": given.office_name,
        "agreement.number": given.agreement_number,
        "credit.source": given.credit_source,
        "credit.checked_at": minute(given.credit_checked_at),
        "pledge.verification": given.verification,
        "pledge.consequence": given.consequence,
        "rows": numbered([_row(*pledged) for pledged in given.rows]),
        "count.rows": str(len(given.rows)),
    }
    return Facts(values, case.number)


def _row(row: Row, kind: str, due: str) -> dict[str, str]:
    return {"material": row.name, "kind": kind, "standard": row.standard, "due": due}
