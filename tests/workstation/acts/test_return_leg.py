"""The way back: its label opens the right consignment; originals; results posted or sent as a file."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from tests import builders
from tests.builders import RETURN_WAYBILL, WAYBILL, a_consignment, found, refused, with_second
from workstation.acts import home, papers, result_files, results, service
from workstation.acts.desk import Desk
from workstation.acts.inputs import Found, Result
from workstation.acts.result_files import ResultFile
from workstation.domain.case import CaseState, Holder
from workstation.domain.consignment import ConsignmentState
from workstation.domain.times import SHANGHAI, local
from workstation.errors import Explained

OTHER_LABEL = "EE100000003CN"


def labels(desk: Desk, consignment: str) -> dict[str, str]:
    """The labels of a consignment's way back, and whether they are live."""
    with desk.reading() as reading:
        return {w.number: w.state for w in reading.waybills.where(object=consignment)}


# --- the label


@pytest.mark.parametrize(
    "state", [ConsignmentState.PACKING, ConsignmentState.HANDED_OVER, ConsignmentState.DECIDED]
)
def test_a_label_is_known_before_anything_comes_back(desk: Desk, state: ConsignmentState) -> None:
    """It is live from then on, and the consignment stays where it is."""
    consignment = a_consignment(desk, state)

    label = results.expect_return(desk, consignment.case_number, waybill=f" {RETURN_WAYBILL.lower()} ")

    assert (label.number, label.leg, label.object) == (RETURN_WAYBILL, "back", consignment.id)
    assert builders.consignment_of(desk, consignment.id) == consignment
    assert results.expect_return(desk, consignment.id, waybill=RETURN_WAYBILL) == label
    builders.assert_true_ledger(desk, consignment.case_number)


def test_the_scan_of_the_label_opens_its_consignment(desk: Desk) -> None:
    """Nobody told that it was used; 回寄 without a number, then the label at the door."""
    consignment = a_consignment(desk)
    results.expect_return(desk, consignment.id, waybill=RETURN_WAYBILL)
    builders.advance(desk, consignment.id, ConsignmentState.RESULT_RETURNING)

    here = results.arrive(desk, RETURN_WAYBILL, found(desk, consignment.id), place="R-01")

    assert (here.id, here.state) == (consignment.id, ConsignmentState.RESULT_ARRIVED)
    assert labels(desk, consignment.id) == {RETURN_WAYBILL: "ended"}


@pytest.mark.parametrize(
    ("state", "then"),
    [
        (ConsignmentState.HANDED_OVER, "receipt acknowledge"),
        (ConsignmentState.ACKNOWLEDGED, "home refuse"),
        (ConsignmentState.ACCEPTED, "home decide"),
        (ConsignmentState.DECIDED, "result return"),
    ],
)
def test_what_comes_unannounced_is_told_whose_it_is(desk: Desk, state: ConsignmentState, then: str) -> None:
    """And what has to be recorded first; nothing is guessed from an envelope at the door."""
    consignment = a_consignment(desk, state)
    results.expect_return(desk, consignment.id, waybill=RETURN_WAYBILL)

    with refused(desk, "result-not-announced") as caught:
        results.arrive(desk, RETURN_WAYBILL, [], place="R-01")

    assert consignment.id in caught.value.what
    assert then in caught.value.next


def test_another_label_takes_the_place_of_the_first(desk: Desk) -> None:
    """Only if the clerk says so; the former is live no more."""
    consignment = a_consignment(desk)
    results.expect_return(desk, consignment.id, waybill=RETURN_WAYBILL)
    with refused(desk, "waybill-bound"):
        results.expect_return(desk, consignment.id, waybill=OTHER_LABEL)

    results.expect_return(desk, consignment.id, waybill=OTHER_LABEL, instead=True)

    assert labels(desk, consignment.id) == {RETURN_WAYBILL: "ended", OTHER_LABEL: "live"}


def test_the_home_office_used_a_label_of_its_own(desk: Desk) -> None:
    """What it tells when it posts the result is what will come."""
    consignment = a_consignment(desk, ConsignmentState.DECIDED)
    results.expect_return(desk, consignment.id, waybill=RETURN_WAYBILL)

    results.result_return(desk, consignment.id, waybill=WAYBILL)

    assert labels(desk, consignment.id) == {RETURN_WAYBILL: "ended", WAYBILL: "live"}


