"""Refusals several acts share: what is said of a number that nobody has fits the number."""

from __future__ import annotations

import pytest

from tests.builders import assert_explained
from workstation.acts import refusals
from workstation.errors import on_screen

CASE = "13501021012632400019"
"""Its check digit is right."""
CHECKED = "；校验位正确也不等于存在。"


@pytest.mark.parametrize(("kind", "number"), [("case", CASE), ("paper", CASE), ("consignment", f"{CASE}-7")])
def test_a_right_check_digit_does_not_make_a_number_exist(kind: str, number: str) -> None:
    """Said where somebody may rely on it: our own numbers, and what begins with one."""
    refusal = refusals.not_found(kind, number)

    assert_explained(refusal, f"{kind}-not-found")
    assert number in refusal.what
    assert refusal.why.endswith(CHECKED)


@pytest.mark.parametrize(
    ("kind", "number"),
    [("item", "999"), ("user", "1009"), ("task", "t-9"), ("case", "99"), ("case", f"{CASE[:-1]}8")],
)
def test_a_number_without_a_right_check_digit_is_told_nothing_of_it(kind: str, number: str) -> None:
    """Codes of items, people and tasks have none; one that is wrong says nothing either."""
    refusal = refusals.not_found(kind, number)

    assert_explained(refusal, f"{kind}-not-found")
    assert refusal.why == "本大厅的账上查不到这个编号。"


def test_an_office_nobody_knows_is_to_be_added() -> None:
    """An office's code is the hall's own: it stands in the directory once somebody has put it there."""
    refusal = refusals.not_found("office", "450199-hz")

    assert_explained(refusal, "office-not-found")
    assert refusal.why == "通讯录里没有。"
    assert on_screen(refusal.next) == "请先在“属地部门”里新增或导入，或登记时把这个部门的地址写全。"
