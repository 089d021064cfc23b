"""Threads for acts and looks, so that the screen never waits: one each, since each has a connection."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

R = TypeVar("R")


class Hands:
    """One thread that does one thing after the other."""

    def __init__(self, name: str) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._given = 0

    @property
    def is_busy(self) -> bool:
        """Whether something is being done or waits to be."""
        return self._given > 0

    async def do(self, work: Callable[[], R]) -> R:
        """Do this when all before it is done; its error is raised here."""
        self._given += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        finally:
            self._given -= 1

    def rest(self, last: Callable[[], None] | None = None) -> None:
        """Finish, with one last thing to do in that thread."""
        if last is not None:
            self._thread.submit(last)
        self._thread.shutdown(wait=True)
