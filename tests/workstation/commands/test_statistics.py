"""Noun `statistics`, typed: in words, as JSON, and as files."""

from __future__ import annotations

from pathlib import Path

import pytest

from integrations import spreadsheets
from tests import builders, halls
from tests.line import Line
from workstation import bootstrap
from workstation.acts.statistics_files import DETAIL_HEADS
from workstation.domain.case import CaseState


@pytest.fixture
def cases(counter: Line) -> list[str]:
    """Two cases, of which one has passed."""
    desk = halls.seat(bootstrap.open_desk(Path(str(counter.home))), halls.CLERK)
    with builders.no_ink():
        found = [builders.a_case(desk, state).number for state in (CaseState.REGISTERED, CaseState.REVIEWED)]
    desk.store.engine.close()
    return found


def test_the_document_is_one_a_program_can_rely_on(counter: Line, cases: list[str]) -> None:
    """Rates with numerator and denominator, hours as numbers, 24 hours and 7 days of the week."""
    told = counter("statistics", "show", "--json", as_="2001").json["statistics"]

    assert list(told) == [
        "since",
        "until",
        "taken_at",
        "hall",
        "here",
        "journal",
        "cases",
        "consignments",
        "rates",
        "on_time",
        "by_item",
        "by_way",
        "by_clerk",
        "by_state",
        "by_province",
        "by_outcome",
        "waits",
        "by_day",
        "by_hour",
        "by_weekday",
        "notes",
    ]
    assert (told["cases"]["registered"], told["consignments"]) == (2, 2)
    assert told["rates"][0] == {
        "key": "first_time",
        "name": "首次通过率",
        "part": 1,
        "whole": 1,
        "rate": 1.0,
    }
    assert told["rates"][1]["rate"] is None
    assert {state["key"]: state["count"] for state in told["by_state"]} == {"registered": 1, "reviewed": 1}
    assert (len(told["by_hour"]), len(told["by_weekday"]), sum(told["by_hour"])) == (24, 7, 2)
    assert {type(wait["p50"]) for wait in told["waits"]} == {float}
    assert len(told["journal"]["anchor"]) == 40


def test_in_words_each_view_stands_under_its_name(counter: Line, cases: list[str]) -> None:
    """And at the end how it was counted, and where it comes from."""
    said = counter("statistics", "show", as_="8001").out

    assert "收件 2 件" in said
    for view in ("概况", "事项", "省份", "结果", "经办", "时限", "时段"):
        assert f"【{view}】" in said
    assert "来源：未核对" in said
    assert "链首码" in said.splitlines()[-1]


def test_a_time_without_cases(counter: Line, cases: list[str]) -> None:
    """无 and nought, and nothing breaks."""
    told = counter(
        "statistics", "show", "--since", "2020-01-01", "--until", "2020-12-31", "--json", as_="9001"
    ).json["statistics"]

    assert (told["cases"]["registered"], told["waits"], told["by_day"]) == (0, [], {})


def test_a_file_by_its_ending(counter: Line, cases: list[str], tmp_path: Path) -> None:
    """CSV, XLSX and PDF; a second time it is refused, and so is what ends otherwise."""
    for name in ("a.csv", "a.xlsx", "a.pdf"):
        answer = counter("statistics", "export", str(tmp_path / name), "--json", as_="2001").json
        assert (answer["path"], answer["cases"]) == (str(tmp_path / name), 2)
    again = counter("statistics", "export", str(tmp_path / "a.csv"), as_="2001")
    wrong = counter("statistics", "export", str(tmp_path / "a.doc"), as_="2001")

    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert (again.exit_code, again.code) == (3, "file-exists")
    assert (wrong.exit_code, wrong.code) == (2, "file-ending")


def test_detail_has_the_numbers_as_they_are(counter: Line, cases: list[str], tmp_path: Path) -> None:
    """Twenty digits, in the order in which they were registered."""
    file = tmp_path / "明细.xlsx"

    said = counter("statistics", "detail", str(file), as_="2001").out

    table = spreadsheets.columns(
        spreadsheets.read(file), [spreadsheets.Column(head, (head,)) for head in DETAIL_HEADS]
    )
    assert [line.cells["办件编号"] for line in table.lines] == cases
    assert "已导出明细" in said


@pytest.mark.parametrize("verb", [("show",), ("export", "x.csv"), ("detail", "x.csv")])
def test_a_clerk_is_told_whose_they_are(counter: Line, cases: list[str], verb: tuple[str, ...]) -> None:
    """No figure of a colleague reaches the counter."""
    answer = counter("statistics", *verb, as_="1001")

    assert answer.exit_code == 3
    assert answer.code in ("statistics-role", "wrong-role")


def test_days_that_are_none(counter: Line, cases: list[str]) -> None:
    """Wrong usage, with the way a day is written."""
    answer = counter("statistics", "show", "--since", "上月", as_="2001")

    assert (answer.exit_code, answer.code) == (2, "day-impossible")
