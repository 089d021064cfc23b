"""One program of a home at a time: who works off a queue holds its lock, and whoever finds it taken waits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from workstation.acts.desk import Desk
from workstation.errors import OutsideFailed
from workstation.settings import os_reason
from workstation.store.filelock import FileLock, LockTimeout


@contextmanager
def alone(desk: Desk, queue: str, *, undone: str, kept: str) -> Iterator[bool]:
    """Whether nobody else works off this queue from this home; as long as this lasts, nobody else does.

    `undone` says what has not been done where the lock cannot even be opened, `kept` what is not lost by it.
    """
    path = desk.tray.with_name(f"{queue}.lock")
    lock = FileLock(path)
    try:
        lock.acquire(0)
    except LockTimeout:
        yield False
        return
    except OSError as error:
        raise OutsideFailed(
            f"{queue}-lock",
            what=undone,
            why=f"{path}：{os_reason(error)}。",
            next=f"请检查磁盘和数据目录的权限；{kept}",
        ) from error
    else:
        yield True
    finally:
        lock.close()
