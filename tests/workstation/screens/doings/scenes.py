"""Moments of the day's panel worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import builders
from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, a_desk
from workstation.acts import departures, drafts
from workstation.acts.desk import Desk
from workstation.acts.waiting import Waits
from workstation.domain.case import CaseState

Scene = Callable[[Path], tuple[Seated, Story]]


def _busy(folder: Path) -> Desk:
    desk = a_desk(folder, staff=builders.ONE_CLERK)
    number = builders.a_case(desk, CaseState.REGISTERED).number
    builders.a_case(desk, CaseState.REVIEWED)
    with pytest.raises(Waits):
        departures.decline(desk, number, reason="not_this_item", text="[/oops]")
    return desk


def _written(folder: Path) -> tuple[Seated, Story]:
    """What was written today."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("tab")

    return a_counter(_busy(folder), folder, "doings"), story


def _confirming(folder: Path) -> tuple[Seated, Story]:
    """The supervisor about to confirm."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("down", "down", "down", "tab", "ctrl+s")

    return a_counter(builders.at(_busy(folder), "2001"), folder, "doings"), story


def _hostile(folder: Path) -> tuple[Seated, Story]:
    """Drafts with hostile and rare titles; confirming is not possible here, and says so."""
    desk = _busy(folder)
    for title in ("[bold]x[/] \x1b]0;x\x07", "[@click=app.quit]x[/]", "𠮷𬀩㐂·" * 12):
        drafts.begin(desk, "intake", {}, title=title)

    async def story(clerk: Clerk) -> None:
        await clerk.press("end", "tab", "ctrl+s")

    return a_counter(desk, folder, "doings"), story


SCENES: dict[str, Scene] = {"written": _written, "confirming": _confirming, "hostile": _hostile}
