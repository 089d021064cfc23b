"""Gets the printer and the print queue that `make test-printers` drives: Debian's ippeveprinter and cupsd.

Root installs the packages. Anybody else unpacks them into a folder of their own and runs them from there:
both programs do without root's rights. What is already installed is used as it is.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

PACKAGES = (
    "cups-client",
    "cups-daemon",
    "cups-filters",
    "cups-filters-core-drivers",
    "cups-ipp-utils",
    "dbus-daemon",
    "dbus-session-bus-common",
)
PROGRAMS = (
    "usr/sbin/ippeveprinter",
    "usr/sbin/cupsd",
    "usr/sbin/lpadmin",
    "usr/bin/lpstat",
    "usr/bin/dbus-daemon",
    "usr/bin/dbus-run-session",
    "usr/lib/cups/filter/pdftopdf",
    "usr/lib/cups/backend/ipp",
)
SYSTEM = Path("/")
UNPACKED = Path.home() / ".cache/workstation/printers"
_APT = ["apt-get", "-qq"]
_INSTALL = ["install", "--yes", "--no-install-recommends", *PACKAGES]


class NoPrinters(Exception):
    """There is nothing to print on; the text tells why and what to do."""


@dataclass(frozen=True)
class Programs:
    """The programs in one folder tree: the system's, or one that was unpacked."""

    root: Path

    @property
    def are_whole(self) -> bool:
        """Whether none is missing."""
        return all((self.root / name).is_file() for name in PROGRAMS)

    @property
    def environment(self) -> dict[str, str]:
        """What a program of this tree must find in its environment."""
        if self.root == SYSTEM:
            return dict(os.environ)
        libraries = sorted((self.root / "usr/lib").glob("*-linux-gnu"))
        folders = [self.root / "usr/sbin", self.root / "usr/bin"]
        return {
            **os.environ,
            "LD_LIBRARY_PATH": os.pathsep.join(map(str, libraries)),
            "PATH": os.pathsep.join([*map(str, folders), os.environ.get("PATH", os.defpath)]),
        }

    def __call__(self, name: str) -> str:
        """The path of a program, or of another file that came with it."""
        return str(self.root / name)


def main() -> int:
    """Leave the programs behind, or say why there are none."""
    try:
        programs = found() or fetched()
    except NoPrinters as error:
        print(f"There is no printer to test on. {error}", file=sys.stderr)
        return 1
    print(f"ippeveprinter and cupsd: whole, {'installed' if programs.root == SYSTEM else programs.root}")
    return 0


def found() -> Programs | None:
    """The programs that are here, the system's before those that were unpacked."""
    return next((tree for tree in map(Programs, (SYSTEM, UNPACKED)) if tree.are_whole), None)


def fetched() -> Programs:
    """The programs that were not here, got in the way that is open to who asks."""
    if os.geteuid() == 0:
        install()
    else:
        unpack()
    if programs := found():
        return programs
    raise NoPrinters(f"The packages {', '.join(PACKAGES)} do not hold all of {', '.join(PROGRAMS)}.")


def install() -> None:
    """Have root's package manager install the packages; the lists first, they may be old or missing."""
    run([*_APT, "update"])
    run([*_APT, *_INSTALL])


def unpack() -> None:
    """Download the packages and what they need, and unpack them beside what the system has, in one step."""
    UNPACKED.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=UNPACKED.parent) as folder:
        run([*_APT, "download", *sorted({*PACKAGES, *needed()})], folder)
        for archive in sorted(Path(folder).glob("*.deb")):
            run(["dpkg-deb", "--extract", archive.name, "whole"], folder)
        shutil.rmtree(UNPACKED, ignore_errors=True)
        Path(folder, "whole").rename(UNPACKED)


def needed() -> list[str]:
    """What would have to be installed with the packages, as the package manager sees it."""
    told = run([*_APT, "--simulate", *_INSTALL])
    return [line.split()[1] for line in told.splitlines() if line.startswith("Inst ")]


def run(command: list[str], folder: str | None = None) -> str:
    """What a program of the system said, or what is missing, in words."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            check=True,
            capture_output=True,
            text=True,
        )
    except FileNotFoundError as error:
        raise NoPrinters(f"{command[0]} is not here. Off Debian, install CUPS with ippeveprinter.") from error
    except subprocess.CalledProcessError as error:
        advice = "" if os.geteuid() == 0 else f"\nRoot can install them: apt-get install {' '.join(PACKAGES)}"
        raise NoPrinters(f"{' '.join(command)}: {error.stderr.strip()}{advice}") from error
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
