"""Moments of the deadlines worth a picture."""

from __future__ import annotations

from pathlib import Path

from tests import builders
from tests.builders import an_office
from tests.workstation.acts.test_silence import days_pass
from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, a_desk
from workstation.acts import pauses
from workstation.domain.consignment import ConsignmentState


def _running(folder: Path) -> tuple[Seated, Story]:
    """A decision that pauses; the one before was late."""
    desk = a_desk(folder)
    name = builders.a_consignment(desk, ConsignmentState.ACKNOWLEDGED).id
    days_pass(desk, 12)
    builders.advance(desk, name, ConsignmentState.ACCEPTED)
    pauses.begin(desk, name, "correcting")
    days_pass(desk, 3)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f5")

    return a_counter(desk, folder, "deadlines", number=name.partition("-")[0]), story


def _provisional(folder: Path) -> tuple[Seated, Story]:
    """Days that run into a year without a table, of an office with a name that would steer a terminal."""
    desk = a_desk(folder)
    days_pass(desk, 36)
    name = f"[bold]x[/] [/oops] [@click=app.quit]x[/] 𠮷𬀩㐂·{'很长的名称' * 8}"
    consignment = builders.a_consignment(desk, ConsignmentState.ACCEPTED, offices=(an_office(name=name),))

    async def story(clerk: Clerk) -> None:
        await clerk.press("tab")

    return a_counter(desk, folder, "deadlines", number=consignment.id), story


def _refused(folder: Path) -> tuple[Seated, Story]:
    """A hearing that nobody was told of in writing."""
    desk = a_desk(folder)
    name = builders.a_consignment(desk, ConsignmentState.ACCEPTED).id

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2", "ctrl+s")

    return a_counter(desk, folder, "deadlines", number=name), story


SCENES = {"running": _running, "provisional": _provisional, "refused": _refused}
