"""The statistics of a practice hall, beside the same figures counted from its records, one by one."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.workstation.practice.conftest import CASES, Day
from workstation.acts import statistics, statistics_files, statistics_tables
from workstation.acts.desk import Desk
from workstation.acts.statistics import Statistics
from workstation.domain.case import Case
from workstation.domain.consignment import Consignment
from workstation.policies import DeadlinePolicy

CHINA = datetime.timezone(datetime.timedelta(hours=8))
#: The working days of November 2026, read off a calendar: no holiday is in it.
OFF = {6, 7}


@pytest.fixture(scope="module")
def supervisor(day: Day) -> Desk:
    """The hall with its supervisor at the desk."""
    with day.desk.reading() as reading:
        return replace(day.desk, operator=reading.users.get("2001"))


@pytest.fixture(scope="module")
def found(supervisor: Desk) -> Statistics:
    """The statistics of the whole hall."""
    return statistics.of(supervisor, since="2026-01-01", until="2026-12-31")


@pytest.fixture(scope="module")
def cases(day: Day) -> list[Case]:
    """Every case."""
    with day.desk.reading() as reading:
        return reading.cases.where()


@pytest.fixture(scope="module")
def consignments(day: Day) -> list[Consignment]:
    """Every consignment."""
    with day.desk.reading() as reading:
        return reading.consignments.where()


def moment(at: int) -> datetime.datetime:
    """A time in China."""
    return datetime.datetime.fromtimestamp(at / 1000, CHINA)


def working_days(began: int, ended: int) -> int:
    """After a day, up to and with another, Monday to Friday."""
    first, last = moment(began).date(), moment(ended).date()
    days = [first + datetime.timedelta(days=n) for n in range(1, (last - first).days + 1)]
    return sum(day.isoweekday() not in OFF for day in days)


def test_the_sum_is_the_number_of_cases(found: Statistics, cases: list[Case]) -> None:
    """And each way of dividing them comes to the same sum."""
    assert found.all.registered == len(cases) == CASES
    for groups in (found.items, found.ways, found.clerks):
        assert sum(group.registered for group in groups) == CASES
        assert sum(group.judged for group in groups) == found.all.judged
    assert sum(found.hours) == sum(found.weekdays) == sum(day.count for day in found.days) == CASES


@pytest.mark.parametrize(("groups", "column"), [("items", "item"), ("ways", "path"), ("clerks", "clerk")])
def test_groups_count_what_their_cases_are(
    found: Statistics, cases: list[Case], groups: str, column: str
) -> None:
    """Registered, passed, told, told again, on the same day: case by case."""
    counted: dict[str, Counter[str]] = {}
    for case in cases:
        counts = counted.setdefault(getattr(case, column), Counter())
        counts["registered"] += 1
        counts["passed"] += case.passed_at is not None
        counts["passed_at_once"] += case.passed_at is not None and not case.notices
        counts["judged"] += case.passed_at is not None or case.notices > 0
        counts["told"] += case.notices > 0
        counts["told_again"] += case.notices > 1
        if case.passed_at is not None:
            same = moment(case.passed_at).date() == moment(case.registered_at).date()
            counts["passed_same_day"] += same

    for group in getattr(found, groups):
        figures = {name: value for name, value in vars(group).items() if name not in ("key", "name")}
        assert figures == {name: counted[group.key][name] for name in figures}
    assert {group.key for group in getattr(found, groups)} == counted.keys()


def test_rates_have_numerator_and_denominator(found: Statistics, cases: list[Case]) -> None:
    """首次通过, 二次告知 and 实时可通办, each counted by hand."""
    first, again, _, same_day = found.rates
    received = [case for case in cases if case.state != "guided"]
    once = [c for c in cases if c.passed_at is not None and c.notices == 0]
    judged = [c for c in cases if c.passed_at is not None or c.notices]
    told = [c for c in cases if c.notices]

    assert (first.part, first.whole) == (len(once), len(judged))
    assert (again.part, again.whole) == (sum(c.notices > 1 for c in cases), len(told))
    assert same_day.whole == len(received)
    assert 0 < again.part < again.whole


def test_states_and_outcomes(found: Statistics, cases: list[Case], consignments: list[Consignment]) -> None:
    """Each state and outcome that occurs, with its number; nothing is left out."""
    outcomes = Counter(each.outcome or "" for each in consignments)

    assert {tally.key: tally.count for tally in found.states} == Counter(case.state for case in cases)
    assert {tally.key: tally.count for tally in found.outcomes} == outcomes
    assert found.consignments == len(consignments)


def test_provinces_are_those_of_the_home_offices(found: Statistics, consignments: list[Consignment]) -> None:
    """By the first two digits of the office's division; the largest comes first."""
    wanted = Counter(f"{each.office_division[:2]}0000" for each in consignments)

    assert {tally.key: tally.count for tally in found.provinces} == wanted
    assert [tally.count for tally in found.provinces] == sorted(wanted.values(), reverse=True)
    assert (found.here, next(t.name for t in found.provinces if t.key == "430000")) == ("福建省", "湖南省")


