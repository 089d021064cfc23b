"""The figures compare like with like, and land where they belong; how fast anything is, no test asserts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from forms.items.finder import Finder
from tests import halls
from tests.bench import acts, bare, figures, hall, keys, screens, stream
from tests.bench.figures import Figure
from tests.bench.spread import Spread, Took
from workstation import bootstrap
from workstation.acts import searching, worklists
from workstation.acts.desk import Desk
from workstation.acts.worklists import Worklist
from workstation.domain import codes
from workstation.domain.roles import Role
from workstation.screens import doors
from workstation.store.sqlite import SqliteEngine

#: So many cases have not ended in the small big hall: some in each state.
OPEN = 2 * len(hall.OPEN_STATES)


def test_the_bare_loop_writes_what_the_acts_write(tmp_path: Path) -> None:
    """A ledger written by the bare loop alone verifies: every row is there, the journal included."""
    ground = acts.found(tmp_path)
    count, transactions = acts.record(ground, cases=2)
    ledger = ground.copy()

    bare.replay(ledger, transactions)

    assert acts.is_true(ground, ledger)
    assert len(transactions) == count


def test_both_are_as_durable(tmp_path: Path) -> None:
    """The acts that are timed, and the loop, wait at each commit until the disk has it."""
    timed, loop = SqliteEngine(tmp_path / "timed.db"), bare.driver(tmp_path / "loop.db")

    with timed.write():
        pass
    with timed.read():
        of_acts = timed.row("SELECT synchronous AS level FROM pragma_synchronous", {})

    assert of_acts == {"level": 2}
    assert loop.execute("PRAGMA synchronous").fetchone() == (2,)
    assert loop.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    timed.close()
    loop.close()


def test_a_round_plays_whole_cases(tmp_path: Path) -> None:
    """The stream goes from the hand-in to the close, so every kind of act has its share."""
    ground = acts.found(tmp_path)

    with ground.sit_down(SqliteEngine(ground.copy(), synchronous="OFF")) as desk:
        watch = stream.play(desk, 2)
        with desk.reading() as reading:
            states = [case.state for case in reading.cases.where()]

    assert states == ["closed", "closed"]
    assert watch.acts == 2 * 16 + 2
    assert watch.took.computing > 0


def test_keys_are_timed_on_what_finds_something(tmp_path: Path) -> None:
    """Most queries are pieces of what is there; each of the four figures took some time."""
    entries = keys.entries_of_a_hall()
    finder = Finder(entries)

    found = [bool(finder.find(query)) for query in keys.typed_in(entries)[:200]]
    took = keys.measure(tmp_path, rounds=1)

    assert len(entries) == keys.ENTRIES
    assert 100 < sum(found) < len(found)
    assert min(took.find.median, took.scan.median, took.save.median, took.write.median) > 0


def test_the_table_stands_between_its_marks() -> None:
    """Writing the figures changes nothing outside the two marks, and writing them again changes nothing."""
    begin, end = figures.marks(figures.MARK)
    readme = f"before\n{begin}\nold\n{end}\nafter\n"

    table = figures.table([Figure("acts per second", "890", "≤ 1.5 ×")], "Measured today.")
    once = figures.written(readme, table)

    assert once.startswith(f"before\n{begin}\nMeasured today.\n\n| what |")
    assert once.endswith(f"| acts per second | 890 | ≤ 1.5 × |\n{end}\nafter\n")
    assert figures.written(once, table) == once


def test_the_setting_names_day_commit_and_machine(tmp_path: Path) -> None:
    """A figure is worth nothing without when and on what it was measured."""
    told = figures.setting(tmp_path, date(2026, 11, 20))

    assert told.startswith("Measured 2026-11-20 at no commit: ")
    assert "cores" in told
    assert "Python 3." in told
    assert "SQLite 3." in told


def test_a_spread_tells_its_middle_and_its_ends() -> None:
    """Several rounds give the median with least and most; one round is told alone."""
    assert Spread([3.0, 1.0, 2.0]).told(1, " ms") == "2.0 ms (1.0–3.0)"
    assert Spread([1234.5]).told() == "1,234"


def test_waiting_is_not_computing() -> None:
    """What is timed is told by the clock and by the processor apart."""
    took = Took()

    with took.adding():
        sum(range(100_000))

    assert 0 < took.computing <= took.seconds + 0.001


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of the big hall, made small: newest cases in every state, two ended ones for each."""
    return hall.found(tmp_path_factory.mktemp("small"), 3 * OPEN, OPEN)


