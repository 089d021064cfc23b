"""The output tray 出纸盘 emptied: the papers of ours that the store can give out again, and nothing else.

No act: it touches no record and every paper swept can be taken out again, so it leaves no journal entry.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from workstation.acts import papers
from workstation.acts.desk import Desk
from workstation.errors import OutsideFailed
from workstation.settings import os_reason

_PAPER = re.compile(r"([0-9]{20})\.pdf", re.ASCII)
#: What a paper is called while `making.lay_out` writes it.
_HALF = re.compile(r"[0-9]{20}\.[0-9]+-[0-9]+\.part", re.ASCII)
_HOUR_MS = 60 * 60 * 1000

#: Why something stays in the tray.
REASONS = {
    "not_stored": "账上没有它的影像，清掉就取不出来了",
    "differs": "与账上的影像不同",
    "too_young": "还不到时候",
    "foreign": "不是本系统放的",
    "unreadable": "读不了",
    "not_removable": "删不掉",
}


@dataclass(frozen=True)
class Kept:
    """Something that stays in the tray, and why."""

    name: str
    reason: str
    """One of `REASONS`."""


@dataclass(frozen=True)
class Sweep:
    """What was taken out of the tray, and what was left there; by name."""

    swept: tuple[str, ...]
    kept: tuple[Kept, ...]


def sweep(desk: Desk, *, older_than: int = 0, dry_run: bool = False) -> Sweep:
    """Empty this window's tray of papers laid out so many hours ago, or only tell what that would do.

    A paper on its way into the tray is not lost: its bytes are stored before it is laid out, and what is
    half written is left alone for an hour.
    """
    desk.signed_in()
    desk.writes()
    now, age = desk.store.now(), older_than * _HOUR_MS
    found = {entry.name: _why_kept(desk, entry, now, age) for entry in _entries(desk.tray)}
    if not dry_run:
        found = {name: why or _removed(desk.tray / name) for name, why in found.items()}
    return Sweep(
        swept=tuple(name for name, why in found.items() if why is None),
        kept=tuple(Kept(name, why) for name, why in found.items() if why is not None),
    )


def _entries(tray: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(tray) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        raise _tray_closed(tray, error) from error


def _why_kept(desk: Desk, entry: os.DirEntry[str], now: int, age: int) -> str | None:
    """Why this stays, or None if it may go."""
    paper, half = _PAPER.fullmatch(entry.name), _HALF.fullmatch(entry.name)
    try:
        # Neither what a link leads to nor what stands in a folder is ours.
        if not (paper or half) or not entry.is_file(follow_symlinks=False):
            return "foreign"
        laid_out = entry.stat(follow_symlinks=False)
        wait = max(age, _HOUR_MS) if half else age
        # Without a wait no clock is asked: a server's may be behind the one the file was written by.
        if wait and now - laid_out.st_mtime_ns // 1_000_000 < wait:
            return "too_young"
        return _why_needed(desk, paper[1], Path(entry), laid_out.st_size) if paper else None
    except OSError:
        return "unreadable"


def _why_needed(desk: Desk, number: str, file: Path, size: int) -> str | None:
    """Why a file under a paper's number is needed here, or None if the store has the same bytes."""
    stored = _stored(desk, number)
    if stored is None:
        return "not_stored"
    # The size first: what is not ours may be of any.
    return None if size == len(stored) and file.read_bytes() == stored else "differs"


def _stored(desk: Desk, number: str) -> bytes | None:
    """The bytes that the store would give out again, None if it would not; read, since they may not open."""
    try:
        return papers.stored(desk, number)
    except OutsideFailed as error:
        if error.code != "seal-broken":
            raise
        return None


def _removed(file: Path) -> str | None:
    try:
        file.unlink(missing_ok=True)
    except OSError:
        return "not_removable"
    return None


def _tray_closed(tray: Path, error: OSError) -> OutsideFailed:
    return OutsideFailed(
        "tray-closed",
        what="出纸盘打不开，没有清理。",
        why=f"{tray}：{os_reason(error)}。",
        next="请检查该目录和权限后再试。",
    )
