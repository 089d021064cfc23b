"""Two at once: of two foundings one comes to be, of two acts both, one after the other."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from tests import halls
from tests.bad_input import causes
from tests.bad_input.process import Conditions, finish, start
from tests.bad_input.provoking import CLERK, REGISTER, Counter, error_of, intake
from tests.line import Answer, Line
from workstation import bootstrap
from workstation.acts import verification

PRACTICE = ["practice", "day", "--cases", "40", "--seed", "1", "--start", "2026-11-20", "--json"]


def both(home: Path, *words: str, stdin: object = None) -> list[Answer]:
    """The same line typed twice at the same moment."""
    starts = [start("--home", str(home), *words, stdin=stdin) for _ in range(2)]
    return [finish(process) for process in starts]


def one_of(answers: list[Answer]) -> Answer:
    """The one that founded the hall; the other was told that it is there or coming."""
    done, refused = sorted(answers, key=lambda answer: answer.exit_code)
    assert done.exit_code == 0, done
    coming = causes.FOUNDING_UNDER_WAY.code in refused.out
    error_of(refused, causes.FOUNDING_UNDER_WAY if coming else causes.HALL_EXISTS)
    return done


def is_true(home: Path) -> bool:
    """Whether the hall's journal verifies."""
    opened = bootstrap.open_hall(home)
    verified = verification.verify(opened.desk).verified
    opened.close()
    return verified


def test_two_inits_found_one_hall(line: Line, tmp_path: Path) -> None:
    """Of two people who found a hall at the same moment one does, and the hall is whole."""
    home, key = tmp_path / "home", tmp_path / "hall.key"
    plan = msgspec.to_builtins(halls.with_key(halls.PLAN, key))

    done = one_of(both(home, "init", "--json", "-", stdin=plan))

    assert json.loads(done.out)["home"] == str(home)
    assert is_true(home)


def test_two_practice_days_play_one(line: Line, tmp_path: Path) -> None:
    """Of two practice days in one place one is played, to its end."""
    home = tmp_path / "home"

    done = one_of(both(home, *PRACTICE))

    played = json.loads(done.out)
    assert sum(played["cases"].values()) == 40
    assert played["journal"]["verified"]
    assert is_true(home)


def test_commands_at_once_wait_for_each_other(counter: Counter) -> None:
    """Four hand-ins at the same moment get four numbers in a row, and the journal is true."""
    now = Conditions(clock=counter.clock.at)
    words = ("--home", str(counter.home), *REGISTER)
    starts = [start(*words, under=now, stdin=intake(), as_=CLERK) for _ in range(4)]

    answers = [finish(process) for process in starts]

    assert [answer.exit_code for answer in answers] == [0] * 4
    serials = sorted(json.loads(answer.out)["case"]["number"][-5:-1] for answer in answers)
    assert serials == ["0001", "0002", "0003", "0004"]
    assert counter.state().rows["cases"] == 4
