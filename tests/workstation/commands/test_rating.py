"""Noun `rating`, typed: invited and recorded by the clerk, graded by a supervisor, and never otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders, halls
from tests.line import Line
from workstation import bootstrap
from workstation.acts import ratings
from workstation.commands import nouns
from workstation.domain.case import CaseState
from workstation.domain.times import local
from workstation.reference.calendars import NATIONAL

GRADE = ("--grade", "dissatisfied", "--source", "device-03")


@pytest.fixture
def case(counter: Line) -> str:
    """The number of a case served by the first clerk, in the hall the line is typed at."""
    desk = halls.seat(bootstrap.open_desk(Path(str(counter.home))), halls.CLERK)
    with builders.no_ink():
        case = builders.a_case(desk, CaseState.SERVED).number
    desk.store.engine.close()
    return case


def after(days: int) -> str:
    """So many working days after today."""
    today = local(bootstrap.machine_clock()).date()
    return NATIONAL.working_day_after(today, days).day.isoformat()


def test_an_applicant_is_invited_and_answers(counter: Line, case: str) -> None:
    """Each in words and as JSON."""
    invited = counter("rating", "invite", case, as_="1001")
    given = counter("rating", "record", case, "--kind", "given", "--json", as_="1001")

    assert (invited.exit_code, invited.out) == (0, f"评价：{case} 已邀请\n")
    assert (given.json["case"]["rating"], given.json["case"]["state"]) == ("given", "served")
    assert given.json["case"]["rating_invited_at"].endswith("+08:00")
    assert counter("rating", "invite", case, as_="1001").code == "rating-invited"


def test_a_supervisor_records_a_bad_grade(counter: Line, case: str) -> None:
    """The answer says until when somebody must have called and answered."""
    counter("rating", "invite", case, as_="1001")

    answer = counter("rating", "record", case, *GRADE, "--json", as_="2001")

    task = answer.json["task"]
    assert answer.exit_code == 0
    assert answer.json["rating"]["grade"] == "dissatisfied"
    assert (task["kind"], task["object"], task["state"]) == ("bad_rating", case, "open")
    assert (task["contact_by"], task["answer_by"]) == (after(1), after(5))
    assert after(5) in task["note"]


def test_the_days_are_those_of_the_settings(counter: Line, case: str) -> None:
    """Section `rating` of settings.toml; a good grade has none."""
    assert counter.home
    file = counter.home / "settings.toml"
    text = file.read_text("utf-8")
    assert "contact_days = 1\nanswer_days = 5" in text
    file.write_text(text.replace("contact_days = 1\nanswer_days = 5", "contact_days = 2\nanswer_days = 15"))
    counter("rating", "invite", case, as_="1001")

    said = counter("rating", "record", case, *GRADE, as_="2001").out

    assert said.startswith(f"已登记等级：{case} 不满意\n")
    assert f"{after(2)}" in said
    assert f"{after(15)}" in said


def test_a_good_grade_opens_no_task(counter: Line, case: str) -> None:
    """There is nobody to call."""
    counter("rating", "invite", case, as_="1001")
    words = ("rating", "record", case, "--grade", "satisfied", "--source", "p", "--json")

    assert counter(*words, as_="2001").json["task"] is None


def test_ratings_are_listed(counter: Line, case: str) -> None:
    """All steps, or the bad grades."""
    counter("rating", "invite", case, as_="1001")
    before = counter("rating", "list", "--bad", "--json", as_="2001")
    counter("rating", "record", case, *GRADE, as_="2001")

    every = counter("rating", "list", "--json", as_="2001")
    bad = counter("rating", "list", "--bad", as_="2001")

    assert before.json == {"ratings": []}
    assert [rating["kind"] for rating in every.json["ratings"]] == ["grade", "invited"]
    assert "不满意" in bad.out
    assert "已邀请" not in bad.out


@pytest.mark.parametrize(
    "words", [(), ("--kind", "given", *GRADE), ("--grade", "satisfied"), ("--source", "device-03"),
              ("--kind", "given", "--source", "device-03")],
)  # fmt: skip
def test_either_a_kind_or_a_grade_is_recorded(counter: Line, case: str, words: tuple[str, ...]) -> None:
    """A grade with its source, a kind without."""
    answer = counter("rating", "record", case, *words, as_="2001")

    assert (answer.code, answer.exit_code) == ("rating-kind-or-grade", 2)


def test_a_clerk_has_no_way_to_a_grade(counter: Line, case: str) -> None:
    """`rating record --grade` is refused, and no other argument of any verb takes a grade."""
    counter("rating", "invite", case, as_="1001")
    places = [
        (noun, verb.name, argument.flags)
        for noun in nouns.names()
        for verb in nouns.load(noun).known.values()
        for argument in verb.arguments
        if "--grade" in argument.flags or ratings.GRADES.keys() & set(argument.options.get("choices") or ())
    ]

    assert places == [("rating", "record", ("--grade",))]
    assert counter("rating", "record", case, *GRADE, as_="1001").code == "wrong-role"
    for grade in ratings.GRADES:
        assert counter("rating", "record", case, "--kind", grade, as_="1001").code == "argument-wrong"
    assert [r["kind"] for r in counter("rating", "list", "--json", as_="2001").json["ratings"]] == ["invited"]


def test_no_input_has_a_grade() -> None:
    """Neither has any JSON a verb reads."""
    fields = {
        (noun, verb.name, name)
        for noun in nouns.names()
        for verb in nouns.load(noun).known.values()
        for name in getattr(verb.reads, "__struct_fields__", ())
    }

    assert fields
    assert not [place for place in fields if place[2] in ("grade", "rating")]
