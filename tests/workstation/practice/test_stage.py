"""The stage: stories go on at their time, one visit at a window at a time, within the hours of the hall."""

from __future__ import annotations

import datetime
from random import Random

import pytest

from workstation.domain.times import local
from workstation.practice.stage import Stage
from workstation.practice.times import CURTAIN, Days, Later, ScriptedClock, Story, Week

WEEK = Week([datetime.date(2026, 11, day) for day in (17, 18, 19, 20)])
NINE = 9 * 60
Wait = Later | Days


class House:
    """A stage with a clock, and stories that write down when they had a turn."""

    def __init__(self, pace: float = 1.0) -> None:
        self.clock = ScriptedClock(WEEK.at(0, NINE), Random(1), pace)
        self.stage = Stage(WEEK, self.clock, pace)
        self.turns: list[tuple[str, str]] = []

    def enter(self, name: str, *waits: Wait, day: int = 0, minute: float = NINE, window: int = 1) -> None:
        """Let a story with these waits begin."""
        story = self._story(name, *waits)
        self.stage.enter(story, window=window, at=WEEK.at(day, minute), rng=Random(name))

    def _story(self, name: str, *waits: Wait) -> Story:
        for wait in (*waits, None):
            self.turns.append((name, f"{local(self.clock()):%d %H:%M}"))
            if wait is not None:
                yield wait

    def play(self) -> list[tuple[str, str]]:
        """Play all, and give the turns."""
        self.stage.run()
        return self.turns


def test_stories_take_turns_by_time() -> None:
    """Who began earlier is not served first when the other's time comes first."""
    house = House()
    house.enter("one", Days(1), minute=NINE + 30)
    house.enter("two", minute=NINE + 10)

    assert [name for name, _ in house.play()] == ["two", "one", "one"]


def test_a_visit_is_not_interrupted_at_its_window() -> None:
    """Who comes in the middle waits until the visit is over."""
    house = House()
    house.enter("visit", Later(10), Later(10))
    house.enter("next", minute=NINE + 5)

    assert [name for name, _ in house.play()] == ["visit", "visit", "visit", "next"]


def test_the_other_window_does_not_wait() -> None:
    """Two windows serve two visits at once."""
    house = House()
    house.enter("visit", Later(10), Later(10))
    house.enter("next", minute=NINE + 5, window=2)

    assert [name for name, _ in house.play()] == ["visit", "next", "visit", "visit"]


def test_days_are_working_days_of_the_week_played() -> None:
    """Two days later is the day after the next."""
    house = House()
    house.enter("one", Days(2))

    assert [at[:2] for _, at in house.play()] == ["17", "19"]


def test_what_falls_at_noon_goes_on_at_half_past_one() -> None:
    """Nobody begins anything between 11:58 and 13:30."""
    house = House()
    house.enter("one", minute=11 * 60 + 58)

    assert house.play() == [("one", "17 13:30")]


def test_who_has_waited_until_noon_goes_on_after_it() -> None:
    """A visit that is not over at noon keeps the next one waiting until the afternoon."""
    house = House()
    house.enter("visit", Later(10), minute=11 * 60 + 56)
    house.enter("next", minute=11 * 60 + 57)

    assert [f"{name} {at[3:5]}" for name, at in house.play()] == ["visit 11", "visit 13", "next 13"]


def test_what_falls_after_closing_goes_on_the_next_morning() -> None:
    """A visit that is too late is the first of the next day."""
    house = House()
    house.enter("one", minute=17 * 60 + 20)

    assert house.play() == [("one", "18 09:00")]


def test_what_comes_after_the_curtain_is_not_played() -> None:
    """The last day ends in the afternoon, and no day follows it."""
    house = House()
    house.enter("late", day=3, minute=CURTAIN)
    house.enter("beyond", Days(1), day=3, minute=CURTAIN - 30)

    assert [name for name, _ in house.play()] == ["beyond"]


@pytest.mark.parametrize("seed", range(5))
def test_any_time_of_a_day_is_within_its_hours(seed: int) -> None:
    """Some time of a day leaves room for a visit before noon, closing or curtain."""
    rng = Random(seed)

    for day in range(len(WEEK.days)):
        for _ in range(200):
            at = WEEK.some_time(day, rng)
            assert WEEK.opening(at) == at
            assert WEEK.day_of(at) == day
            assert day < 3 or at < WEEK.at(3, CURTAIN - 15)


def test_the_clock_never_stands_still_nor_goes_back() -> None:
    """Each reading is later than the one before, also after a move into the past and at the fastest pace."""
    clock = ScriptedClock(WEEK.at(0, NINE), Random(1), 0.000_01)
    readings = [clock()]

    for _ in range(50):
        clock.move_to(WEEK.at(0, NINE))
        readings.append(clock())

    assert readings == sorted(set(readings))
