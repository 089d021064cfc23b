"""装袋: whose papers may lie in one envelope, what is printed for it, and how it is emptied again."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests import builders
from tests.builders import a_case, a_consignment, an_envelope, refused, with_second
from workstation.acts import formal_review, packing, papers
from workstation.acts.desk import Desk
from workstation.acts.inputs import Material
from workstation.domain.case import CaseState, Holder
from workstation.domain.codes import Kind, parse, short_form
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import Envelope, EnvelopeState
from workstation.domain.paper import PaperState


def pieces_in(desk: Desk, envelope: str) -> set[str]:
    """The pieces that lie in an envelope, without their case's number."""
    with desk.reading() as reading:
        found = reading.pieces.where(holder=Holder.INSIDE, holder_ref=envelope)
    return {piece.id[21:] for piece in found}


def test_the_papers_that_go_lie_in_the_envelope(desk: Desk) -> None:
    """What was only checked stays outside, and the envelope is in the clerk's hands."""
    case = a_case(desk)

    envelope = packing.pack(desk, [case.number])

    assert pieces_in(desk, envelope.number) == {
        "application-original-1",
        "applicant_id-copy-1",
        "statement-original-1",
    }
    assert (envelope.state, envelope.purpose) == (EnvelopeState.OPEN, "first")
    assert (envelope.holder, envelope.holder_ref) == (Holder.CLERK, "1001")
    assert builders.consignment_of(desk, case.number).envelope == envelope.number


def test_face_list_and_reply_slip_are_printed_each_with_its_number(desk: Desk) -> None:
    """The slip stands on the list's sheet and says the short form of its own number."""
    envelope = an_envelope(desk)

    face, listed, slip = (
        builders.paper_of(desk, envelope.number, kind) for kind in ("envelope", "packing_list", "reply_slip")
    )
    kinds = [parse(paper.number).kind for paper in (face, listed, slip)]
    assert kinds == [Kind.ENVELOPE, Kind.FACE, Kind.REPLY_SLIP]
    assert face.number == envelope.number
    assert slip.sheet == listed.number
    assert {paper.state for paper in (face, listed, slip)} == {PaperState.MADE}
    facts = said(desk, listed.number)
    assert short_form(slip.number) in facts


def said(desk: Desk, number: str) -> str:
    """Everything a face says, as text."""
    with desk.reading() as reading:
        facts = papers.facts_of(reading, number)
    return json.dumps(facts, ensure_ascii=False)


def test_nothing_about_a_person_or_an_item_stands_outside(desk: Desk) -> None:
    """On the face are office, address, this window and codes (design §8)."""
    case = a_case(desk)
    envelope = packing.pack(desk, [case.number])

    face = said(desk, envelope.number)

    for personal in (case.applicant_name, case.applicant_id, case.applicant_phone, "户籍", case.number):
        assert personal not in face
    assert "示例市第1公安局示例派出所" in face


def test_the_list_inside_masks_the_applicant(desk: Desk) -> None:
    """It travels with the papers: the surname is enough to tell them apart."""
    case = a_case(desk)
    envelope = packing.pack(desk, [case.number])

    listed = said(desk, builders.paper_of(desk, envelope.number, "packing_list").number)

    assert "覃**" in listed
    for personal in (case.applicant_name, case.applicant_id, case.applicant_phone):
        assert personal not in listed


def test_two_cases_to_one_office_share_an_envelope(desk: Desk) -> None:
    """The list counts cases and pieces, and belongs to no single case."""
    first, second = a_case(desk), a_case(desk)

    envelope = packing.pack(desk, [first.number, f"{second.number}-1"])

    listed = builders.paper_of(desk, envelope.number, "packing_list")
    with desk.reading() as reading:
        contents = [content.consignment for content in reading.contents.where(envelope=envelope.number)]
        facts = papers.facts_of(reading, listed.number)
    assert contents == [f"{first.number}-1", f"{second.number}-1"]
    assert (facts["count.cases"], facts["count.rows"]) == ("2", "6")
    assert listed.case_number is None


