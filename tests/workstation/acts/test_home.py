"""What the home office says is recorded as said: correction, acceptance, refusal, decision."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import RETURN_WAYBILL, a_case, a_consignment, refused, with_second
from workstation.acts import home, results
from workstation.acts.desk import Desk
from workstation.acts.inputs import Result, Wanted
from workstation.domain.case import Holder, RowState
from workstation.domain.consignment import ConsignmentState

WANTED = Wanted(name="亲属关系材料", standard="影像清晰、各页齐全", form="copy_checked", copies=2)


@pytest.fixture
def arrived(desk: Desk) -> str:
    """The id of a consignment that the home office has."""
    return a_consignment(desk, ConsignmentState.ACKNOWLEDGED).id


def test_each_wanted_paper_becomes_a_row(desk: Desk, arrived: str) -> None:
    """With the standard it must meet, and the home office named as who wants it."""
    consignment = home.correct(desk, arrived, [WANTED, Wanted(name="情况说明", standard="本人签名")])

    rows = builders.open_rows(desk, consignment.case_number)
    assert (consignment.state, consignment.corrected_at) == (
        ConsignmentState.HOME_CORRECTING,
        consignment.changed_at,
    )
    assert [(r.row_id, r.name, r.form, r.copies, r.state) for r in rows] == [
        ("supplement_8", "亲属关系材料", "copy_checked", 2, RowState.PENDING),
        ("supplement_9", "情况说明", "copy", 1, RowState.PENDING),
    ]
    assert {row.from_whom for row in rows} == {"业务属地要求"}


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("wanted-missing", []),
        ("code-unknown", [Wanted(name="材料", standard="清晰", form="fax")]),
        ("plain-text-empty", [Wanted(name=" ", standard="清晰")]),
        ("plain-text-empty", [Wanted(name="材料", standard="")]),
        ("count-impossible", [Wanted(name="材料", standard="清晰", copies=0)]),
        ("count-impossible", [WANTED, Wanted(name="材料", standard="清晰", copies=10**20)]),
    ],
)
def test_what_is_wanted_is_said_in_full(desk: Desk, arrived: str, code: str, wanted: list[Wanted]) -> None:
    """Half a demand is not written down."""
    with refused(desk, code):
        home.correct(desk, arrived, wanted)


def test_acceptance_is_the_home_offices(desk: Desk, arrived: str) -> None:
    """受理 has its own date and number; 收件 at this window was none."""
    with refused(desk, "plain-text-control"):
        home.accept(desk, arrived, document_number="示例\x00号")
    accepted = home.accept(desk, arrived, document_number=" 示例〔2026〕1号 ")

    assert (accepted.state, accepted.document_number) == (ConsignmentState.ACCEPTED, "示例〔2026〕1号")
    assert accepted.accepted_at == accepted.changed_at


def test_a_refusal_sends_everything_back(desk: Desk, arrived: str) -> None:
    """Each paper that went out is with the carrier and expected at this window."""
    with refused(desk, "code-unknown"):
        home.refuse(desk, arrived, reason="mood")
    refused_ = home.refuse(desk, arrived, reason="not_ours")

    with desk.reading() as reading:
        sent = [p for p in reading.pieces.where(consignment=arrived) if p.goes]
    assert (refused_.state, refused_.outcome) == (ConsignmentState.RESULT_RETURNING, "returned")
    assert {(p.holder, p.expected) for p in sent} == {(Holder.CARRIER, 1)}
    builders.assert_true_ledger(desk, refused_.case_number)


def test_what_is_sent_back_may_have_a_waybill(desk: Desk, arrived: str) -> None:
    """Known by scan, or typed by two; the envelope is then found by it at the door."""
    with refused(desk, "waybill-unknown-form"):
        home.refuse(desk, arrived, reason="not_ours", waybill="1")
    with refused(desk, "second-needed"):
        home.refuse(desk, arrived, reason="not_ours", waybill=RETURN_WAYBILL, how="typed")
    home.refuse(with_second(desk), arrived, reason="not_ours", waybill=RETURN_WAYBILL, how="typed")

    here = results.arrive(desk, RETURN_WAYBILL, builders.found(desk, arrived), place="R-01")

    with desk.reading() as reading:
        (waybill,) = reading.waybills.where(object=arrived)
    assert (here.id, here.state) == (arrived, ConsignmentState.RESULT_ARRIVED)
    assert (waybill.leg, waybill.second, waybill.state) == ("back", "2002", "ended")


@pytest.mark.parametrize("outcome", home.OUTCOMES)
def test_a_decision_is_recorded_as_said(desk: Desk, arrived: str, outcome: str) -> None:
    """A result on paper is a document that lies at the home office and is expected here."""
    decided = home.decide(
        desk, arrived, outcome=outcome, result_mode="paper", results=[Result(name="户籍证明", copies=2)],
        document_number="示例〔2026〕2号",
    )  # fmt: skip

    with desk.reading() as reading:
        (result,) = reading.pieces.where(consignment=arrived, form="result")
    assert (decided.state, decided.outcome, decided.document_number) == (
        ConsignmentState.DECIDED,
        outcome,
        "示例〔2026〕2号",
    )
    assert (result.holder, result.holder_ref, result.copies, result.expected) == (
        Holder.HOME_OFFICE,
        decided.office_code,
        2,
        1,
    )


def test_a_decision_keeps_the_number_of_the_acceptance(desk: Desk, arrived: str) -> None:
    """Unless the home office gives another one."""
    home.accept(desk, arrived, document_number="受〔2026〕1号")

    assert builders.decided(desk, arrived).document_number == "受〔2026〕1号"


@pytest.mark.parametrize("mode", ["electronic", "direct_post"])
def test_a_result_that_comes_otherwise_is_no_piece_here(desk: Desk, arrived: str, mode: str) -> None:
    """What never passes this counter is in nobody's hands here."""
    decided = builders.decided(desk, arrived, mode)

    with desk.reading() as reading:
        assert reading.pieces.where(consignment=arrived, form="result") == []
    assert decided.result_mode == mode


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("code-unknown", {"outcome": "postponed"}),
        ("code-unknown", {"result_mode": "pigeon"}),
        ("results-missing", {"results": []}),
        ("plain-text-empty", {"results": [Result(name="")]}),
        ("count-impossible", {"results": [Result(name="户籍证明", copies=-1)]}),
        ("plain-text-too-long", {"document_number": "号" * 5000}),
    ],
)
def test_a_decision_is_said_in_full(desk: Desk, arrived: str, code: str, changes: dict[str, object]) -> None:
    """Outcome and mode are coded, and a paper result names its documents."""
    whole: dict[str, object] = {
        "outcome": "granted",
        "result_mode": "paper",
        "results": [Result(name="户籍证明")],
    }

    with refused(desk, code):
        home.decide(desk, arrived, **{**whole, **changes})  # type: ignore[arg-type]  # wrong on purpose


def test_a_case_with_two_offices_is_spoken_of_by_consignment(desk: Desk) -> None:
    """Its number alone does not say which home office has spoken."""
    case = a_case(desk, offices=2).number
    builders.advance(desk, f"{case}-2", ConsignmentState.ACKNOWLEDGED)

    with refused(desk, "consignment-ambiguous"):
        home.accept(desk, case)

    assert home.accept(desk, f"{case}-2").ordinal == 2
    assert builders.consignment_of(desk, f"{case}-1").state == ConsignmentState.PACKING


def test_an_unknown_consignment_is_not_found(desk: Desk) -> None:
    """A home office speaks of something that was sent."""
    with refused(desk, "consignment-not-found"):
        home.accept(desk, "13501021012632400017-1")
