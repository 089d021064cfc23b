"""One case to two offices, and one envelope with two cases."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import a_case, a_person, paper_of
from workstation.acts import home, packing, papers, receipts, service, viewing
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.domain.codes import short_form
from workstation.domain.consignment import ConsignmentState

pytestmark = pytest.mark.engine


def test_one_case_to_two_offices(desk: Desk) -> None:
    """Each office has its own envelope and its own pace; the case is served with the slower one."""
    case = a_case(desk, offices=2).number
    first, second = f"{case}-1", f"{case}-2"
    builders.advance(desk, first, ConsignmentState.ACCEPTED)
    assert viewing.case_file(desk, case).shown == ConsignmentState.PACKING

    builders.advance(desk, second, ConsignmentState.ACKNOWLEDGED)
    home.decide(desk, second, outcome="refused", result_mode="electronic", document_number="示例〔2026〕3号")
    half = service.serve(desk, case, identity_checked=False)
    builders.advance(desk, first, ConsignmentState.RESULT_ARRIVED)
    whole = builders.served(desk, case)

    envelopes = {c.envelope for c in builders.consignments_of(desk, case)}
    outcomes = [c.outcome for c in builders.consignments_of(desk, case)]
    assert len(envelopes) == 2
    assert outcomes == ["granted", "refused"]
    assert (half.state, whole.state) == (CaseState.REVIEWED, CaseState.SERVED)
    builders.assert_true_ledger(desk, case)


def test_one_envelope_with_two_cases(desk: Desk) -> None:
    """They travel and arrive together; from then on each goes its own way."""
    cases = [a_case(desk, applicant=a_person(name)).number for name in ("覃示例", "欧阳示例")]
    envelope = packing.pack(desk, cases).number
    builders.sealed(desk, envelope)
    builders.handed_over(desk, envelope)
    slip = paper_of(desk, envelope, "reply_slip").number
    office = builders.envelope_of(desk, envelope).office_code
    receipts.acknowledge(desk, short_form(slip), channel="phone", office=office)

    home.refuse(desk, cases[0], reason="not_complete")
    builders.arrived(desk, cases[0])
    builders.advance(desk, f"{cases[1]}-1", ConsignmentState.DONE)
    builders.served(desk, cases[0])

    listed = paper_of(desk, envelope, "packing_list").number
    with desk.reading() as reading:
        named = [row["applicant"] for row in papers.facts_of(reading, listed)["case_rows"]]
    assert named == ["覃**", "欧阳**"]
    assert {builders.case_of(desk, case).state for case in cases} == {CaseState.SERVED}
    builders.assert_true_ledger(desk, *cases)
