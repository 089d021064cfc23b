"""How a case leaves before it is mailed: 不予收件, 指引, 逾期, 撤回, and handing its papers back."""

from __future__ import annotations

from forms.identifiers import plain_text
from forms.items import MODE_WORDS, PATH_WORDS, Item, Path
from workstation.acts import (
    catalogue,
    checks,
    formal_review,
    numbers,
    papers,
    pickup_codes,
    pledges,
    steps,
    tasks,
)
from workstation.acts.desk import Desk
from workstation.acts.facts import guidance as guidance_facts
from workstation.acts.facts.guidance import Guidance
from workstation.acts.waiting import waits
from workstation.domain.case import Case, CaseState, Holder, Piece
from workstation.domain.contact import ExternalNumber
from workstation.errors import Refused, command
from workstation.store.work import Reading, Work

DECLINE_REASONS = {
    "not_this_item": "不属于本事项",
    "not_this_authority": "不属于该属地部门职权",
    "not_the_person": "人证不符",
    "secret_matter": "涉密材料不得邮寄",
}
#: Reasons that name the right authority: 行政许可法 32(2).
NAMES_THE_AUTHORITY = frozenset({"not_this_authority"})
CHANNELS = {
    "online": "全程网办",
    "local": "本地就办",
    "self_service": "自助办理",
    "onsite": "现场办理",
    "other_authority": "其他部门",
}
#: The channel an item's own path names; where the list names none, the clerk does.
CHANNEL_OF = {
    Path.ONLINE: "online",
    Path.LOCAL: "local",
    Path.SELF_SERVICE: "self_service",
    Path.ONSITE: "onsite",
    Path.NOT_IN_PROVINCE: "other_authority",
}
#: Channels that send the applicant on a journey: only where the item has no other way.
FAR = frozenset({"onsite", "other_authority"})
_NOWHERE_NEARER = frozenset({Path.ONSITE, Path.NOT_IN_PROVINCE, Path.PENDING})
#: Whatever the item: what is wrong is the person or the matter.
_OF_NO_ITEM = frozenset({"not_the_person", "secret_matter"})
#: A piece held so lies at this window.
HERE = frozenset({Holder.CLERK, Holder.SHELF, Holder.RESULT_SHELF, Holder.APPLICANT})


@waits("decline")
def decline(desk: Desk, number: str, *, reason: str, text: str, authority: str | None = None) -> Case:
    """不予收件: the window has no veto (窗口无否决权), so a coded reason and a second person.

    Who is told that another authority is the right one is told which (行政许可法 32(2)).
    """
    checks.one_of("reason", reason, tuple(DECLINE_REASONS))
    text = checks.field("text", plain_text.validate, text)
    authority = checks.field("authority", plain_text.validate, authority) if authority else None
    if reason in NAMES_THE_AUTHORITY and authority is None:
        raise checks.usage(
            "authority-missing", "没有写明应当向哪个部门申请。", "请写明有权办理的部门。（命令：--authority）"
        )
    with desk.act("decline") as work:
        case = steps.for_act(desk, work.cases, steps.find_case(work, number), "decline")
        if reason not in _OF_NO_ITEM:
            _not_to_be_guided(catalogue.item(work, case.item))
        desk.confirmed("decline")
        work.facts = {"reason": reason}
        leave(work, case)
        return steps.move(
            work.cases,
            case,
            "decline",
            CaseState.DECLINED,
            reason=reason,
            reason_text=text,
            right_authority=authority,
        )


def guide(
    desk: Desk,
    number: str,
    *,
    channel: str | None = None,
    text: str,
    entry: str | None = None,
    assisted: tuple[str, str] | None = None,
) -> Case:
    """指引: point to the channel that serves the applicant better, on paper; never a refusal.

    `assisted`: 帮办, the clerk has helped online at the counter: which system, and the number it gave.
    """
    text = checks.field("text", plain_text.validate, text)
    entry = checks.field("entry", plain_text.validate, entry) if entry else None
    helped = (assisted[0], numbers.checked(*assisted)) if assisted else None
    with desk.act("guide") as work:
        case = steps.for_act(desk, work.cases, steps.find_case(work, number), "guide")
        item = catalogue.item(work, case.item)
        channel = _channel(item, channel)
        external = numbers.note(work, case, system=helped[0], value=helped[1]) if helped else None
        work.facts = {"channel": channel, "assisted": external is not None}
        leave(work, case)
        guided = steps.move(
            work.cases,
            case,
            "guide",
            CaseState.GUIDED,
            channel=channel,
            reason_text=text,
            entry=entry,
            assisted=int(external is not None),
        )
        told = _guidance(work, guided, item, external)
        papers.promise(work, "guidance", number, guidance_facts.facts(work, desk.hall, guided, given=told))
        return guided


def _channel(item: Item, channel: str | None) -> str:
    if channel is not None:
        checks.one_of("channel", channel, tuple(CHANNELS))
        if channel in FAR and item.path not in _NOWHERE_NEARER:
            raise _turns_away(item, channel)
        return channel
    if item.path in CHANNEL_OF:
        return CHANNEL_OF[item.path]
    raise checks.usage(
        "channel-missing",
        f"“{item.title}”的办理方式没有指明渠道。",
        f"请选一个渠道：{'、'.join(CHANNELS.values())}。" + command("--channel " + "、".join(CHANNELS)),
    )


