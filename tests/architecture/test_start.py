"""The sign-in is there at once: by its first paint nothing is loaded that only a later screen needs."""

from __future__ import annotations

import sys

import pytest

from tests import halls
from tests.architecture import house
from tests.terminal import Terminal

TITLE = "跨省通办窗口工作站"
#: Each is for papers, ports, servers, keys, names, or the ledger, which is opened beside the painted sign-in.
LATER = {
    *("pypinyin", "reportlab", "barcode", "psycopg", "keyring", "openpyxl", "httpx", "serial"),
    *("segno", "pypdfium2", "pikepdf", "zxingcpp", "PIL"),
    *("sqlite_utils", "pysqlite3", "cryptography", "stdnum", "forms"),
}

#: The program as it is, but that it notes what is loaded when the title of the sign-in goes to the terminal.
PROGRAM = """
import sys
from pathlib import Path
from textual.drivers.linux_driver import LinuxDriver
from workstation.__main__ import main

_, home, noted, title = sys.argv
write = LinuxDriver.write

def noting(driver, data):
    if title in data and not Path(noted).exists():
        Path(noted).write_text(" ".join(sys.modules))
    write(driver, data)

LinuxDriver.write = noting
sys.exit(main(["--home", home]))
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The modules that were loaded when the sign-in of a founded hall was painted first."""
    folder = tmp_path_factory.mktemp("start")
    noted, home = folder / "noted", halls.home_in(folder)
    command = [sys.executable, "-c", PROGRAM, str(home), str(noted), TITLE]
    with Terminal(command, env={"PYTHONPATH": str(house.ROOT)}, deadline=30) as terminal:
        terminal.wait_for(TITLE, halls.PLAN.name)
    return set(noted.read_text("utf-8").split())


def test_the_first_paint_is_looked_at(loaded: set[str]) -> None:
    """What is looked at is the program on its sign-in, before any other screen was opened."""
    screens = {
        name for name in loaded if name.startswith("workstation.screens.") and name.endswith(".screen")
    }

    assert {"workstation.app", "textual.app"} <= loaded
    assert screens == {"workstation.screens.login.screen"}


def test_nothing_is_loaded_that_only_later_screens_need(loaded: set[str]) -> None:
    """Neither papers nor ports, servers, keyrings or the spelling of names hold the sign-in up."""
    assert {name.partition(".")[0] for name in loaded} & LATER == set()


def test_nobody_practises_before_asking_to(loaded: set[str]) -> None:
    """What plays a practice day is not loaded in a hall in earnest."""
    assert not any(name.startswith("workstation.practice") for name in loaded)
