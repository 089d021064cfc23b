"""Service items 事项 as data: one folder an item, its `item.toml` the item; being there is being registered.

Checklists shipped here are samples 示例; what the home authority asks for is decided by the home authority.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal, TypeVar

from forms.items.toml_table import InvalidItem, Table
from forms.review import DEFECTS, PaperForm

__all__ = [
    "ChecklistRow",
    "InvalidItem",
    "Item",
    "Mode",
    "UnknownItem",
    "all_items",
    "by_code",
    "load",
    "names",
]

_FOLDER = Path(__file__).parent
_ROW_ID = re.compile(r"[a-z][a-z0-9_]*")

E = TypeVar("E", bound=StrEnum)


class Mode(StrEnum):
    """How an item is done across provinces, in the words of the national list of 2020 (实现形式)."""

    NATIONWIDE = "nationwide"
    ONLINE = "online"
    ONLINE_APPLICATION = "online_application"
    COLLECT_ELSEWHERE = "collect_elsewhere"
    JOINT = "joint"
    ONLINE_PRECHECK = "online_precheck"
    POSTAL = "postal"
    SELF_SERVICE = "self_service"
    PENDING = "pending"
    ONSITE = "onsite"
    NOT_IN_PROVINCE = "not_in_province"


class UnknownItem(KeyError):
    """No item has this name or code."""


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


@dataclass(frozen=True)
class Item:
    """A service item with the checklist it is handled by; a case keeps the version it was handled under."""

    name: str
    """The folder's name, e.g. `household_certificate`."""
    code: str
    """The number in the national list of 2020, e.g. "59"."""
    title: str
    """事项名称."""
    scenario: str
    """应用场景."""
    mode: Mode
    basis_place: str
    """属地依据: which place decides the home office, e.g. 户籍地."""
    lead_ministry: str
    cooperating_ministries: tuple[str, ...]
    provincial_department: str
    checklist_version: str
    checklist_date: datetime.date
    checklist_mark: str
    """示例 as long as no home authority has confirmed the checklist."""
    rows: tuple[ChecklistRow, ...]

    def row(self, row_id: str) -> ChecklistRow:
        """One row of the checklist; an unknown id is a KeyError."""
        for row in self.rows:
            if row.id == row_id:
                return row
        raise KeyError(row_id)


def names(folder: Path = _FOLDER) -> tuple[str, ...]:
    """The items there are, in alphabetical order."""
    return tuple(sorted(path.parent.name for path in folder.glob("*/item.toml")))


@cache
def load(name: str, folder: Path = _FOLDER) -> Item:
    """One item by its folder's name; `UnknownItem` if there is none, `InvalidItem` if its file is wrong."""
    if name not in names(folder):
        raise UnknownItem(name)
    return _item(name, Table.of_file(folder / name / "item.toml"))


@cache
def all_items(folder: Path = _FOLDER) -> tuple[Item, ...]:
    """Every item, in the order of the codes; two with one code are `InvalidItem`."""
    items = sorted((load(name, folder) for name in names(folder)), key=lambda item: int(item.code))
    for earlier, later in pairwise(items):
        if earlier.code == later.code:
            raise InvalidItem(f"{later.name}/item.toml", "code", f"is that of {earlier.name}")
    return tuple(items)


def by_code(code: str, folder: Path = _FOLDER) -> Item:
    """The item with this number in the national list, e.g. "59"."""
    for item in all_items(folder):
        if item.code == code:
            return item
    raise UnknownItem(code)


def _item(name: str, table: Table) -> Item:
    checklist = table.table("checklist")
    item = Item(
        name=name,
        code=_code(table),
        title=table.text("title"),
        scenario=table.text("scenario"),
        mode=_one_of(Mode, table, "mode"),
        basis_place=table.text("basis_place"),
        lead_ministry=table.text("lead_ministry"),
        cooperating_ministries=table.texts("cooperating_ministries"),
        provincial_department=table.text("provincial_department"),
        checklist_version=checklist.text("version"),
        checklist_date=checklist.day("date"),
        checklist_mark=checklist.text("mark"),
        rows=_rows(checklist),
    )
    checklist.done()
    table.done()
    return item


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
        faults=_faults(table),
        sample=table.text("sample"),
        source=table.text("source"),
    )
    table.done()
    return row


def _code(table: Table) -> str:
    code = table.text("code")
    if not (code.isascii() and code.isdigit()):
        raise table.fault("code", "is not a number of the national list")
    return code


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
