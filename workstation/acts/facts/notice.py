"""Facts of the 一次性告知单: every failing row with what is wrong, its standard and the remedy."""

from __future__ import annotations

from collections.abc import Sequence

from forms.review import DEFECTS
from workstation.acts.facts import Facts, numbered, of_case, of_hall
from workstation.acts.facts.known import OF_CASE, OF_HALL, SEQ, Fact, Known, Rows
from workstation.domain.case import Case, Row
from workstation.domain.people import Hall
from workstation.domain.times import local, minute
from workstation.store.work import Work

LIMIT = "收件之日起5个工作日内"
"""行政许可法 32(4); who has counted adds the day it leads to."""

KNOWN: Known = {
    **OF_HALL,
    **OF_CASE,
    "notice.ordinal": Fact("第几次告知", "1"),
    "notice.told_at": Fact("告知时间", "2026-11-20 09:30"),
    "notice.limit": Fact("告知时限", f"{LIMIT}，至 2026-11-27"),
    "notice.given": Fact("何时告知", "收件当日告知"),
    "notice.due": Fact("补正期限", "2026-12-11"),
    "rows": Rows(
        "需要补正的内容",
        {
            "seq": SEQ,
            "material": Fact("材料名称", "户口簿复印件"),
            "problem": Fact("存在的问题", "缺变更页"),
            "standard": Fact("应当符合的要求", "首页、本人页、变更页齐全，字迹清晰"),
            "remedy": Fact("怎样补正", "携带户口簿原件到本窗口重新复印"),
        },
        further=({"material": "结婚证复印件", "problem": "影像不清", "remedy": "重新复印"},),
    ),
    "count.rows": Fact("补正项数", "2"),
}


def facts(
    work: Work, hall: Hall, case: Case, rows: Sequence[Row], *, due: str | None, limit: str = LIMIT
) -> Facts:
    """All that must be supplied, once (行政许可法 32(4))."""
    return Facts(
        {
            **of_hall(hall, work.stamp.window or case.window),
            **of_case(work, case),
            "notice.ordinal": str(case.notices),
            "notice.told_at": minute(work.now),
            "notice.limit": limit,
            "notice.given": _given(work, case),
            "notice.due": due or "未定，请尽快补正",
            "rows": numbered([_row(row) for row in rows]),
            "count.rows": str(len(rows)),
        },
        case.number,
    )


def _given(work: Work, case: Case) -> str:
    if case.notices > 1:
        return "补正之后再次告知"
    same_day = local(work.now).date() == local(case.registered_at).date()
    return "收件当日告知" if same_day else "收件之日以后告知"


#: Why paper is asked for that the authority should have looked up.
_WHY_PAPER = {"wrong": "电子证照有误（已登记更正），", "absent": "证照库缺证（已登记补录），"}


def _row(row: Row) -> dict[str, str]:
    defects = [DEFECTS[code] for code in row.defects.split(",")]
    return {
        "material": row.name,
        "problem": "、".join(defect.word for defect in defects),
        "standard": row.standard,
        "remedy": _WHY_PAPER.get(row.licence or "", "") + "".join(defect.remedy for defect in defects),
    }
