"""Sums of days 期限的算法: counted day by day with the reason of each that is skipped; pure.

Which days are worked a calendar says that is passed in. 行政许可法 82: limits are in working days.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, Protocol

from workstation.domain.times import SHANGHAI

_ONE_DAY = datetime.timedelta(days=1)
FIRST_DAY = "起算日不计"
LATE = "下班后或非工作日，次一工作日起算"
PAUSED = "暂停："
NAMED = "写明的最后一日"
ROLLED = "末日顺延到这一天"


class Counted(Protocol):
    """A day counted to."""

    @property
    def day(self) -> datetime.date:
        """The day itself."""


class Calendar(Protocol):
    """Which days are worked."""

    def is_working_day(self, day: datetime.date) -> bool:
        """Whether offices are open."""

    def is_provisional(self, day: datetime.date) -> bool:
        """Whether the day's year has no table yet."""

    def reason(self, day: datetime.date) -> str:
        """Why it is not worked, or is although it is a weekend's."""

    def working_day_after(self, day: datetime.date, count: int) -> Counted:
        """The `count`-th working day after."""


@dataclass(frozen=True)
class Rule:
    """How a hall counts."""

    first_day_counts: bool = False
    """民法典 201(2): no."""
    end_of_business: datetime.time = datetime.time(17)
    """民法典 203(2): the last day ends with it."""
    late_is_next_day: bool = False
    """What begins after it, or on no working day, counts as begun on the next working day."""
    rolls: bool = True
    """民法典 203(1): a last day that is a holiday moves to the day after it."""


@dataclass(frozen=True)
class Limit:
    """So many days."""

    days: int
    unit: Literal["working", "calendar"] = "working"


@dataclass(frozen=True)
class Stop:
    """Days that do not count 不计入时限, the first and the last among them."""

    first: datetime.date
    last: datetime.date | None
    """None while it lasts."""
    name: str

    def holds(self, day: datetime.date) -> bool:
        """Whether a day is one of them."""
        return self.first <= day and (self.last is None or day <= self.last)


class PauseFault(ValueError):
    """Pauses that cannot all be true; `reason` is ends_before, begins_before, two_open or overlaps."""

    def __init__(self, reason: str, stop: Stop) -> None:
        super().__init__(f"{reason}: {stop}")
        self.reason, self.stop = reason, stop


@dataclass(frozen=True)
class Day:
    """One day of a sum."""

    day: datetime.date
    number: int
    """Which one it is of those that count; 0: it does not."""
    why: str
    """Why it does not count, or does although it is a weekend's; empty for an ordinary day."""


@dataclass(frozen=True)
class DaySum:
    """A limit with every day from its start to its end."""

    start: datetime.datetime
    limit: Limit | None
    """None: the last day itself was named."""
    days: tuple[Day, ...]
    end: datetime.datetime | None
    """The end of business on the last day; None while a pause lasts."""
    provisional: tuple[int, ...]
    """Years on the way whose holidays are not known yet."""
    paused: str = ""
    """The pause that lasts."""

    @property
    def counted(self) -> int:
        """How many days have counted."""
        return max((day.number for day in self.days), default=0)

    def is_stopped(self, on: datetime.date) -> bool:
        """Whether a pause holds on a day."""
        return any(day.day == on and day.why.startswith(PAUSED) for day in self.days)


def count(
    start: datetime.datetime,
    limit: Limit,
    calendar: Calendar,
    rule: Rule,
    *,
    stops: Sequence[Stop] = (),
    today: datetime.date | None = None,
) -> DaySum:
    """Count a limit from a moment; up to `today`, its own day among them, where a pause lasts."""
    began, first = start.date(), begun(start, calendar, rule)
    stops = checked(stops, began)
    days = [Day(day, 0, LATE) for day in _days(began, first - _ONE_DAY)]
    lasting = next((stop for stop in stops if stop.last is None), None)
    number = 0
    for day in _days(first):
        if lasting and day >= lasting.first and day > (today or began):
            break
        why = _skipped(day, limit, calendar, stops)
        if day == first and not rule.first_day_counts:
            why = FIRST_DAY
        number += not why
        days.append(Day(day, 0 if why else number, why or _made_up(day, limit, calendar)))
        if number == limit.days:
            lasting = None
            break
    if lasting is None and limit.unit == "calendar" and rule.rolls:
        days += _rolled(days[-1].day, calendar)
    last = days[-1].day if days else began
    years = unknown_years(began if rule.first_day_counts else began + _ONE_DAY, last, calendar)
    end = None if lasting else _close(last, rule)
    return DaySum(start, limit, tuple(days), end, years, lasting.name if lasting else "")


