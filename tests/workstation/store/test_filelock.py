"""The file lock: one holder at a time, between threads as between processes, waited for in a queue."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from workstation.store.filelock import FileLock, LockTimeout


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The lock's file."""
    return tmp_path / "ledger.db.lock"


def is_free(path: Path) -> bool:
    """Whether somebody else could have the lock now."""
    other = FileLock(path)
    try:
        other.acquire(0)
    except LockTimeout:
        return False
    finally:
        other.close()
    return True


def test_one_holder(path: Path) -> None:
    """Who asks while another holds the lock is refused after the time it gave; afterwards it is free."""
    first, second = FileLock(path), FileLock(path)
    first.acquire(1)
    started = time.monotonic()
    with pytest.raises(LockTimeout):
        second.acquire(0.1)
    waited = time.monotonic() - started
    first.release()

    assert 0.1 <= waited < 5
    second.acquire(1)
    assert not is_free(path)
    second.close()
    assert is_free(path)
    first.close()


def test_waiting(path: Path) -> None:
    """Who waits has the lock as soon as it is given back."""
    first, second, has_it = FileLock(path), FileLock(path), threading.Event()
    first.acquire(1)

    def wait() -> None:
        second.acquire(30)
        has_it.set()

    thread = threading.Thread(target=wait)
    thread.start()
    time.sleep(0.05)
    assert not has_it.is_set()
    first.release()
    assert has_it.wait(5)
    thread.join()

    assert not is_free(path)
    first.close()
    second.close()


def test_given_up_waiting(path: Path) -> None:
    """A lock that somebody gave up waiting for is not lost when its turn comes."""
    first, second = FileLock(path), FileLock(path)
    first.acquire(1)
    with pytest.raises(LockTimeout):
        second.acquire(0.05)
    first.close()

    second.acquire(5)
    second.close()
    assert is_free(path)


def test_releasing_what_is_not_held(path: Path) -> None:
    """To release or close a lock that was never taken does nothing."""
    lock = FileLock(path)
    lock.release()
    lock.close()
    lock.close()

    assert not path.exists()


def test_no_folder(tmp_path: Path) -> None:
    """Where the file cannot be made, the system's own error tells why."""
    with pytest.raises(FileNotFoundError):
        FileLock(tmp_path / "nowhere" / "lock").acquire(1)
