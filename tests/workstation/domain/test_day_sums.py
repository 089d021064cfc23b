"""Sums of days: sixty cases counted by hand, an oracle that shares no code, and pauses that cannot be true.

The ends were written down before the program was run, by the tables of 2024 to 2026; 2027 has none yet.
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.domain import day_sums
from workstation.domain.day_sums import DaySum, Limit, PauseFault, Rule, Stop
from workstation.domain.times import SHANGHAI
from workstation.reference import calendars
from workstation.reference.calendars import NATIONAL, Calendar, Special

LAW = Rule()
FIRST = Rule(first_day_counts=True)
LATE = Rule(late_is_next_day=True)
STAYS = Rule(rolls=False)

#: 广西 has a holiday of its own, 三月三; the days are made up for these tests.
OWN = Calendar(
    differing={
        2026: {
            datetime.date(2026, 4, 20): Special(False, "三月三"),
            datetime.date(2026, 4, 21): Special(False, "三月三"),
            datetime.date(2026, 4, 25): Special(True, "三月三"),
        }
    }
)


def day(text: str) -> datetime.date:
    """A day."""
    return datetime.date.fromisoformat(text)


def moment(text: str) -> datetime.datetime:
    """A day at ten, or at the hour that is named."""
    date, _, hour = text.partition(" ")
    return datetime.datetime.fromisoformat(f"{date}T{hour or '10:00'}").replace(tzinfo=SHANGHAI)


def stops(text: str) -> list[Stop]:
    """Pauses written as 2026-03-02…2026-03-06, several with blanks between, an open one without its end."""
    found = []
    for one in text.split():
        first, _, last = one.partition("…")
        found.append(Stop(day(first), day(last) if last else None, "听证"))
    return found


#: Start, days, end, rule, calendar, pauses.
Case = tuple[str, int, str, Rule, Calendar, str]


def plain(start: str, count: int, end: str) -> Case:
    """As the law has it, in the whole country."""
    return start, count, end, LAW, NATIONAL, ""


SIXTY: list[Case] = [
    # domain.md §6.1
    plain("2026-02-13", 5, "2026-02-27"),
    plain("2026-09-24", 5, "2026-10-09"),
    plain("2026-09-30", 1, "2026-10-08"),
    plain("2026-09-30", 5, "2026-10-13"),
    plain("2026-04-30", 5, "2026-05-11"),
    plain("2026-02-13", 20, "2026-03-19"),
    plain("2026-12-24", 5, "2026-12-31"),
    # a week without anything
    plain("2026-11-16", 1, "2026-11-17"),
    plain("2026-11-16", 5, "2026-11-23"),
    plain("2026-11-20", 1, "2026-11-23"),
    plain("2026-11-21", 1, "2026-11-23"),
    plain("2026-11-22", 1, "2026-11-23"),
    plain("2026-11-20", 10, "2026-12-04"),
    plain("2026-11-20", 20, "2026-12-18"),
    # 2024: 春节 02-10…17, worked 02-04 and 02-18
    plain("2024-02-02", 5, "2024-02-08"),
    plain("2024-02-09", 1, "2024-02-18"),
    plain("2024-02-09", 5, "2024-02-22"),
    plain("2024-02-08", 2, "2024-02-18"),
    # 2024: 清明 04-04…06, worked 04-07; 劳动 05-01…05, worked 04-28 and 05-11
    plain("2024-04-03", 1, "2024-04-07"),
    plain("2024-04-03", 6, "2024-04-12"),
    plain("2024-04-26", 3, "2024-04-30"),
    plain("2024-04-30", 1, "2024-05-06"),
    plain("2024-04-30", 6, "2024-05-11"),
    # 2024: 端午 06-10; 中秋 09-15…17, worked 09-14; 国庆 10-01…07, worked 09-29 and 10-12
    plain("2024-06-07", 1, "2024-06-11"),
    plain("2024-09-13", 1, "2024-09-14"),
    plain("2024-09-13", 2, "2024-09-18"),
    plain("2024-09-27", 2, "2024-09-30"),
    plain("2024-09-30", 5, "2024-10-12"),
    # 2025: 元旦 01-01; 春节 01-28…02-04, worked 01-26 and 02-08
    plain("2024-12-31", 1, "2025-01-02"),
    plain("2025-01-24", 2, "2025-01-27"),
    plain("2025-01-27", 1, "2025-02-05"),
    plain("2025-01-27", 4, "2025-02-08"),
    plain("2025-01-27", 5, "2025-02-10"),
    # 2025: 国庆 and 中秋 10-01…08, worked 09-28 and 10-11
    plain("2025-09-26", 1, "2025-09-28"),
    plain("2025-09-30", 1, "2025-10-09"),
    plain("2025-09-30", 3, "2025-10-11"),
    # 2026: 元旦 01-01…03, worked 01-04; 端午 06-19…21; 中秋 09-25…27, worked 09-20
    plain("2025-12-31", 1, "2026-01-04"),
    plain("2025-12-31", 2, "2026-01-05"),
    plain("2026-06-18", 1, "2026-06-22"),
    plain("2026-09-18", 1, "2026-09-20"),
    # into 2027, whose holidays nobody knows: weekends only
    plain("2026-12-31", 1, "2027-01-01"),
    plain("2026-12-24", 6, "2027-01-01"),
    plain("2026-12-31", 20, "2027-01-28"),
    plain("2027-02-01", 5, "2027-02-08"),
    # the first day counts
    ("2026-11-16", 1, "2026-11-16", FIRST, NATIONAL, ""),
    ("2026-11-16", 5, "2026-11-20", FIRST, NATIONAL, ""),
    ("2026-11-21", 1, "2026-11-23", FIRST, NATIONAL, ""),
    ("2026-02-14", 2, "2026-02-24", FIRST, NATIONAL, ""),
    # what comes after 17:00, or on no working day, comes on the next one
    ("2026-11-16 17:00", 1, "2026-11-17", LATE, NATIONAL, ""),
    ("2026-11-16 17:01", 1, "2026-11-18", LATE, NATIONAL, ""),
    ("2026-11-20 18:30", 1, "2026-11-24", LATE, NATIONAL, ""),
    ("2026-11-21 09:00", 1, "2026-11-24", LATE, NATIONAL, ""),
    ("2026-09-30 20:00", 1, "2026-10-09", LATE, NATIONAL, ""),
    ("2026-11-16 20:00", 1, "2026-11-17", LAW, NATIONAL, ""),
    # a province with days of its own
    ("2026-04-17", 1, "2026-04-22", LAW, OWN, ""),
    ("2026-04-17", 4, "2026-04-25", LAW, OWN, ""),
    ("2026-04-30", 5, "2026-05-11", LAW, OWN, ""),
    # pauses
    ("2026-03-02", 5, "2026-03-16", LAW, NATIONAL, "2026-03-04…2026-03-10"),
    ("2026-03-02", 20, "2026-04-03", LAW, NATIONAL, "2026-03-09…2026-03-11 2026-03-24…2026-03-24"),
    ("2026-03-02", 3, "2026-03-09", LAW, NATIONAL, "2026-03-02…2026-03-04"),
]  # fmt: skip


def counted(case: Case) -> DaySum:
    """The sum of a case."""
    start, count, _, rule, calendar, pauses = case
    return day_sums.count(moment(start), Limit(count), calendar, rule, stops=stops(pauses))


def end(found: DaySum) -> str:
    """The day it ends on."""
    assert found.end is not None
    return found.end.date().isoformat()


def test_there_are_sixty() -> None:
    """None is written twice."""
    assert len({(*case[:2], str(case[3]), case[5], id(case[4])) for case in SIXTY}) == len(SIXTY) == 60


@pytest.mark.parametrize("case", SIXTY, ids=lambda case: f"{case[0]}+{case[1]}")
def test_a_sum_ends_where_it_was_counted_by_hand(case: Case) -> None:
    """At the end of business of that day; every day from start to end is told once, in order."""
    found = counted(case)

    assert end(found) == case[2]
    assert found.end is not None
    assert found.end.time() == datetime.time(17)
    days = [one.day for one in found.days]
    assert days == [days[0] + datetime.timedelta(days=n) for n in range(len(days))]
    assert days[0] == moment(case[0]).date()
    assert [one.number for one in found.days if one.number] == list(range(1, case[1] + 1))
    assert all(one.why for one in found.days if not one.number)


@pytest.mark.parametrize("case", [case for case in SIXTY if not case[5]], ids=lambda c: f"{c[0]}+{c[1]}")
def test_the_quick_count_is_the_long_one(case: Case) -> None:
    """The day and whether it is provisional, without the days between."""
    found = counted(case)

    last, provisional = day_sums.last_day(moment(case[0]), case[1], case[4], case[3])

    assert last.isoformat() == case[2]
    assert provisional == bool(found.provisional)


# --- an oracle of its own

TABLES = Path(calendars.__file__).parent


def special_days() -> dict[str, bool]:
    """Whether a day of any table is worked, read from the files by other means."""
    found = {}
    for table in TABLES.glob("*.csv"):
        with table.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found[row["day"]] = row["kind"] == "working"
    return found


SPECIAL = special_days()


def is_worked(date: datetime.date) -> bool:
    """By the files alone."""
    return SPECIAL.get(date.isoformat(), date.strftime("%a") not in ("Sat", "Sun"))


def brute(start: datetime.datetime, count: int, rule: Rule, held: list[Stop]) -> datetime.date:
    """One day after another, each asked everything."""
    date = start.date()
    if rule.late_is_next_day and (start.strftime("%H:%M") > "17:00" or not is_worked(date)):
        date += datetime.timedelta(days=1)
        while not is_worked(date):
            date += datetime.timedelta(days=1)
    left = count
    if (
        rule.first_day_counts
        and is_worked(date)
        and not any(h.first <= date <= (h.last or date) for h in held)
    ):
        left -= 1
    while left:
        date += datetime.timedelta(days=1)
        paused = [h for h in held if h.last is not None and h.first <= date <= h.last]
        if is_worked(date) and not paused:
            left -= 1
    return date


def moments(first: str, last: str) -> st.SearchStrategy[datetime.datetime]:
    """Any minute between two days."""
    beginning = moment(f"{first} 00:00")
    minutes = (day(last) - day(first)).days * 24 * 60
    return st.integers(0, minutes).map(lambda n: beginning + datetime.timedelta(minutes=n))


@st.composite
def pauses_after(draw: st.DrawFn, date: datetime.date) -> list[Stop]:
    """Up to three pauses that do not touch."""
    found, at = [], date
    for _ in range(draw(st.integers(0, 3))):
        first = at + datetime.timedelta(days=draw(st.integers(1, 20)))
        at = first + datetime.timedelta(days=draw(st.integers(0, 15)))
        found.append(Stop(first, at, "鉴定"))
    return found


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_counting_agrees_with_the_oracle(data: st.DataObject) -> None:
    """Whatever start, hour, days, rule and pauses, from 2020 into years without a table."""
    start = data.draw(moments("2020-01-01", "2027-12-31"))
    count = data.draw(st.integers(1, 60))
    rule = Rule(first_day_counts=data.draw(st.booleans()), late_is_next_day=data.draw(st.booleans()))
    held = data.draw(pauses_after(start.date()))

    found = day_sums.count(start, Limit(count), NATIONAL, rule, stops=held)

    assert end(found) == brute(start, count, rule, held).isoformat()
    assert found.counted == count
    if not held:
        assert day_sums.last_day(start, count, NATIONAL, rule)[0].isoformat() == end(found)


@given(moments("2024-01-01", "2026-11-01"), st.integers(1, 2000))
@settings(max_examples=100, deadline=None)
def test_who_comes_later_never_has_less_time(first: datetime.datetime, minutes: int) -> None:
    """Late evenings and weekends included: an hour later the last day is the same or a later one."""
    later = first + datetime.timedelta(minutes=minutes)

    ends = [day_sums.last_day(moment_, 5, NATIONAL, LATE)[0] for moment_ in (first, later)]

    assert ends[0] <= ends[1]


# --- reasons


def reasons(found: DaySum) -> dict[str, str]:
    """Why each day that is told something of does not count, or does."""
    return {one.day.isoformat(): one.why for one in found.days if one.why}


def test_each_day_that_does_not_count_says_why() -> None:
    """Weekend, festival by name, make-up day by name, pause by name, and the day it starts."""
    found = day_sums.count(
        moment("2026-09-30"), Limit(4), NATIONAL, LAW, stops=stops("2026-10-09…2026-10-09")
    )

    told = reasons(found)
    assert told["2026-09-30"] == "起算日不计"
    assert {told[f"2026-10-0{n}"] for n in range(1, 8)} == {"国庆节"}
    assert "2026-10-08" not in told
    assert (told["2026-10-09"], told["2026-10-10"], told["2026-10-11"]) == ("暂停：听证", "调休上班", "周日")
    numbers = {one.day.isoformat(): one.number for one in found.days if one.number}
    assert numbers == {"2026-10-08": 1, "2026-10-10": 2, "2026-10-12": 3, "2026-10-13": 4}


def test_what_came_late_says_so() -> None:
    """The day itself, and the weekend up to the day that is taken for it."""
    found = day_sums.count(moment("2026-11-20 18:00"), Limit(1), NATIONAL, LATE)

    told = [(one.day.isoformat(), one.why) for one in found.days]
    assert told == [
        ("2026-11-20", day_sums.LATE),
        ("2026-11-21", day_sums.LATE),
        ("2026-11-22", day_sums.LATE),
        ("2026-11-23", "起算日不计"),
        ("2026-11-24", ""),
    ]


@pytest.mark.parametrize(
    ("start", "count", "years"),
    [
        ("2026-12-24", 5, ()),
        ("2026-12-24", 6, (2027,)),
        ("2026-12-31", 300, (2027, 2028)),
        ("2019-12-31", 1, ()),
    ],
)
def test_years_without_a_table_are_named(start: str, count: int, years: tuple[int, ...]) -> None:
    """Only those that are counted in; the day it starts is not."""
    assert day_sums.count(moment(start), Limit(count), NATIONAL, LAW).provisional == years


# --- last days, named or in days of the calendar


@pytest.mark.parametrize(
    ("named", "rule", "last"),
    [
        ("2026-11-20", LAW, "2026-11-20"),
        ("2026-11-21", LAW, "2026-11-23"),
        ("2026-10-01", LAW, "2026-10-08"),
        ("2026-10-10", LAW, "2026-10-10"),
        ("2026-10-01", STAYS, "2026-10-01"),
    ],
)
def test_a_last_day_that_was_named_moves_off_a_holiday(named: str, rule: Rule, last: str) -> None:
    """民法典 203(1); unless the hall has set that it stays."""
    found = day_sums.named(day(named), NATIONAL, rule)

    assert end(found) == last
    assert found.limit is None
    assert found.days[0].why == day_sums.NAMED
    assert (found.days[-1].why == day_sums.ROLLED) == (named != last)


@pytest.mark.parametrize(
    ("start", "count", "rule", "last"),
    [
        ("2026-11-16", 4, LAW, "2026-11-20"),
        ("2026-11-16", 5, LAW, "2026-11-23"),
        ("2026-11-16", 5, STAYS, "2026-11-21"),
        ("2026-09-20", 15, LAW, "2026-10-08"),
    ],
)
def test_days_of_the_calendar_count_all_and_roll_at_the_end(
    start: str, count: int, rule: Rule, last: str
) -> None:
    """自然日: weekends count, only the last day moves."""
    found = day_sums.count(moment(start), Limit(count, "calendar"), NATIONAL, rule)

    assert end(found) == last
    assert found.counted == count


# --- pauses


def test_while_a_pause_lasts_there_is_no_end() -> None:
    """It is counted up to today; what has counted stays."""
    found = day_sums.count(
        moment("2026-11-16"), Limit(5), NATIONAL, LAW, stops=stops("2026-11-19…"), today=day("2026-11-24")
    )

    assert (found.end, found.paused, found.counted) == (None, "听证", 2)
    assert found.days[-1].day == day("2026-11-24")
    assert found.is_stopped(day("2026-11-24"))
    assert not found.is_stopped(day("2026-11-18"))


def test_a_pause_that_begins_after_the_end_changes_nothing() -> None:
    """The limit was over before."""
    found = day_sums.count(moment("2026-11-16"), Limit(2), NATIONAL, LAW, stops=stops("2026-11-19…"))

    assert (end(found), found.paused) == ("2026-11-18", "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026-11-20…2026-11-19", "ends_before"),
        ("2026-11-15…2026-11-20", "begins_before"),
        ("2026-11-18… 2026-11-25…", "two_open"),
        ("2026-11-18…2026-11-20 2026-11-20…2026-11-25", "overlaps"),
        ("2026-11-18… 2026-11-20…2026-11-25", "overlaps"),
        ("2026-11-18…2026-11-30 2026-11-20…2026-11-21", "overlaps"),
    ],
)
def test_pauses_that_contradict_each_other_are_refused(text: str, reason: str) -> None:
    """Each by its own reason, in whatever order they come."""
    for found in (stops(text), stops(text)[::-1]):
        with pytest.raises(PauseFault) as caught:
            day_sums.count(moment("2026-11-16"), Limit(5), NATIONAL, LAW, stops=found)
        assert caught.value.reason == reason


def test_pauses_next_to_each_other_are_taken() -> None:
    """One ends on the day before the other begins."""
    found = day_sums.checked(stops("2026-11-20…2026-11-20 2026-11-17…2026-11-19"), day("2026-11-16"))

    assert [stop.first.day for stop in found] == [17, 20]


def each(found: DaySum) -> Iterator[str]:
    """The days of a sum."""
    return (one.day.isoformat() for one in found.days)


def test_a_pause_on_the_first_day_of_all_shows_at_least_that_day() -> None:
    """Nothing has counted, and it can still be told."""
    found = day_sums.count(
        moment("2026-11-16"), Limit(5), NATIONAL, LAW, stops=stops("2026-11-16…"), today=day("2026-11-16")
    )

    assert list(each(found)) == ["2026-11-16"]
    assert (found.counted, found.end) == (0, None)
