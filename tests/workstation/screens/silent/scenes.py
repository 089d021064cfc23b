"""Moments of the silent offices worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.builders import an_office
from tests.workstation.acts import parcels
from tests.workstation.screens.silent.waiting import days_pass, owed
from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, a_desk
from workstation.acts import dunning
from workstation.domain.consignment import ConsignmentState


def _none(folder: Path) -> tuple[Seated, Story]:
    """Nobody is silent."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")

    return a_counter(a_desk(folder), folder, "silent"), story


def _several(folder: Path) -> tuple[Seated, Story]:
    """Receipts and a result that do not come, one delivered; a second letter is asked about."""
    desk = a_desk(folder)
    parcels.mailed(desk)
    parcels.take(desk, "702", "704/10")
    dunning.dun(desk, owed(desk).id)
    owed(desk, ConsignmentState.DECIDED)

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")

    return a_counter(desk, folder, "silent"), story


def _hostile(folder: Path) -> tuple[Seated, Story]:
    """An office with a name that would steer a terminal, about to be called; the date is refused."""
    desk = a_desk(folder)
    name = f"[bold]x[/] [/oops] [@click=app.quit]x[/] 𠮷𬀩㐂·{'很长的名称' * 8}"
    owed(desk, offices=(an_office(name=name),))
    days_pass(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        await clerk.fill("next_on", "2026-11-01")
        await clerk.press("ctrl+s")

    return a_counter(desk, folder, "silent"), story


SCENES: dict[str, Callable[[Path], tuple[Seated, Story]]] = {
    "none": _none,
    "several": _several,
    "hostile": _hostile,
}
