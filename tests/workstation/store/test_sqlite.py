"""What SQLite alone can meet: disks that are full, files and folders that may only be read, its own lock."""

# A transaction and what fails in it are one block.
# ruff: noqa: PT012

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.workstation.store.embedded import add, count, engine, path
from workstation.store import schema
from workstation.store.filelock import FileLock, LockTimeout
from workstation.store.protocols import StoreFailed
from workstation.store.sqlite import (  # type: ignore[attr-defined]  # sqlite3: its choice of module
    SqliteEngine,
    sqlite3,
    statements,
    wal_reset_fixed,
)

__all__ = ["engine", "path"]

SIZE = 4096


def pragma(engine: SqliteEngine, name: str) -> object:
    """A setting of this thread's connection."""
    engine.rows("SELECT 1", {})
    return engine._sessions.get().connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_settings(path: Path) -> None:
    """Unless told otherwise, a commit is on the disk when it returns, in a write-ahead log."""
    engine = SqliteEngine(path)
    settings = {name: pragma(engine, name) for name in ("journal_mode", "synchronous", "foreign_keys")}
    engine.close()

    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_describe(engine: SqliteEngine, path: Path) -> None:
    """Doctor is told version, file and lock, and whether this SQLite has the repaired log."""
    told = engine.describe()

    assert (told["path"], told["lock"]) == (str(path), f"{path}.lock")
    assert told["version"] == sqlite3.sqlite_version
    assert told["wal_reset_fixed"] == ("yes" if wal_reset_fixed(told["version"]) else "no")


@pytest.mark.parametrize(
    ("version", "fixed"),
    [
        ("3.40.1", False),
        ("3.44.5", False),
        ("3.44.6", True),
        ("3.45.9", False),
        ("3.50.6", False),
        ("3.50.7", True),
        ("3.51.2", False),
        ("3.51.3", True),
        ("3.53.4", True),
        ("4.0.0", True),
    ],
)
def test_wal_reset_fixed(version: str, fixed: bool) -> None:
    """The repaired versions are those of the makers' list, with the two it was carried back to."""
    assert wal_reset_fixed(version) is fixed


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """For a while, no file of this process may grow beyond a size; as on a full disk, writing fails."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_disk_full(engine: SqliteEngine) -> None:
    """On a full disk an act fails as such and is undone; with room again, the same engine goes on."""
    long, written = "甲" * 50_000, 0
    with largest_file(1_000_000), pytest.raises(StoreFailed) as failed:
        for n in range(100):
            add(engine, f"{n}{long}")
            written += 1

    assert (failed.value.reason, count(engine)) == ("disk_full", written)
    add(engine, "c01")
    assert count(engine) == written + 1


def test_disk_full_from_the_start(path: Path) -> None:
    """A store that cannot even be begun says that the disk is full, and begins later."""
    engine = SqliteEngine(path)
    with largest_file(SIZE), pytest.raises(StoreFailed) as failed:
        schema.migrate(engine, 1)

    assert failed.value.reason == "disk_full"
    assert schema.migrate(engine, 1) != ()
    engine.close()


#: Run as an ordinary user, for whom a mode means something: root may write everywhere. All is done elsewhere
#: before, because what Python still has to load may lie where that user may not look.
AS_A_USER = """
import os, sys
from workstation.store.protocols import StoreFailed
from workstation.store.sqlite import SqliteEngine
from tests.workstation.store.embedded import add, count

def told(path):
    engine = SqliteEngine(path)
    for act in (lambda: count(engine), lambda: add(engine, "c02"), lambda: count(engine)):
        try:
            yield act()
        except StoreFailed as failed:
            yield failed.reason
    engine.close()

list(told(sys.argv[2]))
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
print(*told(sys.argv[1]))
"""


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that any user may enter, with a store in it."""
    with tempfile.TemporaryDirectory(prefix="home-") as name:
        folder = Path(name)
        folder.chmod(0o777)
        engine = SqliteEngine(folder / "ledger.db", synchronous="OFF")
        schema.migrate(engine, 1)
        add(engine, "c01")
        engine.close()
        yield folder
        folder.chmod(0o700)


