"""送达 and 办结: the result handed over to whom it is for, against a 送达回证; the rating only invited."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import a_case, a_consignment, a_person, refused, served, with_second
from workstation.acts import packing, papers, ratings, service
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState, Holder
from workstation.domain.consignment import ConsignmentState


@pytest.fixture
def case(desk: Desk) -> str:
    """The number of a case whose result lies here; handed in by an agent."""
    agent = a_person("李代办")
    return a_consignment(desk, ConsignmentState.RESULT_ARRIVED, agent=agent).case_number


def test_the_result_is_the_recipients(desk: Desk, case: str) -> None:
    """Identity is looked at again, and the document changes hands."""
    done = served(desk, case)

    with desk.reading() as reading:
        (result,) = reading.pieces.where(case_number=case, form="result")
        looked_at = reading.identities.where(case_number=case)[-1]
    assert (done.state, done.served_at) == (CaseState.SERVED, done.changed_at)
    assert result.holder == Holder.RECIPIENT
    assert (looked_at.method, looked_at.outcome, looked_at.subject) == ("in_person", "passed", "applicant")
    assert builders.consignment_of(desk, case).state == ConsignmentState.DONE
    builders.assert_true_ledger(desk, case)


def test_nothing_is_served_unseen(desk: Desk, case: str) -> None:
    """Whoever collects is looked at first."""
    with refused(desk, "identity-unchecked"):
        service.serve(desk, case, identity_checked=False)


def test_an_agent_collects_as_such(desk: Desk, case: str) -> None:
    """The proof names the agent, and why the applicant did not come."""
    service.serve(desk, case, recipient="agent", identity_checked=True)

    with desk.reading() as reading:
        facts = papers.facts_of(reading, reading.papers.where(object=case, kind="proof_of_service")[0].number)
        looked_at = reading.identities.where(case_number=case)[-1]
    assert (facts["recipient.name"], facts["substitute.name"]) == ("覃示例", "李代办")
    assert facts["substitute.relation"] == "代办人"
    assert looked_at.subject == "agent"


def test_the_proof_masks_numbers_and_lists_what_was_served(desk: Desk, case: str) -> None:
    """Document, copies and mode of service stand on it, the ID number does not."""
    served(desk, case)

    with desk.reading() as reading:
        facts = papers.facts_of(reading, reading.papers.where(object=case, kind="proof_of_service")[0].number)
    assert facts["rows"] == [{"seq": "1", "name": "户籍证明", "number": "", "copies": "1"}]
    assert facts["service.mode"] == "窗口直接送达"
    assert "450103199003070004" not in str(facts)


@pytest.mark.parametrize("state", [ConsignmentState.RESULT_ARRIVED, ConsignmentState.ACCEPTED])
def test_only_a_registered_agent_collects(desk: Desk, state: ConsignmentState) -> None:
    """Whatever the result is, there must be an agent on the case."""
    consignment = a_consignment(desk, state)
    if state == ConsignmentState.ACCEPTED:
        builders.decided(desk, consignment.id, "electronic")

    with refused(desk, "agent-unknown"):
        service.serve(desk, consignment.case_number, recipient="agent", identity_checked=True)


def test_recipients_are_coded(desk: Desk, case: str) -> None:
    """Applicant or agent, nobody else."""
    with refused(desk, "code-unknown"):
        service.serve(desk, case, recipient="neighbour", identity_checked=True)


@pytest.mark.parametrize("state", [ConsignmentState.PACKING, ConsignmentState.DECIDED])
def test_there_must_be_something_to_serve(desk: Desk, state: ConsignmentState) -> None:
    """The refusal tells how far each consignment is."""
    consignment = a_consignment(desk, state)

    with refused(desk, "nothing-to-serve") as caught:
        served(desk, consignment.case_number)

    assert "1 号送件" in caught.value.why


def test_what_was_left_out_goes_back_with_the_result(desk: Desk) -> None:
    """A paper that stayed at this window is handed over when somebody stands there."""
    case = a_case(desk).number
    left = f"{case}-statement-original-1"
    envelope = packing.pack(with_second(desk), [case], without=[left]).number
    builders.sealed(desk, envelope)
    builders.advance(desk, f"{case}-1", ConsignmentState.RESULT_ARRIVED)

    served(desk, case)

    with desk.reading() as reading:
        piece = reading.pieces.get(left)
    assert piece is not None
    assert piece.holder == Holder.RECIPIENT
    builders.assert_true_ledger(desk, case)


@pytest.mark.parametrize("mode", ["electronic", "direct_post"])
def test_what_came_otherwise_is_served_without_anybody_at_the_counter(desk: Desk, mode: str) -> None:
    """The home office served it; nobody is looked at, and the proof says how."""
    consignment = a_consignment(desk, ConsignmentState.ACCEPTED)
    builders.decided(desk, consignment.id, mode)

    done = service.serve(desk, consignment.case_number, identity_checked=False)

    proof = builders.paper_of(desk, done.number, "proof_of_service").number
    with desk.reading() as reading:
        identities = reading.identities.where(case_number=done.number)
        facts = papers.facts_of(reading, proof)
    assert done.state == CaseState.SERVED
    assert len(identities) == 1
    assert facts["service.place"] == ""
    assert facts["rows"][0]["name"].endswith("的决定")


def test_a_case_is_served_with_its_last_consignment(desk: Desk) -> None:
    """Each result is handed over when it is there, each with a proof of its own."""
    case = a_case(desk, offices=2).number
    builders.advance(desk, f"{case}-1", ConsignmentState.RESULT_ARRIVED)

    first = served(desk, case)
    with refused(desk, "nothing-to-serve"):
        served(desk, case)
    builders.advance(desk, f"{case}-2", ConsignmentState.RESULT_ARRIVED)
    last = served(desk, case)

    assert (first.state, first.served_at, last.state) == (CaseState.REVIEWED, None, CaseState.SERVED)
    assert len(builders.papers_of(desk, case, "proof_of_service")) == 2


@pytest.mark.parametrize("rating", service.RATINGS)
def test_a_case_is_closed_when_the_rating_was_invited(desk: Desk, case: str, rating: str) -> None:
    """Or refused; the grade itself has no field here."""
    served(desk, case)
    with refused(desk, "code-unknown"):
        service.close(desk, case, rating="very satisfied")

    closed = service.close(desk, case, rating=rating)

    assert (closed.state, closed.rating, closed.closed_at) == (CaseState.CLOSED, rating, closed.changed_at)


def rating_steps(desk: Desk, case: str) -> list[str]:
    """What has been recorded of a case's rating, in order."""
    with desk.reading() as reading:
        return [step.kind for step in reading.ratings.where(case_number=case)]


