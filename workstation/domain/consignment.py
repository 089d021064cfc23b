"""The consignment 送件: what one home office 业务属地 gets of one case, from packing to its result."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class ConsignmentState(StrEnum):
    """Where a consignment stands (design §2)."""

    PACKING = "packing"
    SEALED = "sealed"
    HANDED_OVER = "handed_over"
    ACKNOWLEDGED = "acknowledged"
    HOME_CORRECTING = "home_correcting"
    ACCEPTED = "accepted"
    DECIDED = "decided"
    RESULT_RETURNING = "result_returning"
    RESULT_ARRIVED = "result_arrived"
    DONE = "done"


#: Least advanced first: the order in which a case shows the state of its consignments.
PROGRESS = (
    ConsignmentState.PACKING,
    ConsignmentState.SEALED,
    ConsignmentState.HANDED_OVER,
    ConsignmentState.HOME_CORRECTING,
    ConsignmentState.ACKNOWLEDGED,
    ConsignmentState.ACCEPTED,
    ConsignmentState.DECIDED,
    ConsignmentState.RESULT_RETURNING,
    ConsignmentState.RESULT_ARRIVED,
    ConsignmentState.DONE,
)


@dataclass(frozen=True)
class Consignment:
    """One home office's share of a case; each date of its way is kept apart."""

    FREE_TEXT: ClassVar = frozenset({"document_number"})

    id: str
    """Case number and ordinal: `13501029012632400017-1`."""
    case_number: str
    ordinal: int
    office_code: str
    office_division: str
    office_name: str
    office_address: str
    office_postcode: str
    office_phone: str
    state: str
    envelope: str | None = None
    """The first envelope now in force."""
    supplement: str | None = None
    """The supplement envelope now in force."""
    sealed_at: int | None = None
    handed_over_at: int | None = None
    acknowledged_at: int | None = None
    acknowledged_how: str | None = None
    corrected_at: int | None = None
    accepted_at: int | None = None
    decided_at: int | None = None
    outcome: str | None = None
    """granted · refused · returned: what the home office said, as it said it."""
    result_mode: str | None = None
    """paper · electronic · direct_post."""
    document_number: str | None = None
    """The home office's own number (文号) of its decision."""
    returned_at: int | None = None
    arrived_at: int | None = None
    served_at: int | None = None
    pickup_code: str | None = None
    """领取码: four digits and check, while the result waits for the applicant."""
    result_digest: str | None = None
    """SM3 of the electronic result that was served."""
    version: int = 1
    changed_at: int = 0
    changed_by: str = ""
    changed_act: str = ""


def least_advanced(states: list[str]) -> str:
    """The state a case shows while its consignments are on their way."""
    return min(states, key=lambda state: PROGRESS.index(ConsignmentState(state)))
