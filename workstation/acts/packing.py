"""装袋: the papers of consignments to one office go into an envelope with face, list and slip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from forms.identifiers import plain_text
from workstation.acts import checks, mail_orders, offices, papers, pools, refusals, steps, waybills
from workstation.acts.desk import Desk
from workstation.acts.facts import envelope_face, packing_list
from workstation.acts.waiting import waits
from workstation.domain.case import CaseState, Holder, Piece
from workstation.domain.codes import Kind
from workstation.domain.consignment import Consignment, ConsignmentState
from workstation.domain.envelope import Content, Envelope, EnvelopeState
from workstation.domain.office import Office
from workstation.errors import Refused
from workstation.store.work import Reading, Work

#: What is not reviewed is not packed.
CASE_STATES = (CaseState.REVIEWED,)


def pack(desk: Desk, names: Sequence[str], *, without: Sequence[str] = ()) -> Envelope:
    """Put the papers of these consignments into a new envelope, all but the pieces in `without`."""
    if not names:
        raise checks.usage(
            "consignments-missing", "没有写明装哪个办件。", "请给出至少一个办件编号或送件编号。"
        )
    return _pack(desk, names[0], others=list(names[1:]), without=list(without))


@waits("pack")
def _pack(desk: Desk, name: str, *, others: list[str], without: list[str]) -> Envelope:
    with desk.act("pack") as work:
        consignments = [_packable(desk, work, name) for name in dict.fromkeys([name, *others])]
        _one_office(consignments)
        if without:
            _leave_out(work, consignments, without)
            desk.confirmed("pack")
        envelope = work.envelopes.add(_envelope(work, consignments))
        work.object = envelope.number
        for consignment in consignments:
            _put_in(work, envelope, consignment)
        _print(desk, work, envelope)
        return envelope


def void(desk: Desk, number: str, *, reason: str, text: str | None = None) -> Envelope:
    """Void an envelope that has not left; of a sealed one only with a second person (never waiting)."""
    return _empty(desk, number, "void", reason=reason, text=text)


def reopen(desk: Desk, number: str, *, reason: str, text: str | None = None) -> Envelope:
    """拆封: open a seal before it left; envelope and list become void."""
    return _empty(desk, number, "reopen", reason=reason, text=text)


REASONS = {
    "wrong_paper": "材料放错",
    "paper_missing": "漏放材料",
    "withdrawn": "申请人撤回",
    "wrong_address": "地址有误",
    "damaged": "封套破损",
    "other": "其他",
}


def _empty(desk: Desk, number: str, act: str, *, reason: str, text: str | None) -> Envelope:
    checks.one_of("reason", reason, tuple(REASONS))
    text = checks.field("text", plain_text.validate, text) if text else None
    with desk.act(act) as work:
        envelope = steps.find_envelope(work, number)
        steps.for_act(desk, work.envelopes, envelope, act)
        if envelope.state == EnvelopeState.SEALED:
            desk.confirmed(act)
        work.facts = {"reason": reason}
        papers.void(work, envelope.number, act)
        mail_orders.stop(work, envelope.number, act)
        waybills.end(work, envelope.number)
        consignments = steps.consignments_in(work, envelope)
        take_out(work, envelope)
        for consignment in consignments:
            release(work, envelope, consignment, act)
        return steps.move(work.envelopes, envelope, act, EnvelopeState.VOID, reason=reason, reason_text=text)


def take_out(work: Work, envelope: Envelope) -> None:
    """Every piece in the envelope comes into this clerk's hands."""
    for piece in work.pieces.where(holder=Holder.INSIDE, holder_ref=envelope.number):
        work.pieces.save(replace(piece, holder=Holder.CLERK, holder_ref=work.stamp.operator))


def release(work: Work, envelope: Envelope, consignment: Consignment, act: str) -> Consignment:
    """The consignment has no envelope any more: back to packing, or still in need of its supplement."""
    if envelope.purpose == "supplement":
        return steps.move(work.consignments, consignment, act, consignment.state, supplement=None)
    return steps.move(work.consignments, consignment, act, ConsignmentState.PACKING, envelope=None)


def _packable(desk: Desk, work: Work, name: str) -> Consignment:
    consignment = steps.find_consignment(work, name)
    case = steps.find_case(work, consignment.case_number)
    if case.state not in CASE_STATES:
        raise refusals.wrong_state("cases", case, "pack", states=CASE_STATES)
    steps.for_act(desk, work.consignments, consignment, "pack")
    unpacked(consignment)
    found = offices.trusted(work, consignment.office_code)
    return _readdressed(work, consignment, found) if found else consignment


