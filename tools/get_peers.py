"""Gets the programs that `make bench-peers` measures beside ours: Debian's glabels and LibreOffice.

Root installs the packages; anybody else is told what root has to do. What is already installed is used.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PACKAGES = ("glabels", "libreoffice-writer-nogui", "libreoffice-base-nogui", "python3-uno")
#: The last two are drivers of the mail merge: that of the CSV, and that of the file it is registered in.
PROGRAMS = (
    "usr/bin/glabels-3-batch",
    "usr/bin/soffice",
    "usr/bin/python3",
    "usr/lib/python3/dist-packages/uno.py",
    "usr/lib/libreoffice/program/libswlo.so",
    "usr/lib/libreoffice/program/libflatlo.so",
    "usr/lib/libreoffice/program/libdbaxmllo.so",
)
ROOT = Path("/")


class NoPeers(Exception):
    """There is nothing to compare with; the text tells why and what to do."""


def main() -> int:
    """Leave the programs behind, or say why there are none."""
    try:
        if missing():
            install()
        if lacking := missing():
            raise NoPeers(f"The packages do not hold {', '.join(lacking)}.")
    except NoPeers as error:
        print(f"There is nothing to compare with. {error}", file=sys.stderr)
        return 1
    print("glabels and LibreOffice: installed")
    return 0


def missing() -> list[str]:
    """Which of the programs are not here."""
    return [name for name in PROGRAMS if not (ROOT / name).is_file()]


def install() -> None:
    """Have root's package manager install the packages; the lists first, they may be old or missing."""
    if os.geteuid() != 0:
        raise NoPeers(f"Root can install it: apt-get install --no-install-recommends {' '.join(PACKAGES)}")
    run(["apt-get", "-qq", "update"])
    run(["apt-get", "-qq", "install", "--yes", "--no-install-recommends", *PACKAGES])


def run(command: list[str]) -> None:
    """Run a program of the system, or say what is missing."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    try:
        subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, check=True, capture_output=True, text=True
        )
    except FileNotFoundError as error:
        raise NoPeers(f"{command[0]} is not here. Off Debian, install glabels 3 and LibreOffice.") from error
    except subprocess.CalledProcessError as error:
        raise NoPeers(f"{' '.join(command)}: {error.stderr.strip()}") from error


if __name__ == "__main__":
    sys.exit(main())
