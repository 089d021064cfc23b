"""送达 and 办结: identity looked at again, the result handed over against a 送达回证, the rating invited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from forms.identifiers import OF_ORGANISATIONS
from workstation.acts import checks, papers, ratings, refusals, steps, waybills
from workstation.acts.desk import Desk
from workstation.acts.facts import proof_of_service
from workstation.acts.identification import Look, note
from workstation.acts.result_files import ResultFile
from workstation.domain.case import Case, CaseState, Holder
from workstation.domain.consignment import Consignment, ConsignmentState
from workstation.domain.times import local
from workstation.domain.words import word
from workstation.errors import Refused, WrongUsage
from workstation.store.work import Work

RECIPIENTS = ("applicant", "agent")
RATINGS = ("invited", "refused")
#: Results that do not pass over the counter.
ELSEWHERE = ("electronic", "direct_post")


def serve(
    desk: Desk,
    number: str,
    *,
    recipient: str | None = None,
    identity_checked: bool,
    received_on: str | None = None,
    file: ResultFile | None = None,
) -> Case:
    """Serve every result that is here or was sent directly; the case is served with the last one.

    `number` of a consignment serves that one alone. `recipient`: applicant unless named; a legal person's is
    its agent. `received_on`: the date on the receipt of what was posted to the applicant. `file`: an
    electronic result.
    """
    if recipient is not None:
        checks.one_of("recipient", recipient, RECIPIENTS)
    with desk.act("serve") as work:
        named = work.consignments.get(refusals.readable("case", number))
        case = steps.find_case(work, named.case_number if named else number)
        case = steps.for_act(desk, work.cases, case, "serve")
        consignments = work.consignments.where(case_number=case.number)
        ready = to_serve(case, [named] if named else consignments)
        recipient = _recipient(case, recipient)
        if any(c.state == ConsignmentState.RESULT_ARRIVED for c in ready):
            _identified(work, case, recipient, checked=identity_checked)
        posted_at, digest = _posted_at(work, ready, received_on), _digest(ready, file)
        served = [_hand_out(work, c, posted_at=posted_at, digest=digest) for c in ready]
        facts = proof_of_service.facts(work, desk.hall, case, served, recipient=recipient)
        papers.promise(work, "proof_of_service", case.number, facts)
        work.facts = {"served": len(ready), "recipient": recipient, **({"size": file.size} if file else {})}
        return _moved(work, case)


def _moved(work: Work, case: Case) -> Case:
    """The case is served when its last consignment is, on the day that one was."""
    consignments = work.consignments.where(case_number=case.number)
    if any(c.state != ConsignmentState.DONE for c in consignments):
        return steps.move(work.cases, case, "serve", CaseState.REVIEWED)
    served_at = max(c.served_at or 0 for c in consignments)
    return steps.move(work.cases, case, "serve", CaseState.SERVED, served_at=served_at)


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


def _posted_at(work: Work, ready: Sequence[Consignment], received_on: str | None) -> int | None:
    """When what was posted to the applicant was served: the date on the receipt counts, not today's."""
    if received_on is None:
        return None
    day = checks.day("received_on", received_on)
    posted = [consignment for consignment in ready if consignment.result_mode == "direct_post"]
    if not posted:
        raise _needless("received-on-needless", "直寄申请人", "收到日期", "--received-on")
    decided_at = max(consignment.decided_at or 0 for consignment in posted)
    decided_on, today = local(decided_at).date().isoformat(), local(work.now).date().isoformat()
    if not decided_on <= day <= today:
        raise checks.usage(
            "received-on-impossible",
            f"收到日期 {day} 不在决定（{decided_on}）与今天（{today}）之间。",
            "请照邮件回执上的日期填写。（命令：--received-on）",
        )
    # A receipt tells no hour; one of the day of the decision is not earlier than the decision.
    return max(checks.span(day, day, work.now)[0], decided_at)


def _digest(ready: Sequence[Consignment], file: ResultFile | None) -> str | None:
    if file is None:
        return None
    electronic = [consignment.id for consignment in ready if consignment.result_mode == "electronic"]
    if not electronic:
        raise _needless("result-file-needless", "电子结果", "结果文件", "--file")
    if len(electronic) > 1:
        raise refusals.several_consignments(ready[0].case_number, electronic)
    return file.digest


def _hand_out(
    work: Work, consignment: Consignment, *, posted_at: int | None, digest: str | None
) -> Consignment:
    for piece in work.pieces.where(consignment=consignment.id, holder=Holder.RESULT_SHELF):
        work.pieces.save(replace(piece, holder=Holder.RECIPIENT, holder_ref=None))
    if consignment.state == ConsignmentState.RESULT_ARRIVED:
        # What was left out of the envelope goes back now that somebody stands at the window.
        for piece in work.pieces.where(consignment=consignment.id, holder=Holder.CLERK):
            work.pieces.save(replace(piece, holder=Holder.RECIPIENT, holder_ref=None))
    # A label for the way back that nobody has used is followed no more.
    waybills.end(work, consignment.id)
    mode = consignment.result_mode
    return steps.move(
        work.consignments,
        consignment,
        "serve",
        ConsignmentState.DONE,
        served_at=(posted_at if mode == "direct_post" else None) or work.now,
        result_digest=digest if mode == "electronic" else None,
        pickup_code=None,
    )


def _needless(code: str, mode: str, what: str, option: str) -> WrongUsage:
    return checks.usage(
        code, f"现在要送达的没有{mode}的结果，用不着{what}。", f"请去掉{what}再办。（命令：{option}）"
    )


def _nothing_to_serve(case: Case, consignments: Sequence[Consignment]) -> Refused:
    states = "、".join(f"{c.ordinal} 号送件“{word(c.state)}”" for c in consignments)
    return Refused(
        "nothing-to-serve",
        what=f"{case.number} 现在没有可送达的结果。",
        why=f"{states}。",
        next="请等结果到窗后再送达。（命令：result arrive）",
    )
