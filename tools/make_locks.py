"""Resolves pyproject.toml into the locks, for every machine at once; `make lock` calls it.

Which index answers is this machine's affair: pip's own configuration is read when the tool runs and handed
on through the environment, so that no address ever gets into a file.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

MAIN = "requirements.lock"

# Each lock with what it is resolved from. The packages that two locks share have one version in both.
SOURCES = {
    MAIN: ("pyproject.toml", "--group", "test", "--group", "lint"),
    "requirements-build.lock": ("--group", "build", "--constraints", MAIN),
    # Installed without dependencies, so locked without: we use the font of the one …
    "requirements-fonts.lock": ("--group", "fonts", "--no-deps"),
    # … and the server programs of the other.
    "requirements-postgres.lock": ("--group", "postgres", "--no-deps"),
}
OPTIONS = (
    # One resolution with markers, instead of one for the machine that happened to run it.
    *("--universal", "--python-version", "3.11", "--generate-hashes", "--no-build"),
    # Whatever else could be written down would be somebody's address or path.
    *("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--quiet"),
)


class LockFailed(Exception):
    """The locks stay as they were; the text tells why."""


def main(arguments: list[str]) -> int:
    """Resolve all locks aside, look them through, and only then put them in place."""
    os.chdir(Path(__file__).resolve().parent.parent)
    with tempfile.TemporaryDirectory(prefix="lock-") as folder:
        try:
            resolved = resolve(Path(folder), arguments)
        except (LockFailed, subprocess.CalledProcessError) as error:
            print(f"The locks were left as they are. {error}", file=sys.stderr)
            return 1
        for lock in resolved:
            shutil.copyfile(lock, lock.name)
            print(f"{lock.name}: {len(requirements(lock))} packages")
    return 0


def resolve(folder: Path, arguments: list[str]) -> list[Path]:
    """Make every lock in a folder aside and return them."""
    python = throw_away_venv(folder / "venv")
    environment = {**os.environ, **what_pip_uses(python)}
    shutil.copyfile("pyproject.toml", folder / "pyproject.toml")
    for name, source in SOURCES.items():
        # A version that still fits is kept, unless --upgrade is asked for.
        if Path(name).exists():
            shutil.copyfile(name, folder / name)
        command = [python, "-m", "uv", "pip", "compile", *source, *OPTIONS, *arguments, "--output-file", name]
        subprocess.run(command, cwd=folder, env=environment, check=True, stdin=subprocess.DEVNULL)
        look_through(folder / name)
    return [folder / name for name in SOURCES]


def throw_away_venv(folder: Path) -> str:
    """Install the resolver where it is gone again afterwards; it is no part of what we ship or test with."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = str(folder / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "-qq", "uv"], check=True, stdin=subprocess.DEVNULL)
    return python


def what_pip_uses(python: str) -> dict[str, str]:
    """Translate pip's configuration into the resolver's environment variables.

    Side indexes and folders of wheels are not passed on: they may hold some files of a version and lack
    others, and a lock resolved from them would have no hash for the machines whose file is missing.
    """
    listed = subprocess.run(
        [python, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True
    )
    return translated(listed.stdout)


def translated(listing: str) -> dict[str, str]:
    """Read `pip config list`; where a setting occurs twice, the last of the three kinds wins, as in pip."""
    found: dict[str, str] = {}
    for section in ("global", "install", ":env:"):
        for line in listing.splitlines():
            key, _, value = line.partition("=")
            if key.startswith(f"{section}."):
                found[key.removeprefix(f"{section}.")] = str(ast.literal_eval(value))
    names = {"index-url": "UV_DEFAULT_INDEX", "cert": "SSL_CERT_FILE"}
    return {variable: found[setting] for setting, variable in names.items() if setting in found}


def look_through(lock: Path) -> None:
    """Refuse a lock that names an address, a path or an unhashed package."""
    text = lock.read_text()
    if "/" in text or "--index" in text or "--find-links" in text:
        raise LockFailed(f"{lock.name} would contain an address or a path.")
    for requirement in requirements(lock):
        if "==" not in requirement or "--hash=sha256:" not in requirement:
            raise LockFailed(f"{lock.name} would contain a line without version or hash: {requirement}")


def requirements(lock: Path) -> list[str]:
    """Return one line for each package, its hashes drawn up behind it."""
    return lock.read_text().replace("\\\n", " ").splitlines()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
