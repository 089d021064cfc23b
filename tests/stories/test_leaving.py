"""How cases leave: declined, guided, withdrawn before and after mailing, lapsed."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import a_case, a_consignment, identified, refused, with_second
from workstation.acts import custody, departures, home, identification, packing, tasks, troubles
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState, Holder
from workstation.domain.consignment import ConsignmentState

pytestmark = pytest.mark.engine


def assert_papers_are_the_applicants(desk: Desk, case: str) -> None:
    """Everything handed in was handed back, and the ledger is true."""
    assert {s.holder for s in custody.of_case(desk, case) if s.until is None} == {Holder.APPLICANT}
    builders.assert_true_ledger(desk, case)


def test_the_person_is_not_the_one_on_the_document(desk: Desk) -> None:
    """The check fails, and a second person agrees that the case is not taken."""
    case = a_case(desk, CaseState.REGISTERED).number
    identification.identify(desk, case, method="in_person", outcome="failed")

    with refused(desk, "second-needed"):
        departures.decline(desk, case, reason="not_the_person", text="人证不符")
    declined = departures.decline(with_second(desk, "2001"), case, reason="not_the_person", text="人证不符")

    assert declined.state == CaseState.DECLINED
    assert_papers_are_the_applicants(desk, case)


def test_it_can_be_done_online(desk: Desk) -> None:
    """The applicant is pointed to the better way, with the papers in hand."""
    case = a_case(desk, CaseState.REGISTERED).number

    guided = departures.guide(desk, case, channel="online", text="可在国家政务服务平台全程网办")

    assert guided.state == CaseState.GUIDED
    assert_papers_are_the_applicants(desk, case)


def test_the_applicant_thinks_better_of_it(desk: Desk) -> None:
    """The sealed envelope is opened before a witness, and everything goes back."""
    consignment = a_consignment(desk, ConsignmentState.SEALED)
    envelope = consignment.envelope or ""

    with refused(desk, "envelope-not-emptied"):
        departures.withdraw(desk, consignment.case_number)
    packing.reopen(with_second(desk), envelope, reason="withdrawn")
    withdrawn = departures.withdraw(desk, consignment.case_number)

    assert withdrawn.state == CaseState.WITHDRAWN
    assert builders.papers_of(desk, envelope) == []
    assert_papers_are_the_applicants(desk, consignment.case_number)


def test_the_applicant_does_not_come_back(desk: Desk) -> None:
    """The case lapses; weeks later somebody fetches the papers."""
    case = a_case(desk, CaseState.TO_CORRECT).number
    departures.lapse(desk, case)

    departures.hand_back(desk, case)

    assert builders.case_of(desk, case).reason == "lapsed"
    assert_papers_are_the_applicants(desk, case)


def test_a_withdrawal_after_mailing(desk: Desk) -> None:
    """It is a request until the home office has sent everything back, and then it is done."""
    consignment = a_consignment(desk, ConsignmentState.HANDED_OVER)
    case = consignment.case_number
    asked = departures.withdraw(desk, case)
    assert asked.state == CaseState.REVIEWED
    builders.acknowledged(desk, consignment.envelope or "")
    with refused(desk, "withdrawal-requested"):
        departures.withdraw(desk, case)

    home.refuse(desk, consignment.id, reason="withdrawn")
    builders.arrived(desk, consignment.id)
    withdrawn = departures.withdraw(desk, case)

    assert withdrawn.state == CaseState.WITHDRAWN
    assert tasks.listed(desk) == []
    assert_papers_are_the_applicants(desk, case)


def test_a_withdrawal_of_one_that_came_back(desk: Desk) -> None:
    """The envelope was sent back: opened at the window, the case is withdrawn there."""
    consignment = a_consignment(desk, ConsignmentState.HANDED_OVER)
    departures.withdraw(desk, consignment.case_number)
    troubles.trouble(desk, consignment.envelope or "", kind="sent_back", text="原址查无此单位")

    troubles.resolve(desk, consignment.envelope or "", outcome="withdrawal")
    departures.withdraw(desk, consignment.case_number)

    assert_papers_are_the_applicants(desk, consignment.case_number)


def test_a_case_withdrawn_can_be_handed_in_again(desk: Desk) -> None:
    """As a new case: what is over is over."""
    first = a_case(desk, CaseState.WITHDRAWN).number
    second = a_case(desk, CaseState.REGISTERED).number

    with refused(desk, "wrong-state"):
        identified(desk, first)
    identified(desk, second)

    builders.assert_true_ledger(desk, first, second)
