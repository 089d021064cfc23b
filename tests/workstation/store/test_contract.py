"""The port's contract, which every engine keeps; tried on the failed sign-ins, which no journal follows."""

# A transaction and what fails in it are one block.
# ruff: noqa: PT012

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum

import pytest

from tests.engines import OPENING, Place
from tests.workstation.store.samples import HARD_TEXT
from workstation.store.protocols import Duplicate, Engine, StoreFailed, Value

pytestmark = pytest.mark.engine

ADD = "INSERT INTO logins (hall, code, kind, failures, locked_until) VALUES (1, :code, 'pin', :n, 0)"
COUNT = "UPDATE logins SET failures = failures + :n WHERE code = :code RETURNING failures"
LIST = "SELECT code, failures FROM logins ORDER BY code"


class GivenUp(Exception):
    """The act changed its mind."""


def add(engine: Engine, code: Value, n: Value = 0) -> None:
    """One row, by its code."""
    engine.run(ADD, {"code": code, "n": n})


def listed(engine: Engine) -> list[tuple[str, int]]:
    """All rows."""
    return [(line["code"], line["failures"]) for line in engine.rows(LIST, {})]


def in_thread(engine: Engine, work: Callable[[], None]) -> threading.Thread:
    """Work begun beside us, with a connection of its own."""

    def run() -> None:
        try:
            work()
        finally:
            engine.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_commit(engine: Engine, place: Place) -> None:
    """What a writing transaction did is there for others once it has ended."""
    with engine.write():
        add(engine, "c01", 3)

    other = place.open()
    assert listed(other) == [("c01", 3)]
    other.close()


def test_rollback(engine: Engine) -> None:
    """A transaction that ends with an error has done nothing, and the error arrives as it was."""
    with pytest.raises(GivenUp), engine.write():
        add(engine, "c01")
        raise GivenUp

    assert listed(engine) == []


def test_row_of_returning(engine: Engine) -> None:
    """An update tells its new value, and no row where there was nothing to update."""
    with engine.write():
        add(engine, "c01", 1)

        assert engine.row(COUNT, {"code": "c01", "n": 2}) == {"failures": 3}
        assert engine.row(COUNT, {"code": "c02", "n": 2}) is None


def test_many(engine: Engine) -> None:
    """A statement runs once for each set of values, and not at all for none."""
    with engine.write():
        engine.many(ADD, [{"code": f"c{n}", "n": n} for n in range(3)])
        engine.many(ADD, [])

    assert listed(engine) == [("c0", 0), ("c1", 1), ("c2", 2)]


def test_duplicate(engine: Engine) -> None:
    """A row that a unique constraint refuses raises Duplicate."""
    with engine.write():
        add(engine, "c01")

    with pytest.raises(Duplicate), engine.write():
        add(engine, "c01")


def test_duplicate_tells_no_values(engine: Engine) -> None:
    """The refusal names the constraint and not what was in the row, which may be a person's."""
    with pytest.raises(Duplicate) as refused, engine.write():
        add(engine, "张三")
        add(engine, "张三")

    assert "张三" not in str(refused.value)


def test_savepoint_keeps(engine: Engine) -> None:
    """What a savepoint did stays, if it ends well."""
    with engine.write():
        add(engine, "c01")
        with engine.savepoint(), engine.savepoint():
            add(engine, "c02")

    assert [code for code, _ in listed(engine)] == ["c01", "c02"]


def test_savepoint_undoes(engine: Engine) -> None:
    """What fails inside a savepoint is undone alone, and the transaction goes on."""
    with engine.write():
        add(engine, "c01")
        with suppress(Duplicate), engine.savepoint():
            add(engine, "c02")
            add(engine, "c01")
        add(engine, "c03")

    assert [code for code, _ in listed(engine)] == ["c01", "c03"]


def test_inner_savepoint_undoes_alone(engine: Engine) -> None:
    """Of two savepoints, one inside the other, the inner one can fail by itself."""
    with engine.write(), engine.savepoint():
        add(engine, "c01")
        with suppress(GivenUp), engine.savepoint():
            add(engine, "c02")
            raise GivenUp

    assert [code for code, _ in listed(engine)] == ["c01"]


