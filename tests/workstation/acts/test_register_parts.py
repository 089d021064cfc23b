"""What registers are made of: columns filled from a line, persons by the way of looking, values joined."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.builders import a_case
from workstation.acts.desk import Desk
from workstation.acts.register_parts import Column, Look, Register, joined, minutes

LETTERS: Register[str, str] = Register(
    key="letters",
    title="字母",
    explains="一个字母一行。",
    columns=(Column("字母", str), Column("大写", str.upper, personal=True)),
    keys=lambda *_: "ab",
    line=lambda _, key: key,
)


def test_a_line_is_filled_column_by_column(desk: Desk) -> None:
    """The ordinal first."""
    with desk.reading() as reading:
        assert LETTERS.cells(Look(reading, desk.hall), 7, "b") == ("7", "b", "B")


def test_a_head_says_that_persons_stand_in_clear() -> None:
    """Over the columns about persons, and over no other."""
    assert LETTERS.heads() == ("序号", "字母", "大写")
    assert LETTERS.heads(clear=True) == ("序号", "字母", "大写（明文）")


def test_a_person_stands_masked_or_in_clear(desk: Desk) -> None:
    """A passport by its own rule; what is not there is empty."""
    case = a_case(desk)
    with desk.reading() as reading:
        masked, clear = Look(reading, desk.hall), Look(reading, desk.hall, clear=True)

        assert (masked.person(case, "applicant_name"), clear.person(case, "applicant_name")) == (
            "覃**",
            "覃示例",
        )
        assert masked.person(case, "agent_name") == clear.person(case, "agent_name") == ""
        passport = replace(case, applicant_id_kind="passport", applicant_id="E12345678")
        assert masked.person(passport, "applicant_id") not in ("", "E12345678")


def test_an_item_and_a_calendar_are_asked_for_once(desk: Desk) -> None:
    """The same item stands on most lines; a province has one calendar."""
    with desk.reading() as reading:
        look = Look(reading, desk.hall)

        assert look.item("59") is look.item("59")
        assert look.calendar("450000") is look.calendar("450000")
        assert look.calendar("450000").is_working_day(date(2026, 11, 20))


def test_values_are_joined_each_once() -> None:
    """What is not there leaves no mark."""
    assert joined(["甲", None, "", "乙", "甲"]) == "甲；乙"
    assert minutes([None, 1795136400000]) == "2026-11-20 09:00"
