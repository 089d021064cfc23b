"""Noun `contact`, typed: tries are added and listed, numbers masked, what was said hidden."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders, halls
from tests.line import Line
from workstation import bootstrap
from workstation.domain.case import CaseState
from workstation.domain.times import local


@pytest.fixture
def case(counter: Line) -> str:
    """The number of a case handed in by an agent, in the hall the line is typed at."""
    desk = halls.seat(bootstrap.open_desk(Path(str(counter.home))), halls.CLERK)
    with builders.no_ink():
        case = builders.a_case(desk, CaseState.REGISTERED, agent=builders.a_person("李代办")).number
    desk.store.engine.close()
    return case


def today() -> str:
    """The day the commands run on."""
    return local(bootstrap.machine_clock()).date().isoformat()


def test_a_try_is_added(counter: Line, case: str) -> None:
    """The answer has the masked number, and hides what was noted."""
    answer = counter(
        "contact", "add", case, "--who", "agent", "--outcome", "no_answer", "--channel", "message",
        "--next", today(), "--note", "下午再打", "--json", as_="1001",
    )  # fmt: skip

    contact = answer.json["contact"]
    assert answer.exit_code == 0
    assert (contact["case_number"], contact["who"], contact["channel"]) == (case, "agent", "message")
    assert (contact["outcome"], contact["next_on"], contact["number"]) == (
        "no_answer",
        today(),
        "139****0001",
    )
    assert "下午再打" not in answer.out
    assert contact["at"].endswith("+08:00")


def test_tries_are_listed_by_case_or_by_what_is_due(counter: Line, case: str) -> None:
    """With a number those of the case, without one those to be made again."""
    for words in (("no_answer", "--next", today()), ("left_word",)):
        counter("contact", "add", case, "--who", "home_office", "--outcome", *words, as_="1001")
    due = ("contact", "add", case, "--who", "applicant", "--outcome", "busy_line", "--next", today())
    said = counter(*due, as_="1001")

    of_case = counter("contact", "list", case, "--json", as_="1002")
    waiting = counter("contact", "list", "--json", as_="1002")
    words_ = counter("contact", "list", as_="1002").out

    assert said.out == f"已登记联系：{case} 申请人 占线，下次 {today()}\n"
    assert [contact["outcome"] for contact in of_case.json["contacts"]] == [
        "no_answer",
        "left_word",
        "busy_line",
    ]
    assert [contact["who"] for contact in waiting.json["contacts"]] == ["applicant"]
    assert "电话 139****0001" in words_
    assert "占线" in words_


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("--who", "applicant"), "argument-missing", 2),
        (("--who", "neighbour", "--outcome", "reached"), "argument-wrong", 2),
        (("--who", "applicant", "--outcome", "reached", "--next", "2020-01-01"), "day-past", 2),
        (("--who", "applicant", "--outcome", "reached", "--number", "1"), "argument-unknown", 2),
    ],
)
def test_what_cannot_be_kept_is_told(
    counter: Line, case: str, words: tuple[str, ...], code: str, exit_code: int
) -> None:
    """A number is never typed, and the past is over."""
    answer = counter("contact", "add", case, *words, as_="1001")

    assert (answer.code, answer.exit_code) == (code, exit_code)


def test_somebody_must_be_signed_in(counter: Line, case: str) -> None:
    """To add and to look."""
    for words in (("add", case, "--who", "applicant", "--outcome", "reached"), ("list",)):
        assert counter("contact", *words).code == "nobody-signed-in"
