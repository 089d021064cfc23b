"""One thing a thread."""

from __future__ import annotations

import itertools
import threading

from workstation.store.threads import PerThread


class Drawer:
    """Hands out numbers, and remembers which were given back."""

    def __init__(self) -> None:
        self.numbers = itertools.count(1)
        self.returned: list[int] = []
        self.each = PerThread(lambda: next(self.numbers), self.returned.append)

    def elsewhere(self) -> int:
        """What another thread gets, which then ends."""
        got: list[int] = []
        thread = threading.Thread(target=lambda: got.append(self.each.get()))
        thread.start()
        thread.join()
        return got[0]


def test_each_thread_its_own() -> None:
    """A thread gets the same thing each time, and another thread another."""
    drawer = Drawer()

    assert [drawer.each.get(), drawer.each.get(), drawer.elsewhere(), drawer.each.get()] == [1, 1, 2, 1]


def test_close() -> None:
    """A thread closes its own, once, and gets a new one afterwards."""
    drawer = Drawer()
    drawer.each.get()
    drawer.each.close()
    drawer.each.close()

    assert (drawer.returned, drawer.each.get()) == ([1], 2)


def test_ended_threads() -> None:
    """What a thread left behind is closed when another opens its own."""
    drawer = Drawer()
    drawer.elsewhere()
    drawer.elsewhere()
    assert drawer.returned == [1]
    drawer.each.close_ended()

    assert drawer.returned == [1, 2]