def named(day: datetime.date, calendar: Calendar, rule: Rule) -> DaySum:
    """A last day that was named by its date: it moves off a holiday (民法典 203(1))."""
    days = [Day(day, 0, NAMED), *(_rolled(day, calendar) if rule.rolls else ())]
    last = days[-1].day
    start = datetime.datetime.combine(day, datetime.time(), SHANGHAI)
    return DaySum(start, None, tuple(days), _close(last, rule), unknown_years(day, last, calendar))


def begun(start: datetime.datetime, calendar: Calendar, rule: Rule) -> datetime.date:
    """The day a sum begins with: that of its moment, or the next working day where it came late."""
    day = start.date()
    late = start.time() > rule.end_of_business or not calendar.is_working_day(day)
    return calendar.working_day_after(day, 1).day if rule.late_is_next_day and late else day


def last_day(
    start: datetime.datetime, days: int, calendar: Calendar, rule: Rule
) -> tuple[datetime.date, bool]:
    """The last day of so many working days without pauses, and whether it is provisional: quicker."""
    first = begun(start, calendar, rule)
    taken = rule.first_day_counts and calendar.is_working_day(first)
    end = calendar.working_day_after(first, days - taken).day
    since = start.date() if rule.first_day_counts else start.date() + _ONE_DAY
    return end, bool(unknown_years(since, end, calendar))


def checked(stops: Sequence[Stop], began: datetime.date) -> tuple[Stop, ...]:
    """Pauses in the order of time; refused where they contradict each other or the day the limit began."""
    found = sorted(stops, key=lambda stop: stop.first)
    for stop in found:
        if stop.last is not None and stop.last < stop.first:
            raise PauseFault("ends_before", stop)
        if stop.first < began:
            raise PauseFault("begins_before", stop)
    lasting = [stop for stop in found if stop.last is None]
    if len(lasting) > 1:
        raise PauseFault("two_open", lasting[1])
    for stop, later in pairwise(found):
        if stop.last is None or later.first <= stop.last:
            raise PauseFault("overlaps", later)
    return tuple(found)


def unknown_years(since: datetime.date, until: datetime.date, calendar: Calendar) -> tuple[int, ...]:
    """The years of these days that have no table."""
    years = range(since.year, until.year + 1)
    return tuple(year for year in years if calendar.is_provisional(datetime.date(year, 1, 1)))


def _skipped(day: datetime.date, limit: Limit, calendar: Calendar, stops: Sequence[Stop]) -> str:
    """Why a day does not count; empty if it does."""
    for stop in stops:
        if stop.holds(day):
            return f"{PAUSED}{stop.name}"
    if limit.unit == "working" and not calendar.is_working_day(day):
        return calendar.reason(day)
    return ""


def _made_up(day: datetime.date, limit: Limit, calendar: Calendar) -> str:
    return calendar.reason(day) if limit.unit == "working" else ""


def _rolled(last: datetime.date, calendar: Calendar) -> Iterator[Day]:
    """The days after a last day that is no working day, up to one that is."""
    if calendar.is_working_day(last):
        return
    for day in _days(last + _ONE_DAY):
        if calendar.is_working_day(day):
            yield Day(day, 0, ROLLED)
            return
        yield Day(day, 0, calendar.reason(day))


def _close(day: datetime.date, rule: Rule) -> datetime.datetime:
    return datetime.datetime.combine(day, rule.end_of_business, SHANGHAI)


def _days(first: datetime.date, last: datetime.date | None = None) -> Iterator[datetime.date]:
    """Days from one on, up to and with another if there is one."""
    while last is None or first <= last:
        yield first
        first += _ONE_DAY
