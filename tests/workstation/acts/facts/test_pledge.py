"""The 容缺后补、告知承诺书: each row with its way, standard and day, and the check made before."""

from __future__ import annotations

import pytest

from tests import builders
from tests.engines import OPENING
from tests.workstation.acts.facts.written import at_window, on_paper
from workstation.acts.desk import Desk
from workstation.acts.facts import Facts, pledge
from workstation.acts.facts.pledge import Terms
from workstation.domain.case import Case, CaseState


@pytest.fixture
def case(desk: Desk) -> Case:
    """A case for two home offices."""
    return builders.a_case(desk, CaseState.REGISTERED, offices=2)


def told(desk: Desk, case: Case) -> Facts:
    """The first two rows pledged, one of each kind."""
    first, second = builders.open_rows(desk, case.number)[:2]
    given = Terms(
        office_name="示例市第2公安局示例派出所",
        agreement_number="未载文号",
        rows=[(first, "容缺后补", "2026-12-11"), (second, "告知承诺", "2026-12-18")],
        credit_source="示例信用网站",
        credit_checked_at=OPENING,
        verification="示例：收到时核对",
        consequence="示例：终止办理",
    )
    with at_window(desk) as work:
        return pledge.facts(work, desk.hall, case, given=given)


def test_each_row_has_its_way_its_standard_and_its_day(desk: Desk, case: Case) -> None:
    """What is pledged is told in full (闽审改办〔2023〕2号: 承诺内容检查标准、必须提供的材料范围)."""
    first, second = builders.open_rows(desk, case.number)[:2]

    facts = told(desk, case)

    assert facts.values["rows"] == [
        {
            "seq": "1",
            "material": first.name,
            "kind": "容缺后补",
            "standard": first.standard,
            "due": "2026-12-11",
        },
        {
            "seq": "2",
            "material": second.name,
            "kind": "告知承诺",
            "standard": second.standard,
            "due": "2026-12-18",
        },
    ]
    assert facts.values["count.rows"] == "2"


def test_the_credit_check_is_told_with_source_and_time(desk: Desk, case: Case) -> None:
    """Unrepaired 失信 bars this way (厦审改办〔2024〕12号), so the check itself is on paper."""
    assert "失信查询：示例信用网站，2026-11-20 09:00\n" in on_paper("pledge", told(desk, case))


def test_only_the_office_that_allows_it_is_named(desk: Desk, case: Case) -> None:
    """With several home offices the pledge is one office's, with its agreement."""
    paper = on_paper("pledge", told(desk, case))

    assert "与示例市第2公安局示例派出所的协议（未载文号）" in paper
    assert "示例市第1公安局" not in paper


def test_the_paper_belongs_to_the_case_and_hides_the_person(desk: Desk, case: Case) -> None:
    """Found under the case's number; ID number masked."""
    facts = told(desk, case)

    assert facts.case_number == case.number
    assert case.applicant_id not in on_paper("pledge", facts)
    assert "4501" in str(facts.values["applicant.id_number"])
