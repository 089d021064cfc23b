"""The 137 national items of 2020 as printed, each with our coding of its 属地依据; SOURCE.md lies beside."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path as FilePath
from typing import TypeVar

from forms.items import csv_rows
from forms.items.modes import Mode, NoPath, Path, path_of
from forms.items.toml_table import InvalidItem

FOLDER = FilePath(__file__).parent
LIST = "national-2020-137.csv"
PLACES = "basis-places.csv"

SOURCE = (
    "福建省人民政府办公厅关于印发福建省加快推进政务服务“跨省通办”“省内通办”实施方案的通知（2020年11月27日）"
    "附件：全国高频政务服务“跨省通办”事项任务分工（共137项）"
)
"""The notice as it names itself; the text we hold prints no document number."""
SOURCE_DATE = datetime.date(2020, 11, 27)

COLUMNS = (
    "seq", "batch", "batch_no", "name", "scenario", "lead_ministry", "cooperating_ministries",
    "provincial_department", "mode_text", "modes", "due_text", "status",
)  # fmt: skip
PLACE_COLUMNS = ("seq", "basis_place", "read_from")

E = TypeVar("E", bound=StrEnum)


class UnknownItem(KeyError):
    """No item has this code."""


class BasisPlace(StrEnum):
    """属地依据: which place decides the home office."""

    HOUSEHOLD = "户籍地"
    MOVING_IN = "迁入地"
    TRANSFER_IN = "转入地"
    INSURED = "参保地"
    REGISTERED = "登记地"
    BIRTH = "出生地"
    BY_GUIDE = "由办事指南定"
    """The list does not say; the home authority's 办事指南 does."""


class Status(StrEnum):
    """How far the item was when the notice was written."""

    DONE = "done"
    DUE = "due"
    PENDING = "pending"


@dataclass(frozen=True)
class Item:
    """A service item as the notice of 2020 prints it; it says nothing about how the service stands today."""

    code: str
    """The number in the whole list, e.g. "59"; ours, not printed."""
    title: str
    """“跨省通办”事项."""
    scenario: str
    """应用场景."""
    modes: tuple[Mode, ...]
    """Our coding of `mode_text`."""
    mode_text: str
    """实现形式 as printed."""
    basis_place: BasisPlace
    """Our coding of the scenario."""
    basis_words: str
    """The words `basis_place` was read from; empty where the list does not say."""
    batch: str
    """Until when the state wanted it: "2020", "2021" or "later"."""
    batch_no: str
    """序号 as printed inside its batch."""
    lead_ministry: str
    cooperating_ministries: tuple[str, ...]
    provincial_department: str
    due_text: str
    """完成时限 of the province as printed; empty: not known."""
    status: Status
    source: str
    """The notice the item stands in."""
    source_date: datetime.date

    @property
    def path(self) -> Path:
        """What the counter does with it."""
        return path_of(self.modes)


@cache
def all_items(folder: FilePath = FOLDER) -> tuple[Item, ...]:
    """Every item, in the order of the list; a file that is not in order is `InvalidItem`."""
    rows = csv_rows.read(folder / LIST, COLUMNS)
    places = csv_rows.read(folder / PLACES, PLACE_COLUMNS)
    if extra := next((code for code in places if code not in rows), None):
        raise InvalidItem(PLACES, extra, "is no item of the list")
    items = (_item(row, _place(places, row["seq"])) for row in rows.values())
    return tuple(sorted(items, key=lambda item: int(item.code)))


def by_code(code: str, folder: FilePath = FOLDER) -> Item:
    """The item with this number in the national list, e.g. "59"."""
    for item in all_items(folder):
        if item.code == code:
            return item
    raise UnknownItem(code)


def _place(places: Mapping[str, Mapping[str, str]], code: str) -> Mapping[str, str]:
    if code not in places:
        raise InvalidItem(PLACES, code, "is missing")
    return places[code]


def _item(row: Mapping[str, str], place: Mapping[str, str]) -> Item:
    return Item(
        code=_code(row),
        title=row["name"],
        scenario=row["scenario"],
        modes=_modes(row),
        mode_text=row["mode_text"],
        basis_place=_one_of(BasisPlace, PLACES, place, "basis_place"),
        basis_words=place["read_from"],
        batch=row["batch"],
        batch_no=row["batch_no"],
        lead_ministry=row["lead_ministry"],
        cooperating_ministries=tuple(filter(None, row["cooperating_ministries"].split("、"))),
        provincial_department=row["provincial_department"],
        due_text=row["due_text"],
        status=_one_of(Status, LIST, row, "status"),
        source=SOURCE,
        source_date=SOURCE_DATE,
    )


def _code(row: Mapping[str, str]) -> str:
    code = row["seq"]
    if not (code.isascii() and code.isdigit()) or code.startswith("0"):
        raise InvalidItem(LIST, f"{code}.seq", "is not a number of the national list")
    return code


def _modes(row: Mapping[str, str]) -> tuple[Mode, ...]:
    key = f"{row['seq']}.modes"
    try:
        modes = tuple(Mode(mode) for mode in row["modes"].split("|"))
        path_of(modes)
    except NoPath as error:
        raise InvalidItem(LIST, key, f"{error} leads to no path") from error
    except ValueError as error:
        raise InvalidItem(LIST, key, f"is none of {', '.join(Mode)}") from error
    return modes


def _one_of(kinds: type[E], file: str, row: Mapping[str, str], column: str) -> E:
    try:
        return kinds(row[column])
    except ValueError as error:
        raise InvalidItem(file, f"{row['seq']}.{column}", f"is none of {', '.join(kinds)}") from error
