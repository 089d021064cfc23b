"""好差评 一次一评: invited, given on the device or refused. The device tells the grade, never the clerk.

A bad rating 差评 opens a task with days to contact and to answer. Five grades: 国办发〔2019〕51号.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from forms.identifiers import plain_text
from workstation.acts import checks, refusals, steps, tasks, year_tables
from workstation.acts.desk import Desk
from workstation.domain.case import Case, CaseState
from workstation.domain.contact import Rating
from workstation.domain.envelope import Task
from workstation.domain.times import local
from workstation.errors import Refused
from workstation.policies import RatingPolicy
from workstation.reference.calendars import Counted
from workstation.store.statements import counter as sql
from workstation.store.work import Work

#: What the applicant may come to, once invited.
KINDS = ("given", "refused")
STEPS = {
    "invited": "已邀请",
    "given": "已在设备上评价",
    "refused": "不愿评价",
    "grade": "登记等级",
}
GRADES = {
    "very_satisfied": "非常满意",
    "satisfied": "满意",
    "basically_satisfied": "基本满意",
    "dissatisfied": "不满意",
    "very_dissatisfied": "非常不满意",
}
BAD = frozenset({"dissatisfied", "very_dissatisfied"})
"""差评."""
#: What comes of a bad rating (domain §6.4: corrected, entered and dated, explained, or taken up again).
ANSWERS = {
    "corrected": "情况属实，已整改",
    "planned": "情况复杂，已列台账限期整改",
    "explained": "诉求无依据，已解释",
    "mistaken": "误评，已申诉复核",
}
#: It stands in the journal, so it is a code and cannot name anybody.
_SOURCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


@dataclass(frozen=True)
class Graded:
    """A grade that was recorded, and, if it is a bad one, what must be done about it until when."""

    rating: Rating
    task: Task | None = None
    contact_by: Counted | None = None
    answer_by: Counted | None = None


def invite(desk: Desk, number: str) -> Case:
    """邀请评价: once, when the result has been served; no grade is hinted at."""
    with desk.act("invite_rating") as work:
        case = _rated(desk, work, number)
        if case.rating is not None:
            raise _invited_before(case)
        if case.state != CaseState.SERVED:
            raise refusals.wrong_state("cases", case, "invite_rating", states=(CaseState.SERVED,))
        return _invited(work, case)


def record(desk: Desk, number: str, kind: str) -> Case:
    """Whether the applicant has rated on the device or does not wish to: once, after the invitation."""
    checks.one_of("kind", kind, KINDS)
    with desk.act("record_rating") as work:
        case = _rated(desk, work, number)
        work.facts = {"kind": kind}
        return _recorded(work, case, kind)


def at_close(work: Work, case: Case, outcome: str | None) -> Case:
    """The case as it may be closed: invited before, or now in the same act; `refused` is noted with it."""
    if outcome is None:
        if case.rating is None:
            raise _not_invited(case)
        return case
    if case.rating is None:
        case = _invited(work, case)
    if outcome == "refused" and case.rating != "refused":
        case = _recorded(work, case, "refused")
    return case


def record_grade(
    desk: Desk, number: str, grade: str, source: str, *, policy: RatingPolicy | None = None
) -> Graded:
    """登记评价等级 as device or platform told it: by a supervisor who had no part in the case."""
    checks.one_of("grade", grade, tuple(GRADES))
    if not _SOURCE.fullmatch(source):
        raise checks.usage(
            "rating-source",
            f"评价来源“{refusals.shown(source)}”不是设备号或平台代号。",
            "请填评价器或平台的代号，只用字母、数字、点和连字符，不超过 40 位，不写人名。"
            "（命令：如 device-03）",
        )
    with desk.act("record_grade") as work:
        case = _rated(desk, work, number)
        _not_own(work, case, desk.signed_in().code)
        if case.rating is None:
            raise _not_invited(case)
        if case.rating == "refused":
            raise _recorded_before(case)
        if any(rating.grade for rating in work.ratings.where(case_number=number)):
            raise _graded_before(case)
        work.facts = {"bad": int(grade in BAD)}
        rating = _step(work, case, "grade", grade=grade, source=source)
        work.cases.save(replace(case, rating="given"))
        return _followed_up(work, rating, policy or RatingPolicy()) if grade in BAD else Graded(rating)


def listed(desk: Desk, *, bad: bool = False, count: int = 200) -> list[Rating]:
    """The newest steps of ratings, or the newest bad ratings."""
    with desk.reading() as reading:
        return reading.ratings.query(sql.BAD_RATINGS if bad else sql.NEWEST_RATINGS, count=count)


def _rated(desk: Desk, work: Work, number: str) -> Case:
    case = steps.find_case(work, number)
    work.object = case.number
    desk.saw(case)
    return case


def _invited(work: Work, case: Case) -> Case:
    _step(work, case, "invited")
    return work.cases.save(replace(case, rating="invited", rating_invited_at=work.now))


def _recorded(work: Work, case: Case, kind: str) -> Case:
    if case.rating is None:
        raise _not_invited(case)
    if case.rating != "invited":
        raise _recorded_before(case)
    _step(work, case, kind)
    return work.cases.save(replace(case, rating=kind))


def _step(
    work: Work, case: Case, kind: str, *, grade: str | None = None, source: str | None = None
) -> Rating:
    ordinal = len(work.ratings.where(case_number=case.number)) + 1
    return work.ratings.add(
        Rating(
            id=f"{case.number}-e{ordinal}",
            case_number=case.number,
            at=work.now,
            by=work.stamp.operator or "",
            kind=kind,
            grade=grade,
            source=source,
        )
    )


def _not_own(work: Work, case: Case, operator: str) -> None:
    """Nobody records how people found their own work; who served it stands in the journal."""
    servers = {entry.operator for entry in work.journal_of(case.number) if entry.act == "serve"}
    if operator == case.clerk or operator in servers:
        raise Refused(
            "grade-own-case",
            what="不能登记自己经办的办件的评价等级，没有登记。",
            why=f"{case.number} 由 {operator} 收件或送达，经办人不得录入对自己的评价。",
            next="请没有经办本件的值班长登记。",
        )


def _followed_up(work: Work, rating: Rating, policy: RatingPolicy) -> Graded:
    today, calendar = local(work.now).date(), year_tables.here(work)
    contact_by = calendar.working_day_after(today, policy.contact_days)
    answer_by = calendar.working_day_after(today, policy.answer_days)
    task = tasks.open_task(
        work,
        f"{rating.case_number}-bad_rating",
        kind="bad_rating",
        object_=rating.case_number,
        # A task has no column for days.
        note=f"{told(contact_by)} 前联系核实，{told(answer_by)} 前办结答复",
    )
    return Graded(rating, task, contact_by, answer_by)


def answer(desk: Desk, number: str, *, outcome: str, note: str) -> Task:
    """End the task of a bad rating: somebody has asked, and this came of it (差评 100% 回访)."""
    checks.one_of("outcome", outcome, tuple(ANSWERS))
    note = checks.field("note", plain_text.validate, note)
    with desk.act("answer_rating") as work:
        case = steps.find_case(work, number)
        work.object = number
        work.mention(number)
        _not_own(work, case, desk.signed_in().code)
        for task in work.tasks.where(object=number):
            if task.kind == "bad_rating" and task.state == "open":
                work.facts = {"outcome": outcome}
                return tasks.end(work, replace(task, note=f"{task.note or ''}；{note}"), outcome)
        raise _nothing_to_answer(number)


def told(limit: Counted) -> str:
    """A last day as people read it."""
    doubt = "（暂定，该年节假日安排尚未公布）" if limit.is_provisional else ""
    return f"{limit.day.isoformat()}{doubt}"


def _not_invited(case: Case) -> Refused:
    return Refused(
        "rating-not-invited",
        what=f"{case.number} 还没有邀请评价，没有办理。",
        why="线下办事一次一评，办结前要主动邀请申请人评价；申请人可以不评。",
        next="请先邀请评价；不愿评价的，记为不愿评价。（命令：rating invite、case close --rating）",
    )


def _invited_before(case: Case) -> Refused:
    return Refused(
        "rating-invited",
        what=f"{case.number} 已经邀请过评价，没有再邀请。",
        why=f"一次办件只评一次；现在是“{STEPS[case.rating or 'invited']}”。",
        next="申请人评价后或不愿评价时，再记录评价。（命令：rating record）",
    )


def _recorded_before(case: Case) -> Refused:
    return Refused(
        "rating-recorded",
        what=f"{case.number} 的评价已有结果，没有再记。",
        why=f"一次办件只评一次；已记为“{STEPS[case.rating or 'invited']}”。",
        next="结果不能更改；记错的请值班长在联系登记里说明。（命令：rating list）",
    )


def _graded_before(case: Case) -> Refused:
    return Refused(
        "rating-graded",
        what=f"{case.number} 的评价等级已经登记，没有再记。",
        why="一次办件只评一次，等级由评价器或平台给出，登记后不改。",
        next="不必再登记；有疑问的请值班长查看已登记的等级。（命令：rating list）",
    )


def _nothing_to_answer(number: str) -> Refused:
    return Refused(
        "nothing-to-answer",
        what=f"{refusals.shown(number)} 没有待核实的差评，没有办理。",
        why="本办件没有差评，或差评已经核实了结。",
        next="请从差评的待办里选。（命令：rating list --bad、task list）",
    )
