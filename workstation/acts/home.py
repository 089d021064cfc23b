"""What the home office 业务属地 says, recorded as said: correction wanted, accepted, refused, decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from forms.identifiers import plain_text
from workstation.acts import checks, steps, waybills
from workstation.acts.desk import Desk
from workstation.acts.inputs import Result, Wanted
from workstation.acts.waiting import waits
from workstation.domain.case import Holder, Piece, Row
from workstation.domain.consignment import Consignment, ConsignmentState
from workstation.errors import Refused
from workstation.store.work import Work

REFUSALS = {
    "not_ours": "不属于本部门",
    "not_complete": "材料不符合受理条件",
    "withdrawn": "申请人撤回",
    "other": "其他",
}
OUTCOMES = ("granted", "refused")
RESULT_MODES = ("paper", "electronic", "direct_post")


def correct(desk: Desk, name: str, wanted: Sequence[Wanted]) -> Consignment:
    """属地要求补正: each paper the home office asks for becomes a row of the case's checklist."""
    if not wanted:
        raise checks.usage(
            "wanted-missing", "没有写明属地要求补什么材料。", "请至少写一项要补的材料。（命令：字段 wanted）"
        )
    with desk.act("home_correct") as work:
        consignment = steps.find_consignment(work, name)
        steps.for_act(desk, work.consignments, consignment, "home_correct")
        rows = work.rows.where(case_number=consignment.case_number)
        for offset, paper in enumerate(wanted, start=1):
            work.rows.add(_row(consignment, len(rows) + offset, paper))
        work.facts = {"wanted": len(wanted)}
        return steps.move(
            work.consignments,
            consignment,
            "home_correct",
            ConsignmentState.HOME_CORRECTING,
            corrected_at=work.now,
        )


def _row(consignment: Consignment, position: int, wanted: Wanted) -> Row:
    checks.one_of("form", wanted.form, ("original", "copy", "copy_checked"))
    return Row(
        case_number=consignment.case_number,
        row_id=f"supplement_{position}",
        position=position,
        name=checks.field("wanted.name", plain_text.validate, wanted.name),
        standard=checks.field("standard", plain_text.validate, wanted.standard),
        form=wanted.form,
        copies=checks.count("copies", wanted.copies),
        from_whom="业务属地要求",
    )


def accept(desk: Desk, name: str, *, document_number: str | None = None) -> Consignment:
    """属地受理 (收件 at this window was not 受理)."""
    document_number = _document_number(document_number)
    with desk.act("home_accept") as work:
        consignment = steps.find_consignment(work, name)
        steps.for_act(desk, work.consignments, consignment, "home_accept")
        return steps.move(
            work.consignments,
            consignment,
            "home_accept",
            ConsignmentState.ACCEPTED,
            accepted_at=work.now,
            document_number=document_number,
        )


@waits("home_refuse")
def refuse(
    desk: Desk, name: str, *, reason: str, waybill: str | None = None, how: str = "scanned"
) -> Consignment:
    """属地退件: the home office sends everything back; all its papers are expected at this window."""
    checks.one_of("reason", reason, tuple(REFUSALS))
    with desk.act("home_refuse") as work:
        consignment = steps.find_consignment(work, name)
        steps.for_act(desk, work.consignments, consignment, "home_refuse")
        nothing_on_its_way(consignment)
        if waybill:
            waybills.bind(desk, work, waybill, leg="back", object_=consignment.id, how=how)
        for piece in sent(work, consignment):
            work.pieces.save(replace(piece, holder=Holder.CARRIER, holder_ref=None, expected=1))
        work.facts = {"reason": reason}
        return steps.move(
            work.consignments,
            consignment,
            "home_refuse",
            ConsignmentState.RESULT_RETURNING,
            outcome="returned",
            result_mode="paper",
            returned_at=work.now,
        )


def decide(
    desk: Desk,
    name: str,
    *,
    outcome: str,
    result_mode: str,
    results: Sequence[Result] = (),
    document_number: str | None = None,
) -> Consignment:
    """属地决定: the outcome in the home office's words, and in which form its result will come."""
    checks.one_of("outcome", outcome, OUTCOMES)
    checks.one_of("result_mode", result_mode, RESULT_MODES)
    document_number = _document_number(document_number)
    if result_mode == "paper" and not results:
        raise checks.usage(
            "results-missing", "没有写明将寄回哪些结果文书。", "请至少写一份结果文书。（命令：字段 results）"
        )
    with desk.act("decide") as work:
        consignment = steps.find_consignment(work, name)
        steps.for_act(desk, work.consignments, consignment, "decide")
        nothing_on_its_way(consignment)
        for ordinal, result in enumerate(results if result_mode == "paper" else (), start=1):
            work.pieces.add(_result(consignment, ordinal, result))
        work.facts = {"outcome": outcome, "result_mode": result_mode}
        return steps.move(
            work.consignments,
            consignment,
            "decide",
            ConsignmentState.DECIDED,
            outcome=outcome,
            result_mode=result_mode,
            decided_at=work.now,
            document_number=document_number or consignment.document_number,
        )


def _result(consignment: Consignment, ordinal: int, result: Result) -> Piece:
    return Piece(
        id=f"{consignment.id}-result-{ordinal}",
        case_number=consignment.case_number,
        row_id="result",
        name=checks.field("results.name", plain_text.validate, result.name),
        form="result",
        copies=checks.count("copies", result.copies),
        pages=None,
        holder=Holder.HOME_OFFICE,
        holder_ref=consignment.office_code,
        consignment=consignment.id,
        expected=1,
    )


def nothing_on_its_way(consignment: Consignment) -> None:
    """A supplement that nobody has acknowledged would have no state to be acknowledged in."""
    if consignment.supplement is not None:
        raise Refused(
            "supplement-under-way",
            what=f"{consignment.id} 还有补充封套没有了结，没有办理。",
            why=f"补充封套 {consignment.supplement} 还没有属地签收，也没有登记异常或作废。",
            next="请先按回执联登记签收；没有寄出的先作废。（命令：envelope acknowledge、envelope void）",
        )


def sent(work: Work, consignment: Consignment) -> list[Piece]:
    """The pieces of a consignment that went out in its envelopes."""
    pieces = work.pieces.where(consignment=consignment.id, holder=Holder.INSIDE)
    return [piece for piece in pieces if piece.form != "result"]


def _document_number(text: str | None) -> str | None:
    return checks.field("document_number", plain_text.validate, text) if text else None
