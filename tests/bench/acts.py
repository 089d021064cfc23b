"""Acts per second against a bare loop in the same run, round by round; and papers, which are made apart."""

from __future__ import annotations

import itertools
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests import builders
from tests.bench import bare, stream
from tests.bench.spread import Spread, Took
from tests.engines import FilePlace
from workstation.acts import verification
from workstation.acts.desk import Desk
from workstation.store.protocols import Engine
from workstation.store.sqlite import SqliteEngine


@dataclass(frozen=True)
class Speeds:
    """What the rounds came to."""

    acts: int
    """How many acts a round has."""
    ours: Sequence[Took]
    bare: Sequence[Took]
    papers_per_second: Spread

    @property
    def times_bare(self) -> Spread:
        """How many times as long as the bare loop, round by round."""
        return Spread([one.seconds / other.seconds for one, other in zip(self.ours, self.bare, strict=True)])

    def per_second(self, rounds: Sequence[Took]) -> Spread:
        """Acts per second."""
        return Spread([self.acts / took.seconds for took in rounds])

    def computing(self, rounds: Sequence[Took]) -> Spread:
        """Milliseconds of the processor for an act."""
        return Spread([1000 * took.computing / self.acts for took in rounds])


@dataclass(frozen=True)
class Ground:
    """A founded hall, of which every round gets a copy, all on one file system."""

    folder: Path
    desk: Desk
    copies: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def copy(self) -> Path:
        """The ledger as it was founded."""
        path = self.folder / f"ledger-{next(self.copies)}.db"
        shutil.copyfile(self.folder / "ledger.db", path)
        return path

    @contextmanager
    def sit_down(self, engine: Engine) -> Iterator[Desk]:
        """The desk on a copy; the same clock for every round, so that all write the same."""
        store = replace(self.desk.store, engine=engine, clock=builders.Ticking())
        yield stream.WithoutInk(store, self.desk.window, self.desk.tray, operator=self.desk.operator)
        engine.close()


def found(folder: Path) -> Ground:
    """Found the hall."""
    desk = builders.a_desk(FilePlace(folder / "ledger.db"), folder / "tray")
    desk.store.engine.close()
    return Ground(folder, desk)


def measure(folder: Path, *, cases: int, rounds: int) -> Speeds:
    """So many rounds of both, in turn."""
    ground = found(folder)
    acts, transactions = record(ground, cases)
    play_round(ground, cases)  # the first is slower: everything is loaded in it
    ours, bares = [], []
    for _ in range(rounds):
        ours.append(play_round(ground, cases))
        bares.append(bare.replay(ground.copy(), transactions))
    papers = Spread([make_papers(ground, cases // 4) for _ in range(3)])
    return Speeds(acts, ours, bares, papers)


def record(ground: Ground, cases: int) -> tuple[int, Sequence[bare.Transaction]]:
    """How many acts a round has, and what they write."""
    recorder = bare.Recorder(ground.copy())
    with ground.sit_down(recorder) as desk:
        acts = stream.play(desk, cases).acts
    return acts, recorder.transactions


def play_round(ground: Ground, cases: int) -> Took:
    """What the acts of a round take."""
    with ground.sit_down(SqliteEngine(ground.copy())) as desk:
        return stream.play(desk, cases).took


def make_papers(ground: Ground, cases: int) -> float:
    """Papers a second: drawn, encrypted, recorded and laid into the tray."""
    with ground.sit_down(SqliteEngine(ground.copy())) as desk:
        stream.play(desk, cases)
        with desk.reading() as reading:
            sheets = [paper for paper in reading.papers.where(state="promised") if not paper.sheet]
        begun = time.perf_counter()
        Desk(desk.store, desk.window, desk.tray, operator=desk.operator).make_promised()
        return len(sheets) / (time.perf_counter() - begun)


def is_true(ground: Ground, ledger: Path) -> bool:
    """Whether a ledger verifies: the bare loop must have written what the acts write."""
    with ground.sit_down(SqliteEngine(ledger)) as desk:
        return verification.verify(desk).verified
