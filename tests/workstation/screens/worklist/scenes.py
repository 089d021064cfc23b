"""Moments of the worklist worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests import builders
from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, a_desk
from workstation.acts import drafts
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState

Scene = Callable[[Path], tuple[Seated, Story]]


def _day(folder: Path) -> tuple[Seated, Story]:
    """Some cases in several states."""
    desk = a_desk(folder)
    for state in (CaseState.REGISTERED, CaseState.REGISTERED, CaseState.TO_CORRECT, CaseState.REVIEWED):
        builders.a_case(desk, state)
    builders.a_consignment(desk, ConsignmentState.RESULT_ARRIVED)

    async def story(clerk: Clerk) -> None:
        await clerk.press("tab")

    return a_counter(desk, folder), story


def _rare(folder: Path) -> tuple[Seated, Story]:
    """Names with rare characters, a hostile item of the hall, a draft with a hostile title."""
    desk = a_desk(folder)
    for name in ("𠮷野示例", "𬀩㐂示例", "买买提·吐尔逊江·阿布都热合曼"):
        builders.a_case(desk, CaseState.REGISTERED, applicant=builders.a_person(name))
    drafts.begin(desk, "intake", {}, title="[bold]x[/] [/oops] \x1b]0;x\x07")

    async def story(clerk: Clerk) -> None:
        await clerk.press("up")

    return a_counter(desk, folder), story


SCENES: dict[str, Scene] = {"day": _day, "rare": _rare}
