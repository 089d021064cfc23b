"""Parcels that a carrier has told of, for scenes and tests."""

from __future__ import annotations

from dataclasses import replace

from integrations.carriers import Event
from tests import builders
from tests.builders import RETURN_WAYBILL, WAYBILL, a_consignment, an_envelope
from tests.engines import OPENING
from tests.workstation.acts import parcels
from workstation.acts import results, tracking, troubles, waybills
from workstation.acts.desk import Desk
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import Envelope, EnvelopeState

HOUR = parcels.HOUR
#: Delivered, taken back, an unknown code, and delivered to the reception.
STORY = ("702", "704/10", "743", "999", "704/60")


def told(desk: Desk, *codes: str, waybill: str = WAYBILL) -> Envelope:
    """An envelope on its way, of which all this was told, an hour apart."""
    with builders.no_ink():
        envelope = parcels.mailed(desk, waybill)
    if codes:
        parcels.take(desk, *codes, waybill=waybill)
    return envelope


def says(desk: Desk, code: str, hour: int, *, waybill: str = WAYBILL, **changes: str) -> None:
    """The carrier tells one thing more."""
    event: Event = parcels.an_event(code, OPENING + hour * HOUR, waybill, **changes)
    assert tracking.take(desk, waybill, [event], source=tracking.SYNC)


def both_ways(desk: Desk) -> str:
    """The number of a case whose papers went out, and whose result is on its way back."""
    with builders.no_ink():
        consignment = a_consignment(desk, ConsignmentState.PACKING)
        envelope = builders.packed(desk, consignment.id)
        parcels_bound(desk, envelope)
        builders.advance(desk, consignment.id, ConsignmentState.DECIDED)
        results.result_return(desk, consignment.id, waybill=RETURN_WAYBILL)
    parcels.take(desk, "702", "704/10")
    return consignment.case_number


def parcels_bound(desk: Desk, envelope: Envelope) -> None:
    """Sealed, with a sticker on it."""
    builders.sealed(desk, envelope.number)
    waybills.bind_envelope(desk, envelope.number, waybill=WAYBILL)


def unexplained(desk: Desk) -> Envelope:
    """An envelope that was sent back, and nobody has a task about it."""
    with builders.no_ink():
        envelope = an_envelope(desk, EnvelopeState.HANDED_OVER)
    troubles.trouble(desk, envelope.number, kind="sent_back")
    no_task(desk, envelope.number)
    return envelope


def no_task(desk: Desk, object_: str) -> None:
    """Every task about it is ended."""
    with desk.carrying_out("end_task") as work:
        work.object = object_
        for task in work.tasks.where(object=object_, state="open"):
            work.tasks.save(replace(task, state="done"))
