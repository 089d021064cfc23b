"""One thing per thread: each thread has its own connection, and those of threads that ended are closed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

S = TypeVar("S")


class PerThread(Generic[S]):
    """Opens one S for each thread that asks."""

    def __init__(self, opened: Callable[[], S], closed: Callable[[S], None]) -> None:
        self._opened, self._closed = opened, closed
        self._mine = threading.local()
        self._all: dict[threading.Thread, S] = {}
        self._gate = threading.Lock()

    def get(self) -> S:
        """This thread's own."""
        mine: S | None = getattr(self._mine, "it", None)
        if mine is None:
            self.close_ended()
            mine = self._mine.it = self._opened()
            with self._gate:
                self._all[threading.current_thread()] = mine
        return mine

    def close(self) -> None:
        """Close this thread's own, if it has one; `get` opens another."""
        with self._gate:
            mine = self._all.pop(threading.current_thread(), None)
        self._mine.it = None
        if mine is not None:
            self._closed(mine)

    def close_ended(self) -> None:
        """Close what threads have left behind: a worker thread ends without a word."""
        with self._gate:
            ended = [self._all.pop(thread) for thread in list(self._all) if not thread.is_alive()]
        for one in ended:
            self._closed(one)
