"""What a story has at hand: a window with its clerk, the people it is about, a look at the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from forms.items import ChecklistRow, Item
from workstation.acts import catalogue
from workstation.acts.desk import Desk
from workstation.acts.inputs import Finding, Intake, Material, Office, Person
from workstation.domain.case import Holder, Piece, Row, RowState
from workstation.domain.consignment import Consignment
from workstation.domain.envelope import Envelope
from workstation.domain.paper import PaperState
from workstation.domain.people import User
from workstation.practice.waybills import Waybills

#: Rows that apply exactly if somebody else does it for the applicant.
_AGENT_ROWS = frozenset({"authorisation", "agent_id"})
#: Defects a clerk sees in a paper that is there.
_SEEN = ("unsigned", "undated", "illegible", "incomplete", "pages_missing", "unsealed")


@dataclass(frozen=True)
class Window:
    """One window: its desk with the clerk at it, and who stands second."""

    desk: Desk
    colleague: User
    supervisor: User

    @property
    def number(self) -> int:
        """The window's number."""
        return self.desk.window

    @property
    def with_colleague(self) -> Desk:
        """The clerk acts, the colleague has confirmed."""
        return replace(self.desk, second=self.colleague)

    @property
    def with_supervisor(self) -> Desk:
        """The clerk acts, the supervisor has confirmed."""
        return replace(self.desk, second=self.supervisor)

    @property
    def supervising(self) -> Desk:
        """The supervisor acts at this window."""
        return replace(self.desk, operator=self.supervisor)

    @property
    def relieved(self) -> Window:
        """The colleague sits here for a while, and the clerk may confirm."""
        return replace(
            self, desk=replace(self.desk, operator=self.colleague), colleague=self.desk.signed_in()
        )


@dataclass(frozen=True)
class Scene:
    """One story's window, people, offices and luck."""

    window: Window
    rng: Random
    waybills: Waybills
    item: Item
    offices: tuple[Office, ...]
    applicants: tuple[Person, ...]
    year: int
    agent: Person | None = None

    @property
    def desk(self) -> Desk:
        """The desk as the clerk of the window has it."""
        return self.window.desk

    @property
    def relieved(self) -> Scene:
        """The same with the colleague at the window."""
        return replace(self, window=self.window.relieved)

    @property
    def bearer(self) -> str:
        """Who stands at the counter: the agent if there is one."""
        return "agent" if self.agent else "applicant"

    @property
    def checklist(self) -> tuple[ChecklistRow, ...]:
        """The rows the item is handled by at the first office."""
        first = self.offices[0]
        with self.desk.reading() as reading:
            found = catalogue.checklist(reading, self.item.code, office=first.code, division=first.division)
        return found.rows

    def intake(self, applicant: int = 0, *, missing: Sequence[str] = ()) -> Intake:
        """What an applicant hands in: every paper that may be asked for but those that are missing."""
        rows = [row for row in self.checklist if self._applies(row) and row.id not in missing]
        return Intake(
            item=self.item.code,
            basis_place=self.offices[0].division,
            applicant=self.applicants[applicant],
            agent=self.agent,
            offices=tuple(office.code for office in self.offices),
            materials=tuple(m for row in rows for m in self.papers_for(row)),
        )

    def papers_for(self, row: ChecklistRow | Row) -> list[Material]:
        """The papers of one row, a set for each office; an original only to be checked is handed in once."""
        pages = self.rng.randint(1, 3)
        row_id = row.id
        form = "original" if row.form == "original" else "copy"
        sets = [
            Material(row=row_id, form=form, copies=row.copies, pages=pages, office=office)
            for office in range(1, len(self.offices) + 1)
        ]
        if row.form == "copy_checked":
            sets.insert(0, Material(row=row_id, form="original", pages=pages))
        return sets

    def _applies(self, row: ChecklistRow) -> bool:
        if row.exempt or row.condition is None:
            return not row.exempt
        if row.id in _AGENT_ROWS:
            return self.agent is not None
        return self.rng.random() < 0.3

    def findings(
        self,
        number: str,
        *,
        faulty: Sequence[str] = (),
        only: Sequence[str] = (),
        ways: Mapping[str, str] | None = None,
    ) -> list[Finding]:
        """What a clerk finds who looks at the rows not reviewed yet; `ways`: what stands for a paper."""
        rows = [row for row in self.rows(number, RowState.PENDING) if not only or row.row_id in only]
        instead = {row.row_id: "licence" for row in rows if not row.may_ask_for_paper} | dict(ways or {})
        with self.desk.reading() as reading:
            pieces = reading.pieces.where(case_number=number, holder=Holder.CLERK)
        return [
            Finding(row=row.row_id, way=instead[row.row_id])
            if row.row_id in instead
            else self._finding(row, pieces, row.row_id in faulty)
            for row in rows
        ]

    def _finding(self, row: Row, pieces: list[Piece], faulty: bool) -> Finding:
        going = [piece for piece in pieces if piece.row_id == row.row_id and piece.goes]
        if not going:
            return Finding(row=row.row_id, not_applicable=row.condition is not None)
        return Finding(
            row=row.row_id,
            form=row.form,
            copies=sum(piece.copies for piece in going),
            pages=max(piece.pages or 1 for piece in going),
            defects=(self._defect(row),) if faulty else (),
        )

    def _defect(self, row: Row) -> str:
        known = [r.faults for r in self.checklist if r.id == row.row_id]
        common = [fault for faults in known for fault in faults if fault in _SEEN]
        return self.rng.choice(common or list(_SEEN))

    def required(self) -> list[str]:
        """Ids of the rows whose paper is always asked for, but the application itself."""
        return [row.id for row in self.checklist if row.condition is None and not row.exempt][1:]

    def rows(self, number: str, state: str) -> list[Row]:
        """The checklist rows of a case in one state, in their order."""
        with self.desk.reading() as reading:
            rows = reading.rows.where(case_number=number, state=state)
        return sorted(rows, key=lambda row: row.position)

    def consignments(self, number: str) -> list[Consignment]:
        """The consignments of a case."""
        with self.desk.reading() as reading:
            return reading.consignments.where(case_number=number)

    def consignment(self, number: str) -> str:
        """Id of the only consignment of a case."""
        (consignment,) = self.consignments(number)
        return consignment.id

    def expected(self, consignment: str) -> list[Piece]:
        """What the window waits for from a home office."""
        with self.desk.reading() as reading:
            return reading.pieces.where(consignment=consignment, expected=1)

    def envelope(self, number: str) -> Envelope:
        """The envelope as it stands now."""
        with self.desk.reading() as reading:
            (envelope,) = reading.envelopes.where(number=number)
        return envelope

    def live_face(self, object_: str, kind: str) -> str:
        """Number of the one face of this kind that is not void."""
        return live_face(self.desk, object_, kind)

    def waybill(self) -> str:
        """A new waybill."""
        return self.waybills.next(self.rng)


def live_face(desk: Desk, object_: str, kind: str) -> str:
    """Number of the one face of an envelope, case or batch that is of this kind and not void."""
    with desk.reading() as reading:
        papers = reading.papers.where(object=object_, kind=kind)
    (number,) = [paper.number for paper in papers if paper.state != PaperState.VOID]
    return number
