"""交寄: the courier's batch, every envelope scanned or its absence named, and waybills bound on the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests import builders
from tests.builders import WAYBILL, an_envelope, badge, batched, paper_of, refused, unscanned, with_second
from workstation.acts import handover, packing, papers, users
from workstation.acts.desk import Desk
from workstation.domain.case import Holder
from workstation.domain.codes import Kind, parse
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import BatchState, EnvelopeState

SEALED = EnvelopeState.SEALED
S10 = "EE123456785CN"


@pytest.fixture
def envelope(desk: Desk) -> str:
    """The number of a sealed envelope."""
    return an_envelope(desk, SEALED).number


@pytest.fixture
def batch(desk: Desk, envelope: str) -> str:
    """The number of an open batch that expects it."""
    return handover.open_batch(desk, badge(desk)).number


def test_a_batch_expects_every_sealed_envelope_of_its_window(desk: Desk, envelope: str) -> None:
    """Open ones, and those of other windows, are not expected."""
    an_envelope(desk)
    an_envelope(replace(desk, window=2), SEALED)

    batch = handover.open_batch(desk, badge(desk))

    assert parse(batch.number).kind == Kind.BATCH
    assert (batch.state, batch.courier, batch.opened_by) == (BatchState.OPEN, "5001", "1001")
    assert list(unscanned(desk, batch.number)) == [envelope]


@pytest.mark.parametrize("code", ["", "73501021012632400017", "1001"])
def test_only_a_couriers_badge_opens_a_batch(desk: Desk, code: str) -> None:
    """A number that is on nobody's badge hands nothing over."""
    with refused(desk, "badge-unknown"):
        handover.open_batch(desk, code)


def test_a_courier_who_left_takes_nothing(desk: Desk) -> None:
    """The badge of a disabled person is unknown."""
    number = badge(desk)
    users.disable_user(builders.at(desk, "3001"), "5001")

    with refused(desk, "badge-unknown"):
        handover.open_batch(desk, number)


def test_a_window_has_one_open_batch(desk: Desk, batch: str) -> None:
    """The refusal names it; another window opens its own."""
    with refused(desk, "batch-open") as caught:
        handover.open_batch(desk, badge(desk))

    assert batch in caught.value.why
    assert handover.open_batch(replace(desk, window=2), badge(desk)).window == 2


def test_everything_changes_hands_when_the_batch_is_closed(desk: Desk, envelope: str, batch: str) -> None:
    """Envelope, consignment and every piece in it are the courier's, and the sheet is printed."""
    handover.scan_envelope(desk, batch, face=envelope)

    closed = handover.hand_over(desk, batch)

    gone = builders.envelope_of(desk, envelope)
    (consignment,) = builders.consignments_in(desk, envelope)
    assert (closed.state, closed.closed_at) == (BatchState.CLOSED, closed.changed_at)
    assert (gone.state, gone.holder, gone.holder_ref) == (EnvelopeState.HANDED_OVER, Holder.COURIER, "5001")
    assert (gone.batch, gone.place) == (batch, None)
    assert (consignment.state, consignment.handed_over_at) == (ConsignmentState.HANDED_OVER, closed.closed_at)
    builders.assert_true_ledger(desk, consignment.case_number)


def test_the_handover_sheet_names_offices_and_no_person(desk: Desk, envelope: str, batch: str) -> None:
    """The courier must never see personal data (design §1)."""
    handover.scan_envelope(desk, batch, face=envelope)
    handover.hand_over(desk, batch)

    with desk.reading() as reading:
        facts = papers.facts_of(reading, reading.papers.where(object=batch)[0].number)
    said = json.dumps(facts, ensure_ascii=False)
    assert facts["rows"] == [
        {"seq": "1", "envelope": envelope, "office": "示例市第1公安局示例派出所", "place": "A-01"}
    ]
    for personal in ("覃", "4501031990", "13900000001", "户籍"):
        assert personal not in said


