"""Noun `task`, typed: what is open with its steps, a step ticked, the papers at risk, ended by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders, halls
from tests.line import Line
from workstation import bootstrap
from workstation.acts import tasks
from workstation.domain.envelope import EnvelopeState


@pytest.fixture
def envelope(counter: Line) -> str:
    """The number of an envelope on its way, of which the carrier tells nothing any more."""
    desk = halls.seat(bootstrap.open_desk(Path(str(counter.home))), halls.CLERK)
    with builders.no_ink():
        number = builders.an_envelope(desk, EnvelopeState.HANDED_OVER).number
    with desk.carrying_out("take_events") as work:
        tasks.open_once(work, kind="mail_stuck", object_=number)
    desk.store.engine.close()
    return number


def test_open_tasks_are_listed_with_their_steps(counter: Line, envelope: str) -> None:
    """In words how many are done, as JSON each."""
    said = counter("task", "list", as_="1001").out
    (task,) = counter("task", "list", "--json", as_="1001").json["tasks"]

    assert f"{envelope}-mail_stuck" in said
    assert "0/1" in said
    assert (task["kind"], task["state"], task["opened_at"][-6:]) == ("mail_stuck", "open", "+08:00")
    assert task["steps"] == [
        {
            "id": "call_carrier",
            "label": "向寄递企业查问",
            "by": "hand",
            "required": True,
            "done": False,
            "done_at": None,
            "done_by": None,
        }
    ]


def test_a_task_is_done_step_by_step(counter: Line, envelope: str) -> None:
    """What somebody noted is hidden; at the end the list is empty."""
    name = f"{envelope}-mail_stuck"
    early = counter("task", "end", name, "--outcome", "settled", as_="1001")
    done = counter("task", "do", name, "call_carrier", "--note", "查单已登记", "--json", as_="1001")
    again = counter("task", "do", name, "call_carrier", as_="1001")
    ended = counter("task", "end", name, "--outcome", "settled", as_="1001")

    assert (early.exit_code, early.code) == (3, "task-steps-left")
    assert (done.json["step"]["step"], done.json["step"]["note"]) == ("call_carrier", "***")
    assert again.code == "step-done"
    assert ended.out == f"已了结：邮件异常 {envelope}（已处理完）。\n"
    assert counter("task", "list", "--json", as_="1001").json == {"tasks": []}


def test_a_task_shows_what_is_at_risk(counter: Line, envelope: str) -> None:
    """Its steps with who did them and where the rest is recorded, then the pieces."""
    counter("envelope", "trouble", envelope, "--kind", "lost", as_="1001")
    counter("task", "do", f"{envelope}-lost", "call_carrier", as_="1002")

    said = counter("task", "show", f"{envelope}-lost", as_="1001").out
    shown = counter("task", "show", f"{envelope}-lost", "--json", as_="1001").json

    assert "contact add" in said
    assert "1002" in said
    assert "原件" in said
    assert {"original", "copy"} == {piece["form"] for piece in shown["at_risk"]}
    assert [step["done"] for step in shown["steps"]] == [True, False, False, False]


def test_an_ended_task_says_what_came_of_it(counter: Line, envelope: str) -> None:
    """Its steps are still to be read."""
    counter("envelope", "trouble", envelope, "--kind", "lost", as_="1001")
    counter("envelope", "resolve", envelope, "--outcome", "claim", as_="1001")

    said = counter("task", "show", f"{envelope}-lost", as_="1001").out

    assert "了结" in said.partition("\n")[0]
    assert "账上" in said


@pytest.mark.parametrize(
    ("words", "code"),
    [(("show", "nothing"), "task-not-found"), (("do", "nothing", "x"), "task-not-found"),
     (("end", "nothing", "--outcome", "shrugged"), "argument-wrong")],
)  # fmt: skip
def test_what_is_no_task_is_refused(counter: Line, words: tuple[str, ...], code: str) -> None:
    """In words that help."""
    assert counter("task", *words, as_="1001").code == code


def test_every_kind_of_trouble_is_offered(counter: Line, envelope: str) -> None:
    """By its code, explained in Chinese."""
    back = counter("envelope", "trouble", envelope, "--kind", "mail_refused", "--json", as_="1001")

    assert (back.json["envelope"]["state"], back.json["envelope"]["reason"]) == ("sent_back", "mail_refused")
    assert "拒收退回" in counter("envelope", "trouble", "--help").out
