"""Moments of the journal worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests import builders
from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, a_desk
from workstation.domain.case import CaseState

Scene = Callable[[Path], tuple[Seated, Story]]


def _at_it(folder: Path) -> Seated:
    desk = a_desk(folder)
    builders.a_case(desk, CaseState.CLOSED)
    return a_counter(builders.at(desk, "4001"), folder, "journal")


def _listed(folder: Path) -> tuple[Seated, Story]:
    """The newest entries."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("down", "down")

    return _at_it(folder), story


def _detail(folder: Path) -> tuple[Seated, Story]:
    """What the first entry wrote."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("end", "enter")

    return _at_it(folder), story


def _hostile(folder: Path) -> tuple[Seated, Story]:
    """A number that is none, with markup in it, asked for."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f4")
        await clerk.fill("of", "[bold]x[/] [/oops] 𠮷𬀩㐂·")
        await clerk.press("ctrl+s")

    return _at_it(folder), story


def _false(folder: Path) -> tuple[Seated, Story]:
    """A record was changed behind the journal's back."""
    app = _at_it(folder)
    engine = app.desk.store.engine
    with engine.write():
        engine.run("UPDATE envelopes SET office_name = 'x'", {})

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")
        await clerk.settle()

    return app, story


def _wanted(folder: Path) -> tuple[Seated, Story]:
    """What one person did of one kind."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f4")
        await clerk.fill("by", "1001")
        await clerk.fill("act", "出纸")
        await clerk.press("ctrl+s")

    return _at_it(folder), story


SCENES: dict[str, Scene] = {
    "listed": _listed,
    "detail": _detail,
    "hostile": _hostile,
    "false": _false,
    "wanted": _wanted,
}
