"""开具户籍类证明, from the counter to the result."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import (
    RETURN_WAYBILL,
    WAYBILL,
    a_consignment,
    an_intake,
    badge,
    missing,
    paper_of,
    passing,
)
from workstation.acts import (
    custody,
    formal_review,
    handover,
    home,
    identification,
    notices,
    packing,
    papers,
    receipts,
    registration,
    results,
    scanning,
    sealing,
    searching,
    service,
    viewing,
)
from workstation.acts.desk import Desk
from workstation.acts.inputs import Found, Material, Result
from workstation.domain.case import CaseState, Holder
from workstation.domain.consignment import ConsignmentState

pytestmark = pytest.mark.engine


def test_a_certificate_with_a_paper_missing_at_first(desk: Desk) -> None:
    """One row is missing, is told once, is brought, and the certificate comes back and is handed over."""
    case = registration.register(desk, an_intake(without=("statement",))).number
    identification.identify(desk, case, method="in_person", outcome="passed")
    told(desk, case)
    brought(desk, case)
    envelope = mailed(desk, case)
    answered(desk, case, envelope)
    collected(desk, case)

    closed = service.close(desk, case, rating="invited")

    assert closed.state == CaseState.CLOSED
    assert {span.holder for span in custody.of_case(desk, case) if span.until is None} == {
        Holder.APPLICANT,
        Holder.HOME_OFFICE,
        Holder.RECIPIENT,
    }
    assert_dates_are_apart(desk, case)
    assert_papers_were_printed(desk, case, envelope)
    builders.assert_true_ledger(desk, case)


def told(desk: Desk, case: str) -> None:
    """Everything that is missing, on one 一次性告知单."""
    rows = builders.open_rows(desk, case)
    findings = [missing("statement") if row.row_id == "statement" else passing(row) for row in rows]
    assert formal_review.review(desk, case, findings).state == CaseState.REGISTERED
    assert notices.notice(desk, case, due="2026-12-04").state == CaseState.TO_CORRECT
    (found,) = searching.search(desk, "覃示例")
    assert found.number == case


def brought(desk: Desk, case: str) -> None:
    """The applicant comes back, and the row passes."""
    formal_review.resubmit(desk, case, [Material(row="statement", form="original", pages=2)])
    assert builders.review_all(desk, case).state == CaseState.REVIEWED


def mailed(desk: Desk, case: str) -> str:
    """Packed, sealed by two scans, and handed to the courier under a waybill."""
    envelope = packing.pack(desk, [case]).number
    listed = paper_of(desk, envelope, "packing_list").number
    sealing.seal(desk, envelope, listed, place="A-01", inspected_by="1002", no_secret=True)
    batch = handover.open_batch(desk, badge(desk)).number
    handover.scan_envelope(desk, batch, face=envelope, waybill=WAYBILL)
    handover.hand_over(desk, batch)
    assert scanning.scan(desk, WAYBILL).object == envelope
    return envelope


def answered(desk: Desk, case: str, envelope: str) -> None:
    """The home office reads out the slip's code, accepts, decides, and posts the certificate."""
    receipts.acknowledge(desk, paper_of(desk, envelope, "reply_slip").number, channel="phone")
    home.accept(desk, case, document_number="示例受〔2026〕7号")
    home.decide(
        desk, case, outcome="granted", result_mode="paper", results=[Result(name="户籍证明")],
        document_number="示例证〔2026〕7号",
    )  # fmt: skip
    results.result_return(desk, case, waybill=RETURN_WAYBILL)


def collected(desk: Desk, case: str) -> None:
    """The return envelope holds what was expected; the applicant is looked at again and takes it."""
    (certificate,) = builders.found(desk, case)
    results.arrive(desk, RETURN_WAYBILL, [Found(piece=certificate.piece)], place="R-03")
    assert viewing.case_file(desk, case).shown == ConsignmentState.RESULT_ARRIVED
    service.serve(desk, case, identity_checked=True)


def assert_dates_are_apart(desk: Desk, case: str) -> None:
    """Each step of the way has a date of its own, one after the other (收件不是受理)."""
    consignment, record = builders.consignment_of(desk, case), builders.case_of(desk, case)
    dates = [
        record.registered_at,
        consignment.sealed_at,
        consignment.handed_over_at,
        consignment.acknowledged_at,
        consignment.accepted_at,
        consignment.decided_at,
        consignment.returned_at,
        consignment.arrived_at,
        consignment.served_at,
        record.closed_at,
    ]
    told_dates = [date for date in dates if date is not None]
    assert len(told_dates) == len(dates)
    assert sorted(set(told_dates)) == told_dates


def assert_papers_were_printed(desk: Desk, case: str, envelope: str) -> None:
    """Six sheets for seven faces, each a PDF in the tray under its number."""
    batch = builders.envelope_of(desk, envelope).batch or ""
    faces = [face for of in (case, envelope, batch) for face in papers.listed(desk, of)]
    assert sorted({face.kind for face in faces}) == [
        "envelope",
        "handover_sheet",
        "intake_slip",
        "notice",
        "packing_list",
        "proof_of_service",
        "reply_slip",
    ]
    sheets = {face.sheet or face.number for face in faces}
    assert {path.stem for path in desk.tray.iterdir()} == sheets
    assert all(path.read_bytes().startswith(b"%PDF") for path in desk.tray.iterdir())


def test_a_certificate_that_never_comes_on_paper(desk: Desk) -> None:
    """The home office decides electronically: served without an envelope coming back, and closed."""
    consignment = a_consignment(desk, ConsignmentState.ACCEPTED)
    builders.decided(desk, consignment.id, "electronic")

    served = service.serve(desk, consignment.case_number, identity_checked=False)
    closed = service.close(desk, consignment.case_number, rating="refused")

    assert (served.state, closed.state) == (CaseState.SERVED, CaseState.CLOSED)
    builders.assert_true_ledger(desk, consignment.case_number)
