"""容缺 and 告知承诺: offered only where everything that protects home office and applicant is there."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import agreed, an_intake, asked_later, refused
from tests.engines import OPENING
from workstation.acts import departures, formal_review, home, packing, papers, pledges, registration
from workstation.acts.desk import Desk
from workstation.acts.inputs import CreditCheck, Finding, Material, PledgedRow
from workstation.domain.case import CaseState, RowState
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState
from workstation.domain.pledge import Pledge

DEFERRED = Finding(row="statement", way="deferred")


@pytest.fixture
def case(desk: Desk, undrawn: None) -> str:
    """A case whose statement is missing, at a home office that lets it follow."""
    agreed(desk)
    return registration.register(desk, an_intake(without=("statement",))).number


def pledges_of(desk: Desk, case: str) -> list[Pledge]:
    """All pledges of a case."""
    with desk.reading() as reading:
        return reading.pledges.where(case_number=case)


def test_the_four_conditions_come_first(desk: Desk, case: str) -> None:
    """Agreement lists the row, pledge printed and signed, day set, 失信 checked: then the row is deferred."""
    (printed,) = pledges.print_pledge(desk, case, asked_later())
    with refused(desk, "pledge-not-signed"):
        formal_review.review(desk, case, [DEFERRED])
    (signed,) = pledges.sign(desk, builders.paper_of(desk, printed.sheet, "pledge").number)

    formal_review.review(desk, case, [DEFERRED])

    assert (signed.state, signed.signed_by, signed.due) == ("signed", "1001", "2026-12-11")
    assert (signed.credit_source, signed.agreement) == ("示例信用查询平台", "450101-police/59/1")
    assert builders.open_rows(desk, case)[0].row_id != "statement"


def test_without_an_agreement_nothing_is_deferred(desk: Desk, undrawn: None) -> None:
    """Default nothing granted: the same wish at an office without an agreement is refused."""
    case = registration.register(desk, an_intake()).number

    with refused(desk, "not-agreed"):
        pledges.print_pledge(desk, case, asked_later())


@pytest.mark.parametrize(("row", "kind"), [("application", "deferred"), ("application", "pledged")])
def test_a_row_the_agreement_does_not_list_is_not_deferred(
    desk: Desk, case: str, row: str, kind: str
) -> None:
    """The refusal names the agreement it looked into."""
    with refused(desk, "not-agreed") as caught:
        pledges.print_pledge(desk, case, asked_later(row, kind=kind))

    assert "450101-police/59/1" in caught.value.why


def test_somebody_with_an_unrepaired_record_is_received_as_usual(desk: Desk, case: str) -> None:
    """失信未修复 (厦审改办〔2024〕12号): neither deferred nor pledged, and told what happens instead."""
    listed = CreditCheck(source="示例信用查询平台", outcome="listed")

    with refused(desk, "credit-listed") as caught:
        pledges.print_pledge(desk, case, asked_later(credit=listed))

    assert "一次性告知" in caught.value.next


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (PledgedRow(row="statement", kind="deferred", due="2026-11-19"), "due-past"),
        (PledgedRow(row="statement", kind="deferred", due="2026-02-30"), "day-impossible"),
        (PledgedRow(row="statement", kind="later", due="2026-12-11"), "code-unknown"),
        (PledgedRow(row="nothing", kind="deferred", due="2026-12-11"), "row-not-found"),
    ],
)
def test_what_is_wished_for_is_said_rightly(desk: Desk, case: str, row: PledgedRow, code: str) -> None:
    """Each wrong value under its own name, and nothing is printed."""
    with refused(desk, code):
        pledges.print_pledge(desk, case, asked_later(rows=(row,)))


def test_a_wish_names_each_row_once_and_an_office_that_there_is(desk: Desk, case: str) -> None:
    """No rows, a row twice, an office the case does not go to, a check without its source."""
    with refused(desk, "rows-missing"):
        pledges.print_pledge(desk, case, asked_later(rows=()))
    with refused(desk, "row-repeated"):
        pledges.print_pledge(desk, case, asked_later("statement", "statement"))
    with refused(desk, "material-office"):
        pledges.print_pledge(desk, case, asked_later(office=2))
    with refused(desk, "plain-text-empty"):
        pledges.print_pledge(desk, case, asked_later(credit=CreditCheck(source="", outcome="clear")))


def test_what_has_passed_needs_no_pledge(desk: Desk, undrawn: None) -> None:
    """A row that passed is not to be deferred."""
    agreed(desk, deferrable_rows=("application", "statement"))
    case = builders.a_case(desk, CaseState.TO_CORRECT).number

    with refused(desk, "row-settled"):
        pledges.print_pledge(desk, case, asked_later("application"))
    formal_review.resubmit(desk, case, [Material(row="statement", form="original")])
    assert builders.review_all(desk, case).state == CaseState.REVIEWED
    with refused(desk, "wrong-state"):
        pledges.print_pledge(desk, case, asked_later())


def test_a_new_sheet_makes_the_former_one_void(desk: Desk, case: str) -> None:
    """A row stands on one sheet; signing the former one does nothing."""
    (first,) = pledges.print_pledge(desk, case, asked_later())
    (second,) = pledges.print_pledge(desk, case, asked_later(kind="pledged"))

    assert [p.state for p in pledges_of(desk, case)] == ["void", "printed"]
    with refused(desk, "pledge-signed"):
        pledges.sign(desk, builders.paper_of(desk, first.sheet, "pledge").number)
    pledges.sign(desk, builders.paper_of(desk, second.sheet, "pledge").number)
    with refused(desk, "pledge-not-signed"):
        formal_review.review(desk, case, [DEFERRED])
    formal_review.review(desk, case, [Finding(row="statement", way="pledged")])


def test_a_reprinted_sheet_is_signed_like_the_first(desk: Desk, case: str) -> None:
    """副本: the new face leads to the same sheet, the former one is void."""
    (printed,) = pledges.print_pledge(desk, case, asked_later())
    former = builders.paper_of(desk, printed.sheet, "pledge").number
    copy = papers.reprint(desk, former, reason="damaged").number

    with refused(desk, "paper-void"):
        pledges.sign(desk, former)
    assert pledges.sign(desk, copy)[0].state == "signed"


def test_another_paper_is_no_pledge(desk: Desk, case: str) -> None:
    """The intake slip's barcode signs nothing."""
    with refused(desk, "paper-wrong-kind"):
        pledges.sign(desk, builders.paper_of(desk, case, "intake_slip").number)


