"""What a practice day has left: counts, papers, envelopes, the journal, and who signs in how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from workstation.acts import verification
from workstation.acts.desk import Desk
from workstation.acts.verification import Verification
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import Envelope
from workstation.domain.paper import Paper
from workstation.practice.hall import Operator, badges
from workstation.store.work import Reading


@dataclass(frozen=True)
class Played:
    """A practice hall as its days have left it."""

    hall: str
    tray: Path
    until: int
    """When its last entry was written (epoch ms)."""
    cases: dict[str, int]
    consignments: dict[str, int]
    papers: list[dict[str, str | None]]
    envelopes: list[dict[str, Any]]
    journal: Verification
    operators: Sequence[Operator]
    badges: dict[str, str]
    """Badge of each courier, by code."""

    def document(self) -> dict[str, object]:
        """The JSON document of `practice day`."""
        return {
            "cases": self.cases,
            "consignments": self.consignments,
            "papers": self.papers,
            "envelopes": self.envelopes,
            "journal": {
                "entries": self.journal.entries,
                "anchor": self.journal.anchor,
                "verified": self.journal.verified,
            },
            "operators": [dict(vars(operator)) for operator in self.operators],
        }


def summed_up(desk: Desk, operators: Sequence[Operator]) -> Played:
    """Read the hall as it stands, and verify its journal."""
    journal, carried = verification.verify(desk), badges(desk)
    with desk.reading() as reading:
        return Played(
            hall=desk.hall.name,
            tray=desk.tray.absolute(),
            until=reading.chain()[2],
            cases=_counted(CaseState, (case.state for case in reading.cases.where())),
            consignments=_counted(ConsignmentState, (c.state for c in reading.consignments.where())),
            papers=[_paper(desk.tray, paper) for paper in reading.papers.where()],
            envelopes=[_envelope(reading, envelope) for envelope in reading.envelopes.where()],
            journal=journal,
            operators=operators,
            badges=carried,
        )


def _counted(states: type[StrEnum], found: Iterable[str]) -> dict[str, int]:
    """How many there are of each state, in the order of the life cycle."""
    counts = Counter(found)
    return {state.value: counts[state.value] for state in states}


def _paper(tray: Path, paper: Paper) -> dict[str, str | None]:
    path = tray.absolute() / f"{paper.sheet or paper.number}.pdf"
    return {"kind": paper.kind, "number": paper.number, "path": str(path), "case": paper.case_number}


def _envelope(reading: Reading, envelope: Envelope) -> dict[str, Any]:
    waybills = reading.waybills.where(object=envelope.number)
    return {
        "number": envelope.number,
        "state": envelope.state,
        "purpose": envelope.purpose,
        "window": envelope.window,
        "office": envelope.office_name,
        "place": envelope.place,
        "batch": envelope.batch,
        "waybill": waybills[0].number if waybills else None,
        "consignments": [c.consignment for c in reading.contents.where(envelope=envelope.number)],
    }
