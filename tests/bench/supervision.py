"""The supervisor's evening: 日清 of a day of many cases, the queue of many open ones, a year's statistics.

Beside each the floor: the rows it is about, fetched by a bare query a table and counted, nothing understood.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import builders, halls
from tests.bench import bare, hall
from tests.bench.spread import Spread
from tests.engines import FilePlace
from workstation import bootstrap
from workstation.acts import day_closes, queue, statistics, unexplained, verification
from workstation.acts.desk import Desk
from workstation.acts.unexplained import Said
from workstation.policies import MailPolicy

CASES, OPEN, YEAR = 2_000, 20_000, 500_000
_POLICY = MailPolicy()
_ENDS = "SELECT min(registered_at) AS first, max(registered_at) AS last FROM cases WHERE hall = :hall"


@dataclass(frozen=True)
class Beside:
    """Milliseconds of ours and of the bare queries, round by round, and what ours was about."""

    ours: Spread
    bare: Spread
    about: int
    """Entries of the day, lines of the queue, cases of the year."""


def closing_a_day(folder: Path, *, rounds: int, cases: int = CASES) -> Beside:
    """A day on which so many cases were handed in and reviewed is closed, reopened and closed again."""
    folder.mkdir()
    with builders.no_ink():
        desk = builders.a_desk(FilePlace(folder / "ledger.db"), folder / "tray")
        for _ in range(cases):
            builders.a_case(desk)
        supervising = builders.with_second(builders.at(desk, "2001"), "1002")
        ours = []
        for _ in range(rounds):
            ours.append(_milliseconds(lambda: _close(supervising)))
            day = unexplained.today(desk.store.now())
            day_closes.reopen(supervising, day, reason="mistake")
    entries = verification.verify(desk).entries
    desk.store.engine.close()
    ledger = folder / "ledger.db"
    floor = [_bare(ledger, ("journal", "envelopes", "tasks", "print_jobs", "papers")) for _ in range(rounds)]
    return Beside(Spread(ours), Spread(floor), entries)


def _close(desk: Desk) -> None:
    """As a supervisor does it: what is left over is looked at and explained, then the day is closed."""
    for one in unexplained.listed(desk, policy=_POLICY):
        unexplained.explain(desk, one.kind, one.object, Said("next_day"), policy=_POLICY)
    day_closes.close(desk, policy=_POLICY)


def looking_at_the_queue(folder: Path, *, rounds: int, cases: int = OPEN) -> Beside:
    """The whole queue of a hall in which so many cases are open, in every state."""
    folder.mkdir()
    home = hall.found(folder, cases, cases)
    opened = bootstrap.open_hall(home)
    desk = halls.seat(opened.desk, halls.SUPERVISOR)
    lines = queue.listed(desk)
    ours = [_milliseconds(lambda: queue.listed(desk)) for _ in range(rounds)]
    opened.close()
    tables = ("cases", "consignments", "checklist_rows", "envelopes", "tasks", "waybills")
    return Beside(
        Spread(ours), Spread([_bare(opened.home.ledger, tables) for _ in range(rounds)]), len(lines)
    )


def counting_a_year(folder: Path, *, rounds: int, cases: int = YEAR) -> Beside:
    """The statistics of a year in which so many cases came, out of all there are."""
    folder.mkdir()
    home = hall.found(folder, cases, cases // 100, a_year=True)
    opened = bootstrap.open_hall(home)
    desk = halls.seat(opened.desk, halls.SUPERVISOR)
    since, until = _extent(desk)
    found = statistics.of(desk, since=since, until=until)
    ours = [_milliseconds(lambda: statistics.of(desk, since=since, until=until)) for _ in range(rounds)]
    opened.close()
    floor = [_bare(opened.home.ledger, ("cases", "consignments")) for _ in range(rounds)]
    return Beside(Spread(ours), Spread(floor), found.all.registered)


def _extent(desk: Desk) -> tuple[str, str]:
    """The first and the last day on which a case came."""
    with desk.reading() as reading:
        (ends,) = reading.lines(_ENDS)
    return unexplained.today(ends["first"]), unexplained.today(ends["last"])


def _milliseconds(do: Callable[[], object]) -> float:
    begun = time.perf_counter()
    do()
    return 1000 * (time.perf_counter() - begun)


def _bare(ledger: Path, tables: Sequence[str]) -> float:
    """Each row of these tables once, counted by its first column that is not the hall."""
    with closing(bare.driver(ledger)) as connection:
        return _milliseconds(lambda: [_counted(connection, table) for table in tables])


def _counted(connection: Any, table: str) -> Mapping[object, int]:
    return Counter(row[1] for row in connection.execute(f"SELECT * FROM {table}"))
