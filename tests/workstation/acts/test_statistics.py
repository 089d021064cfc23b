"""Statistics of a small hall: who may see them, no case, one case, a wrong time, and how rates read."""

from __future__ import annotations

import datetime

import pytest

from tests import builders
from tests.builders import as_role, at
from workstation.acts import statistics, statistics_tables
from workstation.acts.desk import Desk
from workstation.acts.statistics import Rate, Statistics, is_on_time
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.domain.roles import Role
from workstation.errors import Refused, WrongUsage
from workstation.policies import DeadlinePolicy
from workstation.reference import calendars

FRIDAY = datetime.date(2026, 11, 20)


@pytest.fixture
def supervisor(desk: Desk) -> Desk:
    """The supervisor's desk in a hall in which nothing has happened yet."""
    return at(desk, "2001")


@pytest.mark.parametrize("role", sorted(Role))
def test_who_may_see_them(desk: Desk, role: Role) -> None:
    """Those who supervise; a clerk, who would see colleagues, may not."""
    seat = as_role(desk, role)

    if role in (Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR):
        assert statistics.of(seat).all.registered == 0
        return
    with pytest.raises(Refused) as refused:
        statistics.of(seat)
    assert refused.value.code == "statistics-role"


def test_nobody_sees_them_who_has_not_signed_in(desk: Desk) -> None:
    """Like everything else."""
    with pytest.raises(Refused) as refused:
        statistics.of(Desk(desk.store, 1, desk.tray))

    assert refused.value.code == "nobody-signed-in"


def test_an_empty_time(supervisor: Desk) -> None:
    """Counts are nought, rates are 无, and each view can still be shown."""
    builders.a_case(at(supervisor, "1001"), CaseState.REVIEWED)

    found = statistics.of(supervisor, since="2020-01-01", until="2020-12-31")

    assert (found.all.registered, found.consignments, found.days, found.waits) == (0, 0, (), ())
    assert [rate.told for rate in found.rates] == ["无"] * 4
    assert (sum(found.hours), sum(found.weekdays)) == (0, 0)
    for tables in statistics_tables.views(found).values():
        assert all(table.share(row) == 0 for table in tables for row in table.rows)


def test_one_case(supervisor: Desk) -> None:
    """It is all of its item, way, clerk, province, hour and weekday."""
    case = builders.a_case(at(supervisor, "1001"), CaseState.REVIEWED)

    found = statistics.of(supervisor)

    (item,), (way,), (clerk,) = found.items, found.ways, found.clerks
    assert (item.key, way.key, clerk.key) == (case.item, case.path, "1001")
    assert (item.registered, item.passed_at_once, item.passed_same_day) == (1, 1, 1)
    assert [(state.key, state.count) for state in found.states] == [("reviewed", 1)]
    assert [(each.name, each.count) for each in found.provinces] == [("广西壮族自治区", 1)]
    assert (found.hours[9], found.weekdays[4]) == (1, 1)
    assert [(day.key, day.count) for day in found.days] == [("2026-11-20", 1)]
    assert [(wait.leg, wait.count) for wait in found.waits] == [("review", 1)] * 2
    assert [rate.told for rate in found.rates] == ["100.0%", "无", "无", "100.0%"]


def test_a_way_to_the_end(supervisor: Desk) -> None:
    """Each leg that was gone stands there, and is on time."""
    clerk = at(supervisor, "1001")
    consignment = builders.a_consignment(clerk, ConsignmentState.RESULT_ARRIVED)

    found = statistics.of(supervisor)

    legs = {wait.leg for wait in found.waits if wait.office == consignment.office_code}
    assert legs == set(statistics.WAITS) - {"serve"}
    assert {rate.key for rate in found.on_time if rate.whole} >= {"seal", "pickup", "return", "arrive"}
    assert all(rate.part == rate.whole for rate in found.on_time)
    assert [(each.key, each.count) for each in found.outcomes] == [("granted", 1)]


