"""What SQLite must not touch or lie on: other people's files, damaged ones, network file systems."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.workstation.store.embedded import COUNT, add, engine, path, reason
from workstation.store import schema, sqlite
from workstation.store.protocols import StoreFailed
from workstation.store.sqlite import (  # type: ignore[attr-defined]  # sqlite3: its choice of module
    SqliteEngine,
    sqlite3,
)

__all__ = ["engine", "path"]

SIZE = 4096


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
