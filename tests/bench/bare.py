"""The bare loop: the rows a stream of acts has written, written again with nothing but the SQLite driver."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bench.spread import Took
from workstation.store.protocols import Line, Value
from workstation.store.sqlite import SqliteEngine

Statement = tuple[str, Mapping[str, Value] | Sequence[Mapping[str, Value]]]
Transaction = Sequence[Statement]


class Recorder(SqliteEngine):
    """An engine that takes down what is written through it, transaction by transaction."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, synchronous="OFF")
        self.transactions: list[list[Statement]] = []

    def connect(self) -> Any:
        """A connection of the library that the store has chosen, with nothing around it."""
        return self._connect(str(self.path))

    @contextmanager
    def write(self) -> Iterator[None]:
        """A writing transaction; what it writes is taken down together."""
        with super().write():
            self.transactions.append([])
            yield

    def rows(self, sql: str, values: Mapping[str, Value]) -> Sequence[Line]:
        """Reading is not taken down, `UPDATE … RETURNING` is."""
        if not sql.startswith(("SELECT", "WITH")):
            self.transactions[-1].append((sql, values))
        return super().rows(sql, values)

    def run(self, sql: str, values: Mapping[str, Value]) -> None:
        """Run a statement and take it down."""
        self.transactions[-1].append((sql, values))
        super().run(sql, values)

    def many(self, sql: str, values: Sequence[Mapping[str, Value]]) -> None:
        """Run a statement for many rows and take it down."""
        self.transactions[-1].append((sql, values))
        super().many(sql, values)


def driver(path: Path) -> Any:
    """A connection of the driver's own, as durable as the store's."""
    connection = Recorder(path).connect()
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def replay(path: Path, transactions: Sequence[Transaction]) -> Took:
    """Write it all again with the same durability."""
    connection = driver(path)
    took = Took()
    with took.adding():
        for statements in transactions:
            _write(connection, statements)
    connection.close()
    return took


def _write(connection: Any, statements: Transaction) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for sql, values in statements:
        if isinstance(values, Mapping):
            connection.execute(sql, values).fetchall()
        else:
            connection.executemany(sql, values)
    connection.execute("COMMIT")
