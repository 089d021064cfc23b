"""The PostgreSQL engine, over psycopg 3. Bootstrap imports it, and only where a server is chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import TransactionStatus
from psycopg.rows import dict_row

from workstation.store.protocols import Duplicate, Line, StoreFailed, Value
from workstation.store.threads import PerThread

T = TypeVar("T")

#: What running a statement can raise; the latter two for values that no column holds.
_FAULTS = (psycopg.Error, OverflowError, ValueError)
#: By SQLSTATE or its beginning.
_REASONS = {
    "25006": "read_only",
    "25P03": "unreachable",  # idle too long inside a transaction
    "40": "busy",  # deadlock, serialization
    "53100": "disk_full",
    "53300": "unreachable",  # too many connections
    "55P03": "busy",  # lock timeout
    "57014": "busy",  # statement timeout
    "57P": "unreachable",  # the server is going down, or not up yet
    "08": "unreachable",
    "XX001": "damaged",
    "XX002": "damaged",
}
_NOW = b"SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS ms"
#: One writer of a store at a time, as the port promises and SQLite has it; a store is a schema. The time is
#: read behind the lock, so that it follows the time of the writer before, and in the same round trip.
_BEGIN_WRITE = (
    b"BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;"
    b" SELECT pg_advisory_xact_lock(20201500, hashtext(current_schema()));"
) + _NOW
_BEGIN_READ = b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_PLACE = "SELECT current_schema() AS place, current_setting('synchronous_commit') AS synchronous"

#: `:name` is a value, but not in quoted text, comments and casts.
_TOKEN = re.compile(r"""'[^']*'|"[^"]*"|--[^\n]*|/\*.*?\*/|::|:(?P<name>[A-Za-z_]\w*)|%""", re.DOTALL)


@cache
def compiled(sql: str) -> bytes:
    """A statement of ours in psycopg's spelling; psycopg reads its `%` in quotes and comments too."""

    def spelled(token: re.Match[str]) -> str:
        return f"%({token['name']})s" if token["name"] else token[0].replace("%", "%%")

    return _TOKEN.sub(spelled, sql).encode()


@dataclass
class _Session:
    """One thread's connection, and whether its transaction has failed."""

    connection: psycopg.Connection[dict[str, Any]]
    failed: bool = False
    """Also of what psycopg refused without asking the server, which then knows of no failure."""
    begun: int | None = None
    """The server's time at the beginning of the writing transaction that is open."""

    def begin(self, statements: bytes) -> None:
        """Begin a transaction, and keep the time if the last of the statements tells it."""
        cursor = self.connection.execute(statements)
        while cursor.nextset():
            pass
        line = cursor.fetchone() if cursor.description else None
        self.begun = int(line["ms"]) if line else None

    @property
    def status(self) -> TransactionStatus:
        """Where the transaction stands."""
        return self.connection.info.transaction_status


