"""日清: a day is closed once nothing in the hall is unexplained; its sheet carries the journal's anchor.

A closed day takes no more acts (`desk`). Opening it again needs a supervisor, a second person and a reason.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from forms.identifiers import plain_text
from workstation.acts import checks, day_sheets, papers, unexplained
from workstation.acts.day_sheets import DaySheet
from workstation.acts.desk import Desk
from workstation.acts.facts import day_sheet
from workstation.acts.unexplained import Unexplained
from workstation.domain.day_close import CloseState, DayClose
from workstation.domain.paper import Paper, PaperState
from workstation.domain.roles import HELD_BY_CLOSE, Role
from workstation.domain.times import minute
from workstation.domain.words import word
from workstation.errors import Refused
from workstation.policies import MailPolicy
from workstation.store.statements import day_closes as sql
from workstation.store.work import Reading, Work

#: Why a day is opened again.
REASONS: Mapping[str, str] = {
    "forgotten": "漏登记当日的办理",
    "mistake": "当日登记有误",
    "late_mail": "日清之后邮件到窗",
    "late_applicant": "日清之后申请人到窗",
    "other": "其他（须写明）",
}
#: So many things are named in a refusal; the list has all of them.
_NAMED = 12


def close(desk: Desk, day: str | None = None, *, policy: MailPolicy) -> DayClose:
    """日清 of a day (today, if none is named): its figures, the anchor of all before, and its sheet."""
    with desk.act("close_day") as work:
        day = unexplained.known_day(day, work.now)
        for held in work.day_closes.where(day=day, state=CloseState.DAY_CLOSED):
            raise _closed_already(held)
        if left := left_open(work, day):
            raise _earlier_open(day, left)
        if waiting := work.waiting.where(state="waiting"):
            raise _somebody_waited_for(day, [f"“{word(one.act)}”（{one.object}）" for one in waiting])
        found = unexplained.found(work, work.now, policy=policy, day=day)
        if dark := [one for one in found if one.explained is None]:
            raise _not_explained(day, dark)
        return _closed(desk, work, day)


def _closed(desk: Desk, work: Work, day: str) -> DayClose:
    former = work.day_closes.where(day=day)
    ordinal = len(former) + 1
    sheet = day_sheets.taken(work, day, work.now)
    sheet = replace(sheet, standing=_standing(day, former))
    work.object = day
    work.facts = {"entries": sheet.entries, "ordinal": ordinal}
    titles = day_sheets.titles_of(work, sheet.figures)
    facts = day_sheet.facts(desk.hall, work.stamp.window or 0, sheet, titles)
    return work.day_closes.add(
        DayClose(
            id=f"{day}-{ordinal}",
            day=day,
            state=CloseState.DAY_CLOSED,
            closed_at=work.now,
            closed_by=desk.signed_in().code,
            entries=sheet.entries,
            anchor=sheet.anchor,
            figures=json.dumps(figures(sheet), ensure_ascii=False, sort_keys=True),
            paper=papers.promise(work, day_sheets.KIND, day, facts).number,
        )
    )


def figures(sheet: DaySheet) -> dict[str, object]:
    """What a close keeps of its day."""
    postage = [
        {"payer": one.payer, "leg": one.leg, "parcels": one.parcels, "fen": one.fen, "unknown": one.unknown}
        for one in sheet.postage
    ]
    return {
        **sheet.figures.plain(),
        "postage": postage,
        "exceptions": dict(sorted(Counter(one.act for one in sheet.exceptions).items())),
        "explained": len(sheet.reasons),
        "samples": [one.sample.id for one in sheet.samples],
    }


def _standing(day: str, former: Sequence[DayClose]) -> str:
    """What the sheet says of itself; the second names the first."""
    told = f"本单是 {day} 的日清单：第 {len(former) + 1} 次日清，当日已日清，之后不再登记当日的办理。"
    if not former:
        return told
    last = max(former, key=day_sheets.ordinal)
    return (
        f"{told}前一次日清单 {last.paper}（{minute(last.closed_at)}）因“{REASONS[last.reason or 'other']}”"
        f"由 {last.reopened_by}、{last.second} 于 {minute(last.reopened_at)} 重开，已作废，以本单为准。"
    )


def left_open(reading: Reading, day: str) -> list[str]:
    """Days before this one on which people worked and which are not closed, since the hall's first close."""
    first = reading.lines(sql.FIRST)
    if not first or first[0]["day"] >= day:
        return []
    last = reading.lines(sql.LAST_BEFORE, day=day)
    since = _midnight(last[0]["day"], later=1) if last else _midnight(first[0]["day"])
    worked = worked_days(reading, since, _midnight(day))
    reopened = {line["day"] for line in reading.lines(sql.LEFT_OPEN, day=day)}
    return sorted(worked.keys() | reopened)


def worked_days(reading: Reading, since: int, until: int) -> dict[str, int]:
    """The days of a span of time on which people did what a close holds up, and how much of it."""
    lines = reading.lines(sql.worked(HELD_BY_CLOSE), since=since, until=until)
    return {(date(1970, 1, 1) + timedelta(days=line["day"])).isoformat(): line["n"] for line in lines}


def _midnight(day: str, *, later: int = 0) -> int:
    """When a day begins, or one so many days later; epoch ms."""
    begin = (date.fromisoformat(day) + timedelta(days=later)).isoformat()
    return checks.span(begin, begin, 0)[0]


