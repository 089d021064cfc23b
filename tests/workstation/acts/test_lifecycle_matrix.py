"""Every act in every state by every role: what succeeds is what the tables say, and nothing else (design §2).

A scene is built once; each attempt that changed something is followed by a fresh copy of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from tests import builders
from tests.workstation.acts import scenes
from tests.workstation.acts.scenes import ATTEMPTS, BEGINNINGS, SCENES, Attempt, Scene
from workstation.acts import papers, revealing
from workstation.acts.desk import Desk
from workstation.domain import lifecycle
from workstation.domain.roles import COUNTER_ACTS, ROLES, Role
from workstation.errors import Explained

Reached = set[tuple[str, str, str, str]]
"""Edges that were seen: table, state before, act, state after."""

COUNTER = (Role.CLERK, Role.SUPERVISOR)
#: All of them, as the tables have them.
EDGES = {(name, edge.state, edge.act, edge.to) for name, table in lifecycle.TABLES.items() for edge in table}
#: Acts that begin with a scan of a face, which is void before any state is asked.
SCANNING = {"seal", "acknowledge", "sign_pledge"}


@dataclass
class Stage:
    """A scene that can be begun again and again."""

    folder: Path
    original: Desk
    scene: Scene
    now: Desk | None = field(default=None, init=False)
    seated: dict[str, Desk] = field(default_factory=dict, init=False)
    reached: dict[str, Reached] = field(default_factory=dict, init=False)

    def desk(self, role: str) -> Desk:
        """The scene untouched, somebody of this role at the desk and a supervisor beside."""
        if self.now is None:
            self.now = builders.a_copy(self.original, self.folder)
        if role not in self.seated:
            self.seated[role] = builders.with_second(builders.as_role(self.now, role))
        return self.seated[role]

    @cached_property
    def before(self) -> dict[str, str | None]:
        """Where its records stand while it is untouched."""
        return scenes.states(self.original, self.scene)

    @cached_property
    def journal(self) -> object:
        """The head of its journal while it is untouched."""
        return builders.head(self.original)

    def used(self) -> None:
        """The scene has been changed."""
        if self.now is not None:
            self.now.store.engine.close()
        self.now = None
        self.seated.clear()


class Stages:
    """All scenes, each built when it is first asked for."""

    def __init__(self, founded: Desk, folder: Path) -> None:
        self._founded, self._folder = founded, folder
        self._built: dict[str, Stage] = {}

    def get(self, name: str) -> Stage:
        """The stage of one scene."""
        if name not in self._built:
            folder = self._folder / name
            folder.mkdir()
            original = builders.a_copy(self._founded, folder)
            self._built[name] = Stage(folder, original, SCENES[name](original))
        return self._built[name]


@pytest.fixture(scope="module")
def stages(founded: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stages]:
    """All scenes, without ink."""
    with builders.no_ink():
        yield Stages(founded, tmp_path_factory.mktemp("stages"))


@pytest.mark.parametrize("role", COUNTER)
@pytest.mark.parametrize("name", SCENES)
def test_what_succeeds_is_what_the_tables_say(stages: Stages, name: str, role: Role) -> None:
    """In each scene each act leads along an edge of its table, or is refused by name and changes nothing.

    The ledger is looked through after each act of the clerk; a supervisor goes along the very same edges.
    """
    reached = played(stages.get(name), role)

    assert reached <= EDGES
    assert reached == played(stages.get(name), Role.CLERK)


def played(stage: Stage, role: str) -> Reached:
    """Try every act in a scene, once for each role, and collect the edges that were gone."""
    if role not in stage.reached:
        stage.reached[role] = {edge for attempt in ATTEMPTS.values() for edge in tried(stage, attempt, role)}
        builders.assert_true_ledger(stage.desk(role), stage.scene.case)
    return stage.reached[role]


def tried(stage: Stage, attempt: Attempt, role: str) -> Reached:
    """Try one act, and check what came of it against the tables."""
    desk = stage.desk(role)
    before, journal = stage.before, stage.journal
    try:
        attempt.do(desk, stage.scene)
    except Explained as error:
        assert builders.head(desk) == journal
        assert_rightly_refused(attempt, before, error)
        return set()
    reached = edges(attempt.act, before, scenes.states(desk, stage.scene))
    assert attempt.table in {table for table, *_ in reached}, (attempt, before)
    if role == Role.CLERK:
        builders.assert_true_ledger(desk, stage.scene.case)
    stage.used()
    return reached


def edges(act: str, before: Mapping[str, str | None], after: Mapping[str, str | None]) -> Reached:
    """The edges by which the records have gone; one that has changed its state otherwise fails."""
    reached: Reached = set()
    for table, state in before.items():
        now = after[table]
        if state is None or now is None:
            continue
        if now in lifecycle.outcomes(lifecycle.TABLES[table], state, act):
            reached.add((table, state, act, now))
        else:
            assert now == state, f"{table}: {state} –{act}→ {now}"
    return reached


def assert_rightly_refused(attempt: Attempt, before: Mapping[str, str | None], error: Explained) -> None:
    """An act that the table does not know here is refused for just that, any other by its own name."""
    builders.assert_explained(error, error.code)
    state = before[attempt.table]
    if state is None:
        assert error.code in {"envelope-not-found", "batch-not-found", "paper-not-found"}
    elif attempt.act not in lifecycle.allowed(lifecycle.TABLES[attempt.table], state):
        void = {"paper-void", "paper-not-found"} if attempt.act in SCANNING else set()
        assert error.code in {"wrong-state"} | void, (attempt, before, error)
    else:
        assert error.code != "wrong-role"


def test_every_edge_of_the_tables_is_reached(stages: Stages, desk: Desk) -> None:
    """Each edge (state, act, next state) of the four tables is gone at least once."""
    reached = begun(desk).union(*(played(stages.get(name), Role.CLERK) for name in SCENES))

    assert EDGES - reached == set()
    assert reached - EDGES == set()


def begun(desk: Desk) -> Reached:
    """Begin one of everything that can begin; the state before is that of what does not exist."""
    case = builders.a_case(desk)
    scene = Scene(case.number, f"{case.number}-1")
    reached: Reached = set()
    for act, begin in BEGINNINGS.items():
        with desk.reading() as reading:
            seen, _, _ = reading.chain()
        begin(desk, scene)
        reached |= {
            (table, lifecycle.NOTHING, act, state)
            for table, state in new_states(desk, seen)
            if state in lifecycle.outcomes(lifecycle.TABLES[table], lifecycle.NOTHING, act)
        }
    return reached


def new_states(desk: Desk, after: int) -> list[tuple[str, str]]:
    """Table and state of every record with a life cycle that was added since this entry."""
    with desk.reading() as reading:
        moment = reading.journal(after, 1)[0].at
        records: dict[str, list[Any]] = {
            "cases": reading.cases.where(),
            "consignments": reading.consignments.where(),
            "envelopes": reading.envelopes.where(),
            "batches": reading.batches.where(),
        }
    return [
        (table, str(record.state))
        for table, found in records.items()
        for record in found
        if record.version == 1 and record.changed_at >= moment
    ]


@pytest.mark.parametrize("role", sorted(set(Role) - set(COUNTER)))
@pytest.mark.parametrize("name", SCENES)
def test_other_roles_do_nothing_at_the_counter(stages: Stages, name: str, role: Role) -> None:
    """Administrator, auditor and courier are refused every act in every scene, for their role alone."""
    stage = stages.get(name)
    desk = stage.desk(role)
    journal = builders.head(desk)

    for attempt in ATTEMPTS.values():
        with pytest.raises(Explained) as caught:
            attempt.do(desk, stage.scene)
        builders.assert_explained(caught.value, "wrong-role")

    assert builders.head(desk) == journal


@pytest.mark.parametrize("role", sorted(set(Role) - set(COUNTER)))
def test_other_roles_begin_nothing_and_see_nothing(stages: Stages, role: Role) -> None:
    """Nor do they register, pack, open a batch, reprint a paper or look at personal fields in clear."""
    stage = stages.get("reviewed")
    desk, case = stage.desk(role), stage.scene.case
    slip = builders.paper_of(desk, case, "intake_slip").number

    for begin in BEGINNINGS.values():
        with builders.refused(desk, "wrong-role"):
            begin(desk, stage.scene)
    with builders.refused(desk, "wrong-role"):
        papers.reprint(desk, slip, reason="damaged")
    with builders.refused(desk, "wrong-role"):
        revealing.reveal(desk, case, reason="contact")


def test_nobody_does_anything_without_signing_in(stages: Stages) -> None:
    """An act needs somebody who did it."""
    stage = stages.get("registered")
    desk = stage.desk(Role.CLERK)
    nobody = builders.nobody(desk)

    for attempt in ATTEMPTS.values():
        with builders.refused(desk, "nobody-signed-in"):
            attempt.do(nobody, stage.scene)


def test_every_act_of_the_tables_is_tried_and_has_its_roles() -> None:
    """No act of a table is left out of this matrix, and none is without a line in the table of roles."""
    acts = {edge.act for table in lifecycle.TABLES.values() for edge in table}

    assert acts == {attempt.act for attempt in ATTEMPTS.values()} | BEGINNINGS.keys()
    assert acts <= COUNTER_ACTS
    assert {ROLES[act] for act in acts} == {frozenset(COUNTER)}


def test_scenes_are_in_every_state(stages: Stages) -> None:
    """Every state that a table knows, last states too, is the state of some scene."""
    seen = set()
    for name in SCENES:
        stage = stages.get(name)
        seen |= set(scenes.states(stage.desk(Role.CLERK), stage.scene).items())

    tables = lifecycle.TABLES.items()
    states = {(name, s) for name, table in tables for edge in table for s in (edge.state, edge.to)}
    assert {(table, state) for table, state in states if state} - seen == set()
