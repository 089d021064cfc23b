"""Facts of the 一次性告知单: every failing row with what is wrong, its standard and the remedy."""

from __future__ import annotations

from collections.abc import Sequence

from forms.review import DEFECTS
from workstation.acts.facts import Facts, numbered, of_case, of_hall
from workstation.domain.case import Case, Row
from workstation.domain.people import Hall
from workstation.domain.times import minute
from workstation.store.work import Work


def facts(work: Work, hall: Hall, case: Case, rows: Sequence[Row], *, due: str | None) -> Facts:
    """All that must be supplied, once (行政许可法 32(4))."""
    return Facts(
        {
            **of_hall(hall, work.stamp.window or case.window),
            **of_case(work, case),
            "notice.ordinal": str(case.notices),
            "notice.told_at": minute(work.now),
            "notice.due": due or "未定，请尽快补正",
            "rows": numbered([_row(row) for row in rows]),
            "count.rows": str(len(rows)),
        },
        case.number,
    )


def _row(row: Row) -> dict[str, str]:
    defects = [DEFECTS[code] for code in row.defects.split(",")]
    return {
        "material": row.name,
        "problem": "、".join(defect.word for defect in defects),
        "standard": row.standard,
        "remedy": "".join(defect.remedy for defect in defects),
    }
