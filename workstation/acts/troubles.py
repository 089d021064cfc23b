"""邮件异常: an envelope came back, is lost or holds the wrong papers; a named task holds it until then."""

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
from workstation.domain.words import word
from workstation.errors import Refused
from workstation.store.work import Work

#: The envelope lies at this window again, for one of these reasons.
BACK_HERE = ("sent_back", "mail_refused", "address_changed", "intercepted", "damaged")
KINDS = (*BACK_HERE, "lost", "wrong_contents")
#: Whether all of the directory is right about an office, nobody knows after these.
_DOUBTFUL = frozenset({"sent_back", "mail_refused", "address_changed"})
OUTCOMES = {
    EnvelopeState.SENT_BACK: ("repack", "withdrawal"),
    EnvelopeState.LOST: ("claim",),
}


def trouble(desk: Desk, number: str, *, kind: str, text: str | None = None) -> Envelope:
    """The envelope is back at this window (`BACK_HERE`), the carrier cannot find it (lost), or the home
    office holds papers that are not those of its list (wrong_contents).
    """
    checks.one_of("kind", kind, KINDS)
    text = checks.field("text", plain_text.validate, text) if text else None
    with desk.act("trouble") as work:
        envelope = steps.find_envelope(work, number)
        work.facts = {"kind": kind}
        if kind == "wrong_contents":
            return _wrong_contents(desk, work, envelope, text)
        steps.for_act(desk, work.envelopes, envelope, "trouble")
        for consignment in steps.consignments_in(work, envelope):
            steps.possible(work.consignments, consignment, "trouble")
            work.mention(consignment.case_number)
            if kind in _DOUBTFUL:
                offices.doubt(work, consignment.office_code)
        tasks.answered(work, envelope.number, "trouble", but=kind)
        _named(work, envelope, kind, text)
        waybills.end(work, envelope.number)
        return _laid_down(work, envelope, kind, text)


def _named(work: Work, envelope: Envelope, kind: str, text: str | None) -> Task:
    """The task of this trouble; the carrier may have told of it before."""
    task = tasks.open_once(work, kind=kind, object_=envelope.number, note=text)
    return work.tasks.save(replace(task, note=text)) if text and task.note != text else task


def _laid_down(work: Work, envelope: Envelope, kind: str, text: str | None) -> Envelope:
    back = kind in BACK_HERE
    return steps.move(
        work.envelopes,
        envelope,
        "trouble",
        EnvelopeState.SENT_BACK if back else EnvelopeState.LOST,
        reason=kind,
        reason_text=text,
        holder=Holder.CLERK if back else Holder.CARRIER,
        holder_ref=work.stamp.operator if back else None,
    )


def _wrong_contents(desk: Desk, work: Work, envelope: Envelope, text: str | None) -> Envelope:
    """The envelope stays as it is; what lies in it has to be put right between the two offices."""
    work.object = envelope.number
    desk.saw(envelope)
    is_there = envelope.state == EnvelopeState.OPENED and envelope.holder == Holder.HOME_OFFICE
    if envelope.state != EnvelopeState.HANDED_OVER and not is_there:
        raise _not_with_home_office(envelope)
    for consignment in steps.consignments_in(work, envelope):
        work.mention(consignment.case_number)
    _named(work, envelope, "wrong_contents", text)
    return envelope


def resolve(desk: Desk, number: str, *, outcome: str) -> Envelope:
    """End the task: pack again, let the applicant withdraw, or file a claim for a lost one."""
    with desk.act("resolve") as work:
        envelope = steps.find_envelope(work, number)
        steps.for_act(desk, work.envelopes, envelope, "resolve")
        checks.one_of("outcome", outcome, OUTCOMES[EnvelopeState(envelope.state)])
        task = _task(work, envelope)
        tasks.end(work, task, outcome)
        work.facts = {"outcome": outcome}
        if envelope.purpose == "first":
            _label_gone(work, envelope)
        if envelope.state == EnvelopeState.LOST:
            return _claimed(work, envelope)
        return _opened_here(work, envelope)


def _label_gone(work: Work, envelope: Envelope) -> None:
    """The prepaid label for the way back travelled inside; a new envelope may get another one."""
    for consignment in steps.consignments_in(work, envelope):
        waybills.end(work, consignment.id)


def _task(work: Work, envelope: Envelope) -> Task:
    for task in work.tasks.where(object=envelope.number, state="open"):
        if task.kind == envelope.reason:
            return task
    raise refusals.not_found("task", envelope.number)


def _claimed(work: Work, envelope: Envelope) -> Envelope:
    """The carrier answers for the papers; their rows wait to be supplied anew, or the applicant withdraws."""
    consignments = steps.consignments_in(work, envelope)
    papers.void(work, envelope.number, "lost")
    for piece in work.pieces.where(holder=Holder.INSIDE, holder_ref=envelope.number):
        formal_review.lost(work, piece, envelope.number)
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


def _not_with_home_office(envelope: Envelope) -> Refused:
    return Refused(
        "envelope-not-with-home-office",
        what=f"封套 {envelope.number} 没有登记内件错装。",
        why=f"内件错装由收到封套的属地说起；这个封套现在是“{word(envelope.state)}”。",
        next="还在本窗口的，请拆封或作废后重新装袋。（命令：envelope reopen、envelope void）",
    )
