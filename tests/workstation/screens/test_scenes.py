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
from tests.workstation.screens.on_terminal import ENDED, scene
from tests.workstation.screens.snapshots import Snapshots
from tests.workstation.screens.stage import NARROW, WIDE, Clerk, play
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


@pytest.fixture
def somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder that is called the same everywhere: a dialog may name it."""
    monkeypatch.chdir("/")


@pytest.mark.parametrize(("screen", "name"), SCENES, ids=[f"{s}_{n}".replace("-", "_") for s, n in SCENES])
@pytest.mark.usefixtures("undrawn", "somewhere")
def test_scene(snapshots: Snapshots, tmp_path: Path, screen: str, name: str) -> None:
    """It looks as it was kept, and again in a larger window; no line is too wide, and the frame is whole."""
    app, story = scene(screen, name, tmp_path)

    async def looked(clerk: Clerk) -> None:
        await story(clerk)
        for columns, rows in (NARROW, WIDE):
            await clerk.pilot.resize_terminal(columns, rows)
            await clerk.settle()
            await clerk.pilot.pause()
            snapshots.check(clerk.app)
            assert {cell_len(line) <= columns for line in clerk.lines} == {True}
            assert "F1 帮助" in clerk.lines[-1]

    play(app, looked)


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, bytes]]:
    """Exit code of the hostile scene of each screen, and what reached the terminal; one program plays all."""
    scenes = [f"{screen}:{name}" for screen, name in HOSTILE]
    folder = str(tmp_path_factory.mktemp("hostile"))
    command = [sys.executable, "-m", "tests.workstation.screens.on_terminal", folder, *scenes]
    with Terminal(command, columns=120, rows=40, deadline=300) as terminal:
        code = terminal.close()
        *played, rest = ENDED.split(terminal.raw)
    assert code == 0, rest[-2000:].decode("utf-8", "replace")
    return {
        screen.decode(): (int(code), bytes_sent)
        for bytes_sent, screen, code in zip(played[::3], played[1::3], played[2::3], strict=True)
    }


@pytest.mark.parametrize("screen", [screen for screen, _ in HOSTILE])
def test_nothing_of_the_data_steers_the_terminal(sent: dict[str, tuple[int, bytes]], screen: str) -> None:
    """Read from the bytes that reach a pseudo-terminal: no title, no control, no turned or hidden writing."""
    code, drawn = sent[screen]

    assert code == 0, drawn[-2000:].decode("utf-8", "replace")
    assert TITLE not in drawn
    assert not FORBIDDEN.findall(drawn.decode("utf-8"))
    assert b"F1" in drawn
