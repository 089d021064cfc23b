"""The limit on the 一次性告知单: until when telling is in time, and whether it was told on the day itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import builders
from tests.workstation.acts.facts.written import at_window, on_paper
from workstation.acts.desk import Desk
from workstation.acts.facts import Facts, notice
from workstation.domain.case import Case, CaseState

DAY = 24 * 3600 * 1000


@pytest.fixture
def case(desk: Desk) -> Case:
    """A case that is about to be told something for the first time."""
    return replace(builders.a_case(desk, CaseState.REGISTERED), notices=1)


def told(desk: Desk, case: Case, **limit: str) -> Facts:
    """The facts of a notice about one row that is not there."""
    row = replace(builders.open_rows(desk, case.number)[0], defects="missing")
    with at_window(desk) as work:
        return notice.facts(work, desk.hall, case, [row], due="2026-12-11", **limit)


@pytest.mark.parametrize("limit", ["收件之日起5个工作日内，至 2026-11-27", "收件之日起5个工作日内（暂定）"])
def test_the_limit_stands_on_the_paper_as_it_is_given(desk: Desk, case: Case, limit: str) -> None:
    """行政许可法 32(4): an applicant can see whether the five days were kept."""
    assert f"告知时限：{limit}\n" in on_paper("notice", told(desk, case, limit=limit))


def test_without_a_day_the_rule_itself_is_told(desk: Desk, case: Case) -> None:
    """Nobody counted: then the paper says how it is counted."""
    assert told(desk, case).values["notice.limit"] == "收件之日起5个工作日内"


@pytest.mark.parametrize(
    ("days_ago", "notices", "words"),
    [(0, 1, "收件当日告知"), (1, 1, "收件之日以后告知"), (0, 2, "补正之后再次告知")],
)
def test_the_paper_says_whether_it_was_told_at_once(
    desk: Desk, case: Case, days_ago: int, notices: int, words: str
) -> None:
    """The day of the hand-in is known, and so is a second notice; more is not claimed."""
    case = replace(case, notices=notices, registered_at=case.registered_at - days_ago * DAY)

    facts = told(desk, case)

    assert f"告知次数：第 {notices} 次（{words}）\n" in on_paper("notice", facts)
