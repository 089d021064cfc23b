"""What was before us and what leaves us: cases of the hall's old 台账, and archive packets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from workstation.domain.fields import personal


@dataclass(frozen=True)
class Rescue:
    """One file of the old ledger that was imported."""

    id: str
    """Day and ordinal, `2026-11-20-1`."""
    digest: str
    """SM3 of the file: the same file is not imported twice."""
    state: str
    """importing · imported."""
    lines: int
    taken: int
    flagged: int
    left_out: int
    version: int = 1
    changed_at: int = 0
    changed_by: str = ""
    changed_act: str = ""


@dataclass(frozen=True)
class OldCase:
    """One line of the old ledger: history, never live; what is damaged stays as it was read, flagged."""

    FREE_TEXT: ClassVar = frozenset({"item", "office", "remark"})

    id: str
    """Rescue and line in six digits, `2026-11-20-1:000017`: in order they lie as in the file."""
    rescue: str
    line: int
    """As Excel counts it."""
    number: str
    """The old ledger's own number; empty if it has none."""
    received_on: str | None = None
    ended_on: str | None = None
    item: str | None = None
    office: str | None = None
    applicant_name: str | None = personal()
    applicant_id: str | None = personal()
    applicant_phone: str | None = personal()
    waybill: str = ""
    return_waybill: str = ""
    remark: str | None = None
    flags: str = ""
    """What is damaged, `applicant_id:rounded`, by commas."""
    name_digest: str = ""
    id_digest: str = ""
    phone_digest: str = ""


@dataclass(frozen=True)
class ColumnMap:
    """Which column of a ledger with these heads is what, as somebody has said once."""

    heads: str
    """SM3 over the heads."""
    columns: str
    """Our field names by the file's heads, JSON."""
    version: int = 1
    changed_at: int = 0
    changed_by: str = ""
    changed_act: str = ""


@dataclass(frozen=True)
class ArchivePacket:
    """A packet of a closed case that was given out."""

    id: str
    """Case and ordinal, `…-a1`."""
    case_number: str
    name: str
    files: int
    sm3: str
    sha256: str
    packed_at: int
    packed_by: str