def as_a_user(path: Path, elsewhere: Path) -> list[str]:
    """What an ordinary user gets who counts, adds a row and counts again."""
    done = subprocess.run(
        [sys.executable, "-c", AS_A_USER, str(path), str(elsewhere)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.split()


def test_read_only_file(shared: Path, engine: SqliteEngine) -> None:
    """A file that may only be read is read, and what would change it is refused as read-only."""
    (shared / "ledger.db").chmod(0o444)

    assert as_a_user(shared / "ledger.db", engine.path) == ["1", "read_only", "1"]


def test_read_only_folder(shared: Path, engine: SqliteEngine) -> None:
    """In a folder that may only be read there is no room for the log, so nothing is done at all."""
    (shared / "ledger.db").chmod(0o444)
    (shared / "ledger.db.lock").unlink()
    shared.chmod(0o555)

    assert as_a_user(shared / "ledger.db", engine.path) == ["read_only"] * 3


def test_lock_held_by_another(engine: SqliteEngine, path: Path) -> None:
    """While another process holds the lock nothing is written; once it is given back, everything is."""
    impatient = SqliteEngine(path, synchronous="OFF", busy_seconds=0.1)
    lock = FileLock(engine.lock_path)
    lock.acquire(1)
    with pytest.raises(StoreFailed) as failed:
        add(impatient, "c01")
    readable = count(impatient)
    lock.close()
    add(impatient, "c02")
    impatient.close()

    assert (failed.value.reason, readable, count(engine)) == ("busy", 0, 1)


def test_lock_is_held_until_the_commit(engine: SqliteEngine) -> None:
    """The lock is held from before the transaction begins until it has ended, well or not."""
    lock = FileLock(engine.lock_path)
    with pytest.raises(InterruptedError), engine.write():
        with pytest.raises(LockTimeout):
            lock.acquire(0)
        raise InterruptedError

    lock.acquire(0)
    lock.close()


def test_a_writer_without_the_lock(engine: SqliteEngine, path: Path) -> None:
    """A program that knows nothing of the lock is waited for by SQLite's own means, as long as told."""
    stranger = sqlite3.connect(str(path), isolation_level=None)
    stranger.execute("BEGIN IMMEDIATE")
    impatient = SqliteEngine(path, busy_seconds=0.1)
    with pytest.raises(StoreFailed) as failed:
        add(impatient, "c01")
    stranger.execute("ROLLBACK")
    stranger.close()
    add(impatient, "c02")
    impatient.close()

    assert (failed.value.reason, count(engine)) == ("busy", 1)


def test_closing_does_not_wait(engine: SqliteEngine) -> None:
    """A thread that ends while another is in the middle of an act does not wait for it."""

    def look() -> None:
        count(engine)
        engine.close()

    with engine.write():
        started = time.monotonic()
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()

    assert time.monotonic() - started < 5


def test_last_to_close_leaves_one_file(engine: SqliteEngine, path: Path) -> None:
    """When all have closed, everything is in the one file, beside which only the lock lies."""
    add(engine, "c01")
    engine.close()

    assert sorted(file.name for file in path.parent.iterdir()) == [path.name, f"{path.name}.lock"]


def test_statements() -> None:
    """A script is cut where a statement ends, and not inside a trigger, a text or a remark."""
    script = """
    -- one; with a remark
    CREATE TABLE t (a TEXT DEFAULT ';'); CREATE TRIGGER u BEFORE UPDATE ON t
    BEGIN SELECT 1; SELECT 2; END;
    INSERT INTO t VALUES ('a;b')
    """

    assert [statement.split()[-1] for statement in statements(script)] == ["';');", "END;", "('a;b')"]
    assert list(statements(" \n ")) == []
