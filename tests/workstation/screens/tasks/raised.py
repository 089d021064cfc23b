"""Tasks as acts and the carrier's events raise them."""

from __future__ import annotations

from tests import builders
from tests.builders import an_envelope, paper_of
from workstation.acts import departures, receipts, tasks, troubles
from workstation.acts.desk import Desk
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState, Task


def on_its_way(desk: Desk) -> str:
    """The number of an envelope the courier has taken."""
    return an_envelope(desk, EnvelopeState.HANDED_OVER).number


def by_carrier(desk: Desk, kind: str = "mail_stuck", envelope: str | None = None) -> Task:
    """What the carrier's events raise."""
    envelope = envelope or on_its_way(desk)
    with desk.carrying_out("take_events") as work:
        return tasks.open_once(work, kind=kind, object_=envelope)


def incomplete(desk: Desk, rows: str = "2缺 3损") -> str:
    """An envelope of which the home office misses some rows."""
    envelope = on_its_way(desk)
    receipts.acknowledge(desk, paper_of(desk, envelope, "reply_slip").number, channel="phone", rows=rows)
    return envelope


def back_here(desk: Desk, kind: str = "sent_back", text: str | None = None) -> str:
    """An envelope that the carrier has brought back, or cannot find."""
    envelope = on_its_way(desk)
    troubles.trouble(desk, envelope, kind=kind, text=text)
    return envelope


def withdrawn(desk: Desk) -> str:
    """A case whose applicant wants it back after it was mailed."""
    case = builders.a_consignment(desk, ConsignmentState.HANDED_OVER).case_number
    departures.withdraw(desk, case)
    return case


def of_kind(desk: Desk, kind: str) -> list[Task]:
    """The open tasks of this kind."""
    return [task for task in tasks.listed(desk) if task.kind == kind]