def _turns_away(item: Item, channel: str) -> Refused:
    """可全程网办的事项不得强制要求申请人到现场办理; and what is received here is received."""
    return Refused(
        "guide-turns-away",
        what=f"“{item.title}”不能指引到“{CHANNELS[channel]}”。",
        why=f"办理方式：{PATH_WORDS[item.path]}；有更近的办法时，不得让申请人另跑一趟。",
        next="请指引到网上、本地或自助渠道，或在窗口帮办；确不属本事项的，办不予收件（须第二人）。"
        "（命令：case decline）",
    )


def _not_to_be_guided(item: Item) -> None:
    if item.path.is_received:
        return
    raise Refused(
        "decline-guides",
        what=f"“{item.title}”不作不予收件。",
        why=f"办理方式：{PATH_WORDS[item.path]}；不由本窗口收件的事项只指引，不拒绝。",
        next="请办“指引”，出具办事指引单；可在窗口帮办。（命令：case guide）",
    )


def _guidance(work: Work, case: Case, item: Item, external: ExternalNumber | None) -> Guidance:
    rows = work.rows.where(case_number=case.number)
    listed = [
        row for row in sorted(rows, key=lambda row: row.position) if case.agent_name or not row.of_agent
    ]
    modes = "、".join(MODE_WORDS[mode] for mode in item.modes)
    return Guidance(
        channel_word=CHANNELS[case.channel or ""],
        entry=case.entry or "请按事项主管部门公布的入口办理",
        why=f"{case.reason_text}（办理方式：{item.mode_text or modes}）",
        bring=[f"{row.name}：{row.condition}" if row.condition else row.name for row in listed],
        assisted=f"{numbers.SYSTEMS[external.system]} {external.number}" if external else None,
    )


def leave(work: Work, case: Case) -> None:
    """The case ends here: what was pledged is void, what lies here goes back."""
    pledges.void_all(work, case)
    pickup_codes.forget(work, case)
    _hand_back(work, _here(work.pieces.where(case_number=case.number)))


def lapse(desk: Desk, number: str) -> Case:
    """逾期未补正: the applicant did not come back; the papers wait here until they are handed back."""
    with desk.act("lapse") as work:
        case = steps.for_act(desk, work.cases, steps.find_case(work, number), "lapse")
        pledges.void_all(work, case)
        return steps.move(work.cases, case, "lapse", CaseState.WITHDRAWN, reason="lapsed")


def withdraw(desk: Desk, number: str) -> Case:
    """撤回: before mailing the papers go back at once; after it, a request until all are here again."""
    with desk.act("withdraw") as work:
        case = steps.for_act(desk, work.cases, steps.find_case(work, number), "withdraw")
        pieces = work.pieces.where(case_number=number)
        no_unmailed_envelope(work, pieces)
        if any(piece.holder not in HERE and not piece.is_lost for piece in pieces):
            return _request(work, case)
        for task in work.tasks.where(object=number, kind="withdrawal", state="open"):
            tasks.end(work, task, "withdrawn")
        leave(work, case)
        return steps.move(work.cases, case, "withdraw", CaseState.WITHDRAWN, reason="applicant")


def hand_back(desk: Desk, number: str) -> Case:
    """Hand back the papers that stayed here when the case lapsed."""
    with desk.act("hand_back") as work:
        case = steps.for_act(desk, work.cases, steps.find_case(work, number), "hand_back")
        _hand_back(work, to_hand_back(case, work.pieces.where(case_number=number)))
        return steps.move(work.cases, case, "hand_back", CaseState.WITHDRAWN)


def to_hand_back(case: Case, pieces: list[Piece]) -> list[Piece]:
    """The pieces of a case that lie here; refused if there are none."""
    here = _here(pieces)
    if not here:
        raise Refused(
            "nothing-to-hand-back",
            what=f"{case.number} 没有要退还的材料。",
            why="所有材料都已不在本窗口。",
            next="请看办件页，每份材料在谁手里都写着。（命令：custody）",
        )
    return here


def _request(work: Work, case: Case) -> Case:
    if case.withdrawal_requested_at is not None:
        raise Refused(
            "withdrawal-requested",
            what=f"{case.number} 已登记撤回请求，材料还没有回到窗口。",
            why="材料已交寄，撤回要等材料全部回到本窗口。",
            next="请等材料到窗（结果到窗或退回件处理完）后再办撤回。（命令：result arrive）",
        )
    tasks.open_task(work, f"{case.number}-withdrawal", kind="withdrawal", object_=case.number)
    return steps.move(work.cases, case, "withdraw", CaseState.REVIEWED, withdrawal_requested_at=work.now)


def no_unmailed_envelope(reading: Reading, pieces: list[Piece]) -> None:
    """Refuse while a piece lies in an envelope that has not left."""
    for number in sorted({p.holder_ref or "" for p in pieces if p.holder == Holder.INSIDE}):
        envelope = steps.find_envelope(reading, number)
        if envelope.state in ("open", "sealed"):
            raise Refused(
                "envelope-not-emptied",
                what="材料还在封套里，没有撤回。",
                why=f"封套 {number} 装着本办件的材料，尚未交寄。",
                next="请先作废或拆封该封套。（命令：envelope void、envelope reopen）",
            )


def _here(pieces: list[Piece]) -> list[Piece]:
    return [piece for piece in pieces if piece.holder in HERE and piece.holder != Holder.APPLICANT]


def _hand_back(work: Work, pieces: list[Piece]) -> None:
    for piece in pieces:
        formal_review.give_back(work, piece)
    work.facts = {**work.facts, "handed_back": len(pieces)}
