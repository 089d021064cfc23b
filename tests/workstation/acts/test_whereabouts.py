"""邮件去向: one explanation for each envelope and result on its way, and none for what nothing explains."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests import builders
from tests.builders import WAYBILL, a_consignment, an_envelope
from workstation.acts import results, troubles, waybills, whereabouts
from workstation.acts.desk import Desk
from workstation.acts.whereabouts import Whereabouts
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import Envelope, EnvelopeState
from workstation.policies import MailPolicy

#: No pickup passes while a test runs, and no office is silent at once.
PATIENT = MailPolicy(cut_offs=(), silent_days=90)


def lines(desk: Desk, policy: MailPolicy = PATIENT) -> dict[str, Whereabouts]:
    """What is told, by number."""
    return {line.number: line for line in whereabouts.report(desk, policy=policy).lines}


def told(desk: Desk, waybill: str, state: str) -> None:
    """Let the carrier's account of a parcel be this one."""
    with desk.carrying_out("take_events") as work:
        for bound in work.waybills.where(number=waybill, state="live"):
            work.waybills.save(replace(bound, mail_state=state, mail_at=work.now))
            work.object = bound.object


def handed_over(desk: Desk, state: str = "mail_none") -> Envelope:
    """An envelope with the courier, its waybill bound, and the carrier's account of it."""
    envelope = an_envelope(desk, EnvelopeState.HANDED_OVER)
    waybills.bind_envelope(desk, envelope.number, waybill=WAYBILL)
    told(desk, WAYBILL, state)
    return envelope


@pytest.mark.parametrize(
    ("state", "reason"), [(EnvelopeState.OPEN, "packing"), (EnvelopeState.SEALED, "on_shelf")]
)
def test_what_lies_here_is_where_it_was_laid(desk: Desk, state: str, reason: str) -> None:
    """An envelope being packed, and one that waits for the courier."""
    envelope = an_envelope(desk, state)

    line = lines(desk)[envelope.number]

    assert (line.reason, line.state, line.waybill) == (reason, state, None)
    assert line.about == (envelope.place or "")


def test_a_missed_pickup_is_told(desk: Desk) -> None:
    """Sealed before a cut-off of an earlier day and still here."""
    envelope = an_envelope(desk, EnvelopeState.SEALED)

    assert (
        lines(later(desk, days=5), MailPolicy(cut_offs=("16:00",)))[envelope.number].reason == "missed_pickup"
    )


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("mail_none", "unheard"),
        ("in_transit", "moving"),
        ("attempt_failed", "moving"),
        ("delivered", "delivered"),
        ("returned_to_sender", "unexplained"),
        ("mail_lost", "unexplained"),
    ],
)
def test_what_is_on_its_way_is_where_the_carrier_says(desk: Desk, state: str, reason: str) -> None:
    """Back or lost without anybody's task is what nobody can explain."""
    envelope = handed_over(desk, state)

    line = lines(desk)[envelope.number]

    assert (line.reason, line.waybill, line.mail_state) == (reason, WAYBILL, state)


def test_without_a_waybill_it_cannot_be_followed(desk: Desk) -> None:
    """It is told that a scan of both is missing."""
    envelope = an_envelope(desk, EnvelopeState.HANDED_OVER)

    assert lines(desk)[envelope.number].reason == "no_waybill"


def test_an_acknowledged_envelope_is_at_its_end(desk: Desk) -> None:
    """Nothing is told of what has arrived."""
    envelope = handed_over(desk, "delivered")
    builders.acknowledged(desk, envelope.number)

    assert lines(desk) == {}


def test_a_silent_office_is_told_before_the_delivery(desk: Desk) -> None:
    """Delivered, and nothing heard for longer than the setting."""
    envelope = handed_over(desk, "delivered")

    line = lines(later(desk, days=20), MailPolicy(cut_offs=(), silent_days=3))[envelope.number]

    assert line.reason == "silent"
    assert "个工作日" in line.about


