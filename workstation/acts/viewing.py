"""What the counter looks at: worklists by state, and everything about one case, envelope or batch."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from workstation.acts import handover, notices, numbers, steps
from workstation.acts.desk import Desk
from workstation.domain import lifecycle
from workstation.domain.case import Case, CaseState, Identity, Notice, Piece, Row
from workstation.domain.consignment import Consignment, least_advanced
from workstation.domain.contact import Contact, ExternalNumber, Rating
from workstation.domain.envelope import Batch, BatchLine, Envelope, Task, Waybill
from workstation.domain.journal import Entry
from workstation.domain.paper import Paper
from workstation.domain.pledge import LicenceDefect, Pledge
from workstation.reference.calendars import Counted
from workstation.store.statements import cases as sql
from workstation.store.work import Reading


@dataclass(frozen=True)
class CaseFile:
    """One case with all that belongs to it; `shown` is the state people see (design §2)."""

    case: Case
    shown: str
    rows: list[Row]
    pieces: list[Piece]
    consignments: list[Consignment]
    identities: list[Identity]
    notices: list[Notice]
    papers: list[Paper]
    tasks: list[Task]
    pledges: list[Pledge]
    licence_defects: list[LicenceDefect]
    contacts: list[Contact]
    ratings: list[Rating]
    external_numbers: list[ExternalNumber]
    waybills: list[Waybill]
    tell_by: Counted
    """Until when everything missing must have been told (行政许可法 32(4))."""
    timeline: list[Entry]
    acts: tuple[str, ...]


@dataclass(frozen=True)
class EnvelopeFile:
    """One envelope with what is in it and on it."""

    envelope: Envelope
    consignments: list[Consignment]
    papers: list[Paper]
    waybills: list[Waybill]
    tasks: list[Task]
    acts: tuple[str, ...]


@dataclass(frozen=True)
class BatchFile:
    """One batch with its lines: expected, scanned, missing, extra."""

    batch: Batch
    lines: list[BatchLine]
    acts: tuple[str, ...]

    @property
    def missing(self) -> list[str]:
        """Expected and not scanned."""
        return [line.envelope for line in self.lines if line.expected and line.scanned_at is None]

    @property
    def extra(self) -> list[str]:
        """Scanned and not expected."""
        return [line.envelope for line in self.lines if not line.expected]


def shown_state(case: Case, consignments: list[Consignment]) -> str:
    """Between `reviewed` and `served` a case shows its least advanced consignment; never stored."""
    if case.state != CaseState.REVIEWED or not consignments:
        return case.state
    return least_advanced([consignment.state for consignment in consignments])


def case_file(desk: Desk, number: str) -> CaseFile:
    """Everything about one case."""
    with desk.reading() as reading:
        case = steps.find_case(reading, number)
        consignments = reading.consignments.where(case_number=number)
        return CaseFile(
            case=case,
            shown=shown_state(case, consignments),
            rows=sorted(reading.rows.where(case_number=number), key=lambda row: row.position),
            pieces=reading.pieces.where(case_number=number),
            consignments=consignments,
            identities=reading.identities.where(case_number=number),
            notices=reading.notices.where(case_number=number),
            papers=reading.papers.where(case_number=number),
            tasks=_tasks(reading, number, consignments),
            pledges=reading.pledges.where(case_number=number),
            licence_defects=reading.licence_defects.where(case_number=number),
            contacts=reading.contacts.where(case_number=number),
            ratings=reading.ratings.where(case_number=number),
            external_numbers=numbers.noted(reading, number),
            waybills=_waybills(reading, consignments),
            tell_by=notices.tell_by(reading, case),
            timeline=reading.journal_of(number),
            acts=lifecycle.allowed(lifecycle.CASE, case.state),
        )


def _tasks(reading: Reading, number: str, consignments: list[Consignment]) -> list[Task]:
    names = [number, *_sent(consignments)]
    return [task for name in names for task in reading.tasks.where(object=name)]


def _waybills(reading: Reading, consignments: list[Consignment]) -> list[Waybill]:
    return [waybill for name in _sent(consignments) for waybill in reading.waybills.where(object=name)]


def _sent(consignments: list[Consignment]) -> list[str]:
    """The consignments and the envelopes they are in."""
    envelopes = [number for c in consignments for number in (c.envelope, c.supplement)]
    return list(dict.fromkeys(name for name in [*(c.id for c in consignments), *envelopes] if name))


def cases(desk: Desk, *, state: str | None = None, count: int = 200) -> list[tuple[Case, str]]:
    """The newest cases, of one state if given, each with the state it shows."""
    with desk.reading() as reading:
        if state is None:
            found = reading.cases.query(sql.NEWEST, count=count)
        else:
            found = reading.cases.query(sql.BY_STATE, state=state, count=count)
        return [
            (case, shown_state(case, reading.consignments.where(case_number=case.number))) for case in found
        ]


def envelope_file(desk: Desk, number: str) -> EnvelopeFile:
    """Everything about one envelope, found by its number or any of its live faces."""
    with desk.reading() as reading:
        envelope = steps.find_envelope(reading, number)
        return EnvelopeFile(
            envelope=envelope,
            consignments=steps.consignments_in(reading, envelope),
            papers=reading.papers.where(object=envelope.number),
            waybills=reading.waybills.where(object=envelope.number),
            tasks=reading.tasks.where(object=envelope.number),
            acts=lifecycle.allowed(lifecycle.ENVELOPE, envelope.state),
        )


def batch_file(desk: Desk, number: str) -> BatchFile:
    """Everything about one batch."""
    with desk.reading() as reading:
        batch = handover.find(reading, number)
        lines = reading.batch_lines.where(batch=number)
        return BatchFile(batch, lines, lifecycle.allowed(lifecycle.BATCH, batch.state))


def counts(desk: Desk) -> dict[str, dict[str, int]]:
    """How many cases and consignments stand in each state."""
    with desk.reading() as reading:
        return {
            "cases": {line["state"]: line["n"] for line in reading.lines(sql.COUNTS)},
            "consignments": {line["state"]: line["n"] for line in reading.lines(sql.CONSIGNMENT_COUNTS)},
        }


def told(entry: Entry) -> dict[str, Any]:
    """The facts of a journal entry: codes and counts."""
    facts: dict[str, Any] = json.loads(entry.body)["facts"]
    return facts
