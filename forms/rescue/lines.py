"""The lines of an old 台账 under its heads: taken with what is damaged, or left out with the reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from forms.identifiers import InvalidIdentifier, citizen_id
from forms.rescue import damage, heads
from forms.rescue.damage import Damage, Kind
from forms.rescue.heads import SEVERAL, Area, Heads


class Why(StrEnum):
    """Why a line is left out."""

    EMPTY = "empty"
    """Nothing stands in the columns that are taken."""
    TOTAL = "total"
    HEADS = "heads"
    """The heads once more, as printed lists have them on every page."""


@dataclass(frozen=True)
class Column:
    """What a column of the file is here."""

    field: str
    down: bool = False
    """Whether what stands in a merged cell is copied down."""


@dataclass(frozen=True)
class Taken:
    """A line as it was read: cells by field, those of `SEVERAL` put together; `flags` are `field:kind`."""

    number: int
    cells: Mapping[str, str]
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Left:
    """A line that is left out."""

    number: int
    why: Why


@dataclass(frozen=True)
class Table:
    """The cells of a sheet, its merged areas, and its heads."""

    rows: Sequence[Sequence[str]]
    first: int
    """The number of the first row."""
    areas: Sequence[Area]
    heads: Heads

    @property
    def count(self) -> int:
        """How many rows stand under the heads."""
        return len(self.rows) - self.heads.row - 1


_TOTAL = re.compile(r"(?:本[页月季年日周]|累|总)?(?:合|小|总|共|累)\s*计[:：]?")
_PHONE = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")
_LIKE_ID = re.compile(r"[0-9]{6}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]")
_CODE = re.compile(r"[^0-9]{0,8}[0-9][0-9A-Z_/.:()\[\]〔〕【】第号字年月日期批+-]{0,48}")


def read(table: Table, columns: Mapping[str, Column]) -> Iterator[Taken | Left]:
    """Every line under the heads, in order."""
    reader = _Reader(table, columns)
    merged = _Merged(table.areas)
    for index in range(table.heads.row + 1, len(table.rows)):
        number = table.first + index
        covered = merged.at(number)
        why = reader.why_not(table.rows[index])
        yield Left(number, why) if why else reader.line(number, table.rows[index], covered)


def may_stand_in_clear(text: str) -> bool:
    """Whether a cell is a code and no person's: old numbers are kept in clear to be found by."""
    bare = damage.folded(text).upper()
    if not _CODE.fullmatch(bare) or _PHONE.search(bare) or _LIKE_ID.search(bare):
        return False
    try:
        citizen_id.validate(bare)
    except InvalidIdentifier:
        return True
    return False


class _Reader:
    """Reads lines by a mapping; looks once which columns of days are serial numbers throughout."""

    def __init__(self, table: Table, columns: Mapping[str, Column]) -> None:
        self._table = table
        self._columns = [
            (at, head, columns[head]) for at, head in table.heads.names.items() if head in columns
        ]
        self._places = [at for at, _, _ in self._columns]
        self._kinds = {at: heads.kind(column.field, head) for at, head, column in self._columns}
        self._several = sum(column.field == SEVERAL for _, _, column in self._columns) > 1
        head_rows = table.rows[table.heads.top : table.heads.row + 1]
        self._heads = [[heads.key(cell) for cell in row] for row in head_rows]
        self._first_heads = {next(filter(None, row)) for row in self._heads}
        self._serial = {at for at, kind in self._kinds.items() if kind is Kind.DATE and self._is_serial(at)}

    def why_not(self, row: Sequence[str]) -> Why | None:
        """Why a row is no line."""
        if not any(row[at] for at in self._places):
            return Why.EMPTY
        first = next(cell for cell in row if cell)
        if _TOTAL.fullmatch(unicodedata.normalize("NFKC", first)):
            return Why.TOTAL
        if heads.key(first) in self._first_heads and [heads.key(cell) for cell in row] in self._heads:
            return Why.HEADS
        return None

    def line(self, number: int, row: Sequence[str], covered: Mapping[int, Area]) -> Taken:
        """A row as a line."""
        cells: dict[str, str] = {}
        flags: dict[str, None] = {}
        for at, head, column in self._columns:
            area = covered.get(at)
            text = self._above(at, area) if area and column.down and not row[at] else row[at]
            told = [Damage.MERGED] if area and not row[at] else []
            told += damage.found(self._kinds[at], text)
            flags |= dict.fromkeys(f"{column.field}:{each}" for each in told)
            self._put(cells, head, column.field, self._day(at, text))
        flags |= dict.fromkeys(f"{field}:{Damage.MOVED}" for field in _moved(cells))
        return Taken(number, cells, tuple(flags))

    def _put(self, cells: dict[str, str], head: str, field: str, text: str) -> None:
        if not text:
            return
        if field == SEVERAL and self._several:
            text = f"{head}：{text}"
        cells[field] = f"{cells[field]}；{text}" if field in cells else text

    def _day(self, at: int, text: str) -> str:
        """A day as we write it; what names none stays as it is."""
        if self._kinds[at] is not Kind.DATE:
            return text
        if at in self._serial and damage.is_serial(text):
            return damage.day_of_serial(text)
        return damage.day(text) or text

    def _is_serial(self, at: int) -> bool:
        """Whether all that stands in a column of days are serial numbers; #N/A and formulas say nothing."""
        table, seen = self._table, False
        for row in table.rows[table.heads.row + 1 :]:
            text = row[at]
            if not text or text.startswith(("#", "=")) or self.why_not(row):
                continue
            if not damage.is_serial(text):
                return False
            seen = True
        return seen

    def _above(self, at: int, area: Area) -> str:
        """What stands in the first cell of an area that goes down this column."""
        if area.left - 1 != at or area.top <= self._table.first + self._table.heads.row:
            return ""
        return self._table.rows[area.top - self._table.first][at]


def _moved(cells: dict[str, str]) -> list[str]:
    """Put what may not stand in clear to the remark, which is encrypted; gives the fields."""
    moved = [
        field
        for field, kind in heads.KINDS.items()
        if kind in (Kind.NUMBER, Kind.WAYBILL, Kind.DATE)
        if cells.get(field) and not _is_harmless(kind, cells[field])
    ]
    for field in moved:
        text = cells.pop(field)
        cells[SEVERAL] = f"{cells[SEVERAL]}；{text}" if SEVERAL in cells else text
    return moved


def _is_harmless(kind: Kind, text: str) -> bool:
    return may_stand_in_clear(text) or damage.found(kind, text) == (Damage.ERROR_VALUE,)


class _Merged:
    """The merged areas by row; asked row by row, downwards."""

    def __init__(self, areas: Sequence[Area]) -> None:
        self._coming = sorted(areas, key=lambda area: area.top, reverse=True)
        self._here: list[Area] = []

    def at(self, number: int) -> dict[int, Area]:
        """The areas that cover this row, by index of column."""
        while self._coming and self._coming[-1].top <= number:
            self._here.append(self._coming.pop())
        self._here = [area for area in self._here if area.bottom >= number]
        return {
            column - 1: area
            for area in self._here
            for column in range(area.left, min(area.right, _WIDEST) + 1)
            if (number, column) != (area.top, area.left)
        }


_WIDEST = 256
