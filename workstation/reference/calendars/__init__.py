"""Working days 工作日 of the whole country, one table a year lying beside; origin and columns: SOURCE.md.

A year without a table counts weekends only and is provisional: its notice has not been read yet.
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_WEEKEND = (5, 6)
_ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Counted:
    """A day counted to, and whether a year on the way has no table yet."""

    day: datetime.date
    is_provisional: bool


def is_working_day(day: datetime.date) -> bool:
    """Whether offices are open on this day, holidays and make-up working days 调休 considered."""
    table = _table(day.year) or {}
    return table.get(day, day.weekday() not in _WEEKEND)


def is_provisional(day: datetime.date) -> bool:
    """Whether the day's year has no table, so that a holiday in it would be overlooked."""
    return _table(day.year) is None


def working_days_before(day: datetime.date, count: int) -> list[datetime.date]:
    """The `count` working days that end before `day`, earliest first."""
    found: list[datetime.date] = []
    while len(found) < count:
        day -= _ONE_DAY
        if is_working_day(day):
            found.append(day)
    return found[::-1]


def working_day_after(day: datetime.date, count: int) -> Counted:
    """The `count`-th working day after `day`, which itself does not count (民法典 201)."""
    provisional = False
    while count:
        day += _ONE_DAY
        provisional = provisional or is_provisional(day)
        count -= is_working_day(day)
    return Counted(day, provisional)


@cache
def _table(year: int) -> Mapping[datetime.date, bool] | None:
    """Of each day that differs from its day of the week, whether it is worked; None without a table."""
    file = files(__package__) / f"{year}.csv"
    if not file.is_file():
        return None
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return {datetime.date.fromisoformat(row["day"]): row["kind"] == "working" for row in rows}
