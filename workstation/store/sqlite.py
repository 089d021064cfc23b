"""The SQLite engine: one file, one writer at a time under a file lock, each commit synced to the disk.

Only here is the SQLite module chosen, and nothing else imports one: two in one process drop each other's
locks (sqlite.org/howtocorrupt.html §2.2). For the same reason nobody opens the file by hand.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # it chooses, and does not list it as its own

from workstation.store import schema
from workstation.store.filelock import FileLock, LockTimeout
from workstation.store.mounts import mount_of
from workstation.store.protocols import Duplicate, Line, StoreFailed, Value
from workstation.store.threads import PerThread

T = TypeVar("T")

_MOUNTS = Path("/proc/self/mountinfo")
#: What running a statement can raise; the latter two for values that no column holds.
_FAULTS = (sqlite3.Error, OverflowError, ValueError)
#: By primary result code (sqlite.org/rescode.html): not every build of the module tells the extended one.
_REASONS = {
    3: "read_only",
    5: "busy",
    6: "busy",
    8: "read_only",
    11: "damaged",
    13: "disk_full",
    26: "damaged",
}
_IOERR, _CANTOPEN = 10, 14


@dataclass
class _Session:
    """One thread's connection and lock, and where its transaction stands."""

    connection: Any
    lock: FileLock
    mode: str = ""
    """read · write · empty between transactions."""
    failed: bool = False
    """A statement has failed: as on PostgreSQL, nothing more is done but to roll back."""


