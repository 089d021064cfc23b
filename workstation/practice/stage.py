"""Many stories on one stage: what each does next is merged by time, one visit at a window at a time."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from random import Random

from workstation.acts.progress import Progress, silent
from workstation.practice.times import MINUTE, Days, Later, ScriptedClock, Story, Week


@dataclass(order=True)
class _Turn:
    """When a story goes on; of two at one time, the one that came on stage first."""

    at: int
    ordinal: int
    story: Story = field(compare=False)
    window: int = field(compare=False)
    rng: Random = field(compare=False)


class Stage:
    """Plays stories up to the end of the last day."""

    def __init__(self, week: Week, clock: ScriptedClock, pace: float) -> None:
        self._week, self._clock, self._pace = week, clock, pace
        self._turns: list[_Turn] = []
        self._entered = 0
        self._free: dict[int, int] = {}
        self._visits: dict[int, int] = {}
        """Of each window: when it is free again, and whose visit is going on there."""

    def enter(self, story: Story, *, window: int, at: int, rng: Random) -> None:
        """Let a story begin at a window at this time."""
        heapq.heappush(self._turns, _Turn(at, self._entered, story, window, rng))
        self._entered += 1

    def run(self, progress: Progress = silent) -> None:
        """Play until nothing is left that would still happen; each day is a step."""
        days = len(self._week.days)
        while self._turns:
            progress(self._week.day_of(self._clock.now), days)
            turn = heapq.heappop(self._turns)
            now = max(turn.at, self._clock.now)
            at = self._week.opening(now)
            if self._free_at(turn) > turn.at:
                self._again(turn, self._free_at(turn))
            elif at is not None and at > now:
                self._again(turn, at)
            elif at is not None:
                self._clock.move_to(at)
                self._play(turn)

    def _free_at(self, turn: _Turn) -> int:
        return 0 if self._visits.get(turn.window) == turn.ordinal else self._free.get(turn.window, 0)

    def _play(self, turn: _Turn) -> None:
        try:
            wait = next(turn.story)
        except StopIteration:
            self._leave(turn)
            return
        if isinstance(wait, Later):
            self._stay(turn, wait)
        else:
            self._leave(turn)
            self._come_back(turn, wait)

    def _stay(self, turn: _Turn, wait: Later) -> None:
        """The visit goes on: nobody else has a turn at this window before it does."""
        minutes = wait.minutes * turn.rng.uniform(0.6, 1.4) * self._pace
        at = self._clock.now + round(minutes * MINUTE)
        self._visits[turn.window] = turn.ordinal
        self._free[turn.window] = at + 1
        self._again(turn, at)

    def _leave(self, turn: _Turn) -> None:
        self._visits.pop(turn.window, None)
        pause = round(turn.rng.randint(15, 60) * 1000 * self._pace)
        self._free[turn.window] = self._clock.now + pause

    def _come_back(self, turn: _Turn, wait: Days) -> None:
        day = self._week.day_of(self._clock.now) + wait.count
        if day < len(self._week.days):
            self._again(turn, self._week.some_time(day, turn.rng))

    def _again(self, turn: _Turn, at: int) -> None:
        turn.at = at
        heapq.heappush(self._turns, turn)
