"""Noun `report`, typed: signs of bypass for supervisors and auditors, in words and as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders, halls
from tests.line import Line
from tests.printing import pdfs
from workstation import bootstrap
from workstation.acts import formal_review
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState


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


def test_a_day_is_listed_as_json(counter: Line, found: tuple[str, str]) -> None:
    """Every step with its figure, what lies where, what waits, and the anchor as `journal anchor` has it."""
    anchor = counter("journal", "anchor", "--json").json["anchor"]

    day = counter("report", "day", "--json", as_="8001").json["day"]

    assert (day["cases"]["registered"], day["cases"]["reviewed"], day["cases"]["closed"]) == (2, 1, 0)
    assert (day["consignments"]["handed_over"], day["consignments"]["home_correcting"]) == (1, 1)
    assert day["envelopes"]["opened"] == 1
    assert day["by_clerk"] == {"1001": day["by_item"]["59"]}
    assert day["by_clerk"]["1001"]["registered"] == 2
    assert (day["lying"], day["tasks"], day["prints"]) == ([], [], [])
    assert day["journal"]["anchor"] == anchor


def test_a_day_is_told_in_words(counter: Line, found: tuple[str, str]) -> None:
    """Tables as on paper, and that it closes nothing."""
    said = counter("report", "day", as_="2001").out

    assert "日清单（截至 " in said
    assert "这是清单，当日没有关闭" in said
    assert "开具户籍类证明" in said
    assert "此刻的待办：0 件" in said


def test_a_day_is_printed_by_a_supervisor(counter: Line) -> None:
    """A sheet of kind 6 in the tray, its two barcodes readable; nobody else prints it."""
    answer = counter("report", "day", "--print", "--json", as_="2001")

    paper = answer.json["paper"]
    assert (answer.exit_code, paper["kind"], paper["number"][0]) == (0, "day_sheet", "6")
    codes = pdfs.codes(Path(paper["path"]).read_bytes())
    assert [len(code) for code in codes] == [20, 40]
    assert codes[0] == paper["number"]
    assert counter("report", "day", "--print", as_="8001").code == "wrong-role"
    assert counter("report", "day", as_="1001").code == "report-role"


def test_another_day_can_be_named(counter: Line, found: tuple[str, str]) -> None:
    """On which nothing happened there are noughts; one to come is refused."""
    day = counter("report", "day", "--day", "2020-01-02", "--json", as_="2001").json["day"]

    assert (day["day"], day["cases"]["registered"], day["by_office"]) == ("2020-01-02", 0, {})
    assert counter("report", "day", "--day", "2999-01-01", as_="2001").code == "day-to-come"


@pytest.fixture
def lying(counter: Line) -> tuple[str, str]:
    """A sealed envelope on the shelf, and one with the courier that has no waybill."""
    desk = halls.seat(bootstrap.open_desk(Path(str(counter.home))), halls.CLERK)
    with builders.no_ink():
        gone = builders.an_envelope(desk, EnvelopeState.HANDED_OVER).number
        here = builders.an_envelope(desk, EnvelopeState.SEALED).number
    desk.store.engine.close()
    return here, gone


def test_the_mail_is_reported_by_reason(counter: Line, lying: tuple[str, str]) -> None:
    """Each envelope with why it is where it is; nothing is left unexplained."""
    here, gone = lying
    answer = counter("report", "mail", "--json", as_="2001")

    assert answer.exit_code == 0
    assert {line["number"]: line["reason"] for line in answer.json["mail"]} == {
        here: "on_shelf",
        gone: "no_waybill",
    }
    assert (answer.json["counts"], answer.json["unexplained"]) == ({"no_waybill": 1, "on_shelf": 1}, 0)


def test_the_mail_is_told_in_words(counter: Line, lying: tuple[str, str]) -> None:
    """How many, and where each is."""
    said = counter("report", "mail", as_="2001").out

    assert "在途 2 件：已交寄，没有运单号 1 件，在货位，等揽投员 1 件。" in said
    assert lying[0] in said
