"""Moments of a first start worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, a_desk
from workstation import secrets
from workstation.screens.welcome.recovery import RecoveryScreen
from workstation.settings import Home

Scene = Callable[[Path], tuple[Seated, Story]]


def _begun(folder: Path) -> Seated:
    """The first screen, of a home that is called the same wherever the picture is taken."""
    app = a_counter(a_desk(folder), folder, "welcome")
    app.given = replace(app.given, home=Home(Path("/srv/workstation")))
    return app


def _choice(folder: Path) -> tuple[Seated, Story]:
    """The two ways, the second under the cursor."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("down")

    return _begun(folder), story


def _faults(folder: Path) -> tuple[Seated, Story]:
    """The form with errors beside its fields, a hostile name and rare characters in it."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        await clerk.fill("name", "[bold]x[/] [/oops] 𠮷𬀩㐂· 一个非常非常非常非常非常非常长的大厅名称")
        await clerk.fill("division", "350203")
        await clerk.press("ctrl+s")

    return _begun(folder), story


def _sheet(folder: Path) -> tuple[Seated, Story]:
    """The recovery sheet."""

    async def story(clerk: Clerk) -> None:
        clerk.app.push_screen(RecoveryScreen(secrets.recovery_text(bytes(range(32))), (3, 12)))
        await clerk.settle()

    return _begun(folder), story


def _asked(folder: Path) -> tuple[Seated, Story]:
    """Two of its groups asked for, one of them wrong."""
    app, sheet = _sheet(folder)

    async def story(clerk: Clerk) -> None:
        await sheet(clerk)
        await clerk.press("ctrl+s")
        await clerk.type("000000")
        await clerk.press("ctrl+s")

    return app, story


SCENES: dict[str, Scene] = {"choice": _choice, "faults": _faults, "sheet": _sheet, "asked": _asked}
