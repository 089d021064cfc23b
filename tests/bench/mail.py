"""How long it takes to say where each parcel is: what its carrier told, understood and folded to a state."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from integrations.carriers.ems import events
from tests.bench.spread import Spread
from workstation.domain import tracking
from workstation.domain.mail import MailEvent
from workstation.domain.tracking import Fact

PARCELS, EVENTS, SEED = 1_000, 60, 704
#: Each so many events one that no table knows.
_STRANGE = 50
_BEGUN, _APART = 1_795_000_000_000, 90 * 60 * 1000
#: What is told of most parcels; beside it every other code there is.
_USUAL = (("203", ""), ("305", ""), ("389", ""), ("516", ""), ("702", ""), ("704", "60"), ("743", ""))
_OFFICES = ("00000001", "00000002", "45000305")

Parcel = Sequence[MailEvent]


@dataclass(frozen=True)
class Folding:
    """Milliseconds for all parcels, round by round."""

    whole: Spread
    """From the events as they are kept: each given its meaning, all folded."""
    fold: Spread
    """Of it folding alone."""
    floor: Spread
    """The built-in `sorted()` of as many tuples of the same values, and nothing else."""


def measure(*, rounds: int, parcels: int = PARCELS, length: int = EVENTS) -> Folding:
    """Fold all of them so often, in turn with the floor."""
    told = network(parcels, length)
    facts = [facts_of(parcel) for parcel in told]
    tuples = [[_compared(fact) for fact in parcel] for parcel in facts]
    ways: Sequence[Callable[[], object]] = (
        lambda: [tracking.fold(facts_of(parcel)) for parcel in told],
        lambda: [tracking.fold(parcel) for parcel in facts],
        lambda: [sorted(parcel) for parcel in tuples],
    )
    times = [[_milliseconds(way) for way in ways] for _ in range(rounds)]
    return Folding(*map(Spread, zip(*times, strict=True)))


def network(parcels: int, length: int) -> list[Parcel]:
    """What was told of so many parcels, the same each time: in no order, taken back, told with odd codes."""
    chance = random.Random(SEED)
    codes = events.codes()
    return [_parcel(chance, codes, f"119{serial:010d}", length) for serial in range(parcels)]


def facts_of(parcel: Parcel) -> list[Fact]:
    """The events with their meanings."""
    return [_fact(event) for event in parcel]


def _parcel(chance: random.Random, codes: Sequence[tuple[str, str]], waybill: str, length: int) -> Parcel:
    parcel, at = [], _BEGUN
    for ordinal in range(length):
        at += chance.randrange(_APART)
        code, sub = chance.choice(_USUAL if ordinal % 2 else codes)
        if chance.randrange(_STRANGE) == 0:
            code, sub = f"X{chance.randrange(100)}", ""
        parcel.append(_event(waybill, code, sub, at, chance.choice(_OFFICES)))
    chance.shuffle(parcel)
    return parcel


def _event(waybill: str, code: str, sub: str, at: int, office: str) -> MailEvent:
    known = tracking.identity(waybill, code=code, sub=sub, at=at, organisation=office)
    name = events.meaning(code, sub).name
    return MailEvent(known, waybill, code, sub, at, office, name, source="sync", received_at=at)


def _fact(event: MailEvent) -> Fact:
    meant = events.meaning(event.code, event.sub)
    return Fact(
        event.id,
        event.code,
        event.sub,
        event.at,
        event.organisation,
        event.name,
        meant.effect,
        meant.cancels,
        meant.grade,
    )


def _compared(fact: Fact) -> tuple[int, bool, str, str, str]:
    """What the order of two events is decided by."""
    return fact.at, bool(fact.cancels), fact.code, fact.sub, fact.organisation


def _milliseconds(way: Callable[[], object]) -> float:
    begun = time.perf_counter()
    way()
    return 1000 * (time.perf_counter() - begun)
