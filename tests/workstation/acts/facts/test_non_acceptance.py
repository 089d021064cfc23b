"""The 不予受理通知书: reason, law, right authority and remedies, each as given."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import builders
from tests.workstation.acts.facts.written import at_window, on_paper
from workstation.acts.desk import Desk
from workstation.acts.facts import Facts, non_acceptance
from workstation.acts.facts.non_acceptance import NonAcceptance
from workstation.domain.case import Case, CaseState
from workstation.domain.times import minute


@pytest.fixture
def case(desk: Desk) -> Case:
    """A case for two home offices."""
    return builders.a_case(desk, CaseState.REGISTERED, offices=2)


@pytest.fixture
def given(desk: Desk, case: Case) -> NonAcceptance:
    """A whole reason, with all that was handed in."""
    return NonAcceptance(
        agreement_number="未载文号",
        reason="不属于本机关职权范围",
        legal_basis="行政许可法第三十二条",
        right_authority="示例市民政局",
        remedies="经办人员填写的途径和期限",
        rows=builders.open_rows(desk, case.number)[:2],
    )


def told(desk: Desk, case: Case, given: NonAcceptance) -> tuple[Facts, int]:
    """The facts as the act would promise them, and its time."""
    consignment = builders.consignment_of(desk, f"{case.number}-1")
    with at_window(desk) as work:
        return non_acceptance.facts(work, desk.hall, case, consignment, given=given), work.now


def test_reason_law_authority_and_remedies_stand_as_given(
    desk: Desk, case: Case, given: NonAcceptance
) -> None:
    """The right authority is named (行政许可法 32(2)), and nothing is added to the remedies."""
    paper = on_paper("non_acceptance", told(desk, case, given)[0])

    assert "不予受理理由：不属于本机关职权范围\n" in paper
    assert "法律依据：行政许可法第三十二条\n" in paper
    assert "应当申请的机关：示例市民政局\n" in paper
    assert "救济途径：经办人员填写的途径和期限\n" in paper
    assert "与示例市第1公安局示例派出所的协议（未载文号）" in paper


def test_where_no_permit_is_needed_there_is_no_authority(
    desk: Desk, case: Case, given: NonAcceptance
) -> None:
    """行政许可法 32(1): the paper says that no other authority comes in, rather than a dash."""
    facts, _ = told(desk, case, replace(given, right_authority=None))

    assert facts.values["non_acceptance.right_authority"] == "不涉及其他机关"


def test_the_materials_are_named_and_counted(desk: Desk, case: Case, given: NonAcceptance) -> None:
    """They go back, so the applicant can check them."""
    facts, _ = told(desk, case, given)

    assert facts.values["materials.names"] == "、".join(row.name for row in given.rows)
    assert "上列申请材料共 2 项，退还申请人" in on_paper("non_acceptance", facts)


def test_who_says_it_and_when_are_those_of_the_act(desk: Desk, case: Case, given: NonAcceptance) -> None:
    """A decision has a name and a time of its own, and belongs to the case."""
    facts, now = told(desk, case, given)

    assert facts.values["non_acceptance.by"] == "陈二河（1002）"
    assert facts.values["non_acceptance.at"] == minute(now)
    assert facts.case_number == case.number
