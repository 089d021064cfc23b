"""不予收件, 指引, 逾期, 撤回: how a case leaves before or after it was mailed, and where its papers go."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import a_case, a_consignment, an_envelope, refused, with_second
from workstation.acts import departures, packing, troubles
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState, Holder
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState


@pytest.fixture
def case(desk: Desk) -> str:
    """The number of a case just registered."""
    return a_case(desk, CaseState.REGISTERED).number


def holders(desk: Desk, case: str) -> set[str]:
    """Who has the papers of a case."""
    with desk.reading() as reading:
        return {piece.holder for piece in reading.pieces.where(case_number=case)}


def test_declining_takes_a_coded_reason_and_two_people(desk: Desk, case: str) -> None:
    """窗口无否决权: nobody alone sends an applicant away."""
    with refused(desk, "code-unknown"):
        departures.decline(with_second(desk), case, reason="bad_day", text="x")
    with refused(desk, "plain-text-empty"):
        departures.decline(with_second(desk), case, reason="not_this_item", text=" ")
    with refused(desk, "second-needed"):
        departures.decline(desk, case, reason="not_this_item", text="应办理另一事项")
    with refused(desk, "own-second"):
        departures.decline(with_second(desk, "1001"), case, reason="not_this_item", text="应办理另一事项")
    with refused(desk, "wrong-second"):
        departures.decline(with_second(desk, "4001"), case, reason="not_this_item", text="应办理另一事项")
    declined = departures.decline(with_second(desk), case, reason="not_this_item", text="应办理另一事项")

    assert (declined.state, declined.reason, declined.reason_text) == (
        CaseState.DECLINED,
        "not_this_item",
        "应办理另一事项",
    )
    assert holders(desk, case) == {Holder.APPLICANT}
    builders.assert_true_ledger(desk, case)


def test_both_who_declined_stand_in_the_journal(desk: Desk, case: str) -> None:
    """Operator and second person are columns of the entry."""
    departures.decline(with_second(desk), case, reason="not_the_person", text="人证不符")

    with desk.reading() as reading:
        entry = reading.journal_of(case)[-1]
    assert (entry.act, entry.operator, entry.second) == ("decline", "1001", "2002")


def test_guidance_names_a_channel(desk: Desk, case: str) -> None:
    """指引 is never a refusal: it points to where it goes better, and gives the papers back."""
    with refused(desk, "code-unknown"):
        departures.guide(desk, case, channel="elsewhere", text="x")
    with refused(desk, "plain-text-empty"):
        departures.guide(desk, case, channel="online", text="")
    guided = departures.guide(desk, case, channel="self_service", text="大厅自助机可办")

    assert (guided.state, guided.channel) == (CaseState.GUIDED, "self_service")
    assert holders(desk, case) == {Holder.APPLICANT}


def test_papers_of_a_lapsed_case_wait_until_they_are_fetched(desk: Desk) -> None:
    """逾期未补正: they stay here, and handing them back is an act of its own."""
    case = a_case(desk, CaseState.TO_CORRECT).number

    lapsed = departures.lapse(desk, case)
    waiting = holders(desk, case)
    departures.hand_back(desk, case)

    assert (lapsed.state, lapsed.reason) == (CaseState.WITHDRAWN, "lapsed")
    assert Holder.CLERK in waiting
    assert holders(desk, case) == {Holder.APPLICANT}
    with refused(desk, "nothing-to-hand-back"):
        departures.hand_back(desk, case)


@pytest.mark.parametrize("state", [CaseState.REGISTERED, CaseState.TO_CORRECT, CaseState.REVIEWED])
def test_before_mailing_a_withdrawal_gives_the_papers_back(desk: Desk, state: CaseState) -> None:
    """At once, whatever the review had come to."""
    case = a_case(desk, state).number

    withdrawn = departures.withdraw(desk, case)

    assert (withdrawn.state, withdrawn.reason) == (CaseState.WITHDRAWN, "applicant")
    assert holders(desk, case) == {Holder.APPLICANT}
    builders.assert_true_ledger(desk, case)


@pytest.mark.parametrize("state", [EnvelopeState.OPEN, EnvelopeState.SEALED])
def test_an_envelope_is_emptied_before_its_papers_go_back(desk: Desk, state: EnvelopeState) -> None:
    """Nobody hands back a paper that lies under a seal."""
    envelope = an_envelope(desk, state).number
    case = builders.consignments_in(desk, envelope)[0].case_number

    with refused(desk, "envelope-not-emptied") as caught:
        departures.withdraw(desk, case)
    packing.void(with_second(desk), envelope, reason="withdrawn")

    assert envelope in caught.value.why
    assert departures.withdraw(desk, case).state == CaseState.WITHDRAWN


def test_after_mailing_a_withdrawal_is_a_request(desk: Desk) -> None:
    """It stays one until all papers are back, and asking twice changes nothing."""
    case = a_consignment(desk, ConsignmentState.HANDED_OVER).case_number

    asked = departures.withdraw(desk, case)

    with refused(desk, "withdrawal-requested"):
        departures.withdraw(desk, case)
    with desk.reading() as reading:
        (task,) = reading.tasks.where(object=case)
    assert (asked.state, asked.withdrawal_requested_at) == (CaseState.REVIEWED, asked.changed_at)
    assert (task.kind, task.state, task.opened_by) == ("withdrawal", "open", "1001")


def test_a_request_is_done_when_the_papers_are_back(desk: Desk) -> None:
    """The envelope sent back is opened here, and then the withdrawal goes through and ends its task."""
    envelope = an_envelope(desk, EnvelopeState.HANDED_OVER).number
    case = builders.consignments_in(desk, envelope)[0].case_number
    departures.withdraw(desk, case)
    troubles.trouble(desk, envelope, kind="sent_back")
    with refused(desk, "withdrawal-requested"):
        departures.withdraw(desk, case)
    troubles.resolve(desk, envelope, outcome="withdrawal")

    withdrawn = departures.withdraw(desk, case)

    with desk.reading() as reading:
        (task,) = reading.tasks.where(object=case)
    assert withdrawn.state == CaseState.WITHDRAWN
    assert (task.state, task.outcome) == ("done", "withdrawn")
    assert holders(desk, case) == {Holder.APPLICANT}
    builders.assert_true_ledger(desk, case)


def test_one_office_of_two_is_enough_to_make_it_a_request(desk: Desk) -> None:
    """As long as a single paper is out, the case is not withdrawn."""
    case = a_case(desk, offices=2).number
    builders.advance(desk, f"{case}-2", ConsignmentState.HANDED_OVER)

    assert departures.withdraw(desk, case).state == CaseState.REVIEWED
