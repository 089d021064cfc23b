"""Random legal walks through the acts: every piece has one holder throughout, and the journal is true."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests import builders
from tests.builders import an_intake, with_second
from tests.workstation.acts import scenes
from tests.workstation.acts.scenes import ATTEMPTS, NO_BATCH, NO_ENVELOPE, Attempt, Scene
from workstation.acts import handover, packing, papers, registration
from workstation.acts.desk import Desk
from workstation.domain import custody as folded
from workstation.domain import lifecycle
from workstation.domain.consignment import Consignment
from workstation.domain.envelope import BatchState
from workstation.errors import Explained

MOST_CASES = 3
#: Drawn more often, and those seldom that end a case, or most walks would end at the counter.
FORWARD = (
    "open_batch",
    "review",
    "pack",
    "seal",
    "scan_envelope",
    "acknowledge",
    "decide_paper",
    "result_return",
    "arrive",
)
ENDING = ("decline", "guide", "lapse", "withdraw", "reopen", "void")
OFTEN, SELDOM = 12, 0.3
ACTS_IN_A_ROW = 25


OPEN_BATCH = Attempt("open_batch", "batches", lambda d, _: handover.open_batch(d, builders.badge(d)))


class Walk(RuleBasedStateMachine):
    """Two clerks at two windows do whatever the tables allow with a few cases."""

    def __init__(self, founded: Desk, folder: Path) -> None:
        super().__init__()
        self.desk = with_second(builders.a_copy(founded, folder))
        self.cases: list[str] = []
        self.done: list[str] = []

    @initialize(offices=st.integers(1, 2))
    def begin(self, offices: int) -> None:
        """There is a case to begin with."""
        self.register(offices, ())

    @precondition(lambda self: len(self.cases) < MOST_CASES)
    @rule(offices=st.integers(1, 2), without=st.sampled_from(((), ("statement",))))
    def register_another(self, offices: int, without: tuple[str, ...]) -> None:
        """A hand-in, complete or not, for one office or two."""
        self.register(offices, without)

    def register(self, offices: int, without: tuple[str, ...]) -> None:
        """A case whose applicant was looked at."""
        case = registration.register(self.desk, an_intake(offices=offices, without=without)).number
        self.cases.append(case)
        builders.identified(self.desk, case)

    @rule(seed=st.integers(0, 2**32 - 1), window=st.integers(1, 2))
    def act(self, seed: int, window: int) -> None:
        """A few acts in a row, any that the tables know in the state of their record."""
        # One number for all of them: drawn singly, they would use up what hypothesis gives to a walk.
        chance, desk = random.Random(seed), replace(self.desk, window=window)
        for _ in range(ACTS_IN_A_ROW):
            scene = chance.choice(list(scenes_of(desk, self.cases)))
            if attempts := possible(desk, scene):
                names = list(attempts)
                (name,) = chance.choices(names, [weight(name) for name in names])
                self.try_(attempts[name], desk, scene)

    @precondition(lambda self: len(self.cases) > 1)
    @rule(data=st.data())
    def pack_together(self, data: st.DataObject) -> None:
        """Consignments of several cases in one envelope."""
        names = [scene.consignment for scene in scenes_of(self.desk, self.cases)]
        chosen = data.draw(st.lists(st.sampled_from(names), min_size=2, max_size=3, unique=True))
        together = Attempt("pack_together", "consignments", lambda desk, _: packing.pack(desk, chosen))
        self.try_(together, self.desk, Scene("", ""))

    @precondition(lambda self: self.cases)
    @rule(data=st.data())
    def reprint(self, data: st.DataObject) -> None:
        """Any face once more."""
        with self.desk.reading() as reading:
            number = data.draw(st.sampled_from([paper.number for paper in reading.papers.where()]))
        again = Attempt("reprint", "papers", lambda d, _: papers.reprint(d, number, reason="lost"))
        self.try_(again, self.desk, Scene("", ""))

    def try_(self, attempt: Attempt, desk: Desk, scene: Scene) -> None:
        """Do it, or be refused without a trace."""
        before = builders.head(desk)
        try:
            attempt.do(desk, scene)
        except Explained as error:
            builders.assert_explained(error, error.code)
            assert builders.head(desk) == before
        else:
            self.done.append(attempt.act)

    def teardown(self) -> None:
        """At the end: the fold of the journal is what the tables hold, and custody has no gap."""
        builders.assert_true_ledger(self.desk, *self.cases)
        assert_one_holder_at_each_instant(self.desk)
        self.desk.store.engine.close()


def scenes_of(desk: Desk, cases: list[str]) -> Iterator[Scene]:
    """Each consignment of the cases, with the envelope it was last in and the batch that is open."""
    with desk.reading() as reading:
        batches = reading.batches.where(state=BatchState.OPEN, window=desk.window)
        batch = batches[0].number if batches else NO_BATCH
        for case in cases:
            for consignment in reading.consignments.where(case_number=case):
                contents = reading.contents.where(consignment=consignment.id)
                last = contents[-1].envelope if contents else NO_ENVELOPE
                yield Scene(case, consignment.id, _envelope(consignment) or last, batch)


def _envelope(consignment: Consignment) -> str | None:
    return consignment.supplement or consignment.envelope


def possible(desk: Desk, scene: Scene) -> dict[str, Attempt]:
    """The attempts that the tables know here; a courier comes when an envelope is sealed."""
    now = scenes.states(desk, scene)
    courier = {"open_batch": OPEN_BATCH} if now["envelopes"] == "sealed" and now["batches"] is None else {}
    return courier | {
        name: attempt
        for name, attempt in ATTEMPTS.items()
        if (state := now[attempt.table]) is not None
        and attempt.act in lifecycle.allowed(lifecycle.TABLES[attempt.table], state)
    }


def weight(name: str) -> float:
    """How often an attempt is drawn among others."""
    return OFTEN if name in FORWARD else SELDOM if name in ENDING else 1


def assert_one_holder_at_each_instant(desk: Desk) -> None:
    """At the moment of every entry, and between any two, each piece that was handed in is in one hand."""
    with desk.reading() as reading:
        entries = reading.journal(0, 100_000)
    spans = folded.spans((e.seq, e.at, e.act, json.loads(e.body)["changes"]) for e in entries)
    begun = {piece: min(s.since for s in spans if s.piece == piece) for piece in {s.piece for s in spans}}
    for instant in sorted({moment for e in entries for moment in (e.at - 1, e.at, e.at + 1)}):
        held = [span.piece for span in spans if covers(span, instant)]
        assert len(held) == len(set(held))
        assert set(held) == {piece for piece, since in begun.items() if since <= instant}


def covers(span: folded.Span, instant: int) -> bool:
    """Whether the span is going on at this instant."""
    return span.since <= instant and (span.until is None or instant < span.until)


@pytest.fixture
def walked(founded: Desk, tmp_path: Path, undrawn: None) -> tuple[Desk, Path]:
    """Where walks begin."""
    return founded, tmp_path


def test_every_walk_keeps_custody_and_journal(walked: tuple[Desk, Path]) -> None:
    """After any legal sequence of acts each piece has exactly one holder at each instant."""
    bounded: Any = settings(
        deadline=None,
        max_examples=25,
        stateful_step_count=15,
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        database=None,
    )

    class Walked(Walk):
        """A walk in this test's folder."""

        def __init__(self) -> None:
            super().__init__(*walked)

    run_state_machine_as_test(Walked, settings=bounded)


def test_a_long_plain_walk_reaches_the_end(walked: tuple[Desk, Path]) -> None:
    """The rules of the walk are enough to bring a case, with a supplement, to its close."""
    walk = Walk(*walked)
    walk.register(offices=1, without=())
    (case,) = walk.cases
    way = (
        "review pack seal open_batch scan_envelope hand_over acknowledge "
        "home_correct resubmit review pack seal open_batch scan_envelope hand_over acknowledge "
        "decide_paper result_return arrive serve close"
    )
    for act in way.split():
        (scene,) = scenes_of(walk.desk, [case])
        walk.try_(possible(walk.desk, scene)[act], walk.desk, scene)

    assert walk.done == way.replace("decide_paper", "decide").split()
    walk.teardown()
