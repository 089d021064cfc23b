"""邮件异常: an envelope came back or is lost; a named task holds it until somebody has resolved it."""

from __future__ import annotations

from dataclasses import replace

from forms.identifiers import plain_text
from workstation.acts import (
    checks,
    formal_review,
    offices,
    packing,
    papers,
    refusals,
    steps,
    tasks,
    waybills,
)
from workstation.acts.desk import Desk
from workstation.domain.case import Holder
from workstation.domain.envelope import Envelope, EnvelopeState, Task
from workstation.store.work import Work

KINDS = ("sent_back", "lost")
OUTCOMES = {
    EnvelopeState.SENT_BACK: ("repack", "withdrawal"),
    EnvelopeState.LOST: ("claim",),
}


def trouble(desk: Desk, number: str, *, kind: str, text: str | None = None) -> Envelope:
    """The envelope is back at this window (sent_back) or the carrier cannot find it (lost)."""
    checks.one_of("kind", kind, KINDS)
    text = checks.field("text", plain_text.validate, text) if text else None
    with desk.act("trouble") as work:
        envelope = steps.find_envelope(work, number)
        steps.for_act(desk, work.envelopes, envelope, "trouble")
        for consignment in steps.consignments_in(work, envelope):
            steps.possible(work.consignments, consignment, "trouble")
            work.mention(consignment.case_number)
            if kind == "sent_back":
                offices.doubt(work, consignment.office_code)
        tasks.open_task(work, f"{envelope.number}-{kind}", kind=kind, object_=envelope.number, note=text)
        waybills.end(work, envelope.number)
        back = kind == "sent_back"
        return steps.move(
            work.envelopes,
            envelope,
            "trouble",
            EnvelopeState(kind),
            reason=kind,
            reason_text=text,
            holder=Holder.CLERK if back else Holder.CARRIER,
            holder_ref=work.stamp.operator if back else None,
        )


def resolve(desk: Desk, number: str, *, outcome: str) -> Envelope:
    """End the task: pack again, let the applicant withdraw, or file a claim for a lost one."""
    with desk.act("resolve") as work:
        envelope = steps.find_envelope(work, number)
        steps.for_act(desk, work.envelopes, envelope, "resolve")
        checks.one_of("outcome", outcome, OUTCOMES[EnvelopeState(envelope.state)])
        task = _task(work, envelope)
        tasks.end(work, task, outcome)
        work.facts = {"outcome": outcome}
        if envelope.state == EnvelopeState.LOST:
            return _claimed(work, envelope)
        return _opened_here(work, envelope)


def _task(work: Work, envelope: Envelope) -> Task:
    tasks = work.tasks.where(object=envelope.number, state="open")
    if not tasks:
        raise refusals.not_found("task", envelope.number)
    return tasks[0]


def _claimed(work: Work, envelope: Envelope) -> Envelope:
    """The carrier answers for the papers; their rows wait to be supplied anew, or the applicant withdraws."""
    consignments = steps.consignments_in(work, envelope)
    papers.void(work, envelope.number, "lost")
    for piece in work.pieces.where(holder=Holder.INSIDE, holder_ref=envelope.number):
        work.pieces.save(replace(piece, holder=Holder.CARRIER, holder_ref=envelope.number, goes=0))
        formal_review.ask_again(work, piece)
    for consignment in consignments:
        packing.release(work, envelope, consignment, "resolve")
    return steps.move(work.envelopes, envelope, "resolve", EnvelopeState.LOST)


def _opened_here(work: Work, envelope: Envelope) -> Envelope:
    papers.void(work, envelope.number, "sent_back")
    consignments = steps.consignments_in(work, envelope)
    packing.take_out(work, envelope)
    for consignment in consignments:
        packing.release(work, envelope, consignment, "resolve")
    return steps.move(
        work.envelopes,
        envelope,
        "resolve",
        EnvelopeState.OPENED,
        holder=Holder.CLERK,
        holder_ref=work.stamp.operator,
    )
