"""Checklists 材料清单 as data: those of a home division, else of the item, else the generic one.

Those shipped here are samples 示例; what the home authority asks for is decided by the home authority.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

from forms.items.national import FOLDER, all_items, by_code
from forms.items.toml_table import Table
from forms.review import DEFECTS, PaperForm

FILE = "checklist.toml"
GENERIC = "generic"
"""The folder of the checklist for items that have none of their own."""

_ROW_ID = re.compile(r"[a-z][a-z0-9_]*")
_DIVISION = re.compile(r"[1-9][0-9]{5}")

E = TypeVar("E", bound=StrEnum)


class Origin(StrEnum):
    """Whose checklist it is."""

    GUIDE = "guide"
    """A hall's own 办事指南, imported there."""
    JURISDICTION = "jurisdiction"
    ITEM = "item"
    GENERIC = "generic"


class NoDivision(ValueError):
    """A division is asked for by something that is no six-digit code."""


@dataclass(frozen=True)
class ChecklistRow:
    """One paper the checklist asks for."""

    id: str
    name: str
    standard: str
    """审查要点: what the paper must look like, formal points only."""
    form: PaperForm
    copies: int
    from_whom: str
    """Who writes or issues the paper."""
    condition: str | None
    """When the row is required, as the clerk reads it; None: always."""
    deferrable: bool
    """容缺: whether it may be handed in later; never without an agreement of the home authority."""
    exempt: bool
    """免提交: the authority looks it up itself, so the paper must not be asked for."""
    faults: tuple[str, ...]
    """The common defects of this paper, codes of `forms.review.DEFECTS`, offered first."""
    sample: str
    """示例: how a right one looks."""
    source: str
    """Where the row comes from; 来源：未核对 when nobody has read the rule."""

    @property
    def required(self) -> Literal["always", "when"]:
        """Whether the row is always required, or when its `condition` holds."""
        return "always" if self.condition is None else "when"

    @property
    def may_ask_for_paper(self) -> bool:
        """Whether paper may be asked for, as the review wants to know it."""
        return not self.exempt


@dataclass(frozen=True)
class Checklist:
    """The papers an item is handled by; a case keeps the version it was handled under."""

    version: str
    date: datetime.date
    mark: str
    """示例 as long as no home authority has confirmed the checklist."""
    origin: Origin
    rows: tuple[ChecklistRow, ...]

    def row(self, row_id: str) -> ChecklistRow:
        """One row of the checklist; an unknown id is a KeyError."""
        for row in self.rows:
            if row.id == row_id:
                return row
        raise KeyError(row_id)


def for_item(code: str, division: str | None = None, folder: Path = FOLDER) -> Checklist:
    """The checklist of an item for a home division (county, city or province); the most specific one wins."""
    by_code(code)
    within = _within(division)
    name = folder_of(code, folder)
    if name is None:
        return generic(folder)
    for place in within:
        file = folder / name / f"{place}.toml"
        if file.is_file():
            return _read(file, Origin.JURISDICTION, code)
    return _read(folder / name / FILE, Origin.ITEM, code)


def generic(folder: Path = FOLDER) -> Checklist:
    """The checklist for what has none of its own, a hall's own items included."""
    return _read(folder / GENERIC / FILE, Origin.GENERIC, None)


def folder_of(code: str, folder: Path = FOLDER) -> str | None:
    """The name of the folder with the item's own checklists, if it has one."""
    return _folders(folder).get(code)


@cache
def names(folder: Path = FOLDER) -> tuple[str, ...]:
    """The folders of items with a checklist of their own, in alphabetical order."""
    found = (path.parent.name for path in folder.glob(f"*/{FILE}"))
    return tuple(sorted(name for name in found if name != GENERIC))


@cache
def _folders(folder: Path) -> Mapping[str, str]:
    known = {item.code for item in all_items()}
    folders: dict[str, str] = {}
    for name in names(folder):
        table = Table.of_head(folder / name / FILE)
        code = table.text("code")
        if code not in known:
            raise table.fault("code", "is not a number of the national list")
        if code in folders:
            raise table.fault("code", f"is that of {folders[code]}")
        folders[code] = name
    return folders


def _within(division: str | None) -> tuple[str, ...]:
    # 450103 lies in 450100, which lies in 450000.
    if division is None:
        return ()
    if not _DIVISION.fullmatch(division):
        raise NoDivision(division)
    return division, f"{division[:4]}00", f"{division[:2]}0000"


@cache
def _read(file: Path, origin: Origin, code: str | None) -> Checklist:
    table = Table.of_file(file)
    if code is not None and table.text("code") != code:
        raise table.fault("code", f"is not {code}, the item of this folder")
    checklist = _checklist(table.table("checklist"), origin)
    table.done()
    return checklist


def _checklist(table: Table, origin: Origin) -> Checklist:
    checklist = Checklist(
        version=table.text("version"),
        date=table.day("date"),
        mark=table.text("mark"),
        origin=origin,
        rows=_rows(table),
    )
    table.done()
    return checklist


def _rows(checklist: Table) -> tuple[ChecklistRow, ...]:
    rows: dict[str, ChecklistRow] = {}
    for table in checklist.tables("rows"):
        row = _row(table)
        if row.id in rows:
            raise table.fault("id", f"{row.id} stands twice")
        rows[row.id] = row
    return tuple(rows.values())


def _row(table: Table) -> ChecklistRow:
    row = ChecklistRow(
        id=_row_id(table),
        name=table.text("name"),
        standard=table.text("standard"),
        form=_one_of(PaperForm, table, "form"),
        copies=table.whole("copies", least=1),
        from_whom=table.text("from_whom"),
        condition=_condition(table),
        deferrable=table.flag("deferrable"),
        exempt=table.flag("exempt"),
        faults=_faults(table),
        sample=table.text("sample"),
        source=table.text("source"),
    )
    table.done()
    return row


def _row_id(table: Table) -> str:
    # The numbers of pieces and the journal carry it, so it is a plain word.
    row_id = table.text("id")
    if not _ROW_ID.fullmatch(row_id):
        raise table.fault("id", "is not a word of small letters, digits and underscores")
    return row_id


def _condition(table: Table) -> str | None:
    match table.text("required"):
        case "always":
            return None
        case "when":
            return table.text("condition")
    raise table.fault("required", "is neither always nor when")


def _faults(table: Table) -> tuple[str, ...]:
    faults = table.texts("faults")
    for code in faults:
        if code not in DEFECTS:
            raise table.fault("faults", f"{code} is no formal defect")
    return faults


def _one_of(kinds: type[E], table: Table, key: str) -> E:
    text = table.text(key)
    try:
        return kinds(text)
    except ValueError as error:
        raise table.fault(key, f"is none of {', '.join(kinds)}") from error
