"""Files that are not what they should be: ledger, settings, key. None is touched by being looked at."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import halls
from tests.bad_input import causes
from tests.bad_input.causes import Cause
from tests.bad_input.provoking import CLERK, Counter, assert_words, error_of
from workstation import secrets
from workstation.store.sqlite import SqliteEngine

LIST = ("case", "list")
RECORD = "INSERT INTO schema_steps (name, at) VALUES ('9999_from_tomorrow', 1)"
FORGET = "DELETE FROM schema_steps WHERE name = '9999_from_tomorrow'"


def cannot_open(counter: Counter, cause: Cause, *, as_: str | None = CLERK) -> dict[str, str]:
    """No line opens this hall: told alike in both forms, and not a byte of its files has changed."""
    before = contents(counter.home)
    assert_words(cause, counter.line(*LIST, as_=as_))
    error = error_of(counter.line(*LIST, "--json", as_=as_), cause)
    assert contents(counter.home) == before
    return error


def contents(home: Path) -> dict[str, bytes]:
    """The files of a home, but for what an engine lays beside its own while it looks."""
    files = [path for path in home.rglob("*") if path.is_file() and not path.name.endswith(("-shm", ".lock"))]
    return {str(path.relative_to(home)): path.read_bytes() for path in files}


def change(ledger: Path, *statements: str) -> None:
    """Write into a ledger behind the hall's back."""
    engine = SqliteEngine(ledger)
    with engine.write():
        for statement in statements:
            engine.run(statement, {})
    engine.close()


# --- the ledger


def test_a_ledger_of_a_newer_version_is_left_alone(counter: Counter) -> None:
    """A program that is older than the ledger asks to be renewed, and changes nothing."""
    before = counter.state()
    change(counter.home / "ledger.db", RECORD)

    error = cannot_open(counter, causes.NEWER)

    assert "升级" in error["next"]
    change(counter.home / "ledger.db", FORGET)
    assert counter.state() == before


def test_a_database_of_another_program_is_left_alone(counter: Counter) -> None:
    """A SQLite file that is no ledger is told by its tables, and changes nothing."""
    ledger = counter.home / "ledger.db"
    ledger.unlink()
    change(ledger, "CREATE TABLE songs (title TEXT)", "INSERT INTO songs VALUES ('茉莉花')")

    assert "songs" in cannot_open(counter, causes.FOREIGN)["why"]


def no_database(content: bytes) -> bytes:
    """Something else under the ledger's name."""
    return "这不是数据库".encode() * 1000


def scribbled_over(content: bytes) -> bytes:
    """All but the first page overwritten."""
    return content[:4096] + b"\xff" * (len(content) - 4096)


def cut_off(content: bytes) -> bytes:
    """The second half gone."""
    return content[: len(content) // 8192 * 4096]


@pytest.mark.parametrize("damage", [no_database, scribbled_over, cut_off])
def test_a_damaged_ledger_is_told(counter: Counter, damage: Callable[[bytes], bytes]) -> None:
    """A damaged file is called damaged, and with its own bytes back everything is as it was."""
    before = counter.state()
    ledger = counter.home / "ledger.db"
    whole = ledger.read_bytes()
    ledger.write_bytes(damage(whole))

    assert "备份" in cannot_open(counter, causes.DAMAGED)["next"]

    ledger.write_bytes(whole)
    assert counter.state() == before


def test_a_ledger_that_is_gone_is_not_made_anew(counter: Counter) -> None:
    """An empty ledger in place of one that is lost would say that nothing ever happened."""
    (counter.home / "ledger.db").unlink()

    cannot_open(counter, causes.LEDGER_MISSING)

    assert not (counter.home / "ledger.db").exists()


# --- the settings


@pytest.mark.parametrize(
    ("cause", "text"),
    [(causes.SETTINGS_NOT_TOML, "hall = "), (causes.SETTINGS_UNKNOWN_KEY, "hall = 3502031\nwindwo = 3\n")],
)
def test_wrong_settings_are_told(counter: Counter, cause: Cause, text: str) -> None:
    """Settings that cannot be read or hold an unknown key stop the start, with the file's name."""
    path = counter.home / "settings.toml"
    whole = path.read_text()
    path.write_text(text)

    assert str(path) in cannot_open(counter, cause)["why"]

    path.write_text(whole)
    assert counter.state().entries


def test_a_place_without_a_hall_says_how_to_get_one(counter: Counter, tmp_path: Path) -> None:
    """An empty folder is no hall, and looking at it does not make one."""
    counter.line.home = tmp_path / "nothing"

    error = error_of(counter.line(*LIST, "--json", as_=CLERK), causes.NO_HALL)

    assert "init" in error["next"]
    assert not counter.line.home.exists()


# --- the key


@pytest.fixture
def key(counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The hall's key, in a file of this test's own."""
    path = tmp_path / "hall.key"
    shutil.copy(halls.key_file(), path)
    monkeypatch.setenv("WORKSTATION_KEY_FILE", str(path))
    return path


def lose(key: Path) -> None:
    """The file is gone."""
    key.unlink()


def take_another(key: Path) -> None:
    """The key of some other hall."""
    key.write_text(secrets.recovery_text(b"\2" * secrets.KEY_BYTES))


def scribble(key: Path) -> None:
    """What stands there is no key."""
    key.write_text("忘了")


def lay_open(key: Path) -> None:
    """Everybody can read it."""
    key.chmod(0o644)


@pytest.mark.parametrize(
    ("cause", "happens"),
    [
        (causes.KEY_MISSING, lose),
        (causes.KEY_WRONG, take_another),
        (causes.KEY_BROKEN, scribble),
        (causes.KEY_OPEN, lay_open),
    ],
)
def test_without_its_key_a_hall_stays_shut(
    counter: Counter, key: Path, cause: Cause, happens: Callable[[Path], None]
) -> None:
    """A key that is lost, foreign, broken or open to others opens nothing; with it back all is as it was."""
    before, text = counter.state(), key.read_text()
    happens(key)

    cannot_open(counter, cause)

    key.write_text(text)
    key.chmod(0o600)
    assert counter.state() == before
