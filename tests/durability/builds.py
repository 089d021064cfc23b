"""The store under test, and a wrong one: both tell in shared memory where they stand, for who kills them."""

from __future__ import annotations

import mmap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import IntEnum

from tests.engines import FilePlace, Place, ServerPlace
from workstation.domain.people import Hall
from workstation.store.ledger import Store
from workstation.store.personal import PersonalKeys
from workstation.store.protocols import Engine
from workstation.store.work import Stamp, Work


class Moment(IntEnum):
    """Where a child was when it was killed."""

    STARTING = 0
    """Not yet at its first act: opening the store, which repairs what the last kill has left."""
    IDLE = 1
    """Between an acknowledgement and the next BEGIN."""
    BEGUN = 2
    """Between BEGIN and COMMIT."""
    COMMITTED = 3
    """COMMIT has returned, the act is not acknowledged yet."""


@dataclass(frozen=True)
class Watched(Store):
    """A store that marks where its transactions stand."""

    where: mmap.mmap = field(repr=False)

    @contextmanager
    def transaction(self, stamp: Stamp, *, accept_clock: bool = False) -> Iterator[Work]:
        """The act's transaction, marked from its BEGIN on."""
        with super().transaction(stamp, accept_clock=accept_clock) as work:
            self.where[0] = Moment.BEGUN
            yield work
        self.where[0] = Moment.COMMITTED


_AGAIN = {"sqlite": "BEGIN IMMEDIATE", "postgres": "BEGIN READ WRITE"}


class Late(Store):
    """The build that must be caught: it journals an act after the act's commit."""

    @contextmanager
    def transaction(self, stamp: Stamp, *, accept_clock: bool = False) -> Iterator[Work]:
        """One act, committed; and then its journal entry, in a transaction of its own."""
        with super().transaction(stamp, accept_clock=accept_clock) as work:
            yield work
            self.engine.run("COMMIT", {})
            self.engine.run(_AGAIN[self.engine.name], {})


class WatchedLate(Watched, Late):
    """The wrong build, watched like the right one."""


BUILDS = {"right": Watched, "late": WatchedLate}


def open_durably(place: Place) -> Engine:
    """An engine with nothing taken off: every commit is on the disk before it returns."""
    if isinstance(place, FilePlace):
        return place.open(synchronous="FULL")
    assert isinstance(place, ServerPlace)
    from psycopg.conninfo import make_conninfo

    from workstation.store.postgres import PostgresEngine

    settings = f"-c search_path={place.name} -c synchronous_commit=on"
    return PostgresEngine(make_conninfo(place.dsn, options=settings, application_name=place.name))


def watched(build: str, engine: Engine, keys: PersonalKeys, hall: Hall, where: mmap.mmap) -> Watched:
    """The store of one child."""
    return BUILDS[build](engine, keys, hall, machine_clock, where)


def machine_clock() -> int:
    """The hour as it is: acts that are being killed are stamped with it like any others."""
    return time.time_ns() // 1_000_000
