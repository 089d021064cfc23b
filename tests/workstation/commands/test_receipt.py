"""Noun `receipt`, typed: the list to tick, the code with what is missing, and the word of a named person."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders, halls
from tests.line import Line
from workstation import bootstrap
from workstation.acts.desk import Desk
from workstation.domain.consignment import ConsignmentState


class Sent:
    """An envelope on its way: its own number, that of its slip, and the office's code."""

    def __init__(self, desk: Desk) -> None:
        consignment = builders.a_consignment(desk, ConsignmentState.HANDED_OVER)
        self.case, self.office = consignment.case_number, consignment.office_code
        self.envelope = consignment.envelope or ""
        self.slip = builders.paper_of(desk, self.envelope, "reply_slip").number


@pytest.fixture
def sent(counter: Line) -> Sent:
    """One envelope on its way from the counter's hall."""
    desk = halls.seat(bootstrap.open_desk(Path(str(counter.home))), halls.CLERK)
    with builders.no_ink():
        envelope = Sent(desk)
    desk.store.engine.close()
    return envelope


def test_the_list_is_shown_before_anything_is_recorded(counter: Line, sent: Sent) -> None:
    """Row by row with its number; by the short form with the office too."""
    data = counter("receipt", "show", sent.slip, "--json", as_="1001").json
    said = counter("receipt", "show", sent.slip[-5:], "--office", sent.office, as_="1001").out

    names = [row["name"] for row in data["rows"]]
    assert [row["row"] for row in data["rows"]] == list(range(1, len(names) + 1))
    assert data["envelope"]["number"] == sent.envelope
    assert [line.split()[:1] for line in said.splitlines()[2:]] == [[str(n + 1)] for n in range(len(names))]
    assert all(name in said for name in names)
    assert counter("case", "show", sent.case, "--json", as_="1001").json["case"]["shown"] == "handed_over"


def test_the_code_with_what_is_missing_and_damaged(counter: Line, sent: Sent) -> None:
    """One line; each is a task that is listed."""
    answer = counter(
        *("receipt", "acknowledge", sent.slip, "--channel", "phone", "--rows", "1缺 2s", "--json"),
        as_="1001",
    )

    tasks = counter("task", "list", "--json", as_="1001").json["tasks"]
    assert answer.json["envelope"]["state"] == "opened"
    assert {task["kind"] for task in tasks} == {"missing_inside", "damaged_inside"}
    assert {task["object"] for task in tasks} == {sent.envelope}


def test_what_is_not_understood_is_wrong_usage(counter: Line, sent: Sent) -> None:
    """Exit code 2 for a line that says nothing, 3 for a row that is not on the list."""
    unclear = counter("receipt", "acknowledge", sent.slip, "--channel", "fax", "--rows", "3-5", as_="1001")
    beyond = counter("receipt", "acknowledge", sent.slip, "--channel", "fax", "--rows", "99缺", as_="1001")

    assert (unclear.exit_code, unclear.code) == (2, "rows-unclear")
    assert (beyond.exit_code, beyond.code) == (3, "row-not-listed")


def test_a_named_person_acknowledges_by_hand(counter: Line, sent: Sent) -> None:
    """Who it was stands among the contacts of the case, and not in what the command prints."""
    answer = counter(
        *("receipt", "by-hand", sent.envelope, "--person", "欧阳示例科长", "--channel", "phone"), as_="1001"
    )
    again = counter("receipt", "by-hand", sent.envelope, "--person", "某", "--channel", "phone", as_="1001")

    (contact,) = counter("contact", "list", sent.case, "--json", as_="1001").json["contacts"]
    assert answer.out == f"{builders.an_office().name} 已签收封套 {sent.envelope}。\n"
    assert (contact["who"], contact["channel"]) == ("home_office", "phone")
    assert "欧阳" not in answer.out
    assert (again.exit_code, again.code) == (3, "wrong-state")


def test_person_and_channel_are_asked_for(counter: Line, sent: Sent) -> None:
    """Without them the line is wrong, and nothing is recorded."""
    nobody = counter("receipt", "by-hand", sent.envelope, "--channel", "phone", as_="1001")
    hearsay = counter("receipt", "by-hand", sent.envelope, "--person", "某", "--channel", "slip", as_="1001")

    assert {nobody.code, hearsay.code} == {"argument-missing", "argument-wrong"}
    assert counter("contact", "list", sent.case, "--json", as_="1001").json["contacts"] == []
