"""Noun `pool`, typed: numbers come in by span, list or pipe; what is left is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.line import Line
from workstation.acts import pools

FIRST, LAST = "EE000000014CN", "EE000000990CN"


def status(counter: Line) -> Any:
    """What is in the pool."""
    return counter("pool", "status", "--json", as_="1001").json["pool"]


def test_a_span_comes_in(counter: Line) -> None:
    """The count is told, and what is there now."""
    answer = counter("pool", "import", "--first", FIRST, "--last", LAST, as_="2001")

    assert answer.out == "已导入 99 个运单号。\n号码池：未用 99 个，已用 0 个，作废 0 个。\n"
    assert status(counter) == {"free": 99, "bound": 0, "spent": 0, "low_at": 50, "is_low": False}


def test_a_list_comes_in_from_a_file_or_a_pipe(counter: Line, tmp_path: Path) -> None:
    """As the post gives it; few numbers are told as few."""
    path = tmp_path / "号码.txt"
    path.write_text(f"{FIRST}\n1136281381675\n", encoding="utf-8")

    filed = counter("pool", "import", "--list", str(path), "--json", as_="9001")
    piped = counter("pool", "import", "--list", "-", as_="2001", stdin="1136281381676，1136281381677")

    assert (filed.json["imported"], filed.json["pool"]["is_low"]) == (2, True)
    assert "已导入 2 个" in piped.out
    assert "注意：未用的只剩 4 个（剩 50 个起提醒）" in piped.out


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--first", FIRST),
        ("--last", LAST),
        ("--first", FIRST, "--last", LAST, "--list", "-"),
        ("--first", FIRST, "--list", "-"),
    ],
)
def test_a_span_or_a_list_must_be_named(counter: Line, words: tuple[str, ...]) -> None:
    """One of the two, and the span whole."""
    answer = counter("pool", "import", *words, "--json", as_="2001")

    assert (answer.exit_code, answer.code) == (2, "argument-missing")


@pytest.mark.parametrize(
    ("text", "code", "exit_code"),
    [
        ("", "pool-empty", 2),
        ("EE000000015CN", "pool-check-digit", 2),
        ("1136281381675-1136281381699", "pool-never-computed", 2),
        (b"\xff\xfe", "pool-list-not-utf8", 2),
        ("0" * (pools.LARGEST + 10), "pool-list-too-large", 2),
    ],
)
def test_a_list_that_cannot_be_taken_is_refused(
    counter: Line, text: str | bytes, code: str, exit_code: int
) -> None:
    """Told by its code, and none of it is taken."""
    answer = counter("pool", "import", "--list", "-", "--json", as_="2001", stdin=text)

    assert (answer.exit_code, answer.code) == (exit_code, code)
    assert status(counter)["free"] == 0


def test_a_file_that_is_not_there_fails_outside(counter: Line, tmp_path: Path) -> None:
    """Its name is told."""
    answer = counter("pool", "import", "--list", str(tmp_path / "gone.txt"), "--json", as_="2001")

    assert (answer.exit_code, answer.code) == (4, "file-unreadable")
    assert "gone.txt" in answer.out


def test_a_span_that_came_in_before_is_refused(counter: Line) -> None:
    """Typed twice."""
    counter("pool", "import", "--first", FIRST, "--last", LAST, as_="2001")

    answer = counter("pool", "import", "--first", FIRST, "--last", LAST, "--json", as_="2001")

    assert (answer.exit_code, answer.code) == (3, "pool-number-known")


def test_a_bad_number_is_spent(counter: Line) -> None:
    """Once; a clerk asks a supervisor."""
    counter("pool", "import", "--first", FIRST, "--last", LAST, as_="2001")

    assert counter("pool", "spend", FIRST, as_="1001").code == "wrong-role"
    answer = counter("pool", "spend", FIRST, as_="2001")
    again = counter("pool", "spend", FIRST, "--json", as_="2001")

    assert answer.out == f"运单号 {FIRST} 已作废，不会再取用。\n"
    assert (again.exit_code, again.code) == (3, "pool-number-not-free")
    assert status(counter)["spent"] == 1
    assert counter("pool", "spend", "EE999999995CN", "--json", as_="2001").exit_code == 3


def test_the_hall_decides_when_its_stock_is_low(counter: Line) -> None:
    """The figure stands in the settings."""
    assert counter.home
    path = counter.home / "settings.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("low_stock = 50", "low_stock = 99"), encoding="utf-8")

    answer = counter("pool", "import", "--first", FIRST, "--last", LAST, "--json", as_="2001")

    assert answer.json["pool"]["low_at"] == 99
    assert answer.json["pool"]["is_low"] is True


def test_a_line_that_only_looks_takes_nothing_in(counter: Line) -> None:
    """`--readonly` looks at the stock and leaves it."""
    answer = counter("pool", "import", "--first", FIRST, "--last", LAST, "--readonly", "--json", as_="2001")

    assert (answer.exit_code, answer.code) == (3, "read-only")
    assert status(counter)["free"] == 0
