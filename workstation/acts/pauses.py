"""不计入承诺时限的环节: days of a home authority's time that do not count, begun and ended as it tells us.

行政许可法 45: what hearings, tests and expertise take is not counted, and the applicant is told in writing
how long it takes. So a pause of these kinds begins only with the day on which that was told.
"""

from __future__ import annotations

import datetime
from dataclasses import replace

from forms.identifiers import plain_text
from workstation.acts import checks, deadline_limits, steps
from workstation.acts.desk import Desk
from workstation.domain import day_sums
from workstation.domain.consignment import Consignment, ConsignmentState
from workstation.domain.day_sums import PauseFault
from workstation.domain.deadlines import Pause
from workstation.domain.times import local
from workstation.domain.words import word
from workstation.errors import Refused
from workstation.reference import pauses as kinds
from workstation.store.work import Work

#: Why pauses cannot all be true, by the reason of `PauseFault`: why, and what next.
FAULTS = {
    "ends_before": ("止日 {last} 在起日 {first} 之前。", "请核对两个日期。"),
    "begins_before": ("{first} 还没有受理，期限还没有起算。", "起日请写受理之日或以后。"),
    "two_open": ("还有一次没有结束，两次不能同时进行。", "请先结束前一次。（命令：deadline resume）"),
    "overlaps": (
        "从 {first} 起的“{name}”与另一次的日子重叠，同一天不能扣两次。",
        "请核对起止日期；重叠的日子只登记一次。",
    ),
}


def names() -> dict[str, str]:
    """What can pause a limit, by code."""
    return {code: kind.name for code, kind in kinds.kinds().items()}


def called(pause: Pause) -> str:
    """What a pause is called."""
    return kinds.name(pause.kind)


def begin(
    desk: Desk,
    name: str,
    kind: str,
    *,
    since: str | None = None,
    told_on: str | None = None,
    note: str | None = None,
) -> Pause:
    """开始不计时限: from a day on, today unless another is named, the days do not count."""
    checks.one_of("kind", kind, tuple(kinds.kinds()))
    note = checks.field("note", plain_text.validate, note) if note else None
    with desk.act("begin_pause") as work:
        consignment = _consignment(desk, work, name)
        if consignment.state != ConsignmentState.ACCEPTED:
            raise _not_running(consignment)
        before = work.pauses.where(consignment=consignment.id)
        pause = Pause(
            id=f"{consignment.id}-p{len(before) + 1}",
            consignment=consignment.id,
            case_number=consignment.case_number,
            kind=kind,
            since=_day(work, "since", since),
            told_on=_told(work, kind, told_on),
            note=note,
            noted_at=work.now,
            noted_by=desk.signed_in().code,
        )
        _consistent(consignment, [*before, pause])
        work.facts = {"kind": kind}
        return work.pauses.add(pause)


def end(desk: Desk, name: str, *, until: str | None = None) -> Pause:
    """结束不计时限: the last day that does not count, today unless another is named."""
    with desk.act("end_pause") as work:
        consignment = _consignment(desk, work, name)
        pauses = work.pauses.where(consignment=consignment.id)
        lasting = next((pause for pause in pauses if pause.until is None), None)
        if lasting is None:
            raise _none_lasts(consignment)
        ended = replace(lasting, until=_day(work, "until", until))
        _consistent(consignment, [ended if pause is lasting else pause for pause in pauses])
        work.facts = {"kind": ended.kind}
        return work.pauses.save(ended)


def _consignment(desk: Desk, work: Work, name: str) -> Consignment:
    consignment = steps.find_consignment(work, name)
    work.object = consignment.case_number
    desk.saw(consignment)
    return consignment


def _day(work: Work, place: str, text: str | None) -> str:
    today = local(work.now).date().isoformat()
    day = checks.day(place, text) if text else today
    if day > today:
        raise _to_come(day)
    return day


def _told(work: Work, kind: str, text: str | None) -> str | None:
    if text is None and kinds.kinds()[kind].in_writing:
        raise _not_told(kind)
    return _day(work, "told_on", text) if text else None


def _consistent(consignment: Consignment, pauses: list[Pause]) -> None:
    began = local(consignment.accepted_at or 0).date()
    try:
        day_sums.checked([deadline_limits.stop(pause) for pause in pauses], began)
    except PauseFault as fault:
        raise _contradictory(consignment, fault) from fault


def _contradictory(consignment: Consignment, fault: PauseFault) -> Refused:
    stop, (why, then) = fault.stop, FAULTS[fault.reason]
    return Refused(
        f"pause-{fault.reason.replace('_', '-')}",
        what=f"{consignment.id} 的不计时限没有登记。",
        why=why.format(first=_iso(stop.first), last=_iso(stop.last), name=stop.name),
        next=then,
    )


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else "未定"


def _not_running(consignment: Consignment) -> Refused:
    return Refused(
        "pause-not-running",
        what=f"{consignment.id} 现在没有可以暂停的期限，没有登记。",
        why=f"它现在是“{word(consignment.state)}”；不计时限的环节只在属地受理之后、决定之前。",
        next="属地已经受理的，请先登记受理。属地要求补正的，期限自动暂停，不用登记。",
    )


def _not_told(kind: str) -> Refused:
    return Refused(
        "pause-not-told",
        what=f"“{kinds.name(kind)}”没有登记，期限照常计算。",
        why=f"{kinds.kinds()[kind].source}：所需时间应当书面告知申请人；没有写明哪一天告知。",
        next="请问清属地哪一天书面告知的，写明后再登记。（命令：--told-on 2026-11-20）",
    )


def _to_come(day: str) -> Refused:
    return Refused(
        "pause-to-come",
        what=f"{day} 还没有到，没有登记。",
        why="不计时限的起日、止日和告知日都要是已经过去的日子或今天，预定的日子会变。",
        next="请到那一天再登记。",
    )


def _none_lasts(consignment: Consignment) -> Refused:
    return Refused(
        "pause-none",
        what=f"{consignment.id} 没有正在进行的不计时限，没有可以结束的。",
        why="从来没有登记过，或者都已经结束。",
        next="可以先看它的期限怎么算。（命令：deadline why）",
    )
