"""邮件异常: an envelope came back or is lost, and a named task holds it until somebody has resolved it."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import WAYBILL, an_envelope, badge, refused
from workstation.acts import departures, handover, packing, tasks, troubles, viewing
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState, Holder
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState


@pytest.fixture
def envelope(desk: Desk) -> str:
    """The number of an envelope on its way, under a waybill."""
    number = an_envelope(desk, EnvelopeState.SEALED).number
    batch = handover.open_batch(desk, badge(desk)).number
    handover.scan_envelope(desk, batch, face=number, waybill=WAYBILL)
    handover.hand_over(desk, batch)
    return number


def test_what_came_back_is_in_the_clerks_hands(desk: Desk, envelope: str) -> None:
    """A task opens, the waybill ends, and the papers stay inside until somebody opens it."""
    back = troubles.trouble(desk, envelope, kind="sent_back", text="拒收")

    (task,) = tasks.listed(desk)
    with desk.reading() as reading:
        waybill = reading.waybills.where(object=envelope)[0]
    assert (back.state, back.holder, back.holder_ref) == (EnvelopeState.SENT_BACK, Holder.CLERK, "1001")
    assert (task.kind, task.object, task.note, task.state) == ("sent_back", envelope, "拒收", "open")
    assert waybill.state == "ended"
    assert builders.consignments_in(desk, envelope)[0].state == ConsignmentState.HANDED_OVER


def test_what_is_lost_is_with_the_carrier(desk: Desk, envelope: str) -> None:
    """Nobody else has it, and that is what custody says."""
    lost = troubles.trouble(desk, envelope, kind="lost")

    assert (lost.state, lost.holder, lost.holder_ref) == (EnvelopeState.LOST, Holder.CARRIER, None)
    builders.assert_custody(desk, builders.consignments_in(desk, envelope)[0].case_number)


@pytest.mark.parametrize("outcome", ["repack", "withdrawal"])
def test_what_came_back_is_opened_here(desk: Desk, envelope: str, outcome: str) -> None:
    """The faces are void, the papers in hand, the task done, and all can be packed again."""
    troubles.trouble(desk, envelope, kind="sent_back")

    opened = troubles.resolve(desk, envelope, outcome=outcome)

    (consignment,) = builders.consignments_in(desk, envelope)
    assert (opened.state, opened.holder) == (EnvelopeState.OPENED, Holder.CLERK)
    assert (consignment.state, consignment.envelope) == (ConsignmentState.PACKING, None)
    assert builders.papers_of(desk, envelope) == []
    assert tasks.listed(desk) == []
    builders.asked_anew(desk, envelope)
    assert packing.pack(desk, [consignment.id]).number != envelope
    builders.assert_true_ledger(desk, consignment.case_number)


def test_a_claim_ends_the_task_of_a_lost_one(desk: Desk, envelope: str) -> None:
    """The envelope stays lost, and there is nothing left to resolve."""
    troubles.trouble(desk, envelope, kind="lost")

    troubles.resolve(desk, envelope, outcome="claim")

    with desk.reading() as reading:
        (task,) = reading.tasks.where(object=envelope)
    assert (task.state, task.outcome) == ("done", "claim")
    with refused(desk, "task-not-found"):
        troubles.resolve(desk, envelope, outcome="claim")


def test_what_was_claimed_for_is_supplied_anew(desk: Desk, envelope: str) -> None:
    """The rows of the lost papers wait again; new papers are reviewed and leave in a new envelope."""
    (consignment,) = builders.consignments_in(desk, envelope)
    case = consignment.case_number
    troubles.trouble(desk, envelope, kind="lost")
    troubles.resolve(desk, envelope, outcome="claim")
    file = viewing.case_file(desk, case)
    waiting = builders.open_rows(desk, case)
    lost = [piece for piece in file.pieces if piece.is_lost]

    builders.supplied(desk, case)
    packed = packing.pack(desk, [case])

    assert {piece.row_id for piece in lost} == {row.row_id for row in waiting}
    assert {(piece.holder, piece.holder_ref) for piece in lost} == {(Holder.CARRIER, envelope)}
    assert packed.number != envelope
    builders.assert_true_ledger(desk, case)


def test_a_withdrawal_does_not_wait_for_what_is_lost(desk: Desk, envelope: str) -> None:
    """Once the claim is filed nobody expects the papers back, and the case can end."""
    (consignment,) = builders.consignments_in(desk, envelope)
    departures.withdraw(desk, consignment.case_number)
    troubles.trouble(desk, envelope, kind="lost")
    troubles.resolve(desk, envelope, outcome="claim")

    ended = departures.withdraw(desk, consignment.case_number)

    assert ended.state == CaseState.WITHDRAWN
    assert tasks.listed(desk) == []
    builders.assert_true_ledger(desk, consignment.case_number)


@pytest.mark.parametrize(("kind", "outcome"), [("sent_back", "claim"), ("lost", "repack"), ("lost", "shrug")])
def test_each_trouble_ends_in_its_own_way(desk: Desk, envelope: str, kind: str, outcome: str) -> None:
    """What came back is not claimed for, what is lost cannot be packed."""
    troubles.trouble(desk, envelope, kind=kind)

    with refused(desk, "code-unknown"):
        troubles.resolve(desk, envelope, outcome=outcome)


def test_trouble_is_coded(desk: Desk, envelope: str) -> None:
    """And what is said of it is plain text."""
    with refused(desk, "code-unknown"):
        troubles.trouble(desk, envelope, kind="eaten")
    with refused(desk, "plain-text-control"):
        troubles.trouble(desk, envelope, kind="lost", text="\x1b[2J")


def test_a_supplement_that_came_back_is_owed_again(desk: Desk) -> None:
    """The consignment waits for its supplement as before."""
    number = an_envelope(desk, EnvelopeState.SENT_BACK, purpose="supplement").number

    troubles.resolve(desk, number, outcome="repack")

    (consignment,) = builders.consignments_in(desk, number)
    assert (consignment.state, consignment.supplement) == (ConsignmentState.HOME_CORRECTING, None)
    builders.assert_true_ledger(desk, consignment.case_number)


def test_an_envelope_is_found_by_any_of_its_faces(desk: Desk, envelope: str) -> None:
    """Whoever holds the list, or only the slip, can say which envelope it is."""
    slip = builders.paper_of(desk, envelope, "reply_slip").number

    assert troubles.trouble(desk, slip, kind="lost").number == envelope
    with refused(desk, "envelope-not-found"):
        troubles.trouble(desk, slip[::-1], kind="lost")
