"""An exclusive lock on a file of its own (`flock`), between threads as between processes."""

from __future__ import annotations

import fcntl
import os
import threading
from pathlib import Path


class LockTimeout(Exception):
    """Another holder kept the lock longer than we would wait."""


class FileLock:
    """One thread's way to the lock: its own open file, to which `flock` gives it, whichever thread asks."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None

    def acquire(self, seconds: float) -> None:
        """Take the lock, waiting so long; raises LockTimeout, or OSError if the file cannot be made."""
        if self._file is None:
            self._file = os.open(self.path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if not seconds:
                raise LockTimeout(str(self.path)) from error
            self._queue(self._file, seconds)

    def release(self) -> None:
        """Give the lock back, if it is held."""
        if self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Close the file; whoever waits gets the lock."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _queue(self, file: int, seconds: float) -> None:
        """Wait in the kernel's queue: whoever asks again and again instead may be overtaken for ever."""
        waiter = _Waiter(file)
        waiter.start()
        try:
            waiter.done.wait(seconds)
        finally:
            if not waiter.collect():
                self._file = None  # the waiter has it, and closes it as soon as it gets the lock
        if self._file is None:
            raise LockTimeout(str(self.path))


class _Waiter(threading.Thread):
    """Waits for the lock in our stead, because `flock` knows no time limit; it can be left behind."""

    def __init__(self, file: int) -> None:
        super().__init__(daemon=True, name="waits for the store")
        self.done = threading.Event()
        self._file = file
        self._left_behind = False
        self._gate = threading.Lock()

    def run(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_EX)
        with self._gate:
            if self._left_behind:
                os.close(self._file)
            self.done.set()

    def collect(self) -> bool:
        """Take the lock over; False if it is not there yet, and then the waiter is left behind."""
        with self._gate:
            self._left_behind = not self.done.is_set()
            return not self._left_behind
