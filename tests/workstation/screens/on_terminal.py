"""Plays scenes of screens on the terminal it is started in, with the real driver, one after the other.

python -m tests.workstation.screens.on_terminal FOLDER SCREEN:SCENE …
"""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from tests.builders import no_ink
from tests.workstation.screens.stage import Clerk, Seated, Story

#: The line behind each scene: its screen, and the exit code of the application.
ENDED = re.compile(rb"--- (\w+) has ended with (-?\d+) ---\r?\n")


def scene(screen: str, name: str, folder: Path) -> tuple[Seated, Story]:
    """A scene, ready to be played in this folder; papers are not looked at here, so none is drawn."""
    scenes: dict[str, Any] = importlib.import_module(f"tests.workstation.screens.{screen}.scenes").SCENES
    with no_ink():
        app, story = scenes[name](folder)
    return app, story


def main(folder: str, *scenes: str) -> None:
    """Play them, and say behind each how it ended; what reached the terminal is for whoever reads there."""
    for told in scenes:
        screen, _, name = told.partition(":")
        own = Path(folder) / screen
        own.mkdir()
        code = play(*scene(screen, name, own))
        print(f"--- {screen} has ended with {code} ---", flush=True)


def play(app: Seated, story: Story) -> int:
    """Play one; gives the application's exit code."""

    async def played(pilot: Pilot[Any]) -> None:
        clerk = Clerk(app, pilot)
        await clerk.settle()
        await story(clerk)
        await clerk.settle()
        await pilot.pause(0.1)
        app.exit(0)

    app.run(auto_pilot=played)
    return app.return_code or 0


if __name__ == "__main__":
    main(*sys.argv[1:])
