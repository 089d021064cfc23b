"""What can be wrong with a table file; ids for machines, never a cell's text, so it may be logged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a file cannot be read, or a table not be written."""

    UNREADABLE = "unreadable"
    """The path cannot be opened, or is no plain file; the detail is the system's word."""
    TOO_LARGE = "too_large"
    """More bytes than we read; refused before reading."""
    EMPTY = "empty"
    """No cell with text in it."""
    BINARY = "binary"
    """Neither a workbook nor text: a picture, a PDF, a program."""
    ENCODING = "encoding"
    """Text, but neither UTF-8, nor UTF-16 with a byte order mark, nor GB18030."""
    UNKNOWN_FORMAT = "unknown_format"
    """Something else we know of: a web page saved as .xls, a Word file, an OpenDocument sheet."""
    OLD_FORMAT = "old_format"
    """An Office file of the kind before 2007 (.xls)."""
    ENCRYPTED = "encrypted"
    """Protected by a password."""
    MACRO = "macro"
    """A workbook with programs in it (.xlsm)."""
    DAMAGED = "damaged"
    """A workbook that breaks the rules of its own format."""
    ZIP_BOMB = "zip_bomb"
    """A workbook that would unpack to much more than it looks."""
    ENTITIES = "entities"
    """XML that declares entities, as no spreadsheet program writes it."""
    QUOTES = "quotes"
    """A quotation mark in a text file that is not closed, or closed too early."""
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    CELL_TOO_LONG = "cell_too_long"
    """More characters than a cell of Excel can hold."""
    CHARACTER = "character"
    """Writing only: a control character, which no spreadsheet can hold."""
    NO_SUCH_SHEET = "no_such_sheet"
    """The sheet asked for by name is not there."""
    HEADER = "header"
    """The columns are not those we need; see `HeaderFault`."""


class FaultKind(StrEnum):
    """What can be wrong with one column of a header."""

    MISSING = "missing"
    DOUBLED = "doubled"


class SpreadsheetError(Exception):
    """A table cannot be read or written; `line` is the row as Excel counts it, 0 where none is to blame."""

    def __init__(self, reason: Reason, detail: str = "", *, line: int = 0) -> None:
        place = f"row {line}: " if line else ""
        super().__init__(f"{place}{reason}" + (f" ({detail})" if detail else ""))
        self.reason = reason
        self.detail = detail
        self.line = line


@dataclass(frozen=True)
class ColumnFault:
    """A column that is missing, or stands there more than once; `places` are letters as Excel shows them."""

    kind: FaultKind
    column: str
    places: tuple[str, ...] = ()


class HeaderFault(SpreadsheetError):
    """The header lacks or doubles columns: all faults at once; `line` is 0 when there is none at all."""

    def __init__(self, faults: tuple[ColumnFault, ...], *, line: int = 0) -> None:
        named = ", ".join(f"{fault.kind} {fault.column}" for fault in faults)
        super().__init__(Reason.HEADER, named, line=line)
        self.faults = faults
