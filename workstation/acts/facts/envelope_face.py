"""Facts of the envelope face: office, address, this window; no item, applicant or ID."""

from __future__ import annotations

from workstation.acts.facts import Facts
from workstation.domain.envelope import Envelope
from workstation.domain.people import Hall


def facts(hall: Hall, envelope: Envelope, *, waybill: str | None = None) -> Facts:
    """What may stand outside; with the carrier's number where it is known already."""
    return Facts(
        {
            "face.postcode": envelope.office_postcode,
            "face.office": envelope.office_name,
            "face.address": envelope.office_address,
            "face.sender": f"{hall.name} 跨省通办窗口 {envelope.window}",
            "face.sender_address": hall.address,
            "face.sender_postcode": hall.postcode,
            **({"face.waybill": waybill} if waybill else {}),
        }
    )
