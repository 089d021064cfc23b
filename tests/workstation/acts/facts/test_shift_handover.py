"""The 交接班单 on paper: who, what by reason, what goes over, two lines to sign; nobody who handed in."""

from __future__ import annotations

import datetime

import pytest

from tests.engines import OPENING
from tests.workstation.acts.facts.written import on_paper
from workstation.acts.desk import Desk
from workstation.acts.facts import shift_handover
from workstation.acts.queue_lines import Line, a_line

NUMBER = "13501021012632400019"


def a_silent(ordinal: int, **more: object) -> Line:
    """A line of the queue."""
    return a_line(
        "silent",
        f"{NUMBER}-{ordinal}",
        since=OPENING,
        told="等签收确认",
        case_number=NUMBER,
        office=f"示例市第{ordinal}公安局",
        **more,
    )


def told(desk: Desk, lines: list[Line], mine: list[Line]) -> str:
    """The sheet as it is read."""
    facts = shift_handover.facts(desk.hall, 2, lines, mine=mine, people=("1001", "1002"), now=OPENING)
    assert facts.case_number is None
    return on_paper("shift_handover", facts)


def test_who_hands_over_what_to_whom(desk: Desk) -> None:
    """Codes, counts by reason, and each line that goes over with its number, office and day."""
    handed = a_silent(1, due=datetime.date(2026, 11, 27))
    text = told(desk, [handed, a_silent(2)], [handed])

    assert "交班人工号" in text
    assert all(code in text for code in ("1001", "1002"))
    assert "沉默属地" in text
    assert handed.object in text
    assert f"{NUMBER}-2" not in text
    assert "2026-11-27" in text
    assert "示例市第1公安局" in text


def test_both_sign(desk: Desk) -> None:
    """Who goes and who comes, each with a day."""
    text = told(desk, [], [])

    assert "交班人签名" in text
    assert "接班人签名" in text


@pytest.mark.parametrize("count", [0, 1, 60])
def test_as_many_lines_as_there_are(desk: Desk, count: int) -> None:
    """None, one, and more than a page holds."""
    lines = [a_silent(ordinal) for ordinal in range(1, count + 1)]

    text = told(desk, lines, lines)

    assert all(line.object in text for line in lines)


def test_reasons_stand_in_the_order_of_the_queue(desk: Desk) -> None:
    """The worst first; a reason that has no line is left out."""
    mild = a_line("unreviewed", NUMBER, since=OPENING, told="")
    facts = shift_handover.facts(
        desk.hall, 2, [mild, a_silent(1)], mine=[mild], people=("1001", "1002"), now=OPENING
    )

    assert facts.values["reason_rows"] == [
        {"reason": "沉默属地", "open": "1", "handed": "0"},
        {"reason": "收件未审", "open": "1", "handed": "1"},
    ]
