"""The way back: 回寄 under a waybill, and 到窗 with the contents compared to what was expected."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import RETURN_WAYBILL, a_consignment, arrived, found, refused, with_second
from workstation.acts import home, results
from workstation.acts.desk import Desk
from workstation.acts.inputs import Found, Result
from workstation.domain.case import Holder
from workstation.domain.consignment import Consignment, ConsignmentState
from workstation.domain.envelope import Task


@pytest.fixture
def decided(desk: Desk) -> str:
    """The id of a consignment with two result documents."""
    consignment = a_consignment(desk, ConsignmentState.ACCEPTED)
    documents = [Result(name="户籍证明", copies=2), Result(name="告知函")]
    home.decide(desk, consignment.id, outcome="granted", result_mode="paper", results=documents)
    return consignment.id


def tasks(desk: Desk, consignment: str) -> list[Task]:
    """What is to be asked about a consignment."""
    with desk.reading() as reading:
        return reading.tasks.where(object=consignment)


def test_what_is_posted_is_with_the_carrier(desk: Desk, decided: str) -> None:
    """A waybill is bound if it is known; without one the result is in the post all the same."""
    returning = results.result_return(desk, decided, waybill=RETURN_WAYBILL)

    with desk.reading() as reading:
        (waybill,) = reading.waybills.where(object=decided)
        holders = {p.holder for p in reading.pieces.where(consignment=decided, form="result")}
    assert (returning.state, returning.returned_at) == (
        ConsignmentState.RESULT_RETURNING,
        returning.changed_at,
    )
    assert (waybill.number, waybill.leg, waybill.state) == (RETURN_WAYBILL, "back", "live")
    assert holders == {Holder.CARRIER}


@pytest.mark.parametrize("mode", ["electronic", "direct_post"])
def test_only_paper_comes_back(desk: Desk, mode: str) -> None:
    """Another result is served without passing this counter."""
    consignment = a_consignment(desk, ConsignmentState.ACCEPTED)
    builders.decided(desk, consignment.id, mode)

    with refused(desk, "result-not-on-paper"):
        results.result_return(desk, consignment.id)


def test_a_typed_return_waybill_takes_two(desk: Desk, decided: str) -> None:
    """As on the way out."""
    with refused(desk, "second-needed"):
        results.result_return(desk, decided, waybill=RETURN_WAYBILL, how="typed")
    with refused(desk, "waybill-unknown-form"):
        results.result_return(desk, decided, waybill="EE123456784CN")
    results.result_return(with_second(desk), decided, waybill=RETURN_WAYBILL, how="typed")

    with desk.reading() as reading:
        assert [w.second for w in reading.waybills.where(object=decided)] == ["2002"]


def test_a_waybill_on_its_way_out_is_not_one_coming_back(desk: Desk, decided: str) -> None:
    """A number is live once, whichever way it goes."""
    other = a_consignment(desk, ConsignmentState.DECIDED).id
    results.result_return(desk, decided, waybill=RETURN_WAYBILL)

    with refused(desk, "waybill-in-use"):
        results.result_return(desk, other, waybill=RETURN_WAYBILL)


@pytest.mark.parametrize("scan", [RETURN_WAYBILL, RETURN_WAYBILL.lower(), f"]C1{RETURN_WAYBILL}"])
def test_a_return_envelope_is_found_by_its_waybill(desk: Desk, decided: str, scan: str) -> None:
    """What is scanned at the door is the carrier's label."""
    results.result_return(desk, decided, waybill=RETURN_WAYBILL)

    here = results.arrive(desk, scan, found(desk, decided), place=" R-03 ")

    with desk.reading() as reading:
        pieces = reading.pieces.where(consignment=decided, form="result")
        (waybill,) = reading.waybills.where(object=decided)
    assert (here.id, here.state) == (decided, ConsignmentState.RESULT_ARRIVED)
    assert {(p.holder, p.holder_ref, p.expected) for p in pieces} == {(Holder.RESULT_SHELF, "R-03", 0)}
    assert waybill.state == "ended"
    assert tasks(desk, decided) == []


def posted(desk: Desk, decided: str) -> Consignment:
    """The result is in the post."""
    return results.result_return(desk, decided)


