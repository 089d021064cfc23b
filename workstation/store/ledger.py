"""The store of one hall over an engine: opens it, gives transactions, keeps the clock honest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from workstation.domain.journal import GENESIS
from workstation.domain.people import Hall
from workstation.store.personal import PersonalKeys
from workstation.store.protocols import Engine
from workstation.store.statements import journal as sql
from workstation.store.work import Moment, Reading, Stamp, Work, chain

#: A clock that went back by no more is bridged and flagged; beyond, a supervisor decides (design §7).
BRIDGED_MS = 5 * 60 * 1000


class ClockSetBack(Exception):
    """The clock stands more than five minutes before the last act."""

    def __init__(self, last: int, now: int) -> None:
        super().__init__(f"last act at {last}, clock at {now}")
        self.last = last
        self.now = now


@dataclass(frozen=True)
class Store:
    """One hall's ledger."""

    engine: Engine
    keys: PersonalKeys
    hall: Hall
    clock: Callable[[], int] = field(repr=False)
    """This machine's clock in epoch milliseconds; a server's own clock goes before it."""

    @contextmanager
    def transaction(self, stamp: Stamp, *, accept_clock: bool = False) -> Iterator[Work]:
        """One act: all of it with its journal entry, or nothing. Raises ClockSetBack."""
        with self.engine.write():
            seq, head, last = chain(self.engine, self.hall.id)
            now, flag = self._time(last, accept_clock)
            moment = Moment(now, flag, seq, head)
            work = Work(self.engine, self.keys, self.hall, stamp=stamp, moment=moment)
            yield work
            work.write_journal()

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """One consistent look at everything."""
        with self.engine.read():
            yield Reading(self.engine, self.keys, self.hall.id)

    def now(self) -> int:
        """The time an act would be stamped with, the journal aside."""
        return self.engine.now() or self.clock()

    def _time(self, last: int, accept_clock: bool) -> tuple[int, str | None]:
        now = self.now()
        if now >= last:
            return now, None
        if accept_clock:
            return now, "clock_accepted"
        if last - now > BRIDGED_MS:
            raise ClockSetBack(last, now)
        return last + 1, "clock"


@contextmanager
def founding(
    engine: Engine, keys: PersonalKeys, hall: Hall, clock: Callable[[], int]
) -> Iterator[tuple[Store, Work]]:
    """The very first transaction of a hall: begins its chain and journals the hall itself, in act `init`."""
    store = Store(engine, keys, hall, clock)
    with engine.write():
        engine.run(sql.BEGIN_CHAIN, {"hall": hall.id, "hash": GENESIS})
        moment = Moment(store.now(), None, 0, GENESIS)
        work = Work(engine, keys, hall, stamp=Stamp("init", None, None, None), moment=moment)
        work.object = str(hall.id)
        work.halls.add(hall)
        yield store, work
        work.write_journal()