def _readdressed(work: Work, consignment: Consignment, office: Office) -> Consignment:
    """Not to where it was registered, but to where the office was found when somebody asked."""
    return work.consignments.save(
        replace(
            consignment,
            office_division=office.division,
            office_name=office.name,
            office_address=office.address,
            office_postcode=office.postcode,
            office_phone=office.phone,
        )
    )


def unpacked(consignment: Consignment) -> None:
    """Refuse a consignment whose papers are in an envelope already."""
    current = consignment.supplement if _is_supplement(consignment) else consignment.envelope
    if current is not None:
        raise _already_packed(consignment, current)


def _is_supplement(consignment: Consignment) -> bool:
    return consignment.state != ConsignmentState.PACKING


def _one_office(consignments: Sequence[Consignment]) -> None:
    if len({c.office_code for c in consignments}) > 1:
        raise Refused(
            "different-offices",
            what="这些送件寄往不同的业务属地，不能装在一个封套里。",
            why="、".join(sorted({c.office_name for c in consignments})),
            next="请按属地分别装袋。",
        )
    if len({_is_supplement(c) for c in consignments}) > 1:
        raise Refused(
            "supplement-apart",
            what="补充材料和首次寄送不能装在一个封套里。",
            why="两者在属地的签收意义不同。",
            next="请分别装袋。",
        )


def _leave_out(work: Work, consignments: Sequence[Consignment], names: Sequence[str]) -> None:
    here = {piece.id: piece for consignment in consignments for piece in to_send(work, consignment)}
    for name in names:
        if name not in here:
            raise refusals.not_found("piece", name)
        work.pieces.save(replace(here[name], goes=0))


def _envelope(work: Work, consignments: Sequence[Consignment]) -> Envelope:
    first = consignments[0]
    return Envelope(
        number=work.number(Kind.ENVELOPE),
        state=EnvelopeState.OPEN,
        purpose="supplement" if _is_supplement(first) else "first",
        window=work.stamp.window or 0,
        office_code=first.office_code,
        office_name=first.office_name,
        office_address=first.office_address,
        office_postcode=first.office_postcode,
        packed_at=work.now,
        packed_by=work.stamp.operator or "",
        holder=Holder.CLERK,
        holder_ref=work.stamp.operator,
    )


def _put_in(work: Work, envelope: Envelope, consignment: Consignment) -> None:
    for piece in packed(work, consignment):
        work.pieces.save(replace(piece, holder=Holder.INSIDE, holder_ref=envelope.number))
    work.contents.add(Content(envelope.number, consignment.id))
    field = (
        {"supplement": envelope.number} if envelope.purpose == "supplement" else {"envelope": envelope.number}
    )
    steps.move(work.consignments, consignment, "pack", consignment.state, **field)


def packed(reading: Reading, consignment: Consignment) -> list[Piece]:
    """What an envelope would hold; refused if that is nothing."""
    pieces = to_send(reading, consignment)
    if not pieces:
        raise _nothing_to_pack(consignment)
    return pieces


def to_send(reading: Reading, consignment: Consignment) -> list[Piece]:
    """The pieces of a consignment that lie here and belong into an envelope."""
    pieces = reading.pieces.where(consignment=consignment.id, holder=Holder.CLERK)
    return [piece for piece in pieces if piece.goes and piece.form != "result"]


def _print(desk: Desk, work: Work, envelope: Envelope) -> None:
    waybill = pools.give(work, envelope)
    face = envelope_face.facts(desk.hall, envelope, waybill=waybill)
    papers.promise(work, "envelope", envelope.number, face, number=envelope.number)
    papers.promise_packing_list(work, envelope.number, packing_list.facts(work, desk.hall, envelope))


def _already_packed(consignment: Consignment, envelope: str) -> Refused:
    return Refused(
        "already-packed",
        what=f"{consignment.id} 已经装袋，没有再装。",
        why=f"它的材料在封套 {envelope} 里。",
        next="请封装这个封套，或先作废再重装。（命令：envelope void）",
    )


def _nothing_to_pack(consignment: Consignment) -> Refused:
    return Refused(
        "nothing-to-pack",
        what=f"{consignment.id} 没有可装的纸质材料，没有装袋。",
        why="登记在窗口人员手里、要寄给这个属地的材料为零。",
        next="请核对各份材料登记的部门序号，或先收下补交材料。（命令：字段 office）",
    )
