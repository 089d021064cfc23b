"""The noun `paper`: the text of a paper before it prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders, halls
from tests.line import Line
from workstation import bootstrap
from workstation.acts import formal_review
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState


def played(counter: Line) -> Desk:
    """The first clerk's desk at the home that the line is typed at."""
    return halls.seat(bootstrap.open_desk(Path(str(counter.home))), halls.CLERK)


@pytest.fixture
def failing(counter: Line) -> str:
    """A case with every row looked at and one that is missing."""
    desk = played(counter)
    with builders.no_ink():
        case = builders.a_case(desk, CaseState.REGISTERED, without=("statement",)).number
        rows = builders.open_rows(desk, case)
        found = [builders.passing(row) for row in rows if row.row_id != "statement"]
        formal_review.review(desk, case, [*found, builders.missing("statement")])
    desk.store.engine.close()
    return case


def test_a_notice_is_read_before_it_is_told(counter: Line, failing: str) -> None:
    """As text and as JSON; the journal has not moved, and no paper came into being."""
    before = counter("journal", "anchor", "--json", as_="8001").json
    line = ("paper", "preview", "notice", failing, "--due", "2099-12-31")

    text, told = counter(*line, as_="1001"), counter(*line, "--json", as_="1001")

    assert text.exit_code == told.exit_code == 0
    assert "【一次性告知单】" in text.out
    assert "2099-12-31" in text.out
    assert "（打印时编号）" in text.out
    assert told.json["preview"]["kind"] == "notice"
    assert "缺件" in told.json["preview"]["text"]
    assert counter("journal", "anchor", "--json", as_="8001").json == before
    papers = counter("paper", "list", "--of", failing, "--json", as_="1001").json["papers"]
    assert [paper["kind"] for paper in papers] == ["intake_slip"]


def test_guidance_needs_the_clerks_words(counter: Line, failing: str) -> None:
    """They are the paper."""
    line = ("paper", "preview", "guidance", failing, "--channel", "online")

    said = counter(*line, "--text", "网上可全程办理", as_="1001")
    silent = counter(*line, "--json", as_="1001")

    assert "网上可全程办理" in said.out
    assert (silent.exit_code, silent.code) == (2, "plain-text-empty")


@pytest.mark.parametrize("kind", ["packing_list", "proof_of_service"])
def test_what_the_act_would_refuse_is_refused(counter: Line, failing: str, kind: str) -> None:
    """A case that is not reviewed has nothing to pack and nothing to serve."""
    answer = counter("paper", "preview", kind, failing, "--json", as_="1001")

    assert (answer.exit_code, answer.code) == (3, "wrong-state")


def test_a_packing_list_is_read_before_anything_is_packed(counter: Line) -> None:
    """By the case's number, since it goes to one office."""
    desk = played(counter)
    with builders.no_ink():
        case = builders.a_case(desk).number
    desk.store.engine.close()

    answer = counter("paper", "preview", "packing_list", case, as_="1001")

    assert "【内件清单】" in answer.out
    assert counter("case", "show", case, "--json", as_="1001").json["consignments"][0]["envelope"] is None


def test_an_option_of_another_paper_is_no_option(counter: Line, failing: str) -> None:
    """Rather refused than left out in silence."""
    answer = counter("paper", "preview", "notice", failing, "--text", "x", "--json", as_="1001")

    assert (answer.exit_code, answer.code) == (2, "preview-option")


def test_an_auditor_previews_nothing(counter: Line, failing: str) -> None:
    """Whoever may not tell has no text to tell either."""
    answer = counter("paper", "preview", "notice", failing, "--json", as_="8001")

    assert (answer.exit_code, answer.code) == (3, "wrong-role")
