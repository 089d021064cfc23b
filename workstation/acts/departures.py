"""How a case leaves before it is mailed: 不予收件, 指引, 逾期, 撤回, and handing its papers back."""

from __future__ import annotations

from forms.identifiers import plain_text
from workstation.acts import checks, formal_review, steps, tasks
from workstation.acts.desk import Desk
from workstation.acts.waiting import waits
from workstation.domain.case import Case, CaseState, Holder, Piece
from workstation.errors import Refused
from workstation.store.work import Work

DECLINE_REASONS = {
    "not_this_item": "不属于本事项",
    "not_this_authority": "不属于该属地部门职权",
    "not_the_person": "人证不符",
    "secret_matter": "涉密材料不得邮寄",
}
CHANNELS = {
    "online": "全程网办",
    "local": "本地就办",
    "self_service": "自助办理",
    "other_authority": "其他部门",
}
#: A piece held so lies at this window.
HERE = frozenset({Holder.CLERK, Holder.SHELF, Holder.RESULT_SHELF, Holder.APPLICANT})


@waits("decline")
def decline(desk: Desk, number: str, *, reason: str, text: str) -> Case:
    """不予收件: the window has no veto (窗口无否决权), so a coded reason and a second person."""
    checks.one_of("reason", reason, tuple(DECLINE_REASONS))
    text = checks.field("text", plain_text.validate, text)
    with desk.act("decline") as work:
        case = steps.for_act(desk, work.cases, steps.find_case(work, number), "decline")
        desk.confirmed("decline")
        work.facts = {"reason": reason}
        _hand_back(work, _here(work, case))
        return steps.move(work.cases, case, "decline", CaseState.DECLINED, reason=reason, reason_text=text)


def guide(desk: Desk, number: str, *, channel: str, text: str) -> Case:
    """指引: point to the channel that serves the applicant better; never a refusal."""
    checks.one_of("channel", channel, tuple(CHANNELS))
    text = checks.field("text", plain_text.validate, text)
    with desk.act("guide") as work:
        case = steps.for_act(desk, work.cases, steps.find_case(work, number), "guide")
        work.facts = {"channel": channel}
        _hand_back(work, _here(work, case))
        return steps.move(work.cases, case, "guide", CaseState.GUIDED, channel=channel, reason_text=text)


def lapse(desk: Desk, number: str) -> Case:
    """逾期未补正: the applicant did not come back; the papers wait here until they are handed back."""
    with desk.act("lapse") as work:
        case = steps.for_act(desk, work.cases, steps.find_case(work, number), "lapse")
        return steps.move(work.cases, case, "lapse", CaseState.WITHDRAWN, reason="lapsed")


def withdraw(desk: Desk, number: str) -> Case:
    """撤回: before mailing the papers go back at once; after it, a request until all are here again."""
    with desk.act("withdraw") as work:
        case = steps.for_act(desk, work.cases, steps.find_case(work, number), "withdraw")
        pieces = work.pieces.where(case_number=number)
        _no_unmailed_envelope(work, pieces)
        if any(piece.holder not in HERE and not piece.is_lost for piece in pieces):
            return _request(work, case)
        for task in work.tasks.where(object=number, kind="withdrawal", state="open"):
            tasks.end(work, task, "withdrawn")
        _hand_back(work, _here(work, case))
        return steps.move(work.cases, case, "withdraw", CaseState.WITHDRAWN, reason="applicant")


def hand_back(desk: Desk, number: str) -> Case:
    """Hand back the papers that stayed here when the case lapsed."""
    with desk.act("hand_back") as work:
        case = steps.for_act(desk, work.cases, steps.find_case(work, number), "hand_back")
        here = _here(work, case)
        if not here:
            raise Refused(
                "nothing-to-hand-back",
                what=f"{number} 没有要退还的材料。",
                why="所有材料都已不在本窗口。",
                next="用 custody 查看每份材料在谁手里。",
            )
        _hand_back(work, here)
        return steps.move(work.cases, case, "hand_back", CaseState.WITHDRAWN)


def _request(work: Work, case: Case) -> Case:
    if case.withdrawal_requested_at is not None:
        raise Refused(
            "withdrawal-requested",
            what=f"{case.number} 已登记撤回请求，材料还没有回到窗口。",
            why="材料已交寄，撤回要等材料全部回到本窗口。",
            next="材料到窗后（result arrive 或退回件处理后）再办撤回。",
        )
    tasks.open_task(work, f"{case.number}-withdrawal", kind="withdrawal", object_=case.number)
    return steps.move(work.cases, case, "withdraw", CaseState.REVIEWED, withdrawal_requested_at=work.now)


def _no_unmailed_envelope(work: Work, pieces: list[Piece]) -> None:
    for number in sorted({p.holder_ref or "" for p in pieces if p.holder == Holder.INSIDE}):
        envelope = steps.find_envelope(work, number)
        if envelope.state in ("open", "sealed"):
            raise Refused(
                "envelope-not-emptied",
                what="材料还在封套里，没有撤回。",
                why=f"封套 {number} 装着本办件的材料，尚未交寄。",
                next="请先作废（envelope void）或拆封（envelope reopen）该封套。",
            )


def _here(work: Work, case: Case) -> list[Piece]:
    pieces = work.pieces.where(case_number=case.number)
    return [piece for piece in pieces if piece.holder in HERE and piece.holder != Holder.APPLICANT]


def _hand_back(work: Work, pieces: list[Piece]) -> None:
    for piece in pieces:
        formal_review.give_back(work, piece)
    work.facts = {**work.facts, "handed_back": len(pieces)}
