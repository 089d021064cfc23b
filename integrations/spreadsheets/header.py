"""Finding the columns one needs in a sheet, whatever their order, and telling all that is wrong at once.

A header may have two rows, groups over names. A column is then known by `group/name` and by its name alone;
where the lower cell is empty, by the upper one. Merged cells make no difference to one who reads the names.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from integrations.spreadsheets.errors import ColumnFault, FaultKind, HeaderFault
from integrations.spreadsheets.sheet import Sheet

DEPTH = 10
"""Rows from the first one with text in which a header is looked for."""

_MARKS = str.maketrans("", "", "*:")


@dataclass(frozen=True)
class Column:
    """A column we look for: the name its cells are given under, and other names it may have in a file."""

    name: str
    aliases: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True)
class Line:
    """One row of data by column name, with its number as Excel shows it; an absent column is empty text."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """The rows of data, and what of the header was not asked for (`ignored`) or not there (`absent`)."""

    lines: tuple[Line, ...]
    header_number: int
    ignored: tuple[str, ...]
    absent: tuple[str, ...]


@dataclass(frozen=True)
class _Header:
    """One row taken for the header: where each wanted column stands, and what else is there."""

    index: int
    places: dict[str, list[int]]
    others: tuple[str, ...]


def columns(sheet: Sheet, spec: Sequence[Column]) -> Table:
    """The sheet as a table of the wanted columns; rows in which all of these are empty are left out."""
    wanted = {_key(name): column.name for column in spec for name in (column.name, *column.aliases)}
    # The row that has most of them; of equals, the first.
    header = max(_headers(sheet, wanted), key=lambda candidate: len(candidate.places))
    number = sheet.first_row_number + header.index if header.places else 0
    if faults := tuple(_faults(header, spec)):
        raise HeaderFault(faults, line=number)
    return Table(
        lines=tuple(_lines(sheet, header, spec)),
        header_number=number,
        ignored=header.others,
        absent=tuple(column.name for column in spec if column.name not in header.places),
    )


def _headers(sheet: Sheet, wanted: dict[str, str]) -> Iterator[_Header]:
    groups = _groups(sheet)
    above: tuple[str, ...] = ("",) * len(sheet.rows[0])
    for index, row in enumerate(sheet.rows[:DEPTH]):
        places: dict[str, list[int]] = {}
        others = []
        for place, (upper, lower) in enumerate(zip(above, row, strict=True)):
            names = (f"{upper}/{lower}", lower) if lower else (upper,)
            name = next((wanted[key] for key in map(_key, names) if key in wanted), "")
            if name:
                places.setdefault(name, []).append(place)
            elif names[-1]:
                others.append(names[-1])
        yield _Header(index, places, tuple(others))
        above = tuple(groups.get((index, place), text) for place, text in enumerate(row))


def _groups(sheet: Sheet) -> dict[tuple[int, int], str]:
    """What stands over the places of a header that are merged sideways, by index of row and column."""
    groups: dict[tuple[int, int], str] = {}
    width = len(sheet.rows[0])
    for area in sheet.areas:
        top, bottom = area.top - sheet.first_row_number, area.bottom - sheet.first_row_number
        places = range(area.left - 1, min(area.right, width))
        for index in range(top, min(bottom + 1, len(sheet.rows), DEPTH)) if top >= 0 else ():
            groups |= {(index, place): sheet.rows[top][area.left - 1] for place in places}
    return groups


def _faults(header: _Header, spec: Sequence[Column]) -> Iterator[ColumnFault]:
    for column in spec:
        places = header.places.get(column.name, [])
        # A row that has none of the columns is no header, even if each of them could be missed.
        if not places and (column.required or not header.places):
            yield ColumnFault(FaultKind.MISSING, column.name)
        if len(places) > 1:
            yield ColumnFault(FaultKind.DOUBLED, column.name, tuple(map(letters, places)))


def _lines(sheet: Sheet, header: _Header, spec: Sequence[Column]) -> Iterator[Line]:
    places = {name: found[0] for name, found in header.places.items()}
    head = [_key(sheet.rows[header.index][place]) for place in places.values()]
    for index, (number, row) in enumerate(sheet.numbered()):
        texts = [row[place] for place in places.values()]
        # A header merged downwards fills further rows; printed lists repeat it on every page.
        if index <= header.index or not any(texts) or [_key(text) for text in texts] == head:
            continue
        yield Line(number, {column.name: "" for column in spec} | dict(zip(places, texts, strict=True)))


def letters(place: int) -> str:
    """The letters Excel shows over a column, counted from 0."""
    upper, lower = divmod(place, 26)
    return (letters(upper - 1) if upper else "") + chr(ord("A") + lower)


def _key(name: str) -> str:
    """A column's name without what people add or vary: blanks, full width, marks of a required field."""
    folded = unicodedata.normalize("NFKC", name).casefold().translate(_MARKS)
    return "".join(folded.split())
