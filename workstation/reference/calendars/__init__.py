"""Working days 工作日: a table a year lies beside; origin and columns: SOURCE.md.

What a hall has imported lies over these tables, and what a province has of its own over both. A year without
a table counts weekends only and is provisional: its notice has not been read yet.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_WEEKEND = (5, 6)
_ONE_DAY = datetime.timedelta(days=1)
WEEKDAYS = "一二三四五六日"
HEADS = ("day", "kind", "festival")
MAKE_UP = "调休上班"


class Special(NamedTuple):
    """A day that differs from its day of the week, or is a holiday by name."""

    is_worked: bool
    festival: str


#: The special days of one year.
Year = Mapping[datetime.date, Special]


@dataclass(frozen=True)
class Counted:
    """A day counted to, and whether a year on the way has no table yet."""

    day: datetime.date
    is_provisional: bool


@dataclass(frozen=True, eq=False)
class Calendar:
    """Which days are worked: the packaged tables, those that replace them, and where a province differs."""

    replacing: Mapping[int, Year] = field(default_factory=dict)
    """By year: the whole country's table, instead of the packaged one."""
    differing: Mapping[int, Year] = field(default_factory=dict)
    """By year: only the days on which a province differs from the country."""
    _sums: dict[tuple[datetime.date, datetime.date], int] = field(default_factory=dict, repr=False)
    _ends: dict[tuple[datetime.date, int], Counted] = field(default_factory=dict, repr=False)

    def is_working_day(self, day: datetime.date) -> bool:
        """Whether offices are open on this day, holidays and make-up working days 调休 considered."""
        special = self.special(day)
        return special.is_worked if special else day.weekday() not in _WEEKEND

    def is_provisional(self, day: datetime.date) -> bool:
        """Whether the country has no table of the day's year, so that a holiday in it would be overlooked."""
        return self.year(day.year) is None

    def reason(self, day: datetime.date) -> str:
        """Why a day is not worked, or is although it is a weekend's; empty for an ordinary working day."""
        if special := self.special(day):
            return MAKE_UP if special.is_worked else special.festival
        return f"周{WEEKDAYS[day.weekday()]}" if day.weekday() in _WEEKEND else ""

    def working_days_before(self, day: datetime.date, count: int) -> list[datetime.date]:
        """The `count` working days that end before `day`, earliest first."""
        found: list[datetime.date] = []
        while len(found) < count:
            day -= _ONE_DAY
            if self.is_working_day(day):
                found.append(day)
        return found[::-1]

    def working_day_after(self, day: datetime.date, count: int) -> Counted:
        """The `count`-th working day after `day`, which itself does not count (民法典 201)."""
        key = (day, count)
        if key not in self._ends:
            self._ends[key] = self._working_day_after(day, count)
        return self._ends[key]

    def _working_day_after(self, day: datetime.date, count: int) -> Counted:
        provisional = False
        while count:
            day += _ONE_DAY
            provisional = provisional or self.is_provisional(day)
            count -= self.is_working_day(day)
        return Counted(day, provisional)

    def working_days(self, since: datetime.date, until: datetime.date) -> int:
        """The working days after `since`, up to and with `until`; none where `until` is earlier."""
        key = (since, until)
        if key not in self._sums:
            days = (since + datetime.timedelta(days=n) for n in range(1, (until - since).days + 1))
            self._sums[key] = sum(map(self.is_working_day, days))
        return self._sums[key]

    def special(self, day: datetime.date) -> Special | None:
        """What the tables say of a day; None where it is as its day of the week."""
        own = self.differing.get(day.year, {}).get(day)
        return own or (self.year(day.year) or {}).get(day)

    def year(self, year: int) -> Year | None:
        """The whole country's table of a year; None where nobody has read its notice."""
        return self.replacing[year] if year in self.replacing else packaged(year)


#: The packaged tables, as they are.
NATIONAL = Calendar()


@cache
def packaged(year: int) -> Year | None:
    """The table of a year that lies beside this module."""
    file = files(__package__) / f"{year}.csv"
    return read(file.read_text(encoding="utf-8")) if file.is_file() else None


def read(text: str) -> Year:
    """The lines of a table, in the columns of SOURCE.md."""
    rows = csv.DictReader(text.splitlines())
    return {
        datetime.date.fromisoformat(row["day"]): Special(row["kind"] == "working", row["festival"])
        for row in rows
    }


def written(year: Year) -> str:
    """A table as its lines, in the order of days."""
    told = io.StringIO()
    lines = csv.writer(told, lineterminator="\n")
    lines.writerow(HEADS)
    for day, special in sorted(year.items()):
        lines.writerow((day.isoformat(), "working" if special.is_worked else "holiday", special.festival))
    return told.getvalue()
