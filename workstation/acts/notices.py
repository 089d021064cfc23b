"""一次性告知: every failing row on one paper, once, with its standard and its remedy.

行政许可法 32(4): what must be supplied is told once and completely, at once or within five days.
"""

from __future__ import annotations

from collections.abc import Sequence

from forms.identifiers import plain_text
from workstation.acts import checks, papers, steps, year_tables
from workstation.acts.desk import Desk
from workstation.acts.facts import notice as notice_facts
from workstation.acts.waiting import waits
from workstation.domain.case import Case, CaseState, Notice, Row, RowState
from workstation.domain.times import local
from workstation.errors import Refused
from workstation.reference.calendars import Counted
from workstation.store.work import Reading

#: 行政许可法 32(4): at once, or within five days, which 82 makes working days.
TELLING_DAYS = 5


@waits("notice")
def notice(desk: Desk, number: str, *, due: str | None = None, reason: str | None = None) -> Case:
    """一次性告知: every failing row on one paper; a second one needs a supervisor and a reason."""
    reason = checks.field("reason", plain_text.validate, reason) if reason else None
    due = checks.day("due", due) if due else None
    with desk.act("notice") as work:
        case = steps.for_act(desk, work.cases, steps.find_case(work, number), "notice")
        rows = to_tell(work, case)
        second = _second_for_notice(desk, case, reason)
        told = steps.move(work.cases, case, "notice", CaseState.TO_CORRECT, notices=case.notices + 1)
        limit = tell_by(work, case)
        facts = notice_facts.facts(work, desk.hall, told, rows, due=due, limit=_limit_told(limit))
        paper = papers.promise(work, "notice", number, facts)
        work.notices.add(
            Notice(
                id=f"{number}-n{told.notices}",
                case_number=number,
                ordinal=told.notices,
                at=work.now,
                rows=",".join(f"{r.row_id}:{r.defects.replace(',', '+')}" for r in rows),
                paper=paper.number,
                second=second,
                reason=reason,
                due=due,
                tell_by=limit.day.isoformat(),
                tell_by_provisional=int(limit.is_provisional),
            )
        )
        return told


def tell_by(reading: Reading, case: Case) -> Counted:
    """Until when everything must have been told: five working days from 收件 (行政许可法 32(4))."""
    return year_tables.here(reading).working_day_after(local(case.registered_at).date(), TELLING_DAYS)


def _limit_told(limit: Counted) -> str:
    doubt = "（暂定，该年节假日安排尚未公布）" if limit.is_provisional else ""
    return f"收件之日起{TELLING_DAYS}个工作日内，至 {limit.day.isoformat()}{doubt}"


def to_tell(reading: Reading, case: Case) -> list[Row]:
    """The rows a notice would tell; refused while one is not reviewed, and where none fails."""
    rows = reading.rows.where(case_number=case.number)
    pending = [row for row in rows if row.state == RowState.PENDING]
    failing = [row for row in rows if row.state == RowState.FAILING]
    if pending:
        raise _not_complete(pending)
    if not failing:
        raise _nothing_to_tell(case)
    return sorted(failing, key=lambda row: row.position)


def _second_for_notice(desk: Desk, case: Case, reason: str | None) -> str | None:
    if case.notices == 0:
        return None
    if reason is None:
        raise checks.usage(
            "reason-missing", "再次告知没有写明原因。", "请写明为何不能一次告知。（命令：--reason）"
        )
    return desk.confirmed("notice")


def _not_complete(pending: Sequence[Row]) -> Refused:
    names = "、".join(row.name for row in pending)
    return Refused(
        "review-incomplete",
        what="还不能告知：有材料没有审查。",
        why=f"未审查：{names}。告知必须一次说全（行政许可法第三十二条第四项）。",
        next="请先审查这些行，再出一次性告知单。",
    )


def _nothing_to_tell(case: Case) -> Refused:
    return Refused(
        "nothing-to-tell",
        what=f"{case.number} 没有要补正的材料，没有出告知单。",
        why="清单各行都没有形式缺陷。",
        next="可以直接装袋。",
    )
