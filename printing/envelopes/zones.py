"""The post's two zones, measured on the finished PDF: whatever was drawn, by whom and for what, is found.

Ink is what an object covers with its whole line width, white ink and watermarks included. Bounds are upright
boxes and never too small: a slanting line or a clipped one is taken for the whole box around it.
"""

import ctypes
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pypdfium2
from pypdfium2 import raw
from reportlab.lib.units import mm

from printing import inks
from printing.envelopes.stock import Box, Stock

TOLERANCE = 0.05
MACHINE, CLEAR = "machine", "clear"

_KINDS = {
    raw.FPDF_PAGEOBJ_TEXT: "text",
    raw.FPDF_PAGEOBJ_PATH: "path",
    raw.FPDF_PAGEOBJ_IMAGE: "image",
    raw.FPDF_PAGEOBJ_SHADING: "shading",
}
_DEEPEST = 64
"""Forms within forms; PDFium itself reads fewer."""


class NotMeasurable(ValueError):
    """A page is not upright and of the stock's size, so nothing on it stands where it seems to."""


@dataclass(frozen=True)
class Intrusion:
    """Something that stands in a zone of the post: on which page, what kind of thing, how far in (mm)."""

    page: int
    zone: str
    kind: str
    depth: float


class ZoneIntruded(ValueError):
    """A page has ink where the post reads or prints; the envelope must not be made."""

    def __init__(self, found: tuple[Intrusion, ...]) -> None:
        super().__init__("; ".join(f"{one.kind} {one.depth:.2f} mm in {one.zone} zone" for one in found))
        self.found = found


def refuse(pdf: bytes, stock: Stock) -> None:
    """Raise `ZoneIntruded` when anything but the six digits stands in a zone of the post."""
    if found := intrusions(pdf, stock):
        raise ZoneIntruded(found)


def intrusions(pdf: bytes, stock: Stock) -> tuple[Intrusion, ...]:
    """Everything on the finished page that reaches more than `TOLERANCE` into a zone of the post."""
    # PDFium is not made for threads; the press is already the place where one waits for the other.
    with inks.PRESS, closing(_opened(pdf)) as document:
        pages = range(len(document))
        return tuple(found for at in pages for found in _found(_page(document, at, stock), at + 1, stock))


def _opened(pdf: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise NotMeasurable("not a PDF") from error


def _page(document: Any, at: int, stock: Stock) -> Any:
    page = document[at]
    if page.get_rotation():
        raise NotMeasurable("the page is turned")
    paper = (0, 0, stock.length * mm, stock.width * mm)
    for box in (page.get_mediabox(), page.get_cropbox()):
        if any(abs(side - edge) > TOLERANCE * mm for side, edge in zip(box, paper, strict=True)):
            raise NotMeasurable("the page is not as large as the envelope")
    if raw.FPDFPage_GetAnnotCount(page):
        raise NotMeasurable("the page has annotations")
    return page


def _found(page: Any, number: int, stock: Stock) -> Iterator[Intrusion]:
    free = list(stock.boxes)
    for thing in page.get_objects(max_depth=_DEEPEST, textpage=page.get_textpage()):
        if thing.type == raw.FPDF_PAGEOBJ_FORM:
            continue  # what it holds comes next
        box = _on_paper(thing, stock)
        if thing.type == raw.FPDF_PAGEOBJ_TEXT and (box.left >= box.right or box.top >= box.bottom):
            continue  # spaces
        if (into := _depth(box, stock.machine)) > TOLERANCE and not _is_digit(thing, box, free):
            yield Intrusion(number, MACHINE, _KINDS[thing.type], into)
        if (into := _depth(box, stock.clear)) > TOLERANCE:
            yield Intrusion(number, CLEAR, _KINDS[thing.type], into)


def _is_digit(thing: Any, box: Box, free: list[Box]) -> bool:
    """Whether this is one digit within a box no other digit has taken; then it takes it."""
    if thing.type != raw.FPDF_PAGEOBJ_TEXT:
        return False
    text = thing.extract().rstrip(" ")  # PDFium adds the gap to the next digit as a space
    if not (len(text) == 1 and text.isascii() and text.isdigit()):
        return False
    place = next((place for place in free if place.holds(box, within=TOLERANCE)), None)
    if place is None:
        return False
    free.remove(place)
    return True


def _depth(box: Box, zone: Box) -> float:
    """How far the box reaches over the nearest edge of the zone; below zero, how far it stays away."""
    across = min(zone.right - box.left, box.right - zone.left)
    return min(across, zone.bottom - box.top, box.bottom - zone.top)


def _on_paper(thing: Any, stock: Stock) -> Box:
    """Where the thing will stand on the envelope: its place on the page, and the printer's own offset."""
    left, bottom, right, top = _bounds(thing)
    return Box(
        left=left / mm - stock.offset_left,
        top=stock.width - top / mm - stock.offset_top,
        right=right / mm - stock.offset_left,
        bottom=stock.width - bottom / mm - stock.offset_top,
    )


def _bounds(thing: Any) -> tuple[float, float, float, float]:
    """The upright box around the thing's ink, in points of the page."""
    left, bottom, right, top = thing.get_bounds()
    across, upright = _overhang(thing)
    bounds = (left + across, bottom + upright, right - across, top - upright)
    # PDFium tells where a thing stands in its form; the form knows where itself stands.
    holder = thing.container
    while holder is not None:
        bounds = holder.get_matrix().on_rect(*bounds)
        holder = holder.container
    return bounds


def _overhang(thing: Any) -> tuple[float, float]:
    """What PDFium adds too much to a drawn line: on each side its whole width instead of half of it."""
    if thing.type != raw.FPDF_PAGEOBJ_PATH:
        return 0.0, 0.0
    filled, drawn, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
    raw.FPDFPath_GetDrawMode(thing, filled, drawn)
    if not drawn.value:
        return 0.0, 0.0
    raw.FPDFPageObj_GetStrokeWidth(thing, width)
    matrix, half = thing.get_matrix(), width.value / 2
    return half * (abs(matrix.a) + abs(matrix.c)), half * (abs(matrix.b) + abs(matrix.d))
