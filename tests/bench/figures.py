"""The tables of figures in README.md: what was measured, on what, at which commit."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from workstation.store.sqlite import SqliteEngine

ROOT = Path(__file__).parent.parent.parent
README = ROOT / "README.md"
MARK = "figures"


class NoPlace(Exception):
    """The text has no marks between which the table could stand; they are part of the message."""


class Figure(NamedTuple):
    """One line of the table."""

    what: str
    figure: str
    goal: str = ""


def table(figures: Sequence[Figure], setting: str) -> str:
    """The table under the line that tells on what it was measured."""
    lines = [setting, "", "| what | figure | goal |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| {' | '.join(figure)} |" for figure in figures)])


def marks(name: str) -> tuple[str, str]:
    """Between which comments a table stands; each has a name of its own."""
    return f"<!-- {name} -->", f"<!-- /{name} -->"


def written(text: str, figures: str, name: str = MARK) -> str:
    """The README with these figures between their marks."""
    begin, end = marks(name)
    if text.count(begin) != 1 or text.count(end) != 1:
        raise NoPlace(f"no single place for the table: {begin} … {end}")
    before, rest = text.split(begin)
    _, after = rest.split(end)
    return f"{before}{begin}\n{figures}\n{end}{after}"


def setting(root: Path, day: date) -> str:
    """Commit, date and machine."""
    described = SqliteEngine(root / "no.db").describe()
    machine = f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}"
    engine = f"SQLite {described['version']} ({described['module'].partition('.')[0]})"
    return f"Measured {day} at {commit(root)}: {machine}, {engine}; medians (least–most)."


def commit(root: Path) -> str:
    """The commit's short hash, and whether the files differ from it."""
    head = _git(root, "rev-parse", "--short", "HEAD")
    if head is None:
        return "no commit"
    return f"`{head}`" + (" + changes" if _git(root, "status", "--porcelain") else "")


def _git(root: Path, *arguments: str) -> str | None:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None
