"""月结: the day closes of a month that is over added up, on a sheet with all that does not agree.

A difference refuses nothing: it is printed, and stays with the close.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, replace

from workstation.acts import checks, month_figures, papers, refusals, unexplained
from workstation.acts.day_sheets import reader
from workstation.acts.desk import Desk
from workstation.acts.facts import month_sheet
from workstation.acts.month_figures import Month
from workstation.domain import codes
from workstation.domain.day_close import CloseState, DayClose, MonthClose
from workstation.domain.times import minute
from workstation.errors import Refused
from workstation.store.statements import day_closes as sql
from workstation.store.work import Reading, Work

KIND = "month_sheet"

_MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class MonthFile:
    """A month with every close 月结 of it, the first first."""

    month: Month
    closes: tuple[MonthClose, ...]
    reopened: tuple[DayClose, ...]
    """Days of it that were opened again after it was closed."""

    @property
    def live(self) -> MonthClose | None:
        """The close that holds."""
        return next((one for one in self.closes if one.state == CloseState.MONTH_CLOSED), None)

    @property
    def adds_up(self) -> bool:
        """Whether a close holds, and is still what the day closes add up to."""
        return self.live is not None and json.loads(self.live.figures) == self.month.kept()

    @property
    def standing(self) -> str:
        """How it stands with the month, in words."""
        if not self.closes:
            return "没有月结。"
        last = self.closes[-1]
        when = f"{minute(last.closed_at)} 由 {last.closed_by}"
        told = f"第 {len(self.closes)} 次月结：{when}，月结单 {last.paper}。"
        if self.adds_up:
            return told
        days = "、".join(dict.fromkeys(one.day for one in self.reopened))
        why = f"月结之后 {days} 重开过" if days else "各日的日清加起来已不是月结时的数"
        return f"{told}\n这次月结不再作数：{why}。请把各日日清之后重新月结。"


def close(desk: Desk, month: str) -> MonthClose:
    """月结 of a month that is over."""
    desk.may("close_month")
    name, now = known_month(month), desk.store.now()
    with desk.reading() as reading:
        _may_be_closed(reading, name, now)
        # To count a month anew takes long: it is done outside, and what it rests on looked at again inside.
        found, basis = month_figures.taken(reading, name, now), _basis(reading, name)
    with desk.act("close_month") as work:
        _may_be_closed(work, name, work.now)
        if _basis(work, name) != basis:
            found = month_figures.taken(work, name, work.now)
        if not found.closes and not found.differences:
            raise _nothing_in(name)
        return _closed(desk, work, found)


def _basis(reading: Reading, month: str) -> tuple[object, ...]:
    """What a month's figures come from: its closes, and how much was done in it."""
    since, until = month_figures.span(month)
    (line,) = reading.lines(sql.COUNT_DONE, since=since, until=until)
    return line["n"], tuple(one.id for one in month_figures.held(reading, month))


def _may_be_closed(reading: Reading, month: str, now: int) -> None:
    today = unexplained.today(now)
    if month >= today[:7]:
        raise _not_over(month, today)
    for held in reading.month_closes.where(month=month, state=CloseState.MONTH_CLOSED):
        raise _closed_already(held)


def _closed(desk: Desk, work: Work, found: Month) -> MonthClose:
    ordinal = len(work.month_closes.where(month=found.month)) + 1
    seq, head, _ = work.chain()
    found = replace(found, taken_at=work.now, entries=seq, anchor=codes.anchor(head))
    work.object = found.month
    work.facts = {"closes": len(found.closes), "differences": len(found.differences), "ordinal": ordinal}
    facts = month_sheet.facts(desk.hall, work.stamp.window or 0, found, ordinal)
    return work.month_closes.add(
        MonthClose(
            id=f"{found.month}-{ordinal}",
            month=found.month,
            state=CloseState.MONTH_CLOSED,
            closed_at=work.now,
            closed_by=desk.signed_in().code,
            entries=seq,
            anchor=found.anchor,
            figures=json.dumps(found.kept(), ensure_ascii=False, sort_keys=True),
            differences=json.dumps([vars(one) for one in found.differences], ensure_ascii=False),
            paper=papers.promise(work, KIND, found.month, facts).number,
        )
    )


def file(desk: Desk, month: str) -> MonthFile:
    """A month as it stands now, closed or not, and its closes."""
    reader(desk)
    name, now = known_month(month), desk.store.now()
    if name > unexplained.today(now)[:7]:
        raise _not_over(name, unexplained.today(now))
    with desk.reading() as reading:
        closes = sorted(reading.month_closes.where(month=name), key=lambda one: one.closed_at)
        since = closes[-1].closed_at if closes else now
        days = reading.day_closes.query(
            sql.REOPENED_SINCE, first=f"{name}-01", last=f"{name}-31", since=since
        )
        return MonthFile(month_figures.taken(reading, name, now), tuple(closes), tuple(days))


def listed(desk: Desk, *, count: int = 36) -> list[MonthClose]:
    """The closes there were, the latest month first."""
    reader(desk)
    with desk.reading() as reading:
        return reading.month_closes.query(sql.NEWEST_MONTHS, count=count)


def known_month(text: str) -> str:
    """A month as YYYY-MM."""
    month = unicodedata.normalize("NFKC", text).strip()
    if not _MONTH.fullmatch(month):
        why = f"“{refusals.shown(text)}”不是一个月份。"
        raise checks.usage("month-impossible", why, "请按 2026-11 的样式填写。")
    return month


def _not_over(month: str, today: str) -> Refused:
    return Refused(
        "month-not-over",
        what=f"{month} 还没有完，没有月结。",
        why=f"账上的今天是 {today}。",
        next="请在下个月再月结。（命令：month close）",
    )


def _closed_already(held: MonthClose) -> Refused:
    return Refused(
        "month-closed-already",
        what=f"{held.month} 已经月结，没有再做一次。",
        why=f"{minute(held.closed_at)} 由 {held.closed_by} 月结，月结单 {held.paper}。",
        next="月结单可以再取出打印；重开过其中一天的，日清之后可以再月结。（命令：paper show）",
    )


def _nothing_in(month: str) -> Refused:
    return Refused(
        "month-empty",
        what=f"{month} 没有月结。",
        why="这个月没有办过件，也没有日清。",
        next="请核对月份。（命令：day list）",
    )
