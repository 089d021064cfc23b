"""For which printer, stock and dots a face is drawn: fixed when it is promised, by the window's route."""

from __future__ import annotations

from dataclasses import dataclass

from workstation.acts.stocks import USUAL
from workstation.domain.paper import Paper
from workstation.domain.printing import Printer
from workstation.store.work import Reading

DPI = 203
"""Of the coarsest printers at a counter, for the tray: what they print well, every finer one does."""


@dataclass(frozen=True)
class Target:
    """What decides how a face looks; two printers of equal targets can print the same bytes."""

    printer: str | None
    stock: str | None
    dpi: int | None
    offset_left: int | None
    offset_top: int | None


def use_of(kind: str) -> str:
    """Which paper a kind of face is printed on."""
    return "envelope" if kind == "envelope" else "sheet"


def routed(reading: Reading, kind: str, window: int, *, stock: str | None = None) -> Target:
    """Where a face of this kind goes at a window: by its route, else to the tray; on a stock if named."""
    route = reading.routes.get(window, use_of(kind))
    printer = reading.printers.get(route.printer) if route and route.printer else None
    return on(reading, kind, printer, stock=stock or (route.stock if route else None))


def on(reading: Reading, kind: str, printer: Printer | None, *, stock: str | None = None) -> Target:
    """The target of a face of this kind on a printer (None: the tray)."""
    stock = (stock or USUAL) if use_of(kind) == "envelope" else None
    if printer is None:
        return Target(None, stock, None, None, None)
    correction = reading.calibrations.get(printer.name, stock) if stock else None
    left, top = (correction.offset_left, correction.offset_top) if correction else (None, None)
    return Target(printer.name, stock, printer.dpi, left, top)


def _of(paper: Paper) -> Target:
    return Target(paper.printer, paper.stock, paper.dpi, paper.offset_left, paper.offset_top)


def looks_alike(paper: Paper, target: Target) -> bool:
    """Whether the face's bytes are what that printer needs: dots are never rescaled, no offset guessed."""
    return _look(_of(paper)) == _look(target)


def _look(target: Target) -> tuple[str | None, int, int, int]:
    return target.stock, target.dpi or DPI, target.offset_left or 0, target.offset_top or 0
