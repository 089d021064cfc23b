"""A printed face: every one has its own number, and that number is its barcode (design §4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workstation.domain.fields import personal


class PaperState(StrEnum):
    """promised in the act, made after the commit, void once another face replaces it."""

    PROMISED = "promised"
    MADE = "made"
    VOID = "void"


@dataclass(frozen=True)
class Paper:
    """One face. A reply slip stands on the sheet of its packing list and has no bytes of its own."""

    number: str
    kind: str
    """intake_slip · notice · guidance · pledge · acceptance · non_acceptance · packing_list · reply_slip ·
    envelope · handover_sheet · proof_of_service."""
    object: str
    """Number of the case, consignment, pledge sheet, envelope or batch it speaks for."""
    case_number: str | None
    state: str
    copy: int
    promised_at: int
    promised_by: str
    window: int
    sheet: str | None = None
    """The face whose sheet it stands on, if not its own."""
    replaces: str | None = None
    replaced_by: str | None = None
    reason: str | None = None
    template: str | None = None
    """Digest of the wording it was printed with."""
    digest: str | None = None
    """Keyed SM3 digest of the PDF."""
    made_at: int | None = None


@dataclass(frozen=True)
class PaperBody:
    """What a face says: the facts it was promised with and, once made, its PDF."""

    number: str
    facts: str | None = personal()
    """JSON of the named facts."""
    pdf: bytes | None = personal()
