"""Puts the face for rare names into the user's fonts: HanaMinB out of Debian's package, without being root.

`make fonts` calls it. Which mirror answers is this machine's affair; the file itself is told by its digest.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGE, FACE = "fonts-hanazono", "HanaMinB.ttf"
#: SHA-256 of the file in fonts-hanazono 20170904-2.1 (Debian 12).
DIGEST = "829543436cdf7b4c6730e2af5806fa406f8ddf0d4b656e0cd49c58d4db1c8d3c"
TARGET = Path.home() / ".local/share/fonts" / FACE


class NoFont(Exception):
    """The face is not there; the text tells why and what to do."""


def main() -> int:
    """Leave the right file behind, or say why there is none."""
    try:
        if not (TARGET.is_file() and digest(TARGET) == DIGEST):
            fetch()
    except NoFont as error:
        print(f"The face for rare names is not installed. {error}", file=sys.stderr)
        return 1
    print(f"{TARGET}: whole")
    return 0


def fetch() -> None:
    """Download the package, take the one file out of it, and put it in its place in one step."""
    with tempfile.TemporaryDirectory() as folder:
        run(["apt-get", "download", "--quiet", PACKAGE], folder)
        (archive,) = Path(folder).glob("*.deb")
        run(["dpkg-deb", "--extract", archive.name, "unpacked"], folder)
        (found,) = Path(folder, "unpacked").rglob(FACE)
        if digest(found) != DIGEST:
            raise NoFont(f"{PACKAGE} holds another edition of {FACE} than the one that was looked at.")
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        half = TARGET.with_suffix(".part")
        shutil.copyfile(found, half)
        os.replace(half, TARGET)  # noqa: PTH105 - atomic, and says so


def digest(file: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def run(command: list[str], folder: str) -> None:
    """Run a program of the system, or say what is missing."""
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise NoFont(f"{command[0]} is not here. Off Debian, put {FACE} at {TARGET}.") from error
    except subprocess.CalledProcessError as error:
        raise NoFont(f"{' '.join(command)}: {error.stderr.strip()}") from error


if __name__ == "__main__":
    sys.exit(main())
