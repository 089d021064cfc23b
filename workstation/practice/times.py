"""The hours of a practice hall: a clock that follows the script and never goes back, and how a story waits.

Every reading of the clock is a moment later than the one before: no two entries of the journal share a time.
"""

from __future__ import annotations

import datetime
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from workstation.domain.times import SHANGHAI, local

T = TypeVar("T")

MINUTE = 60_000
#: Open hours in minutes of the day: nobody begins anything in the last two before a closing.
MORNING = (9 * 60, 11 * 60 + 58)
AFTERNOON = (13 * 60 + 30, 16 * 60 + 58)
#: When the last day ends.
CURTAIN = 15 * 60 + 30


@dataclass(frozen=True)
class Later:
    """The same visit goes on some minutes later; meanwhile the window is taken."""

    minutes: float = 3


@dataclass(frozen=True)
class Days:
    """The story goes on so many working days later, at any hour."""

    count: int


Steps = Generator[Later | Days, None, T]
"""A part of a story: does an act, yields how long it waits, does the next; gives what it was about."""
Story = Steps[None]


class ScriptedClock:
    """Epoch milliseconds by the script."""

    def __init__(self, start: int, rng: Random, pace: float) -> None:
        self.now = start
        self._rng, self._pace = rng, pace

    def __call__(self) -> int:
        """The time, a few seconds after the last time it was asked: that long an act takes."""
        self.now += max(1, round(self._rng.randint(1_200, 4_400) * self._pace))
        return self.now

    def move_to(self, at: int) -> None:
        """Go forward to `at`; a time that has passed already is now."""
        self.now = max(self.now, at)


@dataclass(frozen=True)
class Week:
    """The days that are played, the last of them up to the curtain."""

    days: Sequence[datetime.date]

    def at(self, day: int, minute: float) -> int:
        """Epoch milliseconds of a minute of the day on one of the days."""
        midnight = datetime.datetime.combine(self.days[day], datetime.time(), SHANGHAI)
        return round(midnight.timestamp() * 1000 + minute * MINUTE)

    def day_of(self, at: int) -> int:
        """Which of the days it is."""
        return self.days.index(local(at).date())

    def some_time(self, day: int, rng: Random) -> int:
        """Any open hour of a day, early enough for a visit to come to its end."""
        last = CURTAIN - 20 if day == len(self.days) - 1 else AFTERNOON[1] - 25
        minutes = [*range(MORNING[0] + 4, MORNING[1] - 10), *range(AFTERNOON[0] + 4, last)]
        return self.at(day, rng.choice(minutes) + rng.random())

    def opening(self, at: int) -> int | None:
        """The next open moment from `at` on; None when the curtain has fallen."""
        day = self.day_of(at)
        minute = (at - self.at(day, 0)) / MINUTE
        if day == len(self.days) - 1 and minute >= CURTAIN:
            return None
        for first, last in (MORNING, AFTERNOON):
            if minute < last:
                return max(at, self.at(day, first))
        return self.at(day + 1, MORNING[0])
