"""Which consignments a number leads to, and what is said of one that leads to none."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import RETURN_WAYBILL, WAYBILL, a_consignment, paper_of
from workstation.acts import packing, results, scanning
from workstation.acts.desk import Desk
from workstation.domain.consignment import ConsignmentState as S
from workstation.errors import Explained
from workstation.screens.arrivals import finding


def names(desk: Desk, text: str) -> list[str]:
    """The ids found."""
    return [consignment.id for consignment in finding.find(desk, text)]


@pytest.mark.parametrize(
    ("text", "is_short"),
    [("00013", True), (" ０００１３ ", True), ("0 0013", True), ("0001", False), ("abcde", False)],
)
def test_a_short_code_is_five_digits(text: str, is_short: bool) -> None:
    """Blanks and full width are how people say and type it."""
    assert finding.is_short(text) is is_short


def test_every_number_of_a_consignment_leads_to_it(desk: Desk) -> None:
    """Its id, its case, each face of its envelope, the slip its case was given."""
    own = a_consignment(desk, S.HANDED_OVER)
    envelope = own.envelope or ""
    faces = [paper_of(desk, envelope, kind).number for kind in ("envelope", "packing_list", "reply_slip")]
    intake = paper_of(desk, own.case_number, "intake_slip").number

    for number in (own.id, own.case_number, envelope, intake, *faces, f" {own.case_number} "):
        assert names(desk, number) == [own.id], number


def test_an_envelope_may_hold_several(desk: Desk) -> None:
    """Two cases to one office went together."""
    cases = [builders.a_case(desk).number for _ in range(2)]
    envelope = packing.pack(desk, [f"{case}-1" for case in cases]).number

    assert sorted(names(desk, envelope)) == sorted(f"{case}-1" for case in cases)


def test_the_waybill_back_is_the_consignments(desk: Desk) -> None:
    """Written small or with blanks, as it stands on a label."""
    own = a_consignment(desk, S.DECIDED)
    results.result_return(desk, own.id, waybill=RETURN_WAYBILL)

    assert names(desk, RETURN_WAYBILL.lower()) == [own.id]
    assert names(desk, "EE 123456785 CN") == [own.id]


def test_what_leads_nowhere_says_why(desk: Desk) -> None:
    """An unknown id, a case that sent nothing, a badge, a waybill of nobody."""
    own = a_consignment(desk)
    unbound = scanning.scan(desk, WAYBILL, expecting_waybill=True)
    reasons = {
        f"{own.case_number}-5": "consignment-not-found",
        "1-1": "case-not-found",
        builders.badge(desk): "no-consignment",
        RETURN_WAYBILL: "waybill-unbound",
        "99": "scan-too-short",
    }

    for text, code in reasons.items():
        with builders.refused(desk, code):
            finding.find(desk, text)
    with builders.refused(desk, "waybill-unbound"):
        finding.led_to(desk, unbound)


def test_a_batch_is_no_consignment(desk: Desk) -> None:
    """The courier's screen is for those."""
    batch = builders.a_batch(desk)

    with pytest.raises(Explained) as caught:
        finding.find(desk, batch.number)

    builders.assert_explained(caught.value, "no-consignment")
