"""How the printers are got that the files beside this one drive: from the system, by root, or by anybody."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from tools import get_printers
from tools.get_printers import PACKAGES, PROGRAMS, NoPrinters, Programs

#: What `apt-get --simulate install` prints.
SIMULATED = """NOTE: This is only a simulation!
Inst libcups2 (2.4.2-3 Debian:12 [amd64])
Inst cups-daemon (2.4.2-3 Debian:12 [amd64])
Conf cups-daemon (2.4.2-3 Debian:12 [amd64])
"""


class Machine:
    """A machine without the programs, whose package manager is a list of what it was told."""

    def __init__(self, folder: Path) -> None:
        self.system, self.unpacked = folder / "system", folder / "unpacked"
        self.commands: list[list[str]] = []
        self.holds = True

    def run(self, command: list[str], folder: str | None = None) -> str:
        """Do as the package manager would."""
        self.commands.append(command)
        if "download" in command and folder:
            Path(folder, "cups-daemon.deb").touch()
        if "--extract" in command and folder:
            Path(folder, "whole").mkdir()
            fill(Path(folder, "whole"), PROGRAMS if self.holds else ())
        if "install" in command and "--simulate" not in command and self.holds:
            fill(self.system)
        return SIMULATED if "--simulate" in command else ""


def fill(tree: Path, programs: Sequence[str] = PROGRAMS) -> None:
    """Put programs into a tree."""
    for name in programs:
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).touch()


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """The machine, with an ordinary user at it."""
    made = Machine(tmp_path)
    monkeypatch.setattr(get_printers, "SYSTEM", made.system)
    monkeypatch.setattr(get_printers, "UNPACKED", made.unpacked)
    monkeypatch.setattr(get_printers, "run", made.run)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    return made


def test_what_is_installed_is_used_as_it_is(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is fetched where everything is there, and the environment stays what it was."""
    fill(machine.system)

    assert get_printers.main() == 0

    assert machine.commands == []
    assert "installed" in capsys.readouterr().out
    assert Programs(machine.system).environment == dict(os.environ)


def test_one_program_missing_is_all_missing(machine: Machine) -> None:
    """A tree counts only when it is whole."""
    fill(machine.unpacked)
    (machine.unpacked / PROGRAMS[-1]).unlink()

    assert get_printers.found() is None


def test_root_installs(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lists are fetched first, then the packages and nothing they only recommend."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    assert get_printers.fetched() == Programs(machine.system)

    update, install = machine.commands
    assert update[-1] == "update"
    assert set(PACKAGES) <= set(install)
    assert "--no-install-recommends" in install


def test_anybody_else_unpacks_what_is_needed(machine: Machine) -> None:
    """Packages and what they would pull in are downloaded, and put in their place in one step."""
    assert get_printers.fetched() == Programs(machine.unpacked)

    (download,) = [command for command in machine.commands if "download" in command]
    assert {*PACKAGES, "libcups2"} <= set(download)
    assert not any("update" in command for command in machine.commands)
    assert list(machine.unpacked.parent.iterdir()) == [machine.unpacked]


def test_what_was_unpacked_finds_its_libraries(machine: Machine) -> None:
    """Programs and libraries of the tree come before those of the system."""
    fill(machine.unpacked)
    libraries = machine.unpacked / "usr/lib/x86_64-linux-gnu"
    libraries.mkdir(parents=True)
    programs = Programs(machine.unpacked)

    environment = programs.environment

    assert environment["LD_LIBRARY_PATH"] == str(libraries)
    assert environment["PATH"].startswith(str(machine.unpacked / "usr/sbin"))
    assert programs("usr/sbin/cupsd") == str(machine.unpacked / "usr/sbin/cupsd")


def test_packages_without_the_programs_are_a_failure_in_words(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another release may have them elsewhere; that is said, and nothing is skipped."""
    machine.holds = False

    assert get_printers.main() == 1

    assert "do not hold all of" in capsys.readouterr().err


def test_a_package_manager_that_is_missing_is_told() -> None:
    """Off Debian somebody has to install CUPS."""
    with pytest.raises(NoPrinters, match="is not here"):
        get_printers.run(["/nowhere/apt-get", "update"])


def test_what_the_package_manager_says_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own words, and for an ordinary user what root would do."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(NoPrinters, match=r"no such thing\nRoot can install them"):
        get_printers.run(["sh", "-c", "echo no such thing >&2; exit 100"])