def test_trouble_is_told_by_its_task(desk: Desk) -> None:
    """Whatever else is so: somebody has it on the desk."""
    envelope = handed_over(desk, "returning")
    troubles.trouble(desk, envelope.number, kind="sent_back")

    line = lines(desk)[envelope.number]

    assert (line.reason, line.about) == ("trouble", "退回")


def test_a_claimed_loss_is_explained(desk: Desk) -> None:
    """The envelope stays lost for ever; the claim is its explanation."""
    envelope = handed_over(desk)
    troubles.trouble(desk, envelope.number, kind="lost")
    assert lines(desk)[envelope.number].reason == "trouble"

    troubles.resolve(desk, envelope.number, outcome="claim")

    assert lines(desk)[envelope.number].reason == "claimed"


@pytest.mark.parametrize("spoil", ["task", "batch", "contents"])
def test_what_nothing_explains_comes_first(desk: Desk, spoil: str) -> None:
    """A sent-back envelope without its task, one in no batch, one with nothing inside."""
    fine = an_envelope(desk, EnvelopeState.SEALED)
    broken = _SPOILT[spoil](desk)

    report = whereabouts.report(desk, policy=PATIENT)

    assert [line.number for line in report.unexplained] == [broken.number]
    assert report.lines[0].number == broken.number
    assert dict(report.counts) == {"unexplained": 1, "on_shelf": 1}
    assert fine.number in {line.number for line in report.lines}


def _without_task(desk: Desk) -> Envelope:
    envelope = handed_over(desk)
    troubles.trouble(desk, envelope.number, kind="sent_back")
    with desk.carrying_out("end_task") as work:
        for task in work.tasks.where(object=envelope.number, state="open"):
            work.tasks.save(replace(task, state="done"))
    return envelope


def _without_batch(desk: Desk) -> Envelope:
    envelope = handed_over(desk)
    with desk.carrying_out("take_events") as work:
        known = work.envelopes.get(envelope.number)
        assert known is not None
        work.envelopes.save(replace(known, batch=None))
    return envelope


def _without_contents(desk: Desk) -> Envelope:
    envelope = handed_over(desk)
    with desk.carrying_out("take_events") as work:
        work.engine.run("DELETE FROM contents WHERE envelope = :number", {"number": envelope.number})
    return envelope


_SPOILT: dict[str, Callable[[Desk], Envelope]] = {
    "task": _without_task,
    "batch": _without_batch,
    "contents": _without_contents,
}


def test_a_result_on_its_way_is_told_too(desk: Desk) -> None:
    """By its own waybill, and nothing any more once it has arrived."""
    consignment = a_consignment(desk, ConsignmentState.DECIDED)
    results.result_return(desk, consignment.id, waybill=WAYBILL)
    told(desk, WAYBILL, "in_transit")

    line = lines(desk)[consignment.id]
    assert (line.leg, line.reason, line.waybill) == ("back", "moving", WAYBILL)

    builders.arrived(desk, consignment.id)
    assert consignment.id not in lines(desk)


def test_a_result_that_was_delivered_and_never_arrived_is_not_explained(desk: Desk) -> None:
    """The carrier says this hall has it; nobody here does."""
    consignment = a_consignment(desk, ConsignmentState.DECIDED)
    results.result_return(desk, consignment.id, waybill=WAYBILL)
    told(desk, WAYBILL, "delivered")

    assert lines(desk)[consignment.id].reason == "unexplained"


def test_every_reason_is_in_words() -> None:
    """What is so, and what comes next; neither ends in a full stop of its own."""
    for why, then in whereabouts.REASONS.values():
        assert why
        assert then
        assert not why.endswith("。")


def later(desk: Desk, *, days: int) -> Desk:
    """The same desk that far ahead of the hall's clock."""
    then = desk.store.now() + days * 24 * 60 * 60 * 1000
    return replace(desk, store=replace(desk.store, clock=lambda: then))