def test_what_did_not_come_is_a_task(desk: Desk, decided: str) -> None:
    """The desk asks the home office; the missing paper stays expected and with the carrier."""
    posted(desk, decided)

    results.arrive(desk, decided, [Found(piece=f"{decided}-result-1", copies=2)], place="R-01")

    (task,) = tasks(desk, decided)
    with desk.reading() as reading:
        missing = reading.pieces.get(f"{decided}-result-2")
    assert (task.kind, task.state, task.note) == ("contents_differ", "open", f"{decided}-result-2")
    assert missing is not None
    assert (missing.holder, missing.expected) == (Holder.CARRIER, 1)


def test_what_comes_late_ends_the_task(desk: Desk, decided: str) -> None:
    """The piece is laid on the shelf, the day of the arrival stays, and nothing more is expected."""
    results.result_return(desk, decided)
    first, second = found(desk, decided)
    arrived_at = results.arrive(desk, decided, [first], place="R-01").arrived_at

    late = results.arrive(desk, decided, [second], place="R-02")

    assert (late.state, late.arrived_at) == (ConsignmentState.RESULT_ARRIVED, arrived_at)
    assert [(task.state, task.outcome) for task in tasks(desk, decided)] == [("done", "arrived")]
    assert found(desk, decided) == []
    with refused(desk, "nothing-expected"):
        results.arrive(desk, decided, [], place="R-02")
    builders.assert_true_ledger(desk, late.case_number)


def test_a_wrong_number_of_copies_is_a_task(desk: Desk, decided: str) -> None:
    """Two were announced and one came; one is what is here."""
    posted(desk, decided)
    whole = found(desk, decided)

    results.arrive(desk, decided, [Found(piece=whole[0].piece, copies=1), *whole[1:]], place="R-01")

    (task,) = tasks(desk, decided)
    with desk.reading() as reading:
        short = reading.pieces.get(whole[0].piece)
    assert task.note == whole[0].piece
    assert short is not None
    assert short.copies == 1


def test_copies_counted_twice_are_added_up(desk: Desk, decided: str) -> None:
    """Two copies in two lines are two copies."""
    posted(desk, decided)
    one = Found(piece=f"{decided}-result-1", copies=1)

    results.arrive(desk, decided, [one, one, Found(piece=f"{decided}-result-2")], place="R-01")

    assert tasks(desk, decided) == []


def test_an_empty_envelope_is_a_task(desk: Desk, decided: str) -> None:
    """It came, and nothing was in it."""
    posted(desk, decided)

    results.arrive(desk, decided, [], place="R-01")

    assert len(tasks(desk, decided)) == 1


@pytest.mark.parametrize(
    ("code", "piece", "copies", "place"),
    [
        ("piece-not-found", "result-9", 1, "R-01"),
        ("count-impossible", "result-1", 0, "R-01"),
        ("count-impossible", "result-1", 10**20, "R-01"),
        ("plain-text-empty", "result-1", 1, "　"),
    ],
)
def test_what_is_found_is_said_in_full(
    desk: Desk, decided: str, code: str, piece: str, copies: int, place: str
) -> None:
    """Nothing lies here until each paper has a name, a number and a place."""
    posted(desk, decided)

    with refused(desk, code):
        results.arrive(desk, decided, [Found(piece=f"{decided}-{piece}", copies=copies)], place=place)


def test_an_unknown_waybill_is_no_consignment(desk: Desk, decided: str) -> None:
    """A label nobody announced is looked into by hand."""
    posted(desk, decided)

    with refused(desk, "consignment-not-found"):
        results.arrive(desk, RETURN_WAYBILL, [], place="R-01")


def test_papers_sent_back_by_the_home_office_arrive_like_a_result(desk: Desk) -> None:
    """属地退件: all that went out is expected, counted and laid down."""
    consignment = a_consignment(desk, ConsignmentState.ACCEPTED)
    home.refuse(desk, consignment.id, reason="not_complete")
    expected = found(desk, consignment.id)

    here = arrived(desk, consignment.id)

    with desk.reading() as reading:
        shelf = reading.pieces.where(consignment=consignment.id, holder=Holder.RESULT_SHELF)
    assert len(expected) == len(shelf) == 3
    builders.assert_true_ledger(desk, here.case_number)
