"""收件登记: a hand-in becomes a case at once, with its checklist, its pieces, its number and its 收件凭证."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from forms import items
from workstation.acts import checks, papers, refusals
from workstation.acts.desk import Desk
from workstation.acts.facts import intake_slip
from workstation.acts.inputs import Intake, Material, Office
from workstation.domain.case import Case, CaseState, Holder, Piece, Row
from workstation.domain.codes import Kind
from workstation.domain.consignment import Consignment, ConsignmentState
from workstation.store.work import Work


def register(desk: Desk, intake: Intake) -> Case:
    """Register a hand-in: the case exists from here on, whatever is wrong with its papers."""
    intake = checks.checked(intake)
    item = _item(intake.item)
    with desk.act("register") as work:
        number = work.number(Kind.CASE)
        work.object = number
        case = work.cases.add(_case(work, number, intake, item.checklist_version))
        for position, row in enumerate(item.rows, start=1):
            work.rows.add(_row(number, position, row))
        for ordinal, office in enumerate(intake.offices, start=1):
            work.consignments.add(_consignment(number, ordinal, office))
        receive(work, case, intake.materials)
        papers.promise(work, "intake_slip", number, intake_slip.facts(work, desk.hall, case))
        return case


def receive(work: Work, case: Case, materials: Sequence[Material]) -> list[Piece]:
    """Take pieces into this clerk's hands; an original that is only checked does not go into the envelope."""
    rows = {row.row_id: row for row in work.rows.where(case_number=case.number)}
    held = Counter((piece.row_id, piece.form) for piece in work.pieces.where(case_number=case.number))
    received = []
    for material in materials:
        row = rows.get(material.row)
        if row is None:
            raise refusals.not_found("row", material.row)
        held[row.row_id, material.form] += 1
        received.append(work.pieces.add(_piece(work, row, material, held[row.row_id, material.form])))
    return received


def _case(work: Work, number: str, intake: Intake, checklist_version: str) -> Case:
    applicant, agent = intake.applicant, intake.agent
    return Case(
        number=number,
        state=CaseState.REGISTERED,
        item=intake.item,
        checklist_version=checklist_version,
        window=work.stamp.window or 0,
        clerk=work.stamp.operator or "",
        registered_at=work.now,
        basis_place=intake.basis_place,
        applicant_name=applicant.name,
        applicant_id_kind=applicant.id_kind,
        applicant_id=applicant.id_number,
        applicant_phone=applicant.phone,
        applicant_address=applicant.address,
        agent_name=agent.name if agent else None,
        agent_id_kind=agent.id_kind if agent else None,
        agent_id=agent.id_number if agent else None,
        agent_phone=agent.phone if agent else None,
        remark=intake.remark,
        name_digest=work.keys.lookup("name", applicant.name),
        id_digest=work.keys.lookup("id", applicant.id_number),
        phone_digest=work.keys.lookup("phone", applicant.phone),
    )


def _row(number: str, position: int, row: items.ChecklistRow) -> Row:
    return Row(
        case_number=number,
        row_id=row.id,
        position=position,
        name=row.name,
        standard=row.standard,
        form=row.form,
        copies=row.copies,
        from_whom=row.from_whom,
        condition=row.condition,
    )


def _consignment(number: str, ordinal: int, office: Office) -> Consignment:
    return Consignment(
        id=f"{number}-{ordinal}",
        case_number=number,
        ordinal=ordinal,
        office_code=office.code,
        office_division=office.division,
        office_name=office.name,
        office_address=office.address,
        office_postcode=office.postcode,
        office_phone=office.phone,
        state=ConsignmentState.PACKING,
    )


def _piece(work: Work, row: Row, material: Material, ordinal: int) -> Piece:
    only_checked = material.form == "original" and row.form != "original"
    return Piece(
        id=f"{row.case_number}-{row.row_id}-{material.form}-{ordinal}",
        case_number=row.case_number,
        row_id=row.row_id,
        name=row.name,
        form=material.form,
        copies=material.copies,
        pages=material.pages,
        holder=Holder.CLERK,
        holder_ref=work.stamp.operator,
        consignment=f"{row.case_number}-{material.office}",
        goes=0 if only_checked else 1,
    )


def _item(code: str) -> items.Item:
    try:
        return items.by_code(code)
    except items.UnknownItem:
        raise refusals.not_found("item", code) from None
