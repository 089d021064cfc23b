"""封装: two scans that belong together, everything in, somebody has looked inside; then seal and place."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import a_case, a_consignment, an_envelope, paper_of, refused, with_second
from workstation.acts import formal_review, identification, packing, papers, registration, sealing
from workstation.acts.desk import Desk
from workstation.acts.inputs import Material
from workstation.domain.case import Holder
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState


@pytest.fixture
def envelope(desk: Desk) -> str:
    """The number of an open envelope with everything in it."""
    return an_envelope(desk).number


def listed(desk: Desk, envelope: str) -> str:
    """The number of an envelope's packing list."""
    return paper_of(desk, envelope, "packing_list").number


def test_a_seal_says_who_where_and_who_has_looked(desk: Desk, envelope: str) -> None:
    """The envelope lies at a named place, sealed by one and inspected by one (收寄验视)."""
    sealed = sealing.seal(
        desk, envelope, listed(desk, envelope), place=" A-07 ", inspected_by="1002", no_secret=True
    )

    (consignment,) = builders.consignments_in(desk, envelope)
    assert (sealed.state, sealed.holder, sealed.holder_ref) == (EnvelopeState.SEALED, Holder.SHELF, "A-07")
    assert (sealed.sealed_by, sealed.inspected_by, sealed.place) == ("1001", "1002", "A-07")
    assert (consignment.state, consignment.sealed_at) == (ConsignmentState.SEALED, sealed.sealed_at)


def test_whoever_seals_has_looked_unless_another_is_named(desk: Desk, envelope: str) -> None:
    """There is no seal without somebody who answers for the contents."""
    assert builders.sealed(desk, envelope).inspected_by == "1001"


def test_a_seal_is_made_for_nothing_secret(desk: Desk, envelope: str) -> None:
    """涉密材料 are not mailed: somebody has to say that there are none."""
    with refused(desk, "secret-unchecked"):
        sealing.seal(desk, envelope, listed(desk, envelope), place="A-01", no_secret=False)


@pytest.mark.parametrize(("code", "place"), [("plain-text-empty", " "), ("plain-text-control", "A\n01")])
def test_a_place_is_named(desk: Desk, envelope: str, code: str, place: str) -> None:
    """Nobody looks for an envelope at no place."""
    with refused(desk, code):
        sealing.seal(desk, envelope, listed(desk, envelope), place=place, no_secret=True)


def test_face_and_list_belong_together(desk: Desk, envelope: str) -> None:
    """The face of one envelope and the list of another are two envelopes with wrong papers in them."""
    other = an_envelope(desk).number

    with refused(desk, "scans-differ") as caught:
        sealing.seal(desk, envelope, listed(desk, other), place="A-01", no_secret=True)

    assert envelope in caught.value.why
    assert other in caught.value.why


def test_each_scan_is_of_its_kind(desk: Desk, envelope: str) -> None:
    """Two scans of one face compare nothing."""
    slip = paper_of(desk, envelope, "reply_slip").number

    with refused(desk, "paper-wrong-kind"):
        sealing.seal(desk, envelope, envelope, place="A-01", no_secret=True)
    with refused(desk, "paper-wrong-kind"):
        sealing.seal(desk, envelope, slip, place="A-01", no_secret=True)
    with refused(desk, "paper-wrong-kind"):
        sealing.seal(desk, listed(desk, envelope), envelope, place="A-01", no_secret=True)


def test_each_scan_is_of_something_printed(desk: Desk, envelope: str) -> None:
    """A number that was never issued is no face."""
    with refused(desk, "paper-not-found"):
        sealing.seal(desk, envelope, listed(desk, envelope)[:-1] + "x", place="A-01", no_secret=True)


def test_a_void_list_does_not_seal(desk: Desk, envelope: str) -> None:
    """After a reprint the former list is refused by the name of its successor, which does seal."""
    former = listed(desk, envelope)
    successor = papers.reprint(desk, former, reason="damaged")

    with refused(desk, "paper-void") as caught:
        sealing.seal(desk, envelope, former, place="A-01", no_secret=True)
    sealed = sealing.seal(desk, envelope, successor.number, place="A-01", no_secret=True)

    assert successor.number in caught.value.why
    assert sealed.state == EnvelopeState.SEALED


def test_a_reprinted_face_seals_the_envelope_it_stands_for(desk: Desk, envelope: str) -> None:
    """The envelope keeps the number of its first face; any live face finds it."""
    face = papers.reprint(desk, envelope, reason="unreadable")

    sealed = sealing.seal(desk, face.number, listed(desk, envelope), place="A-01", no_secret=True)

    assert sealed.number == envelope


@pytest.mark.parametrize("code", ["9999", ""])
def test_whoever_has_looked_works_here(desk: Desk, envelope: str, code: str) -> None:
    """A code that is nobody's has looked at nothing; an empty one means oneself."""
    face, list_ = envelope, listed(desk, envelope)
    if code:
        with refused(desk, "inspector-unknown"):
            sealing.seal(desk, face, list_, place="A-01", inspected_by=code, no_secret=True)
    else:
        sealed = sealing.seal(desk, face, list_, place="A-01", inspected_by=code, no_secret=True)
        assert sealed.inspected_by == "1001"


def test_without_identity_nothing_is_sealed(desk: Desk) -> None:
    """Neither when nobody was looked at, nor when the check failed."""
    case = registration.register(desk, builders.an_intake()).number
    builders.review_all(desk, case)
    envelope = packing.pack(desk, [case]).number

    with refused(desk, "identity-missing") as never:
        builders.sealed(desk, envelope)
    identification.identify(desk, case, method="in_person", outcome="failed")
    with refused(desk, "identity-missing") as failed:
        builders.sealed(desk, envelope)
    identification.identify(with_second(desk), case, method="in_person", outcome="passed")

    assert never.value.why != failed.value.why
    assert builders.sealed(desk, envelope).state == EnvelopeState.SEALED


def test_every_case_in_the_envelope_must_be_ready(desk: Desk) -> None:
    """One case without identity keeps the whole envelope open."""
    ready, not_ready = a_case(desk).number, registration.register(desk, builders.an_intake()).number
    builders.review_all(desk, not_ready)
    envelope = packing.pack(desk, [ready, not_ready]).number

    with refused(desk, "identity-missing") as caught:
        builders.sealed(desk, envelope)

    assert not_ready in caught.value.what


def test_a_supplement_is_reviewed_before_it_is_sealed(desk: Desk) -> None:
    """What the home office asked for passes the same formal review."""
    consignment = a_consignment(desk, ConsignmentState.HOME_CORRECTING)
    (row,) = builders.open_rows(desk, consignment.case_number)
    formal_review.resubmit(desk, consignment.case_number, [Material(row=row.row_id, form="copy")])
    envelope = packing.pack(desk, [consignment.id]).number

    with refused(desk, "rows-open") as caught:
        builders.sealed(desk, envelope)
    builders.review_all(desk, consignment.case_number)

    assert row.name in caught.value.why
    assert builders.sealed(desk, envelope).state == EnvelopeState.SEALED


def test_a_sealed_envelope_is_not_sealed_again(desk: Desk) -> None:
    """The refusal tells who sealed it, when, and what can be done now."""
    envelope = an_envelope(desk, EnvelopeState.SEALED).number

    with refused(desk, "wrong-state") as caught:
        builders.sealed(desk, envelope)

    assert "1001" in caught.value.why
    assert "2026-11-20" in caught.value.why
    assert "拆封" in caught.value.next
