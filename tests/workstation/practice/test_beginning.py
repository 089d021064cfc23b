"""A practice hall to walk into: played once, found again; stopped or killed, it leaves nothing half done."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.builders import no_ink
from workstation import bootstrap, practice
from workstation.acts.progress import Progress, Stopped, silent
from workstation.errors import Refused
from workstation.practice import beginning
from workstation.settings import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Where a practice hall will be, beside a home that is not there yet."""
    return beginning.home_beside(Home(tmp_path / "live"))


def played_by(monkeypatch: pytest.MonkeyPatch, play: Callable[..., object]) -> list[Home]:
    """Let another play take the place of the practice day; where it was played."""
    places: list[Home] = []

    def instead(place: Home, *, progress: Progress, **_: Any) -> None:
        places.append(place)
        place.root.mkdir(parents=True)
        play(place, progress)

    monkeypatch.setattr(practice, "play", instead)
    return places


def whole(place: Home, progress: Progress) -> None:
    """All files of a hall."""
    place.tray.mkdir()
    for path in (place.ledger, place.settings):
        path.write_text("invented", encoding="utf-8")


def test_it_is_played_whole_and_can_be_opened(home: Home) -> None:
    """Each day is told as a step; the hall is marked as practice, and lies where the next start looks."""
    told: list[tuple[int, int | None]] = []
    with no_ink():
        beginning.begin(home, lambda done, total: told.append((done, total)))

    opened = bootstrap.open_hall(home)
    assert opened.desk.hall.practice
    opened.close()
    assert told[0] == (0, 11)
    assert told[-1] == (10, 11)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert not (home.root / "begun").exists()
    assert (home.root.stat().st_mode & 0o777, home.root.parent.stat().st_mode & 0o777) == (0o700, 0o700)


def test_one_that_is_there_is_not_played_again(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """One goes on where one was."""
    places = played_by(monkeypatch, whole)

    beginning.begin(home)
    beginning.begin(home)

    assert len(places) == 1


def test_stopped_nothing_is_left(home: Home) -> None:
    """Not even the folders it was begun in; what was stopped in its middle was a hall already."""

    def stop(done: int, total: int | None) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        beginning.begin(home, stop)

    assert not home.root.exists()
    assert not home.root.parent.exists()


def test_stopped_beside_a_hall_in_earnest_that_stays(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lay there before lies there afterwards."""
    home.root.parent.mkdir()
    (home.root.parent / "settings.toml").write_text("in earnest", encoding="utf-8")

    def stopped(place: Home, progress: Progress) -> None:
        whole(place, progress)
        raise Stopped

    played_by(monkeypatch, stopped)
    with pytest.raises(Stopped):
        beginning.begin(home)

    assert [path.name for path in home.root.parent.iterdir()] == ["settings.toml"]


def test_what_a_kill_has_left_is_cleared_and_played_anew(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed while playing, or while it was brought out: there was no hall yet."""
    (home.root / "begun" / "tray").mkdir(parents=True)
    (home.root / "tray").mkdir()
    (home.root / "ledger.db").write_text("half", encoding="utf-8")
    (home.root / "logs").mkdir()
    played_by(monkeypatch, whole)

    beginning.begin(home)

    assert home.has_hall
    assert home.ledger.read_text(encoding="utf-8") == "invented"
    assert sorted(path.name for path in home.root.iterdir()) == ["ledger.db", "logs", "settings.toml", "tray"]


def test_somebodys_files_are_no_place_for_it(home: Home) -> None:
    """It is refused in words, and the files stay."""
    home.root.mkdir(parents=True)
    (home.root / "letters.txt").write_text("亲爱的", encoding="utf-8")

    with pytest.raises(Refused) as caught:
        beginning.begin(home)

    assert caught.value.code == "home-not-empty"
    assert [path.name for path in home.root.iterdir()] == ["letters.txt"]


def test_it_begins_today_or_on_the_working_day_before(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that acts that follow are not refused for a clock set back."""
    starts: list[datetime.date] = []

    def instead(place: Home, *, start: datetime.date, **_: Any) -> None:
        starts.append(start)
        place.root.mkdir(parents=True)
        whole(place, silent)

    monkeypatch.setattr(practice, "play", instead)
    beginning.begin(home)

    assert starts == [practice.latest_start(bootstrap.machine_clock())]
