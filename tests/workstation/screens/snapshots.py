"""Kept pictures of screens: what is shown is compared with `snapshots/<test>-<size>.txt` beside the test.

    WORKSTATION_SNAPSHOTS=update .venv/bin/python -m pytest tests/workstation/screens   # keep what is shown
    .venv/bin/python -m tools.screenshots tests/workstation/screens/*/snapshots/*.txt FOLDER   # look at it

A picture is text: the rows, and the colours of each. A missing one fails, and so does one nobody asks for.
"""

from __future__ import annotations

import asyncio
import difflib
import os
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from tools import screenshots

VARIABLE = "WORKSTATION_SNAPSHOTS"
SIZES = ((80, 24), (120, 40))
_LONGEST_DIFFERENCE = 80
_WAITS = 400

#: `@each_size` gives a test its `size`, once narrow and once wide.
each_size = pytest.mark.parametrize("size", SIZES, ids=[f"{width}x{height}" for width, height in SIZES])


class Asking(Protocol):
    """What is asked of a test that pytest runs."""

    name: str
    path: Path


class Snapshots:
    """The kept pictures of one test."""

    def __init__(self, test: Asking, spare: Path, *, updating: bool = False) -> None:
        self._name = name_of(test)
        self._folder = test.path.parent / "snapshots"
        self._spare = spare
        self._asked: set[Path] = set()
        self._updating = updating

    def of(
        self,
        app: App[Any],
        size: tuple[int, int],
        *,
        press: Iterable[str] = (),
        before: Callable[[Pilot[Any]], Awaitable[None]] | None = None,
    ) -> str:
        """Run an application, press keys, and compare what it shows then; give its words."""

        async def run() -> str:
            async with app.run_test(size=size) as pilot:
                await settled(pilot)
                for key in press:
                    await pilot.press(key)
                    await settled(pilot)
                if before:
                    await before(pilot)
                    await settled(pilot)
                return self.check(app)

        return asyncio.run(run())

    def check(self, app: App[Any], step: str = "") -> str:
        """Compare what a running application shows now; `step` names one of several moments of a test."""
        still(app)
        picture = screenshots.seen(app)
        size = f"{picture.columns}x{len(picture.rows)}"
        self.compare("-".join(filter(None, (self._name, step.replace("-", "_"), size))), str(picture))
        return picture.text

    def compare(self, name: str, seen: str) -> None:
        """Compare a picture with the one kept under a name, or keep it if that was asked for."""
        kept = self._folder / f"{name}.txt"
        assert kept not in self._asked, f"two pictures of one test are named {name}: give each a step"
        self._asked.add(kept)
        if self._updating:
            kept.parent.mkdir(exist_ok=True)
            kept.write_text(seen, encoding="utf-8")
        elif not kept.exists():
            pytest.fail(f"no picture is kept as {kept.name}; {self._how_to_keep(name, seen)}", pytrace=False)
        elif (before := kept.read_text(encoding="utf-8")) != seen:
            told = _difference(before, seen)
            pytest.fail(f"{kept.name} has changed:\n{told}\n{self._how_to_keep(name, seen)}", pytrace=False)

    def unasked(self) -> list[Path]:
        """The kept pictures of this test that it has not asked for."""
        mine = re.compile(re.escape(self._name) + r"-(?:[^-]+-)?\d+x\d+")
        files = (file for file in self._folder.glob("*.txt") if mine.fullmatch(file.stem))
        return sorted(file for file in files if file not in self._asked and _sized_for(file, self._asked))

    def finish(self) -> None:
        """After a test that passed: a picture it no longer asks for is named, or with `update` removed."""
        for file in self.unasked():
            if self._updating:
                file.unlink()
            else:
                pytest.fail(f"nobody asks for {file.name} any more: remove it", pytrace=False)

    def _how_to_keep(self, name: str, seen: str) -> str:
        spare = self._spare / f"{name}.txt"
        spare.write_text(seen, encoding="utf-8")
        return f"seen now: {spare} (draw it with tools.screenshots); keep it with {VARIABLE}=update"


def _sized_for(file: Path, asked: set[Path]) -> bool:
    """Whether a picture is the business of a test that asked for these; other sizes are another's."""
    sizes = {path.stem.rpartition("-")[2] for path in asked}
    return file.stem.rpartition("-")[2] in sizes or not sizes


def _difference(before: str, now: str) -> str:
    lines = list(
        difflib.unified_diff(before.splitlines(), now.splitlines(), "kept", "seen", lineterm="", n=0)
    )
    more = (
        [f"… and {len(lines) - _LONGEST_DIFFERENCE} lines more"] if len(lines) > _LONGEST_DIFFERENCE else []
    )
    return "\n".join(lines[:_LONGEST_DIFFERENCE] + more)


def name_of(test: Asking) -> str:
    """A test as the files of its pictures are named: function and parameters, without the size."""
    function, _, parameters = test.name.partition("[")
    told = [part for part in parameters.removesuffix("]").split("-") if not re.fullmatch(r"\d+x\d+", part)]
    return "-".join(filter(None, (function, re.sub(r"[^\w.+]+", "_", "_".join(told)))))


def orphans(folder: Path, tests: Iterable[Asking]) -> list[Path]:
    """The kept pictures below a folder whose test is gone from the sources, or has other parameters."""
    named: dict[tuple[Path, str], set[str]] = {}
    for test in tests:
        named.setdefault((test.path.parent, test.name.partition("[")[0]), set()).add(name_of(test))
    found = []
    for file in sorted(folder.rglob("snapshots/*.txt")):
        place, function = file.parent.parent, file.stem.partition("-")[0]
        names = named.get((place, function))
        alive = any(file.stem.startswith(f"{name}-") for name in names or ())
        if not alive and (names is not None or not _is_written(place, function)):
            found.append(file)
    return found


def _is_written(folder: Path, function: str) -> bool:
    sources = (file.read_text(encoding="utf-8") for file in folder.glob("test_*.py"))
    return any(re.search(rf"^(?:async )?def {re.escape(function)}\(", source, re.M) for source in sources)


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until no worker runs, unless it waits for a dialog, and all is drawn."""
    for _ in range(_WAITS):
        await pilot.pause()
        if pilot.app.screen.is_modal or not any(worker.is_running for worker in pilot.app.workers):
            break
        await asyncio.sleep(0.005)
    await pilot.wait_for_scheduled_animations()
    await pilot.pause()


def still(app: App[Any]) -> None:
    """Let no cursor blink: the focused one is seen, whatever the moment."""
    for widget in app.screen.query("*").results():
        if isinstance(widget, Input | TextArea):
            widget.cursor_blink = False
            widget._cursor_visible = widget.has_focus


@pytest.fixture
def snapshots(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Snapshots]:
    """The kept pictures of the test that asks."""
    failed = request.session.testsfailed
    pictures = Snapshots(request.node, tmp_path, updating=os.environ.get(VARIABLE) == "update")
    yield pictures
    if request.session.testsfailed == failed:
        pictures.finish()
