"""`case show`: everything that belongs to a case stands on its page, people masked, empty lists left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders, halls
from tests.line import Line
from workstation import bootstrap
from workstation.acts import contacts, numbers, pledges
from workstation.acts.inputs import PledgedRow
from workstation.domain.case import CaseState


@pytest.fixture
def case(counter: Line) -> str:
    """A registered case with an agent, a pledge to sign, a call, and the province's number."""
    desk = halls.seat(bootstrap.open_desk(Path(str(counter.home))), halls.CLERK)
    with builders.no_ink():
        builders.granted(halls.seat(desk, halls.SUPERVISOR))
        agent = builders.a_person("李代办")
        case = builders.a_case(desk, CaseState.REGISTERED, without=("statement",), agent=agent).number
        later = PledgedRow(row="statement", kind="deferred", due="2099-12-31")
        pledges.print_pledge(desk, case, builders.asked_later(rows=(later,)))
        contacts.add(desk, case, who="agent", outcome="no_answer")
        numbers.add(desk, case, system="provincial", value="3500-7")
    desk.store.engine.close()
    return case


def test_the_page_has_all_that_there_is(counter: Line, case: str) -> None:
    """Agent, limit for telling, pledge with its day, number of the other system, call."""
    page = counter("case", "show", case, as_="1001").out

    for said in (
        "代办人：李**",
        "告知时限：",
        "容缺后补",
        "2099-12-31",
        "待签",
        "3500-7",
        "无人接听",
        "现在可以：",
    ):
        assert said in page
    assert "评价" not in page
    assert "错证缺证" not in page
    assert "李代办" not in page


def test_the_document_has_every_list(counter: Line, case: str) -> None:
    """Empty ones too, so that a program need not ask whether they are there."""
    file = counter("case", "show", case, "--json", as_="1001").json

    assert [pledge["state"] for pledge in file["pledges"]] == ["printed"]
    assert [number["number"] for number in file["external_numbers"]] == ["3500-7"]
    assert [contact["outcome"] for contact in file["contacts"]] == ["no_answer"]
    assert (file["licence_defects"], file["ratings"]) == ([], [])
    assert file["case"]["tell_by"]
    assert {row["way"] for row in file["rows"]} == {None}


def test_guides_are_listed(counter: Line) -> None:
    """What the hall has taken in, or that it has not."""
    said = counter("guide", "list", as_="1001")

    assert said.out == "没有导入办事指南。\n"
    assert counter("guide", "list", "--json", as_="1001").json == {"guides": []}
