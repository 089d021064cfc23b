"""身份核验 as it is asked for: in person with two keys, and what each other method has to tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from workstation.acts import checks, identification, pictures
from workstation.acts.desk import Desk
from workstation.domain.times import SHANGHAI
from workstation.screens.case.asking import Further, Values, optional, words
from workstation.screens.case.sight import Sight
from workstation.screens.dialogs import Asked

_REASON = Asked("reason", "原因", required=True, explains="为何不能读证，例如读卡器坏了；要第二人确认。")
#: What each method has to tell; a look in person has nothing.
_PARTICULARS: Mapping[str, tuple[Asked, ...]] = {
    "e_licence": (Asked("licence", "证照", required=True, explains="证照上标明的名称和标识。"),),
    "video": (
        Asked("participants", "参加人员", required=True),
        Asked("held_at", "视频时间", required=True, explains="如 2026-11-20 09:00。"),
        Asked("picture", "画面文件", required=True, explains="视频画面的路径，JPEG 或 PNG，5 MB 以内。"),
    ),
    "manual": (_REASON,),
}


def _look(sight: Sight, _: str, __: Values) -> Sequence[Asked]:
    asked = [
        Asked("method", "核验方式", words(identification.METHODS)),
        Asked("outcome", "结果", words(identification.OUTCOMES)),
    ]
    if sight.case.agent_name:
        subjects = words(identification.SUBJECTS)
        asked.append(Asked("subject", "核验谁", subjects, value=sight.case.bearer))
    return asked


def _particulars(_: Sight, __: str, values: Values) -> Sequence[Asked]:
    return _PARTICULARS.get(values["method"], ())


def _identify(desk: Desk, number: str, values: Values) -> object:
    method = values["method"]
    told = {asked.name for asked in _PARTICULARS.get(method, ())}
    picture = pictures.load(Path(values["picture"].strip()).expanduser()) if "picture" in told else None
    return identification.identify(
        desk,
        number,
        method=method,
        outcome=values["outcome"],
        subject=optional(values, "subject"),
        reason=optional(values, "reason") if "reason" in told else None,
        participants=optional(values, "participants") if "participants" in told else None,
        licence=optional(values, "licence") if "licence" in told else None,
        held_at=_moment(values["held_at"]) if "held_at" in told else None,
        picture=picture,
    )


def _moment(text: str) -> int:
    """A time as it is typed, in epoch milliseconds."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise checks.usage(
            "held-at-form", "视频时间看不懂。", "请写成 2026-11-20 09:00 这样，年月日、时分。"
        ) from None
    if at.tzinfo is None:
        at = at.replace(tzinfo=SHANGHAI)
    return round(at.timestamp() * 1000)


IDENTIFY = Further("identify", _identify, (_look, _particulars))
