"""Makes .venv from the locks, and makes it again when a lock has changed or the folder is not whole.

Runs under the machine's own Python with the standard library alone, since it brings all the rest.
"""

from __future__ import annotations

import contextlib
import csv
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

VENV = Path(".venv")
STAMP = VENV / "whole"  # written last, so its presence says that everything before it went well
PROJECT = Path("pyproject.toml")
MADE = VENV / "share/fonts/RECORD"  # what tools/make_serif.py says of the face it makes
LOCKS = ("requirements.lock", "requirements-build.lock", "requirements-fonts.lock")

# Only ready-made wheels: a source package would run a build whose own needs no lock covers.
LOCKED = ("--require-hashes", "--only-binary", ":all:")


class SetUpFailed(Exception):
    """Setting up stopped; the text tells a person why and what to do next."""


def main() -> int:
    """Leave a whole .venv behind, or say why there is none."""
    os.chdir(Path(__file__).resolve().parent.parent)
    try:
        with only_one_at_a_time():
            if not is_whole():
                build()
    except SetUpFailed as failed:
        print(f"\nSetting up stopped. {failed}", file=sys.stderr)
        return 1
    return 0


@contextlib.contextmanager
def only_one_at_a_time() -> Iterator[None]:
    """Hold the folder itself, so two simultaneous `make` do not build into each other."""
    folder = os.open(".", os.O_RDONLY)
    try:
        # Some network folders know no locks; there a second `make` at the same moment is at its own risk.
        with contextlib.suppress(OSError):
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def is_whole() -> bool:
    """Say whether .venv was made from the present locks, in this folder, and still has all its files."""
    try:
        return STAMP.read_text() == fingerprint(python_version()) and not missing_files()
    except (OSError, subprocess.SubprocessError):
        return False


def python_version() -> str:
    """Ask the Python inside .venv for its version; a dead link or a replaced system Python shows here."""
    program = "import sys; print(*sys.version_info[:2], sep='.')"
    asked = subprocess.run(
        [inside("python"), "-I", "-S", "-c", program], capture_output=True, text=True, check=True
    )
    return asked.stdout.strip()


def fingerprint(version: str) -> str:
    """Sum up what .venv is made from: the locks, the Python, and the folder, which .venv has written down."""
    sums = [f"{name} {hashlib.sha256(Path(name).read_bytes()).hexdigest()}" for name in LOCKS]
    sums.append(f"project {hashlib.sha256(what_is_installed().encode()).hexdigest()}")
    return "\n".join([*sums, f"python {version}", f"folder {Path.cwd()}"]) + "\n"


def what_is_installed() -> str:
    """Return what pyproject.toml says about the package itself.

    Its settings for ruff, mypy or pytest are left out: .venv once vanished under people at work because
    somebody had changed a limit of the linter.
    """
    settings = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
    parts = [settings.get("project"), settings.get("build-system"), settings.get("tool", {}).get("hatch")]
    return json.dumps(parts, sort_keys=True)


def missing_files() -> list[Path]:
    """Name the installed and made files that are gone or cut short, by the records kept of them."""
    if not MADE.is_file():
        return [MADE]
    found: list[Path] = []
    installed = VENV.glob("lib/python*/site-packages/*.dist-info/RECORD")
    for folder, record in [(MADE.parent, MADE), *((each.parent.parent, each) for each in installed)]:
        with record.open(newline="", encoding="utf-8") as lines:
            found += damaged(folder, csv.reader(lines))
    return found


def damaged(packages: Path, record: Iterator[list[str]]) -> Iterator[Path]:
    """Yield each recorded file that is not there in its recorded size; compiled files carry no size."""
    for name, _, size in record:
        path = packages / name
        if size and (not path.is_file() or path.stat().st_size != int(size)):
            yield path


def build() -> None:
    """Make .venv from nothing: what is half there is not trusted."""
    remove()
    print(f"Making .venv with Python {sys.version.split()[0]}; this happens once.", flush=True)
    run([sys.executable, "-m", "venv", str(VENV)], "Is Python's venv installed? On Debian: python3-venv.")
    install("packages", "-r", "requirements.lock", *LOCKED)
    install("build backend", "-r", "requirements-build.lock", *LOCKED)
    # One font's package declares a drawing library that we do not use, hence without dependencies.
    install("fonts", "-r", "requirements-fonts.lock", "--no-deps", *LOCKED)
    install("workstation", "--no-deps", "--no-index", "--no-build-isolation", "-e", ".")
    make_serif()
    STAMP.write_text(fingerprint(python_version()))


def remove() -> None:
    """Take an old .venv away."""
    try:
        if VENV.is_symlink() or VENV.is_file():
            VENV.unlink()
        elif VENV.exists():
            print(".venv is not whole or not up to date, so it is made again.", flush=True)
            shutil.rmtree(VENV)
    except OSError as error:
        raise SetUpFailed(
            f"The old .venv cannot be removed: {error}. Does it belong to another user?"
        ) from error


def install(what: str, *arguments: str) -> None:
    """Install from a lock; pip is told to speak only of errors, for the rest is noise to who reads it."""
    print(f"  {what}", flush=True)
    # A missing dependency of the fonts is what we want, so pip need not warn of it.
    command = [inside("python"), "-m", "pip", "install", "-qq", "--no-input", "--no-warn-conflicts"]
    run([*command, *arguments], "pip's own words are above. When the cause is gone, run `make setup` again.")


def make_serif() -> None:
    """Turn the Song face into outlines that papers can embed."""
    print("  Song face (about 20 seconds)", flush=True)
    run([inside("python"), "tools/make_serif.py"], "Is there room on the disk? Then run `make setup` again.")


def run(command: list[str], advice: str) -> None:
    """Run a command without a keyboard and without what the shell may say to Python or pip."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore", "PIP_USER": "0"}
    try:
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, env=environment)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetUpFailed(advice) from error


def inside(program: str) -> str:
    """Name a program of .venv."""
    return str(VENV / "bin" / program)


if __name__ == "__main__":
    sys.exit(main())
