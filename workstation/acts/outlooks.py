"""What a formal review would come to, while its findings are still being made: nothing is written.

The rules are those of `formal_review`. After one look at the case, every change of a finding is answered
at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from forms import review as formal
from forms.identifiers import plain_text
from workstation.acts import checks, formal_review, licences, pledges, steps
from workstation.acts.desk import Desk
from workstation.acts.inputs import Finding, Material
from workstation.domain.case import Case, CaseState, Piece, Row, RowState
from workstation.domain.consignment import Consignment
from workstation.domain.pledge import LicenceDefect, Pledge
from workstation.errors import Explained, Refused
from workstation.store.work import Reading

#: What findings are made of; screens know the forms through the acts.
Way, PaperForm, DEFECTS = formal.Way, formal.PaperForm, formal.DEFECTS
IMAGES, NOTHING_HANDED_IN = formal.IMAGES, formal.NOTHING_HANDED_IN


@dataclass(frozen=True)
class Basis:
    """All that a review of a case depends on, as it stood at one look."""

    case: Case
    rows: tuple[Row, ...]
    """In the order of the checklist."""
    pledges: tuple[Pledge, ...] = ()
    faults: tuple[LicenceDefect, ...] = ()
    pieces: tuple[Piece, ...] = ()
    consignments: tuple[Consignment, ...] = ()
    refusal: Refused | None = None
    """Why the case cannot be reviewed at all."""


@dataclass(frozen=True)
class RowOutlook:
    """One row as it would be; as it is where nothing is found yet, or where the finding would be refused."""

    row: Row
    refusal: Explained | None = None
    taken_in: Material | None = None
    """A paper that nobody has noted as handed in, and that the review would note."""

    @property
    def state(self) -> str:
        """A `RowState`."""
        return self.row.state

    @property
    def defects(self) -> tuple[formal.Defect, ...]:
        """Every defect, those seen and those computed from form and number."""
        return tuple(formal.DEFECTS[code] for code in self.row.defects.split(",") if code)


@dataclass(frozen=True)
class Outlook:
    """What the review would come to."""

    case: Case
    rows: tuple[RowOutlook, ...]
    refusal: Explained | None = None
    """Why nothing of it would be recorded; of single rows their own."""

    def count(self, state: str) -> int:
        """How many rows would be in this state; those that would be refused are in none."""
        return sum(row.state == state for row in self.rows if row.refusal is None)

    @property
    def refused(self) -> int:
        """How many rows would be refused, and all the others with them."""
        return sum(row.refusal is not None for row in self.rows)

    @property
    def passed(self) -> bool:
        """形式审查通过: every row was looked at, none fails, none would be refused."""
        waiting = self.count(RowState.PENDING) + self.count(RowState.FAILING)
        return self.refusal is None and not self.refused and not waiting

    @property
    def notice_follows(self) -> bool:
        """Whether all is looked at, so that what is missing can be told at once (行政许可法 32(4))."""
        is_told = self.case.state == CaseState.REGISTERED and self.refusal is None and not self.refused
        return is_told and self.count(RowState.FAILING) > 0 and self.count(RowState.PENDING) == 0

    @property
    def sentence(self) -> str:
        """The outcome in one line."""
        if self.refusal is not None:
            return self.refusal.what.rstrip("。")
        pending, failing = self.count(RowState.PENDING), self.count(RowState.FAILING)
        parts = [f"{self.refused} 行不能这样保存"] if self.refused else []
        parts += [f"还有 {pending} 行未审"] if pending else []
        parts += [f"{failing} 行不符"] if failing else []
        if self.notice_follows:
            return f"{failing} 行不符：一次性告知"
        if failing and not pending and not self.refused:
            return f"{failing} 行不符：请申请人补交后再审"
        return "，".join(parts) or self._passing()

    def _passing(self) -> str:
        deferred = self.count(RowState.DEFERRED)
        return f"形式审查通过，{deferred} 行容缺后补" if deferred else "形式审查通过"


def of_case(desk: Desk, number: str, findings: Sequence[Finding] = ()) -> Outlook:
    """What a review of this case with these findings would come to."""
    return outlook(basis(desk, number), findings)


def basis(desk: Desk, number: str) -> Basis:
    """One look at a case that is to be reviewed."""
    with desk.reading() as reading:
        case = steps.find_case(reading, number)
        rows = sorted(reading.rows.where(case_number=number), key=lambda row: row.position)
        return Basis(
            case=case,
            rows=tuple(rows),
            pledges=tuple(reading.pledges.where(case_number=number)),
            faults=tuple(reading.licence_defects.where(case_number=number)),
            pieces=tuple(reading.pieces.where(case_number=number)),
            consignments=tuple(reading.consignments.where(case_number=number)),
            refusal=_refusal(reading, case, rows),
        )


def _refusal(reading: Reading, case: Case, rows: Sequence[Row]) -> Refused | None:
    try:
        steps.possible(reading.cases, case, "review")
        formal_review.collected_here(reading, case)
        formal_review.awaited(case, rows)
    except Refused as refusal:
        return refusal
    return None


def outlook(basis: Basis, findings: Sequence[Finding]) -> Outlook:
    """What these findings would come to; pure, so it can follow every key."""
    given = {finding.row: finding for finding in findings}
    rows = tuple(_row(basis, row, given.get(row.row_id)) for row in basis.rows)
    return Outlook(basis.case, rows, basis.refusal or _contradiction(basis, findings, rows))


def _row(basis: Basis, row: Row, finding: Finding | None) -> RowOutlook:
    if finding is None:
        return RowOutlook(row)
    try:
        return _judged(basis, row, finding)
    except formal.ReviewError as error:
        return RowOutlook(row, formal_review.review_error(error, basis.rows))
    except Explained as refusal:
        return RowOutlook(row, refusal)


def _judged(basis: Basis, row: Row, finding: Finding) -> RowOutlook:
    found = formal_review.as_found(finding)
    remark = checks.field("remark", plain_text.validate, finding.remark) if finding.remark else None
    if finding.licence_fault:
        fault = licences.checked(finding.row, finding.licence_fault)
        licences.registrable(row, basis.faults)
        row = replace(row, licence=fault.kind)
    formal_review.row_awaited(basis.case, row)
    judged = formal_review.judged(row, found, remark)
    pledges.require(basis.pledges, row, found.way)
    pieces = [piece for piece in basis.pieces if piece.row_id == row.row_id]
    return RowOutlook(judged, taken_in=formal_review.taken_in(found, pieces, basis.consignments))


def _contradiction(basis: Basis, findings: Sequence[Finding], rows: Sequence[RowOutlook]) -> Explained | None:
    """A row named twice, or one that the checklist does not have."""
    for name, times in Counter(finding.row for finding in findings).items():
        if times > 1:
            return formal_review.review_error(formal.RepeatedRow(name), basis.rows)
    right = [outlook.row for outlook in rows if outlook.refusal is None]
    refused = {outlook.row.row_id for outlook in rows if outlook.refusal is not None}
    try:
        formal.conclude(right, [formal_review.as_found(f) for f in findings if f.row not in refused])
    except formal.ReviewError as error:
        return formal_review.review_error(error, basis.rows)
    except Explained as refusal:
        return refusal
    return None
