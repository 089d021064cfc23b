"""Facts of the 办事指引单: where the item is done better, what to bring, what the clerk helped with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workstation.acts.facts import Facts, numbered, of_case, of_hall
from workstation.domain.case import Case
from workstation.domain.people import Hall
from workstation.store.work import Work

UNASSISTED = "这次没有帮办；需要时请当场提出"


@dataclass(frozen=True)
class Guidance:
    """Where an applicant is pointed to, in the words of the clerk or the item; nothing here is guessed."""

    channel_word: str
    """全程网办 · 本地就办 · 自助办理 · 现场办理 …"""
    entry: str
    """Where exactly: platform, address or counter."""
    why: str
    """Why this way serves the applicant better."""
    bring: Sequence[str]
    """Names of the papers to bring."""
    assisted: str | None
    """帮办: the platform and its number as recorded; None: the clerk has not helped."""


def facts(work: Work, hall: Hall, case: Case, *, given: Guidance) -> Facts:
    """The way pointed out; no refusal, and the papers have gone back."""
    values = {
        **of_hall(hall, work.stamp.window or case.window),
        **of_case(work, case),
        "guidance.channel": given.channel_word,
        "guidance.entry": given.entry,
        "guidance.why": given.why,
        "guidance.assist": given.assisted or UNASSISTED,
        "rows": numbered([{"name": name} for name in given.bring]),
    }
    return Facts(values, case.number)