def test_hours_and_weekdays(found: Statistics, cases: list[Case]) -> None:
    """By the clock on the wall; days without a case are in the line too."""
    hours = Counter(moment(case.registered_at).hour for case in cases)
    weekdays = Counter(moment(case.registered_at).weekday() for case in cases)
    days = Counter(moment(case.registered_at).date().isoformat() for case in cases)

    assert list(found.hours) == [hours[hour] for hour in range(24)]
    assert list(found.weekdays) == [weekdays[day] for day in range(7)]
    assert {tally.key: tally.count for tally in found.days if tally.count} == days
    assert any(tally.count == 0 for tally in found.days)


def ended_legs(case: Case, of: Consignment) -> Iterator[tuple[str, int, int]]:
    """Each leg of a consignment that has been done, with its two moments."""
    legs = {
        "seal": (case.passed_at, of.sealed_at),
        "pickup": (of.sealed_at, of.handed_over_at),
        "answer": (of.acknowledged_at, of.accepted_at),
        "decide": (of.accepted_at, of.decided_at),
        "return": (of.decided_at, of.returned_at),
        "arrive": (of.returned_at, of.arrived_at),
        "serve": (of.arrived_at, of.served_at),
    }
    for name, (began, ended) in legs.items():
        if began is not None and ended is not None and ended >= began:
            yield name, began, ended


def test_what_is_on_time_is_counted_in_working_days(
    found: Statistics, cases: list[Case], consignments: list[Consignment]
) -> None:
    """By the days the hall has set for each leg."""
    policy = DeadlinePolicy()
    allowed = {
        "seal": policy.seal_days,
        "pickup": policy.pickup_days,
        "answer": policy.answer_days,
        "decide": policy.decision_days,
        "return": policy.return_days,
        "arrive": policy.arrival_days,
        "serve": policy.service_days,
    }
    by_number = {case.number: case for case in cases}
    done, kept = Counter[str](), Counter[str]()
    for each in consignments:
        for leg, began, ended in ended_legs(by_number[each.case_number], each):
            done[leg] += 1
            kept[leg] += working_days(began, ended) <= allowed[leg]

    assert {rate.key: (rate.part, rate.whole) for rate in found.on_time} == {
        leg: (kept[leg], done[leg]) for leg in allowed
    }
    assert found.rates[2].whole == done.total()


def test_a_hall_with_less_time_is_less_on_time(supervisor: Desk, found: Statistics) -> None:
    """The settings decide, and whether the first day counts."""

    def kept(policy: DeadlinePolicy) -> int:
        taken = statistics.of(supervisor, since="2026-01-01", until="2026-12-31", policy=policy)
        return sum(rate.part for rate in taken.on_time)

    hurried = DeadlinePolicy(answer_days=1, return_days=1)

    assert kept(hurried) < sum(rate.part for rate in found.on_time)
    assert kept(DeadlinePolicy(answer_days=1, return_days=1, first_day_counts=True)) < kept(hurried)


def test_legs_of_offices_add_up(found: Statistics) -> None:
    """The line of all offices has as many as the offices together."""
    for leg in statistics.WAITS:
        of_leg = [wait for wait in found.waits if wait.leg == leg]
        everybody = [wait.count for wait in of_leg if not wait.office]
        assert everybody == [sum(wait.count for wait in of_leg if wait.office)]
        assert all(wait.p50 <= wait.p90 for wait in of_leg)


def test_a_part_of_the_time_is_a_part_of_the_cases(supervisor: Desk, found: Statistics) -> None:
    """Two halves of the days have together what the whole has."""
    middle = found.days[len(found.days) // 2].key
    before = (datetime.date.fromisoformat(middle) - datetime.timedelta(days=1)).isoformat()

    halves = [
        statistics.of(supervisor, since="2026-01-01", until=before),
        statistics.of(supervisor, since=middle, until="2026-12-31"),
    ]

    assert sum(half.all.registered for half in halves) == CASES
    assert all(half.all.registered for half in halves)
    assert sum(half.consignments for half in halves) == found.consignments


def test_the_anchor_is_that_of_the_journal(day: Day, found: Statistics) -> None:
    """What is counted can be held beside a sheet of the same moment."""
    assert (found.entries, found.anchor) == (len(day.entries), day.document["journal"]["anchor"])


def test_every_view_has_lines(found: Statistics) -> None:
    """All seven, and each line has a figure under each head."""
    views = statistics_tables.views(found)

    assert list(views) == list(statistics_tables.VIEWS)
    for tables in views.values():
        assert any(table.rows for table in tables)
        assert {
            len(row.figures) for t in tables for row in t.rows if len(row.figures) != len(t.heads) - 1
        } == set()


def test_the_paper_says_it_is_practice(found: Statistics) -> None:
    """Like every paper of such a hall; drawn twice it is the same."""
    first = statistics_files.drawn(found)

    assert first == statistics_files.drawn(found)
    assert first != statistics_files.drawn(replace(found, practice=False))


def test_nothing_personal_is_in_it(day: Day, found: Statistics, cases: list[Case]) -> None:
    """No name, number, telephone or address of anybody."""
    told = repr(found) + statistics_files.tabled(found, "csv").decode("utf-8-sig")

    assert cases
    for case in cases:
        assert not any(
            text in told for text in (case.applicant_name, case.applicant_id, case.applicant_phone)
        )
