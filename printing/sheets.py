"""A4 and A5 papers: a list of plain parts in, PDF bytes out, the same bytes for the same parts.

How each kind of part looks is told in `blocks.py`; here are the page, its foot, its watermark and the order.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import takewhile
from typing import Any

from reportlab.lib.pagesizes import A4, A5
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    PageTemplate,
)

from printing import barcodes, blocks, fonts, inks

Part = tuple[str, tuple[tuple[str, ...], ...]]
"""(kind, rows of cells), as `forms.documents.fill` gives them."""

_FOOT = 9 * mm
_FINE = 8.0
_COPY = 10.5
_COUNT = 14 * mm
#: What is short enough to go over to the next page with the signatures below it.
_SIGNED = ("notes", "paragraph", "fields", "qr")


class UnknownPart(ValueError):
    """A part of a kind no sheet can draw, or with rows of another shape than its kind has."""


class UnknownPage(ValueError):
    """A page size we have no layout for."""


@dataclass(frozen=True)
class _Page:
    size: tuple[float, float]
    margin: float
    dpi: int = 203

    @property
    def width(self) -> float:
        """What is left between the margins."""
        return self.size[0] - 2 * self.margin

    @property
    def room(self) -> blocks.Room:
        """What each part is drawn for."""
        return blocks.Room(self.width, self.dpi)

    def frame(self) -> Frame:
        """Where the text runs: the page without its margins, and no padding of reportlab's own."""
        room = (self.margin, self.margin, self.width, self.size[1] - 2 * self.margin)
        return Frame(*room, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


_PAGES = {"A4": _Page(A4, 20 * mm), "A5": _Page(A5, 13 * mm)}


def render(
    parts: Sequence[Part],
    *,
    page: str,
    watermark: str | None = None,
    footer: str = "",
    dpi: int = 203,
    copies: Sequence[str] = (),
) -> bytes:
    """The PDF of a paper; `footer` stands at the foot of each page, by default the first code's number.

    `dpi` is the printer's: bars are drawn in its whole dots, so another resolution is another file. With
    `copies` the whole paper comes once for each, its pages marked with that name.
    """
    if page not in _PAGES:
        raise UnknownPage(page)
    with inks.PRESS:
        sheet = replace(_PAGES[page], dpi=dpi)
        return _printed(parts, sheet, copies, watermark=watermark or "", footer=footer)


def _printed(
    parts: Sequence[Part], sheet: _Page, copies: Sequence[str], *, watermark: str, footer: str
) -> bytes:
    output = io.BytesIO()
    title = fonts.printable(_first(parts, "title"))
    document = BaseDocTemplate(output, pagesize=sheet.size, title=title, **inks.settings())
    below = partial(_below, sheet=sheet, watermark=watermark)
    document.addPageTemplates(PageTemplate(frames=[sheet.frame()], onPage=below))
    around = partial(_around, sheet=sheet, footer=footer or barcodes.grouped(_first(parts, "code")))
    canvas = partial(_Canvas, copies=copies or [""], around=around)
    document.build(list(_story(parts, sheet.room)), canvasmaker=canvas)
    return output.getvalue()


def _story(parts: Sequence[Part], room: blocks.Room) -> Iterator[Flowable]:
    """The sheet, and after each tear line a slip that stays in one piece where a page can hold it."""
    slips: list[list[Part]] = [[]]
    for part in parts:
        if part[0] == "tear":
            slips.append([])
        slips[-1].append(part)
    yield from _composed(slips[0], room)
    for slip in slips[1:]:
        yield KeepTogether([blocks.tear(), *_composed(slip[1:], room)])


def _composed(parts: Sequence[Part], room: blocks.Room) -> Iterator[Flowable]:
    """Paragraphs and codes before the title make up its head: sender left, bars right; the rest runs down."""
    head = list(takewhile(lambda part: part[0] in ("paragraph", "code"), parts))
    if len(head) == len(parts) or parts[len(head)][0] != "title":
        head = []
    if head:
        names = [row[0] for kind, rows in head if kind == "paragraph" for row in rows]
        codes = [row for kind, rows in head if kind == "code" for row in rows]
        yield from blocks.head(names, codes, room)
    body = parts[len(head) :]
    for at, (kind, rows) in enumerate(body):
        if kind == "heading":
            yield CondPageBreak(40 * mm)
        drawn = _drawn(kind, rows, room)
        if kind in _SIGNED and body[at + 1 : at + 2] and body[at + 1][0] == "signatures":
            # Nobody signs a page on which nothing stands.
            drawn[-1].keepWithNext = True
        yield from drawn


def _drawn(kind: str, rows: Sequence[Sequence[str]], room: blocks.Room) -> list[Flowable]:
    if kind not in blocks.KINDS:
        raise UnknownPart(f"no part of kind {kind!r}")
    cells, draw = blocks.KINDS[kind]
    if not rows or any(len(row) != (cells or len(rows[0])) for row in rows):
        raise UnknownPart(f"{kind}: no rows, or rows of a wrong length")
    return draw([[fonts.printable(cell) for cell in row] for row in rows], room)


def _below(canvas: Canvas, document: BaseDocTemplate, *, sheet: _Page, watermark: str) -> None:
    inks.sign(canvas, document.title or "")
    inks.watermark(canvas, watermark, box=(0, 0, *sheet.size), degrees=45)


def _around(canvas: Canvas, copy: str, number: int, total: int, *, sheet: _Page, footer: str) -> None:
    """What each page has besides its text: whose copy above, number and page at the foot."""
    right, base = sheet.size[0] - sheet.margin, _FOOT
    canvas.saveState()
    canvas.setStrokeColor(inks.RULE)
    canvas.setLineWidth(0.4)
    canvas.line(sheet.margin, base + 12, right, base + 12)
    canvas.setFillColor(inks.GREY)
    canvas.setFont(fonts.name(), _COPY)
    canvas.drawRightString(right, sheet.size[1] - 0.62 * sheet.margin, fonts.printable(copy))
    text = fonts.printable(footer)
    room = sheet.width - 2 * _COUNT
    canvas.setFont(fonts.name(), min(_FINE, _FINE * room / (fonts.width(text, _FINE) or 1)))
    canvas.drawString(sheet.margin, base, text)
    canvas.setFont(fonts.name(), _FINE)
    canvas.drawRightString(right - _COUNT, base, f"第 {number} 页")
    canvas.drawRightString(right, base, f"共 {total} 页")
    canvas.restoreState()


class _Canvas(inks.Paper):
    """A canvas that sets the pages once and writes them for each copy (联), once they can be counted."""

    _code: list[str]

    def __init__(self, *args: Any, copies: Sequence[str], around: Callable[..., None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._copies, self._around = copies, around
        self._texts: list[list[str]] = []

    def showPage(self) -> None:  # noqa: N802 - reportlab's
        """Put the page's text aside."""
        self._texts.append(self._code)
        self._startPage()  # type: ignore[attr-defined]  # the stubs leave it out

    def save(self) -> None:
        """Write all pages, copy by copy, then finish the file."""
        for copy in self._copies:
            for number, text in enumerate(self._texts, 1):
                self._code = list(text)
                self._around(self, copy, number, len(self._texts))
                super().showPage()
        super().save()


def _first(parts: Sequence[Part], kind: str) -> str:
    """The first cell of the first part of a kind, or nothing."""
    return next((rows[0][0] for part, rows in parts if part == kind and rows), "")
