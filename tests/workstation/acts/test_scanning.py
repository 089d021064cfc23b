"""What a scan means here: the number must have been issued; what it stands for, and what can be done."""

from __future__ import annotations

from datetime import date

import pytest

from tests import builders
from tests.builders import WAYBILL, a_case, an_envelope, badge, batched, paper_of, refused, with_second
from tests.engines import HALL
from workstation.acts import handover, packing, papers, scanning
from workstation.acts.desk import Desk
from workstation.domain import codes, lifecycle, scans
from workstation.domain.case import CaseState
from workstation.domain.codes import HallCode, Kind
from workstation.domain.envelope import EnvelopeState


def test_a_case_number_leads_to_the_case(desk: Desk) -> None:
    """With its state and the acts possible now."""
    case = a_case(desk, CaseState.REGISTERED)

    scanned = scanning.scan(desk, f"]C1{case.number} ")

    assert (scanned.kind, scanned.object, scanned.state) == ("case", case.number, "registered")
    assert scanned.acts == lifecycle.allowed(lifecycle.CASE, "registered")


@pytest.mark.parametrize("kind", ["envelope", "packing_list", "reply_slip"])
def test_every_live_face_leads_to_its_envelope(desk: Desk, kind: str) -> None:
    """Whichever of the three is at hand."""
    envelope = an_envelope(desk, EnvelopeState.SEALED).number

    scanned = scanning.scan(desk, paper_of(desk, envelope, kind).number)

    assert (scanned.kind, scanned.object, scanned.state) == (kind, envelope, "sealed")
    assert scanned.acts == lifecycle.allowed(lifecycle.ENVELOPE, "sealed")


def test_a_slip_leads_to_its_case(desk: Desk) -> None:
    """The 收件凭证 in the applicant's hand is scanned like a number."""
    case = a_case(desk, CaseState.REGISTERED).number

    scanned = scanning.scan(desk, paper_of(desk, case, "intake_slip").number)

    assert (scanned.kind, scanned.object) == ("intake_slip", case)


def test_batch_sheet_and_badge_are_known(desk: Desk) -> None:
    """A batch by its own number and by its sheet; a badge by its courier."""
    envelope = an_envelope(desk, EnvelopeState.SEALED).number
    batch = batched(desk, envelope).number
    open_ = scanning.scan(desk, batch)
    handover.hand_over(desk, batch)
    sheet = paper_of(desk, batch, "handover_sheet").number

    assert (open_.kind, open_.acts) == ("batch", ("scan_envelope", "hand_over"))
    assert (scanning.scan(desk, sheet).object, scanning.scan(desk, sheet).acts) == (batch, ())
    assert (scanning.scan(desk, badge(desk)).kind, scanning.scan(desk, badge(desk)).object) == (
        "badge",
        "5001",
    )


def test_a_void_face_is_refused_by_its_successor(desk: Desk) -> None:
    """And one without successor by the reason why it is void."""
    envelope = an_envelope(desk).number
    copy = papers.reprint(desk, envelope, reason="damaged")
    other = an_envelope(desk).number
    packing.void(with_second(desk), other, reason="other")

    with refused(desk, "paper-void") as caught:
        scanning.scan(desk, envelope)
    with refused(desk, "paper-void"):
        scanning.scan(desk, other)

    assert copy.number in caught.value.why


def number(kind: Kind, place: HallCode) -> str:
    """A right number that this hall has not issued."""
    return codes.compose(kind, place, window=7, day=date(2026, 11, 20), serial=77)


@pytest.mark.parametrize("kind", Kind)
def test_a_right_number_that_was_never_issued_is_unknown(desk: Desk, kind: Kind) -> None:
    """A check digit is never enough."""
    with refused(desk, "code-not-issued"):
        scanning.scan(desk, number(kind, HallCode(HALL.division, HALL.digit)))


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("practice-code-in-live-hall", HallCode(HALL.division, 9)),
        ("code-of-other-hall", HallCode("110101", 1)),
        ("code-of-other-hall", HallCode(HALL.division, 2)),
    ],
)
def test_another_halls_number_is_refused_by_name(desk: Desk, code: str, place: HallCode) -> None:
    """A practice code in a live hall above all."""
    with refused(desk, code):
        scanning.scan(desk, number(Kind.CASE, place))


def test_a_waybill_is_known_while_it_is_live(desk: Desk) -> None:
    """It leads to its envelope; after the arrival 13 digits are nobody's again."""
    envelope = an_envelope(desk, EnvelopeState.SEALED).number
    batch = handover.open_batch(desk, badge(desk)).number
    with refused(desk, "scan-waybill-not-expected"):
        scanning.scan(desk, WAYBILL)
    handover.scan_envelope(desk, batch, face=envelope, waybill=WAYBILL)
    live = scanning.scan(desk, WAYBILL)
    handover.hand_over(desk, batch)
    builders.acknowledged(desk, envelope)

    assert (live.kind, live.object, live.state) == ("waybill", envelope, "live")
    with refused(desk, "scan-waybill-not-expected"):
        scanning.scan(desk, WAYBILL)


def test_a_waybill_that_is_asked_for_may_be_new(desk: Desk) -> None:
    """Only at this moment, and bound to nothing yet."""
    scanned = scanning.scan(desk, WAYBILL, expecting_waybill=True)

    assert (scanned.kind, scanned.object, scanned.state) == ("waybill", "", "unbound")
    assert scanning.scan(desk, "EE123456785CN").state == "unbound"


@pytest.mark.parametrize(
    ("code", "raw"),
    [
        ("scan-empty", " \t\r\n"),
        ("scan-characters", "收件号"),
        ("scan-characters", "1350102\ud800"),
        ("scan-characters", "\x00\x1b[2J1"),
        ("scan-too-short", "135010210126"),
        ("scan-too-long", "1" * 5000),
        ("scan-check-digit", "13501021012632400010"),
        ("scan-s10-check-digit", "EE123456784CN"),
        ("scan-s10-country", "EE123456785QQ"),
    ],
)
def test_what_is_unknown_is_refused_with_the_nearest_reason(desk: Desk, code: str, raw: str) -> None:
    """Nothing that a scanner or a keyboard can send gets past the resolver unnamed."""
    with refused(desk, code):
        scanning.scan(desk, raw)


def test_every_reason_of_the_resolver_has_words() -> None:
    """No reason is added to the resolver without its sentence."""
    assert scanning._REASONS.keys() == set(scans.Reason)
    assert scanning._STRANGERS.keys() == set(scans.Stranger)
