"""Files given out: whole or not at all, never over another one, for this user alone."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import house
from tests.builders import assert_explained
from workstation.acts import given_files
from workstation.errors import Explained, OutsideFailed

CONTENT = b"a packet"
KILLED = """
import os, signal, sys
from pathlib import Path
from workstation.acts import given_files
with given_files.half(Path(sys.argv[1])) as half:
    half.write([b"clear text" * 1000])
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(params=["nameless", "named"])
def target(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for a file, on a system with files without names and on one without."""
    if request.param == "named":
        monkeypatch.setattr(given_files, "_NAMELESS", 0)
    return tmp_path / "packet.zip"


def names(folder: Path) -> list[str]:
    """What lies in a folder, hidden things too."""
    return sorted(path.name for path in folder.iterdir())


def given(target: Path) -> None:
    """Write a file there."""
    with given_files.half(target) as half:
        half.write([CONTENT[:3], CONTENT[3:]])
        assert not target.exists()
        given_files.put(half, target)


def code_of(target: Path) -> str:
    """Why nothing can be given out there."""
    with pytest.raises(Explained) as caught:
        given(target)
    assert_explained(caught.value, caught.value.code)
    return caught.value.code


def test_a_file_is_there_whole_and_for_its_owner_alone(target: Path) -> None:
    """And nothing beside it."""
    given(target)

    assert target.read_bytes() == CONTENT
    assert target.stat().st_mode & 0o777 == 0o600
    assert target.stat().st_nlink == 1
    assert names(target.parent) == [target.name]


def test_nothing_is_left_of_what_is_broken_off(target: Path) -> None:
    """By an error or by Ctrl-C."""

    def broken() -> None:
        with given_files.half(target) as half:
            half.write([CONTENT])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken()

    assert names(target.parent) == []


def test_who_is_killed_leaves_nothing(tmp_path: Path) -> None:
    """Not even under another name: what is in it is in clear."""
    line = [sys.executable, "-c", KILLED, str(tmp_path / "packet.zip")]
    killed = subprocess.run(line, env={**os.environ, "PYTHONPATH": str(house.ROOT)}, check=False)

    assert killed.returncode < 0
    assert names(tmp_path) == []


@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_what_is_there_stays(target: Path, kind: str) -> None:
    """A file, a folder, a link that leads nowhere."""
    if kind == "file":
        target.write_bytes(b"old")
    elif kind == "folder":
        target.mkdir()
    else:
        target.symlink_to("nowhere")

    assert code_of(target) == "file-exists"
    assert target.is_symlink() or target.is_dir() or target.read_bytes() == b"old"


def test_what_is_laid_there_meanwhile_stays_too(target: Path) -> None:
    """Somebody was faster."""

    def overtaken() -> None:
        with given_files.half(target) as half:
            half.write([CONTENT])
            target.write_bytes(b"other")
            given_files.put(half, target)

    with pytest.raises(Explained) as caught:
        overtaken()

    assert caught.value.code == "file-exists"
    assert target.read_bytes() == b"other"
    assert names(target.parent) == [target.name]


def test_a_stick_has_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There the file is moved to its place, and still over no other."""
    monkeypatch.setattr(given_files, "_NAMELESS", 0)

    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    given(tmp_path / "packet.zip")

    assert (tmp_path / "packet.zip").read_bytes() == CONTENT
    assert code_of(tmp_path / "packet.zip") == "file-exists"
    assert names(tmp_path) == ["packet.zip"]


@pytest.mark.parametrize("place", ["missing/packet.zip", "file/packet.zip"])
def test_a_place_that_cannot_be_is_told(tmp_path: Path, place: str) -> None:
    """Why it cannot."""
    (tmp_path / "file").write_bytes(b"")

    assert code_of(tmp_path / place) == "export-not-written"


def test_a_disk_that_fills_is_told_before_anything_has_a_name(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is written, or when it is put."""
    with pytest.raises(OutsideFailed) as writing, given_files.half(target):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert "磁盘已满" in writing.value.why

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert code_of(target) == "file-not-put"
    assert names(target.parent) == []


def test_a_folder_is_made_for_this_user_alone(tmp_path: Path) -> None:
    """One that is there is taken as it is."""
    made = given_files.folder(tmp_path / "out")

    assert made.stat().st_mode & 0o077 == 0
    assert given_files.folder(tmp_path / "out") == made
    with pytest.raises(OutsideFailed):
        given_files.folder(tmp_path / "no" / "where")
