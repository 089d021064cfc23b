"""Moments of the day's end worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests import builders
from tests.builders import a_case, an_envelope, at
from tests.workstation.acts.closing import closed
from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, a_desk
from workstation.acts import handover
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.domain.envelope import EnvelopeState


def _supervisor(folder: Path) -> Desk:
    return at(a_desk(folder), "2001")


def _several(folder: Path) -> tuple[Seated, Story]:
    """An envelope being packed, one without a waybill, an open batch; one is explained."""
    desk = _supervisor(folder)
    clerk_s = at(desk, "1001")
    an_envelope(clerk_s, EnvelopeState.HANDED_OVER)
    an_envelope(clerk_s)
    handover.open_batch(clerk_s, builders.badge(desk))

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        await clerk.fill("note", "[bold]x[/] [/oops] 𠮷𬀩㐂·")
        await clerk.press("ctrl+s")

    return a_counter(desk, folder, "closing"), story


def _refused(folder: Path) -> tuple[Seated, Story]:
    """The day is not closed."""
    desk = _supervisor(folder)
    an_envelope(at(desk, "1001"))

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s", "ctrl+y")

    return a_counter(desk, folder, "closing"), story


def _closed(folder: Path) -> tuple[Seated, Story]:
    """The day is closed: where its sheet lies is no part of a picture, and so something else is asked."""
    desk = _supervisor(folder)
    a_case(at(desk, "1001"), CaseState.REGISTERED)

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s", "ctrl+y", "enter", "f3", "f7")

    return a_counter(desk, folder, "closing"), story


def _reopening(folder: Path) -> tuple[Seated, Story]:
    """A closed day is about to be opened again."""
    desk = _supervisor(folder)
    closed(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f4")

    return a_counter(desk, folder, "closing"), story


SCENES: dict[str, Callable[[Path], tuple[Seated, Story]]] = {
    "several": _several,
    "refused": _refused,
    "closed": _closed,
    "reopening": _reopening,
}
