"""受理 and 不予受理: never without the home office's grant, and then with all that the law asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests import builders
from tests.builders import agreed, refused, with_second
from workstation.acts import acceptance, formal_review, papers
from workstation.acts.acceptance import Grounds
from workstation.acts.desk import Desk
from workstation.acts.inputs import Finding
from workstation.domain.case import CaseState, Holder

GROUNDS = Grounds(
    reason="所申请的事项不属于该部门",
    legal_basis="示例依据",
    remedies="示例救济途径和期限",
    authority="示例市民政局",
)


@pytest.fixture
def case(desk: Desk, undrawn: None) -> str:
    """A reviewed case."""
    return builders.a_case(desk).number


@pytest.fixture
def fresh(desk: Desk, undrawn: None) -> str:
    """A registered case."""
    return builders.a_case(desk, CaseState.REGISTERED).number


@pytest.mark.parametrize("terms", [None, {"powers": ()}, {"powers": ("notify", "verify_originals", "serve")}])
def test_without_the_grant_no_acceptance_can_be_printed(
    desk: Desk, case: str, terms: dict[str, Any] | None
) -> None:
    """No agreement, an empty one, or one of the three other powers: 收件 is not 受理."""
    if terms is not None:
        agreed(desk, **terms)

    with refused(desk, "power-not-granted") as caught:
        acceptance.accept(desk, case, legal_basis="示例依据", limit="20 个工作日")

    assert "收件受理权" in caught.value.what


def test_without_the_grant_no_refusal_can_be_printed(desk: Desk, fresh: str) -> None:
    """不予受理 is the home authority's word just as much."""
    with refused(desk, "power-not-granted"):
        acceptance.refuse(with_second(desk), fresh, grounds=GROUNDS)


@pytest.mark.parametrize("terms", [{"valid_from": "2026-12-01"}, {"valid_to": "2026-11-19"}, {"item": "63"}])
def test_a_grant_holds_for_its_days_and_its_item(desk: Desk, case: str, terms: dict[str, Any]) -> None:
    """Not yet, no more, or for another item is none."""
    agreed(desk, **terms)

    with refused(desk, "power-not-granted"):
        acceptance.accept(desk, case, legal_basis="示例依据", limit="20 个工作日")


def test_with_the_grant_it_names_the_agreement(desk: Desk, case: str) -> None:
    """By whose power, on what basis, until when, and for which papers; the state stays as it is."""
    agreed(desk)

    paper = acceptance.accept(desk, case, legal_basis="示例依据", limit="20 个工作日")

    with desk.reading() as reading:
        facts = papers.facts_of(reading, paper.number)
    assert facts["agreement.number"] == "示例协议 1 号"
    assert (facts["acceptance.legal_basis"], facts["acceptance.limit"]) == ("示例依据", "20 个工作日")
    assert "开具户籍类证明申请表" in {row["name"] for row in facts["rows"]}
    assert builders.case_of(desk, case).state == CaseState.REVIEWED


def test_what_was_not_handed_in_is_not_listed(desk: Desk, undrawn: None) -> None:
    """A row that is pledged for or scanned has no paper here, and the paper names papers."""
    agreed(desk)
    case = builders.a_case(desk, CaseState.REGISTERED, without=("statement",)).number
    builders.pledged(desk, case, kind="pledged")
    rows = [row for row in builders.open_rows(desk, case) if row.row_id != "statement"]
    findings = [Finding(row="statement", way="pledged"), *(builders.passing(row) for row in rows)]
    formal_review.review(desk, case, findings)

    paper = acceptance.accept(desk, case, legal_basis="示例依据", limit="20 个工作日")

    with desk.reading() as reading:
        facts = papers.facts_of(reading, paper.number)
    assert [row["name"] for row in facts["rows"]] == ["开具户籍类证明申请表", "申请人居民身份证"]


def test_what_is_still_to_come_keeps_it_back(desk: Desk, undrawn: None) -> None:
    """It says that everything is there; with a deferred row that is not true yet."""
    case = builders.a_deferring_case(desk).number
    with refused(desk, "acceptance-deferred") as caught:
        acceptance.accept(desk, case, legal_basis="示例依据", limit="20 个工作日")
    assert "无法取得居民户口簿的情况说明" in caught.value.why

    builders.brought(desk, case)

    assert acceptance.accept(desk, case, legal_basis="示例依据", limit="20 个工作日").kind == "acceptance"


def test_it_is_issued_once(desk: Desk, case: str) -> None:
    """What is wanted a second time is a numbered copy."""
    agreed(desk)
    paper = acceptance.accept(desk, case, legal_basis="示例依据", limit="20 个工作日")

    with refused(desk, "acceptance-issued") as caught:
        acceptance.accept(desk, case, legal_basis="示例依据", limit="20 个工作日")

    assert paper.number in caught.value.why
    assert papers.reprint(desk, paper.number, reason="damaged").copy == 2


def test_a_refusal_takes_two_and_names_the_right_authority(desk: Desk, fresh: str) -> None:
    """行政许可法 32(2): which authority it is; the papers go back and the case ends."""
    agreed(desk)
    with refused(desk, "second-needed"):
        acceptance.refuse(desk, fresh, grounds=GROUNDS)

    case = acceptance.refuse(with_second(desk), fresh, grounds=GROUNDS)

    assert (case.state, case.right_authority) == (CaseState.DECLINED, "示例市民政局")
    paper = builders.paper_of(desk, f"{fresh}-1", "non_acceptance")
    with desk.reading() as reading:
        facts = papers.facts_of(reading, paper.number)
        assert {piece.holder for piece in reading.pieces.where(case_number=fresh)} == {Holder.APPLICANT}
    assert facts["non_acceptance.remedies"] == "示例救济途径和期限"


@pytest.mark.parametrize("field", ["reason", "legal_basis", "remedies"])
def test_nothing_of_it_is_left_out(desk: Desk, fresh: str, field: str) -> None:
    """A paper without its reason, its basis or the way to object is none."""
    agreed(desk)

    with refused(desk, "plain-text-empty"):
        acceptance.refuse(with_second(desk), fresh, grounds=replace(GROUNDS, **{field: " "}))
