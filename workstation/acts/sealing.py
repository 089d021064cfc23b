"""封装: two scans that belong together, every paper in, somebody has looked inside; then the seal."""

from __future__ import annotations

from forms.identifiers import plain_text
from workstation.acts import checks, mail_orders, offices, packing, papers, refusals, steps
from workstation.acts.desk import Desk
from workstation.domain.case import OPEN_ROWS, Case, Holder
from workstation.domain.consignment import Consignment, ConsignmentState
from workstation.domain.envelope import Envelope, EnvelopeState
from workstation.domain.words import word
from workstation.errors import Refused, WrongUsage
from workstation.store.work import Reading, Work


def seal(
    desk: Desk, face: str, packing_list: str, *, place: str, inspected_by: str | None = None, no_secret: bool
) -> Envelope:
    """Seal the envelope whose face and list were scanned; `no_secret`: no secret matter 涉密 inside."""
    place = checks.field("place", plain_text.validate, place)
    if not no_secret:
        raise _secret_unchecked()
    with desk.act("seal") as work:
        envelope = _scanned_together(work, face, packing_list)
        steps.for_act(desk, work.envelopes, envelope, "seal")
        inspector = _inspector(work, inspected_by or desk.signed_in().code)
        for consignment in steps.consignments_in(work, envelope):
            complete(work, consignment)
            _seal_consignment(work, envelope, consignment)
        mail_orders.begin(work, envelope)
        return steps.move(
            work.envelopes,
            envelope,
            "seal",
            EnvelopeState.SEALED,
            holder=Holder.SHELF,
            holder_ref=place,
            place=place,
            inspected_by=inspector,
            sealed_at=work.now,
            sealed_by=desk.signed_in().code,
        )


def _scanned_together(reading: Reading, face: str, packing_list: str) -> Envelope:
    face_paper = papers.live(reading, face, "envelope")
    list_paper = papers.live(reading, packing_list, "packing_list")
    if face_paper.object != list_paper.object:
        raise Refused(
            "scans-differ",
            what="封套面和内件清单不是一套，没有封装。",
            why=f"封套面属于封套 {face_paper.object}，清单属于封套 {list_paper.object}。",
            next="请找到同一套的清单再扫；不要把两套材料混装。",
        )
    return steps.find_envelope(reading, face_paper.object)


def _inspector(reading: Reading, code: str) -> str:
    user = None if plain_text.forbidden(code) else reading.users.get(code)
    if user is None or user.state != "active":
        raise checks.usage(
            "inspector-unknown",
            f"验视人 {refusals.shown(code)} 不在人员名单上或已停用。",
            "请填写在岗人员的工号。",
        )
    return code


def complete(reading: Reading, consignment: Consignment) -> None:
    """Refuse a consignment whose bearer was not looked at, or of which a row or a paper is still missing.

    Likewise one to an office from which an envelope came back, until its address is verified anew.
    """
    case = steps.find_case(reading, consignment.case_number)
    if case.bearer_identity != "passed":
        raise _identity_missing(case)
    open_rows = [row.name for row in reading.rows.where(case_number=case.number) if row.state in OPEN_ROWS]
    if open_rows:
        raise _rows_open(case, open_rows)
    left = packing.to_send(reading, consignment)
    if left:
        raise _pieces_left(consignment, [piece.name for piece in left])
    offices.trusted(reading, consignment.office_code)


def _seal_consignment(work: Work, envelope: Envelope, consignment: Consignment) -> None:
    if envelope.purpose == "supplement":
        steps.move(work.consignments, consignment, "seal", consignment.state)
    else:
        steps.move(work.consignments, consignment, "seal", ConsignmentState.SEALED, sealed_at=work.now)


def _secret_unchecked() -> WrongUsage:
    return checks.usage(
        "secret-unchecked",
        "没有确认封套内无涉密材料。",
        "涉密材料不得邮寄；请检查后确认。（命令：--no-secret）",
    )


def _identity_missing(case: Case) -> Refused:
    return Refused(
        "identity-missing",
        what=f"{case.number} 没有通过身份核验，不能封装。",
        why={
            "none": f"还没有核验{word(case.bearer)}的身份。",
            "failed": f"最近一次核验{word(case.bearer)}身份未通过。",
        }[case.bearer_identity],
        next=f"请先核验{word(case.bearer)}的身份。（命令：case identify --subject {case.bearer}）",
    )


def _rows_open(case: Case, names: list[str]) -> Refused:
    return Refused(
        "rows-open",
        what=f"{case.number} 还有材料没有通过形式审查，不能封装。",
        why=f"未通过：{'、'.join(names)}。",
        next="请先审查这些行。",
    )


def _pieces_left(consignment: Consignment, names: list[str]) -> Refused:
    return Refused(
        "pieces-left-out",
        what=f"{consignment.id} 还有材料没有装进封套，不能封装。",
        why=f"还在窗口人员手里：{'、'.join(names)}。",
        next="请作废这个封套重新装袋，使内件清单与实物一致。",
    )
