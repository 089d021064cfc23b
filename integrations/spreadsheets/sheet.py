"""A sheet as plain text cells, and the grid it is gathered in, whatever kind of file it came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from integrations.spreadsheets.errors import Reason, SpreadsheetError
from integrations.spreadsheets.limits import USUAL

MAX_ROWS = USUAL.rows
MAX_COLUMNS = 200
MAX_CELL = 32_767
"""Characters in a cell: what Excel can hold."""

FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters no XML can hold, and no text file has; line feeds, tabs and page breaks are not among them."""

_BREAKS = re.compile(r"\r\n?|[\v\f]")
_BLANK = (
    "\t\n \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029"
    "\u202f\u205f\u3000\u200b\ufeff"
)

_HARMLESS = 256
_PILE = re.compile(rb"[^\x00]{31}")
"""More marks on one character than UAX #15 (stream-safe text) allows, by their combining classes."""
# Three Tibetan signs that are no marks by their class, and consist of nothing else.
_MARKS_WITHIN = {0x0F73: 0x0F71, 0x0F75: 0x0F71, 0x0F81: 0x0F71}


@dataclass(frozen=True)
class Area:
    """A merged area (合并单元格), its edges counted from 1 and included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """The cells of one sheet, all rows of one length, from the first row to the last that has any text.

    Cells merged downwards are filled; those merged sideways are not, but told in `areas`. Read as they stand,
    none is filled and all are told.
    """

    rows: tuple[tuple[str, ...], ...]
    first_row_number: int = 1
    name: str = ""
    areas: tuple[Area, ...] = ()

    def numbered(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Each row with its number as Excel shows it."""
        return enumerate(self.rows, self.first_row_number)


def tidy(text: str) -> str:
    """A cell's text as we keep it: NFC, one kind of line break, nothing blank around it."""
    text = _BREAKS.sub("\n", text).strip(_BLANK)
    return text if _is_piled(text) else unicodedata.normalize("NFC", text)


def writable(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[list[str]]:
    """The rows to write, header first, tidied as `read` will give them; refused if it could not read them."""
    lines = []
    for number, row in enumerate([header, *rows], 1):
        line = [tidy(text) for text in row]
        _check(number, line)
        if any(FORBIDDEN.search(text) for text in line):
            raise SpreadsheetError(Reason.CHARACTER, line=number)
        lines.append(line)
    return lines


class Grid:
    """Gathers cells or rows in any order and refuses what is beyond the limits; empty cells cost nothing."""

    def __init__(self, most: int = MAX_ROWS) -> None:
        self._most = most
        self._rows: dict[int, list[str]] = {}

    def put(self, row: int, column: int, text: str) -> None:
        """One cell, counted from 1."""
        if not text:
            return
        if column > MAX_COLUMNS:
            raise SpreadsheetError(Reason.TOO_MANY_COLUMNS, line=row)
        _check(row, [text], self._most)
        line = self._rows.setdefault(row, [])
        line.extend([""] * (column - len(line)))
        line[column - 1] = text

    def put_row(self, row: int, cells: list[str]) -> None:
        """A whole row; the list is kept."""
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            _check(row, cells, self._most)
            self._rows[row] = cells

    def is_empty(self) -> bool:
        """Whether no cell with text has come."""
        return not self._rows

    def sheet(self, name: str = "", areas: Sequence[Area] = (), *, filled: bool = True) -> Sheet:
        """What was gathered; an empty grid is an error. Not `filled`, merged cells are left as they stand."""
        if not self._rows:
            raise SpreadsheetError(Reason.EMPTY)
        first, last = min(self._rows), max(self._rows)
        width = max(map(len, self._rows.values()))
        self._refuse_overlaps(areas, last, width)
        if filled:
            self._fill(areas, last)
            areas = [area for area in areas if area.left < area.right]
        blank = ("",) * width
        # Each row leaves the grid as it is taken: a large one would else lie there twice.
        lines = (self._rows.pop(number, None) for number in range(first, last + 1))
        rows = tuple((*line, *blank[len(line) :]) if line else blank for line in lines)
        return Sheet(rows, first, name, tuple(areas))

    def _refuse_overlaps(self, areas: Sequence[Area], last: int, width: int) -> None:
        covered = 0
        for area in areas:
            bottom, right = min(area.bottom, last), min(area.right, width)
            covered += max(0, bottom - area.top + 1) * max(0, right - area.left + 1)
            # Areas that do not overlap cover no more than there is; others would keep us busy for hours.
            if covered > last * width:
                raise SpreadsheetError(Reason.DAMAGED, "merged areas overlap", line=area.top)

    def _fill(self, areas: Sequence[Area], last: int) -> None:
        for area in areas:
            bottom = min(area.bottom, last)
            text = self._at(area.top, area.left)
            for row in range(area.top + 1, bottom + 1) if text else ():
                self.put(row, area.left, self._at(row, area.left) or text)

    def _at(self, row: int, column: int) -> str:
        line = self._rows.get(row, ())
        return line[column - 1] if column <= len(line) else ""


def _is_piled(text: str) -> bool:
    # Python sorts a pile of marks in a time that grows with its square: a cell full of them takes seconds, a
    # file full of such cells would take hours. No language piles so many; such a text stays as it is.
    if len(text) < _HARMLESS or text.isascii():
        return False
    return _PILE.search(bytes(map(unicodedata.combining, text.translate(_MARKS_WITHIN)))) is not None


def _check(number: int, cells: Sequence[str], most: int = MAX_ROWS) -> None:
    if number > most:
        raise SpreadsheetError(Reason.TOO_MANY_ROWS, line=number)
    if len(cells) > MAX_COLUMNS:
        raise SpreadsheetError(Reason.TOO_MANY_COLUMNS, line=number)
    if any(len(text) > MAX_CELL for text in cells):
        raise SpreadsheetError(Reason.CELL_TOO_LONG, line=number)
