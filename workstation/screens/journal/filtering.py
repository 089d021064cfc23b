"""What is looked for in the journal, as it is asked and answered."""

from __future__ import annotations

from collections.abc import Mapping

from workstation.acts.audit import Wanted
from workstation.domain.words import word
from workstation.screens.dialogs import Asked


def questions(wanted: Wanted) -> list[Asked]:
    """Who, what, about what, when, and whether the clock was flagged, as they were answered before."""
    act = word(wanted.act) if wanted.act else ""
    return [
        Asked("of", "提到", value=wanted.of or "", explains="办件、封套、批次、纸面编号，或工号。"),
        Asked("by", "经办或复核", value=wanted.by or "", explains="工号。"),
        Asked("act", "办理", value=act, explains="照“办理”一栏写，如 一次性告知。"),
        Asked("since", "起日", value=wanted.since or "", explains="如 2026-11-01。"),
        Asked("until", "止日", value=wanted.until or "", explains="如 2026-11-20。"),
        Asked("flagged", "只列时钟有异常的", tick=True, value="yes" if wanted.flagged else "no"),
    ]


def answered(given: Mapping[str, str]) -> Wanted:
    """What was answered; what was left empty may be anything."""
    values = {name: text.strip() or None for name, text in given.items()}
    return Wanted(
        by=values["by"],
        act=values["act"],
        of=values["of"],
        since=values["since"],
        until=values["until"],
        flagged=given["flagged"] == "yes",
    )
