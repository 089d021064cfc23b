"""Moments of the registers worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests import builders
from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, a_desk
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState

Scene = Callable[[Path], tuple[Seated, Story]]


def _at_it(folder: Path, **given: str) -> Seated:
    desk = a_desk(folder)
    builders.a_case(desk, CaseState.CLOSED)
    builders.a_consignment(desk, ConsignmentState.ACCEPTED)
    hostile = builders.an_office(2, name="[bold]示例[/] [/oops] 㐂·派出所")
    builders.a_consignment(desk, ConsignmentState.HANDED_OVER, offices=(hostile,))
    builders.a_case(desk, CaseState.DECLINED, applicant=builders.a_person("阿依古丽·买买提·示例"))
    return a_counter(builders.at(desk, "2001"), folder, "registers", **given)


def _intake(folder: Path) -> tuple[Seated, Story]:
    """收件台账 of the day."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("down", "down")

    return _at_it(folder), story


def _line(folder: Path) -> tuple[Seated, Story]:
    """All of one line."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter")

    return _at_it(folder), story


def _handover(folder: Path) -> tuple[Seated, Story]:
    """交接清单, with an office that is called badly."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("end")

    return _at_it(folder, register="handover"), story


def _refused(folder: Path) -> tuple[Seated, Story]:
    """A file of a kind there is not."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        await clerk.fill("path", "台账.doc")
        await clerk.press("ctrl+s")

    return _at_it(folder), story


SCENES: dict[str, Scene] = {"intake": _intake, "line": _line, "handover": _handover, "refused": _refused}
