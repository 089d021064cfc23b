"""QR codes as vector outlines in whole printer dots; segno gives the matrix, this file the ink.

Digits only: they are the densest, and a scanner that types them loses none to an input method.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import segno
from reportlab.pdfgen.canvas import Canvas

from printing import barcodes

QUIET = 4
"""Modules of white on each side, as the standard has it."""
_MODEST = 703
"""Digits up to which the stronger error correction (level Q) is taken: with it they are 32 mm wide."""
_MASK = 2
"""One of eight patterns, all readable; to weigh them against each other takes longer than all the rest."""

Matrix = tuple[bytes, ...]
_Point = tuple[int, int]
_Edges = dict[_Point, set[_Point]]
#: Where an outline goes on: ahead with the ink at its left hand. Each way as a step.
_EAST, _NORTH, _WEST, _SOUTH = (1, 0), (0, 1), (-1, 0), (0, -1)


class NotDrawable(ValueError):
    """Not digits, or more of them than a symbol holds."""


@lru_cache(maxsize=64)
def matrix(digits: str) -> Matrix:
    """The modules row by row from the top, 1 for ink, without the quiet zone."""
    if not (digits.isascii() and digits.isdigit()):
        raise NotDrawable("only digits are drawn")
    level = "q" if len(digits) <= _MODEST else "m"
    try:
        symbol = segno.make_qr(digits, error=level, mode="numeric", boost_error=False, mask=_MASK)
    except segno.DataOverflowError as error:
        raise NotDrawable(f"{len(digits)} digits are more than a symbol holds") from error
    return tuple(bytes(row) for row in symbol.matrix)


def side(digits: str, *, dpi: int = 203) -> float:
    """The width and height in points that the symbol takes up, quiet zones included."""
    return (len(matrix(digits)) + 2 * QUIET) * barcodes.module(dpi)


def draw(canvas: Canvas, digits: str, *, x: float, y: float, dpi: int = 203) -> None:
    """Draw the symbol on white, the lower left corner of its quiet zone at the printer dot next to x, y."""
    x, y = barcodes.at_dot(canvas, x, y, dpi=dpi)
    whole = side(digits, dpi=dpi)
    quiet = QUIET * barcodes.module(dpi)
    ground = f"1 g {x:.4f} {y:.4f} {whole:.4f} {whole:.4f} re f"
    dot = 72 / dpi
    scale = f"{dot:.6f} 0 0 {dot:.6f} {x + quiet:.6f} {y + quiet:.6f} cm"
    canvas.addLiteral(f"q {ground} 0 g {scale} {_ink(matrix(digits), barcodes.dots(dpi))} f Q")


@lru_cache(maxsize=16)
def _ink(rows: Matrix, size: int) -> str:
    """All outlines as one path in dots, each edge drawn in by the inset."""
    paths = []
    for outline in _outlines(rows):
        corners = [_inset(outline, at, size) for at in range(len(outline))]
        first, *others = (f"{x:g} {y:g}" for x, y in corners)
        paths.append(f"{first} m {' '.join(f'{point} l' for point in others)} h")
    return " ".join(paths)


def _inset(outline: Sequence[_Point], at: int, size: int) -> tuple[float, float]:
    """A corner in dots, moved towards the ink, which lies at the left hand of both its edges."""
    (x, y), before, after = outline[at], outline[at - 1], outline[(at + 1) % len(outline)]
    across = _sign(x - before[0]) + _sign(after[0] - x)
    upright = _sign(y - before[1]) + _sign(after[1] - y)
    return x * size - upright * barcodes.INSET, y * size + across * barcodes.INSET


def _sign(step: int) -> int:
    return (step > 0) - (step < 0)


def _outlines(rows: Matrix) -> Iterator[list[_Point]]:
    """The corners of each edge between ink and paper, in modules from the lower left, ink at the left hand.

    Ink that touches at a corner only stays apart, so that the inset moves no corner two ways.
    """
    edges = _edges(rows)
    # The leftmost of what is left, of these the lowest: a corner of one outline alone.
    for start in sorted(edges):
        while edges[start]:
            yield list(_around(edges, start))


def _around(edges: _Edges, start: _Point) -> Iterator[_Point]:
    """The corners of the outline that begins here; its edges are used up."""
    at, step = start, edges[start].pop()
    yield start
    while True:
        at = (at[0] + step[0], at[1] + step[1])
        if at == start:
            return
        turned = _next(edges[at], step)
        edges[at].remove(turned)
        if turned != step:
            yield at
        step = turned


def _next(ways: set[_Point], step: _Point) -> _Point:
    """Of the edges that begin here, the one furthest to the left: around the same ink."""
    left = (-step[1], step[0])
    return next(way for way in (left, step, (-left[0], -left[1])) if way in ways)


def _edges(rows: Matrix) -> _Edges:
    """Where an edge of ink begins, and which ways it goes."""
    height = len(rows)
    inked = {(x, height - 1 - y) for y, row in enumerate(rows) for x, bit in enumerate(row) if bit}
    edges: _Edges = {}
    for x, y in inked:
        around = (
            ((x, y - 1), (x, y), _EAST),
            ((x + 1, y), (x + 1, y), _NORTH),
            ((x, y + 1), (x + 1, y + 1), _WEST),
            ((x - 1, y), (x, y + 1), _SOUTH),
        )
        for neighbour, corner, way in around:
            if neighbour not in inked:
                edges.setdefault(corner, set()).add(way)
    return edges
