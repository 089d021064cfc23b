"""Text tables (CSV): encoding and delimiter are found, quotes are strict; written so that Excel opens them.

A text that a spreadsheet program would run as a formula is written with a `'` before it, and read without.
Excel itself rounds long numbers when it opens a CSV; a table meant for it is better written as XLSX.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence

from integrations.spreadsheets.errors import Reason, SpreadsheetError
from integrations.spreadsheets.sheet import FORBIDDEN, MAX_ROWS, Grid, Sheet, tidy, writable

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# None of these bytes is part of a character in UTF-8 or GB18030.
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_MARKUP = ("<!doctype", "<html", "<head", "<meta", "<table", "<?xml", "{\\rtf")

_DELIMITERS = ",\t;"
_QUOTED = re.compile(r'"[^"]*(?:"|\Z)')
_HEAD = 65_536
_HEAD_LINES = 10

# What begins a formula, in the full width that Chinese and Japanese keyboards give too; and, so that nothing
# is lost when it is taken off again, the same with marks already before it.
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")


def read(content: bytes, most: int = MAX_ROWS) -> Sheet:
    """The table in a text file."""
    text = _decoded(content)
    if text.lstrip()[:20].casefold().startswith(_MARKUP):
        raise SpreadsheetError(Reason.UNKNOWN_FORMAT, "markup")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    grid = Grid(most)
    number = 0
    try:
        for number, cells in enumerate(lines, 1):
            if cells:
                grid.put_row(number, [cell and tidy(_bare(cell)) for cell in cells])
    except csv.Error as fault:
        long = str(fault).startswith("field larger")
        raise SpreadsheetError(Reason.CELL_TOO_LONG if long else Reason.QUOTES, line=number + 1) from fault
    return grid.sheet()


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as CSV in UTF-8 with the byte order mark that Excel needs; no cell is ever a formula."""
    output = io.StringIO()
    # Quoting everything keeps a semicolon in the header from being taken for the delimiter.
    writer = csv.writer(output, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for line in writable(header, rows):
        writer.writerow([_guarded(text) for text in line])
    return output.getvalue().encode("utf-8-sig")


def _decoded(content: bytes) -> str:
    if content.startswith(_UTF_16):
        text = _strictly(content, "utf-16")
    elif _CONTROL.search(content):
        raise SpreadsheetError(Reason.BINARY)
    else:
        text = _strictly(content, "utf-8-sig", "gb18030")
    if FORBIDDEN.search(text):
        raise SpreadsheetError(Reason.BINARY)
    return text


def _strictly(content: bytes, *encodings: str) -> str:
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SpreadsheetError(Reason.ENCODING)


def _delimiter(text: str) -> str:
    """The delimiter that the first line with any of them has most of, not counting quoted text."""
    lines = _QUOTED.sub("", text[:_HEAD]).splitlines()[:_HEAD_LINES]
    counts = ([line.count(mark) for mark in _DELIMITERS] for line in lines)
    most = next((count for count in counts if any(count)), [1])
    return _DELIMITERS[most.index(max(most))]


def _guarded(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _bare(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