def test_an_envelope_that_is_missing_is_named_by_place(desk: Desk, envelope: str, batch: str) -> None:
    """Nothing is handed over while an expected envelope is neither scanned nor explained."""
    other = an_envelope(desk, SEALED).number
    handover.scan_envelope(desk, batch, face=other)

    with refused(desk, "batch-unreconciled") as caught:
        handover.hand_over(desk, batch)
    with refused(desk, "code-unknown"):
        handover.hand_over(desk, batch, missing={envelope: "no_idea"})
    handover.hand_over(desk, batch, missing={envelope: "not_found"})

    assert f"{envelope}（A-01）" in caught.value.why
    with desk.reading() as reading:
        lines = {line.envelope: line for line in reading.batch_lines.where(batch=batch)}
    assert lines[envelope].reason == "not_found"
    assert (lines[other].expected, lines[other].reason) == (0, None)
    assert builders.envelope_of(desk, envelope).state == SEALED


def test_an_extra_envelope_goes_along(desk: Desk, batch: str, envelope: str) -> None:
    """What was sealed after the batch was opened is extra, and shown as such."""
    extra = an_envelope(desk, SEALED).number

    line = handover.scan_envelope(desk, batch, face=extra)

    assert line.expected == 0
    handover.hand_over(desk, batch, missing={envelope: "held_back"})
    assert builders.envelope_of(desk, extra).state == EnvelopeState.HANDED_OVER


def test_an_empty_batch_closes_without_a_sheet(desk: Desk, batch: str, envelope: str) -> None:
    """A courier who takes nothing does not block the window, and nobody signs a sheet without an envelope."""
    closed = handover.hand_over(desk, batch, missing={envelope: "courier_refused"})

    assert closed.state == BatchState.CLOSED
    assert papers.listed(desk, batch) == []


def test_an_envelope_counts_once(desk: Desk, batch: str, envelope: str) -> None:
    """A second scan is said to be one."""
    handover.scan_envelope(desk, batch, face=envelope)

    with refused(desk, "scanned-already"):
        handover.scan_envelope(desk, batch, face=envelope)


@pytest.mark.parametrize("expected", [True, False])
def test_an_envelope_is_in_one_open_batch(desk: Desk, expected: bool) -> None:
    """Scanned at one window it is refused at the other, whether that one expects it or not."""
    second_window = replace(desk, window=2)
    if not expected:
        other = handover.open_batch(second_window, badge(desk)).number
    envelope = an_envelope(second_window, SEALED).number
    if expected:
        other = handover.open_batch(second_window, badge(desk)).number
    first = handover.open_batch(desk, badge(desk)).number
    handover.scan_envelope(desk, first, face=envelope)

    with refused(desk, "in-other-batch") as caught:
        handover.scan_envelope(second_window, other, face=envelope)

    assert first in caught.value.why


def test_only_sealed_envelopes_go(desk: Desk, batch: str) -> None:
    """An open envelope is refused at the scan, not at the door."""
    still_open = an_envelope(desk).number

    with refused(desk, "wrong-state"):
        handover.scan_envelope(desk, batch, face=still_open)


def test_only_faces_are_scanned_into_a_batch(desk: Desk, batch: str, envelope: str) -> None:
    """The list lies inside; what lies at hand outside is the face, and a live one."""
    listed = paper_of(desk, envelope, "packing_list").number
    copy = papers.reprint(desk, envelope, reason="damaged").number

    with refused(desk, "paper-wrong-kind"):
        handover.scan_envelope(desk, batch, face=listed)
    with refused(desk, "paper-void"):
        handover.scan_envelope(desk, batch, face=envelope)
    with refused(desk, "paper-not-found"):
        handover.scan_envelope(desk, batch, face="0")
    assert handover.scan_envelope(desk, batch, face=copy).envelope == envelope


