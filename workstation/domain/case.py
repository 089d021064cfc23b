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
    DEFERRED = "deferred"
    """容缺: to be supplied by the day its pledge names; nothing else waits for it."""


#: The power of attorney 授权委托书: in every checklist once an agent hands in (行政许可法 29).
AUTHORISATION = "authorisation"
#: Rows that a checklist asks for only when there is an agent.
AGENT_ROWS = frozenset({AUTHORISATION, "agent_id"})
#: Rows that the review, the seal and the notice still wait for.
OPEN_ROWS = frozenset({RowState.PENDING, RowState.FAILING})


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

    FREE_TEXT: ClassVar = frozenset({"right_authority", "entry"})

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
    """invited · given · refused; the grade itself is never the clerk's to type."""
    path: str | None = None
    """How the item is done from here, a `forms.items.Path`; None: registered before it was noted."""
    checklist_mark: str | None = None
    """示例, or who answers for the checklist."""
    applicant_source: str = "typed"
    """typed, or the name of the card reader that read the document."""
    applicant_valid_to: str | None = None
    """Last day of the identity document, YYYY-MM-DD; None: unknown or 长期."""
    agent_source: str | None = None
    agent_valid_to: str | None = None
    agent_identity: str = "none"
    """none · passed · failed: outcome of the latest look at the agent."""
    first_reviewed_at: int | None = None
    passed_at: int | None = None
    """When the formal review passed for the first time."""
    right_authority: str | None = None
    """The authority a declined applicant was pointed to (行政许可法 32(2))."""
    entry: str | None = None
    """Where exactly a guided applicant goes: platform, address or counter."""
    assisted: int = 0
    """1: 帮办, the clerk helped online at the counter."""
    rating_invited_at: int | None = None
    version: int = 1
    changed_at: int = 0
    changed_by: str = ""
    changed_act: str = ""

    @property
    def bearer(self) -> str:
        """Who stands at the counter and must be looked at: the agent where there is one."""
        return "agent" if self.agent_name else "applicant"

    @property
    def bearer_identity(self) -> str:
        """none · passed · failed: the latest look at who stands at the counter."""
        return self.agent_identity if self.agent_name else self.identity


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
    deferrable: int = 0
    """1: the guide lets it be handed in later (容缺), if the agreement does too."""
    exempt: int = 0
    """1: 免提交, the authority looks it up; paper only after 错证 or 缺证 is registered."""
    faults: str = ""
    """Codes of its common defects, joined by commas."""
    sample: str = ""
    source: str = ""
    way: str | None = None
    """How it was supplied, a `forms.review.Way`."""
    licence: str | None = None
    """What the licence library 证照库 gave: retrieved · wrong 错证 · absent 缺证."""

    @property
    def id(self) -> str:
        """The row as the review knows it."""
        return self.row_id

    @property
    def of_agent(self) -> bool:
        """Whether it is asked for only because somebody hands in for the applicant."""
        return self.row_id in AGENT_ROWS

    @property
    def may_ask_for_paper(self) -> bool:
        """Whether paper may be asked for at all."""
        return not self.exempt or self.licence in ("wrong", "absent")


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
    """in_person 人证目视 · e_licence 电子证照 · video 远程视频 · manual 人工录入."""
    outcome: str
    """passed · failed."""
    subject: str = "applicant"
    reason: str | None = personal()
    participants: str | None = personal()
    """Who took part in a remote look 远程视频."""
    held_at: int | None = None
    """When a remote look took place."""
    licence: str | None = personal()
    """The electronic licence 电子证照 that was shown, as it identifies itself."""


@dataclass(frozen=True)
class Evidence:
    """A picture kept as evidence of a remote look (厦审改办〔2024〕12号: 图片信息归档核查机制)."""

    id: str
    case_number: str
    identity: str
    at: int
    by: str
    media_type: str
    """image/jpeg · image/png."""
    size: int
    sm3: str
    """Keyed digest of the picture."""
    picture: bytes = personal(b"")


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
    tell_by: str | None = None
    """Last day on which telling was in time, YYYY-MM-DD (行政许可法 32(4))."""
    tell_by_provisional: int = 0
    """1: counted into a year whose table of working days was not there."""


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
