"""A line of the supervisor's queue 督办队列 that somebody has taken, or has looked at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ClaimState(StrEnum):
    """What has been said of a line."""

    CLAIMED = "claimed_line"
    RELEASED = "released_line"
    SEEN = "seen_line"


@dataclass(frozen=True)
class Claim:
    """Who works a line; a line is known by its reason and what it is about."""

    line: str
    """`reason:object`."""
    reason: str
    object: str
    state: str
    """A `ClaimState`."""
    holder: str
    """Code of who works it; empty once released."""
    since: int
    """When what is claimed began: the same reason begun anew is a new line."""
    version: int = 1
    changed_at: int = 0
    changed_by: str = ""
    changed_act: str = ""
