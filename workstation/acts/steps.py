"""Load a record for an act, check the act against the life cycle, and move it to its next state."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from workstation.acts import refusals
from workstation.acts.desk import Desk
from workstation.domain import lifecycle
from workstation.domain.case import Case
from workstation.domain.consignment import Consignment
from workstation.domain.envelope import Batch, Envelope
from workstation.store.work import Reading, Records

T = TypeVar("T", Case, Consignment, Envelope, Batch)


def find_case(reading: Reading, number: str) -> Case:
    """The case with this number, or a refusal."""
    case = reading.cases.get(refusals.readable("case", number))
    if case is None:
        raise refusals.not_found("case", number)
    return case


def find_consignment(reading: Reading, name: str) -> Consignment:
    """A consignment by its id, or by its case's number where the case has only one."""
    found = reading.consignments.get(refusals.readable("consignment", name))
    if found is not None:
        return found
    of_case = reading.consignments.where(case_number=name)
    if len(of_case) > 1:
        raise refusals.several_consignments(name, [consignment.id for consignment in of_case])
    if not of_case:
        raise refusals.not_found("consignment", name)
    return of_case[0]


def find_envelope(reading: Reading, number: str) -> Envelope:
    """An envelope by its own number or by any of its live faces."""
    found = reading.envelopes.get(refusals.readable("envelope", number))
    if found is None:
        face = reading.papers.get(number)
        found = reading.envelopes.get(face.object) if face else None
    if found is None:
        raise refusals.not_found("envelope", number)
    return found


def consignments_in(reading: Reading, envelope: Envelope) -> list[Consignment]:
    """The consignments that travel in an envelope."""
    contents = reading.contents.where(envelope=envelope.number)
    return [find_consignment(reading, content.consignment) for content in contents]


def for_act(desk: Desk, records: Records[T], record: T, act: str) -> T:
    """Check that this is the version the operator saw and that the act is possible in its state."""
    work = records.work()
    work.object = work.object or str(records.table.key_of(record)[0])
    desk.saw(record)
    return possible(records, record, act)


def possible(records: Records[T], record: T, act: str) -> T:
    """Refuse an act that the life cycle does not know in this state."""
    table = records.table.name
    if act not in lifecycle.allowed(lifecycle.TABLES[table], record.state):
        raise refusals.wrong_state(table, record, act)
    return record


def move(records: Records[T], record: T, act: str, to: str, **changes: Any) -> T:
    """Save the record in state `to`, which must be one the life cycle gives for this act."""
    edges = lifecycle.TABLES[records.table.name]
    if to not in lifecycle.outcomes(edges, record.state, act):
        raise refusals.wrong_state(records.table.name, record, act)
    return records.save(replace(record, state=to, **changes))