def test_failure_cannot_be_swallowed(engine: Engine) -> None:
    """After a statement that failed outside a savepoint, nothing is committed, even if nobody noticed."""
    with pytest.raises(StoreFailed), engine.write():
        add(engine, "c01")
        with suppress(Duplicate):
            add(engine, "c01")

    assert listed(engine) == []


def test_failure_ends_the_transaction(engine: Engine) -> None:
    """After a statement that failed outside a savepoint, no other is run."""
    with pytest.raises(StoreFailed), engine.write():
        with suppress(StoreFailed):
            engine.run("INSERT INTO no_such_table (a) VALUES (1)", {})
        add(engine, "c01")


@pytest.mark.parametrize("value", ["a\0b", "\ud800"], ids=["nul", "half a character"])
def test_impossible_text(engine: Engine, value: str) -> None:
    """Text that one of the engines cannot hold is refused by both, and cannot be swallowed either."""
    with pytest.raises(StoreFailed), engine.write(), suppress(StoreFailed):
        add(engine, value)

    assert listed(engine) == []


def test_impossible_number(engine: Engine) -> None:
    """A number beyond 64 bits is refused."""
    with pytest.raises(StoreFailed), engine.write():
        add(engine, "c01", 2**63)


def test_text_comes_back(engine: Engine) -> None:
    """Rare characters, quotes, signs of the drivers and line ends come back as they went in."""
    with engine.write():
        add(engine, HARD_TEXT)

    assert engine.row(f"{LIST} LIMIT :n", {"n": 1}) == {"code": HARD_TEXT, "failures": 0}


def test_states_are_text(engine: Engine) -> None:
    """A member of a StrEnum is stored as its value."""
    kind = StrEnum("kind", {"SEALED": "sealed"})
    with engine.write():
        add(engine, kind.SEALED)

    assert listed(engine) == [("sealed", 0)]


def test_order_is_by_code_point(engine: Engine) -> None:
    """Text is sorted by code point on every engine, whatever the server's language."""
    with engine.write():
        for code in ("b", "a", "B", "乙", "甲", "𬱟", "-", "é"):
            add(engine, code)

    assert [code for code, _ in listed(engine)] == sorted(["b", "a", "B", "乙", "甲", "𬱟", "-", "é"])


def test_percent_and_colon_in_a_statement(engine: Engine) -> None:
    """Signs that mean something to a driver mean nothing inside a statement's quotes."""
    line = engine.row("SELECT 'a%b:c' AS \"x:y\", CAST(:n AS BIGINT) AS n -- 100 % :no", {"n": 7})

    assert line == {"x:y": "a%b:c", "n": 7}


def test_one_writer(engine: Engine) -> None:
    """A second writer starts when the first has ended, and then sees what it did."""
    begun, seen = threading.Event(), []

    def second() -> None:
        begun.set()
        with engine.write():
            seen.extend(listed(engine))

    with engine.write():
        thread = in_thread(engine, second)
        begun.wait()
        time.sleep(0.05)
        add(engine, "c01")
        assert seen == []
    thread.join()

    assert seen == [("c01", 0)]


def test_writers_lose_nothing(engine: Engine) -> None:
    """Four writers that read before they write count to the same sum as one alone."""
    with engine.write():
        add(engine, "c01")

    def count() -> None:
        for _ in range(10):
            with engine.write():
                ((_, n),) = listed(engine)
                engine.run("UPDATE logins SET failures = :n", {"n": n + 1})

    for thread in [in_thread(engine, count) for _ in range(4)]:
        thread.join()

    assert listed(engine) == [("c01", 40)]


def test_busy(engine: Engine, place: Place) -> None:
    """A writer waits as long as it was told and then says that the store is busy; later it can write."""
    impatient = place.open(busy_seconds=0.2)
    with engine.write():
        add(engine, "c01")
        with pytest.raises(StoreFailed) as failed, impatient.write():
            pass
    with impatient.write():
        add(impatient, "c02")
    impatient.close()

    assert failed.value.reason == "busy"
    assert [code for code, _ in listed(engine)] == ["c01", "c02"]


def test_reader_does_not_wait(engine: Engine, place: Place) -> None:
    """While somebody writes, a reader sees the state before."""
    reader = place.open(busy_seconds=0.2)
    with engine.write():
        add(engine, "c01")
        with reader.read():
            assert listed(reader) == []
    reader.close()


