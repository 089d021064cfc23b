"""Envelopes, what is in them, the batches they leave in, their waybills and tasks of trouble."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workstation.domain.fields import personal


class EnvelopeState(StrEnum):
    """Our own account of an envelope; the carrier's account is folded from its events, apart from this."""

    OPEN = "open"
    SEALED = "sealed"
    HANDED_OVER = "handed_over"
    SENT_BACK = "sent_back"
    LOST = "lost"
    OPENED = "opened"
    VOID = "void"


class BatchState(StrEnum):
    """A batch 交寄批次 is open while the courier scans, closed once the sheet is signed."""

    OPEN = "scanning"
    CLOSED = "handed_over"


@dataclass(frozen=True)
class Envelope:
    """One envelope to one home office; known by the number of its first face."""

    number: str
    state: str
    purpose: str
    """first · supplement."""
    window: int
    office_code: str
    office_name: str
    office_address: str
    office_postcode: str
    packed_at: int
    packed_by: str
    holder: str
    holder_ref: str | None = None
    """Clerk or courier code, shelf place, or office code, as `holder` says."""
    place: str | None = None
    """Shelf place it was last laid on."""
    inspected_by: str | None = None
    """Who looked at the contents before the seal (收寄验视)."""
    sealed_at: int | None = None
    sealed_by: str | None = None
    batch: str | None = None
    reason: str | None = None
    """Coded reason of reopening, voiding or trouble."""
    reason_text: str | None = personal()
    version: int = 1
    changed_at: int = 0
    changed_by: str = ""
    changed_act: str = ""


@dataclass(frozen=True)
class Content:
    """A consignment that travels in an envelope."""

    envelope: str
    consignment: str


@dataclass(frozen=True)
class Batch:
    """交寄批次: the envelopes one courier takes at one time."""

    number: str
    state: str
    window: int
    courier: str
    opened_at: int
    opened_by: str
    closed_at: int | None = None
    version: int = 1
    changed_at: int = 0
    changed_by: str = ""
    changed_act: str = ""


@dataclass(frozen=True)
class BatchLine:
    """An envelope expected in a batch or scanned into it."""

    batch: str
    envelope: str
    expected: int
    scanned_at: int | None = None
    reason: str | None = None
    """Why an expected envelope did not go: coded."""


@dataclass(frozen=True)
class Waybill:
    """运单号: a carrier's number bound to an envelope (out) or a consignment (back); live at most once."""

    id: str
    number: str
    leg: str
    """out · back."""
    object: str
    """Envelope number or consignment id."""
    state: str
    """live · ended."""
    how: str
    """scanned · typed · pool (given by the hall's stock of numbers) · order (told by the carrier)."""
    bound_at: int
    bound_by: str
    second: str | None = None
    mail_state: str = "mail_none"
    """Where the parcel is by the carrier's account: folded from all its events (`domain/tracking.py`)."""
    mail_at: int | None = None
    """Since when, by the carrier's clock."""
    mail_code: str | None = None
    """Code and sub-code of the event that says so, `704/60`."""
    mail_grade: str | None = None
    """How good a delivery is, or why there was none."""


@dataclass(frozen=True)
class Task:
    """Something named that a person must end: trouble with an envelope, a withdrawal after mailing."""

    id: str
    kind: str
    object: str
    state: str
    """open · done."""
    opened_at: int
    opened_by: str
    ended_at: int | None = None
    outcome: str | None = None
    note: str | None = personal()
