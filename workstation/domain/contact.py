"""What is said to and by the applicant beside papers: calls, ratings 好差评, and numbers of other systems."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from workstation.domain.fields import personal


@dataclass(frozen=True)
class Contact:
    """One attempt to reach somebody about a case."""

    id: str
    case_number: str
    at: int
    by: str
    who: str
    """applicant · agent · home_office."""
    channel: str
    """phone · message · letter · in_person."""
    outcome: str
    """reached · no_answer · busy_line · wrong_number · left_word."""
    number: str | None = personal()
    """The number that was called, masked."""
    next_on: str | None = None
    """Day of the next try, YYYY-MM-DD."""
    note: str | None = personal()


@dataclass(frozen=True)
class Rating:
    """One step of the rating 一次一评: invited, given on the device or refused; the grade is the device's."""

    id: str
    case_number: str
    at: int
    by: str
    kind: str
    """invited · given · refused · grade."""
    grade: str | None = None
    source: str | None = None
    """Which device or platform told the grade."""


@dataclass(frozen=True)
class ExternalNumber:
    """The number another system knows the case by: 省平台办件号, 属地文号."""

    FREE_TEXT: ClassVar = frozenset({"number"})

    id: str
    case_number: str
    system: str
    number: str
    at: int
    by: str
