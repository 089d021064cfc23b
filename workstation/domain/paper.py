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
    envelope · handover_sheet · proof_of_service · dunning_letter · day_sheet · month_sheet ·
    sampling_sheet · postage_statement · shift_handover."""
    object: str
    """Number of the case, consignment, pledge sheet, envelope or batch it speaks for, or the day."""
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
    """Digest of the wording it was printed with; a copy has it from the face it replaces."""
    digest: str | None = None
    """Keyed SM3 digest of the PDF."""
    made_at: int | None = None
    printer: str | None = None
    """Which printer it is drawn for; None: the output tray."""
    stock: str | None = None
    """Which envelope or label it is drawn for; None: a sheet."""
    dpi: int | None = None
    """In whose dots its barcodes are drawn; None: as its stock says, 203 for sheets."""
    offset_left: int | None = None
    """How far the page was moved for that printer, in tenths of a millimetre; likewise `offset_top`."""
    offset_top: int | None = None


@dataclass(frozen=True)
class PaperBody:
    """What a face says: the facts it was promised with and, once made, its PDF."""

    number: str
    facts: str | None = personal()
    """JSON of the named facts."""
    pdf: bytes | None = personal()
