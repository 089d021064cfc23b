"""The calendar of working days: as announced for each year, honest about years not announced yet."""

from __future__ import annotations

import csv
import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from workstation.reference import calendars
from workstation.reference.calendars import NATIONAL, Calendar

FOLDER = Path(calendars.__file__).parent
TABLES = sorted(FOLDER.glob("*.csv"))


def days(year: int, *texts: str) -> list[datetime.date]:
    """Days of a year written as 01-26, or 02-15…23 for a run of them."""
    found = []
    for text in texts:
        first, _, last = text.partition("…")
        month, day = (int(part) for part in first.split("-"))
        found += [datetime.date(year, month, number) for number in range(day, int(last or day) + 1)]
    return found


def all_days(year: int) -> list[datetime.date]:
    """Every day of a year."""
    first = datetime.date(year, 1, 1)
    return [first + datetime.timedelta(days=n) for n in range((datetime.date(year + 1, 1, 1) - first).days)]


def after(day: datetime.date, count: int) -> datetime.date:
    """The last day of a time limit of `count` working days; the day it starts does not count."""
    return NATIONAL.working_day_after(day, count).day


MAKE_UP = {
    2025: days(2025, "01-26", "02-08", "04-27", "09-28", "10-11"),
    2026: days(2026, "01-04", "02-14", "02-28", "05-09", "09-20", "10-10"),
}
HOLIDAYS = {
    2025: days(
        2025, "01-01", "01-28…31", "02-01…04", "04-04…06", "05-01…05", "05-31", "06-01…02", "10-01…08"
    ),
    2026: days(
        2026, "01-01…03", "02-15…23", "04-04…06", "05-01…05", "06-19…21", "09-25…27", "10-01…07"
    ),
}  # fmt: skip


@pytest.mark.parametrize("year", MAKE_UP)
def test_the_weekend_days_that_are_worked_are_those_announced(year: int) -> None:
    """A Saturday or Sunday is a working day exactly if it makes up for a holiday."""
    worked = [day for day in all_days(year) if day.weekday() >= 5 and NATIONAL.is_working_day(day)]

    assert worked == MAKE_UP[year]


@pytest.mark.parametrize("year", HOLIDAYS)
def test_the_days_off_are_weekends_and_the_holidays_announced(year: int) -> None:
    """A day is off exactly if it is a holiday, or a weekend day that is not worked."""
    off = [day for day in all_days(year) if not NATIONAL.is_working_day(day)]

    weekend = {day for day in all_days(year) if day.weekday() >= 5} - set(MAKE_UP[year])
    assert off == sorted(weekend | set(HOLIDAYS[year]))


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-09-24", 5, "2026-10-09"),
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-09-30", 5, "2026-10-13"),
        ("2026-04-30", 5, "2026-05-11"),
        ("2026-02-13", 20, "2026-03-19"),
        ("2026-12-24", 5, "2026-12-31"),
    ],
)
def test_a_limit_in_working_days_ends_on_the_day_known_for_it(start: str, count: int, end: str) -> None:
    """Limits over the Spring Festival, the autumn holidays and their make-up days come out right."""
    assert after(datetime.date.fromisoformat(start), count) == datetime.date.fromisoformat(end)


@pytest.mark.parametrize("year", [2019, 2027, 2040])
def test_a_year_without_a_table_is_provisional(year: int) -> None:
    """It counts its weekends and says that its holidays are not known."""
    assert all(NATIONAL.is_provisional(day) for day in all_days(year))
    assert all(NATIONAL.is_working_day(day) == (day.weekday() < 5) for day in all_days(year))


def test_the_years_with_a_table_are_not_provisional() -> None:
    """Every table lying in the folder is read as the year it is named for."""
    years = [int(table.stem) for table in TABLES]

    assert years == list(range(2020, 2027))
    assert not any(NATIONAL.is_provisional(day) for year in years for day in all_days(year))