def test_a_case_is_not_closed_without_the_invitation(desk: Desk, case: str) -> None:
    """Nobody forgets it by leaving the argument out."""
    served(desk, case)

    with refused(desk, "rating-not-invited"):
        service.close(desk, case)


@pytest.mark.parametrize("kind", [None, *ratings.KINDS])
def test_a_case_is_closed_after_an_invitation_of_its_own(desk: Desk, case: str, kind: str | None) -> None:
    """Whether or not the applicant has answered yet."""
    served(desk, case)
    ratings.invite(desk, case)
    if kind:
        ratings.record(desk, case, kind)

    closed = service.close(desk, case)

    assert (closed.state, closed.rating) == (CaseState.CLOSED, kind or "invited")
    assert rating_steps(desk, case) == ["invited", kind] if kind else ["invited"]


@pytest.mark.parametrize(("rating", "steps"), [("invited", ["invited"]), ("refused", ["invited", "refused"])])
def test_closing_may_invite_in_the_same_act(desk: Desk, case: str, rating: str, steps: list[str]) -> None:
    """The steps are recorded as they would be one by one, and an earlier invitation is not repeated."""
    other = builders.a_case(desk, CaseState.SERVED).number
    served(desk, case)
    ratings.invite(desk, other)

    closed = service.close(desk, case, rating=rating)
    service.close(desk, other, rating=rating)

    assert closed.rating_invited_at == closed.closed_at
    assert rating_steps(desk, case) == rating_steps(desk, other) == steps
    builders.assert_true_ledger(desk, case, other)


def test_closing_does_not_undo_a_rating(desk: Desk, case: str) -> None:
    """Who has rated on the device has not refused; saying again what is known changes nothing."""
    served(desk, case)
    ratings.invite(desk, case)
    ratings.record(desk, case, "given")

    with refused(desk, "rating-recorded"):
        service.close(desk, case, rating="refused")
    closed = service.close(desk, case, rating="invited")

    assert closed.rating == "given"


def test_a_refusal_may_be_said_again_at_closing(desk: Desk, case: str) -> None:
    """It is recorded once."""
    served(desk, case)
    ratings.invite(desk, case)
    ratings.record(desk, case, "refused")

    assert service.close(desk, case, rating="refused").rating == "refused"
    assert rating_steps(desk, case) == ["invited", "refused"]
