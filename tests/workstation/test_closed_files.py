"""Files that only this user may read: read where they are sound, refused by name where they are not."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.builders import assert_explained
from workstation import closed_files
from workstation.closed_files import Kind
from workstation.errors import Explained

KIND = Kind(
    code="try-file",
    title="示例文件",
    treasure="示例",
    undone="什么也没有做",
    elsewhere="请放到别处。",
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home beside which such files may lie."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def closed(path: Path, mode: int = 0o600) -> Path:
    """A file there with something in it."""
    path.write_bytes(b"told to nobody")
    path.chmod(mode)
    return path


def refusal(read: Callable[[], object]) -> Explained:
    """What is said instead of reading; never what is in the file."""
    with pytest.raises(Explained) as caught:
        read()
    assert "told to nobody" not in "".join(caught.value.as_dict().values())
    return caught.value


def test_a_closed_file_is_read(home: Path, tmp_path: Path) -> None:
    """Read-only is closed enough; a file that is not there is none."""
    assert closed_files.read(KIND, closed(tmp_path / "a"), home) == b"told to nobody"
    assert closed_files.read(KIND, closed(tmp_path / "b", 0o400), home) == b"told to nobody"
    assert closed_files.read(KIND, tmp_path / "gone", home) is None


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o601, 0o666])
def test_a_file_with_any_right_of_others_is_refused(home: Path, tmp_path: Path, mode: int) -> None:
    """Its rights are told, and how they are taken away."""
    path = closed(tmp_path / "open", mode)

    error = refusal(lambda: closed_files.read(KIND, path, home))

    assert_explained(error, "try-file-open")
    assert f"{mode:04o}" in error.why
    assert f"chmod 600 {path}" in error.next


def test_a_file_of_another_user_is_refused(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever owns it can change it."""
    path = closed(tmp_path / "theirs")
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)

    assert_explained(refusal(lambda: closed_files.read(KIND, path, home)), "try-file-foreign")


def test_what_is_no_plain_file_is_refused_at_once(home: Path, tmp_path: Path) -> None:
    """A pipe is not waited for, a folder not listed, a link not followed."""
    os.mkfifo(tmp_path / "pipe", 0o600)
    (tmp_path / "link").symlink_to(closed(tmp_path / "aim"))
    (tmp_path / "folder").mkdir(mode=0o700)

    def code(name: str) -> str:
        return refusal(lambda: closed_files.read(KIND, tmp_path / name, home)).code

    told = {name: code(name) for name in ("pipe", "link", "folder")}

    assert told == {"pipe": "try-file-irregular", "link": "try-file-unusable", "folder": "try-file-irregular"}


def test_a_file_inside_the_home_is_refused(home: Path) -> None:
    """Also by way of `..` or a link: it would travel with each copy of the home."""
    closed(home / "in")
    (home.parent / "elsewhere").symlink_to(home)

    for way in (home / "in", home / "tray" / ".." / "in", home.parent / "elsewhere" / "in"):
        error = refusal(partial(closed_files.read, KIND, way, home))
        assert_explained(error, "try-file-in-home")


def test_only_the_beginning_of_a_long_file_is_read(home: Path, tmp_path: Path) -> None:
    """A file chosen by mistake does not fill the memory."""
    path = closed(tmp_path / "long")
    path.write_bytes(b"x" * 1_000_000)

    read = closed_files.read(KIND, path, home)

    assert read is not None
    assert len(read) < 10_000


def test_a_service_manager_lays_credentials_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without one there is no such place; in it a credential may be missing."""
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    assert closed_files.service_file("one") is None

    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    path = closed_files.service_file("one")
    assert path == tmp_path / "one"
    assert closed_files.read_service(KIND, path) is None
    # Its rights are the manager's affair: systemd gives 0440 to some units.
    assert closed_files.read_service(KIND, closed(path, 0o440)) == b"told to nobody"


def test_a_credential_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A folder in its place is the service's fault, not a missing credential."""
    error = refusal(lambda: closed_files.read_service(KIND, tmp_path))

    assert_explained(error, "try-file-unusable")
    assert error.exit_code == 4
