"""Moments of archiving worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from tests.builders import a_case, an_intake, at
from tests.workstation.acts.packets import POLICY, a_closed_case, on_blank_sheets
from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, a_desk
from workstation.acts import archives, departures, hall_items, registration
from workstation.acts.inputs import EXAMPLE_ITEM
from workstation.domain.case import CaseState

HOSTILE = ("[bold]x[/] 证明", "[/oops] 登记", "[@click=app.quit]x[/] 备案", "𠮷𬀩㐂·买买提 事项" * 6)


def _ended(folder: Path) -> tuple[Seated, Story]:
    """Cases that ended in each way, one of them packed; those that were not are marked."""
    desk = a_desk(folder)
    first = a_closed_case(desk).number
    for state in (CaseState.DECLINED, CaseState.GUIDED, CaseState.WITHDRAWN):
        a_closed_case(desk, state)
    archives.pack(desk, first, folder / "out", policy=POLICY)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f6")

    return a_counter(desk, folder, "archives"), story


def _none(folder: Path) -> tuple[Seated, Story]:
    """Nothing has ended today; other days are asked for, with a day that is none."""
    desk = a_desk(folder)
    with on_blank_sheets():
        a_case(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        await clerk.fill("since", "2026-11-31")
        await clerk.press("ctrl+s")

    return a_counter(desk, folder, "archives"), story


def _hostile(folder: Path) -> tuple[Seated, Story]:
    """Items whose titles would steer the screen."""
    desk = a_desk(folder)
    for ordinal, title in enumerate(HOSTILE, start=1):
        code = f"H-{ordinal}"
        own = msgspec.structs.replace(EXAMPLE_ITEM, code=code, title=title, scenario=f"{title}的应用场景")
        hall_items.add(at(desk, "2001"), own)
        with on_blank_sheets():
            number = registration.register(desk, an_intake(item=code, materials=())).number
            departures.withdraw(desk, number)

    async def story(clerk: Clerk) -> None:
        await clerk.press("space", "end")

    return a_counter(desk, folder, "archives"), story


SCENES: dict[str, Callable[[Path], tuple[Seated, Story]]] = {
    "ended": _ended,
    "none": _none,
    "hostile": _hostile,
}