class SqliteEngine:
    """The ledger in one SQLite file. A process that forks opens its own."""

    name = "sqlite"

    def __init__(self, path: str | Path, *, synchronous: str = "FULL", busy_seconds: float = 30) -> None:
        self.path = Path(path).resolve()
        self.lock_path = Path(f"{self.path}.lock")
        self._synchronous, self._busy_seconds = synchronous, busy_seconds
        self._admitted = False
        self._columns: dict[str, tuple[str, ...]] = {}
        self._sessions: PerThread[_Session] = PerThread(self._open, self._shut)

    def write(self) -> AbstractContextManager[None]:
        """A writing transaction under the file lock.

        Begun as a writer: a reader that turns writer after somebody else wrote fails at once.
        """
        return self._transaction("write", "BEGIN IMMEDIATE")

    def read(self) -> AbstractContextManager[None]:
        """A reading transaction; waits for nobody."""
        return self._transaction("read", "BEGIN")

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
        return self._do(sql, lambda connection: self._lines(sql, connection.execute(sql, values)))

    def run(self, sql: str, values: Mapping[str, Value]) -> None:
        """Run a statement that gives no lines."""
        self._do(sql, lambda connection: connection.execute(sql, _storable(values)))

    def many(self, sql: str, values: Sequence[Mapping[str, Value]]) -> None:
        """Run a statement once for each set of values."""
        self._do(sql, lambda connection: connection.executemany(sql, map(_storable, values)))

    def script(self, sql: str) -> None:
        """Run the statements of a schema step; the module's own `executescript` would commit first."""
        for statement in statements(sql):
            self.run(statement, {})

    def now(self) -> int | None:
        """None: this machine's clock is the store's."""
        return None

    def describe(self) -> Mapping[str, str]:
        """Engine, version and place, for `doctor`."""
        return {
            "engine": self.name,
            "module": sqlite3.__name__,
            "version": sqlite3.sqlite_version,
            "wal_reset_fixed": "yes" if wal_reset_fixed(sqlite3.sqlite_version) else "no",
            "synchronous": self._synchronous,
            "path": str(self.path),
            "lock": str(self.lock_path),
        }

    def checkpoint(self) -> None:
        """Bring the log into the file and both to the disk: what a commit with `synchronous=NORMAL` leaves to
        later. Under the lock, since a checkpoint must not meet a writer (`wal_reset_fixed`).
        """
        session = self._sessions.get()
        self._acquire(session.lock)
        try:
            with self._translating():
                session.connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        finally:
            session.lock.release()

    def close(self) -> None:
        """Close this thread's connection, and those of threads that have ended."""
        self._sessions.close()
        self._sessions.close_ended()

    def _lines(self, sql: str, cursor: Any) -> list[Line]:
        """What a cursor gives; the columns of a statement are asked for once, they are the same each time."""
        names = self._columns.get(sql) or self._columns.setdefault(sql, _columns(cursor))
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]

    def _do(self, sql: str, run: Callable[[Any], T]) -> T:
        """The one door of every statement: guard, run, and tell a fault in the port's words."""
        session = self._sessions.get()
        if session.failed:
            raise StoreFailed("failed", "after a failure a transaction can only be rolled back")
        if session.mode != "write" and not sql.startswith(("SELECT", "WITH")):
            raise StoreFailed("read_only", "only a writing transaction writes")
        try:
            return run(session.connection)
        except _FAULTS as error:
            session.failed = session.mode != ""
            raise self._translated(error) from error

    @contextmanager
    def _transaction(self, mode: str, begin: str) -> Iterator[None]:
        session = self._sessions.get()
        if session.mode:
            raise RuntimeError("a transaction inside a transaction")
        if mode == "write":
            self._acquire(session.lock)
        session.mode = mode
        try:
            self._control(session, begin)
            yield
            self._control(session, "COMMIT")
        except BaseException:
            self._undo(session)
            raise
        finally:
            session.mode, session.failed = "", False
            session.lock.release()

    def _control(self, session: _Session, statement: str) -> None:
        if session.failed:
            raise StoreFailed("failed", "a statement failed and nobody took notice")
        try:
            session.connection.execute(statement)
        except sqlite3.Error as error:
            raise self._translated(error) from error

    def _undo(self, session: _Session) -> None:
        """Roll back; a connection that cannot is given up, and closing it rolls back too."""
        try:
            if session.connection.in_transaction:  # a full disk has it rolled back already
                session.connection.execute("ROLLBACK")
        except sqlite3.Error:
            self._sessions.close()

    def _undo_savepoint(self, session: _Session) -> None:
        """Roll back to the savepoint, unless SQLite has ended the transaction: then nothing more runs."""
        session.failed = not session.connection.in_transaction
        if not session.failed:
            self.run("ROLLBACK TO inner_part", {})
            self.run("RELEASE inner_part", {})

    def _acquire(self, lock: FileLock) -> None:
        try:
            lock.acquire(self._busy_seconds)
        except LockTimeout as error:
            raise StoreFailed("busy", f"{error} has been held for {self._busy_seconds} s") from error
        except OSError as error:
            raise StoreFailed(_os_reason(error), str(error)) from error

    def _open(self) -> _Session:
        self._admit()
        with self._translating():
            session = _Session(self._connect(str(self.path)), FileLock(self.lock_path))
            try:
                self._prepare(session)
            except BaseException:
                self._shut(session)
                raise
            return session

    def _connect(self, path: str, **options: Any) -> Any:
        # isolation_level: the module begins nothing by itself. check_same_thread: what an ended thread left
        # is closed by another. cached_statements: room for every text we have.
        return sqlite3.connect(
            path,
            timeout=self._busy_seconds,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=512,
            **options,
        )

    def _prepare(self, session: _Session) -> None:
        connection = session.connection
        if _journal_mode(connection) != "wal":
            self._acquire(session.lock)  # the busy timeout does not cover this switch
            mode = _journal_mode(connection, "= WAL")
            session.lock.release()
            if mode != "wal":
                raise StoreFailed("failed", "no shared memory here for the write-ahead log")
        connection.execute(f"PRAGMA synchronous = {self._synchronous}")
        connection.execute("PRAGMA foreign_keys = ON")

    def _shut(self, session: _Session) -> None:
        # Under the lock, because the last to close writes the log back into the file. Who cannot have it at
        # once is not the last.
        with suppress(LockTimeout, OSError):
            session.lock.acquire(0)
        session.connection.close()
        session.lock.close()

    def _admit(self) -> None:
        """Refuse, before anything is touched, a place or a file that is not for us."""
        if self._admitted:
            return
        mounts = _MOUNTS.read_text("utf-8", "surrogateescape") if _MOUNTS.exists() else ""
        mount = mount_of(mounts, str(self.path))
        if mount and mount.is_network:
            raise StoreFailed("network_file_system", f"{mount.kind} on {mount.point}")
        if self.path.is_file() and self.path.stat().st_size:
            self._refuse_foreign()
        self._admitted = True

    def _refuse_foreign(self) -> None:
        # Read-only where a log lies beside the file: closing must not write back what is another's.
        mode = "ro" if Path(f"{self.path}-wal").exists() else "rw"
        with self._translating():
            connection = self._connect(f"{self.path.as_uri()}?mode={mode}", uri=True)
            try:
                tables = [name for (name,) in connection.execute(schema.TABLES[self.name]).fetchall()]
            finally:
                connection.close()
        if schema.is_foreign(tables):
            raise StoreFailed("foreign", f"{self.path}: tables {', '.join(sorted(tables)[:5])}")

    @contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except _FAULTS as error:
            raise self._translated(error) from error

    def _translated(self, error: Exception) -> Exception:
        """A fault in the port's words."""
        if isinstance(error, sqlite3.IntegrityError) and str(error).startswith("UNIQUE"):
            return Duplicate(str(error))
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        name = getattr(error, "sqlite_errorname", type(error).__name__)
        return StoreFailed(self._reason(code), f"{name}: {error}")

    def _reason(self, code: int) -> str:
        if code == _IOERR:
            return "disk_full" if _no_room(self.path) else "failed"
        if code == _CANTOPEN:
            folder = self.path.parent
            return "read_only" if folder.is_dir() and not os.access(folder, os.W_OK) else "unreachable"
        return _REASONS.get(code, "failed")


