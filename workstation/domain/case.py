"""The case 办件 with its checklist rows, identity acts and pieces 材料; times are epoch ms."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from workstation.domain.fields import personal


class CaseState(StrEnum):
    """Where a case stands (design §2); between `reviewed` and `served` its consignments tell the rest."""

    REGISTERED = "registered"
    TO_CORRECT = "to_correct"
    REVIEWED = "reviewed"
    DECLINED = "declined"
    GUIDED = "guided"
    WITHDRAWN = "withdrawn"
    SERVED = "served"
    CLOSED = "closed"


class RowState(StrEnum):
    """The formal finding of one checklist row."""

    PENDING = "pending"
    PASSED = "passed"
    FAILING = "failing"
    NOT_APPLICABLE = "not_applicable"


class Holder(StrEnum):
    """Who can hold a piece or an envelope; a piece `inside` an envelope has that envelope's holder."""

    APPLICANT = "applicant"
    CLERK = "clerk"
    SHELF = "shelf"
    COURIER = "courier"
    CARRIER = "carrier"
    HOME_OFFICE = "home_office"
    RESULT_SHELF = "result_shelf"
    RECIPIENT = "recipient"
    INSIDE = "inside"


@dataclass(frozen=True)
class Case:
    """One hand-in of one applicant for one item."""

    number: str
    state: str
    item: str
    """Code of the service item 事项."""
    checklist_version: str
    window: int
    clerk: str
    """Who registered it: 首问责任人, named for good."""
    registered_at: int
    basis_place: str
    """Division code of the 属地依据."""
    applicant_name: str = personal()
    applicant_id_kind: str = "citizen_id"
    applicant_id: str = personal()
    applicant_phone: str = personal()
    applicant_address: str | None = personal()
    agent_name: str | None = personal()
    agent_id_kind: str | None = None
    agent_id: str | None = personal()
    agent_phone: str | None = personal()
    remark: str | None = personal()
    name_digest: str = ""
    id_digest: str = ""
    phone_digest: str = ""
    identity: str = "none"
    """none · passed · failed: outcome of the latest identity act."""
    notices: int = 0
    reason: str | None = None
    """Coded reason of decline, guidance, lapse or withdrawal."""
    reason_text: str | None = personal()
    channel: str | None = None
    """Where a guided applicant was pointed to."""
    withdrawal_requested_at: int | None = None
    served_at: int | None = None
    closed_at: int | None = None
    rating: str | None = None
    """invited · refused; the grade itself is never the clerk's to type."""
    version: int = 1
    changed_at: int = 0
    changed_by: str = ""
    changed_act: str = ""


@dataclass(frozen=True)
class Row:
    """A checklist row as it stood when the case was registered, with its formal finding."""

    FREE_TEXT: ClassVar = frozenset({"name", "standard"})

    case_number: str
    row_id: str
    position: int
    name: str
    standard: str
    form: str
    copies: int
    from_whom: str
    condition: str | None = None
    """When the row is required, as the clerk reads it; None: always."""
    state: str = RowState.PENDING
    defects: str = ""
    """Codes of formal defects, joined by commas."""
    found_form: str | None = None
    found_copies: int | None = None
    found_pages: int | None = None
    remark: str | None = personal()

    @property
    def id(self) -> str:
        """The row as the review knows it."""
        return self.row_id


@dataclass(frozen=True)
class Piece:
    """一份材料: what lies in one hand, a checklist row's original or copies, or a result document."""

    FREE_TEXT: ClassVar = frozenset({"name"})

    id: str
    """Case number, row id and form, e.g. `…-marriage-copy-1`."""
    case_number: str
    row_id: str
    """Checklist row, or `result`."""
    name: str
    form: str
    """original · copy · result."""
    copies: int
    pages: int | None
    holder: str
    holder_ref: str | None = None
    consignment: str | None = None
    """Which consignment it goes to, or, for a result, came from; empty while undecided."""
    goes: int = 1
    """1: belongs into the envelope; 0: checked only, goes back to the applicant."""
    expected: int = 0
    """1: on its way back from the home office and not yet seen at this window."""

    @property
    def is_lost(self) -> bool:
        """Lost in the mail and claimed for: the carrier answers for it, nobody waits for it."""
        return self.holder == Holder.CARRIER and not self.goes and not self.expected


@dataclass(frozen=True)
class Identity:
    """One identity act 身份核验: who looked, how, with what outcome."""

    id: str
    case_number: str
    at: int
    by: str
    second: str | None
    method: str
    """in_person 人证目视 · manual 人工录入."""
    outcome: str
    """passed · failed."""
    subject: str = "applicant"
    reason: str | None = personal()


@dataclass(frozen=True)
class Notice:
    """One 一次性告知: the failing rows it told, under which paper."""

    id: str
    case_number: str
    ordinal: int
    at: int
    rows: str
    """Row ids with their defects, `row:defect+defect`, joined by commas."""
    paper: str
    second: str | None = None
    due: str | None = None
    """Day until which the applicant may supply, YYYY-MM-DD."""
    reason: str | None = personal()


@dataclass(frozen=True)
class Reveal:
    """One look at a case's personal fields in clear: who, when, why."""

    id: str
    case_number: str
    at: int
    by: str
    reason: str
    """Coded: contact · verify · supervise · legal."""
    note: str | None = personal()
