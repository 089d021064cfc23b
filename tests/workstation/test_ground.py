"""The ground a hall is founded on: one founder at a time, a whole hall or none, nobody's files touched."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from workstation import ground, settings
from workstation.errors import Explained
from workstation.settings import Home, Settings


def never(_: Settings) -> bool:
    """A store without the hall."""
    return False


def always(_: Settings) -> bool:
    """A store with the hall."""
    return True


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home that is not there yet."""
    return Home(tmp_path / "home")


def found(home: Home) -> None:
    """Found a hall as `bootstrap` does, without the store."""
    with ground.whole_or_nothing(home, never):
        settings.save(Settings(hall=1), ground.draft(home))
        home.ledger.write_bytes(b"ledger")


@contextmanager
def held(home: Home) -> Iterator[None]:
    """Another founder at work."""
    home.root.mkdir(parents=True, exist_ok=True)
    handle = os.open(home.root, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    yield
    os.close(handle)


def contents(home: Home) -> set[str]:
    return {path.name for path in home.root.iterdir()}


def test_a_founded_home_is_closed_to_others(home: Home) -> None:
    """Afterwards there are the settings and the ledger, and no mark."""
    found(home)

    assert contents(home) == {"settings.toml", "ledger.db"}
    assert home.root.stat().st_mode & 0o777 == 0o700


def test_a_failure_leaves_nothing_behind(home: Home) -> None:
    """What was made is taken away again, the folder included if it was not there before."""

    def fails() -> None:
        with ground.whole_or_nothing(home, never):
            home.ledger.write_bytes(b"ledger")
            home.tray.mkdir()
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fails()

    assert not home.root.exists()


def test_a_failure_leaves_an_existing_folder(home: Home) -> None:
    """A folder the administrator made stays, empty."""
    home.root.mkdir()

    with pytest.raises(KeyboardInterrupt), ground.whole_or_nothing(home, never):
        raise KeyboardInterrupt

    assert contents(home) == set()


def test_a_second_founder_is_refused(home: Home) -> None:
    """While one is at work the other is told so, and nothing is disturbed."""
    with held(home), pytest.raises(Explained) as refused:
        found(home)

    assert refused.value.code == "founding-under-way"
    assert contents(home) == set()


def test_a_home_with_a_hall_is_refused(home: Home) -> None:
    """Founding twice does not make a second hall."""
    found(home)

    with pytest.raises(Explained) as refused:
        found(home)

    assert refused.value.code == "hall-exists"
    assert home.ledger.read_bytes() == b"ledger"


def test_a_ledger_without_settings_is_never_overwritten(home: Home) -> None:
    """Lost settings are restored from a backup; the ledger is what matters."""
    found(home)
    home.settings.unlink()

    with pytest.raises(Explained) as refused:
        found(home)

    assert refused.value.code == "settings-lost"
    assert home.ledger.read_bytes() == b"ledger"


def test_a_folder_of_somebody_else_is_refused(home: Home) -> None:
    """`--home ~` is a typing error, not a home."""
    home.root.mkdir()
    (home.root / "letter.txt").write_text("dear")

    with pytest.raises(Explained) as refused:
        found(home)

    assert refused.value.code == "home-not-empty"
    assert "letter.txt" in refused.value.why
    assert contents(home) == {"letter.txt"}


def test_a_practice_home_and_logs_do_no_harm(home: Home) -> None:
    """The practice home lies inside the default home, and a fault may have been logged before."""
    (home.root / "practice").mkdir(parents=True)
    home.logs.mkdir()

    found(home)

    assert contents(home) == {"practice", "logs", "settings.toml", "ledger.db"}


def test_a_kill_before_the_commit_leaves_no_hall(home: Home) -> None:
    """What lies beside the mark is cleared when the store knows no hall."""
    home.founding.mkdir(parents=True)
    home.ledger.write_bytes(b"half")
    settings.save(Settings(hall=1), ground.draft(home))

    ground.settle(home, never)

    assert contents(home) == set()


def test_a_kill_before_the_settings_leaves_no_hall(home: Home) -> None:
    """Without a draft there was no commit, and the store is not even asked."""
    home.founding.mkdir(parents=True)

    ground.settle(home, always)

    assert contents(home) == set()


def test_a_kill_after_the_commit_leaves_a_whole_hall(home: Home) -> None:
    """The last step is taken by whoever comes next."""
    home.founding.mkdir(parents=True)
    home.ledger.write_bytes(b"whole")
    settings.save(Settings(hall=1), ground.draft(home))

    ground.settle(home, always)

    assert contents(home) == {"settings.toml", "ledger.db"}
    assert settings.load(home).hall == 1


def test_a_kill_at_the_very_end_leaves_a_whole_hall(home: Home) -> None:
    """With the settings in place only the mark is left to be removed."""
    found(home)
    home.founding.mkdir()

    ground.settle(home, never)

    assert contents(home) == {"settings.toml", "ledger.db"}


def test_a_founding_under_way_is_not_settled(home: Home) -> None:
    """A start during a founding waits for its end, and says so."""
    home.founding.mkdir(parents=True)

    with held(home), pytest.raises(Explained) as refused:
        ground.settle(home, never)

    assert refused.value.code == "founding-under-way"
    assert home.founding.exists()


def test_a_place_that_cannot_be_written_is_told(home: Home) -> None:
    """A file in the way of the folder, in words."""
    home.root.write_text("in the way")

    with pytest.raises(Explained) as refused:
        found(home)

    assert refused.value.code == "home-not-writable"
    assert refused.value.exit_code == 4
