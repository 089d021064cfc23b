"""Two people at once: the second comes while the first is inside the act, and has to wait."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from workstation.acts.desk import Desk
from workstation.acts.waiting import Waits
from workstation.errors import Explained

Act = Callable[[Desk], object]

DONE = "done"
#: How long the first stays inside after the second has set out: enough to arrive at the lock.
_AWHILE = 0.002
_LONGEST = 30


@dataclass
class Door:
    """A clock that keeps whoever asks first, inside the transaction, until the other is at the door."""

    clock: Callable[[], int]
    inside: threading.Event = field(default_factory=threading.Event)
    coming: threading.Event = field(default_factory=threading.Event)

    def __call__(self) -> int:
        if not self.inside.is_set():
            self.inside.set()
            assert self.coming.wait(_LONGEST)
            time.sleep(_AWHILE)
        return self.clock()


@dataclass(frozen=True)
class Outcome:
    """What became of one of two acts."""

    code: str
    """`done`, or the code of the refusal."""
    why: str = ""


def outcome(desk: Desk, act: Act) -> Outcome:
    """Do an act, and say what became of it; whatever is not explained is a crash."""
    try:
        act(desk)
    except Explained as error:
        return Outcome(error.code, error.why)
    except Waits:
        return Outcome("waits")
    return Outcome(DONE)


def raced(first: tuple[Desk, Act], second: tuple[Desk, Act]) -> tuple[Outcome, Outcome]:
    """Two acts at once, the first inside before the second comes."""
    (desk, act), (other, later) = first, second
    door = Door(desk.store.clock)
    found: dict[str, Outcome | BaseException] = {}

    def go_in() -> None:
        try:
            found["first"] = outcome(replace(desk, store=replace(desk.store, clock=door)), act)
        finally:
            door.inside.set()  # refused before any transaction

    def come() -> None:
        assert door.inside.wait(_LONGEST)
        door.coming.set()
        found["second"] = outcome(other, later)

    run(found, go_in, come)
    return kept(found, "first"), kept(found, "second")


def at_once(*acts: tuple[Desk, Act]) -> list[Outcome]:
    """Any number of acts, all let go at the same moment."""
    found: dict[str, Outcome | BaseException] = {}
    start = threading.Barrier(len(acts))

    def go(name: str, desk: Desk, act: Act) -> Callable[[], None]:
        def run_it() -> None:
            start.wait(_LONGEST)
            found[name] = outcome(desk, act)

        return run_it

    run(found, *(go(str(i), desk, act) for i, (desk, act) in enumerate(acts)))
    return [kept(found, str(i)) for i in range(len(acts))]


def run(found: dict[str, Outcome | BaseException], *works: Callable[[], None]) -> None:
    """Each in a thread of its own; what one raises is kept, to be raised again here."""

    def guarded(name: str, work: Callable[[], None]) -> Callable[[], None]:
        def run_it() -> None:
            try:
                work()
            except BaseException as error:  # noqa: BLE001 - raised again by `kept`
                found[name] = error

        return run_it

    threads = [threading.Thread(target=guarded(f"crash {i}", work)) for i, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(2 * _LONGEST)
        assert not thread.is_alive()
    for name in found:
        if name.startswith("crash"):
            kept(found, name)


def kept(found: dict[str, Outcome | BaseException], name: str) -> Outcome:
    """What became of one of them."""
    result = found[name]
    if isinstance(result, BaseException):
        raise result
    return result
