"""The ground a hall is founded on: one founder at a time, and afterwards a whole hall or none.

While `founding/` stands in the home, what lies beside it is not yet a hall. The hall is whole from the commit
of its first transaction on; `settings.toml`, by which every start knows that there is one, is put in place
right after. Whoever comes after a kill takes that last step, or clears the ground.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from workstation import settings
from workstation.errors import OutsideFailed, Refused
from workstation.settings import Home, Settings, os_reason

#: What may lie in an empty home: the practice home beside a live one, and notes of earlier faults.
_HARMLESS = frozenset({"practice", "logs", "lost+found"})
_LEDGER = ("", "-wal", "-shm", "-journal", ".lock")

IsFounded = Callable[[Settings], bool]
"""Asks the store that these settings name whether the hall is in it."""


def draft(home: Home) -> Path:
    """Where the settings lie until the hall is whole."""
    return home.founding / home.settings.name


@contextmanager
def whole_or_nothing(home: Home, is_founded: IsFounded) -> Iterator[None]:
    """Found a hall in here: refused where there is one already, cleared if it fails."""
    made = not home.root.exists()
    with _only_founder(home), _told(home), ExitStack() as undo:
        _settle(home, is_founded)
        _refuse_occupied(home)
        if made:
            undo.callback(_remove_if_empty, home.root)
        undo.callback(_clear, home)
        home.founding.mkdir(mode=0o700)
        yield
        # The hall is in the store: nothing is cleared any more; the next start finishes if we cannot.
        undo.pop_all()
        _finish(home)


def settle(home: Home, is_founded: IsFounded) -> None:
    """After a kill: take the last step if the hall was founded, clear the ground if it was not."""
    if home.founding.is_dir():
        with _only_founder(home):
            _settle(home, is_founded)


def _settle(home: Home, is_founded: IsFounded) -> None:
    if not home.founding.is_dir():
        return
    if not home.settings.exists() and draft(home).exists() and is_founded(settings.load_file(draft(home))):
        draft(home).replace(home.settings)
    if home.settings.exists():
        shutil.rmtree(home.founding)
    else:
        _clear(home)


def _finish(home: Home) -> None:
    draft(home).replace(home.settings)
    home.founding.rmdir()
    handle = os.open(home.root, os.O_RDONLY | os.O_DIRECTORY)
    os.fsync(handle)
    os.close(handle)


def _clear(home: Home) -> None:
    """Take away what a founder makes, and nothing else; the mark goes last."""
    for ending in _LEDGER:
        Path(f"{home.ledger}{ending}").unlink(missing_ok=True)
    for folder in (home.tray, home.founding):
        shutil.rmtree(folder, ignore_errors=True)


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


@contextmanager
def _told(home: Home) -> Iterator[None]:
    """A disk or folder that refuses, in words."""
    try:
        yield
    except OSError as error:
        raise _not_writable(home, error) from error


@contextmanager
def _only_founder(home: Home) -> Iterator[None]:
    """A lock on the home itself, which leaves no file behind."""
    with _told(home):
        home.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(home.root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        _lock(handle, home)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, home: Home) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise _under_way(home) from error


def _refuse_occupied(home: Home) -> None:
    if home.settings.exists():
        raise hall_exists(
            f"数据目录 {home.root} 里已有大厅的设置。",
            "请直接使用它；要另建大厅请指明空目录。（命令：--home）",
        )
    found = sorted(path.name for path in home.root.iterdir() if path.name not in _HARMLESS)
    if home.ledger.name in found:
        raise Refused(
            "settings-lost",
            what="没有新建大厅：这里有账本，但设置不见了。",
            why=f"{home.ledger} 还在，设置文件不在；账本不能被覆盖。",
            next="请从备份恢复设置文件；要另建大厅请指明空目录。（命令：settings.toml、--home）",
        )
    if found:
        raise Refused(
            "home-not-empty",
            what="没有新建大厅：数据目录不是空的。",
            why=f"{home.root} 里已有 {'、'.join(found[:5])}{' 等' if len(found) > 5 else ''}。",
            next="请指明一个空的或还不存在的目录。（命令：--home）",
        )


def hall_exists(why: str, then: str) -> Refused:
    """There is a hall already, here or at the server."""
    return Refused("hall-exists", what="没有新建大厅：已经有一个了。", why=why, next=then)


def _under_way(home: Home) -> Refused:
    return Refused(
        "founding-under-way",
        what="这里正在新建大厅，本次没有执行。",
        why=f"另一个程序正在 {home.root} 里新建。",
        next="请等它完成，然后直接使用；它若失败，再试一次。",
    )


def _not_writable(home: Home, error: OSError) -> OutsideFailed:
    return OutsideFailed(
        "home-not-writable",
        what=f"数据目录 {home.root} 写不进去。",
        why=f"{os_reason(error)}。",
        next="请检查目录的权限和磁盘，或指明别的目录。（命令：--home）",
    )