def test_a_batch_that_does_not_exist_takes_nothing(desk: Desk, envelope: str) -> None:
    """A number that nobody issued is no batch."""
    with refused(desk, "batch-not-found"):
        handover.scan_envelope(desk, envelope, face=envelope)
    with refused(desk, "batch-not-found"):
        handover.hand_over(desk, envelope)


def test_a_closed_batch_stays_closed(desk: Desk, envelope: str) -> None:
    """What was signed is not signed again."""
    batch, other = builders.handed_over(desk, envelope).number, an_envelope(desk, SEALED).number

    with refused(desk, "wrong-state"):
        handover.hand_over(desk, batch)
    with refused(desk, "wrong-state"):
        handover.scan_envelope(desk, batch, face=other)


@pytest.mark.parametrize("empty", [packing.void, packing.reopen])
@pytest.mark.parametrize("scanned", [True, False])
def test_an_envelope_opened_meanwhile_does_not_hold_up_the_batch(
    desk: Desk, batch: str, envelope: str, empty: Callable[..., object], scanned: bool
) -> None:
    """It does not go, its line says why, and the window can hand over the others."""
    other = an_envelope(desk, SEALED).number
    for number in [other, *([envelope] if scanned else [])]:
        handover.scan_envelope(desk, batch, face=number)
    empty(with_second(desk), envelope, reason="other")

    handover.hand_over(desk, batch)

    with desk.reading() as reading:
        line = reading.batch_lines.get(batch, envelope)
        facts = json.loads(reading.journal_of(batch)[-1].body)["facts"]
    assert line is not None
    assert (line.scanned_at, line.reason) == (None, "void")
    assert facts == {"handed_over": 1, "missing": 1}
    assert builders.envelope_of(desk, other).state == EnvelopeState.HANDED_OVER
    builders.assert_true_ledger(desk)


def test_an_envelope_another_courier_took_does_not_hold_up_the_batch(desk: Desk, envelope: str) -> None:
    """Expected here, it went with the courier at the next window; its line says so."""
    other = an_envelope(desk, SEALED).number
    batch = batched(desk, other).number
    next_window = replace(desk, window=2)
    handover.hand_over(next_window, batched(next_window, envelope).number)

    handover.hand_over(desk, batch)

    with desk.reading() as reading:
        line = reading.batch_lines.get(batch, envelope)
    assert line is not None
    assert line.reason == "handed_over"
    assert builders.envelope_of(desk, envelope).batch != batch


# --- waybills


@pytest.mark.parametrize("number", [WAYBILL, S10, "ee123456785cn", "]C0" + WAYBILL])
def test_a_scanned_waybill_is_bound_to_the_envelope(
    desk: Desk, batch: str, envelope: str, number: str
) -> None:
    """In the form in which the carrier prints it, whatever the scanner put around it."""
    handover.scan_envelope(desk, batch, face=envelope, waybill=number)

    with desk.reading() as reading:
        (waybill,) = reading.waybills.where(object=envelope)
    assert waybill.number in (WAYBILL, S10)
    assert (waybill.leg, waybill.state, waybill.how, waybill.second) == ("out", "live", "scanned", None)


@pytest.mark.parametrize("number", ["123", "EE123456784CN", "EE123456785ZZ", "１２３", "x" * 5000, "\x00"])
def test_what_is_no_waybill_is_not_bound(desk: Desk, batch: str, envelope: str, number: str) -> None:
    """And the envelope is not scanned either: the act is done whole or not at all."""
    with refused(desk, "waybill-unknown-form"):
        handover.scan_envelope(desk, batch, face=envelope, waybill=number)

    assert list(unscanned(desk, batch)) == [envelope]


def test_a_waybill_is_live_once(desk: Desk, batch: str, envelope: str) -> None:
    """One number on two envelopes is a label stuck on the wrong one."""
    other = an_envelope(desk, SEALED).number
    handover.scan_envelope(desk, batch, face=envelope, waybill=WAYBILL)

    with refused(desk, "waybill-in-use"):
        handover.scan_envelope(desk, batch, face=other, waybill=WAYBILL)

    assert handover.scan_envelope(desk, batch, face=other, waybill=S10).envelope == other


