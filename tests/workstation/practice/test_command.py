"""`practice day` and the program without a noun: what they print, refuse and leave untouched."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests import halls
from tests.builders import no_ink
from tests.workstation.practice.conftest import SEED, START, Day
from workstation import bootstrap, practice
from workstation.__main__ import main
from workstation.acts import passwords, users
from workstation.acts.desk import Desk
from workstation.domain import roles
from workstation.domain.times import SHANGHAI, local
from workstation.errors import Refused, WrongUsage
from workstation.policies import PasswordPolicy
from workstation.practice import plan

NOW = round(datetime(2026, 11, 20, 16, 0, tzinfo=SHANGHAI).timestamp() * 1000)


@pytest.fixture(autouse=True)
def at_four_in_the_afternoon(monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine's clock stands at 16:00 on the day of the fixture."""
    monkeypatch.setattr(bootstrap, "machine_clock", lambda: NOW)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The smallest practice hall, played by command on that afternoon: its home, and what was printed."""
    home = tmp_path_factory.mktemp("played") / "a home"
    printed = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, no_ink(), redirect_stdout(printed):
        patch.setattr(bootstrap, "machine_clock", lambda: NOW)
        assert main(["--home", str(home), "practice", "day", "--cases", str(plan.FEWEST)]) == 0
    return home, printed.getvalue()


def run(capsys: pytest.CaptureFixture[str], *line: str) -> tuple[int, Any]:
    """Run a command line with `--json`: its exit code and document."""
    capsys.readouterr()
    with no_ink():
        code = main([*line, "--json"])
    return code, json.loads(capsys.readouterr().out)


def snapshot(folder: Path) -> dict[Path, tuple[int, bytes]]:
    """Every file and folder in here: when it was changed, and what is in it."""
    paths = [folder, *folder.rglob("*")]
    return {path: (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"") for path in paths}


def test_a_home_with_anything_in_it_is_refused_and_untouched(tmp_path: Path) -> None:
    """Somebody's file is no place for a practice hall."""
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.txt").write_text("亲爱的")
    before = snapshot(tmp_path)

    with pytest.raises(Refused) as caught:
        practice.play(tmp_path, cases=40, seed=SEED, start=START)

    assert caught.value.code == "home-not-empty"
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("kind", ["practice", "in earnest"])
def test_a_home_with_a_hall_is_refused_and_untouched(
    tmp_path: Path, played: tuple[Path, str], kind: str
) -> None:
    """A hall is never played over, be it for practice or in earnest."""
    home = played[0] if kind == "practice" else halls.home_in(tmp_path)
    before = snapshot(home)

    with pytest.raises(Refused) as caught:
        practice.play(home, cases=40, seed=SEED, start=START)

    assert caught.value.code == "hall-exists"
    assert snapshot(home) == before


@pytest.mark.parametrize(
    ("cases", "start", "code"),
    [
        (0, "2026-11-20", "practice-too-few-cases"),
        (plan.FEWEST - 1, "2026-11-20", "practice-too-few-cases"),
        (plan.MOST + 1, "2026-11-20", "practice-too-many-cases"),
        (40, "2000-01-05", "practice-start"),
        (40, "2100-01-01", "practice-start"),
        (40, "0001-01-01", "practice-start"),
    ],
)
def test_what_cannot_be_played_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], cases: int, start: str, code: str
) -> None:
    """Too few or too many cases, or days no number can name: exit 2, and no home is made."""
    home = tmp_path / "home"

    exit_code, answer = run(
        capsys, "--home", str(home), "practice", "day", "--cases", str(cases), "--start", start
    )

    assert exit_code == WrongUsage.exit_code
    assert answer["error"]["code"] == code
    assert not home.exists()


