"""Noun `report`, typed: signs of bypass for supervisors and auditors, in words and as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders, halls
from tests.line import Line
from workstation import bootstrap
from workstation.acts import formal_review
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState


@pytest.fixture
def found(counter: Line) -> tuple[str, str]:
    """Two cases of today: one found failing and not told, one for which the home office asked for more."""
    desk = halls.seat(bootstrap.open_desk(Path(str(counter.home))), halls.CLERK)
    with builders.no_ink():
        untold = builders.a_case(desk, CaseState.REGISTERED).number
        findings = [builders.passing(row) for row in builders.open_rows(desk, untold)]
        findings[0] = builders.missing(findings[0].row)
        formal_review.review(desk, untold, findings)
        later = builders.a_consignment(desk, ConsignmentState.HOME_CORRECTING).case_number
    desk.store.engine.close()
    return untold, later


def test_signs_are_reported_by_kind(counter: Line, found: tuple[str, str]) -> None:
    """Each with its case, its clerk, since when and which rows; exit code 0."""
    answer = counter("report", "bypass", "--json", as_="8001")

    untold, later = found
    assert answer.exit_code == 0
    assert answer.json["unreviewed"] == []
    (sign,) = answer.json["untold"]
    assert (sign["case_number"], sign["clerk"], sign["days"], len(sign["rows"])) == (untold, "1001", 0, 1)
    assert sign["since"].endswith("+08:00")
    assert [sign["case_number"] for sign in answer.json["found_later"]] == [later]


def test_signs_are_told_in_words(counter: Line, found: tuple[str, str]) -> None:
    """Three headings, each with its number of cases."""
    said = counter("report", "bypass", as_="2001").out

    assert "已收件、逾期未审查：0 件" in said
    assert "审查发现不符、未一次性告知：1 件" in said
    assert "审查通过后属地又要求补正：1 件" in said
    assert found[0] in said
    assert "0 天" in said


def test_the_span_is_between_two_days(counter: Line, found: tuple[str, str]) -> None:
    """What began on other days is left out."""
    answer = counter("report", "bypass", "--until", "2020-12-31", "--json", as_="8001")

    assert answer.json == {"unreviewed": [], "untold": [], "found_later": []}
    assert counter("report", "bypass", "--since", "2026-13-01", as_="8001").code == "day-impossible"


@pytest.mark.parametrize(("code", "refusal"), [("1001", "report-role"), ("9001", "report-role")])
def test_operators_are_refused(counter: Line, code: str, refusal: str) -> None:
    """With exit code 3, as any refusal."""
    answer = counter("report", "bypass", as_=code)

    assert (answer.code, answer.exit_code) == (refusal, 3)


def test_the_days_before_a_sign_are_a_setting(counter: Line) -> None:
    """Section `bypass` of settings.toml; a figure that cannot be is refused."""
    assert counter.home
    file = counter.home / "settings.toml"
    text = file.read_text("utf-8")
    assert "[bypass]\nreview_days = 1" in text

    file.write_text(text.replace("review_days = 1", "review_days = 0"))

    assert counter("report", "bypass", as_="2001").code == "settings-wrong-value"
