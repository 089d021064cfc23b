"""Home offices 业务属地部门 of the directory, and the agreements 协议 with them, item by item."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from workstation.domain.fields import personal

#: An agreement that ends never.
OPEN_END = "9999-12-31"


class Power(StrEnum):
    """What a home office can grant this window, as the 襄城–卧龙 agreement does; by default nothing."""

    ACCEPT = "accept"
    NOTIFY = "notify"
    VERIFY_ORIGINALS = "verify_originals"
    SERVE = "serve"


@dataclass(frozen=True)
class Office:
    """A home office as the directory has it; a consignment copies it as it stood."""

    code: str
    division: str
    department: str
    """What kind of department, e.g. 公安; empty: not noted."""
    name: str
    address: str
    postcode: str
    phone: str
    contact: str | None = personal()
    hours: str = ""
    verified_on: str | None = None
    """Day on which somebody last asked whether all this is right; None: never."""
    verified_by: str | None = None
    state: str = "active"
    """active · closed."""
    version: int = 1
    changed_at: int = 0
    changed_by: str = ""
    changed_act: str = ""


@dataclass(frozen=True)
class Agreement:
    """What one home office has agreed for one item."""

    FREE_TEXT: ClassVar = frozenset({"document_number"})

    id: str
    """Office code, item and ordinal: `450103-hz/63/1`."""
    office: str
    item: str
    powers: str
    """Codes of `Power`, joined by commas."""
    payer_out: str
    """Who pays the way there: window · home · applicant."""
    payer_back: str
    limits: str
    """Working days of each leg, `leg:days` joined by commas, e.g. `accept:1,send:2,check:1,return:1`."""
    calendar: str
    """Whose working days: national, or the division whose own holidays count."""
    return_mode: str
    """paper · electronic · direct_post."""
    deferrable_rows: str
    """Row ids that may be handed in later (容缺), joined by commas."""
    pledgeable_rows: str
    """Row ids a pledge 告知承诺 can stand for."""
    valid_from: str
    valid_to: str
    document_number: str | None = None
    version: int = 1
    changed_at: int = 0
    changed_by: str = ""
    changed_act: str = ""

    def grants(self, power: Power) -> bool:
        """Whether this window has the power."""
        return power in self.powers.split(",")

    def allows(self, kind: str, row_id: str) -> bool:
        """Whether a row may be `deferred` or `pledged`."""
        rows = self.deferrable_rows if kind == "deferred" else self.pledgeable_rows
        return row_id in rows.split(",")

    def is_in_force(self, day: str) -> bool:
        """Whether it holds on this day."""
        return self.valid_from <= day <= self.valid_to
