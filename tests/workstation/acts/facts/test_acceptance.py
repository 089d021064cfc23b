"""The 受理通知书: what is accepted for one home office, by its agreement, by whom and when."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import builders
from tests.workstation.acts.facts.written import at_window, on_paper
from workstation.acts.desk import Desk
from workstation.acts.facts import Facts, acceptance
from workstation.acts.facts.acceptance import Acceptance
from workstation.domain.case import Case, CaseState, Row
from workstation.domain.times import minute


@pytest.fixture
def case(desk: Desk) -> Case:
    """A case for two home offices."""
    return builders.a_case(desk, CaseState.REGISTERED, offices=2)


@pytest.fixture
def row(desk: Desk, case: Case) -> Row:
    """A row nobody has looked at yet."""
    return replace(builders.open_rows(desk, case.number)[0], form="copy_checked", copies=2)


def told(desk: Desk, case: Case, *rows: Row) -> tuple[Facts, int]:
    """The facts as the act that accepts would promise them, and its time."""
    given = Acceptance(
        agreement_number="示例〔2026〕1号",
        legal_basis="经办人员填写的依据",
        rows=rows,
        limit="20个工作日",
    )
    consignment = builders.consignment_of(desk, f"{case.number}-2")
    with at_window(desk) as work:
        return acceptance.facts(work, desk.hall, case, consignment, given=given), work.now


def test_the_paper_names_one_office_and_its_agreement(desk: Desk, case: Case, row: Row) -> None:
    """What another home office of the case does is not its matter."""
    paper = on_paper("acceptance", told(desk, case, row)[0])

    assert "根据与示例市第2公安局示例派出所的协议（示例〔2026〕1号）" in paper
    assert "示例市第1公安局" not in paper
    assert "法律依据：经办人员填写的依据\n" in paper
    assert "办理期限：20个工作日\n" in paper


def test_who_accepts_and_when_are_those_of_the_act(desk: Desk, case: Case, row: Row) -> None:
    """受理 is not 收件: another clerk, another time, another window."""
    facts, now = told(desk, case, row)

    assert facts.values["acceptance.by"] == "陈二河（1002）"
    assert facts.values["acceptance.at"] == minute(now)
    assert facts.values["case.received_at"] == minute(case.registered_at)
    assert facts.values["window"] == "2"


def test_materials_stand_as_found_or_else_as_asked_for(desk: Desk, case: Case, row: Row) -> None:
    """The review's finding is what lies there; none handed in is told as none."""
    found = replace(row, found_form="copy", found_copies=3)
    image = replace(row, found_form="copy", found_copies=0)

    rows = told(desk, case, row, found, image)[0].values["rows"]

    assert rows == [
        {"seq": "1", "name": row.name, "kind": "复印件（核对原件）", "copies": "2"},
        {"seq": "2", "name": row.name, "kind": "复印件", "copies": "3"},
        {"seq": "3", "name": row.name, "kind": "复印件", "copies": "0"},
    ]


def test_the_telephone_is_masked(desk: Desk, case: Case, row: Row) -> None:
    """联系方式 is a field of the paper, and the paper does not tell the whole number."""
    facts, _ = told(desk, case, row)

    shown = str(facts.values["applicant.phone"])
    assert "*" in shown
    assert f"联系方式：{shown}\n" in on_paper("acceptance", facts)
    assert case.applicant_phone not in on_paper("acceptance", facts)
