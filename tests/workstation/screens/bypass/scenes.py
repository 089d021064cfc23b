"""Moments of 体外循环 worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests import builders
from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, a_desk
from workstation.acts import formal_review
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState

Scene = Callable[[Path], tuple[Seated, Story]]

DAY = 24 * 60 * 60 * 1000


def with_signs(desk: Desk) -> dict[str, str]:
    """One case for each kind of sign, by the kind; days have passed since."""
    unreviewed = builders.a_case(desk, CaseState.REGISTERED).number
    untold = builders.a_case(desk, CaseState.REGISTERED).number
    formal_review.review(desk, untold, [builders.missing("statement")])
    later = builders.a_consignment(desk, ConsignmentState.HOME_CORRECTING).case_number
    builders.a_case(desk, CaseState.CLOSED)
    clock = desk.store.clock
    assert isinstance(clock, builders.Ticking)
    clock.start += 6 * DAY
    return {"unreviewed": unreviewed, "untold": untold, "found_later": later}


def _signs(folder: Path) -> tuple[Seated, Story]:
    """All three kinds."""
    desk = a_desk(folder)
    with_signs(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.press("down")

    return a_counter(builders.at(desk, "2001"), folder, "bypass"), story


def _none(folder: Path) -> tuple[Seated, Story]:
    """Nothing to see."""
    desk = a_desk(folder)

    async def story(clerk: Clerk) -> None:
        await clerk.settle()

    return a_counter(builders.at(desk, "4001"), folder, "bypass"), story


SCENES: dict[str, Scene] = {"signs": _signs, "none": _none}
