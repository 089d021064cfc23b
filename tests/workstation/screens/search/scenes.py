"""Moments of the search worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests import builders
from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, a_desk
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState


def _hall(folder: Path, text: str) -> Seated:
    """A hall with some cases, one under a long and rare name."""
    desk = a_desk(folder)
    builders.a_case(desk, CaseState.REGISTERED)
    builders.a_consignment(desk, ConsignmentState.SEALED)
    builders.a_case(desk, CaseState.TO_CORRECT, applicant=builders.a_person("𠮷𬀩㐂·买买提·吐尔逊·阿卜杜拉"))
    return a_counter(desk, folder, "search", text=text)


async def _as_it_is(clerk: Clerk) -> None:
    await clerk.settle()


def _found(folder: Path) -> tuple[Seated, Story]:
    return _hall(folder, "450103199003070004"), _as_it_is


def _nothing(folder: Path) -> tuple[Seated, Story]:
    return _hall(folder, "[bold]x[/] [/oops] [@click=app.quit]x[/]"), _as_it_is


SCENES: dict[str, Callable[[Path], tuple[Seated, Story]]] = {"found": _found, "nothing": _nothing}
