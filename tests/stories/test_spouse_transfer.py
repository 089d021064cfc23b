"""夫妻投靠户口迁移: the papers of two people go to the place that the applicant moves to."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import a_person, an_intake, an_office
from workstation.acts import custody, registration, service, viewing
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState, Holder
from workstation.domain.consignment import ConsignmentState

pytestmark = pytest.mark.engine


def test_a_spouse_moves_to_guangxi(desk: Desk) -> None:
    """Six papers pass, originals go back at once, copies travel, and the agent collects the result."""
    intake = an_intake(
        item="63", applicant=a_person("欧阳𬱟"), agent=a_person("买买提·吐尔逊"),
        offices=(an_office(3, name="示例市公安局户政大厅"),), basis_place="450100",
    )  # fmt: skip
    case = registration.register(desk, intake).number
    builders.identified(desk, case)
    assert builders.review_all(desk, case).state == CaseState.REVIEWED
    assert holders(desk, case, "original") == {Holder.APPLICANT, Holder.CLERK}

    builders.advance(desk, f"{case}-1", ConsignmentState.RESULT_ARRIVED)
    served = service.serve(desk, case, recipient="agent", identity_checked=True)
    service.close(desk, case, rating="refused")

    assert served.state == CaseState.SERVED
    assert holders(desk, case, "copy") == {Holder.HOME_OFFICE}
    assert viewing.case_file(desk, case).shown == CaseState.CLOSED
    builders.assert_true_ledger(desk, case)


def holders(desk: Desk, case: str, form: str) -> set[str]:
    """Who has the papers of one form now."""
    return {
        span.holder
        for span in custody.of_case(desk, case)
        if f"-{form}-" in span.piece and span.until is None
    }
