"""Which of the screen's acts are possible at this moment, and why one is not. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from workstation.domain.case import OPEN_ROWS, CaseState
from workstation.screens.review import supplying
from workstation.screens.review.sheet import Sheet
from workstation.screens.review.supplying import Supply


@dataclass(frozen=True)
class Moment:
    """What stands on the screen: the sheet, the row under the cursor, and whether papers are coming in."""

    sheet: Sheet
    row_id: str | None
    is_supplying: bool
    supplies: Mapping[str, Supply] = field(default_factory=dict)

    def why_not(self, act: str) -> str | None:
        """Why the act on the case is not possible."""
        return self.sheet.look.why_not.get(act)

    @property
    def state(self) -> str:
        """The state of the case."""
        return self.sheet.look.file.case.state


def why_not(name: str, moment: Moment) -> str | None:
    """Why this act of the screen is not possible now; None: it is."""
    reason = _REASONS.get(name)
    return reason(moment) if reason else None


def _find(moment: Moment) -> str | None:
    """Why nothing can be found for the row under the cursor."""
    if moment.is_supplying:
        return "先登记补交的材料，再审查"
    if why := moment.why_not("review"):
        return why
    if moment.row_id is None:
        return "没有要审查的行"
    if moment.state == CaseState.REVIEWED and moment.sheet.stored(moment.row_id).state not in OPEN_ROWS:
        return "这一行已经审结"
    return None


def _pass(moment: Moment) -> str | None:
    if not moment.is_supplying:
        return _find(moment)
    if why := moment.why_not("resubmit"):
        return why
    return None if moment.row_id in supplying.wanted(moment.sheet.look) else "这一行没有要补交的"


def _missing(moment: Moment) -> str | None:
    if why := _find(moment):
        return why
    assert moment.row_id is not None
    found = moment.sheet.findings.get(moment.row_id)
    is_registered = found is not None and found.licence_fault is not None
    if moment.sheet.stored(moment.row_id).may_ask_for_paper or is_registered:
        return None
    return "免提交材料不要纸质；缺证按 Enter 登记"


def _skip(moment: Moment) -> str | None:
    if why := _find(moment):
        return why
    assert moment.row_id is not None
    return None if moment.sheet.stored(moment.row_id).condition else "必需的材料，不能不适用"


def _undo(moment: Moment) -> str | None:
    there = moment.supplies if moment.is_supplying else moment.sheet.findings
    return None if moment.row_id in there else "这一行没有未存的结果"


def _save(moment: Moment) -> str | None:
    if moment.is_supplying:
        return moment.why_not("resubmit") or (None if moment.supplies else "还没有勾选补交的材料")
    if why := moment.why_not("review"):
        return why
    if not moment.sheet.findings:
        return "没有新的审查结果"
    if refused := moment.sheet.outlook.refused:
        return f"{refused} 行不能这样保存，见下面的说明"
    return None


def _notice(moment: Moment) -> str | None:
    return "先按 ^S 保存审查结果" if moment.sheet.findings else moment.why_not("notice")


def _pledge(moment: Moment) -> str | None:
    if why := moment.why_not("print_pledge"):
        return why
    return None if moment.sheet.to_pledge() else "先在行里按 Enter，选容缺后补或告知承诺"


def _turn(moment: Moment) -> str | None:
    if moment.state != CaseState.REVIEWED:
        return "待补正时先登记补交，已收件时直接审查"
    if not moment.is_supplying and not supplying.wanted(moment.sheet.look):
        return "没有要补交的材料"
    return None


def _seal(moment: Moment) -> str | None:
    return None if moment.state == CaseState.REVIEWED else "形式审查还没有通过"


def _drop(moment: Moment) -> str | None:
    return None if moment.sheet.findings else "没有草稿"


_REASONS: Mapping[str, Callable[[Moment], str | None]] = {
    "pass": _pass,
    "missing": _missing,
    "skip": _skip,
    "open": _pass,
    "undo": _undo,
    "save": _save,
    "notice": _notice,
    "pledge": _pledge,
    "turn": _turn,
    "seal": _seal,
    "drop": _drop,
}
