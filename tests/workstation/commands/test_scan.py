"""`scan CODE` and `scan --log`: what a code means, and what has been scanned."""

from __future__ import annotations

import datetime

import pytest

from tests.halls import CLERK, PLAN
from tests.line import Line
from workstation.domain import codes

NEVER_ISSUED = codes.compose(
    codes.Kind.CASE,
    codes.HallCode(PLAN.division, PLAN.digit),
    window=3,
    day=datetime.date(2026, 11, 20),
    serial=77,
)


def test_a_badge_is_told_and_logged(counter: Line) -> None:
    """What it is, what it leads to; and the log has it under the person's code."""
    badge = next(
        user["badge"] for user in counter("user", "list", "--json", as_="9001").json["users"] if user["badge"]
    )

    answer = counter("scan", badge, "--json", as_=CLERK)
    listed = counter("scan", "--log", "--json", as_=CLERK).json["scans"]

    assert (answer.exit_code, answer.json["logged"]) == (0, True)
    assert (answer.json["scan"]["kind"], answer.json["scan"]["object"]) == ("badge", "5001")
    assert [(e["grade"], e["object"], e["operator"], e["window"]) for e in listed] == [
        ("recognised", "5001", CLERK, 3)
    ]
    assert "胸牌" in counter("scan", badge, as_=CLERK).out


def test_a_refused_scan_is_logged_too(counter: Line) -> None:
    """The refusal is that of the resolver; the log names it and not what was read."""
    refused = counter("scan", "350102199001011234", as_=CLERK)
    unknown = counter("scan", NEVER_ISSUED, as_=CLERK)

    assert (refused.exit_code, refused.code) == (3, "scan-too-short")
    assert (unknown.exit_code, unknown.code) == (3, "code-not-issued")
    listed = counter("scan", "--log", as_=CLERK)
    assert [word in listed.out for word in ("不认识", "scan-too-short", "code-not-issued")] == [True] * 3
    assert "350102199001011234" not in listed.out


def test_the_log_is_cut_where_it_is_asked_to_be(counter: Line) -> None:
    """By count and by time; an empty one says so."""
    assert counter("scan", "--log", as_=CLERK).out == "没有扫描记录。\n"
    for _ in range(3):
        counter("scan", NEVER_ISSUED, as_=CLERK)

    assert len(counter("scan", "--log", "--count", "2", "--json", as_=CLERK).json["scans"]) == 2
    assert counter("scan", "--log", "--since", "2999-01-01", "--json", as_=CLERK).json == {"scans": []}


@pytest.mark.parametrize("words", [(), (NEVER_ISSUED, "--log")])
def test_a_code_or_the_log(counter: Line, words: tuple[str, ...]) -> None:
    """One of the two, and never both."""
    answer = counter("scan", *words, as_=CLERK)

    assert (answer.exit_code, answer.code) == (2, "scan-or-log")


def test_a_line_that_only_looks_leaves_no_trace(counter: Line) -> None:
    """`--readonly` scans and logs nothing."""
    assert counter("--readonly", "scan", NEVER_ISSUED, as_=CLERK).code == "code-not-issued"
    assert counter("scan", "--log", "--json", as_=CLERK).json == {"scans": []}
