"""交寄: a batch per courier; envelopes are scanned, the missing named, then all change hands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from forms.identifiers import plain_text
from workstation.acts import checks, papers, refusals, steps, waybills
from workstation.acts.desk import Desk
from workstation.acts.facts import handover_sheet
from workstation.acts.waiting import waits
from workstation.domain.case import Holder
from workstation.domain.codes import Kind
from workstation.domain.consignment import Consignment, ConsignmentState
from workstation.domain.envelope import Batch, BatchLine, BatchState, Envelope, EnvelopeState
from workstation.domain.people import User
from workstation.errors import Refused
from workstation.store.work import Reading, Work

MISSING_REASONS = {
    "held_back": "暂缓交寄",
    "not_found": "未找到",
    "label_unreadable": "条码扫不出",
    "courier_refused": "揽投员未收",
}


def open_batch(desk: Desk, badge: str) -> Batch:
    """The courier badges in; every sealed envelope of this window is expected."""
    with desk.act("open_batch") as work:
        coming = courier(work, badge)
        _no_open_batch(work, desk.window)
        batch = work.batches.add(
            Batch(
                number=work.number(Kind.BATCH),
                state=BatchState.OPEN,
                window=desk.window,
                courier=coming.code,
                opened_at=work.now,
                opened_by=desk.signed_in().code,
            )
        )
        work.object = batch.number
        for envelope in work.envelopes.where(state=EnvelopeState.SEALED, window=desk.window):
            work.batch_lines.add(BatchLine(batch.number, envelope.number, expected=1))
        return batch


@waits("scan_envelope")
def scan_envelope(
    desk: Desk, number: str, *, face: str, waybill: str | None = None, how: str = "scanned"
) -> BatchLine:
    """Scan one envelope into the batch, with the waybill on it if there is one; it may also follow."""
    with desk.act("scan_envelope") as work:
        batch = steps.for_act(desk, work.batches, find(work, number), "scan_envelope")
        paper = papers.live(work, face, "envelope")
        envelope = steps.find_envelope(work, paper.object)
        if envelope.state != EnvelopeState.SEALED:
            raise refusals.wrong_state("envelopes", envelope, "hand_over")
        line = _scanned(work, batch, envelope, for_waybill=bool(waybill))
        if waybill:
            waybills.bind(desk, work, waybill, leg="out", object_=envelope.number, how=how)
        work.mention(envelope.number)
        return line


def _scanned(work: Work, batch: Batch, envelope: Envelope, *, for_waybill: bool) -> BatchLine:
    if other := _other_open_batch(work, batch, envelope):
        raise _in_other_batch(envelope, other)
    line = work.batch_lines.get(batch.number, envelope.number)
    if line is None:
        return work.batch_lines.add(BatchLine(batch.number, envelope.number, expected=0, scanned_at=work.now))
    if line.scanned_at is not None and not for_waybill:
        raise _scanned_twice(envelope)
    if line.scanned_at is not None:
        for standing in work.waybills.where(object=envelope.number, state="live"):
            raise waybills.already_bound(envelope.number, standing)
        return line
    return work.batch_lines.save(replace(line, scanned_at=work.now))


def hand_over(desk: Desk, number: str, *, missing: Mapping[str, str] | None = None) -> Batch:
    """Close the batch: every expected envelope was scanned or its absence has a reason."""
    reasons = dict(missing or {})
    for reason in reasons.values():
        checks.one_of("missing", reason, tuple(MISSING_REASONS))
    with desk.act("hand_over") as work:
        batch = steps.for_act(desk, work.batches, find(work, number), "hand_over")
        gone = _reconciled(work, batch, reasons)
        places = {line.envelope: steps.find_envelope(work, line.envelope).place or "" for line in gone}
        for line in gone:
            _hand_to_courier(work, batch, steps.find_envelope(work, line.envelope))
        closed = steps.move(work.batches, batch, "hand_over", BatchState.CLOSED, closed_at=work.now)
        if gone:  # a sheet without an envelope is signed by nobody
            sheet = handover_sheet.facts(work, desk.hall, closed, places)
            papers.promise(work, "handover_sheet", number, sheet)
        missed = len(work.batch_lines.where(batch=number)) - len(gone)
        work.facts = {"handed_over": len(gone), "missing": missed}
        return closed


def find(reading: Reading, number: str) -> Batch:
    """The batch with this number."""
    batch = reading.batches.get(refusals.readable("batch", number))
    if batch is None:
        raise refusals.not_found("batch", number)
    return batch


def _reconciled(work: Work, batch: Batch, reasons: dict[str, str]) -> list[BatchLine]:
    lines = [_as_it_lies(work, line) for line in work.batch_lines.where(batch=batch.number)]
    unscanned = [line for line in lines if line.scanned_at is None and line.reason is None]
    unexplained = [line.envelope for line in unscanned if line.envelope not in reasons]
    if unexplained:
        raise _unexplained(work, unexplained)
    for line in unscanned:
        work.batch_lines.save(replace(line, reason=reasons[line.envelope]))
    return [line for line in lines if line.scanned_at is not None]


def _as_it_lies(work: Work, line: BatchLine) -> BatchLine:
    """An envelope that was reopened, voided or taken by another courier since does not go."""
    envelope = steps.find_envelope(work, line.envelope)
    if envelope.state == EnvelopeState.SEALED:
        return line
    return work.batch_lines.save(replace(line, scanned_at=None, reason=envelope.state))


def _hand_to_courier(work: Work, batch: Batch, envelope: Envelope) -> None:
    steps.possible(work.envelopes, envelope, "hand_over")
    for consignment in steps.consignments_in(work, envelope):
        _consignment_gone(work, envelope, consignment)
    steps.move(
        work.envelopes,
        envelope,
        "hand_over",
        EnvelopeState.HANDED_OVER,
        batch=batch.number,
        holder=Holder.COURIER,
        holder_ref=batch.courier,
        place=None,
    )


def _consignment_gone(work: Work, envelope: Envelope, consignment: Consignment) -> None:
    if envelope.purpose == "supplement":
        steps.move(work.consignments, consignment, "hand_over", consignment.state)
    else:
        steps.move(
            work.consignments, consignment, "hand_over", ConsignmentState.HANDED_OVER, handed_over_at=work.now
        )


def courier(reading: Reading, badge: str) -> User:
    """The courier with this badge; refused if there is none at work here."""
    found = [] if plain_text.forbidden(badge) else reading.users.where(badge=badge, state="active")
    if not found or found[0].role != "courier":
        raise Refused(
            "badge-unknown",
            what="胸牌不认识，没有开批次。",
            why="没有在岗的揽投员使用这个胸牌号。",
            next="请扫揽投员胸牌；新揽投员由系统管理员新增。（命令：user add）",
        )
    return found[0]


def _no_open_batch(reading: Reading, window: int) -> None:
    for batch in reading.batches.where(state=BatchState.OPEN, window=window):
        raise Refused(
            "batch-open",
            what="本窗口还有一个批次没有交接完，没有开新批次。",
            why=f"批次 {batch.number} 仍在扫描中。",
            next="请先完成它。（命令：batch close）",
        )


def _other_open_batch(work: Work, batch: Batch, envelope: Envelope) -> str | None:
    for line in work.batch_lines.where(envelope=envelope.number):
        if line.batch != batch.number and find(work, line.batch).state == BatchState.OPEN and line.scanned_at:
            return line.batch
    return None


def _in_other_batch(envelope: Envelope, batch: str) -> Refused:
    return Refused(
        "in-other-batch",
        what=f"封套 {envelope.number} 已扫进另一个批次。",
        why=f"它在未交接的批次 {batch} 里。",
        next="请在那个批次里交接，或先处理那个批次。",
    )


def _scanned_twice(envelope: Envelope) -> Refused:
    return Refused(
        "scanned-already",
        what=f"封套 {envelope.number} 已经扫过了。",
        why="同一个封套在一个批次里只计一次。",
        next="请扫下一个。",
    )


def _unexplained(reading: Reading, numbers: list[str]) -> Refused:
    places = "、".join(f"{n}（{steps.find_envelope(reading, n).place or '无货位'}）" for n in numbers)
    return Refused(
        "batch-unreconciled",
        what="账实不符，没有交寄。",
        why=f"应交未扫：{places}。",
        next="请找到并扫描；确实不交的，逐个写明原因。（命令：--missing 编号=原因代码）",
    )