def test_a_label_is_refused_where_none_will_be_used(desk: Desk) -> None:
    """The result is here, or does not come on paper; and a typed number takes two."""
    here = a_consignment(desk, ConsignmentState.RESULT_ARRIVED)
    electronic = a_consignment(desk, ConsignmentState.ACCEPTED)
    builders.decided(desk, electronic.id, "electronic")
    open_ = a_consignment(desk)

    with refused(desk, "wrong-state"):
        results.expect_return(desk, here.id, waybill=RETURN_WAYBILL)
    with refused(desk, "result-not-on-paper"):
        results.expect_return(desk, electronic.id, waybill=RETURN_WAYBILL)
    with refused(desk, "second-needed"):
        results.expect_return(desk, open_.id, waybill=RETURN_WAYBILL, how="typed")
    with refused(desk, "changed-meanwhile"):
        results.expect_return(replace(desk, seen=99), open_.id, waybill=RETURN_WAYBILL)
    assert results.expect_return(with_second(desk), open_.id, waybill=RETURN_WAYBILL, how="typed").second


def test_a_label_nobody_used_is_followed_no_more(desk: Desk) -> None:
    """The result went to the applicant directly."""
    consignment = a_consignment(desk)
    results.expect_return(desk, consignment.id, waybill=RETURN_WAYBILL)
    builders.advance(desk, consignment.id, ConsignmentState.ACCEPTED)
    builders.decided(desk, consignment.id, "direct_post")

    builders.served(desk, consignment.case_number)

    assert labels(desk, consignment.id) == {RETURN_WAYBILL: "ended"}


# --- what lies in the return envelope


def test_originals_at_the_home_office_are_told_beside_what_is_announced(desk: Desk) -> None:
    """The result first, then what may come along and goes back to the applicant."""
    consignment = a_consignment(desk, ConsignmentState.RESULT_RETURNING)

    coming = results.expected(desk, consignment.case_number)

    told = [(c.piece.form, c.announced, c.is_given_back) for c in coming]
    assert told[0] == ("result", True, False)
    assert len(told) > 1
    assert set(told[1:]) == {("original", False, True)}


def test_an_original_that_came_along_is_laid_down_and_handed_back(desk: Desk) -> None:
    """Nobody had announced it; the chain of who holds it has no gap."""
    consignment = a_consignment(desk, ConsignmentState.RESULT_RETURNING)
    original = next(c.piece.id for c in results.expected(desk, consignment.id) if c.is_given_back)

    contents = [*found(desk, consignment.id), Found(piece=original)]
    results.arrive(desk, consignment.id, contents, place="R-07")

    with desk.reading() as reading:
        laid = reading.pieces.get(original)
        tasks = reading.tasks.where(object=consignment.id)
    assert laid is not None
    assert (laid.holder, laid.holder_ref, tasks) == (Holder.RESULT_SHELF, "R-07", [])
    builders.served(desk, consignment.case_number)
    with desk.reading() as reading:
        handed = reading.pieces.get(original)
    assert handed is not None
    assert handed.holder == Holder.RECIPIENT
    builders.assert_true_ledger(desk, consignment.case_number)


def test_an_original_may_come_after_the_result(desk: Desk) -> None:
    """Nothing is expected any more, and still it is here."""
    consignment = a_consignment(desk, ConsignmentState.RESULT_ARRIVED)
    original = next(c.piece.id for c in results.expected(desk, consignment.id) if c.is_given_back)

    late = results.arrive(desk, consignment.id, [Found(piece=original)], place="R-02")

    assert late.arrived_at == consignment.arrived_at
    with refused(desk, "nothing-expected"):
        results.arrive(desk, consignment.id, [], place="R-02")


def test_a_copy_that_came_along_is_not_ours_to_count(desk: Desk) -> None:
    """The home office keeps its file."""
    consignment = a_consignment(desk, ConsignmentState.RESULT_RETURNING)
    with desk.reading() as reading:
        pieces = reading.pieces.where(consignment=consignment.id)
    copy = next(piece.id for piece in pieces if piece.form == "copy" and piece.holder == Holder.INSIDE)

    with refused(desk, "piece-not-found"):
        results.arrive(desk, consignment.id, [Found(piece=copy)], place="R-01")


# --- posted to the applicant, or electronic


def decided_for(desk: Desk, mode: str, *, on: str = "2026-11-20") -> str:
    """The number of a case whose one result goes that way."""
    consignment = a_consignment(desk, ConsignmentState.ACCEPTED)
    builders.decided(desk, consignment.id, mode)
    assert local(builders.consignment_of(desk, consignment.id).decided_at or 0).date().isoformat() == on
    return consignment.case_number