def test_snapshot(engine: Engine, place: Place) -> None:
    """A reading transaction sees one state throughout, whatever is committed meanwhile."""
    reader = place.open()
    with reader.read():
        before = listed(reader)
        with engine.write():
            add(engine, "c01")
        assert listed(reader) == before == []

    assert listed(reader) == [("c01", 0)]
    reader.close()


@pytest.mark.parametrize("statement", [ADD, COUNT], ids=["run", "row"])
def test_only_writers_write(engine: Engine, statement: str) -> None:
    """Neither a reading transaction nor a statement outside any transaction can write."""
    values: dict[str, Value] = {"code": "c01", "n": 1}
    with pytest.raises(StoreFailed) as reading, engine.read():
        engine.row(statement, values)
    with pytest.raises(StoreFailed) as outside:
        engine.row(statement, values)

    assert (reading.value.reason, outside.value.reason) == ("read_only", "read_only")


@pytest.mark.parametrize("inner", ["write", "read"])
def test_no_transaction_inside_another(engine: Engine, inner: str) -> None:
    """A transaction inside a transaction is a mistake of ours and told as such; the outer one is undone."""
    with pytest.raises(RuntimeError), engine.write():
        add(engine, "c01")
        with getattr(engine, inner)():
            pass

    assert listed(engine) == []


def test_usable_after_each_failure(engine: Engine) -> None:
    """Whatever went wrong, the next transaction works."""
    for wrong in ("nonsense", "INSERT INTO logins (hall) VALUES (1)", "SELECT 1 / :zero"):
        with pytest.raises(StoreFailed), engine.write():
            engine.rows(wrong, {"zero": 0})
            raise StoreFailed("failed", "an engine that divides by zero")

        with engine.write():
            add(engine, wrong)


def test_connection_lost_inside(engine: Engine, place: Place) -> None:
    """An act during which the connection is lost fails and has done nothing; the next one works."""
    with pytest.raises(StoreFailed), engine.write():
        add(engine, "c01")
        place.lose(engine)
        add(engine, "c02")

    with engine.write():
        add(engine, "c03")
    assert listed(engine) == [("c03", 0)]


def test_connection_lost_at_commit(engine: Engine, place: Place) -> None:
    """An act whose connection is lost before its end fails and has done nothing."""
    with pytest.raises(StoreFailed), engine.write():
        add(engine, "c01")
        place.lose(engine)

    assert listed(engine) == []


def test_connection_lost_in_a_savepoint(engine: Engine, place: Place) -> None:
    """The connection can go inside a savepoint too."""
    with pytest.raises(StoreFailed), engine.write(), engine.savepoint():
        add(engine, "c01")
        place.lose(engine)
        add(engine, "c02")

    with engine.write():
        add(engine, "c03")
    assert listed(engine) == [("c03", 0)]


@pytest.mark.parametrize("kind", ["write", "read"])
def test_connection_lost_between(engine: Engine, place: Place, kind: str) -> None:
    """A connection lost between two acts is not noticed by anybody."""
    listed(engine)
    place.lose(engine)

    with getattr(engine, kind)():
        assert listed(engine) == []


def test_threads_have_their_own(engine: Engine) -> None:
    """While one thread is in the middle of an act, another reads by a connection of its own."""
    seen: list[object] = []
    with engine.write():
        add(engine, "c01")
        in_thread(engine, lambda: seen.extend(listed(engine))).join()

    assert seen == []


def test_now(engine: Engine) -> None:
    """A server tells its own time, in milliseconds; an embedded store leaves it to this machine."""
    now = engine.now()

    assert (now is None) == (engine.name == "sqlite")
    assert now is None or abs(now - time.time() * 1000) < 60_000


def test_describe(engine: Engine) -> None:
    """Doctor is told engine, version and place, and no password."""
    told = engine.describe()

    assert told["engine"] == engine.name
    assert int(told["version"].split(".")[0]) >= 3
    assert "password" not in " ".join(told.values())


def test_closing_twice(engine: Engine) -> None:
    """A closed engine can be closed again, and opens by itself when it is used."""
    engine.close()
    engine.close()

    with engine.write():
        add(engine, "c01", OPENING)
    assert listed(engine) == [("c01", OPENING)]