@pytest.mark.parametrize("start", ["2026-02-30", "2026-W47-5", "20261120", "明天", ""])
def test_a_start_that_is_no_day_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], start: str
) -> None:
    """Only YYYY-MM-DD of a day on the calendar is a start."""
    code, answer = run(capsys, "--home", str(tmp_path / "home"), "practice", "day", "--start", start)

    assert (code, answer["error"]["code"]) == (2, "argument-wrong")
    assert "2026-11-20" in answer["error"]["why"]


def test_a_practice_hall_is_played_and_then_shown(
    played: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """What is shown later is what was played, and nothing is added to it."""
    home, said = played

    code, document = run(capsys, "--home", str(home), "practice", "show")
    assert main(["--home", str(home), "practice", "show"]) == 0

    assert capsys.readouterr().out == said
    assert code == 0
    assert sum(document["cases"].values()) == plan.FEWEST


def test_a_program_is_shown_what_it_was_told_when_it_was_played(
    day: Day, capsys: pytest.CaptureFixture[str]
) -> None:
    """One document, of the day with its papers, from the play and from what it has left."""
    assert run(capsys, "--home", str(day.home), "practice", "show") == (0, day.document)


def test_in_words_it_is_said_where_things_lie_and_how_to_sign_in(played: tuple[Path, str]) -> None:
    """Tray, counts in Chinese, everybody's code, password, PIN and badge, and a line to try."""
    home, said = played

    shown = practice.show(home)

    assert str(home / "tray") in said
    assert "已收件" in said
    told = [told for o in shown.operators for told in (o.code, o.password, o.pin, shown.badges.get(o.code))]
    assert all(one in said for one in told if one)
    assert f"--home '{home}' --as 1001" in said
    assert "clock accept" not in said


def test_a_day_ahead_of_the_clock_says_so(
    played: tuple[Path, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Acts would be refused for a clock set back, so the supervisor's way out is told."""
    monkeypatch.setattr(bootstrap, "machine_clock", lambda: NOW - 24 * 60 * 60 * 1000)

    assert main(["--home", str(played[0]), "practice", "show"]) == 0

    assert "clock accept" in capsys.readouterr().out


def test_a_hall_in_earnest_is_not_shown_as_practice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its counts are nobody's business who has not signed in."""
    code, answer = run(capsys, "--home", str(halls.home_in(tmp_path)), "practice", "show")

    assert (code, answer["error"]["code"]) == (3, "not-a-practice-hall")


def test_everybody_signs_in_as_told(day: Day) -> None:
    """Password and PIN are those of the operators printed; couriers have a badge instead."""
    badges = day.played.badges

    for operator in day.document["operators"]:
        if operator["password"] is None:
            assert operator["role"] == roles.Role.COURIER
            assert operator["code"] in badges
            continue
        at_desk: Desk = users.sign_in(day.desk, operator["code"], operator["password"])
        assert users.second(at_desk, operator["code"], operator["pin"]).second == at_desk.operator
        passwords.check_password(PasswordPolicy(), operator["code"], operator["password"])


def test_the_hall_is_a_practice_hall_for_ever(day: Day) -> None:
    """It says so in its record, in its settings and in the eighth digit of every number."""
    opened = bootstrap.open_hall(day.home)
    hall, settings = opened.desk.hall, opened.settings
    opened.close()

    assert (hall.digit, hall.practice) == (9, 1)
    assert settings.practice is not None
    assert settings.practice.seed == SEED
    assert {paper["number"][7] for paper in day.document["papers"]} == {"9"}


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-20T15:30", "2026-11-20"),
        ("2026-11-20T15:29", "2026-11-19"),
        ("2026-11-16T00:05", "2026-11-13"),
        ("2026-10-08T09:00", "2026-09-30"),
        ("2026-11-22T18:00", "2026-11-22"),
    ],
)
def test_the_day_played_by_default_has_passed(now: str, day: str) -> None:
    """Today if its curtain has fallen, else the working day before: acts can follow at once."""
    at = round(datetime.fromisoformat(now).replace(tzinfo=SHANGHAI).timestamp() * 1000)

    assert practice.latest_start(at).isoformat() == day
    assert local(at).isoformat().startswith(now)
