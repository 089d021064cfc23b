"""日清 and 月结: what a day was closed with, why it was opened again, and what was explained."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class CloseState(StrEnum):
    """Whether a close holds."""

    DAY_CLOSED = "day_closed"
    DAY_REOPENED = "day_reopened"
    MONTH_CLOSED = "month_closed"
    MONTH_REOPENED = "month_reopened"


@dataclass(frozen=True)
class DayReason:
    """Why something may stay as it is overnight: said by a supervisor, printed on the sheet of the day."""

    FREE_TEXT: ClassVar = frozenset({"note"})

    id: str
    """`day:kind:object`."""
    day: str
    kind: str
    """envelope · face · batch · task."""
    object: str
    why: str
    """What was unexplained about it: another trouble of the same thing is not explained by this."""
    reason: str
    note: str | None = None
    version: int = 1
    changed_at: int = 0
    changed_by: str = ""
    changed_act: str = ""


@dataclass(frozen=True)
class DayClose:
    """One close 日清 of one day."""

    FREE_TEXT: ClassVar = frozenset({"reason_text"})

    id: str
    """Day and ordinal, `2026-11-20-1`."""
    day: str
    state: str
    closed_at: int
    closed_by: str
    entries: int
    """How many entries the journal had before this act."""
    anchor: str
    """链首码 of the last of them, as the sheet has it."""
    figures: str
    """The day's figures, JSON."""
    paper: str
    """The sheet."""
    reopened_at: int | None = None
    reopened_by: str | None = None
    second: str | None = None
    reason: str | None = None
    reason_text: str | None = None
    version: int = 1
    changed_at: int = 0
    changed_by: str = ""
    changed_act: str = ""


@dataclass(frozen=True)
class MonthClose:
    """One close 月结 of one month."""

    id: str
    """Month and ordinal, `2026-11-1`."""
    month: str
    state: str
    closed_at: int
    closed_by: str
    entries: int
    anchor: str
    figures: str
    """What the day closes add up to, JSON."""
    differences: str
    """Where they do not add up to what the journal has, JSON."""
    paper: str
    version: int = 1
    changed_at: int = 0
    changed_by: str = ""
    changed_act: str = ""