def later(desk: Desk, days: int) -> Desk:
    """The same desk so many days on."""
    at = desk.store.now() + days * 24 * 60 * 60 * 1000
    return replace(desk, store=replace(desk.store, clock=builders.Ticking(at)))


def test_the_date_on_the_receipt_is_the_date_of_service(desk: Desk) -> None:
    """Not the day on which the clerk hears of it; the proof says so too."""
    case = decided_for(desk, "direct_post")
    now = later(desk, 6)

    served = service.serve(now, case, identity_checked=False, received_on="2026-11-23")

    midnight = datetime.datetime(2026, 11, 23, tzinfo=SHANGHAI)
    (consignment,) = builders.consignments_of(now, case)
    proof = builders.paper_of(now, case, "proof_of_service").number
    with now.reading() as reading:
        facts = papers.facts_of(reading, proof)
    assert consignment.served_at == served.served_at == midnight.timestamp() * 1000
    assert (served.state, facts["service.at"]) == (CaseState.SERVED, "2026-11-23")
    builders.assert_true_ledger(now, case)


def test_a_receipt_of_the_day_of_the_decision_is_not_earlier_than_it(desk: Desk) -> None:
    """A receipt has no hour."""
    case = decided_for(desk, "direct_post")

    service.serve(later(desk, 1), case, identity_checked=False, received_on="2026-11-20")

    (consignment,) = builders.consignments_of(desk, case)
    assert consignment.served_at == consignment.decided_at


@pytest.mark.parametrize(
    ("code", "day"),
    [("received-on-impossible", "2026-11-19"), ("received-on-impossible", "2026-11-24"),
     ("day-impossible", "2026-11-31")],
)  # fmt: skip
def test_a_date_that_cannot_be_is_refused(desk: Desk, code: str, day: str) -> None:
    """Before the decision, or still to come."""
    case = decided_for(desk, "direct_post")

    with refused(desk, code):
        service.serve(later(desk, 3), case, identity_checked=False, received_on=day)


def test_an_electronic_result_is_kept_by_its_digest(desk: Desk, tmp_path: Path) -> None:
    """Whoever holds the file can be asked whether it is that one; the file stays where it is."""
    case = decided_for(desk, "electronic")
    path = tmp_path / "结果.pdf"
    path.write_bytes(b"%PDF-1.7 example")

    service.serve(desk, case, identity_checked=False, file=result_files.load(path))

    (consignment,) = builders.consignments_of(desk, case)
    with desk.reading() as reading:
        entry = next(e for e in reading.journal_of(case) if e.act == "serve")
    assert consignment.result_digest == hashlib.new("sm3", b"%PDF-1.7 example").hexdigest()
    assert '"size":16' in entry.body
    builders.assert_true_ledger(desk, case)


@pytest.mark.parametrize("content", [b"", None])
def test_a_file_that_is_none_is_refused(tmp_path: Path, content: bytes | None) -> None:
    """Empty or not there; said with what to do."""
    path = tmp_path / "结果.pdf"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(Explained) as caught:
        result_files.load(path)

    code = "result-file-unreadable" if content is None else "result-file-empty"
    builders.assert_explained(caught.value, code)


def test_a_date_or_a_file_belongs_to_its_own_mode(desk: Desk) -> None:
    """Neither to a result that is handed over at the window."""
    case = a_consignment(desk, ConsignmentState.RESULT_ARRIVED).case_number

    with refused(desk, "received-on-needless"):
        service.serve(desk, case, identity_checked=True, received_on="2026-11-20")
    with refused(desk, "result-file-needless"):
        service.serve(desk, case, identity_checked=True, file=ResultFile("00", 1))


def test_one_consignment_is_served_alone(desk: Desk) -> None:
    """Two electronic results are two files, so each is named."""
    case = builders.a_case(desk, offices=2).number
    for name in (f"{case}-1", f"{case}-2"):
        builders.advance(desk, name, ConsignmentState.ACCEPTED)
        home.decide(desk, name, outcome="granted", result_mode="electronic", results=[Result(name="证明")])
    with refused(desk, "consignment-ambiguous"):
        service.serve(desk, case, identity_checked=False, file=ResultFile("11", 1))

    half = service.serve(desk, f"{case}-2", identity_checked=False, file=ResultFile("22", 1))
    whole = service.serve(desk, case, identity_checked=False, file=ResultFile("11", 1))

    assert (half.state, whole.state) == (CaseState.REVIEWED, CaseState.SERVED)
    assert [c.result_digest for c in builders.consignments_of(desk, case)] == ["11", "22"]
