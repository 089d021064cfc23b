"""What tests of the printers' screen do and ask again and again."""

from __future__ import annotations

from pathlib import Path

from tests.workstation.screens.stage import Clerk, Story, a_counter, play
from workstation.acts import printers
from workstation.acts.desk import Desk
from workstation.acts.printers import Standing
from workstation.screens.printers.screen import PrintersScreen


def told(desk: Desk, folder: Path, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    """Play a story on the printers."""
    play(a_counter(desk, folder, "printers"), story, size)


def screen(clerk: Clerk) -> PrintersScreen:
    """The printers' screen."""
    assert isinstance(clerk.screen, PrintersScreen)
    return clerk.screen


def standing(desk: Desk, name: str) -> Standing:
    """All that is known of one printer."""
    return next(each for each in printers.listed(desk) if each.printer.name == name)
