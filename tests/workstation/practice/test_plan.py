"""The plan of the days: a cast that fits into forty cases, within the hours, at the two windows."""

from __future__ import annotations

from forms import items
from workstation.practice import hall, plan
from workstation.practice.times import AFTERNOON, CURTAIN, MORNING


def test_the_cast_fits_into_forty_cases() -> None:
    """The usual forty leave room for ordinary cases beside the cast."""
    assert plan.FEWEST < 40 < plan.MOST


def test_entrances_are_within_the_hours_of_the_hall() -> None:
    """Every story of the cast begins while the hall is open, on one of the eleven days."""
    for entrance in plan.CAST:
        minute = entrance.hour * 60
        assert MORNING[0] <= minute < MORNING[1] or AFTERNOON[0] <= minute < AFTERNOON[1]
        assert 0 <= entrance.day <= plan.LAST
        assert entrance.day < plan.LAST or minute < CURTAIN - 30


def test_both_windows_are_busy() -> None:
    """Neither window has all the cast, nor all the couriers."""
    assert {entrance.window for entrance in plan.CAST} == {1, 2}
    assert {call.window for call in plan.CALLS} == {1, 2}


def test_most_of_the_mix_is_ordinary() -> None:
    """Of what comes beside the cast, about half goes its way without a hitch."""
    ordinary = sum(weight for weight, kind in plan.MIX if kind.tale is plan.ORDINARY.tale)

    assert ordinary / sum(weight for weight, _ in plan.MIX) > 0.35


def test_the_hall_is_not_of_two_items() -> None:
    """Certificates, transfers, surveys, and what is not received here at all: of each path something."""
    kinds = [*(entrance.kind for entrance in plan.CAST), *(kind for _, kind in plan.MIX)]
    codes = {kind.item for kind in kinds}

    assert codes >= {plan.RECORD, plan.HOUSEHOLD, plan.SPOUSE, plan.PARENTS, plan.COORDINATES}
    assert {items.by_code(code).path for code in codes} == {"received", "online", "pending"}


def test_a_named_office_is_one_of_the_directory() -> None:
    """A story that an agreement or a guide makes possible goes to the office that has it."""
    named = {kind.office for _, kind in plan.MIX if kind.office}

    assert named == {hall.GRANTING, hall.GUIDING, hall.RESOURCES}
    assert named <= {office.code for office in hall.offices()}
    assert hall.RESOURCES not in {office.code for office in hall.household_offices()}


def test_every_story_of_the_cast_is_in_the_mix_unless_it_belongs_to_the_last_day() -> None:
    """Larger days see everything more than once; what is still in hand at the curtain comes by itself."""
    last_day = {entrance.kind.tale for entrance in plan.CAST if entrance.day == plan.LAST}
    mixed = {kind.tale for _, kind in plan.MIX}

    assert {entrance.kind.tale for entrance in plan.CAST} - mixed <= last_day