def test_told_twice(supervisor: Desk) -> None:
    """A second notice counts for the item and the clerk, and nobody passed at once."""
    clerk = at(supervisor, "1001")
    builders.a_case(clerk, CaseState.TO_CORRECT)

    found = statistics.of(supervisor)

    first, again, _, same_day = found.rates
    assert (first.part, first.whole, again.part, again.whole) == (0, 1, 0, 1)
    assert (same_day.part, same_day.whole) == (0, 1)


def test_who_is_guided_is_not_handled_here(supervisor: Desk) -> None:
    """The case counts as registered and not in 实时可通办, whose source nobody has read."""
    builders.a_case(at(supervisor, "1001"), CaseState.GUIDED)

    found = statistics.of(supervisor)

    assert (found.all.registered, found.rates[3].whole, found.rates[3].told) == (1, 0, "无")
    assert any("实时可通办率：来源：未核对" in note for note in statistics_tables.NOTES)


def test_unnamed_it_is_this_year_up_to_today(supervisor: Desk) -> None:
    """By the hall's clock."""
    found = statistics.of(supervisor)

    assert (found.since, found.until, found.here) == ("2026-01-01", "2026-11-20", "福建省")


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [("2026-11-21", "2026-11-20", "span-empty"), ("昨天", None, "day-impossible")],
)
def test_a_wrong_time_is_refused(supervisor: Desk, since: str, until: str | None, code: str) -> None:
    """Backwards, or no day at all."""
    with pytest.raises(WrongUsage) as refused:
        statistics.of(supervisor, since=since, until=until)

    assert refused.value.code == code


def test_looking_writes_nothing(supervisor: Desk) -> None:
    """The journal's head stays where it is."""
    before = builders.head(supervisor)

    statistics.of(supervisor)

    assert builders.head(supervisor) == before


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [
        (0, 0, "无"),
        (0, 3, "0.0%"),
        (1, 3, "33.3%"),
        (2, 3, "66.6%"),
        (9999, 10000, "99.9%"),
        (3, 3, "100.0%"),
    ],
)
def test_a_rate_is_rounded_down(part: int, whole: int, told: str) -> None:
    """What is not all of them is never told as 100 %."""
    rate = Rate("first_time", "首次通过率", part, whole)

    assert rate.told == told
    assert rate.share == (part / whole if whole else 0)


@pytest.mark.parametrize(("days_later", "is_kept"), [(0, True), (3, True), (4, True), (5, False)])
def test_weekends_do_not_count(days_later: int, is_kept: bool) -> None:
    """Two working days from a Friday are over on Tuesday."""
    ended = FRIDAY + datetime.timedelta(days=days_later)

    assert is_on_time(calendars.NATIONAL, FRIDAY, ended, DeadlinePolicy(seal_days=2), leg="seal") == is_kept


@pytest.mark.parametrize(
    ("tenths", "told"), [(0, "0.0"), (7, "0.7"), (99, "9.9"), (100, "10"), (1230, "123")]
)
def test_hours_are_told_as_they_were_ranked(tenths: int, told: str) -> None:
    """With a tenth below ten hours, whole from there on."""
    assert statistics_tables.hours(tenths) == told


def test_a_province_the_table_does_not_know_is_its_code() -> None:
    """Codes change; a figure is never left out for that."""
    assert (statistics.province("450103"), statistics.province("990101")) == ("广西壮族自治区", "990000")


def test_the_overview_has_full_bars_for_hundred_per_cent(supervisor: Desk) -> None:
    """A rate's bar is its share of all, a count's of the largest count."""
    builders.a_case(at(supervisor, "1001"), CaseState.REVIEWED)
    found: Statistics = statistics.of(supervisor)

    counts, rates, _ = statistics_tables.views(found)["overview"]

    assert [counts.share(row) for row in counts.rows] == [1.0, 1.0, 0.0, 1.0]
    assert [rates.share(row) for row in rates.rows] == [1.0, 0.0, 0.0, 1.0]
