"""Reading XLSX: which parts a workbook has, which of its sheets is wanted, and what counts as damage.

Parts are read as a stream with defusedxml, not with openpyxl's reader: that one builds each cell of a merged
area or a link's range, gives up on styles some programs write, and raises whatever its innermost line raises.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.sax import SAXException

from defusedxml.common import DefusedXmlException

from integrations.spreadsheets.errors import Reason, SpreadsheetError
from integrations.spreadsheets.limits import USUAL, Limits
from integrations.spreadsheets.number_formats import Styles
from integrations.spreadsheets.package import Package, Part, beside
from integrations.spreadsheets.sheet import Sheet
from integrations.spreadsheets.worksheet import Cells, Strings

_TRUE = ("1", "true")
# What zipfile, zlib, the XML parser and our own conversions of attributes object with.
_DAMAGE = (
    SAXException,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
)


def read(content: bytes, *, sheet: str = "", limits: Limits = USUAL, filled: bool = True) -> Sheet:
    """The sheet of that name, or the first visible one that has any text."""
    try:
        return _Workbook(Package(content, limits), limits.rows).sheet(sheet, filled=filled)
    except DefusedXmlException as fault:
        raise SpreadsheetError(Reason.ENTITIES) from fault
    except _DAMAGE as fault:
        # The fault's own words may repeat what stands in a cell.
        raise SpreadsheetError(Reason.DAMAGED, type(fault).__name__) from fault


class _Reference(NamedTuple):
    kind: str
    part: str


class _Links(Part):
    """What a part refers to, by the ids it uses."""

    def __init__(self, owner: str) -> None:
        super().__init__()
        self._owner = owner
        self.references: dict[str, _Reference] = {}

    def start(self, name: str, attributes: Mapping[str, str], /) -> None:
        """Keep the kind (the last word of its type) and the part meant."""
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            part = beside(self._owner, attributes.get("Target", ""))
            self.references[attributes.get("Id", "")] = _Reference(kind, part)

    def of_kind(self, kind: str) -> str:
        """The first part of a kind, or nothing."""
        return next((part for found, part in self.references.values() if found == kind), "")


class _Index(Part):
    """The workbook part: its sheets in order, and from when it counts days."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, bool]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: Mapping[str, str], /) -> None:
        """Keep a sheet's name, id and whether it is seen."""
        if name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in _TRUE
        elif name == "sheet":
            link = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            seen = attributes.get("state", "visible") == "visible"
            self.sheets.append((attributes.get("name", ""), link, seen))


class _Workbook:
    """One workbook, its texts and styles read once for all its sheets."""

    def __init__(self, package: Package, rows: int) -> None:
        self._package, self._rows = package, rows
        root = self._links("")
        main = root.of_kind("officeDocument") or "xl/workbook.xml"
        if main not in package or not main.endswith(".xml"):
            raise SpreadsheetError(Reason.UNKNOWN_FORMAT)
        if any(name.endswith("vbaproject.bin") for name in package.names()):
            raise SpreadsheetError(Reason.MACRO)
        self._index = _Index()
        package.parse(main, self._index)
        if not self._index.sheets:
            raise SpreadsheetError(Reason.UNKNOWN_FORMAT)
        self._parts = self._links(main)
        self._strings, self._styles = Strings(), Styles()
        package.parse(self._parts.of_kind("sharedStrings"), self._strings)
        package.parse(self._parts.of_kind("styles"), self._styles)
        self._styles.from_1904 = self._index.from_1904

    def sheet(self, wanted: str, *, filled: bool) -> Sheet:
        """The sheet wanted by name, or the first with text."""
        sheets = [pair for pair in self._worksheets(hidden=bool(wanted)) if wanted in ("", pair[0])]
        if wanted and not sheets:
            raise SpreadsheetError(Reason.NO_SUCH_SHEET, wanted)
        for name, part in sheets:
            cells = Cells(self._strings.texts, self._styles, self._rows)
            self._package.parse(part, cells)
            if not cells.grid.is_empty():
                return cells.grid.sheet(name, cells.areas, filled=filled)
        raise SpreadsheetError(Reason.EMPTY)

    def _worksheets(self, *, hidden: bool) -> Iterator[tuple[str, str]]:
        for name, link, seen in self._index.sheets:
            kind, part = self._parts.references.get(link, ("", ""))
            if kind == "worksheet" and (seen or hidden):
                if part not in self._package:
                    raise SpreadsheetError(Reason.DAMAGED, "a sheet that is not there")
                yield name, part

    def _links(self, owner: str) -> _Links:
        folder, slash, file = owner.rpartition("/")
        links = _Links(owner)
        self._package.parse(f"{folder}{slash}_rels/{file}.rels", links)
        return links
