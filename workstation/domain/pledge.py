"""What a case still owes or is owed: papers pledged 容缺/告知承诺, licences wrong or absent 错证缺证."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from workstation.domain.fields import personal


@dataclass(frozen=True)
class Pledge:
    """A row that is handed in later, or that a pledge stands for; printed, then signed, then kept."""

    FREE_TEXT: ClassVar = frozenset({"credit_source"})

    id: str
    case_number: str
    row_id: str
    kind: str
    """deferred 容缺后补 · pledged 告知承诺."""
    agreement: str
    due: str
    """Last day to supply it, YYYY-MM-DD."""
    credit_source: str
    """Where the 失信 check was made."""
    credit_checked_at: int
    sheet: str
    """The printed pledge it stands on, case number and ordinal: its faces have this as their object."""
    state: str = "printed"
    """printed · signed · kept 已兑现 · void."""
    signed_at: int | None = None
    signed_by: str | None = None
    """The clerk who saw it signed."""
    ended_at: int | None = None


@dataclass(frozen=True)
class LicenceDefect:
    """错证缺证登记: the library was wrong or empty; when that was told, and who is to mend it by when."""

    id: str
    case_number: str
    row_id: str
    kind: str
    """wrong 错证 · absent 缺证."""
    told_at: int
    """When the applicant was told."""
    sent_to: str
    """The authority that keeps the licence."""
    sent_at: int
    due: str
    """Five working days on, YYYY-MM-DD."""
    due_provisional: int
    opened_by: str
    what: str = personal("")
    state: str = "open"
    """open · closed."""
    closed_at: int | None = None
    closed_by: str | None = None
    outcome: str | None = None
    """mended · not_mended · withdrawn."""
    note: str | None = personal()
