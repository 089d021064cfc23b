"""Seed, cases and start decide everything, whatever the machine's zone, language and hash seed."""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.builders import no_ink
from tests.workstation.practice.conftest import CASES, SEED, START, Day
from workstation import bootstrap, practice
from workstation.acts import verification
from workstation.practice import Played, plan

ELSEWHERE = (
    {"TZ": "America/St_Johns", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "424242"},
)


def command(home: Path) -> list[str]:
    """The command line that plays the day of the fixture in another home."""
    day = ["practice", "day", "--cases", str(CASES), "--seed", str(SEED), "--start", str(START)]
    return [sys.executable, "-m", "workstation", "--home", str(home), *day, "--json"]


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, str]]:
    """The same day played by command in two other places of the world: home and standard output of each."""
    homes = [tmp_path_factory.mktemp("elsewhere") / "home" for _ in ELSEWHERE]
    running = [
        subprocess.Popen(command(home), env={**os.environ, **place}, stdout=subprocess.PIPE)
        for home, place in zip(homes, ELSEWHERE, strict=True)
    ]
    printed = [process.communicate()[0].decode("utf-8") for process in running]
    assert [process.returncode for process in running] == [0] * len(running)
    return list(zip(homes, printed, strict=True))


def test_the_same_seed_prints_the_same_document(day: Day, again: list[tuple[Path, str]]) -> None:
    """One JSON document, equal but for the home's own path; in process and by command."""
    expected = json.dumps(day.document, ensure_ascii=False, indent=2)

    for home, printed in again:
        assert printed.strip() == expected.replace(str(day.home), str(home))


def test_the_same_seed_draws_the_same_papers(day: Day, again: list[tuple[Path, str]]) -> None:
    """Every PDF has the same bytes, and no PDF is there that was not there before."""
    expected = {path.name: content for path, content in day.files.items() if path.suffix == ".pdf"}

    for home, _ in again:
        assert {path.name: path.read_bytes() for path in (home / "tray").iterdir()} == expected


def test_the_same_seed_writes_the_same_journal(day: Day, again: list[tuple[Path, str]]) -> None:
    """Every row of the journal is equal in every column, hashes included."""
    for home, _ in again:
        opened = bootstrap.open_hall(home)
        with opened.desk.reading() as reading:
            assert list(verification.entries(reading)) == day.entries
        opened.close()


def played(home: Path, *, seed: int, cases: int = plan.FEWEST, start: datetime.date = START) -> Played:
    """A day whose papers are not drawn."""
    with no_ink():
        return practice.play(home, cases=cases, seed=seed, start=start)


@pytest.fixture(scope="module")
def smallest(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Played]:
    """The cast alone, with the seed and start of the fixture."""
    home = tmp_path_factory.mktemp("smallest") / "home"
    return home, played(home, seed=SEED)


@pytest.mark.parametrize(
    "other",
    [{"seed": SEED, "cases": plan.FEWEST + 1}, {"seed": SEED, "start": START.replace(day=19)}],
)
def test_another_number_or_start_is_another_day(
    tmp_path: Path, smallest: tuple[Path, Played], other: dict[str, Any]
) -> None:
    """Whichever of them is changed, the journal ends differently."""
    assert played(tmp_path / "home", **other).journal.anchor != smallest[1].journal.anchor


def test_another_seed_is_another_hall(tmp_path: Path, smallest: tuple[Path, Played]) -> None:
    """Neither people nor passwords nor the journal can be carried from one practice hall to another."""
    home, one = smallest

    two = played(tmp_path / "home", seed=SEED + 1)

    assert one.journal.anchor != two.journal.anchor
    assert {o.password for o in one.operators} & {o.password for o in two.operators} == {None}
    assert set(applicants(home)).isdisjoint(applicants(tmp_path / "home"))


def applicants(home: Path) -> list[str]:
    """ID numbers of the people who came, in the order of their cases."""
    opened = bootstrap.open_hall(home)
    with opened.desk.reading() as reading:
        numbers = [case.applicant_id for case in reading.cases.where()]
    opened.close()
    return numbers


@pytest.mark.parametrize(
    ("seed", "cases", "start"),
    [
        (1, plan.FEWEST, START),
        (2, 40, datetime.date(2026, 10, 10)),
        (3, 55, datetime.date(2027, 1, 8)),
        (20_261_120, 40, datetime.date(2026, 2, 28)),
    ],
)
def test_any_seed_number_and_start_show_every_state(
    tmp_path: Path, seed: int, cases: int, start: datetime.date
) -> None:
    """The cast is played whatever else comes through the door, over holidays and New Year too."""
    day = played(tmp_path / "home", seed=seed, cases=cases, start=start)

    assert sum(day.cases.values()) == cases
    assert all(day.cases.values())
    assert all(day.consignments.values())
    assert day.journal.verified
