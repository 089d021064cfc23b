"""What SQLite alone can meet: files that are not ours, disks that are full, places it must not lie on."""

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

from workstation.store import schema, sqlite
from workstation.store.filelock import FileLock, LockTimeout
from workstation.store.protocols import StoreFailed
from workstation.store.sqlite import SqliteEngine, sqlite3, statements, wal_reset_fixed

ADD = "INSERT INTO logins (hall, code, kind, failures, locked_until) VALUES (1, :code, 'pin', 0, 0)"
COUNT = "SELECT count(*) AS n FROM logins"
SIZE = 4096


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store lies; there is a blank in its name, as there may be in a home's."""
    return tmp_path / "the ledger.db"


@pytest.fixture
def engine(path: Path) -> Iterator[SqliteEngine]:
    """A migrated store."""
    opened = SqliteEngine(path, synchronous="OFF")
    schema.migrate(opened, 1)
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


def pragma(engine: SqliteEngine, name: str) -> object:
    """A setting of this thread's connection."""
    engine.rows("SELECT 1", {})
    return engine._sessions.get().connection.execute(f"PRAGMA {name}").fetchone()[0]


def make_foreign(path: Path, journal_mode: str) -> None:
    """A file of somebody else's, made by the same library, since there must not be two in one process."""
    connection = sqlite3.connect(str(path))
    connection.execute(f"PRAGMA journal_mode = {journal_mode}")
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.execute("INSERT INTO recipes VALUES ('面')")
    connection.commit()
    connection.close()


def files_of(path: Path) -> dict[str, bytes]:
    """The file and all that lies beside it."""
    return {file.name: file.read_bytes() for file in path.parent.iterdir()}


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


@pytest.mark.parametrize("journal_mode", ["DELETE", "WAL"])
def test_foreign_file(path: Path, journal_mode: str) -> None:
    """A database of something else is refused, and neither it nor its folder is touched."""
    make_foreign(path, journal_mode)
    before = files_of(path)

    assert reason(SqliteEngine(path)) == "foreign"
    assert files_of(path) == before


def test_foreign_file_in_use(path: Path) -> None:
    """What somebody else's program has not yet written back from its log stays in the log."""
    script = (
        "import os, sys; from workstation.store.sqlite import sqlite3;"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('PRAGMA journal_mode = WAL');"
        "c.execute('CREATE TABLE recipes (name TEXT)'); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=True)
    log = Path(f"{path}-wal")
    before = path.read_bytes(), log.read_bytes()

    assert reason(SqliteEngine(path)) == "foreign"
    assert (path.read_bytes(), log.read_bytes()) == before


def test_empty_file(path: Path) -> None:
    """An empty file is as good as none: a start that was cut short leaves one."""
    path.touch()
    engine = SqliteEngine(path)

    assert schema.migrate(engine, 1) != ()
    engine.close()


@pytest.mark.parametrize(
    "content", [b"Dear diary, today " * 500, b"\0" * 5000, b"SQLite format 3\0" + b"x" * 5000]
)
def test_no_database(path: Path, content: bytes) -> None:
    """A file that is no database is called damaged and left as it is."""
    path.write_bytes(content)

    assert reason(SqliteEngine(path)) == "damaged"
    assert files_of(path) == {path.name: content}


def test_damaged_page(engine: SqliteEngine, path: Path) -> None:
    """A page overwritten by something else is noticed by whoever reads it; the engine can go on elsewhere."""
    for n in range(100):
        add(engine, f"c{n}")
    engine.close()
    pages = path.read_bytes()
    path.write_bytes(pages[:SIZE] + b"\xa5" * (len(pages) - SIZE))

    assert reason(engine) == "damaged"


def test_missing_folder(tmp_path: Path) -> None:
    """A store in a folder that is not there cannot be reached, and the folder is not made."""
    assert reason(SqliteEngine(tmp_path / "nowhere" / "ledger.db")) == "unreachable"
    assert list(tmp_path.iterdir()) == []


def test_folder_in_its_place(tmp_path: Path) -> None:
    """A folder where the file should be cannot be opened."""
    assert reason(SqliteEngine(tmp_path)) in ("unreachable", "read_only")


MOUNTS = """\
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
40 27 0:40 / {point} rw,relatime shared:5 - {kind} server:/export rw,vers=4.2
"""


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs"])
def test_network_file_system(path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A place on a network file system is refused by name before anything is touched."""
    mounts = path.parent / "mountinfo"
    mounts.write_text(MOUNTS.format(point=path.parent, kind=kind))
    monkeypatch.setattr(sqlite, "_MOUNTS", mounts)

    with pytest.raises(StoreFailed) as refused:
        SqliteEngine(path).rows(COUNT, {})

    assert refused.value.reason == "network_file_system"
    assert f"{kind} on {path.parent}" in refused.value.detail
    assert list(path.parent.iterdir()) == [mounts]


def test_link_to_a_network_file_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link to a network file system leads there, wherever it lies itself."""
    remote, link, mounts = tmp_path / "remote", tmp_path / "link", tmp_path / "mountinfo"
    remote.mkdir()
    link.symlink_to(remote)
    mounts.write_text(MOUNTS.format(point=remote, kind="nfs4"))
    monkeypatch.setattr(sqlite, "_MOUNTS", mounts)

    assert reason(SqliteEngine(link / "ledger.db")) == "network_file_system"


def test_no_list_of_mounts(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system has no list of mounts, the place is taken as local."""
    monkeypatch.setattr(sqlite, "_MOUNTS", path.parent / "nowhere")
    engine = SqliteEngine(path)

    assert schema.migrate(engine, 1) != ()
    engine.close()


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


#: Run as an ordinary user, for whom a mode means something: root may write everywhere.
AS_A_USER = """
import os, sys
from workstation.store import schema
from workstation.store.protocols import StoreFailed
from workstation.store.sqlite import SqliteEngine
from tests.workstation.store.test_sqlite import add, count
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
engine = SqliteEngine(sys.argv[1])
for act in (lambda: count(engine), lambda: add(engine, "c02"), lambda: count(engine)):
    try:
        print(act())
    except StoreFailed as failed:
        print(failed.reason)
engine.close()
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


def as_a_user(path: Path) -> list[str]:
    """What an ordinary user gets who counts, adds a row and counts again."""
    done = subprocess.run(
        [sys.executable, "-c", AS_A_USER, str(path)], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.stdout.split()


def test_read_only_file(shared: Path) -> None:
    """A file that may only be read is read, and what would change it is refused as read-only."""
    (shared / "ledger.db").chmod(0o444)

    assert as_a_user(shared / "ledger.db") == ["1", "read_only", "1"]


def test_read_only_folder(shared: Path) -> None:
    """In a folder that may only be read there is no room for the log, so nothing is done at all."""
    (shared / "ledger.db").chmod(0o444)
    (shared / "ledger.db.lock").unlink()
    shared.chmod(0o555)

    assert as_a_user(shared / "ledger.db") == ["read_only"] * 3


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
