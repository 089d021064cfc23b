"""Workbooks made part by part, so that a test can say in XML what no spreadsheet program would write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
WORKBOOK = "xl/workbook.xml"


def a_book(*rows: str, after: str = "", parts: Mapping[str, str] | None = None) -> bytes:
    """A workbook of one sheet; each row is given by the XML of its cells."""
    return zipped(book_parts(*rows, after=after) | dict(parts or {}))


def book_parts(*rows: str, after: str = "") -> dict[str, str]:
    """The parts such a workbook has."""
    body = "".join(f'<row r="{number}">{cells}</row>' for number, cells in enumerate(rows, 1))
    return {
        "_rels/.rels": links({"rId1": ("officeDocument", WORKBOOK)}),
        WORKBOOK: workbook(("一", "rId1", "")),
        "xl/_rels/workbook.xml.rels": links(
            {
                "rId1": ("worksheet", "worksheets/sheet1.xml"),
                "rId2": ("sharedStrings", "sharedStrings.xml"),
                "rId3": ("styles", "styles.xml"),
            }
        ),
        SHEET: worksheet(body, after),
    }


def worksheet(body: str, after: str = "") -> str:
    """A worksheet part."""
    return f'<worksheet xmlns="{SPREADSHEET}"><sheetData>{body}</sheetData>{after}</worksheet>'


def workbook(*sheets: tuple[str, str, str], properties: str = "") -> str:
    """A workbook part: name, link and further attributes of each sheet."""
    listed = "".join(f'<sheet name="{name}" r:id="{link}" {more}/>' for name, link, more in sheets)
    spaces = f'xmlns="{SPREADSHEET}" xmlns:r="{OFFICE}"'
    return f"<workbook {spaces}><workbookPr {properties}/><sheets>{listed}</sheets></workbook>"


def links(targets: Mapping[str, tuple[str, str]]) -> str:
    """A part that tells what another one refers to."""
    listed = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{listed}</Relationships>'


def strings(*texts: str) -> str:
    """The part of shared texts; each is given by its XML."""
    return f'<sst xmlns="{SPREADSHEET}">' + "".join(f"<si>{text}</si>" for text in texts) + "</sst>"


def styles(formats: Sequence[int], codes: Mapping[int, str] | None = None) -> str:
    """The part of styles: the number format of each cell style, and codes of own formats."""
    named = "".join(f'<numFmt numFmtId="{key}" formatCode="{code}"/>' for key, code in (codes or {}).items())
    cells = "".join(f'<xf numFmtId="{key}"/>' for key in formats)
    return (
        f'<styleSheet xmlns="{SPREADSHEET}"><numFmts>{named}</numFmts>'
        f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{cells}</cellXfs></styleSheet>'
    )


def zipped(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The file out of its parts."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", method) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return output.getvalue()


def text(words: str, place: str = "") -> str:
    """A cell with a text in it."""
    at = f' r="{place}"' if place else ""
    return f'<c{at} t="inlineStr"><is><t>{words}</t></is></c>'


def number(stored: str, style: int = 0) -> str:
    """A cell with a number in it."""
    return f'<c s="{style}"><v>{stored}</v></c>'


def merged(*areas: str) -> str:
    """The list of merged areas that follows the cells."""
    return "<mergeCells>" + "".join(f'<mergeCell ref="{area}"/>' for area in areas) + "</mergeCells>"
