"""Deadlines 期限: records of what is counted by; how a sum of days is counted stands in `day_sums`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class YearTable:
    """The holidays and make-up working days 调休 of one year, as they were imported."""

    scope: str
    """Empty for the whole country, else a province's code, `450000`: what differs there."""
    year: int
    days: str
    """Lines of `day,kind,festival`, as in `reference/calendars`."""
    source: str
    """Title or number of the notice, as the person who imported it named it."""
    version: int = 1
    changed_at: int = 0
    changed_by: str = ""
    changed_act: str = ""

    @property
    def name(self) -> str:
        """What it is called."""
        return f"{self.scope} {self.year} 年工作日表".lstrip()


@dataclass(frozen=True)
class Pause:
    """Days of a consignment that do not count 不计入承诺时限的环节 (行政许可法 45)."""

    FREE_TEXT: ClassVar = frozenset({"note"})

    id: str
    """Consignment and ordinal, `…-1-p1`."""
    consignment: str
    case_number: str
    kind: str
    since: str
    """First day that does not count, YYYY-MM-DD."""
    until: str | None = None
    """Last day that does not count; None while it lasts."""
    told_on: str | None = None
    """When the applicant was told in writing."""
    note: str | None = None
    noted_at: int = 0
    noted_by: str = ""
    version: int = 1
    changed_at: int = 0
    changed_by: str = ""
    changed_act: str = ""
