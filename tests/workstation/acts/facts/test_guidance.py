"""The 办事指引单: the way as it was told to the program, never guessed, and people masked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import builders
from tests.workstation.acts.facts.written import at_window, on_paper
from workstation.acts.desk import Desk
from workstation.acts.facts import Facts, guidance
from workstation.acts.facts.guidance import Guidance
from workstation.domain.case import Case, CaseState

GIVEN = Guidance(
    channel_word="全程网办",
    entry="示例平台，跨省通办专区",
    why="清单载明实现形式为全程网办",
    bring=("居民身份证", "居民户口簿"),
    assisted="示例平台，网上办件编号 示例0001",
)


@pytest.fixture
def case(desk: Desk) -> Case:
    """A case registered at window 1."""
    return builders.a_case(desk, CaseState.REGISTERED)


def told(desk: Desk, case: Case, given: Guidance = GIVEN) -> Facts:
    """The facts as the act that guides would promise them."""
    with at_window(desk) as work:
        return guidance.facts(work, desk.hall, case, given=given)


def test_everything_given_stands_on_the_paper(desk: Desk, case: Case) -> None:
    """Channel, entry, reason and help, in the very words, and the case it belongs to."""
    facts = told(desk, case)

    paper = on_paper("guidance", facts)
    for words in (GIVEN.channel_word, GIVEN.entry, GIVEN.why, GIVEN.assisted, case.number):
        assert words
        assert words in paper
    assert facts.case_number == case.number


def test_the_papers_to_bring_are_numbered(desk: Desk, case: Case) -> None:
    """In the order of the checklist."""
    rows = told(desk, case).values["rows"]

    assert rows == [{"seq": "1", "name": "居民身份证"}, {"seq": "2", "name": "居民户口簿"}]


def test_without_help_the_paper_offers_it(desk: Desk, case: Case) -> None:
    """帮办 that did not take place is not claimed."""
    facts = told(desk, case, replace(GIVEN, assisted=None))

    assert facts.values["guidance.assist"] == "这次没有帮办；需要时请当场提出"


def test_the_window_is_the_one_that_guides_and_the_clerk_the_first(desk: Desk, case: Case) -> None:
    """首问责任人 stays named, whoever guides; the applicant comes back to where the paper was given."""
    facts = told(desk, case)

    assert (case.window, facts.values["window"]) == (1, "2")
    assert facts.values["clerk.name"] == "林一鸣（1001）"


def test_nothing_personal_stands_there_in_full(desk: Desk, case: Case) -> None:
    """Neither the ID number nor the telephone."""
    paper = on_paper("guidance", told(desk, case))

    assert case.applicant_id not in paper
    assert case.applicant_phone not in paper
