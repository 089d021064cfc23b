"""Printers, routes and corrections in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from workstation.acts.printers import Standing
from workstation.domain.printing import Calibration, Route
from workstation.domain.words import word

if TYPE_CHECKING:
    from integrations.printers.states import Condition

TRAY = "出纸盘"
_SIGNS = {"in_service": "✓", "retired": "-"}


def cells(standing: Standing, condition: Condition | None) -> Sequence[str]:
    """State, name, dots, how it is, address."""
    printer = standing.printer
    state = f"{_SIGNS[printer.state]} {word(printer.state)}"
    return state, printer.name, str(printer.dpi), condition.what if condition else "", printer.uri


def told(standing: Standing, condition: Condition | None) -> str:
    """All about one printer."""
    return "\n".join(_told(standing, condition))


def _told(standing: Standing, condition: Condition | None) -> Iterator[str]:
    printer = standing.printer
    certificate = f"　证书 {printer.certificate}" if printer.certificate else ""
    yield f"“{printer.name}”　{printer.uri}　{printer.dpi} 点{certificate}"
    if condition is not None:
        then = f"。{condition.next}" if condition.next else ""
        yield f"刚才问过：{condition.what}{then}。"
    corrections = "；".join(f"{each.stock} {shift(each)}" for each in standing.calibrations)
    yield f"校准：{corrections or '还没有校准过'}"


def shift(found: Calibration) -> str:
    """Where a printer's page is moved to, in millimetres."""
    return moved(found.offset_left, found.offset_top)


def moved(across: int, down: int) -> str:
    """Tenths of a millimetre to the right and down, as people say it."""
    sideways = f"向{'右' if across >= 0 else '左'} {abs(across) / 10:g}"
    upright = f"向{'下' if down >= 0 else '上'} {abs(down) / 10:g}"
    return f"{sideways}、{upright} 毫米"


def route_cells(route: Route) -> Sequence[str]:
    """Window, which papers, where to, on what."""
    return f"{route.window} 号", word(route.use), route.printer or TRAY, route.stock or ""


def route_told(route: Route) -> str:
    """A route in a sentence."""
    stock = f"，用 {route.stock}" if route.stock else ""
    return f"{route.window} 号窗口的{word(route.use)} → {route.printer or TRAY}{stock}"
