"""The post's two zones, measured on the finished PDF: all ink in them is found, only the postcode allowed.

The postcode is six digits in their six places, and the red boxes around them where the stock wants them
drawn. How ink is measured is said in `printing.extents`.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

from pypdfium2 import raw
from reportlab.lib.units import mm

from printing import extents
from printing.envelopes.stock import Stock
from printing.extents import TOLERANCE, Box, Ink, NotMeasurable, OffPaper, Stray

MACHINE, CLEAR = "machine", "clear"
RED = (0.82, 0.15, 0.19)
"""Gold-red 金红色, PANTONE 1795C, as near as three numbers come to it."""
LINE = 0.3
"""Millimetres; the red line of a box lies within the box."""

__all__ = ["Intrusion", "NotMeasurable", "ZoneIntruded", "intrusions", "refuse"]


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
    """Raise `ZoneIntruded` for anything but the postcode in a zone, `OffPaper` for ink over the edge."""
    found = extents.measured(pdf, stock, partial(_found, stock=stock))
    if intruding := tuple(one for one in found if isinstance(one, Intrusion)):
        raise ZoneIntruded(intruding)
    if straying := tuple(one for one in found if isinstance(one, Stray)):
        raise OffPaper(straying)


def intrusions(pdf: bytes, stock: Stock) -> tuple[Intrusion, ...]:
    """Everything on the finished page that reaches more than `TOLERANCE` into a zone of the post."""
    found = extents.measured(pdf, stock, partial(_found, stock=stock))
    return tuple(one for one in found if isinstance(one, Intrusion))


def _found(page: int, things: Iterator[Ink], *, stock: Stock) -> Iterator[Intrusion | Stray]:
    digits, frames = list(stock.boxes), list(stock.boxes) if stock.postcode_boxes else []
    for ink in things:
        if (into := _depth(ink.box, stock.machine)) > TOLERANCE and not (
            _takes_digit(ink, digits) or _takes_frame(ink, frames)
        ):
            yield Intrusion(page, MACHINE, ink.kind, into)
        if (into := _depth(ink.box, stock.clear)) > TOLERANCE:
            yield Intrusion(page, CLEAR, ink.kind, into)
        yield from extents.strays(page, [ink])


def _takes_digit(ink: Ink, free: list[Box]) -> bool:
    """Whether this is one digit within a box no other digit has taken; then it takes it."""
    if ink.kind != "text":
        return False
    text = ink.thing.extract().rstrip(" ")  # PDFium adds the gap to the next digit as a space
    if not (len(text) == 1 and text.isascii() and text.isdigit()):
        return False
    place = next((place for place in free if place.holds(ink.box, within=TOLERANCE)), None)
    if place is None:
        return False
    free.remove(place)
    return True


def _takes_frame(ink: Ink, free: list[Box]) -> bool:
    """Whether this is the red line around a box no other line has taken; then it takes it."""
    place = next((place for place in free if _is_frame(ink, place)), None)
    if place is None:
        return False
    free.remove(place)
    return True


def _is_frame(ink: Ink, place: Box) -> bool:
    same = place.holds(ink.box, within=TOLERANCE) and ink.box.holds(place, within=TOLERANCE)
    return same and ink.kind == "path" and _is_red_line(ink.thing) and _is_rectangle(ink.thing)


def _is_red_line(path: Any) -> bool:
    """Drawn and not filled, in the red and the width that are ours."""
    filled, drawn, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
    raw.FPDFPath_GetDrawMode(path, filled, drawn)
    raw.FPDFPageObj_GetStrokeWidth(path, width)
    shades = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetStrokeColor(path, *shades)
    red = all(abs(shade.value - 255 * part) < 2 for shade, part in zip(shades[:3], RED, strict=True))
    return bool(drawn.value) and not filled.value and red and abs(width.value - LINE * mm) < TOLERANCE


def _is_rectangle(path: Any) -> bool:
    """Four sides, each across or upright; other things could have the same outermost points."""
    count = raw.FPDFPath_CountSegments(path)
    points = [_point(raw.FPDFPath_GetPathSegment(path, at)) for at in range(count)]
    straight = all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise([*points, points[0]]))
    return count in (4, 5) and straight and len(set(points)) == 4


def _point(segment: Any) -> tuple[float, float]:
    across, up = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(segment, across, up)
    return round(across.value, 3), round(up.value, 3)


def _depth(box: Box, zone: Box) -> float:
    """How far the box reaches over the nearest edge of the zone; below zero, how far it stays away."""
    across = min(zone.right - box.left, box.right - zone.left)
    return min(across, zone.bottom - box.top, box.bottom - zone.top)
