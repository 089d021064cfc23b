"""A store for a test, on the engine named by WORKSTATION_TEST_ENGINE: sqlite (default) or postgres.

A folder has these fixtures if its conftest says `from tests.engines import clock, engine, place, store`.
"""

from __future__ import annotations

import atexit
import itertools
import os
import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from workstation.domain.people import Hall
from workstation.domain.times import SHANGHAI
from workstation.store import schema
from workstation.store.ledger import Store, founding
from workstation.store.personal import PersonalKeys
from workstation.store.protocols import Engine
from workstation.store.work import Stamp

if TYPE_CHECKING:
    from psycopg import Connection

KEYS = PersonalKeys(b"\1" * 32)
OPENING = int(datetime(2026, 11, 20, 9, tzinfo=SHANGHAI).timestamp() * 1000)
HALL = Hall(
    id=1,
    division="350102",
    digit=1,
    name="榕城政务服务中心",
    address="榕城区示例路 1 号",
    postcode="350001",
    phone="0591-00000000",
    created_at=OPENING,
)
STAMP = Stamp(act="try", operator="c01", second=None, window=3)
_ORDINALS = itertools.count(1)
_PREPARED: dict[Hashable, tuple[Path, Any]] = {}
T = TypeVar("T")


@dataclass
class Clock:
    """A clock that stands still until it is told."""

    at: int = OPENING

    def __call__(self) -> int:
        return self.at


class Place(ABC):
    """Where the store of one test lies; opens any number of engines on it."""

    kind: str

    @abstractmethod
    def open(self, *, timeless: bool = False, **options: Any) -> Engine:
        """An engine on this place; a timeless one has no clock of its own, so that the test's clock holds."""

    @abstractmethod
    def lose(self, engine: Engine) -> None:
        """Take this thread's connection away from the engine, as an accident would."""

    @abstractmethod
    def address(self) -> tuple[str, str]:
        """Kind and place, for `at` in another process."""


@dataclass(frozen=True)
class FilePlace(Place):
    """A SQLite file of its own."""

    path: Path
    kind = "sqlite"

    def open(self, *, timeless: bool = False, **options: Any) -> Engine:
        """An engine on the file, which leaves the syncing to chance."""
        from workstation.store.sqlite import SqliteEngine

        return SqliteEngine(self.path, **{"synchronous": "OFF", **options})

    def lose(self, engine: Engine) -> None:
        """Close it behind the engine's back."""
        engine.close()

    def address(self) -> tuple[str, str]:
        """Kind and path."""
        return self.kind, str(self.path)


@dataclass(frozen=True)
class ServerPlace(Place):
    """A schema of its own on the server."""

    dsn: str
    name: str
    kind = "postgres"

    def open(self, *, timeless: bool = False, **options: Any) -> Engine:
        """An engine that looks into this schema and into no other."""
        from psycopg.conninfo import make_conninfo

        from workstation.store.postgres import PostgresEngine

        class Timeless(PostgresEngine):
            """Without the server's clock."""

            def now(self) -> int | None:
                return None

        settings = f"-c search_path={self.name} -c synchronous_commit=off"
        dsn = make_conninfo(self.dsn, options=settings, application_name=self.name)
        return (Timeless if timeless else PostgresEngine)(dsn, **options)

    def lose(self, engine: Engine) -> None:
        """Have the server end all connections to this schema."""
        with self.administrator() as connection:
            self.end_connections(connection)

    def address(self) -> tuple[str, str]:
        """Kind and DSN, the schema behind a blank line."""
        return self.kind, f"{self.dsn}\n{self.name}"

    @contextmanager
    def administrator(self) -> Iterator[Connection[Any]]:
        """A connection that belongs to no engine."""
        import psycopg

        with psycopg.connect(self.dsn, autocommit=True) as connection:
            yield connection

    def end_connections(self, connection: Connection[Any]) -> None:
        """End what an engine has opened here, and wait until it has ended."""
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = %s",
            [self.name],
        )


def at(kind: str, place: str) -> Place:
    """The place another process has told of."""
    return FilePlace(Path(place)) if kind == "sqlite" else ServerPlace(*place.split("\n"))


def prepared(
    place: Place, name: Hashable, prepare: Callable[[Engine], T], *, timeless: bool = True
) -> tuple[Engine, T]:
    """An engine on an empty place that has been prepared, and what `prepare` gave.

    Copying a file takes a tenth of what making its tables takes: where the place is one, what goes by a name
    is prepared once a process.
    """
    if not isinstance(place, FilePlace):
        engine = place.open(timeless=timeless)
        return engine, prepare(engine)
    if name not in _PREPARED:
        kept = FilePlace(_kept_in() / f"{len(_PREPARED)}.db")
        engine = kept.open()
        _PREPARED[name] = kept.path, prepare(engine)
        engine.close()  # the last to close writes the log back into the file
    path, given = _PREPARED[name]
    shutil.copyfile(path, place.path)
    return place.open(timeless=timeless), given


@cache
def _kept_in() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="prepared-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@contextmanager
def schema_on_server(dsn: str) -> Iterator[ServerPlace]:
    """A fresh schema, dropped afterwards whatever the test has left open."""
    there = ServerPlace(dsn, f"test_{os.getpid()}_{next(_ORDINALS)}")
    with there.administrator() as connection:
        connection.execute(f"CREATE SCHEMA {there.name}".encode())
    try:
        yield there
    finally:
        with there.administrator() as connection:
            there.end_connections(connection)
            connection.execute(f"DROP SCHEMA {there.name} CASCADE".encode())


@contextmanager
def fresh_place(folder: Path, environment: Mapping[str, str] = os.environ) -> Iterator[Place]:
    """A place of its own for one test, on the engine the run is about."""
    kind = environment.get("WORKSTATION_TEST_ENGINE", "sqlite")
    if kind == "sqlite":
        yield FilePlace(folder / "ledger.db")
    elif kind == "postgres":
        with schema_on_server(environment["WORKSTATION_TEST_DSN"]) as there:
            yield there
    else:
        raise ValueError(f"WORKSTATION_TEST_ENGINE is {kind!r}; sqlite and postgres are known")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """An empty place for a store; `place.open()` gives an engine on it."""
    with fresh_place(tmp_path) as there:
        yield there


@pytest.fixture
def engine(place: Place) -> Iterator[Engine]:
    """A migrated engine on the test's place."""
    opened, _ = prepared(place, "migrated", _migrate, timeless=False)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> Clock:
    """The clock of `store`; it stands still until a test moves it."""
    return Clock()


@pytest.fixture
def store(place: Place, clock: Clock) -> Iterator[Store]:
    """A founded hall, whose journal holds the one entry of its founding."""
    opened, _ = prepared(place, "founded", founded_on)
    yield Store(opened, KEYS, HALL, clock)
    opened.close()


def _migrate(engine: Engine) -> None:
    schema.migrate(engine, OPENING)


def founded_on(engine: Engine) -> Store:
    """Found the hall on an empty engine, at the hour at which it opens."""
    _migrate(engine)
    with founding(engine, KEYS, HALL, Clock()) as (founded, _):
        return founded