def test_papers_for_two_offices_never_share_an_envelope(desk: Desk) -> None:
    """One envelope goes to one home office."""
    case = a_case(desk, offices=2).number

    with refused(desk, "different-offices"):
        packing.pack(desk, [f"{case}-1", f"{case}-2"])


def test_a_case_with_two_offices_is_not_packed_by_its_number_alone(desk: Desk) -> None:
    """The refusal tells the names of both consignments."""
    case = a_case(desk, offices=2).number

    with refused(desk, "consignment-ambiguous") as caught:
        packing.pack(desk, [case])

    assert f"{case}-1、{case}-2" in caught.value.next


def test_a_supplement_and_a_first_envelope_are_kept_apart(desk: Desk) -> None:
    """What the home office acknowledges by them differs."""
    correcting = a_consignment(desk, ConsignmentState.HOME_CORRECTING)
    builders.supplied(desk, correcting.case_number)
    fresh = a_case(desk).number

    with refused(desk, "supplement-apart"):
        packing.pack(desk, [correcting.id, fresh])


def test_a_supplement_holds_only_what_came_later(desk: Desk) -> None:
    """The first papers are with the home office already."""
    envelope = an_envelope(desk, purpose="supplement")

    assert envelope.purpose == "supplement"
    assert pieces_in(desk, envelope.number) == {"supplement_8-copy-1"}
    assert "补充材料" in said(desk, builders.paper_of(desk, envelope.number, "packing_list").number)


def test_something_must_be_named(desk: Desk) -> None:
    """An envelope for nobody is not packed."""
    with refused(desk, "consignments-missing"):
        packing.pack(desk, [])


def test_only_reviewed_cases_are_packed(desk: Desk) -> None:
    """The refusal says in which state packing is possible."""
    case = a_case(desk, CaseState.REGISTERED).number

    with refused(desk, "wrong-state") as caught:
        packing.pack(desk, [case])

    assert "“形式审查通过”" in caught.value.why


def test_an_unknown_consignment_is_not_found(desk: Desk) -> None:
    """A number that nobody issued is said to be unknown."""
    with refused(desk, "consignment-not-found"):
        packing.pack(desk, ["1350102101263240001" + "7"])


def test_what_is_packed_is_not_packed_again(desk: Desk) -> None:
    """The refusal names the envelope the papers lie in."""
    case = a_case(desk)
    envelope = packing.pack(desk, [case.number])

    with refused(desk, "already-packed") as caught:
        packing.pack(desk, [case.number])

    assert envelope.number in caught.value.why


def test_an_envelope_is_never_empty(desk: Desk) -> None:
    """A consignment whose papers are all for the other office has nothing to send."""
    case = a_case(desk, offices=2, materials=builders.materials(office=1)).number

    with refused(desk, "nothing-to-pack"):
        packing.pack(desk, [f"{case}-2"])


def test_an_awaited_supplement_has_nothing_to_pack_yet(desk: Desk) -> None:
    """What the home office asked for has to be handed in first."""
    consignment = a_consignment(desk, ConsignmentState.HOME_CORRECTING)

    with refused(desk, "nothing-to-pack"):
        packing.pack(desk, [consignment.id])


# --- pieces left out


def test_a_piece_is_left_out_by_two(desk: Desk) -> None:
    """The override of the pack list takes a second person, and the seal does not ask for the piece again."""
    case = a_case(desk).number
    piece = f"{case}-statement-original-1"

    with refused(desk, "second-needed"):
        packing.pack(desk, [case], without=[piece])
    with refused(desk, "own-second"):
        packing.pack(with_second(desk, "1001"), [case], without=[piece])
    with refused(desk, "wrong-second"):
        packing.pack(with_second(desk, "4001"), [case], without=[piece])
    envelope = packing.pack(with_second(desk), [case], without=[piece])

    assert "statement-original-1" not in pieces_in(desk, envelope.number)
    assert builders.sealed(desk, envelope.number).state == EnvelopeState.SEALED
    with desk.reading() as reading:
        assert reading.journal_of(envelope.number)[0].second == "2002"


@pytest.mark.parametrize("name", ["13501021012632400017-statement-original-1", "", "applicant_id"])
def test_only_a_piece_that_would_go_is_left_out(desk: Desk, name: str) -> None:
    """A piece that is not here cannot be left out."""
    case = a_case(desk).number

    with refused(desk, "piece-not-found"):
        packing.pack(with_second(desk), [case], without=[name])


