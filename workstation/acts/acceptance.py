"""受理 and 不予受理 on behalf of the home office: only where its agreement grants 收件受理, item by item.

收件 at this window is not 受理; without the power neither paper can be made (domain §6.5, 行政许可法 32).
"""

from __future__ import annotations

from dataclasses import dataclass

from forms.identifiers import plain_text
from forms.review import Way
from workstation.acts import agreements, checks, departures, papers, steps
from workstation.acts.desk import Desk
from workstation.acts.facts import acceptance as acceptance_facts
from workstation.acts.facts import non_acceptance as non_acceptance_facts
from workstation.domain.case import Case, CaseState, Row, RowState
from workstation.domain.consignment import Consignment
from workstation.domain.office import Power
from workstation.domain.paper import Paper, PaperState
from workstation.errors import Refused
from workstation.store.work import Reading, Work

NO_NUMBER = "未载文号"


@dataclass(frozen=True)
class Grounds:
    """Why an application is not accepted, as the agreement's 不予受理通知书 has to say it."""

    reason: str
    legal_basis: str
    remedies: str
    """What the applicant can do against it, by when, and where."""
    authority: str | None = None
    """The right authority (行政许可法 32(2)); None: no other one is concerned."""


def accept(desk: Desk, name: str, *, legal_basis: str, limit: str) -> Paper:
    """出具受理通知书 for one consignment: its home office has given this window the power."""
    legal_basis = checks.field("legal_basis", plain_text.validate, legal_basis)
    limit = checks.field("limit", plain_text.validate, limit)
    with desk.act("issue_acceptance") as work:
        consignment = steps.find_consignment(work, name)
        case = steps.find_case(work, consignment.case_number)
        steps.for_act(desk, work.cases, case, "issue_acceptance")
        agreement = agreements.granted(work, consignment.office_code, case.item, power=Power.ACCEPT)
        _not_twice(work, consignment)
        _nothing_deferred(work, case)
        given = acceptance_facts.Acceptance(
            agreement_number=agreement.document_number or NO_NUMBER,
            legal_basis=legal_basis,
            rows=_handed_in(work, case),
            limit=limit,
        )
        work.facts = {"agreement": agreement.id}
        facts = acceptance_facts.facts(work, desk.hall, case, consignment, given=given)
        return papers.promise(work, "acceptance", consignment.id, facts)


def refuse(desk: Desk, name: str, *, grounds: Grounds) -> Case:
    """出具不予受理通知书: with a second person; the papers go back and the case ends."""
    grounds = _checked(grounds)
    with desk.act("issue_non_acceptance") as work:
        consignment = steps.find_consignment(work, name)
        case = steps.find_case(work, consignment.case_number)
        steps.for_act(desk, work.cases, case, "issue_non_acceptance")
        agreement = agreements.granted(work, consignment.office_code, case.item, power=Power.ACCEPT)
        desk.confirmed("issue_non_acceptance")
        given = non_acceptance_facts.NonAcceptance(
            agreement_number=agreement.document_number or NO_NUMBER,
            reason=grounds.reason,
            legal_basis=grounds.legal_basis,
            right_authority=grounds.authority,
            remedies=grounds.remedies,
            rows=_handed_in(work, case),
        )
        facts = non_acceptance_facts.facts(work, desk.hall, case, consignment, given=given)
        papers.promise(work, "non_acceptance", consignment.id, facts)
        work.facts = {"agreement": agreement.id}
        departures.leave(work, case)
        return steps.move(
            work.cases,
            case,
            "issue_non_acceptance",
            CaseState.DECLINED,
            reason="not_accepted",
            reason_text=grounds.reason,
            right_authority=grounds.authority,
        )


def _checked(grounds: Grounds) -> Grounds:
    authority = grounds.authority
    return Grounds(
        reason=checks.field("reason", plain_text.validate, grounds.reason),
        legal_basis=checks.field("legal_basis", plain_text.validate, grounds.legal_basis),
        remedies=checks.field("remedies", plain_text.validate, grounds.remedies),
        authority=checks.field("authority", plain_text.validate, authority) if authority else None,
    )


def _handed_in(reading: Reading, case: Case) -> list[Row]:
    """The rows whose paper was handed in, in the order of the checklist."""
    held = {piece.row_id for piece in reading.pieces.where(case_number=case.number)}
    rows = reading.rows.where(case_number=case.number)
    there = [row for row in rows if row.row_id in held and row.way in (None, Way.PAPER)]
    return sorted(there, key=lambda row: row.position)


def _nothing_deferred(reading: Reading, case: Case) -> None:
    """The paper says that everything is there and in form (行政许可法 32(5)); a deferred row is not."""
    rows = reading.rows.where(case_number=case.number)
    deferred = [row.name for row in rows if row.state == RowState.DEFERRED]
    if deferred:
        raise Refused(
            "acceptance-deferred",
            what=f"{case.number} 还有容缺后补的材料，没有出具受理通知书。",
            why=f"待补：{'、'.join(deferred)}；受理通知书写明材料齐全、符合法定形式。",
            next="请在材料补齐并通过审查后再出具。",
        )


def _not_twice(work: Work, consignment: Consignment) -> None:
    for paper in work.papers.where(object=consignment.id):
        if paper.kind == "acceptance" and paper.state != PaperState.VOID:
            raise Refused(
                "acceptance-issued",
                what=f"{consignment.id} 已经出具受理通知书，没有再出。",
                why=f"现行的一张是 {paper.number}。",
                next="需要再打一张的，请补打。（命令：paper reprint）",
            )
