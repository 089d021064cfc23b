"""A practice hall to walk into, beside the hall in earnest: the one that is there, or one played first.

It is played in a folder within its home and brought out when it is whole, so that neither who stops it nor
a kill leaves half a hall.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from workstation import bootstrap, practice
from workstation.acts.progress import Progress, silent
from workstation.settings import Home

CASES, SEED = 40, 7
_BEGUN = "begun"
#: What a practice hall is made of, but for the settings, by which every start knows that it is there.
_PARTS = ("ledger.db*", "drafts.db*", "tray", _BEGUN)
#: What may lie in the home of a hall that is not there yet.
_HARMLESS = frozenset({"logs", "lost+found"})


def home_beside(home: Home) -> Home:
    """The home of the practice hall beside a hall in earnest, or beside where there will be one."""
    return Home(home.root / "practice")


def begin(home: Home, progress: Progress = silent) -> None:
    """A practice hall in mid-day in this home, unless there is one: played whole, or nothing is left."""
    if home.has_hall:
        return
    made = _made(home.root.parent, home.root)
    begun = Home(home.root / _BEGUN)
    try:
        _clear(home, begun)
        start = practice.latest_start(bootstrap.machine_clock())
        # Where something else lies, `play` refuses in words.
        place = home if _is_used(home) else begun
        practice.play(place, cases=CASES, seed=SEED, start=start, progress=progress)
        _bring_out(begun, home)
    finally:
        shutil.rmtree(begun.root, ignore_errors=True)
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()


def _made(*folders: Path) -> list[Path]:
    """The folders that were not there yet; where they cannot be made, who plays there says so."""
    made = [folder for folder in folders if not folder.exists()]
    with suppress(OSError):
        for folder in made:
            folder.mkdir(mode=0o700, parents=True)
    return made


def _clear(home: Home, begun: Home) -> None:
    """What a kill has left of an earlier beginning goes: it is invented, and not whole."""
    if begun.root.exists():
        for path in [path for part in _PARTS for path in home.root.glob(part)]:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _is_used(home: Home) -> bool:
    return home.root.exists() and any(path.name not in _HARMLESS for path in home.root.iterdir())


def _bring_out(begun: Home, home: Home) -> None:
    for path in begun.root.iterdir():
        if path != begun.settings:
            path.rename(home.root / path.name)
    begun.settings.rename(home.settings)
