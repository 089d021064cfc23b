"""Moments of the statistics: a hall in which something has happened, an empty one, hostile names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests import builders
from tests.builders import an_office, at
from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, a_desk
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState


def some_cases(desk: Desk) -> None:
    """One at each of some places."""
    builders.a_case(desk, CaseState.REGISTERED)
    builders.a_case(desk, CaseState.TO_CORRECT)
    builders.a_case(desk, CaseState.REVIEWED, offices=2)
    builders.a_consignment(desk, ConsignmentState.RESULT_ARRIVED)


def _overview(folder: Path) -> tuple[Seated, Story]:
    """The first view, the cursor on a rate."""
    desk = a_desk(folder)
    some_cases(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.press(*["down"] * 7)

    return a_counter(at(desk, "2001"), folder, "statistics"), story


def _none(folder: Path) -> tuple[Seated, Story]:
    """Nothing has happened; days that go backwards are asked again."""
    desk = a_desk(folder)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        await clerk.fill("since", "2026-12-01")
        await clerk.fill("until", "2026-11-01")
        await clerk.press("ctrl+s")

    return a_counter(at(desk, "2001"), folder, "statistics"), story


def _hostile(folder: Path) -> tuple[Seated, Story]:
    """Offices with names that would steer a terminal, in the view that names them."""
    desk = a_desk(folder)
    name = f"[bold]x[/] [/oops] [@click=app.quit]x[/] 𠮷𬀩㐂·{'很长的名称' * 8}"
    builders.a_consignment(desk, ConsignmentState.SEALED, offices=(an_office(name=name),))

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2", *["down"] * 5, "enter", "end")

    return a_counter(at(desk, "2001"), folder, "statistics"), story


SCENES: dict[str, Callable[[Path], tuple[Seated, Story]]] = {
    "overview": _overview,
    "none": _none,
    "hostile": _hostile,
}
