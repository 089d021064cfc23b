"""The review as it stands on the screen: one look at the case, and what has been found since. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import msgspec

from workstation import typed
from workstation.acts import catalogue, offers, outlooks, viewing
from workstation.acts.desk import Desk
from workstation.acts.inputs import Finding, Findings
from workstation.acts.outlooks import Basis, Outlook, RowOutlook, Way
from workstation.acts.viewing import CaseFile
from workstation.domain.case import Holder, Piece, Row, RowState

#: Ways that a signed pledge must stand behind.
PLEDGED_WAYS = (Way.DEFERRED, Way.PLEDGED)


@dataclass(frozen=True)
class Look:
    """All the screen shows of a case, as it stood at one moment."""

    basis: Basis
    file: CaseFile
    title: str
    why_not: Mapping[str, str | None]
    """Of each act on the case, why it is not possible now."""


def look(desk: Desk, number: str) -> Look:
    """Look at a case."""
    basis, file = outlooks.basis(desk, number), viewing.case_file(desk, number)
    with desk.reading() as reading:
        title = catalogue.item(reading, file.case.item).title
    offered = {o.act: o.why_not for o in offers.of_case(desk, file) if o.object == number}
    return Look(basis, file, title, offered)


@dataclass(frozen=True)
class Sheet:
    """The checklist with the findings that are not saved yet."""

    look: Look
    findings: Mapping[str, Finding] = field(default_factory=dict)
    """By row, in the order of the checklist."""

    @cached_property
    def outlook(self) -> Outlook:
        """What it would come to."""
        return outlooks.outlook(self.look.basis, tuple(self.findings.values()))

    @cached_property
    def rows(self) -> Mapping[str, RowOutlook]:
        """Each row as it would be, in the order of the checklist."""
        return {row.row.row_id: row for row in self.outlook.rows}

    def stored(self, row_id: str) -> Row:
        """A row as the ledger has it."""
        return next(row for row in self.look.basis.rows if row.row_id == row_id)

    def found(self, finding: Finding) -> Sheet:
        """The sheet with this finding on it."""
        return self.at(self.look, {**self.findings, finding.row: finding})

    def without(self, *row_ids: str) -> Sheet:
        """The sheet with nothing found for these rows."""
        left = {row_id: found for row_id, found in self.findings.items() if row_id not in row_ids}
        return replace(self, findings=left)

    @classmethod
    def at(cls, look: Look, findings: Mapping[str, Finding]) -> Sheet:
        """These findings on the case as it stands; those of rows it does not have fall away."""
        ids = [row.row_id for row in look.basis.rows]
        return cls(look, {row_id: findings[row_id] for row_id in ids if row_id in findings})

    def as_asked(self, row_id: str) -> Finding:
        """The finding that a row is there just as the checklist asks; a remark stays."""
        row, former = self.stored(row_id), self.findings.get(row_id)
        remark = former.remark if former else None
        fault = former.licence_fault if former else None
        if not row.may_ask_for_paper and fault is None:
            return Finding(row=row_id, way=Way.LICENCE, remark=remark)
        pages = max((piece.pages or 1 for piece in self.held(row_id)), default=1)
        return Finding(
            row=row_id, form=row.form, copies=row.copies, pages=pages, remark=remark, licence_fault=fault
        )

    def missing(self, row_id: str) -> Finding:
        """The finding that nothing was handed in for a row; a remark stays."""
        former = self.findings.get(row_id)
        if former is None:
            return Finding(row=row_id)
        return Finding(row=row_id, remark=former.remark, licence_fault=former.licence_fault)

    def held(self, row_id: str) -> list[Piece]:
        """The pieces of a row that are not with the applicant."""
        pieces = self.look.file.pieces
        return [piece for piece in pieces if piece.row_id == row_id and piece.holder != Holder.APPLICANT]

    def next_unseen(self, row_id: str) -> str | None:
        """The next row nobody has looked at, below this one or else from the top."""
        ids = list(self.rows)
        at = ids.index(row_id) + 1
        return next((each for each in [*ids[at:], *ids[:at]] if self.is_unseen(each)), None)

    def is_unseen(self, row_id: str) -> bool:
        """Whether nobody has looked at a row yet."""
        return row_id not in self.findings and self.stored(row_id).state == RowState.PENDING

    def to_pledge(self) -> list[Finding]:
        """The rows chosen as 容缺 or 告知承诺 for which no pledge has been signed."""
        return [found for found in self._pledged() if self.rows[found.row].refusal is not None]

    def _pledged(self) -> Iterator[Finding]:
        return (found for found in self.findings.values() if found.way in PLEDGED_WAYS)

    @property
    def body(self) -> dict[str, Any]:
        """The findings as `case review` reads them."""
        return {"findings": [msgspec.to_builtins(found) for found in self.findings.values()]}


def read(body: Mapping[str, Any]) -> dict[str, Finding] | None:
    """The findings of a draft; None for one that somebody has written otherwise."""
    try:
        findings = typed.convert(dict(body), Findings)
    except typed.Misfit:
        return None
    return {found.row: found for found in findings.findings}


def names(rows: Sequence[Row]) -> str:
    """The names of some rows in one phrase."""
    return "、".join(f"“{row.name}”" for row in rows)
