"""抽查: a sample of cases, which anybody can draw again from its seed, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Sample:
    """Cases chosen out of all that were registered in a span of days."""

    id: str
    """First day and ordinal, `2026-11-20-1`."""
    since: str
    until: str
    """First and last day, YYYY-MM-DD."""
    seed: str
    """40 digits: what the random share is chosen by."""
    share: int
    """Of a thousand."""
    population: int
    """How many cases it was chosen from."""
    digest: str
    """SM3 over the numbers it was chosen from, so that a later recount is of the same cases."""
    drawn_at: int
    drawn_by: str


@dataclass(frozen=True)
class SampleLine:
    """One case of a sample."""

    FREE_TEXT: ClassVar = frozenset({"note"})

    sample: str
    case_number: str
    chosen: str
    """`random`, or the flags that brought it in, by commas."""
    finding: str | None = None
    """sound · defect · serious; None: not looked at yet."""
    note: str | None = None
    found_at: int | None = None
    found_by: str | None = None
    version: int = 1
    changed_at: int = 0
    changed_by: str = ""
    changed_act: str = ""
