"""Moments of the printers worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from integrations.printers.states import CONDITIONS
from tests.builders import at
from tests.workstation.screens.filling import fill_in
from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, a_desk
from workstation.acts import calibrating, printers
from workstation.acts.desk import Desk
from workstation.screens.printers.screen import PrintersScreen

HOSTILE = ("[bold]x[/] 𠮷𬀩㐂·机", "[@click=app.quit]x", "㐂" * 20)
NOWHERE = "ipp://192.168.1.20/ipp/print"


def with_printers(desk: Desk) -> Desk:
    """The supervisor of a hall with three printers, one of them retired, and routes of two windows."""
    supervising = at(desk, "2001")
    printers.add(supervising, "激光机", NOWHERE, dpi=600)
    printers.add(supervising, "信封机", "ipp://192.168.1.5:631/printers/envelopes", dpi=300)
    printers.add(supervising, "旧机", "http://192.168.1.6/", dpi=203)
    printers.retire(supervising, "旧机")
    printers.set_route(supervising, "sheet", printer="激光机")
    printers.set_route(supervising, "envelope", printer="信封机", stock="ZL")
    printers.set_route(supervising, "sheet", printer=None, window=2)
    calibrating.calibrate(supervising, "信封机", "ZL", left=18.5, top=20.3)
    return supervising


def _listed(folder: Path) -> tuple[Seated, Story]:
    """Every printer, one of them asked a moment ago."""

    async def story(clerk: Clerk) -> None:
        screen = clerk.screen
        assert isinstance(screen, PrintersScreen)
        screen._conditions["信封机"] = CONDITIONS["out_of_paper"]
        await clerk.press("home", "down")

    return a_counter(with_printers(a_desk(folder)), folder, "printers"), story


def _wrong(folder: Path) -> tuple[Seated, Story]:
    """A new one whose address is none; what was typed is still there."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")
        await fill_in(clerk, printer="新机", uri="192.168.1.20", dpi="300")
        await clerk.press("ctrl+s")

    return a_counter(with_printers(a_desk(folder)), folder, "printers"), story


def _measured(folder: Path) -> tuple[Seated, Story]:
    """What follows from two distances, before it is kept."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("down", "f8", "down", "down", "left", "ctrl+s")
        await fill_in(clerk, left="21.3", top="18.9")
        await clerk.press("ctrl+s")

    return a_counter(with_printers(a_desk(folder)), folder, "printers"), story


def _hostile(folder: Path) -> tuple[Seated, Story]:
    """Printers whose names would steer the screen, seen by a clerk who may only look."""
    desk = a_desk(folder)
    supervising = at(desk, "2001")
    for name in HOSTILE:
        printers.add(supervising, name, f"ipp://[/oops]/{'x' * 150}", dpi=203)
        printers.set_route(supervising, "sheet", printer=name, window=len(name))

    async def story(clerk: Clerk) -> None:
        await clerk.press("down", "f4")

    return a_counter(desk, folder, "printers"), story


SCENES: dict[str, Callable[[Path], tuple[Seated, Story]]] = {
    "list": _listed,
    "wrong": _wrong,
    "measured": _measured,
    "hostile": _hostile,
}