class PostgresEngine:
    """The ledger on a PostgreSQL server, in the schema its DSN leads to. A forked process opens its own."""

    name = "postgres"

    def __init__(self, dsn: str, *, busy_seconds: float = 30) -> None:
        self._dsn, self._busy_seconds = dsn, busy_seconds
        self._sessions: PerThread[_Session] = PerThread(
            self._open, lambda session: session.connection.close()
        )

    @contextmanager
    def write(self) -> Iterator[None]:
        """A writing transaction; the next writer waits, at most `busy_seconds`."""
        with self._transaction(_BEGIN_WRITE):
            yield

    @contextmanager
    def read(self) -> Iterator[None]:
        """A reading transaction; waits for nobody."""
        with self._transaction(_BEGIN_READ):
            yield

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Inside `write`: what fails in here is undone alone."""
        self.run("SAVEPOINT inner_part", {})
        try:
            yield
            self.run("RELEASE inner_part", {})
        except BaseException:
            self._undo_savepoint(self._sessions.get())
            raise

    def row(self, sql: str, values: Mapping[str, Value]) -> Line | None:
        """The first line of a query or of `… RETURNING`."""
        lines = self.rows(sql, values)
        return lines[0] if lines else None

    def rows(self, sql: str, values: Mapping[str, Value]) -> Sequence[Line]:
        """All lines of a query."""
        return self._do(lambda connection: connection.execute(compiled(sql), values).fetchall())

    def run(self, sql: str, values: Mapping[str, Value]) -> None:
        """Run a statement that gives no lines."""
        self._do(lambda connection: connection.execute(compiled(sql), values))

    def many(self, sql: str, values: Sequence[Mapping[str, Value]]) -> None:
        """Run a statement once for each set of values, in one round trip."""
        self._do(lambda connection: connection.cursor().executemany(compiled(sql), values))

    def script(self, sql: str) -> None:
        """Run the statements of a schema step; without values, the server takes them all at once."""
        self._do(lambda connection: connection.execute(sql.encode()))

    def now(self) -> int | None:
        """The server's clock, which all windows share; inside `write`, the time at which it began."""
        if (begun := self._sessions.get().begun) is not None:
            return begun
        line = self._do(lambda connection: connection.execute(_NOW).fetchone())
        return int(line["ms"]) if line else None

    def describe(self) -> Mapping[str, str]:
        """Engine, version and place without the password, for `doctor`."""
        line = self.row(_PLACE, {}) or {}
        info = self._do(lambda connection: connection.info)
        return {
            "engine": self.name,
            "module": "psycopg",
            "version": info.parameter_status("server_version") or "",
            "synchronous": line["synchronous"],
            "dsn": info.dsn,
            "schema": line["place"] or "",
        }

    def close(self) -> None:
        """Close this thread's connection, and those of threads that have ended."""
        self._sessions.close()
        self._sessions.close_ended()

    def _do(self, run: Callable[[psycopg.Connection[dict[str, Any]]], T]) -> T:
        """The one door of every statement: run, and tell a fault in the port's words."""
        session = self._sessions.get()
        if session.failed:
            raise StoreFailed("failed", "after a failure a transaction can only be rolled back")
        try:
            return run(session.connection)
        except _FAULTS as error:
            session.failed = session.status != TransactionStatus.IDLE
            raise translated(error) from error

    @contextmanager
    def _transaction(self, begin: bytes) -> Iterator[None]:
        session = self._begun(begin)
        try:
            yield
            self._commit(session)
        except BaseException:
            self._undo(session)
            raise
        finally:
            session.begun = None

    def _begun(self, begin: bytes) -> _Session:
        session = self._sessions.get()
        if session.failed or session.status in (TransactionStatus.INTRANS, TransactionStatus.INERROR):
            raise RuntimeError("a transaction inside a transaction")
        try:
            session.begin(begin)
        except psycopg.Error as error:
            self._undo(session)
            if not session.connection.closed:
                raise translated(error) from error
            session = self._sessions.get()  # lost while idle: nothing was begun, so nothing is lost
            self._do(lambda _: session.begin(begin))
        return session

    def _commit(self, session: _Session) -> None:
        if session.failed:  # the server would answer COMMIT with a quiet ROLLBACK
            raise StoreFailed("failed", "a statement failed and nobody took notice")
        self._do(lambda connection: connection.execute("COMMIT"))

    def _undo(self, session: _Session) -> None:
        """Roll back; a connection that cannot is given up, and the server rolls back."""
        session.failed = False
        try:
            if not session.connection.closed:
                session.connection.execute("ROLLBACK")
        except psycopg.Error:
            session.connection.close()
        if session.connection.closed:
            self._sessions.close()

    def _undo_savepoint(self, session: _Session) -> None:
        """Roll back to the savepoint, if there still is a server to do it."""
        if not session.connection.closed:
            session.failed = False
            self.run("ROLLBACK TO inner_part", {})
            self.run("RELEASE inner_part", {})

    def _open(self) -> _Session:
        connection = None
        try:
            connection = psycopg.Connection.connect(
                _with_defaults(self._dsn), autocommit=True, row_factory=dict_row, prepare_threshold=2
            )
            connection.execute(self._settings())
        except psycopg.Error as error:
            if connection:
                connection.close()
            raise StoreFailed(_reason(error, "unreachable"), _told(error)) from error
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            connection.close()
            raise StoreFailed("failed", f"the database is encoded in {encoding}; UTF8 is needed")
        return _Session(connection)

    def _settings(self) -> bytes:
        """Nothing waits for ever, and nothing is written outside `write`."""
        busy = int(self._busy_seconds * 1000)
        return (
            f"SET lock_timeout = {busy}; SET statement_timeout = {busy + 30_000};"
            " SET idle_in_transaction_session_timeout = 60000; SET default_transaction_read_only = on"
        ).encode()


def _shut(session: _Session) -> None:
    session.connection.close()


def _with_defaults(dsn: str) -> str:
    """The DSN, and what keeps a dead network from holding a window up unless the DSN says otherwise."""
    defaults: dict[str, Any] = {
        "application_name": "workstation",
        "client_encoding": "UTF8",
        "connect_timeout": 10,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 30_000,
    }
    return make_conninfo(**{**defaults, **conninfo_to_dict(dsn)})


def translated(error: Exception) -> Exception:
    """A fault in the port's words; only the primary message, since the others repeat the row's values."""
    if isinstance(error, psycopg.errors.UniqueViolation):
        return Duplicate(_told(error))
    return StoreFailed(_reason(error, "failed"), _told(error))


def _reason(error: Exception, otherwise: str) -> str:
    state = getattr(error, "sqlstate", None) or ""
    for length in (5, 3, 2):
        if state[:length] in _REASONS:
            return _REASONS[state[:length]]
    # libpq's own errors, such as a connection that broke, carry no state.
    return "unreachable" if isinstance(error, psycopg.OperationalError) and not state else otherwise


def _told(error: Exception) -> str:
    told = error.diag.message_primary if isinstance(error, psycopg.Error) else None
    return f"{type(error).__name__}: {told or error}"
