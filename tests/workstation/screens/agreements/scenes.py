"""Moments of the agreements worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests import builders
from tests.builders import an_office, at
from tests.workstation.screens.filling import fill_in
from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, a_desk
from workstation.acts import offices
from workstation.acts.desk import Desk

HOSTILE = ("[bold]x[/] 公安局", "[/oops] 𠮷𬀩㐂·买买提 派出所")


def with_agreements(desk: Desk) -> Desk:
    """The supervisor of a hall with one agreement that holds, one to come and one of the past."""
    supervising = at(desk, "2001")
    builders.granted(supervising)
    builders.granted(supervising, 2, "63", valid_from="2027-01-01", powers=("notify",), document_number=None)
    builders.granted(supervising, 1, "63", valid_to="2026-06-30")
    return supervising


def listed(folder: Path) -> tuple[Seated, Story]:
    """Every state."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter", "down")

    return a_counter(with_agreements(a_desk(folder)), folder, "agreements"), story


def granting(folder: Path) -> tuple[Seated, Story]:
    """A new one whose days are none."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")
        await fill_in(clerk, office="第1", item="59")
        await clerk.press("ctrl+s")
        await fill_in(clerk, valid_from="2026-13-01")
        await clerk.press("ctrl+s")

    return a_counter(with_agreements(a_desk(folder)), folder, "agreements"), story


def hostile(folder: Path) -> tuple[Seated, Story]:
    """Offices and documents whose names would steer the screen."""
    desk = at(a_desk(folder), "2001")
    for ordinal, name in enumerate(HOSTILE, start=1):
        offices.add(desk, an_office(ordinal, name=name))
        builders.granted(desk, ordinal, document_number=f"《{name}》[/]")

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter", "enter")

    return a_counter(desk, folder, "agreements"), story


SCENES: dict[str, Callable[[Path], tuple[Seated, Story]]] = {
    "list": listed,
    "granting": granting,
    "hostile": hostile,
}
