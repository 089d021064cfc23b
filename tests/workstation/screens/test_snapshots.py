"""Kept pictures of screens: an update is explicit, a missing one fails, one without a test is named."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest
from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.pilot import Pilot
from textual.widgets import Footer, Input, Static, TextArea

from tests.workstation.screens.snapshots import VARIABLE, Snapshots, name_of, orphans, still
from tools import screenshots

ROOT = Path(__file__).resolve().parents[3]
SIZE = (80, 24)
FILE = "test_register-80x24.txt"
#: A test file as the screens have them, for a run of its own.
TESTS = """
from tests.workstation.screens.snapshots import each_size, snapshots
from tests.workstation.screens.test_snapshots import Counter

@each_size
def test_register(snapshots, size):
    assert "登记了，好" in snapshots.of(Counter(), size, press=["夫", "妻", "f2"])

@each_size
def test_start(snapshots, size):
    async def steps(pilot):
        snapshots.check(pilot.app, "empty")
        await pilot.press("a")
        LATER

    snapshots.of(Counter(), size, before=steps)
"""


class Counter(App[None]):
    """A small screen with a field, a key and a worker."""

    BINDINGS: ClassVar[list[BindingType]] = [("f2", "say", "登记")]

    def __init__(self, placeholder: str = "姓名") -> None:
        super().__init__()
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        """Show a line of hostile and rare characters, and the field."""
        yield Static(Text("收件登记 𠮷野家 [bold]x[/]"))
        yield Input(placeholder=self._placeholder)
        yield TextArea("李四")
        yield Footer()

    def action_say(self) -> None:
        """Say so, and the rest a little later."""
        self.run_worker(self._later())

    async def _later(self) -> None:
        self.query_one(Static).update("登记了，好")


@dataclass
class AsTest:
    """A test as pytest has it."""

    path: Path
    name: str = "test_register[80x24]"


Begin = Callable[..., Snapshots]


@pytest.fixture
def begin(tmp_path: Path) -> Begin:
    """Begins a test whose pictures lie in a folder of this one."""

    def begin(*, updating: bool = False, name: str = "test_register[80x24]") -> Snapshots:
        return Snapshots(AsTest(tmp_path / "test_screen.py", name), tmp_path, updating=updating)

    return begin


@pytest.fixture
def kept(begin: Begin, tmp_path: Path) -> Path:
    """The folder with the picture of the screen at its start."""
    begin(updating=True).of(Counter(), SIZE)
    return tmp_path / "snapshots"


def pytest_in(folder: Path, *arguments: str, update: bool = False) -> subprocess.CompletedProcess[str]:
    """Run the tests of a folder in a process of its own, as strictly as the project's."""
    env = {name: value for name, value in os.environ.items() if name != VARIABLE and "PYTEST" not in name}
    strict = ["-p", "no:cacheprovider", "-p", "xdist.plugin", "-W", "error", "--import-mode=importlib"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir", ".", *strict, *arguments],
        cwd=folder,
        env={
            **env,
            "PYTHONPATH": str(ROOT),
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            **({VARIABLE: "update"} if update else {}),
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_pictures_are_the_same_in_every_process(tmp_path: Path) -> None:
    """What one process kept, two others see again."""
    (tmp_path / "test_screen.py").write_text(TESTS.replace("LATER", ""), encoding="utf-8")

    first = pytest_in(tmp_path, update=True)
    again = pytest_in(tmp_path, "-n", "2")

    assert (first.returncode, again.returncode) == (0, 0), first.stdout + again.stdout
    assert {file.name for file in (tmp_path / "snapshots").iterdir()} == {
        f"{name}-{size}.txt"
        for name in ("test_register", "test_start", "test_start-empty")
        for size in ("80x24", "120x40")
    }


def test_a_test_that_fails_before_its_picture_loses_none(tmp_path: Path) -> None:
    """Update removes nothing of a test that did not come so far, only of one that passed."""
    (tmp_path / "test_screen.py").write_text(TESTS.replace("LATER", "raise OSError"), encoding="utf-8")
    (tmp_path / "snapshots").mkdir()
    for name in ("test_start-80x24.txt", "test_register-old-80x24.txt"):
        (tmp_path / "snapshots" / name).write_text("", encoding="utf-8")

    done = pytest_in(tmp_path, "-k", "80x24", update=True)

    assert done.returncode == 1
    assert {file.name for file in (tmp_path / "snapshots").iterdir()} == {
        "test_register-80x24.txt",
        "test_start-80x24.txt",
        "test_start-empty-80x24.txt",
    }


def test_an_unchanged_screen_passes_and_gives_its_words(begin: Begin, kept: Path) -> None:
    """The words come back, for the test to say what matters about them."""
    assert "收件登记 𠮷野家 [bold]x[/]" in begin().of(Counter(), SIZE)


def test_keys_are_pressed_and_workers_waited_for(begin: Begin, tmp_path: Path) -> None:
    """The picture is taken when all is done that the keys have set off."""
    assert "登记了，好" in begin(updating=True).of(Counter(), SIZE, press=["夫", "f2"])


def test_a_missing_picture_fails_and_says_how_to_keep_it(begin: Begin, tmp_path: Path) -> None:
    """Nothing is kept by the way."""
    with pytest.raises(pytest.fail.Exception, match=rf"no picture is kept as {FILE}.*{VARIABLE}=update"):
        begin().of(Counter(), SIZE)

    assert not (tmp_path / "snapshots").exists()
    assert screenshots.Picture.kept((tmp_path / FILE).read_text(encoding="utf-8")).columns == 80


def test_a_changed_screen_fails_with_the_rows_that_changed(begin: Begin, kept: Path) -> None:
    """The difference shows the words before and after, and the kept picture stays as it was."""
    before = (kept / FILE).read_bytes()

    with pytest.raises(pytest.fail.Exception) as failed:
        begin().of(Counter("名称"), SIZE)

    rows = [line for line in str(failed.value).splitlines() if line[:2] in ("-|", "+|")]
    assert [("姓名" in row, "名称" in row) for row in rows] == [(True, False), (False, True)]
    assert (kept / FILE).read_bytes() == before


def test_a_changed_colour_fails_too(begin: Begin, kept: Path) -> None:
    """A screen with the same words in another colour is another screen."""

    async def light(pilot: Pilot[None]) -> None:
        pilot.app.theme = "textual-light"

    with pytest.raises(pytest.fail.Exception, match=r"has changed:(?s:.*)\+1: 80 #"):
        begin().of(Counter(), SIZE, before=light)


def test_an_update_keeps_the_change(begin: Begin, kept: Path) -> None:
    """With `update` the screen seen is the one kept."""
    begin(updating=True).of(Counter("名称"), SIZE)

    assert "名称" in (kept / FILE).read_text(encoding="utf-8")


def test_a_picture_its_test_no_longer_asks_for_is_named(begin: Begin, kept: Path) -> None:
    """A step that went leaves a failure, until an update removes its picture."""
    left, other = kept / "test_register-old-80x24.txt", kept / "test_registered-80x24.txt"
    for file in (left, other):
        file.write_text("", encoding="utf-8")

    test = begin()
    test.of(Counter(), SIZE)
    with pytest.raises(pytest.fail.Exception, match=f"nobody asks for {left.name}"):
        test.finish()

    test = begin(updating=True)
    test.of(Counter(), SIZE)
    test.finish()
    assert (left.exists(), other.exists()) == (False, True)


def test_two_pictures_of_one_name_are_refused(begin: Begin, tmp_path: Path) -> None:
    """The second would overwrite the first."""
    test = begin(updating=True)

    test.compare("test_register-80x24", "")
    with pytest.raises(AssertionError, match="give each a step"):
        test.compare("test_register-80x24", "")


def test_a_picture_without_a_test_is_an_orphan(kept: Path) -> None:
    """A test that was renamed, or has other parameters, leaves pictures behind, and they are named."""
    file = kept.parent / "test_screen.py"
    file.write_text("def test_register(snapshots):\n", encoding="utf-8")
    assert orphans(kept.parent, []) == []
    assert orphans(kept.parent, [AsTest(file)]) == []

    assert orphans(kept.parent, [AsTest(file, "test_register[dark-80x24]")]) == [kept / FILE]
    file.write_text("def test_registered(snapshots):\n", encoding="utf-8")
    assert orphans(kept.parent, []) == [kept / FILE]


def test_no_picture_of_ours_is_an_orphan(request: pytest.FixtureRequest) -> None:
    """Each kept picture of the screens belongs to a test that exists."""
    assert orphans(Path(__file__).parent, request.session.items) == []


@pytest.mark.parametrize("size", [(80, 24)], ids=["80x24"])
@pytest.mark.parametrize("theme", ["high contrast"])
def test_a_picture_is_named_after_its_test(
    request: pytest.FixtureRequest, theme: str, size: tuple[int, int]
) -> None:
    """Function and parameters, with nothing a file name cannot hold; the size is added by the picture."""
    assert name_of(request.node) == "test_a_picture_is_named_after_its_test-high_contrast"


@pytest.mark.parametrize("kind", [Input, TextArea])
def test_a_cursor_is_seen_whatever_the_moment(kind: type[Input] | type[TextArea]) -> None:
    """The picture of a field is the same in both halves of the blinking."""

    async def pictures() -> set[str]:
        app = Counter()
        seen = set()
        async with app.run_test() as pilot:
            app.query_one(kind).focus()
            await pilot.pause()
            for visible in (True, False):
                app.query_one(kind)._cursor_visible = visible
                still(app)
                seen.add(str(screenshots.seen(app)))
        return seen

    assert len(asyncio.run(pictures())) == 1
