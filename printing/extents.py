"""Where the ink lies on a finished PDF: whatever was drawn, by whom and for what, is found and measured.

Ink is what an object covers with its whole line width, white ink and watermarks included. Bounds are upright
boxes and never too small: a slanting line or a clipped one is taken for the whole box around it.
"""

import ctypes
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Self, TypeVar

import msgspec
import pypdfium2
from pypdfium2 import raw
from reportlab.lib.units import mm

from printing import inks
from printing.stocks import Media

TOLERANCE = 0.05

_KINDS = {
    raw.FPDF_PAGEOBJ_TEXT: "text",
    raw.FPDF_PAGEOBJ_PATH: "path",
    raw.FPDF_PAGEOBJ_IMAGE: "image",
    raw.FPDF_PAGEOBJ_SHADING: "shading",
}
_DEEPEST = 64
"""Forms within forms; PDFium itself reads fewer."""

T = TypeVar("T")


class NotMeasurable(ValueError):
    """A page is not upright and of the stock's size, so nothing on it stands where it seems to."""


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the paper in millimetres from its left and top edge."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: Self, *, within: float = 0.0) -> bool:
        """Whether the other box lies in this one, or beyond it by no more than `within`."""
        return (
            self.left - within <= other.left
            and self.top - within <= other.top
            and other.right <= self.right + within
            and other.bottom <= self.bottom + within
        )


@dataclass(frozen=True)
class Ink:
    """One thing on a page: what it is, where it will stand on the paper, how far it reaches off it (mm)."""

    kind: str
    box: Box
    over: float
    thing: Any


@dataclass(frozen=True)
class Stray:
    """Something that reaches over the edge: on which page, what kind of thing, how far (mm)."""

    page: int
    kind: str
    over: float


class OffPaper(ValueError):
    """A page has ink beyond its edge, where it would be cut; an offset has moved it there, or its size."""

    def __init__(self, found: tuple[Stray, ...]) -> None:
        super().__init__("; ".join(f"{one.kind} {one.over:.2f} mm off page {one.page}" for one in found))
        self.found = found
        self.over = max(one.over for one in found)


def measured(pdf: bytes, media: Media, judge: Callable[[int, Iterator[Ink]], Iterable[T]]) -> tuple[T, ...]:
    """What the judge finds on each page, given its number and everything with ink on it."""
    # PDFium is not made for threads; the press is already the place where one waits for the other.
    with inks.PRESS, closing(_opened(pdf)) as document:
        return tuple(found for at in range(len(document)) for found in _judged(document, at, media, judge))


def strays(page: int, things: Iterable[Ink]) -> Iterator[Stray]:
    """A judge: everything that reaches more than `TOLERANCE` over the edge of page or paper."""
    return (Stray(page, ink.kind, ink.over) for ink in things if ink.over > TOLERANCE)


def refuse(pdf: bytes, media: Media) -> None:
    """Raise `OffPaper` when anything would be cut at an edge."""
    if found := measured(pdf, media, strays):
        raise OffPaper(found)


def _opened(pdf: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise NotMeasurable("not a PDF") from error


def _judged(
    document: Any, at: int, media: Media, judge: Callable[[int, Iterator[Ink]], Iterable[T]]
) -> list[T]:
    with closing(document[at]) as page, closing(page.get_textpage()) as words:
        _refuse_unlike(page, media)
        return list(judge(at + 1, _inks(page, words, media)))


def _refuse_unlike(page: Any, media: Media) -> None:
    if page.get_rotation():
        raise NotMeasurable("the page is turned")
    across, down = media.page
    paper = (0, 0, across * mm, down * mm)
    for box in (page.get_mediabox(), page.get_cropbox()):
        if any(abs(side - edge) > TOLERANCE * mm for side, edge in zip(box, paper, strict=True)):
            raise NotMeasurable("the page is not as large as the paper")
    if raw.FPDFPage_GetAnnotCount(page):
        raise NotMeasurable("the page has annotations")


def _inks(page: Any, words: Any, media: Media) -> Iterator[Ink]:
    for thing in page.get_objects(max_depth=_DEEPEST, textpage=words):
        if thing.type == raw.FPDF_PAGEOBJ_FORM:
            continue  # what it holds comes next
        on_page = _on_page(thing, media)
        if thing.type == raw.FPDF_PAGEOBJ_TEXT and (
            on_page.left >= on_page.right or on_page.top >= on_page.bottom
        ):
            continue  # spaces
        on_paper = _on_paper(on_page, media)
        over = max(_over(on_page, media), _over(on_paper, media))
        yield Ink(_KINDS[thing.type], on_paper, over, thing)


def _on_page(thing: Any, media: Media) -> Box:
    left, bottom, right, top = _bounds(thing)
    down = media.page[1]
    return Box(left=left / mm, top=down - top / mm, right=right / mm, bottom=down - bottom / mm)


def _on_paper(box: Box, media: Media) -> Box:
    """Where the thing will stand on the paper: its place on the page, and the printer's own offset."""
    return Box(
        left=box.left - media.offset_left,
        top=box.top - media.offset_top,
        right=box.right - media.offset_left,
        bottom=box.bottom - media.offset_top,
    )


def _over(box: Box, media: Media) -> float:
    """How far the box reaches over the nearest edge; below zero, how far it stays away."""
    across, down = media.page
    return max(-box.left, -box.top, box.right - across, box.bottom - down)


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