def test_the_due_list_is_a_worklist(desk: Desk, undrawn: None) -> None:
    """What is owed stands on it from the signature until it passes, overdue once its day is over."""
    case = builders.a_deferring_case(desk).number

    (due,) = pledges.due_list(desk)
    assert (due.case.number, due.row_name, due.is_overdue) == (case, "无法取得居民户口簿的情况说明", False)

    builders.brought(desk, case)
    assert pledges.due_list(desk) == []
    assert [p.state for p in pledges_of(desk, case)] == ["kept"]


def test_what_is_overdue_says_so(desk: Desk, undrawn: None) -> None:
    """The day after the last one; the list is read against today."""
    builders.a_deferring_case(desk)
    clock = desk.store.clock
    assert isinstance(clock, builders.Ticking)

    clock.stop(OPENING + 22 * 24 * 3600 * 1000)

    assert [due.is_overdue for due in pledges.due_list(desk)] == [True]


def test_a_deferred_row_keeps_nothing_else_back(desk: Desk, undrawn: None) -> None:
    """The case passes, is packed without it, and is sealed."""
    consignment = builders.a_deferred_consignment(desk, ConsignmentState.SEALED)

    with desk.reading() as reading:
        row = reading.rows.get(consignment.case_number, "statement")
    assert row is not None
    assert row.state == RowState.DEFERRED


@pytest.mark.parametrize("after", ["handed_over", "acknowledged", "accepted"])
def test_a_deferred_paper_follows_as_a_supplement(desk: Desk, undrawn: None, after: str) -> None:
    """At any state before the decision, in an envelope of its own, which moves nothing else (design §2)."""
    envelope = builders.a_deferred_supplement(desk, after, EnvelopeState.OPENED)

    (consignment,) = builders.consignments_in(desk, envelope.number)
    assert envelope.purpose == "supplement"
    assert (consignment.state, consignment.supplement) == (after, None)
    builders.assert_true_ledger(desk, consignment.case_number)


def test_before_the_first_envelope_leaves_it_simply_goes_along(desk: Desk, undrawn: None) -> None:
    """Brought while the case is still to be packed, it is packed with the rest."""
    case = builders.a_deferring_case(desk).number
    builders.brought(desk, case)

    assert packing.pack(desk, [case]).purpose == "first"


def test_after_the_decision_it_is_too_late(desk: Desk, undrawn: None) -> None:
    """The refusal says where the consignment stands, and to ask the home office."""
    consignment = builders.a_deferred_consignment(desk, ConsignmentState.DECIDED)

    with refused(desk, "deferred-too-late") as caught:
        builders.brought(desk, consignment.case_number)

    assert "已决定" in caught.value.why


def test_nothing_is_decided_while_a_supplement_is_on_its_way(desk: Desk, undrawn: None) -> None:
    """First somebody says where that envelope is: acknowledged, lost or void."""
    envelope = builders.a_deferred_supplement(desk, "acknowledged", EnvelopeState.HANDED_OVER)
    (consignment,) = builders.consignments_in(desk, envelope.number)

    with refused(desk, "supplement-under-way"):
        builders.decided(desk, consignment.id)
    with refused(desk, "supplement-under-way"):
        home.refuse(desk, consignment.id, reason="not_ours")
    builders.acknowledged(desk, envelope.number)
    assert builders.decided(desk, consignment.id).state == ConsignmentState.DECIDED


def test_a_case_that_leaves_owes_nothing(desk: Desk, case: str) -> None:
    """Guided or withdrawn: its pledges are void and off the list."""
    builders.pledged(desk, case)

    departures.withdraw(desk, case)

    assert [p.state for p in pledges_of(desk, case)] == ["void"]
    assert pledges.due_list(desk) == []


def test_the_sheet_names_what_it_rests_on(desk: Desk, case: str) -> None:
    """Agreement number, source of the check, row, standard and day, in two copies."""
    (printed,) = pledges.print_pledge(desk, case, asked_later())

    face = builders.paper_of(desk, printed.sheet, "pledge").number
    with desk.reading() as reading:
        facts = papers.facts_of(reading, face)
    assert (facts["agreement.number"], facts["credit.source"]) == ("示例协议 1 号", "示例信用查询平台")
    assert facts["rows"][0]["due"] == "2026-12-11"
