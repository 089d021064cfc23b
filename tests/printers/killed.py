"""kill -9 while papers are given to a printer: none comes out twice unknowingly, and none is lost.

A person looks only where the program says that it does not know; all else it must know by itself.
"""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests import builders
from tests.printers import counter
from tests.printers.conftest import Told
from tests.printers.counter import CLERK, SEED, Window, titles
from tests.printers.gate import TOLD, UNTOLD, Gate, standing
from tests.printers.nursery import Nursery, kill, open_nursery
from tests.printers.virtual import WITHIN, VirtualPrinter
from workstation.acts.sending import live
from workstation.domain.printing import PrintState
from workstation.practice import hall

KILLS = 36
SECONDS = "20"
_LONGEST = 0.2
"""Seconds after a program has turned to the printer in which it is killed by the clock."""
_STANDS = {
    PrintState.WAITING: {0},
    PrintState.SENDING: {0, 1},
    PrintState.SENT: {1},
    PrintState.UNSURE: {0, 1},
    PrintState.PRINTED: {1},
    PrintState.FAILED: {0},
}
"""How many sheets may have come of a job in each state, with the printer at rest."""


@dataclass
class Campaign:
    """Programs that send, and die of it."""

    window: Window
    printer: VirtualPrinter
    gate: Gate
    nursery: Nursery
    chance: random.Random
    moments: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)

    def kill_one(self) -> None:
        """Let a program send, kill it, look at what it has left, and decide what it leaves to a person."""
        while sum(job.state == PrintState.WAITING for job in self.window.jobs()) < 2:
            self.window.registered()
        before = {job.id: job.state for job in self.window.jobs()}
        self._kill_at(self.chance.choice(["empty", "torn", "taken", "told", "clock", "clock"]))
        self.gate.disarm()
        self.printer.rest()
        self.left.update(str(job.state) for job in self.window.jobs() if before[job.id] != job.state)
        self.look()

    def look(self) -> None:
        """Nothing doubled, nothing lost; and what nobody can know is asked."""
        self.true_ledger()
        self.answers += self.window.look(self.printer)

    def true_ledger(self) -> None:
        """What the ledger says of each job is what lies in the printer."""
        out = titles(self.printer)
        sheets: Counter[str] = Counter()
        for job in self.window.jobs():
            assert out[job.title] in _STANDS[PrintState(job.state)], job
            sheets[job.paper] += out[job.title]
        assert set(sheets.values()) <= {0, 1}

    def _kill_at(self, moment: str) -> None:
        self.gate.opened.clear()
        program = self.nursery.born(
            *("--home", str(self.window.home), "--window", "1"),
            *("print", "run", "--seconds", SECONDS, "--as", CLERK),
        )
        if moment == "clock":
            assert self.gate.opened.wait(WITHIN)
            time.sleep(self.chance.random() * _LONGEST)
            kill(program)
        else:
            shares = {"empty": 0.0, "torn": self.chance.random(), "taken": UNTOLD, "told": TOLD}
            self.gate.strike_at(shares[moment], lambda: kill(program))
        assert self.nursery.end() == -signal.SIGKILL
        self.moments[moment] += 1


@pytest.fixture
def campaign(virtual: VirtualPrinter, tmp_path: Path) -> Iterator[Campaign]:
    """A hall whose papers go through a gate, and a nursery of programs for it."""
    window = counter.founded(tmp_path / "home")
    password = next(one.password for one in hall.operators(SEED) if one.code == CLERK) or ""
    with standing(virtual.port) as gate, open_nursery({"WORKSTATION_PASSWORD": password}) as nursery:
        window.route(gate.uri)
        yield Campaign(window, virtual, gate, nursery, random.Random(SEED))
    window.clerk.store.engine.close()


def test_no_paper_is_doubled_or_lost(campaign: Campaign, told: Told) -> None:
    """After each kill the ledger is right or asks; in the end each face was printed once, byte for byte."""
    for _ in range(KILLS):
        campaign.kill_one()
    while live(campaign.window.clerk):
        campaign.window.empty()
        campaign.look()

    window, out = campaign.window, campaign.printer.out()
    printed = [job for job in window.jobs() if job.state == PrintState.PRINTED]
    with window.clerk.reading() as reading:
        faces = [paper for paper in reading.papers.where() if paper.printer]
        stored = {face.number: reading.paper_bodies.get(face.number) for face in faces}
    assert sorted(job.paper for job in printed) == sorted(stored)
    assert sorted(sheet.title for sheet in out) == sorted(job.title for job in printed)
    assert {sheet.pdf for sheet in out} == {body.pdf for body in stored.values() if body}
    builders.assert_true_ledger(window.clerk)
    assert campaign.left[PrintState.SENDING]
    assert campaign.answers["there"]
    assert campaign.answers["not there"]
    told(f"{KILLS} kills while sending: {_told(campaign.moments)}")
    told(
        f"  a job was left: {_told(campaign.left)}; asked, a person saw the sheet: {_told(campaign.answers)}"
    )
    told(f"  {len(faces)} faces in {len(window.jobs())} attempts: {len(out)} sheets, none doubled, none lost")


def _told(counted: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(counted.items()))
