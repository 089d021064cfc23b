"""A realistic stream of acts: whole cases, from the hand-in over a correction to the close.

Only the acts are timed. What a clerk reads off a paper in between, the number of a list, say, is looked up
apart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from tests import builders
from tests.bench.spread import Took
from workstation.acts import (
    formal_review,
    handover,
    home,
    identification,
    notices,
    packing,
    receipts,
    registration,
    results,
    sealing,
    service,
)
from workstation.acts.desk import Desk
from workstation.acts.inputs import Finding, Material, Result
from workstation.domain.envelope import Envelope

P = ParamSpec("P")
R = TypeVar("R")

#: Envelopes a courier takes at a time.
_BATCH = 8


class WithoutInk(Desk):
    """A desk at which papers are promised and not made: making them is measured apart."""

    def make_promised(self, *numbers: str) -> None:
        """Leave them promised."""


@dataclass
class Watch:
    """Counts acts and adds up how long they take."""

    acts: int = 0
    took: Took = field(default_factory=Took)

    def time(self, act: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Do one act."""
        self.acts += 1
        with self.took.adding():
            return act(*args, **kwargs)


def play(desk: Desk, cases: int) -> Watch:
    """Play so many cases from the hand-in to the close."""
    watch = Watch()
    for begin in range(0, cases, _BATCH):
        numbers = [_taken_in(desk, watch) for _ in range(min(_BATCH, cases - begin))]
        envelopes = [_sealed(desk, watch, number) for number in numbers]
        _handed_over(desk, watch, envelopes)
        for number, envelope in zip(numbers, envelopes, strict=True):
            _come_back(desk, watch, number, envelope)
    return watch


def _taken_in(desk: Desk, watch: Watch) -> str:
    """Registered, found incomplete, told, corrected and passed."""
    intake = builders.an_intake(without=("statement",))
    number = watch.time(registration.register, desk, intake).number
    watch.time(identification.identify, desk, number, method="in_person", outcome="passed")
    findings = [*_passing(desk, number, but="statement"), Finding(row="statement")]
    watch.time(formal_review.review, desk, number, findings)
    watch.time(notices.notice, desk, number, due="2026-12-20")
    watch.time(formal_review.resubmit, desk, number, [Material(row="statement", form="original")])
    watch.time(formal_review.review, desk, number, _passing(desk, number))
    return number


def _passing(desk: Desk, number: str, *, but: str = "") -> list[Finding]:
    rows = builders.open_rows(desk, number)
    return [builders.passing(row) for row in rows if row.row_id != but]


def _sealed(desk: Desk, watch: Watch, number: str) -> Envelope:
    envelope = watch.time(packing.pack, desk, [number])
    listed = builders.paper_of(desk, envelope.number, "packing_list").number
    return watch.time(sealing.seal, desk, envelope.number, listed, place="A-01", no_secret=True)


def _handed_over(desk: Desk, watch: Watch, envelopes: Sequence[Envelope]) -> None:
    batch = watch.time(handover.open_batch, desk, builders.badge(desk)).number
    for envelope in envelopes:
        watch.time(handover.scan_envelope, desk, batch, face=envelope.number)
    watch.time(handover.hand_over, desk, batch)


def _come_back(desk: Desk, watch: Watch, number: str, envelope: Envelope) -> None:
    """Acknowledged, accepted, decided, returned, served and closed."""
    slip = builders.paper_of(desk, envelope.number, "reply_slip").number
    certificate = Result(name="户籍证明")
    watch.time(receipts.acknowledge, desk, slip, channel="phone")
    watch.time(home.accept, desk, number)
    watch.time(home.decide, desk, number, outcome="granted", result_mode="paper", results=[certificate])
    watch.time(results.result_return, desk, number)
    watch.time(results.arrive, desk, number, builders.found(desk, number), place="R-01")
    watch.time(service.serve, desk, number, identity_checked=True)
    watch.time(service.close, desk, number, rating="invited")