def test_another_cases_piece_is_not_touched(desk: Desk) -> None:
    """Leaving out speaks of what is being packed, and of nothing else in the hall."""
    case, other = a_case(desk).number, a_case(desk).number

    with refused(desk, "piece-not-found"):
        packing.pack(with_second(desk), [case], without=[f"{other}-statement-original-1"])


# --- emptied again


def test_an_open_envelope_is_voided_by_one(desk: Desk) -> None:
    """Its faces are void, the papers are in the clerk's hands, and all can be packed again."""
    envelope = an_envelope(desk)
    case = builders.consignments_in(desk, envelope.number)[0].case_number

    void = packing.void(desk, envelope.number, reason="wrong_address", text="地址抄错")

    assert (void.state, void.reason, void.reason_text) == (EnvelopeState.VOID, "wrong_address", "地址抄错")
    assert builders.papers_of(desk, envelope.number) == []
    assert builders.consignment_of(desk, case).envelope is None
    assert packing.pack(desk, [case]).number != envelope.number


@pytest.mark.parametrize("empty", [packing.void, packing.reopen])
def test_a_sealed_envelope_is_opened_by_two(desk: Desk, empty: Callable[..., Envelope]) -> None:
    """A seal is broken with a reason and before a witness, and never waits for one."""
    envelope = an_envelope(desk, EnvelopeState.SEALED).number

    with refused(desk, "code-unknown"):
        empty(with_second(desk), envelope, reason="no_reason")
    with refused(desk, "plain-text-control"):
        empty(with_second(desk), envelope, reason="other", text="a\tb")
    with refused(desk, "second-needed"):
        empty(desk, envelope, reason="paper_missing")
    with refused(desk, "own-second"):
        empty(with_second(desk, "1001"), envelope, reason="paper_missing")
    with refused(desk, "wrong-second"):
        empty(with_second(desk, "3001"), envelope, reason="paper_missing")
    opened = empty(with_second(desk, "1002"), envelope, reason="paper_missing")

    (consignment,) = builders.consignments_in(desk, envelope)
    assert opened.state == EnvelopeState.VOID
    assert consignment.state == ConsignmentState.PACKING
    builders.assert_true_ledger(desk, consignment.case_number)


def test_an_open_envelope_has_no_seal_to_break(desk: Desk) -> None:
    """拆封 is of a sealed envelope; an open one is voided."""
    envelope = an_envelope(desk).number

    with refused(desk, "wrong-state"):
        packing.reopen(with_second(desk), envelope, reason="other")


def test_a_voided_supplement_is_still_owed(desk: Desk) -> None:
    """The consignment keeps waiting for its supplement."""
    envelope = an_envelope(desk, EnvelopeState.SEALED, purpose="supplement").number

    packing.reopen(with_second(desk), envelope, reason="damaged")

    (consignment,) = builders.consignments_in(desk, envelope)
    assert (consignment.state, consignment.supplement) == (ConsignmentState.HOME_CORRECTING, None)
    assert packing.pack(desk, [consignment.id]).purpose == "supplement"


def test_a_supplement_taken_in_late_stops_the_seal_and_is_packed_anew(desk: Desk) -> None:
    """A newer paper replaces the one in the clerk's hands, never one that lies in an envelope."""
    consignment = a_consignment(desk, ConsignmentState.HOME_CORRECTING)
    (row,) = builders.open_rows(desk, consignment.case_number)
    paper = Material(row=row.row_id, form="copy")
    formal_review.resubmit(desk, consignment.case_number, [paper])
    envelope = packing.pack(desk, [consignment.id]).number
    formal_review.resubmit(desk, consignment.case_number, [paper])
    builders.review_all(desk, consignment.case_number)

    with refused(desk, "pieces-left-out"):
        builders.sealed(desk, envelope)
    packing.void(desk, envelope, reason="paper_missing")

    assert pieces_in(desk, packing.pack(desk, [consignment.id]).number) == {
        "supplement_8-copy-1",
        "supplement_8-copy-2",
    }
