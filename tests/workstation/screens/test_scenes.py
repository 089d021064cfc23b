"""Every screen's moments: kept as pictures at two sizes, and harmless to the terminal whatever the data.

A screen's moments stand in `scenes.py` beside its tests; being there is being tried.
"""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.terminal import Terminal
from tests.workstation.screens.on_terminal import scene
from tests.workstation.screens.snapshots import Snapshots, each_size
from tests.workstation.screens.stage import Clerk, play
from workstation.screens import doors

HERE = Path(__file__).parent
#: Screens without data of their own.
NO_DATA = {"login", "scanner"}
WITH_SCENES = sorted(path.parent.name for path in HERE.glob("*/scenes.py"))
SCENES = [
    (screen, name)
    for screen in WITH_SCENES
    for name in importlib.import_module(f"tests.workstation.screens.{screen}.scenes").SCENES
]
#: One moment of each screen with data as bad as the acts let it in; where none is named so, the last.
HOSTILE = [
    (screen, next((n for s, n in SCENES if s == screen and n in ("hostile", "rare")), names[-1]))
    for screen in WITH_SCENES
    if (names := [n for s, n in SCENES if s == screen])
]
#: What no data may bring to a terminal: another title, controls of the second set, turned or hidden writing.
TITLE = b"\x1b]0;"
FORBIDDEN = re.compile("[\x80-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def test_every_screen_has_its_moments() -> None:
    """Two at least: a screen that nobody has looked at is not done."""
    assert set(doors.names()) - NO_DATA <= set(WITH_SCENES)
    assert min(sum(s == screen for s, _ in SCENES) for screen in WITH_SCENES) >= 2


@each_size
@pytest.mark.parametrize(("screen", "name"), SCENES, ids=[f"{s}_{n}".replace("-", "_") for s, n in SCENES])
def test_scene(
    snapshots: Snapshots, tmp_path: Path, undrawn: None, screen: str, name: str, size: tuple[int, int]
) -> None:
    """It looks as it was kept; no line is wider than the screen, and the frame is whole."""
    app, story = scene(screen, name, tmp_path)

    async def looked(clerk: Clerk) -> None:
        await story(clerk)
        await clerk.pilot.pause()
        snapshots.check(clerk.app)
        assert {cell_len(line) <= size[0] for line in clerk.lines} == {True}
        assert "F1 帮助" in clerk.lines[-1]

    play(app, looked, size)


@pytest.mark.parametrize(("screen", "name"), HOSTILE, ids=[screen for screen, _ in HOSTILE])
def test_nothing_of_the_data_steers_the_terminal(tmp_path: Path, screen: str, name: str) -> None:
    """Read from the bytes that reach a pseudo-terminal: no title, no control, no turned or hidden writing."""
    command = [sys.executable, "-m", "tests.workstation.screens.on_terminal", screen, name, str(tmp_path)]
    with Terminal(command, columns=120, rows=40, deadline=40) as terminal:
        code = terminal.close()
        sent = terminal.raw

    assert code == 0, sent[-2000:].decode("utf-8", "replace")
    assert TITLE not in sent
    assert not FORBIDDEN.findall(sent.decode("utf-8"))
    assert b"F1" in sent
