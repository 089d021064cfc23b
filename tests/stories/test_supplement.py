"""属地要求补正: the home office asks for one paper more, and a second envelope brings it."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import a_consignment, open_rows
from workstation.acts import custody, formal_review, home, packing, troubles, viewing
from workstation.acts.desk import Desk
from workstation.acts.inputs import Finding, Material, Wanted
from workstation.domain.case import CaseState, Holder
from workstation.domain.consignment import ConsignmentState

pytestmark = pytest.mark.engine


def test_a_supplement_is_asked_for_brought_and_decided_on(desk: Desk) -> None:
    """The paper is reviewed like the first, sealed, handed over, acknowledged; then comes the decision."""
    consignment = a_consignment(desk, ConsignmentState.ACKNOWLEDGED)
    case = consignment.case_number
    home.correct(
        desk, consignment.id, [Wanted(name="亲属关系证明", standard="加盖印章", form="copy_checked")]
    )
    (row,) = open_rows(desk, case)
    original, copy = (Material(row=row.row_id, form=form) for form in ("original", "copy"))

    formal_review.resubmit(desk, case, [copy])
    unsealed = Finding(row=row.row_id, form="copy", copies=1, pages=1, defects=("unsealed",))
    formal_review.review(desk, case, [unsealed])
    formal_review.resubmit(desk, case, [original, copy])
    builders.review_all(desk, case)
    envelope = packing.pack(desk, [consignment.id]).number
    builders.sealed(desk, envelope)
    builders.handed_over(desk, envelope)
    assert viewing.case_file(desk, case).shown == ConsignmentState.HOME_CORRECTING
    builders.acknowledged(desk, envelope)
    builders.advance(desk, consignment.id, ConsignmentState.DONE)

    now = {span.piece[21:]: span.holder for span in custody.of_case(desk, case) if span.until is None}
    assert now["supplement_8-copy-1"] == Holder.APPLICANT
    assert now["supplement_8-copy-2"] == Holder.HOME_OFFICE
    assert now["supplement_8-original-1"] == Holder.APPLICANT
    assert builders.case_of(desk, case).state == CaseState.SERVED
    builders.assert_true_ledger(desk, case)


def test_a_supplement_comes_back_and_goes_again(desk: Desk) -> None:
    """The first envelope is untouched by what happens to the second."""
    envelope = builders.an_envelope(desk, "sent_back", purpose="supplement").number
    (consignment,) = builders.consignments_in(desk, envelope)
    troubles.resolve(desk, envelope, outcome="repack")
    builders.asked_anew(desk, envelope)

    again = packing.pack(desk, [consignment.id]).number
    for act in (builders.sealed, builders.handed_over, builders.acknowledged):
        act(desk, again)

    after = builders.consignment_of(desk, consignment.id)
    assert (after.state, after.supplement, after.envelope) == (
        ConsignmentState.ACKNOWLEDGED,
        None,
        consignment.envelope,
    )
    builders.assert_true_ledger(desk, consignment.case_number)