def test_a_waybill_is_not_used_again_when_its_envelope_has_arrived(
    desk: Desk, batch: str, envelope: str
) -> None:
    """Live at most once, and not again for 24 months: the carrier keeps telling of the former parcel."""
    handover.scan_envelope(desk, batch, face=envelope, waybill=WAYBILL)
    handover.hand_over(desk, batch)
    builders.acknowledged(desk, envelope)

    other = an_envelope(desk, SEALED).number
    later = handover.open_batch(desk, badge(desk)).number
    with refused(desk, "waybill-used-before"):
        handover.scan_envelope(desk, later, face=other, waybill=WAYBILL)

    with desk.reading() as reading:
        states = {w.object: w.state for w in reading.waybills.where(number=WAYBILL)}
    assert states == {envelope: "ended"}


def test_a_typed_waybill_takes_two(desk: Desk, batch: str, envelope: str) -> None:
    """No public check digit protects 13 digits, so two people read them."""
    typed = {"face": envelope, "waybill": WAYBILL, "how": "typed"}

    with refused(desk, "waybill-unknown-form"):
        handover.scan_envelope(desk, batch, face=envelope, waybill="113628138167", how="typed")
    with refused(desk, "second-needed"):
        handover.scan_envelope(desk, batch, **typed)
    with refused(desk, "own-second"):
        handover.scan_envelope(with_second(desk, "1001"), batch, **typed)
    with refused(desk, "wrong-second"):
        handover.scan_envelope(with_second(desk, "5001"), batch, **typed)
    handover.scan_envelope(with_second(desk, "1002"), batch, **typed)

    with desk.reading() as reading:
        (waybill,) = reading.waybills.where(object=envelope)
    assert (waybill.how, waybill.bound_by, waybill.second) == ("typed", "1001", "1002")


def test_a_waybill_may_follow_its_envelope(desk: Desk, batch: str, envelope: str) -> None:
    """The face is scanned first, the waybill on it as the next; the line stays as it was."""
    line = handover.scan_envelope(desk, batch, face=envelope)

    assert handover.scan_envelope(desk, batch, face=envelope, waybill=WAYBILL) == line

    with desk.reading() as reading:
        assert [w.number for w in reading.waybills.where(object=envelope)] == [WAYBILL]
    builders.assert_true_ledger(desk)


def test_a_waybill_that_follows_takes_two_if_it_is_typed(desk: Desk, batch: str, envelope: str) -> None:
    """Bound in the same act or after it, typed digits are read by two people."""
    handover.scan_envelope(desk, batch, face=envelope)

    with refused(desk, "second-needed"):
        handover.scan_envelope(desk, batch, face=envelope, waybill=WAYBILL, how="typed")
    handover.scan_envelope(with_second(desk, "1002"), batch, face=envelope, waybill=WAYBILL, how="typed")

    with desk.reading() as reading:
        assert [w.second for w in reading.waybills.where(object=envelope)] == ["1002"]


@pytest.mark.parametrize("number", [WAYBILL, S10])
def test_an_envelope_that_has_its_waybill_gets_no_second_one(
    desk: Desk, batch: str, envelope: str, number: str
) -> None:
    """The same number again or another one: the refusal names the one that is bound."""
    handover.scan_envelope(desk, batch, face=envelope, waybill=WAYBILL)

    with refused(desk, "waybill-bound") as caught:
        handover.scan_envelope(desk, batch, face=envelope, waybill=number)

    assert WAYBILL in caught.value.why


def test_how_a_waybill_came_is_coded(desk: Desk, batch: str, envelope: str) -> None:
    """Scanned or typed; another word is told which there are."""
    with refused(desk, "code-unknown"):
        handover.scan_envelope(desk, batch, face=envelope, waybill=WAYBILL, how="guessed")
