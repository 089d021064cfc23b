"""Every two acts that are possible on one object, at once and in both orders (issue: races on both engines).

What they come to must be what they come to one after the other: both done, or one done and the other refused
in words that say who was faster. The serial outcome is played in a quiet hall first.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations_with_replacement
from pathlib import Path

import pytest

from tests import builders
from tests.builders import at, with_second
from tests.races.racing import DONE, Act, Outcome, outcome, raced
from tests.workstation.acts import scenes
from tests.workstation.acts.scenes import ATTEMPTS, SCENES, Attempt, Scene
from workstation.acts.desk import Desk
from workstation.domain import lifecycle

pytestmark = pytest.mark.engine

#: One scene for each state in which there is something to be done at all, and those where two records meet.
RACED = (
    "registered",
    "failing",
    "to_correct",
    "reviewed",
    "lapsed",
    "served",
    "envelope_open",
    "in_batch",
    "scanned",
    "envelope_handed_over",
    "envelope_sent_back",
    "envelope_lost",
    "consignment_acknowledged",
    "consignment_home_correcting",
    "supplement_received",
    "supplement_supplied",
    "supplement_open",
    "supplement_scanned",
    "supplement_handed_over",
    "consignment_accepted",
    "consignment_decided",
    "electronic",
    "consignment_result_returning",
    "consignment_result_arrived",
    "two_offices",
    "papers_back",
)
States = dict[str, str | None]
Serial = tuple[str, str, States]
"""Outcome of the first, of the second, and where the records stand then."""


class Rehearsal:
    """A scene in a quiet hall, begun again for each pair."""

    def __init__(self, quiet: Desk, folder: Path, name: str) -> None:
        self._folder = folder
        self._original = builders.a_copy(quiet, folder)
        self._scene = SCENES[name](self._original)

    def possible(self) -> list[Attempt]:
        """The acts, each once, that the tables know in this scene and that are done if nobody interferes."""
        now = scenes.states(self._original, self._scene)
        known = [a for a in ATTEMPTS.values() if self._is_known(a, now[a.table])]
        done = [attempt for attempt in known if self._alone(attempt) == DONE]
        return list({attempt.act: attempt for attempt in done}.values())

    def _is_known(self, attempt: Attempt, state: str | None) -> bool:
        return state is not None and attempt.act in lifecycle.allowed(lifecycle.TABLES[attempt.table], state)

    def _alone(self, attempt: Attempt) -> str:
        desk = builders.a_copy(self._original, self._folder)
        first, _ = two_people(desk)
        return outcome(first, on(self._scene, attempt)).code

    def serial(self, first: Attempt, second: Attempt) -> Serial:
        """What two acts come to, one after the other."""
        desk = builders.a_copy(self._original, self._folder)
        here, there = two_people(desk)
        one = outcome(here, on(self._scene, first)).code
        two = outcome(there, on(self._scene, second)).code
        return one, two, scenes.states(desk, self._scene)


def on(scene: Scene, attempt: Attempt) -> Act:
    """An act on the records of a scene."""
    return lambda desk: attempt.do(desk, scene)


def two_people(desk: Desk) -> tuple[Desk, Desk]:
    """Two clerks, each with a supervisor beside."""
    return with_second(at(desk, "1001")), with_second(at(desk, "1002"))


@pytest.fixture
def rehearsals(tmp_path: Path) -> Path:
    """A folder for the quiet halls."""
    folder = tmp_path / "rehearsals"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("name", RACED)
def test_two_acts_at_once_come_to_what_they_come_to_in_turn(
    desk: Desk, quiet: Desk, rehearsals: Path, name: str
) -> None:
    """Each pair possible in a scene, both orders, the same act twice too; the ledger is true afterwards."""
    rehearsal = Rehearsal(quiet, rehearsals, name)
    attempts = rehearsal.possible()
    assert attempts
    windows = iter(range(1, 100))

    cases = []
    for pair in combinations_with_replacement(attempts, 2):
        for first, second in dict.fromkeys([pair, pair[::-1]]):
            scene = SCENES[name](replace(desk, window=next(windows)))
            cases.append(scene.case)
            found = race(desk, scene, first, second)
            assert (found[0].code, found[1].code, scenes.states(desk, scene)) == rehearsal.serial(
                first, second
            )
            assert_told(found, first, second)

    builders.assert_true_ledger(desk, *cases)


def race(desk: Desk, scene: Scene, first: Attempt, second: Attempt) -> tuple[Outcome, Outcome]:
    """The second comes while the first is inside."""
    here, there = two_people(desk)
    return raced((here, on(scene, first)), (there, on(scene, second)))


def assert_told(found: tuple[Outcome, Outcome], first: Attempt, second: Attempt) -> None:
    """The first is done; the second too, or it is told, and of a changed state by whom and when."""
    assert found[0].code == DONE
    if found[1].code == "wrong-state":
        assert "1001" in found[1].why, (first.act, second.act, found[1])
        assert "2026-11-20" in found[1].why


def test_every_state_with_two_possible_acts_is_raced(quiet: Desk, undrawn: None, rehearsals: Path) -> None:
    """No state of the tables in which two acts are possible is left out of the races."""
    raced_states = set()
    for name in RACED:
        desk = builders.a_copy(quiet, rehearsals)
        raced_states |= set(scenes.states(desk, SCENES[name](desk)).items())

    for table, edges in lifecycle.TABLES.items():
        for state in {edge.state for edge in edges if edge.state}:
            assert (table, state) in raced_states
