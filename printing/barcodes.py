"""Code 128 as vector bars in whole printer dots; python-barcode gives the modules, this file the ink.

Sizes and the inset come from decoding trials of printed and damaged symbols at 203, 300 and 600 dpi.
What was drawn is read again in `reading.py`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from barcode.codex import Code128
from barcode.errors import IllegalCharacterError
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

HEIGHT = 12 * mm
QUIET = 10
"""Modules of white on each side; with fewer, one of the two readers fails on photographed labels."""
_WISHED, _LEAST = 0.35, 0.33
"""Millimetres of a module, wished and least: the trials lost modules of 0.25 to a blur of 0.15 mm."""
INSET = 0.25
"""Dots taken off each edge of the ink: printers paint every dot a shape touches, so it would grow by one."""


_GROUP = re.compile(r"[0-9]{1,4}|[^0-9 ]+")
_BAR = re.compile("1+")


class NotEncodable(ValueError):
    """The value is empty or has a character Code 128 does not know."""


class TooCoarse(ValueError):
    """The whole dots of this printer nearest to the wished module make one too thin to be read surely."""


class _Code128(Code128):  # type: ignore[misc]  # the package ships no types
    """python-barcode 0.16.1 takes a leading pair 99 for its own code-set switch and drops it."""

    def _try_to_optimize(self, encoded: list[int]) -> list[int]:
        if self.code.startswith("99"):
            return encoded
        optimized: list[int] = super()._try_to_optimize(encoded)
        return optimized


@lru_cache(256)  # asked for again for each width and each drawing
def modules(value: str) -> str:
    """The symbol from first to last bar, without quiet zones, as a string of 1 (bar) and 0 (gap)."""
    if not value:
        raise NotEncodable("nothing to encode")
    try:
        return str(_Code128(value).build()[0])
    except IllegalCharacterError as error:
        raise NotEncodable(f"not a Code 128 text: {value!r}") from error


def dots(dpi: int = 203) -> int:
    """How many dots of the printer make one module: 3 at 203 dpi, 4 at 300, 8 at 600."""
    nearest = round(_WISHED * dpi / 25.4)
    if nearest < 1 or nearest * 25.4 < _LEAST * dpi:
        raise TooCoarse(f"no module of {_WISHED} mm at {dpi} dpi")
    return nearest


def module(dpi: int = 203) -> float:
    """The width of one module in points: 0.375 mm at 203 dpi, 0.339 mm at 300 and 600."""
    return dots(dpi) * 72 / dpi


def width(value: str, *, dpi: int = 203) -> float:
    """The width in points the symbol takes up, quiet zones included."""
    return (len(modules(value)) + 2 * QUIET) * module(dpi)


def grouped(number: str) -> str:
    """The number as printed for the eye, its digits in groups of four, apart from letters."""
    return " ".join(_GROUP.findall(number))


def draw(canvas: Canvas, value: str, *, x: float, y: float, dpi: int = 203) -> None:
    """Draw the symbol on white, the lower left corner of its quiet zone at the printer dot next to x, y."""
    x, y = at_dot(canvas, x, y, dpi=dpi)
    ground = f"1 g {x:.4f} {y:.4f} {width(value, dpi=dpi):.4f} {HEIGHT:.4f} re f"
    unit = module(dpi)
    scale = f"{unit:.6f} 0 0 {HEIGHT:.4f} {x + QUIET * unit:.6f} {y:.6f} cm"
    canvas.addLiteral(f"q {ground} 0 g {scale} {_bars(modules(value), INSET / dots(dpi))} f Q")


def at_dot(canvas: Canvas, x: float, y: float, *, dpi: int) -> tuple[float, float]:
    """The printer dot nearest to a point, in points like it; the canvas may have been moved."""
    dot = 72 / dpi
    left, bottom = canvas.absolutePosition(x, y)
    return x + (round(left / dot) * dot - left), y + (round(bottom / dot) * dot - bottom)


def _bars(bits: str, inset: float) -> str:
    """One rectangle per bar, in modules from the left, each drawn in by the inset."""
    return " ".join(_bar(*bar.span(), inset) for bar in _BAR.finditer(bits))


@lru_cache(4096)  # there are no more in all symbols of one length
def _bar(start: int, end: int, inset: float) -> str:
    return f"{start + inset:.3f} 0 {end - start - 2 * inset:.3f} 1 re"
