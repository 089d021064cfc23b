"""A full disk and a read-only home: an act is done as a whole or not at all, and the line says which."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bad_input import causes
from tests.bad_input.causes import Cause
from tests.bad_input.process import Conditions, finish, start
from tests.bad_input.provoking import CLERK, REGISTER, Counter, error_of, intake
from tests.line import Answer

KILOBYTE = 1024
#: From a disk with no room at all to one with enough.
ROOMS = [0, 4 * KILOBYTE, *range(48 * KILOBYTE, 1024 * KILOBYTE, 48 * KILOBYTE)]


@pytest.fixture
def read_only(counter: Counter) -> Iterator[Counter]:
    """A hall in whose home this user may change nothing any more."""
    files = [counter.home, *counter.home.rglob("*")]
    modes = {path: path.stat().st_mode for path in files}
    for path in files:
        path.chmod(0o500 if path.is_dir() else 0o400)
    yield counter
    for path, mode in modes.items():
        path.chmod(mode)


def typed(counter: Counter, conditions: Conditions, *words: str, stdin: object = None) -> Answer:
    """A line typed by the clerk under these conditions."""
    line = ("--home", str(counter.home), *words)
    return finish(start(*line, under=conditions, stdin=stdin, as_=CLERK))


def test_on_a_full_disk_an_act_is_done_or_not_at_all(counter: Counter) -> None:
    """Wherever the disk ends: no room for the act, nothing is done; room for it alone, its paper waits."""
    told = []
    for room in ROOMS:
        before = counter.state()
        conditions = Conditions(clock=counter.clock.at, largest_file=room)

        answer = typed(counter, conditions, *REGISTER, stdin=intake())

        after = counter.state()
        if answer.exit_code == 0:
            break
        told.append(_told(answer))
        assert (after == before) == (told[-1] == causes.DISK_FULL)
        assert after.entries - before.entries == (told[-1] == causes.PAPER_FAILED)

    assert told == sorted(told, key=[causes.DISK_FULL, causes.PAPER_FAILED].index)
    assert set(told) == {causes.DISK_FULL, causes.PAPER_FAILED}
    counter.registers()
    assert {paper["state"] for paper in counter.does("paper", "list", as_=CLERK)["papers"]} == {"made"}


def _told(answer: Answer) -> Cause:
    """Which of the two causes an answer tells, in full form."""
    cause = causes.PAPER_FAILED if causes.PAPER_FAILED.code in answer.out else causes.DISK_FULL
    assert "磁盘" in error_of(answer, cause)["why"]
    return cause


def test_a_hall_is_not_founded_on_a_full_disk(counter: Counter, tmp_path: Path) -> None:
    """A founding that the disk cuts off leaves an empty place, in which the next one succeeds."""
    home = tmp_path / "another"
    words = ("--home", str(home), "practice", "day", "--start", "2026-11-20", "--json")

    answer = finish(start(*words, under=Conditions(largest_file=64 * KILOBYTE)))

    assert answer.exit_code == 4
    error_of(answer, causes.DISK_FULL)
    assert not home.exists() or list(home.iterdir()) == []


def test_a_read_only_home_is_told(read_only: Counter) -> None:
    """Where nothing can be written nothing is done, and the reason is the folder, not the ledger."""
    conditions = Conditions(clock=read_only.clock.at, rights=False)

    answer = typed(read_only, conditions, *REGISTER, stdin=intake())

    error = error_of(answer, causes.READ_ONLY)
    assert "权限" in error["next"]


def test_a_tray_that_takes_nothing_does_not_undo_the_act(counter: Counter) -> None:
    """The act is done and in the journal; its paper lies in the ledger until the tray takes it."""
    before, tray = counter.state(), counter.home / "tray"
    tray.chmod(0o500)

    answer = typed(counter, Conditions(counter.clock.at, rights=False), *REGISTER, stdin=intake())

    tray.chmod(0o700)
    assert "不必重办" in error_of(answer, causes.TRAY_FAILED)["next"]
    assert counter.state().entries == before.entries + 2
    assert counter.state().files == before.files


def test_a_read_only_place_is_no_place_for_a_hall(tmp_path: Path, counter: Counter) -> None:
    """A hall that cannot be written is not founded."""
    place = tmp_path / "place"
    place.mkdir(mode=0o500)
    words = ("--home", str(place / "home"), "practice", "day", "--start", "2026-11-20", "--json")

    answer = finish(start(*words, under=Conditions(rights=False)))

    assert str(place) in error_of(answer, causes.HOME_NOT_WRITABLE)["what"]
    assert list(place.iterdir()) == []
