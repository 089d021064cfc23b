"""The figures compare like with like, and land where they belong; how fast anything is, no test asserts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from forms.items.finder import Finder
from tests.bench import acts, bare, figures, keys, stream
from tests.bench.figures import Figure
from tests.bench.spread import Spread, Took
from workstation.store.sqlite import SqliteEngine


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
    readme = f"before\n{figures.BEGIN}\nold\n{figures.END}\nafter\n"

    table = figures.table([Figure("acts per second", "890", "≤ 1.5 ×")], "Measured today.")
    once = figures.written(readme, table)

    assert once.startswith(f"before\n{figures.BEGIN}\nMeasured today.\n\n| what |")
    assert once.endswith(f"| acts per second | 890 | ≤ 1.5 × |\n{figures.END}\nafter\n")
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
