"""属地签收 row by row: one line names what is missing or damaged of the list; the rest has been received."""

from __future__ import annotations

import json

import pytest

from tests import builders
from tests.builders import an_envelope, an_office, paper_of, refused
from workstation.acts import formal_review, home, packing, papers, receipts
from workstation.acts.desk import Desk
from workstation.acts.inputs import Material
from workstation.domain.case import Holder, Piece, RowState
from workstation.domain.codes import short_form
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState, Task


@pytest.fixture
def envelope(desk: Desk) -> str:
    """The number of an envelope that is on its way."""
    return an_envelope(desk, EnvelopeState.HANDED_OVER).number


def inside(desk: Desk, envelope: str) -> tuple[Piece, ...]:
    """The rows that the office is asked about."""
    return receipts.listed(desk, slip(desk, envelope)).rows


def slip(desk: Desk, envelope: str) -> str:
    """The number on the reply slip."""
    return paper_of(desk, envelope, "reply_slip").number


def told(desk: Desk, envelope: str, rows: str) -> None:
    """The office reads its code and says this of the rows."""
    receipts.acknowledge(desk, slip(desk, envelope), channel="phone", rows=rows)


def piece_of(desk: Desk, name: str) -> Piece:
    """A piece as it stands."""
    with desk.reading() as reading:
        piece = reading.pieces.get(name)
    assert piece is not None
    return piece


def tasks_of(desk: Desk, envelope: str) -> dict[str, Task]:
    """The open tasks about an envelope, by kind."""
    with desk.reading() as reading:
        return {task.kind: task for task in reading.tasks.where(object=envelope, state="open")}


def test_the_rows_are_those_of_the_printed_list(desk: Desk, envelope: str) -> None:
    """As many, in the same order, under the same numbers; to look at them records nothing."""
    before = builders.head(desk)

    expected = receipts.listed(desk, slip(desk, envelope))

    sheet = paper_of(desk, envelope, "packing_list").number
    with desk.reading() as reading:
        printed = papers.facts_of(reading, sheet)["rows"]
    assert expected.envelope.number == envelope
    assert [(str(row), piece.name) for row, piece in enumerate(expected.rows, start=1)] == [
        (line["seq"], line["name"]) for line in printed
    ]
    assert len(printed) > 2
    assert builders.head(desk) == before


def test_rows_are_shown_for_the_short_form_too(desk: Desk, envelope: str) -> None:
    """With the office, as it acknowledges; and of an envelope whose slip is lost by its own number."""
    said = short_form(slip(desk, envelope))

    by_slip = receipts.listed(desk, said, an_office().code)

    assert by_slip.envelope.number == envelope
    assert receipts.listed_in(desk, envelope) == by_slip


def test_nothing_is_asked_of_an_envelope_that_has_not_left(desk: Desk) -> None:
    """Its slip lies in it, and nobody has opened it."""
    sealed = an_envelope(desk, EnvelopeState.SEALED).number

    with refused(desk, "wrong-state"):
        receipts.listed(desk, slip(desk, sealed))
    with refused(desk, "wrong-state"):
        receipts.listed_in(desk, sealed)


def test_nothing_said_means_that_all_is_there(desk: Desk, envelope: str) -> None:
    """Every piece is the home office's, and there is no task."""
    pieces = inside(desk, envelope)

    told(desk, envelope, "")

    assert {piece_of(desk, piece.id).holder for piece in pieces} == {Holder.INSIDE}
    assert tasks_of(desk, envelope) == {}
    with desk.reading() as reading:
        facts = json.loads(reading.journal_of(envelope)[-1].body)["facts"]
    assert facts == {
        "channel": "phone",
        "short": False,
        "received": len(pieces),
        "missing_inside": 0,
        "damaged_inside": 0,
    }


@pytest.mark.parametrize(
    "rows",
    [
        "1缺 3损",
        "1q 3s",
        "3S，1Q",
        "１缺、３损",
        "1 缺3 损",
        "1缺;3损。",
        "  1缺\t3损 ",
        "1q1q3s",
        "001缺 3损",
    ],
)
def test_one_line_is_understood_however_it_is_typed(desk: Desk, envelope: str, rows: str) -> None:
    """Blanks, commas, full width, and letters where the input method has eaten the character."""
    pieces = inside(desk, envelope)

    told(desk, envelope, rows)

    tasks = tasks_of(desk, envelope)
    assert {kind: task.note for kind, task in tasks.items()} == {
        "missing_inside": pieces[0].id,
        "damaged_inside": pieces[2].id,
    }


def test_what_is_missing_is_the_carriers_and_supplied_anew(desk: Desk, envelope: str) -> None:
    """Its row waits again, the leg is closed all the same, and what comes instead follows in a supplement."""
    pieces = inside(desk, envelope)
    (before,) = builders.consignments_in(desk, envelope)

    told(desk, envelope, "2缺")

    missing = piece_of(desk, pieces[1].id)
    (consignment,) = builders.consignments_in(desk, envelope)
    assert (missing.holder, missing.holder_ref, missing.goes) == (Holder.CARRIER, envelope, 0)
    assert missing.is_lost
    assert consignment.state == ConsignmentState.ACKNOWLEDGED
    assert [row.row_id for row in builders.open_rows(desk, before.case_number)] == [missing.row_id]
    supplied_anew(desk, before.case_number)
    builders.assert_true_ledger(desk, before.case_number)


