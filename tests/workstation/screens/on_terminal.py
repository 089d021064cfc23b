"""Plays one scene of a screen on the terminal it is started in, with the real driver; ends when it is played.

python -m tests.workstation.screens.on_terminal SCREEN SCENE FOLDER
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from tests.workstation.screens.stage import Clerk, Seated, Story


def scene(screen: str, name: str, folder: Path) -> tuple[Seated, Story]:
    """A scene, ready to be played in this folder."""
    scenes: dict[str, Any] = importlib.import_module(f"tests.workstation.screens.{screen}.scenes").SCENES
    app, story = scenes[name](folder)
    return app, story


def main(screen: str, name: str, folder: str) -> int:
    """Play it; what reached the terminal is for whoever reads there."""
    app, story = scene(screen, name, Path(folder))

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
    sys.exit(main(*sys.argv[1:]))