def reopen(desk: Desk, day: str, *, reason: str, note: str | None = None) -> DayClose:
    """重开当日: a second person and a reason; the sheet is void, and the month it was in no longer closed."""
    checks.one_of("reason", reason, tuple(REASONS))
    note = checks.field("note", plain_text.validate, note) if note else None
    if reason == "other" and note is None:
        raise unexplained.note_missing()
    with desk.act("reopen_day") as work:
        second = desk.confirmed("reopen_day")
        day = checks.day("day", day)
        held = next(iter(work.day_closes.where(day=day, state=CloseState.DAY_CLOSED)), None)
        if held is None:
            raise _not_closed(day)
        work.object = day
        work.facts = {"reason": reason, "close": held.id}
        _void_sheet(work, held)
        for month in work.month_closes.where(month=day[:7], state=CloseState.MONTH_CLOSED):
            work.month_closes.save(replace(month, state=CloseState.MONTH_REOPENED))
        return work.day_closes.save(
            replace(
                held,
                state=CloseState.DAY_REOPENED,
                reopened_at=work.now,
                reopened_by=desk.signed_in().code,
                second=second,
                reason=reason,
                reason_text=note,
            )
        )


def _void_sheet(work: Work, held: DayClose) -> None:
    if paper := _live(work, held.paper):
        work.papers.save(replace(paper, state=PaperState.VOID, reason="reopen_day"))


@dataclass(frozen=True)
class DayFile:
    """A day: every close of it, the first first, and what its figures are now."""

    day: str
    closes: tuple[DayClose, ...]
    sheet: DaySheet


def file(desk: Desk, day: str | None = None) -> DayFile:
    """One day, today if none is named."""
    sheet = day_sheets.of(desk, day)
    with desk.reading() as reading:
        closes = reading.day_closes.where(day=sheet.day)
    return DayFile(sheet.day, tuple(sorted(closes, key=day_sheets.ordinal)), sheet)


def listed(desk: Desk, *, count: int = 60) -> list[DayClose]:
    """The closes there were, the latest day first."""
    day_sheets.reader(desk)
    with desk.reading() as reading:
        return reading.day_closes.query(sql.NEWEST, count=count)


def open_days(desk: Desk) -> list[str]:
    """The days before today that people worked on and nobody has closed."""
    now = desk.store.now()
    with desk.reading() as reading:
        return left_open(reading, unexplained.today(now))


def of_day(desk: Desk, day: str | None = None) -> DayClose | None:
    """The close of a day (today, if none is named) that holds."""
    day = day or unexplained.today(desk.store.now())
    with desk.reading() as reading:
        return next(iter(reading.day_closes.where(day=day, state=CloseState.DAY_CLOSED)), None)


def grouped(anchor: str) -> str:
    """The anchor in groups of five, as people read it aloud and type it."""
    return " ".join(anchor[at : at + 5] for at in range(0, len(anchor), 5))


def sheet_of(desk: Desk, close: DayClose) -> Paper:
    """The sheet of a close, or the live copy of it."""
    with desk.reading() as reading:
        found = _live(reading, close.paper) or reading.papers.get(close.paper)
    assert found is not None, "a close has promised its sheet"
    return found


def _live(reading: Reading, number: str) -> Paper | None:
    """The face itself, or the copy of it that is not void."""
    paper = reading.papers.get(number)
    while paper is not None and paper.replaced_by:
        paper = reading.papers.get(paper.replaced_by)
    return paper if paper is not None and paper.state != PaperState.VOID else None


def _closed_already(held: DayClose) -> Refused:
    return Refused(
        "day-closed-already",
        what=f"{held.day} 已经日清，没有再做一次。",
        why=f"{minute(held.closed_at)} 由 {held.closed_by} 日清，日清单 {held.paper}。",
        next="日清单可以再取出打印；确须补登当日的办理，请会同复核人写明原因重开。"
        "（命令：paper show、day reopen）",
    )


def _earlier_open(day: str, left: Sequence[str]) -> Refused:
    return Refused(
        "earlier-day-open",
        what=f"{day} 没有日清：前面还有没日清的日子。",
        why=f"办过件而没有日清的：{'、'.join(left)}。",
        next=f"请先日清 {left[0]}。（命令：day close --day {left[0]}）",
    )


def _somebody_waited_for(day: str, acts: Sequence[str]) -> Refused:
    return Refused(
        "day-acts-waiting",
        what=f"{day} 没有日清：有 {len(acts)} 件办理在等第二人确认。",
        why=f"在等的：{'；'.join(acts[:_NAMED])}。",
        next="请由复核人逐件确认或撤掉。（命令：confirm）",
    )


def _not_explained(day: str, dark: Sequence[Unexplained]) -> Refused:
    named = [f"{unexplained.KINDS[one.kind]} {one.object}（{one.place}）：{one.said}" for one in dark]
    more = f"；还有 {len(dark) - _NAMED} 件" if len(dark) > _NAMED else ""
    then = "；".join(dict.fromkeys(one.then for one in dark[:_NAMED]))
    return Refused(
        "day-unexplained",
        what=f"{day} 没有日清：有 {len(dark)} 件说不清。",
        why=f"{'；'.join(named[:_NAMED])}{more}。",
        next=f"{then}。确须过夜的，请值班长写明原因。（命令：day unexplained、day explain）",
    )


def _not_closed(day: str) -> Refused:
    return Refused(
        "day-not-closed",
        what=f"{day} 没有日清，不用重开。",
        why="账上没有这一天现行的日清，或者已经重开。",
        next=f"请核对日期；日清由{word(Role.SUPERVISOR)}办理。（命令：day list）",
    )
