"""Seed, cases and start decide everything, whatever the machine's zone, language and hash seed."""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.builders import no_ink
from tests.workstation.practice.conftest import CASES, SEED, START, Day
from workstation import bootstrap, practice
from workstation.acts import verification
from workstation.practice import Played, plan

#: A day ahead of most of the world, in no language, with sets in another order.
ELSEWHERE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "424242"}


def command(home: Path) -> list[str]:
    """The command line that plays the day of the fixture in another home."""
    day = ["practice", "day", "--cases", str(CASES), "--seed", str(SEED), "--start", str(START)]
    return [sys.executable, "-m", "workstation", "--home", str(home), *day, "--json"]


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The same day played by command in another place of the world: its home and standard output."""
    home = tmp_path_factory.mktemp("elsewhere") / "home"
    printed = subprocess.run(
        command(home), env={**os.environ, **ELSEWHERE}, stdout=subprocess.PIPE, check=True
    ).stdout
    return home, printed.decode("utf-8")


def test_the_same_seed_prints_the_same_document(day: Day, again: tuple[Path, str]) -> None:
    """One JSON document, equal but for the home's own path; in process and by command."""
    home, printed = again

    expected = json.dumps(day.document, ensure_ascii=False, indent=2)
    assert printed.strip() == expected.replace(str(day.home), str(home))


def test_the_same_seed_draws_the_same_papers(day: Day, again: tuple[Path, str]) -> None:
    """Every PDF has the same bytes, and no PDF is there that was not there before."""
    expected = {path.name: content for path, content in day.files.items() if path.suffix == ".pdf"}

    home, _ = again

    assert {path.name: path.read_bytes() for path in (home / "tray").iterdir()} == expected


def test_the_same_seed_writes_the_same_journal(day: Day, again: tuple[Path, str]) -> None:
    """Every row of the journal is equal in every column, hashes included."""
    opened = bootstrap.open_hall(again[0])
    with opened.desk.reading() as reading:
        assert list(verification.entries(reading)) == day.entries
    opened.close()


#: Each is changed in one thing from the first, the cast alone with the seed and start of the fixture; the
#: start goes over the holidays of October.
PLAYS = {
    "smallest": (SEED, plan.FEWEST, START),
    "number": (SEED, plan.FEWEST + 1, START),
    "start": (SEED, plan.FEWEST, datetime.date(2026, 10, 10)),
    "seed": (SEED + 1, plan.FEWEST, START),
}
Plays = Callable[[str], tuple[Path, Played]]


def played(home: Path, seed: int, cases: int, start: datetime.date) -> Played:
    """A day whose papers are not drawn."""
    with no_ink():
        return practice.play(home, cases=cases, seed=seed, start=start)


@pytest.fixture(scope="module")
def plays(tmp_path_factory: pytest.TempPathFactory) -> Plays:
    """Each of the plays by its name, played once: its home, and what was told of it."""

    def play(name: str) -> tuple[Path, Played]:
        home = tmp_path_factory.mktemp(name) / "home"
        return home, played(home, *PLAYS[name])

    return cache(play)


@pytest.mark.parametrize("other", ["number", "start", "seed"])
def test_another_number_start_or_seed_is_another_day(plays: Plays, other: str) -> None:
    """Whichever of them is changed, the journal ends differently."""
    assert plays(other)[1].journal.anchor != plays("smallest")[1].journal.anchor


def test_another_seed_is_another_hall(plays: Plays) -> None:
    """Neither people nor passwords can be carried from one practice hall to another."""
    (home, one), (there, two) = plays("smallest"), plays("seed")

    assert {o.password for o in one.operators} & {o.password for o in two.operators} == {None}
    assert set(applicants(home)).isdisjoint(applicants(there))


def applicants(home: Path) -> list[str]:
    """ID numbers of the people who came, in the order of their cases."""
    opened = bootstrap.open_hall(home)
    with opened.desk.reading() as reading:
        numbers = [case.applicant_id for case in reading.cases.where()]
    opened.close()
    return numbers


@pytest.mark.parametrize("name", PLAYS)
def test_any_seed_number_and_start_show_every_state(plays: Plays, name: str) -> None:
    """The cast is played whatever else comes through the door: fewest cases, two seeds, over holidays too."""
    _, day = plays(name)

    assert_whole(day, PLAYS[name][1])


def test_more_cases_over_new_year_show_every_state(tmp_path: Path) -> None:
    """With a third seed; what is added to the cast does not displace it."""
    assert_whole(played(tmp_path / "home", 3, plan.FEWEST + 9, datetime.date(2027, 1, 8)), plan.FEWEST + 9)


def assert_whole(day: Played, cases: int) -> None:
    """So many cases, every state among them, and a true journal."""
    assert sum(day.cases.values()) == cases
    assert all(day.cases.values())
    assert all(day.consignments.values())
    assert day.journal.verified
