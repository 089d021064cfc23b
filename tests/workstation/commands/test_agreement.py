"""Noun `agreement`, typed: entered from JSON, listed, shown, ended."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from tests.line import Line
from workstation.acts import inputs
from workstation.commands import nouns

TERMS: dict[str, Any] = json.loads(msgspec.json.encode(inputs.EXAMPLE_TERMS))
OFFICE: dict[str, Any] = {**msgspec.to_builtins(inputs.EXAMPLE_OFFICE), "code": TERMS["office"]}
ID = "450103-hz/63/1"


@pytest.fixture
def counter(counter: Line) -> Line:
    """A command line at a hall that knows one office."""
    assert counter("office", "add", "--json", "-", stdin=OFFICE, as_="1001").exit_code == 0
    return counter


def added(counter: Line, **changes: Any) -> Any:
    """The agreement of the example, with these changes."""
    answer = counter("agreement", "add", "--json", "-", stdin={**TERMS, **changes}, as_="2001")
    assert answer.exit_code == 0, answer.out
    return answer.json["agreement"]


def test_an_agreement_is_entered_from_json(counter: Line) -> None:
    """Lists come back as lists, the legs as an object, no last day as null; the number is not hidden."""
    agreement = added(counter)

    assert (agreement["id"], agreement["version"]) == (ID, 1)
    assert (agreement["powers"], agreement["deferrable_rows"]) == (["notify"], ["residence"])
    assert agreement["pledgeable_rows"] == []
    assert agreement["limits"] == {"accept": 1, "send": 2, "check": 1, "return": 1}
    assert (agreement["valid_from"], agreement["valid_to"]) == ("2026-01-01", None)
    assert agreement["document_number"] == "示例协议 1 号"


def test_an_agreement_is_shown_in_words(counter: Line) -> None:
    """All that it says; what is not written is said to be nothing."""
    added(counter)

    words = counter("agreement", "show", ID, as_="1001").out

    for said in (
        "一次性告知权",
        "2026-01-01 至 长期",
        "受理 1、寄出材料 2、核对移交 1、寄回结果 1",
        "residence",
    ):
        assert said in words
    assert "可告知承诺的材料：无" in words
    assert counter("agreement", "show", ID, "--json", as_="1001").json["agreement"]["id"] == ID


def test_agreements_are_listed_and_ended(counter: Line) -> None:
    """What is past is listed only with all."""
    added(counter)
    added(counter, item="59", deferrable_rows=[])

    ended = counter("agreement", "end", ID, "--on", "2026-03-31", as_="2001")

    assert ended.out == f"协议 {ID} 到 2026-03-31 为止，当天仍有效。\n"
    assert ids(counter) == ["450103-hz/59/1"]
    assert ids(counter, "--all") == ["450103-hz/59/1", ID]
    assert ids(counter, "--all", "--item", "63") == [ID]
    assert ids(counter, "--office", "450103-hz") == ["450103-hz/59/1"]
    assert "一次性告知权" in counter("agreement", "list", as_="1001").out


def ids(counter: Line, *words: str) -> list[str]:
    """Ids of the agreements that are listed."""
    answer = counter("agreement", "list", *words, "--json", as_="1001")
    return [agreement["id"] for agreement in answer.json["agreements"]]


@pytest.mark.parametrize(
    ("words", "as_", "stdin", "code", "exit_code"),
    [
        (["add"], "2001", None, "input-missing", 2),
        (["add", "--json", "-"], "1001", TERMS, "wrong-role", 3),
        (["add", "--json", "-"], None, TERMS, "nobody-signed-in", 3),
        (["add", "--json", "-"], "2001", TERMS | {"kindness": 1}, "input-unknown-field", 2),
        (["add", "--json", "-"], "2001", TERMS | {"limits": {"accept": "1"}}, "input-wrong-type", 2),
        (["add", "--json", "-"], "2001", TERMS | {"limits": {"accept": True}}, "input-wrong-type", 2),
        (["add", "--json", "-"], "2001", TERMS | {"powers": ["decide"]}, "code-unknown", 2),
        (["add", "--json", "-"], "2001", TERMS | {"valid_to": "2025-01-01"}, "agreement-ends-before", 3),
        (["add", "--json", "-"], "2001", TERMS | {"office": "430102-hz"}, "office-not-found", 3),
        (["list", "--office", "430102-hz"], "1001", None, "office-not-found", 3),
        (["show", "450103-hz/63/9"], "1001", None, "agreement-not-found", 3),
        (["end", "450103-hz/63/9"], "2001", None, "agreement-not-found", 3),
        (["end", "450103-hz/63/9", "--on", "x"], "2001", None, "day-impossible", 2),
        (["end"], "2001", None, "argument-missing", 2),
        (["list"], None, None, "nobody-signed-in", 3),
    ],
)  # fmt: skip
def test_each_refusal_has_its_code(
    counter: Line, words: list[str], as_: str | None, stdin: object, code: str, exit_code: int
) -> None:
    """And its exit code: 2 where nothing was tried, 3 where it was refused."""
    answer = counter("agreement", *words, stdin=stdin, as_=as_)

    assert (answer.code, answer.exit_code) == (code, exit_code)


def test_two_on_one_day_are_refused_with_a_line_to_type(counter: Line) -> None:
    """The refusal names the command that ends the former."""
    added(counter)

    answer = counter("agreement", "add", "--json", "-", stdin=TERMS, as_="2001")

    assert (answer.code, answer.exit_code) == ("agreement-overlaps", 3)
    assert f"agreement end {ID}" in answer.json["error"]["next"]


def test_who_looked_before_the_change_is_told(counter: Line) -> None:
    """By the version given with `--seen`."""
    added(counter)
    counter("agreement", "end", ID, "--on", "2027-01-31", as_="2001")

    assert counter("agreement", "end", ID, "--seen", "1", as_="2001").code == "changed-meanwhile"


def test_the_schema_and_the_help_need_nobody(line: Line) -> None:
    """Neither home nor operator."""
    assert line("agreement", "add", "--schema").json["example"] == TERMS
    assert "协议" in line("--help").out
    assert list(nouns.load("agreement").known) == ["add", "list", "show", "end"]
