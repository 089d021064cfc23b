"""A store in a SQLite file, whichever engine the run is about; for what SQLite alone can meet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines import FilePlace, prepared
from workstation.store import schema
from workstation.store.protocols import StoreFailed
from workstation.store.sqlite import SqliteEngine

ADD = "INSERT INTO logins (hall, code, kind, failures, locked_until) VALUES (1, :code, 'pin', 0, 0)"
COUNT = "SELECT count(*) AS n FROM logins"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store lies; there is a blank in its name, as there may be in a home's."""
    return tmp_path / "the ledger.db"


@pytest.fixture
def engine(path: Path) -> Iterator[SqliteEngine]:
    """A migrated store."""
    opened, _ = prepared(FilePlace(path), "embedded", lambda engine: schema.migrate(engine, 1))
    assert isinstance(opened, SqliteEngine)
    yield opened
    opened.close()


def add(engine: SqliteEngine, code: str) -> None:
    """One row, in an act of its own."""
    with engine.write():
        engine.run(ADD, {"code": code})


def count(engine: SqliteEngine) -> int:
    """How many rows there are."""
    line = engine.row(COUNT, {})
    assert line is not None
    return int(line["n"])


def reason(engine: SqliteEngine) -> str:
    """Why the engine cannot be used."""
    with pytest.raises(StoreFailed) as failed:
        engine.rows(COUNT, {})
    engine.close()
    return failed.value.reason
