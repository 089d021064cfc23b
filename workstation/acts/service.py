"""送达 and 办结: identity looked at again, the result handed over against a 送达回证, the rating invited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from forms.identifiers import OF_ORGANISATIONS
from workstation.acts import checks, papers, ratings, steps
from workstation.acts.desk import Desk
from workstation.acts.facts import proof_of_service
from workstation.acts.identification import Look, note
from workstation.domain.case import Case, CaseState, Holder
from workstation.domain.consignment import Consignment, ConsignmentState
from workstation.domain.words import word
from workstation.errors import Refused
from workstation.store.work import Work

RECIPIENTS = ("applicant", "agent")
RATINGS = ("invited", "refused")
#: Results that do not pass over the counter.
ELSEWHERE = ("electronic", "direct_post")


def serve(desk: Desk, number: str, *, recipient: str | None = None, identity_checked: bool) -> Case:
    """Serve every result that is here or was sent directly; the case is served with the last one.

    `recipient`: applicant unless named; a legal person's is its agent.
    """
    if recipient is not None:
        checks.one_of("recipient", recipient, RECIPIENTS)
    with desk.act("serve") as work:
        case = steps.for_act(desk, work.cases, steps.find_case(work, number), "serve")
        consignments = work.consignments.where(case_number=number)
        ready = to_serve(case, consignments)
        recipient = _recipient(case, recipient)
        if any(c.state == ConsignmentState.RESULT_ARRIVED for c in ready):
            _identified(work, case, recipient, checked=identity_checked)
        for consignment in ready:
            _hand_out(work, consignment)
        facts = proof_of_service.facts(work, desk.hall, case, ready, recipient=recipient)
        papers.promise(work, "proof_of_service", number, facts)
        work.facts = {"served": len(ready), "recipient": recipient}
        if len(ready) + sum(c.state == ConsignmentState.DONE for c in consignments) < len(consignments):
            return steps.move(work.cases, case, "serve", CaseState.REVIEWED)
        return steps.move(work.cases, case, "serve", CaseState.SERVED, served_at=work.now)


def close(desk: Desk, number: str, *, rating: str | None = None) -> Case:
    """办结: the applicant was invited to rate (好差评 一次一评), before, or now with `rating`; no grade."""
    if rating is not None:
        checks.one_of("rating", rating, RATINGS)
    with desk.act("close") as work:
        case = steps.for_act(desk, work.cases, steps.find_case(work, number), "close")
        case = ratings.at_close(work, case, rating)
        work.facts = {"rating": case.rating}
        return steps.move(work.cases, case, "close", CaseState.CLOSED, closed_at=work.now)


def _recipient(case: Case, named: str | None) -> str:
    """Whose face is looked at: a legal person has none, so somebody collects for it."""
    is_organisation = case.applicant_id_kind in OF_ORGANISATIONS
    recipient = named or ("agent" if is_organisation else "applicant")
    if recipient == "agent":
        checks.has_agent(case)
    elif is_organisation:
        raise checks.usage(
            "recipient-not-a-person",
            "申请人是单位，不能本人领取。",
            "请由登记的经办人领取。（命令：--recipient agent）",
        )
    return recipient


def to_serve(case: Case, consignments: Sequence[Consignment]) -> list[Consignment]:
    """The consignments whose result can be served now; refused if there is none."""
    ready = [consignment for consignment in consignments if _ready(consignment)]
    if not ready:
        raise _nothing_to_serve(case, consignments)
    return ready


def _ready(consignment: Consignment) -> bool:
    if consignment.state == ConsignmentState.RESULT_ARRIVED:
        return True
    return consignment.state == ConsignmentState.DECIDED and consignment.result_mode in ELSEWHERE


def _identified(work: Work, case: Case, recipient: str, *, checked: bool) -> None:
    if not checked:
        raise Refused(
            "identity-unchecked",
            what="领取人身份还没有核对，没有送达。",
            why="结果只交给核对过身份的申请人或代办人。",
            next="请核对证件与本人，确认后再办。（命令：--identity-checked）",
        )
    note(work, case, Look("in_person", "passed", subject=recipient))


def _hand_out(work: Work, consignment: Consignment) -> None:
    for piece in work.pieces.where(consignment=consignment.id, holder=Holder.RESULT_SHELF):
        work.pieces.save(replace(piece, holder=Holder.RECIPIENT, holder_ref=None))
    if consignment.state == ConsignmentState.RESULT_ARRIVED:
        # What was left out of the envelope goes back now that somebody stands at the window.
        for piece in work.pieces.where(consignment=consignment.id, holder=Holder.CLERK):
            work.pieces.save(replace(piece, holder=Holder.RECIPIENT, holder_ref=None))
    steps.move(work.consignments, consignment, "serve", ConsignmentState.DONE, served_at=work.now)


def _nothing_to_serve(case: Case, consignments: Sequence[Consignment]) -> Refused:
    states = "、".join(f"{c.ordinal} 号送件“{word(c.state)}”" for c in consignments)
    return Refused(
        "nothing-to-serve",
        what=f"{case.number} 现在没有可送达的结果。",
        why=f"{states}。",
        next="请等结果到窗后再送达。（命令：result arrive）",
    )