def test_a_limit_that_runs_into_a_year_without_a_table_is_provisional() -> None:
    """2026-12-24 and five working days end on 12-31; the sixth cannot be counted for certain yet."""
    start = datetime.date(2026, 12, 24)

    certain, provisional = (NATIONAL.working_day_after(start, count) for count in (5, 6))

    assert certain == calendars.Counted(datetime.date(2026, 12, 31), is_provisional=False)
    assert provisional.is_provisional
    assert NATIONAL.working_day_after(start, 0) == calendars.Counted(start, is_provisional=False)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_each_row_of_a_table_says_something(table: Path) -> None:
    """Rows stand in order, in their year; a working day is one of a weekend, and each festival has a name."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    found = [datetime.date.fromisoformat(row["day"]) for row in rows]
    assert all(earlier < later for earlier, later in pairwise(found))
    assert {day.year for day in found} == {int(table.stem)}
    assert {row["kind"] for row in rows} == {"holiday", "working"}
    assert all(day.weekday() >= 5 for day, row in zip(found, rows, strict=True) if row["kind"] == "working")
    assert all(row["festival"].endswith(("节", "元旦")) for row in rows)


def test_the_working_days_before_a_day_are_told_earliest_first() -> None:
    """Ten working days before 2026-10-12 reach back over the National Day holiday to September."""
    found = NATIONAL.working_days_before(datetime.date(2026, 10, 12), 10)

    assert found == days(2026, "09-21…24", "09-28…30", "10-08…10")


def test_no_working_day_before_a_day_is_an_empty_list() -> None:
    """Asked for none, none is given."""
    assert NATIONAL.working_days_before(datetime.date(2026, 11, 20), 0) == []


def test_the_source_names_every_table() -> None:
    """SOURCE.md tells where the tables come from, from the first to the last."""
    source = (FOLDER / "SOURCE.md").read_text(encoding="utf-8")

    assert f"{TABLES[0].name} … {TABLES[-1].name}" in source
    assert "chinesecalendar` 1.11.0" in source


# --- laid over each other

DAY = datetime.date(2026, 4, 20)


def test_each_day_says_why_it_is_not_worked_or_is() -> None:
    """Festival before weekend; a make-up day; nothing to say of an ordinary one."""
    told = [NATIONAL.reason(day) for day in days(2026, "09-19", "09-20", "09-26", "09-28", "10-10", "10-11")]

    assert told == ["周六", "调休上班", "中秋节", "", "调休上班", "周日"]


@pytest.mark.parametrize(
    ("since", "until", "count"),
    [
        ("2026-09-30", "2026-10-08", 1),
        ("2026-09-30", "2026-10-07", 0),
        ("2026-09-30", "2026-09-30", 0),
        ("2026-10-13", "2026-09-30", 0),
        ("2026-09-30", "2026-10-13", 5),
    ],
)
def test_working_days_between_two_days(since: str, until: str, count: int) -> None:
    """After the first, up to and with the second; the inverse of counting on."""
    first, last = datetime.date.fromisoformat(since), datetime.date.fromisoformat(until)

    assert NATIONAL.working_days(first, last) == count


def test_a_year_may_be_replaced_and_a_province_may_differ() -> None:
    """The province's days lie over the country's; the packaged calendar stays as it is."""
    own = {DAY: calendars.Special(False, "三月三")}
    country = Calendar(replacing={2026: {}, 2027: own})
    province = Calendar(differing={2026: own, 2027: own})

    assert country.is_working_day(datetime.date(2026, 10, 1))
    assert not country.is_provisional(datetime.date(2027, 1, 1))
    assert (province.is_working_day(DAY), province.reason(DAY)) == (False, "三月三")
    assert not province.is_working_day(datetime.date(2026, 10, 1))
    assert province.is_provisional(datetime.date(2027, 1, 1))
    assert NATIONAL.is_working_day(DAY)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_a_table_is_written_as_it_was_read(table: Path) -> None:
    """Byte for byte."""
    text = table.read_text(encoding="utf-8")

    assert calendars.written(calendars.read(text)) == text
