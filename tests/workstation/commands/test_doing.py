"""Noun `doing`, typed: the acts panel of a window, for people and for programs."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.line import Line
from workstation.acts import inputs

INTAKE: Any = msgspec.to_builtins(inputs.EXAMPLE_INTAKE)


@pytest.fixture
def number(counter: Line) -> str:
    """A case that was registered at window 3 today."""
    answer = counter("case", "register", "--json", "-", stdin=INTAKE, as_="1001")
    assert answer.exit_code == 0, answer
    return str(answer.json["case"]["number"])


def test_what_was_done_is_one_document(counter: Line, number: str) -> None:
    """Entries, sheets, what waits, open tasks and drafts, under their names."""
    counter("draft", "save", "--kind", "intake", "--json", "-", stdin=INTAKE, as_="1001")

    told = counter("doing", "list", "--json", as_="1002").json

    assert set(told) == {
        "day", "entries", "more", "papers", "promised", "waiting", "open_tasks", "drafts",
    }  # fmt: skip
    newest, registered, *_ = told["entries"]
    assert (newest["act"], registered["act"], registered["object"]) == ("make_paper", "register", number)
    assert registered["operator"] == "1001"
    assert registered["at"].startswith(told["day"])
    assert [(paper["kind"], paper["state"]) for paper in told["papers"]] == [("intake_slip", "made")]
    assert (told["promised"], told["waiting"], told["open_tasks"], told["drafts"]) == ([], [], 0, 1)


def test_what_was_done_is_said_in_words(counter: Line, number: str) -> None:
    """Acts and papers by their Chinese names, then what is left."""
    said = counter("doing", "list", as_="1001").out

    assert f"收件登记  {number}" in said
    assert "今天的纸面：1 张" in said
    assert "收件凭证" in said
    assert "未了结的待办：0 件；草稿：0 份。" in said


def test_so_many_are_listed(counter: Line, number: str) -> None:
    """And it is said that there are more."""
    told = counter("doing", "list", "--count", "1", "--json", as_="1001").json

    assert (len(told["entries"]), told["more"]) == (1, True)
    assert "（更早的没有列出）" in counter("doing", "list", "--count", "1", as_="1001").out


def test_another_window_is_another_list(counter: Line, number: str) -> None:
    """`--window` says whose."""
    told = counter("doing", "list", "--window", "7", "--json", as_="1001").json

    assert (told["entries"], told["papers"]) == ([], [])


def test_nobody_is_told_nothing(counter: Line) -> None:
    """Somebody has to sign in."""
    answer = counter("doing", "list")

    assert (answer.exit_code, answer.code) == (3, "nobody-signed-in")
