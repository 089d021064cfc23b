"""Noun `worklist`, typed: pages and counts, in words and as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders, halls
from tests.line import Line
from workstation import bootstrap
from workstation.acts import registration
from workstation.acts.worklists import MOST, Worklist
from workstation.domain.consignment import ConsignmentState


@pytest.fixture
def cases(counter: Line) -> list[str]:
    """Three registered cases, newest first, and one whose envelope is sealed."""
    desk = halls.seat(bootstrap.open_desk(Path(str(counter.home))), halls.CLERK)
    with builders.no_ink():
        builders.a_consignment(desk, ConsignmentState.SEALED)
        numbers = [registration.register(desk, builders.an_intake()).number for _ in range(3)]
    desk.store.engine.close()
    return numbers[::-1]


def test_a_page_is_shown_in_words(counter: Line, cases: list[str]) -> None:
    """State, item, applicant masked; and what to type for the next page."""
    answer = counter("worklist", "show", "registered", "--count", "2", as_="1001")

    assert answer.exit_code == 0
    assert [number in answer.out for number in cases] == [True, True, False]
    assert "已收件" in answer.out
    assert "覃**" in answer.out
    assert "覃示例" not in answer.out
    assert f":{cases[1]}" in answer.out.splitlines()[-1]
    assert "--after" in answer.out.splitlines()[-1]


def test_pages_follow_each_other(counter: Line, cases: list[str]) -> None:
    """The position that a page gives brings the next; the last page gives none."""
    first = counter("worklist", "show", "registered", "--count", "2", "--json", as_="1001").json
    second = counter(
        "worklist", "show", "registered", "--after", first["more_after"], "--json", as_="1001"
    ).json

    assert [line["id"] for line in (*first["lines"], *second["lines"])] == cases
    assert first["more_after"] == first["lines"][-1]["key"]
    assert second["more_after"] is None


def test_a_line_as_json(counter: Line, cases: list[str]) -> None:
    """English identifiers, times with their zone, nothing of a person but the masked name."""
    (line,) = counter("worklist", "show", "sealed", "--json", as_="1001").json["lines"]

    assert line["id"] == f"{line['number']}-1"
    assert (line["state"], line["item"], line["applicant"], line["by"]) == ("sealed", "59", "覃**", "1001")
    assert line["at"].endswith("+08:00")
    assert set(line) == {
        "key", "number", "id", "state", "item", "title", "applicant", "office", "at", "by",
    }  # fmt: skip


def test_an_empty_list_says_so(counter: Line) -> None:
    """In words; as JSON it is an empty list."""
    assert counter("worklist", "show", "decided", as_="1001").out.strip() == "“已决定”里没有。"
    empty: dict[str, object] = {"lines": [], "more_after": None}
    assert counter("worklist", "show", "decided", "--json", as_="1001").json == empty


def test_counts_are_told_by_list(counter: Line, cases: list[str]) -> None:
    """Every list that is counted, in the order a case goes through them."""
    answer = counter("worklist", "counts", "--json", as_="1001").json

    counted = {each["list"]: each["count"] for each in answer["lists"]}
    assert list(counted) == [name for name in Worklist if name not in ("ended", "all")]
    assert {name: n for name, n in counted.items() if n} == {"registered": 3, "sealed": 1}
    assert {each["more"] for each in answer["lists"]} == {False}
    assert "已封装" in counter("worklist", "counts", as_="1001").out


def test_a_list_with_more_than_is_counted(
    counter: Line, cases: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The count is a lower bound then, and says so."""
    assert MOST > 3
    monkeypatch.setattr("workstation.acts.worklists.MOST", 2)

    first = counter("worklist", "counts", "--json", as_="1001").json["lists"][0]

    assert (first["list"], first["count"], first["more"]) == ("registered", 2, True)
    assert "2+" in counter("worklist", "counts", as_="1001").out


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("registered", "--after", "x"),
        ("registered", "--after", "12"),
        ("registered", "--after", f"{'9' * 16}:1"),
        ("registered", "--after", "1:\x00"),
        ("registered", "--after", "1:号"),
        ("registered", "--count", "-1"),
        ("registered", "--count", "many"),
    ],
)
def test_what_cannot_be_a_page_is_refused(counter: Line, words: tuple[str, ...]) -> None:
    """With exit code 2, before anything is asked."""
    answer = counter("worklist", "show", *words, as_="1001")

    assert answer.exit_code == 2
    assert answer.code.startswith("argument-")
