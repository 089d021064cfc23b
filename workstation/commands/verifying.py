"""How a verification of the journal is told: the journal in itself, and against the anchor on a paper."""

from __future__ import annotations

from workstation.acts.verification import Anchored, Verification
from workstation.commands import shown
from workstation.commands.output import Result
from workstation.domain.times import minute
from workstation.domain.words import word

_CHANGED = "账在那以后被改过、删过或重建过"


def told(outcome: Verification) -> Result:
    """The outcome as a result; a journal that does not agree is no success."""
    text = "\n".join(filter(None, (_against_paper(outcome), _in_itself(outcome))))
    if outcome.verified:
        return Result(_data(outcome), text=text)
    text = f"留痕账核验不符。\n{text}\n请停止使用，保留现场并联系审计员。"
    return Result(_data(outcome), text=text, exit_code=3)


def _data(outcome: Verification) -> dict[str, object]:
    difference, head = outcome.difference, outcome.head
    data: dict[str, object] = {
        "verified": outcome.verified,
        "entries": outcome.entries,
        "anchor": outcome.anchor,
        "difference": difference.as_dict() if difference else None,
    }
    if outcome.asked is None:
        return data
    found = _anchored(head) if head else None
    return data | {"asked": outcome.asked, "head": found, "sheet_missing": outcome.sheet}


def _anchored(head: Anchored) -> dict[str, object]:
    then = head.then
    following = {"seq": then.seq, "act": then.act, "object": then.object} if then else None
    return {"seq": head.seq, "at": shown.time(head.at), "then": following}


def _in_itself(outcome: Verification) -> str:
    difference = outcome.difference
    if difference is not None:
        return f"第一处不符：{difference.where}\n账上应为：{difference.expected}\n实际为：{difference.found}"
    said = "留痕账核验无误" if outcome.is_on_paper else "账本身前后相符"
    return f"{said}：{outcome.entries} 条，链首码 {outcome.anchor}。"


def _against_paper(outcome: Verification) -> str:
    """What the paper's anchor says of the journal."""
    head = outcome.head
    if outcome.asked is None:
        return ""
    if head is None:
        return f"账上没有一条的链首码与纸上的相同：{_CHANGED}。"
    said = f"纸上的链首码在账上：第 {head.seq} 条，{minute(head.at)}。"
    if outcome.sheet is not None:
        return f"{said}\n其后没有出具 {outcome.sheet} 的记录：{_CHANGED}。"
    if head.then is None:
        doubt = "这 40 位如果来自日清单，出具它的一条应当紧随其后，它不在就是被删过。"
        return f"{said}其后没有记录；{doubt}"
    return f"{said}其后一条：“{word(head.then.act)}” {head.then.object}。"
