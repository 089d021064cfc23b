"""kill -9 at random moments of a stream of acts: what was acknowledged stays, what was half done is gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests import builders
from tests.durability import account, stream
from tests.durability.builds import Moment, machine_clock, open_durably
from tests.durability.campaign import Campaign
from tests.engines import HALL, KEYS, Place
from tests.lengths import often
from workstation.acts import registration
from workstation.acts.desk import Desk
from workstation.acts.inputs import EXAMPLE_INTAKE
from workstation.domain.paper import PaperState
from workstation.store import schema
from workstation.store.ledger import Store, founding

pytestmark = pytest.mark.engine

KILLS = often(300, 100)
#: A wrong build is killed in portions until it is caught; in trials eleven portions of fourteen caught it.
PORTION = 8
PORTIONS = 8


@dataclass(frozen=True)
class Ground:
    """A hall that acts stream into, and the folder where its children leave their acknowledgements."""

    place: Place
    folder: Path

    def kill(self, build: str, kills: int, *, seed: int = 20201500) -> Counter[str]:
        """Run the stream on a build and kill it so many times; gives the moments of the kills."""
        engine, where = self.place.address()
        return Campaign(build, engine, where, str(self.folder), kills, seed=seed).run()

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """A desk at which nobody is killed, on the right build."""
        engine = open_durably(self.place)
        store = Store(engine, KEYS, HALL, machine_clock)
        with builders.no_ink():
            yield stream.at_the_counter(store, stream.WINDOWS[0], self.folder / "tray")
        engine.close()


@pytest.fixture
def ground(place: Place, tmp_path: Path) -> Ground:
    """A founded hall; whoever founded it has let go of its store."""
    engine = open_durably(place)
    schema.migrate(engine, machine_clock())
    with founding(engine, KEYS, HALL, machine_clock) as (_, work):
        work.users.add(stream.CLERK)
    engine.close()
    (tmp_path / "tray").mkdir()
    return Ground(place, tmp_path)


@pytest.mark.long
def test_nothing_acknowledged_is_lost_and_nothing_is_half_there(ground: Ground) -> None:
    """After a hundred kills each acknowledged act is there, whole; every number once; the journal is true."""
    kills = ground.kill("right", KILLS)

    with ground.desk() as desk:
        found = account.of(desk, ground.folder)
        print(
            f"\n{desk.store.engine.name}: {len(found.acknowledged)} acts acknowledged, kills: {dict(kills)}"
        )
        assert account.faults(desk, ground.folder, KILLS) == []
        assert kills.total() == KILLS
        assert _inside(kills) >= KILLS / 3


def test_the_counter_goes_on_after_the_kills(ground: Ground) -> None:
    """After the last kill every window registers at once, and all papers that were promised get made."""
    ground.kill("right", 10)

    with ground.desk() as desk:
        cases = [registration.register(replace(desk, window=n), EXAMPLE_INTAKE) for n in stream.WINDOWS]

        with desk.reading() as reading:
            assert [reading.cases.get(case.number) for case in cases] == cases
            assert {paper.state for paper in reading.papers.where()} == {PaperState.MADE}


def test_a_build_that_journals_after_the_commit_is_caught(ground: Ground) -> None:
    """On a build whose journal entry has a transaction of its own some kills leave an untrue journal."""
    found: list[str] = []

    for portion in range(PORTIONS):
        ground.kill("late", PORTION, seed=portion)
        with ground.desk() as desk:
            found = account.faults(desk, ground.folder, PORTION * (portion + 1))
        if any(fault.startswith("journal:") for fault in found):
            return

    raise AssertionError(f"not caught by {PORTION * PORTIONS} kills: {found}")


def _inside(kills: Counter[str]) -> int:
    """Kills that fell between BEGIN and acknowledgement."""
    return kills[Moment.BEGUN.name] + kills[Moment.COMMITTED.name]
