"""A clerk at the outbox, and what stands before them."""

from __future__ import annotations

from pathlib import Path

from tests.workstation.screens.stage import Clerk, Story, a_counter, play
from workstation.acts.desk import Desk
from workstation.screens.outbox.lines import Line
from workstation.screens.outbox.screen import OutboxScreen


def told(desk: Desk, folder: Path, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    """Play a story on the outbox."""
    play(a_counter(desk, folder, "outbox"), story, size)


def screen(clerk: Clerk) -> OutboxScreen:
    """The outbox."""
    assert isinstance(clerk.screen, OutboxScreen)
    return clerk.screen


def line(clerk: Clerk) -> Line:
    """The line under the cursor."""
    found = screen(clerk).line
    assert found is not None
    return found


def dialog(clerk: Clerk) -> type:
    """What stands over the screen."""
    return type(clerk.app.screen)