def statements(script: str) -> Iterator[str]:
    """The statements of a script; a semicolon in a trigger's body ends nothing."""
    pending = ""
    for part in script.split(";")[:-1]:
        pending += part + ";"
        if sqlite3.complete_statement(pending):
            yield pending.strip()
            pending = ""
    if rest := (pending + script.rpartition(";")[2]).strip():
        yield rest


def wal_reset_fixed(version: str) -> bool:
    """Whether this SQLite is free of the bug that loses a commit when a checkpoint meets a writer.

    Without the fix (sqlite.org/wal.html) it is the file lock alone that keeps the two apart.
    """
    major, minor, patch = (int(part) for part in version.split(".")[:3])
    backported = {(3, 44): 6, (3, 50): 7}.get((major, minor))
    return (major, minor, patch) >= (3, 51, 3) or (backported is not None and patch >= backported)


def _journal_mode(connection: Any, change: str = "") -> str:
    mode: str = connection.execute(f"PRAGMA journal_mode {change}").fetchone()[0]
    return mode


def _columns(cursor: Any) -> tuple[str, ...]:
    return tuple([column[0] for column in cursor.description or ()])


def _storable(values: Mapping[str, Value]) -> Mapping[str, Value]:
    """PostgreSQL keeps no NUL in a text, and what may be written must not depend on the engine."""
    for value in values.values():
        if type(value) is str and "\0" in value:
            raise ValueError("a text with a NUL character")
    return values


def _no_room(path: Path) -> bool:
    """Ask the disk itself what an I/O error was about: SQLite tells a quota or a size limit as just that."""
    files = [Path(f"{path}{end}") for end in ("", "-wal", "-shm")]
    size = max((file.stat().st_size for file in files if file.exists()), default=0)
    trial = b"\0" * 65536
    try:
        with tempfile.TemporaryFile(dir=path.parent) as file:
            return os.pwrite(file.fileno(), trial, size) < len(trial)
    except OSError as error:
        return _os_reason(error) == "disk_full"


def _os_reason(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "disk_full"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "read_only"
    return "unreachable"
