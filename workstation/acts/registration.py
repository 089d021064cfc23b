"""收件登记: a hand-in becomes a case at once, with its checklist, its pieces, its number and its 收件凭证."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from forms.items import Item, Path
from forms.items.checklists import Checklist, ChecklistRow
from forms.review import PaperForm
from workstation.acts import catalogue, checks, offices, papers, refusals
from workstation.acts.desk import Desk
from workstation.acts.facts import intake_slip
from workstation.acts.inputs import Intake, Material, Person
from workstation.domain.case import AGENT_ROWS, AUTHORISATION, Case, CaseState, Holder, Piece, Row
from workstation.domain.codes import Kind
from workstation.domain.consignment import Consignment, ConsignmentState
from workstation.domain.office import Office
from workstation.domain.times import local
from workstation.errors import Refused
from workstation.store.work import Work

#: Paths by which papers are mailed from here, today or once the hall has its own mode.
_MAILED = frozenset({Path.RECEIVED, Path.JOINT, Path.PENDING})


def register(desk: Desk, intake: Intake) -> Case:
    """Register a hand-in: the case exists from here on, whatever is wrong with its papers."""
    intake = checks.checked(intake, today=local(desk.store.now()).date())
    with desk.act("register") as work:
        item = catalogue.item(work, intake.item)
        named = [offices.for_intake(work, office) for office in intake.offices]
        if not named and item.path in _MAILED:
            raise checks.usage(
                "office-missing",
                "没有写明寄往哪个业务属地部门。",
                "请至少选一个业务属地部门。（命令：字段 offices）",
            )
        checklist = _checklist(work, item, named)
        number = work.number(Kind.CASE)
        work.object = number
        case = work.cases.add(_case(work, number, intake, item=item, checklist=checklist))
        rows = asked_rows(checklist, has_agent=intake.agent is not None)
        for position, row in enumerate(rows, start=1):
            work.rows.add(Row(case_number=number, **catalogue.columns(position, row)))
        for ordinal, office in enumerate(named, start=1):
            work.consignments.add(_consignment(number, ordinal, office))
        receive(work, case, intake.materials)
        papers.promise(work, "intake_slip", number, intake_slip.facts(work, desk.hall, case))
        return case


def _checklist(work: Work, item: Item, named: Sequence[Office]) -> Checklist:
    """That of the first home office: a clerk reviews one list, whoever the others are."""
    if not named:
        return catalogue.checklist(work, item.code)
    return catalogue.checklist(work, item.code, office=named[0].code, division=named[0].division)


def receive(work: Work, case: Case, materials: Sequence[Material]) -> list[Piece]:
    """Take pieces into this clerk's hands; an original that is only checked does not go into the envelope."""
    rows = {row.row_id: row for row in work.rows.where(case_number=case.number)}
    held = Counter((piece.row_id, piece.form) for piece in work.pieces.where(case_number=case.number))
    received = []
    for material in materials:
        row = rows.get(material.row)
        if row is None:
            raise refusals.not_found("row", material.row)
        if not row.may_ask_for_paper:
            raise row_exempt(row)
        held[row.row_id, material.form] += 1
        received.append(work.pieces.add(_piece(work, row, material, held[row.row_id, material.form])))
    return received


def _case(work: Work, number: str, intake: Intake, *, item: Item, checklist: Checklist) -> Case:
    applicant, agent = intake.applicant, intake.agent
    case = Case(
        number=number,
        state=CaseState.REGISTERED,
        item=intake.item,
        path=item.path,
        checklist_version=catalogue.named(checklist),
        checklist_mark=checklist.mark,
        window=work.stamp.window or 0,
        clerk=work.stamp.operator or "",
        registered_at=work.now,
        basis_place=intake.basis_place,
        applicant_name=applicant.name,
        applicant_id_kind=applicant.id_kind,
        applicant_id=applicant.id_number,
        applicant_phone=applicant.phone,
        applicant_address=applicant.address,
        applicant_source=applicant.source,
        applicant_valid_to=applicant.valid_to,
        remark=intake.remark,
        name_digest=work.keys.lookup("name", applicant.name),
        id_digest=work.keys.lookup("id", applicant.id_number),
        phone_digest=work.keys.lookup("phone", applicant.phone),
    )
    return _with_agent(case, agent) if agent else case


def _with_agent(case: Case, agent: Person) -> Case:
    return replace(
        case,
        agent_name=agent.name,
        agent_id_kind=agent.id_kind,
        agent_id=agent.id_number,
        agent_phone=agent.phone,
        agent_source=agent.source,
        agent_valid_to=agent.valid_to,
    )


def asked_rows(checklist: Checklist, *, has_agent: bool) -> list[ChecklistRow]:
    """The rows as they apply to a hand-in: with an agent the power of attorney is always asked for."""
    if not has_agent:
        return list(checklist.rows)
    rows = [replace(row, condition=None) if row.id in AGENT_ROWS else row for row in checklist.rows]
    if all(row.id != AUTHORISATION for row in rows):
        rows.append(_POWER_OF_ATTORNEY)
    return rows


_POWER_OF_ATTORNEY = ChecklistRow(
    id=AUTHORISATION,
    name="授权委托书",
    standard="写明委托人、代办人、委托事项和期限；双方签名并写明日期；姓名与各自身份证件一致。",
    form=PaperForm.ORIGINAL,
    copies=1,
    from_whom="申请人出具",
    condition=None,
    deferrable=False,
    exempt=False,
    faults=("missing", "incomplete", "unsigned", "undated", "expired", "name_differs"),
    sample="示例：“委托李四代为办理本事项，期限自……至……。”委托人、代办人签名并写明日期。",
    source="来源：未核对",
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


def row_exempt(row: Row) -> Refused:
    """Paper for a row that is 免提交."""
    return Refused(
        "row-exempt",
        what=f"“{row.name}”是免提交材料，不能收取纸质材料，没有办理。",
        why="该材料由部门调取，不得要求申请人提交；只有登记了错证或缺证之后才可收取。",
        next="请把这一份交还申请人；审查时选“证照库”调取，或登记错证、缺证。",
    )
