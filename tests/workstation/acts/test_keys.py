"""The hall key at a window: told without being shown, brought by passphrase or sheet, printed once more."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from tests import halls
from tests.engines import Place, ServerPlace
from workstation import bootstrap, secrets, settings
from workstation.acts import keys
from workstation.acts.keys import Keeping
from workstation.bootstrap import Opened
from workstation.errors import Explained

PASSPHRASE = "twelve and more"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key from outside."""
    for name in ("CREDENTIALS_DIRECTORY", "WORKSTATION_KEY_FILE", "WORKSTATION_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def opened(tmp_path: Path, place: Place, template: Path) -> Iterator[Opened]:
    """A hall founded with a key file and a passphrase, on the engine the run is about."""
    if isinstance(place, ServerPlace):
        found = found_in(tmp_path, dsn=halls.dsn_of(place))
    else:
        shutil.copytree(template, tmp_path, dirs_exist_ok=True)
        home = bootstrap.as_home(tmp_path / "home")
        there = msgspec.structs.replace(settings.load(home), key_file=str(tmp_path / "hall.key"))
        bootstrap.keep(home, there)
        found = bootstrap.open_hall(home)
    yield found
    found.close()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where such a hall was founded once for all tests in files; nine secrets are hashed for it."""
    folder = tmp_path_factory.mktemp("template")
    found_in(folder).close()
    return folder


def found_in(folder: Path, *, dsn: str | None = None) -> Opened:
    """Found the hall with its key beside its home."""
    plan = halls.with_key(halls.PLAN, folder / "hall.key", dsn=dsn)
    plan = msgspec.structs.replace(plan, passphrase=PASSPHRASE)
    return bootstrap.found_hall(folder / "home", plan).opened


def refusal(act: Callable[[], object]) -> Explained:
    with pytest.raises(Explained) as found:
        act()
    return found.value


def test_the_status_tells_everything_but_the_key(opened: Opened, tmp_path: Path) -> None:
    """Source, places and since when a passphrase brings it; no key."""
    status = keys.status(opened.desk, opened.key, opened.settings)

    assert (status.data_keys, status.key_file, status.keyring) == ((1,), tmp_path / "hall.key", False)
    assert status.enrolled_at is not None
    assert opened.key.key.hex() not in repr(status)


@pytest.mark.engine
def test_a_lost_key_comes_back_by_passphrase(opened: Opened, tmp_path: Path) -> None:
    """The key is kept in a new file, the settings name it, and the next start finds it there."""
    opened.close()
    (tmp_path / "hall.key").unlink()
    assert refusal(lambda: bootstrap.open_hall(opened.home)).code == "key-missing"

    key = bootstrap.key_by_passphrase(opened.home, opened.settings, PASSPHRASE)
    again = bootstrap.open_hall(opened.home, key=key)
    seat = halls.seat(again.desk, halls.ADMINISTRATOR)
    keeping = Keeping(key_file=tmp_path / "new.key")
    changed = keys.enrol(seat, key, keeping, home=opened.home, window=again.settings)
    bootstrap.keep(opened.home, changed)
    with seat.reading() as reading:
        entry = reading.journal()[-1]
    again.close()

    found = bootstrap.open_hall(opened.home)
    found.close()
    assert (found.key.source, found.settings.key_file) == ("key_file", str(tmp_path / "new.key"))
    assert (entry.act, entry.operator) == ("enrol_key", halls.ADMINISTRATOR)
    assert '"by":"passphrase","into":"key_file"' in entry.body


@pytest.mark.engine
def test_a_further_window_joins_by_passphrase(opened: Opened, tmp_path: Path) -> None:
    """On a server a new home gets settings and key; on SQLite every window shares the one home."""
    dsn = opened.settings.store.dsn
    if dsn is None:
        assert bootstrap.open_hall(opened.home, window=9, key=opened.key).desk.window == 9
        return
    home = bootstrap.as_home(tmp_path / "second")
    with bootstrap.joining(home, dsn, 9) as found:
        key = bootstrap.key_by_passphrase(home, found, PASSPHRASE)
        there = bootstrap.open_hall(home, key=key, found=found)
        seat = halls.seat(there.desk, halls.ADMINISTRATOR)
        keeping = Keeping(key_file=tmp_path / "second.key")
        bootstrap.keep(home, keys.enrol(seat, key, keeping, home=home, window=found))
        there.close()

    joined = bootstrap.open_hall(home)
    joined.close()
    assert (joined.desk.hall, joined.desk.window) == (opened.desk.hall, 9)


def test_enrolling_wants_one_place_outside_the_home(opened: Opened) -> None:
    """Neither none nor two, and not beside what it protects."""
    seat = halls.seat(opened.desk, halls.ADMINISTRATOR)

    def enrol(keeping: Keeping) -> str:
        return refusal(
            lambda: keys.enrol(seat, opened.key, keeping, home=opened.home, window=opened.settings)
        ).code

    assert enrol(Keeping()) == "key-place"
    assert enrol(Keeping(key_file=Path("/x/y"), keyring=True)) == "key-place"
    assert enrol(Keeping(key_file=opened.home.root / "hall.key")) == "key-file-in-home"
    assert enrol(Keeping(keyring=True)) == "keyring-missing"


def test_only_an_administrator_enrols(opened: Opened, tmp_path: Path) -> None:
    """No key is written for anybody else."""
    seat = halls.seat(opened.desk, halls.CLERK)
    keeping = Keeping(key_file=tmp_path / "new.key")

    told = refusal(lambda: keys.enrol(seat, opened.key, keeping, home=opened.home, window=opened.settings))

    assert told.code == "wrong-role"
    assert not (tmp_path / "new.key").exists()


def test_the_recovery_sheet_needs_two(opened: Opened) -> None:
    """An administrator asks, a supervisor confirms; both stand in the journal, the key does not."""
    seat = halls.seat(opened.desk, halls.ADMINISTRATOR, second=halls.SUPERVISOR)

    text = keys.export_recovery(seat, opened.key)

    with opened.desk.reading() as reading:
        entry = reading.journal()[-1]
    assert secrets.parse_recovery(text) == opened.key.key
    assert (entry.act, entry.operator, entry.second) == ("export_recovery", "9001", "2001")
    assert text not in entry.body


@pytest.mark.parametrize(
    ("operator", "second", "code"),
    [
        (halls.ADMINISTRATOR, None, "second-needed"),
        (halls.ADMINISTRATOR, halls.CLERK, "wrong-second"),
        (halls.ADMINISTRATOR, halls.ADMINISTRATOR, "own-second"),
        (halls.SUPERVISOR, halls.SUPERVISOR, "wrong-role"),
        (halls.CLERK, halls.SUPERVISOR, "wrong-role"),
    ],
)
def test_nobody_else_gets_the_recovery_sheet(
    opened: Opened, operator: str, second: str | None, code: str
) -> None:
    """Every other pair is refused, and nothing is journalled."""
    seat = halls.seat(opened.desk, operator, second=second)

    assert refusal(lambda: keys.export_recovery(seat, opened.key)).code == code
    with opened.desk.reading() as reading:
        assert [entry.act for entry in reading.journal()] == ["init"]


def test_a_hall_without_a_passphrase_says_so(tmp_path: Path) -> None:
    """Then only the recovery sheet brings the key to a window."""
    home = bootstrap.as_home(halls.home_in(tmp_path))

    told = refusal(lambda: bootstrap.key_by_passphrase(home, settings.load(home), PASSPHRASE))

    assert told.code == "passphrase-unset"
