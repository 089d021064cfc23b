"""A stream of acts at the counter, without end: each case goes on from wherever a kill has left it."""

from __future__ import annotations

import random
from pathlib import Path
from typing import NamedTuple

from workstation.acts import formal_review, identification, notices, packing, registration, sealing
from workstation.acts.desk import Desk
from workstation.acts.inputs import EXAMPLE_INTAKE, Finding, Material
from workstation.domain.case import Case, CaseState, Row, RowState
from workstation.domain.envelope import Envelope, EnvelopeState
from workstation.domain.people import User
from workstation.store.ledger import Store
from workstation.store.statements import cases as sql
from workstation.store.work import Reading

CLERK = User(code="1001", name="演示甲", role="clerk")
WINDOWS = (1, 2, 3)
#: Newest cases a clerk looks at before deciding what to do next; among them are those a kill has cut off.
_AT_HAND = 5
_UNSIGNED = "statement"


class Done(NamedTuple):
    """An act that has returned, and the number of what it was about."""

    act: str
    number: str


def at_the_counter(store: Store, window: int, tray: Path) -> Desk:
    """The desk the stream comes to."""
    with store.reading() as reading:
        return Desk(store, window, tray, operator=reading.users.get(CLERK.code))


def next_act(desk: Desk, chance: random.Random) -> Done:
    """One act: a new hand-in, or the next step of a case at hand."""
    with desk.reading() as reading:
        at_hand = [
            case for case in reading.cases.query(sql.NEWEST, count=_AT_HAND) if _is_open(reading, case)
        ]
        case = chance.choice([*at_hand, None, None])
        rows = reading.rows.where(case_number=case.number) if case else []
        envelope = _envelope(reading, case) if case else None
    if case is None:
        return _done("register", registration.register(desk, EXAMPLE_INTAKE))
    if case.identity == "none":
        return _done("identify", _identify(desk, case))
    if case.state == CaseState.REVIEWED:
        return _pack(desk, case) if envelope is None else _seal(desk, envelope)
    return _correct(desk, case, rows)


def _correct(desk: Desk, case: Case, rows: list[Row]) -> Done:
    """Found incomplete, told, supplied, passed."""
    states = {row.row_id: row.state for row in rows}
    if case.state == CaseState.TO_CORRECT:
        material = Material(row=_UNSIGNED, form="original")
        return _done("resubmit", formal_review.resubmit(desk, case.number, [material]))
    if RowState.FAILING in states.values():
        return _done("notice", notices.notice(desk, case.number, due="2026-12-01"))
    findings = [_finding(row, signed=case.notices > 0) for row in rows if row.state == RowState.PENDING]
    return _done("review", formal_review.review(desk, case.number, findings))


def _finding(row: Row, *, signed: bool) -> Finding:
    if row.row_id == _UNSIGNED:
        defects = () if signed else ("unsigned",)
        return Finding(row=row.row_id, form="original", copies=1, pages=1, defects=defects)
    if row.row_id == "application":
        return Finding(row=row.row_id, form="original", copies=1, pages=1)
    if row.row_id == "applicant_id":
        return Finding(row=row.row_id, form="copy_checked", copies=1, pages=1)
    return Finding(row=row.row_id, not_applicable=True)


def _identify(desk: Desk, case: Case) -> Case:
    return identification.identify(desk, case.number, method="in_person", outcome="passed")


def _pack(desk: Desk, case: Case) -> Done:
    return _done("pack", packing.pack(desk, [case.number]))


def _seal(desk: Desk, envelope: Envelope) -> Done:
    with desk.reading() as reading:
        (packing_list,) = reading.papers.where(object=envelope.number, kind="packing_list")
    face, sheet = envelope.number, packing_list.number
    return _done("seal", sealing.seal(desk, face, sheet, place="A-01", no_secret=True))


def _is_open(reading: Reading, case: Case) -> bool:
    envelope = _envelope(reading, case)
    return envelope is None or envelope.state == EnvelopeState.OPEN


def _envelope(reading: Reading, case: Case) -> Envelope | None:
    (consignment,) = reading.consignments.where(case_number=case.number)
    return reading.envelopes.get(consignment.envelope) if consignment.envelope else None


def _done(act: str, record: Case | Envelope) -> Done:
    return Done(act, record.number)