def supplied_anew(desk: Desk, case: str) -> None:
    """The applicant brings the row once more; it is reviewed, packed, sealed and handed over."""
    with desk.reading() as reading:
        (row,) = [row for row in reading.rows.where(case_number=case) if row.state == RowState.PENDING]
    form = "original" if row.form == "original" else "copy"
    formal_review.resubmit(desk, case, [Material(row=row.row_id, form=form)])
    builders.review_all(desk, case)
    supplement = packing.pack(desk, [f"{case}-1"])
    builders.sealed(desk, supplement.number)
    builders.handed_over(desk, supplement.number)
    opened = builders.acknowledged(desk, supplement.number)
    assert (opened.purpose, opened.state) == ("supplement", EnvelopeState.OPENED)


def test_what_is_damaged_is_there_and_looked_after(desk: Desk, envelope: str) -> None:
    """The home office holds it; the task names the piece and nobody."""
    pieces = inside(desk, envelope)

    told(desk, envelope, "2损")

    damaged = piece_of(desk, pieces[1].id)
    (consignment,) = builders.consignments_in(desk, envelope)
    task = tasks_of(desk, envelope)["damaged_inside"]
    assert damaged == pieces[1]
    assert builders.held_by(desk, damaged.holder, damaged.holder_ref)[0] == Holder.HOME_OFFICE
    assert (task.object, task.note, task.opened_by) == (envelope, damaged.id, "1001")
    assert builders.open_rows(desk, consignment.case_number) == []
    builders.assert_true_ledger(desk, consignment.case_number)


def test_what_is_missing_does_not_come_back_with_a_refusal(desk: Desk, envelope: str) -> None:
    """The home office sends back what it has."""
    pieces = inside(desk, envelope)
    told(desk, envelope, "1缺 2损")
    (consignment,) = builders.consignments_in(desk, envelope)

    home.refuse(desk, consignment.id, reason="not_ours")

    back = {piece.id for piece in pieces[1:]}
    assert {found.piece for found in builders.found(desk, consignment.id)} == back


def test_a_supplement_of_which_a_row_is_missing_is_still_wanted(desk: Desk) -> None:
    """The envelope is acknowledged; the office goes on waiting for that paper."""
    envelope = an_envelope(desk, EnvelopeState.HANDED_OVER, purpose="supplement").number

    told(desk, envelope, "1缺")

    (consignment,) = builders.consignments_in(desk, envelope)
    assert builders.envelope_of(desk, envelope).state == EnvelopeState.OPENED
    assert (consignment.state, consignment.supplement) == (ConsignmentState.HOME_CORRECTING, None)
    assert len(builders.open_rows(desk, consignment.case_number)) == 1
    builders.assert_true_ledger(desk, consignment.case_number)


def test_each_case_of_an_envelope_has_its_own_rows(desk: Desk) -> None:
    """The list goes on counting through the cases, and the row of the right one waits again."""
    cases = sorted(builders.a_case(desk).number for _ in range(2))
    envelope = packing.pack(desk, cases).number
    builders.sealed(desk, envelope)
    builders.handed_over(desk, envelope)
    pieces = inside(desk, envelope)
    assert [piece.case_number for piece in pieces] == sorted(piece.case_number for piece in pieces)

    told(desk, envelope, f"{len(pieces)}缺")

    assert builders.open_rows(desk, cases[0]) == []
    assert [row.row_id for row in builders.open_rows(desk, cases[1])] == [pieces[-1].row_id]
    builders.assert_true_ledger(desk, *cases)


@pytest.mark.parametrize(
    "rows", ["3", "缺", "-3缺", "3-5缺", "3缺 5", "缺3", "3坏", "3,5缺", "1000缺", "3缺[/]", "三缺", "٣缺"]
)
def test_what_is_not_understood_records_nothing(desk: Desk, envelope: str, rows: str) -> None:
    """Each is refused with how it is written; a row of which nothing is said is no tick."""
    with refused(desk, "rows-unclear") as caught:
        told(desk, envelope, rows)

    assert "3缺 5损" in caught.value.next


@pytest.mark.parametrize(("code", "rows"), [("row-told-twice", "2缺 2损"), ("row-not-listed", "0缺")])
def test_a_row_is_one_of_the_list_and_told_once(desk: Desk, envelope: str, code: str, rows: str) -> None:
    """Missing and damaged at once is a mishearing, and so is a row below the first."""
    with refused(desk, code):
        told(desk, envelope, rows)


def test_a_row_beyond_the_list_is_refused_with_its_length(desk: Desk, envelope: str) -> None:
    """Nothing is recorded, not even the rows that are right."""
    last = len(inside(desk, envelope))

    with refused(desk, "row-not-listed") as caught:
        told(desk, envelope, f"1缺 {last + 1}损")

    assert f"1 至 {last} 行" in caught.value.why
