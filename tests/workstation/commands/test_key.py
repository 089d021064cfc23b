"""Noun `key`, typed: its source told, a lost key brought back, the sheet printed again."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from tests import halls
from tests.line import Line
from workstation import bootstrap, secrets, settings
from workstation.settings import Home


@pytest.fixture
def own_key(line: Line, tmp_path: Path) -> Line:
    """A founded hall with a key file of its own, which a test may lose."""
    line.home = halls.home_in(tmp_path)
    key = secrets.read_key_file(halls.key_file(), line.home)
    assert key is not None
    secrets.write_key_file(tmp_path / "own.key", line.home, key)
    home = Home(line.home)
    changed = msgspec.structs.replace(settings.load(home), key_file=str(tmp_path / "own.key"))
    settings.save(changed, home.settings)
    return line


def recovery(line: Line) -> str:
    """The recovery text of the hall, from its sheet."""
    answer = line("key", "export-recovery", "--json", as_="9001", second="2001")
    return str(answer.json["recovery"])


def test_the_status_needs_no_operator(own_key: Line, tmp_path: Path) -> None:
    """It tells the source, as JSON and in words, and not the key."""
    document, words = own_key("key", "status", "--json"), own_key("key", "status")

    assert document.json["key"]["source"] == "key_file"
    assert document.json["key"]["key_file"] == str(tmp_path / "own.key")
    assert document.json["key"]["enrolled_at"] is None
    assert "密钥文件" in words.out


def test_the_sheet_needs_administrator_and_supervisor(own_key: Line) -> None:
    """Together they get it; alone, or with a clerk, nobody does."""
    assert secrets.parse_recovery(recovery(own_key))
    assert "恢复单" in own_key("key", "export-recovery", as_="9001", second="2001").out
    assert own_key("key", "export-recovery", as_="9001").code == "second-needed"
    assert own_key("key", "export-recovery", as_="9001", second="1001").code == "wrong-second"


@pytest.mark.parametrize("way", ["json", "flags"])
def test_a_lost_key_comes_back_by_the_sheet(
    own_key: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """Afterwards every command finds it in the new place."""
    text, new = recovery(own_key), str(tmp_path / "new.key")
    (tmp_path / "own.key").unlink()
    lost = own_key("key", "status")

    if way == "json":
        stdin = {"recovery": text, "key_file": new}
        enrolled = own_key("key", "enrol", "--json", "-", stdin=stdin, as_="9001")
    else:
        monkeypatch.setenv("WORKSTATION_RECOVERY", text)
        enrolled = own_key("key", "enrol", "--recovery", "--key-file", new, as_="9001")

    assert (lost.code, lost.exit_code) == ("key-missing", 3)
    assert enrolled.exit_code == 0
    assert own_key("key", "status", "--json").json["key"]["key_file"] == new


def test_a_lost_key_comes_back_by_passphrase(
    line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The passphrase from the environment is enough to put the key into a file."""
    line.home = tmp_path / "home"
    plan = msgspec.structs.replace(halls.PLAN, passphrase="twelve and more")
    bootstrap.found_hall(line.home, plan).opened.close()
    monkeypatch.setenv("WORKSTATION_PASSPHRASE", "twelve and more")

    before = line("key", "status", "--json").json["key"]
    enrolled = line("key", "enrol", "--key-file", str(tmp_path / "hall.key"), "--json", as_="9001")
    monkeypatch.delenv("WORKSTATION_PASSPHRASE")

    assert before["source"] == "passphrase"
    assert enrolled.json["key"]["brought_by"] == "passphrase"
    assert line("key", "status", "--json").json["key"]["source"] == "key_file"


@pytest.mark.parametrize(
    ("stdin", "code", "exit_code"),
    [
        ({"key_file": "/x"}, "key-brought", 2),
        ({"recovery": "1", "passphrase": "x", "key_file": "/x"}, "key-brought", 2),
        ({"recovery": "123", "key_file": "/x"}, "recovery-length", 2),
        ({"recovery": secrets.recovery_text(b"\7" * 32), "key_file": "/x"}, "key-wrong", 3),
        ({"passphrase": "twelve and more", "key_file": "/x"}, "passphrase-unset", 3),
    ],
)
def test_a_key_that_is_not_brought(own_key: Line, stdin: object, code: str, exit_code: int) -> None:
    """Each way has its code; a key of another hall is told as that."""
    answer = own_key("key", "enrol", "--json", "-", stdin=stdin, as_="9001")

    assert (answer.code, answer.exit_code) == (code, exit_code)


def test_what_was_not_given_is_named(own_key: Line) -> None:
    """Passphrase or sheet, by the name of their variables."""
    assert own_key("key", "enrol", "--key-file", "/x", as_="9001").code == "passphrase-missing"
    assert own_key("key", "enrol", "--recovery", "--key-file", "/x", as_="9001").code == "recovery-missing"


def test_an_open_key_file_stops_every_command(own_key: Line, tmp_path: Path) -> None:
    """Until its rights are mended."""
    (tmp_path / "own.key").chmod(0o644)
    assert own_key("user", "list", as_="1001").code == "key-file-open"

    (tmp_path / "own.key").chmod(0o600)
    assert own_key("user", "list", as_="1001").exit_code == 0
