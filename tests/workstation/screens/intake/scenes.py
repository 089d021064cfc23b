"""Moments of the hand-in worth a picture; each is played in a hall of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests import builders
from tests.workstation.screens.intake import typing
from tests.workstation.screens.intake.typing import NUMBER, Intake
from tests.workstation.screens.stage import Clerk, Seated, Story, a_desk
from workstation.domain.case import CaseState


def _in(folder: Path) -> Intake:
    return Intake(a_desk(folder), folder).with_offices(3)


def choosing(folder: Path) -> tuple[Seated, Story]:
    """Items found by initials."""

    async def story(clerk: Clerk) -> None:
        await typing.put(clerk, "item", "hkqy")

    return _in(folder).app(), story


def complete(folder: Path) -> tuple[Seated, Story]:
    """All typed, the papers taken, an earlier case of the same person told."""
    intake = _in(folder)
    builders.a_case(intake.desk, CaseState.REGISTERED)
    return intake.app(), typing.everything


def wrong(folder: Path) -> tuple[Seated, Story]:
    """A wrong digit, a number of another kind of document for the agent, the first gap told."""

    async def story(clerk: Clerk) -> None:
        await typing.item(clerk, "63")
        await typing.put(clerk, "basis_place", "450103")
        await typing.put(clerk, "applicant.id_number", NUMBER[:-1] + "5")
        await clerk.press("ctrl+g")
        await typing.put(clerk, "agent.id_number", "E12345678")
        await clerk.press("ctrl+s")

    return _in(folder).app(), story


def hostile(folder: Path) -> tuple[Seated, Story]:
    """Markup, escape sequences and rare characters in every field that takes a text."""

    async def story(clerk: Clerk) -> None:
        await typing.item(clerk)
        await typing.put(clerk, "basis_place", "450103")
        typing.hand_in(clerk).offices.take(
            {
                "code": "450103-new",
                "name": "[bold]x[/]𠮷𬀩㐂派出所",
                "division": "450103",
                "address": "[/oops]",
            }
        )
        await typing.put(clerk, "applicant.name", "𠮷𬀩㐂·[@click=app.quit]x[/]" + "买买提" * 20)
        await typing.put(clerk, "applicant.address", "[/oops]")
        await typing.put(clerk, "remark", "")
        await typing.paste(clerk, "\x1b]0;x\x07[bold]x[/]")

    return _in(folder).app(), story


SCENES: dict[str, Callable[[Path], tuple[Seated, Story]]] = {
    "choosing": choosing,
    "complete": complete,
    "wrong": wrong,
    "hostile": hostile,
}
