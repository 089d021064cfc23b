"""Practice 演练: a hall that does not exist is founded, and eleven days are played in it.

Everything happens through the acts, under a scripted clock and chance from one seed: the same seed gives the
same numbers, papers and journal. Who does what on which day stands in `plan`; `stories` tell it.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from random import Random

from workstation import bootstrap
from workstation.acts.progress import Progress, silent
from workstation.domain.people import Hall
from workstation.domain.times import local
from workstation.errors import Refused, WrongUsage
from workstation.practice import hall, plan
from workstation.practice.company import Company
from workstation.practice.played import Played, summed_up
from workstation.practice.stage import Stage
from workstation.practice.times import CURTAIN, ScriptedClock, Week
from workstation.reference.calendars import NATIONAL
from workstation.settings import Home

__all__ = ["Played", "days_up_to", "latest_start", "play", "show"]

#: Up to this many cases everybody takes the time people take; beyond, everything goes faster.
_UNHURRIED = 150


def play(
    home: Path | Home, *, cases: int, seed: int, start: datetime.date, progress: Progress = silent
) -> Played:
    """Found a practice hall in an empty or missing home and play there, up to the afternoon of `start`."""
    week = Week(days_up_to(start))
    _refuse_impossible(cases, week)
    rng = Random(seed)
    pace = min(1.0, _UNHURRIED / cases)
    clock = ScriptedClock(week.at(0, 9 * 60), Random(rng.getrandbits(64)), pace)
    opened = bootstrap.found_hall(home, hall.plan(seed), practice_seed=seed, clock=clock).opened
    try:
        stage = Stage(week, clock, pace)
        Company(opened.desk, seed, week, rng).enter(stage, cases)
        stage.run(progress)
        return summed_up(opened.desk, hall.operators(seed))
    finally:
        opened.close()


def show(home: Path | Home) -> Played:
    """A practice hall as it stands now, played here before; a hall in earnest is refused."""
    opened = bootstrap.open_hall(home)
    try:
        if opened.settings.practice is None:
            raise _in_earnest(opened.desk.hall)
        return summed_up(opened.desk, hall.operators(opened.settings.practice.seed))
    finally:
        opened.close()


def latest_start(now: int) -> datetime.date:
    """The latest day whose curtain has fallen: acts that follow are not refused for a clock set back."""
    at = local(now)
    if at.hour * 60 + at.minute >= CURTAIN:
        return at.date()
    return NATIONAL.working_days_before(at.date(), 1)[0]


def days_up_to(start: datetime.date) -> list[datetime.date]:
    """The ten working days before the start, and that day, whatever day it is."""
    try:
        return [*NATIONAL.working_days_before(start, plan.DAYS_BEFORE), start]
    except OverflowError as error:
        raise _impossible_start() from error


def _refuse_impossible(cases: int, week: Week) -> None:
    if week.days[0].year < 2000 or week.days[-1].year > 2099:
        raise _impossible_start()
    if cases < plan.FEWEST:
        raise WrongUsage(
            "practice-too-few-cases",
            what=f"{cases} 个办件演不成，没有执行。",
            why=f"至少要 {plan.FEWEST} 个办件，每种状态、手续和纸面才都出现。",
            next=f"请用 --cases {plan.FEWEST} 或更多。",
        )
    if cases > plan.MOST:
        raise WrongUsage(
            "practice-too-many-cases",
            what=f"{cases} 个办件演不成，没有执行。",
            why=f"两个窗口十一天办不完这么多，至多 {plan.MOST} 个。",
            next=f"请用 --cases {plan.MOST} 或更少。",
        )


def _impossible_start() -> WrongUsage:
    return WrongUsage(
        "practice-start",
        what="演练不能从这一天开始，没有执行。",
        why="编号里的日期在 2000 年至 2099 年之间，演练还要用到之前的十个工作日。",
        next="请用 --start 给出这之间的一天，如 2026-11-20。",
    )


def _in_earnest(place: Hall) -> Refused:
    return Refused(
        "not-a-practice-hall",
        what="这里是正式大厅，不是演练大厅。",
        why=f"数据目录里的大厅是“{place.name}”。",
        next="办理请写名词和动词（workstation --help）；演练请用 --home 指明另一个目录。",
    )
