"""Every two acts that are possible on one object, at once and in both orders (issue: races on both engines).

What they come to must be what they come to one after the other: both done, or one done and the other refused
in words that say who was faster. The serial outcome is played in a quiet hall first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from tests import builders
from tests.builders import at, with_second
from tests.engines import FilePlace, Place
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
        self._name = name
        self._scene = SCENES[name](self._original)
        self.states = scenes.states(self._original, self._scene)

    def begun(self, hall: Desk | None, window: int) -> tuple[Desk, Scene]:
        """The scene to be raced in: played anew in this hall, or, where halls are files, in a copy."""
        if hall is None:
            return builders.a_copy(self._original, self._folder), self._scene
        return hall, SCENES[self._name](replace(hall, window=window))

    def possible(self) -> list[Attempt]:
        """The acts, each once, that the tables know in this scene and that are done if nobody interferes."""
        known = [a for a in ATTEMPTS.values() if self._is_known(a, self.states[a.table])]
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


Rehearsals = Callable[[str], Rehearsal]
"""Gives each scene's rehearsal by its name."""


def on(scene: Scene, attempt: Attempt) -> Act:
    """An act on the records of a scene."""
    return lambda desk: attempt.do(desk, scene)


def two_people(desk: Desk) -> tuple[Desk, Desk]:
    """Two clerks, each with a supervisor beside."""
    return with_second(at(desk, "1001")), with_second(at(desk, "1002"))


@pytest.fixture(scope="module")
def rehearsals(quiet: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rehearsals]:
    """Each scene as it was played once, without ink."""
    folder = tmp_path_factory.mktemp("rehearsals")
    with builders.no_ink():
        yield cache(lambda name: Rehearsal(quiet, folder, name))


@pytest.fixture
def hall(request: pytest.FixtureRequest, place: Place) -> Desk | None:
    """The one hall on a server, where scenes stand beside each other; none where each race has a file."""
    if isinstance(place, FilePlace):
        return None
    desk: Desk = request.getfixturevalue("desk")
    return desk


@pytest.mark.parametrize("name", RACED)
def test_two_acts_at_once_come_to_what_they_come_to_in_turn(
    hall: Desk | None, rehearsals: Rehearsals, name: str
) -> None:
    """Each pair possible in a scene, both orders, the same act twice too; the ledger is true afterwards."""
    rehearsal = rehearsals(name)
    attempts = rehearsal.possible()
    assert attempts

    cases = []
    for window, (first, second) in enumerate(product(attempts, repeat=2), 1):
        desk, scene = rehearsal.begun(hall, window)
        found = race(desk, scene, first, second)
        assert (found[0].code, found[1].code, scenes.states(desk, scene)) == rehearsal.serial(first, second)
        assert_told(found, first, second)
        cases.append(scene.case)
        if hall is None:
            builders.assert_true_ledger(desk, cases.pop())
    if hall is not None:
        builders.assert_true_ledger(hall, *cases)


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


def test_every_state_with_two_possible_acts_is_raced(rehearsals: Rehearsals) -> None:
    """No state of the tables in which two acts are possible is left out of the races."""
    raced_states = {state for name in RACED for state in rehearsals(name).states.items()}

    for table, edges in lifecycle.TABLES.items():
        for state in {edge.state for edge in edges if edge.state}:
            assert (table, state) in raced_states