@pytest.fixture(scope="module")
def desk(small: Path) -> Iterator[Desk]:
    """A clerk in it."""
    opened = bootstrap.open_hall(small)
    yield halls.seat(opened.desk, halls.CLERK)
    opened.close()


def test_the_big_hall_has_cases_in_every_list(desk: Desk) -> None:
    """Every state that waits for somebody is there, most cases have ended, and the names open."""
    listed = {name: worklists.page(desk, name).lines for name in Worklist}
    states = {state for _, state in hall.OPEN_STATES if state not in ("packing", "done")}

    assert len(listed[Worklist.ALL]) == 3 * OPEN + 1
    assert len(listed[Worklist.ENDED]) == 2 * OPEN
    assert all(listed[Worklist(state)] for state in states | {"registered", "to_correct", "served"})
    assert all("*" in line.applicant for line in listed[Worklist.ALL])


def test_the_big_hall_is_looked_up_like_any_other(desk: Desk) -> None:
    """A number is one of this hall's, a person is found again, and every index is there again."""
    line = worklists.page(desk, Worklist.ENDED).lines[0]
    with desk.reading() as reading:
        case = reading.cases.get(line.number)
        indexes = [row["name"] for row in reading.lines(hall.INDEXES)]

    assert case is not None
    assert codes.parse(case.number).place == codes.HallCode(desk.hall.division, desk.hall.digit)
    assert case.number in {each.number for each in searching.search(desk, case.applicant_phone)}
    assert {"cases_ended", "cases_by_time", "cases_reviewed"} <= set(indexes)


def test_keys_are_timed_in_lists_and_inputs(small: Path) -> None:
    """Each kind of key is answered, in ours and in bare Textual, as often as it was pressed."""
    timed = screens.keys(small, rounds=1, times=2)

    assert [key.what.split()[0] for key in timed] == ["↓", "PgDn", "End", "a"]
    assert all(len(times) == 2 for key in timed for times in (*key.ours, *key.bare))
    assert min(screens.spread(key.ours, 0.50).median for key in timed) > 0


def test_screens_are_timed_by_their_titles(small: Path) -> None:
    """A screen is timed when it is opened for the first time and again; so is one of bare Textual."""
    with screens.signed_in(small, Role.CLERK) as terminal:
        opened = screens.opening(terminal, "search", rounds=2)

    assert opened.title == "查找"
    assert min(opened.first, opened.again.median, screens.bare_openings(rounds=1).median) > 0


def test_every_screen_that_needs_nothing_is_timed_once() -> None:
    """Each that the palette offers to anybody is opened by one of those who sign in."""
    offered = [name for name in doors.names() if not doors.door(name).needs]

    timed = [name for role in screens.SIGNED_IN for name in screens.openable(role)]

    assert sorted(timed) == offered
    assert len(offered) > 5


def test_the_start_is_timed_to_the_sign_in(small: Path) -> None:
    """Both programs come to paint the same words, and the ratio is theirs."""
    start = screens.starts(small, rounds=1)

    assert start.times_bare.median == start.ours.median / start.bare.median
    assert start.bare.median > 0


def test_a_percentile_is_one_of_the_times() -> None:
    """Half and nearly all of the times are no longer than it; the order they came in does not matter."""
    times = [float(n) for n in range(100, -1, -1)]

    assert [screens.percentile(times, part) for part in (0.0, 0.50, 0.95, 1.0)] == [0, 50, 95, 100]
    assert screens.spread([times, [1.0]], 0.95).values == [95, 1]
