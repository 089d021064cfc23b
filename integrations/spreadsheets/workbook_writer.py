"""Writing XLSX with openpyxl: every cell is text, and the same table gives the same bytes."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from integrations.spreadsheets.errors import Reason, SpreadsheetError
from integrations.spreadsheets.escapes import escaped
from integrations.spreadsheets.sheet import FORBIDDEN, MAX_CELL, tidy, writable

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip can tell; openpyxl would write the present one."""
_CORE = "docProps/core.xml"
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\s]+")
_TITLE = 31
_NARROW, _WIDE = 8, 60
_MEASURED = 200
"""Rows looked at for the width of columns."""


def write_xlsx(header: Sequence[str], rows: Iterable[Sequence[str]], *, title: str) -> bytes:
    """A table as a workbook of one sheet; long numbers keep all digits and no text becomes a formula."""
    # Imported here: loading it takes longer than a command that writes no workbook takes to run.
    from openpyxl import Workbook
    from openpyxl.styles import Font

    lines = writable(header, rows)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _sheet_title(title)
    sheet.freeze_panes = "A2"
    _set_widths(sheet, lines[:_MEASURED])
    for row, line in enumerate(lines, 1):
        for column, text in enumerate(line, 1):
            _put(sheet.cell(row, column), text)
    for head in sheet[1]:
        head.font = Font(bold=True)
    output = io.BytesIO()
    book.save(output)
    return _dated(output.getvalue(), title)


def _put(cell: Cell | MergedCell, text: str) -> None:
    if len(value := escaped(text)) > MAX_CELL:
        raise SpreadsheetError(Reason.CELL_TOO_LONG, line=cell.row or 0)
    cell.value = value or None
    # openpyxl has just taken `=1+1` for a formula and `#N/A` for an error.
    cell.data_type = "s"
    cell.number_format = "@"


def _set_widths(sheet: Worksheet, lines: Sequence[Sequence[str]]) -> None:
    from openpyxl.utils import get_column_letter

    for column in range(max(map(len, lines), default=0)):
        cells = (line[column] for line in lines if column < len(line))
        width = max(map(_width, cells)) + 2
        sheet.column_dimensions[get_column_letter(column + 1)].width = min(max(width, _NARROW), _WIDE)


def _width(text: str) -> int:
    """The room of the longest line, a Chinese character counted twice."""
    return max(
        sum(2 if unicodedata.east_asian_width(mark) in "FW" else 1 for mark in line[:_WIDE])
        for line in text.split("\n")
    )


def _sheet_title(title: str) -> str:
    """The title without what Excel does not allow in the name of a sheet."""
    allowed = _NOT_IN_TITLES.sub(" ", FORBIDDEN.sub("", tidy(title)))
    return allowed[:_TITLE].strip("' ") or "Sheet1"


def _dated(content: bytes, title: str) -> bytes:
    """The same workbook with a fixed date in every place that has one."""
    from openpyxl.packaging.core import DocumentProperties
    from openpyxl.xml.functions import tostring

    then = datetime(*_EPOCH)  # noqa: DTZ001  # the format has no zone
    named = FORBIDDEN.sub("", tidy(title))
    properties = DocumentProperties(creator="workstation", title=named, created=then, modified=then)
    core = tostring(properties.to_tree())
    output = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as made,
        zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as fixed,
    ):
        for name in made.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            fixed.writestr(entry, core if name == _CORE else made.read(name))
    return output.getvalue()
