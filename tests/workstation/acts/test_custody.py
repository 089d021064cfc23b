"""Who holds each piece: the whole chain of a case, and the holder at any instant."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from tests import builders
from tests.builders import a_case, a_consignment, an_envelope, refused
from workstation.acts import custody, home, packing, troubles
from workstation.acts.desk import Desk
from workstation.domain import custody as folded
from workstation.domain.case import CaseState, Holder
from workstation.domain.consignment import ConsignmentState
from workstation.domain.custody import Span
from workstation.domain.envelope import EnvelopeState


def chain(desk: Desk, case: str, piece: str) -> list[Span]:
    """The spans of one piece."""
    return [span for span in custody.of_case(desk, case) if span.piece == f"{case}-{piece}"]


def test_a_paper_passes_from_hand_to_hand(desk: Desk) -> None:
    """Clerk, envelope, shelf, courier, home office: each from the act that made it so until the next."""
    case = a_consignment(desk, ConsignmentState.ACKNOWLEDGED).case_number
    envelope = builders.consignment_of(desk, case).envelope

    spans = chain(desk, case, "application-original-1")

    assert [(s.holder, s.holder_ref, s.envelope, s.act) for s in spans] == [
        (Holder.CLERK, "1001", None, "register"),
        (Holder.CLERK, "1001", envelope, "pack"),
        (Holder.SHELF, "A-01", envelope, "seal"),
        (Holder.COURIER, "5001", envelope, "hand_over"),
        (Holder.HOME_OFFICE, "450101-police", envelope, "acknowledge"),
    ]


def test_an_original_only_checked_went_back_and_that_is_a_span(desk: Desk) -> None:
    """From the moment its row passed it is the applicant's."""
    case = a_case(desk).number

    assert [(s.holder, s.act) for s in chain(desk, case, "applicant_id-original-1")] == [
        (Holder.CLERK, "register"),
        (Holder.APPLICANT, "review"),
    ]


def test_papers_of_a_supplement_follow_their_envelope(desk: Desk) -> None:
    """The consignment's state does not change with the supplement; its papers' holder does."""
    envelope = an_envelope(desk, EnvelopeState.OPENED, purpose="supplement").number
    case = builders.consignments_in(desk, envelope)[0].case_number

    spans = chain(desk, case, "supplement_8-copy-1")

    assert [(s.holder, s.act) for s in spans] == [
        (Holder.CLERK, "resubmit"),
        (Holder.CLERK, "pack"),
        (Holder.SHELF, "seal"),
        (Holder.COURIER, "hand_over"),
        (Holder.HOME_OFFICE, "acknowledge"),
    ]


def test_a_result_comes_from_the_home_office(desk: Desk) -> None:
    """Carrier, result shelf, recipient."""
    case = a_case(desk, CaseState.SERVED).number

    assert [s.holder for s in chain(desk, case, "1-result-1")] == [
        Holder.HOME_OFFICE,
        Holder.CARRIER,
        Holder.RESULT_SHELF,
        Holder.RECIPIENT,
    ]


def test_at_every_instant_there_is_one_holder(desk: Desk) -> None:
    """At the instant of an act the new holder has it, a millisecond before the old, at first nobody."""
    case = a_consignment(desk, ConsignmentState.HANDED_OVER).case_number
    spans = chain(desk, case, "statement-original-1")

    def holder(instant: int) -> list[str]:
        at = custody.at(desk, case, instant)
        return [span.holder for span in at if span.piece == f"{case}-statement-original-1"]

    assert holder(spans[0].since - 1) == []
    for before, after in pairwise(spans):
        assert holder(after.since) == [after.holder]
        assert holder(after.since - 1) == [before.holder]
    assert holder(spans[-1].since + 10**12) == [Holder.COURIER]


def test_what_came_back_is_in_the_clerks_hands_again(desk: Desk) -> None:
    """Sent back, opened, packed anew: the chain goes on without a gap."""
    envelope = an_envelope(desk, EnvelopeState.SENT_BACK).number
    case = builders.consignments_in(desk, envelope)[0].case_number
    troubles.resolve(desk, envelope, outcome="repack")
    builders.asked_anew(desk, envelope)
    packing.pack(desk, [case])

    spans = chain(desk, case, "application-original-1")

    assert [(s.holder, s.act) for s in spans][-3:] == [
        (Holder.CLERK, "trouble"),
        (Holder.CLERK, "resolve"),
        (Holder.CLERK, "pack"),
    ]
    builders.assert_custody(desk, case)


def test_papers_refused_by_the_home_office_come_back(desk: Desk) -> None:
    """They leave the envelope they went in, and are with the carrier until they are counted here."""
    consignment = a_consignment(desk, ConsignmentState.ACCEPTED)
    home.refuse(desk, consignment.id, reason="not_ours")
    builders.arrived(desk, consignment.id)

    spans = chain(desk, consignment.case_number, "statement-original-1")

    assert [(s.holder, s.envelope) for s in spans][-2:] == [
        (Holder.CARRIER, None),
        (Holder.RESULT_SHELF, None),
    ]


def test_a_case_is_told_as_the_whole_journal_tells_it(desk: Desk) -> None:
    """What is listed under the case is enough: no entry that moves one of its papers is missing there."""
    cases = [a_consignment(desk, state).case_number for state in ConsignmentState]
    cases += [
        builders.consignments_in(desk, an_envelope(desk, state, purpose=purpose).number)[0].case_number
        for state in EnvelopeState
        for purpose in ("first", "supplement")
    ]
    with desk.reading() as reading:
        entries = reading.journal(0, 10_000)
    whole = folded.spans((e.seq, e.at, e.act, json.loads(e.body)["changes"]) for e in entries)

    for case in cases:
        assert custody.of_case(desk, case) == [span for span in whole if span.piece.startswith(case)]


@pytest.mark.parametrize("number", ["13501021012632499990", ""])
def test_custody_is_asked_of_a_case(desk: Desk, number: str) -> None:
    """A number that nobody issued has no papers."""
    with refused(desk, "case-not-found"):
        custody.of_case(desk, number)
