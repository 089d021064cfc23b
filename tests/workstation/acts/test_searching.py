"""Cases are found by number, its end, ID number, telephone and name, although no name is stored in clear."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import a_case, a_person, an_intake
from workstation.acts import registration, searching
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState


@pytest.fixture
def case(desk: Desk) -> str:
    """The number of one case among others."""
    registration.register(desk, an_intake(applicant=a_person("王别人", phone="13800000002")))
    return registration.register(desk, an_intake()).number


def found(desk: Desk, text: str) -> list[str]:
    """The numbers of the cases that fit."""
    return [case.number for case in searching.search(desk, text)]


@pytest.mark.parametrize(
    "text", ["覃示例", " 覃 示 例 ", "示例", "覃", "13900000001", "139 0000 0001", "１３９００００００01"]
)
def test_a_person_is_found_by_name_part_of_it_or_telephone(desk: Desk, case: str, text: str) -> None:
    """However it is typed."""
    assert found(desk, text) == [case]


def test_an_id_number_finds_all_cases_of_a_person(desk: Desk, case: str) -> None:
    """Newest first."""
    later = registration.register(desk, an_intake()).number

    assert found(desk, "450103199003070004")[:2] == [later, case]


def test_a_number_finds_its_case(desk: Desk, case: str) -> None:
    """Whole, in groups, or the four or five digits at its end."""
    assert found(desk, case) == [case]
    assert found(desk, f"{case[:10]} {case[10:]}") == [case]
    assert case in found(desk, case[-5:])
    assert case in found(desk, case[-5:-1])


@pytest.mark.parametrize(
    "text",
    ["", "   ", "李四", "13900000009", "13501021012632499990", "0", "%", "%覃%", "a" * 5000, "😀", "'; --"],
)
def test_what_fits_nothing_finds_nothing(desk: Desk, case: str, text: str) -> None:
    """Signs of a pattern are no pattern here."""
    assert found(desk, text) == []


@pytest.mark.parametrize("text", ["\x00", "覃\x00", "\ud800", "示例\udcff"])
def test_damaged_text_finds_nothing(desk: Desk, case: str, text: str) -> None:
    """A half character is in no name, and no reason to stop."""
    assert found(desk, text) == []


def test_a_closed_case_is_found_by_its_whole_name_for_ever(desk: Desk, case: str) -> None:
    """And by a part of it for ninety days."""
    closed = a_case(desk, CaseState.CLOSED, applicant=a_person("欧阳已结", phone="13800000003")).number
    clock = desk.store.clock
    assert isinstance(clock, builders.Ticking)

    assert found(desk, "已结") == [closed]
    clock.start += searching.RECENT_MS + 1000

    assert found(desk, "已结") == []
    assert found(desk, "欧阳已结") == [closed]
    assert found(desk, "示例") == [case]
