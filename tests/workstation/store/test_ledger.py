"""The store of a hall: its founding, its clock, and that an act is wholly there or not at all."""

# A transaction and what fails in it are one block.
# ruff: noqa: PT012

from __future__ import annotations

import pytest

from tests.engines import HALL, KEYS, OPENING, STAMP, Clock, Place
from workstation.store import schema
from workstation.store.ledger import BRIDGED_MS, ClockSetBack, Store, founding
from workstation.store.protocols import Duplicate, Engine

pytestmark = pytest.mark.engine

MINUTE = 60_000


def act(store: Store, *, accept_clock: bool = False) -> None:
    """An act that changes nothing but the journal."""
    with store.transaction(STAMP, accept_clock=accept_clock):
        pass


def times(store: Store) -> list[tuple[int, str | None]]:
    """Minutes since the opening, and the flag, of every entry after the founding."""
    with store.reading() as reading:
        return [(entry.at - OPENING, entry.flag) for entry in reading.journal()][1:]


def test_founding(store: Store) -> None:
    """A founded hall has its record and one entry, made by nobody."""
    with store.reading() as reading:
        (entry,) = reading.journal()

        assert reading.halls.where() == [HALL]
        assert (entry.act, entry.operator, entry.object) == ("init", None, str(HALL.id))


def test_founded_once(store: Store) -> None:
    """A hall cannot be founded a second time, and the attempt leaves nothing."""
    with pytest.raises(Duplicate), founding(store.engine, KEYS, HALL, store.clock):
        pass

    assert times(store) == []


def test_founding_that_fails(place: Place, clock: Clock) -> None:
    """A founding that does not come to its end has not begun the hall, so it can be tried again."""
    engine = place.open()
    schema.migrate(engine, OPENING)
    with pytest.raises(InterruptedError), founding(engine, KEYS, HALL, clock):
        raise InterruptedError
    with founding(engine, KEYS, HALL, clock) as (store, _):
        pass

    with store.reading() as reading:
        assert len(reading.journal()) == 1
    engine.close()


def test_clock_goes_on(store: Store, clock: Clock) -> None:
    """An act bears the clock's time, also where no time has passed since the last."""
    act(store)
    clock.at += MINUTE
    act(store)

    assert times(store) == [(0, None), (MINUTE, None)]


@pytest.mark.parametrize("back", [1, BRIDGED_MS])
def test_clock_bridged(store: Store, clock: Clock, back: int) -> None:
    """A clock that went back by up to five minutes is bridged: the act is 1 ms later, and flagged."""
    clock.at -= back
    act(store)

    assert times(store) == [(1, "clock")]


def test_clock_refused(store: Store, clock: Clock) -> None:
    """A clock that went back further is refused before anything is written."""
    clock.at -= BRIDGED_MS + 1

    with pytest.raises(ClockSetBack) as refused:
        act(store)

    assert (refused.value.last - refused.value.now, times(store)) == (BRIDGED_MS + 1, [])


def test_clock_accepted(store: Store, clock: Clock) -> None:
    """A supervisor can accept the earlier time, which is flagged; from then on the clock is right again."""
    clock.at -= BRIDGED_MS + 1
    act(store, accept_clock=True)
    act(store)

    assert times(store) == [(-BRIDGED_MS - 1, "clock_accepted"), (-BRIDGED_MS - 1, None)]


def test_accepting_a_right_clock(store: Store) -> None:
    """To accept a clock that is right changes nothing."""
    act(store, accept_clock=True)

    assert times(store) == [(0, None)]


def test_whose_clock(engine: Engine, clock: Clock) -> None:
    """Where there is a server its clock stamps the acts, and elsewhere this machine's."""
    with founding(engine, KEYS, HALL, clock) as (store, work):
        stamped = work.now

    assert (stamped == clock.at) == (engine.name == "sqlite")
    assert engine.now() is None or abs(stamped - store.now()) < MINUTE


@pytest.mark.parametrize("stop", [InterruptedError, KeyboardInterrupt])
def test_act_that_fails(store: Store, stop: type[BaseException]) -> None:
    """An act that fails leaves no entry and no mention, whatever stopped it."""
    with pytest.raises(stop), store.transaction(STAMP) as work:
        work.mention("somebody")
        raise stop

    with store.reading() as reading:
        assert len(reading.journal()) == 1
        assert reading.journal_of("somebody") == []


def test_reading_is_one_look(store: Store, place: Place) -> None:
    """A reading sees the hall as it was when it began, however many acts follow meanwhile."""
    other = Store(place.open(timeless=True), KEYS, HALL, store.clock)
    with other.reading() as reading:
        before = reading.chain()
        act(store)

        assert reading.chain() == before
    other.engine.close()
