"""Calibration 校准: a sheet of crosses out of a printer, two distances measured, two offsets kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workstation.acts import checks, labels, making, printers, stocks, targets
from workstation.acts.desk import Desk
from workstation.domain.printing import Calibration
from workstation.errors import OutsideFailed, WrongUsage

if TYPE_CHECKING:
    from integrations.printers.states import Condition

_TITLE = "paper calibration"
_WITHIN = 30.0


def print_sheet(desk: Desk, name: str, stock: str) -> Condition:
    """Print the sheet for a stock, uncorrected, and say how that ended."""
    from integrations.printers import PrinterError, states
    from integrations.printers.messages import Media

    desk.signed_in()
    desk.writes()
    with desk.reading() as reading:
        printer = printers.in_service(reading, name)
    size = stocks.find(desk.tray, stock)
    wire, media = printers.wire(printer), Media(*size.page)
    try:
        number = wire.submit(sheet(desk, stock, dpi=printer.dpi), name=_TITLE, media=media)
    except PrinterError as error:
        return states.condition_of(error)
    *_, last = wire.follow(number, name=_TITLE, within=_WITHIN)
    return last.condition


def sheet(desk: Desk, stock: str, *, dpi: int) -> bytes:
    """The PDF of the calibration sheet for a stock."""
    from printing import calibration

    size = stocks.find(desk.tray, stock)
    return calibration.render(*size.page, dpi=dpi, title=stock)


def not_printed(name: str, condition: Condition) -> OutsideFailed:
    """Tells that the sheet did not come out to its end, and why."""
    return OutsideFailed(
        "calibration-not-printed",
        what=f"校准页没有在“{name}”上打出来。",
        why=f"{condition.what}。",
        next=f"{condition.next or '请看打印机，稍后再试'}。",
    )


def lay_out(desk: Desk, stock: str, *, dpi: int = targets.DPI) -> Path:
    """Lay the sheet for a stock into the tray, to be printed by other means; gives where it lies."""
    desk.signed_in()
    desk.writes()
    return making.lay_out(desk.tray.absolute(), f"calibration-{stock}", sheet(desk, stock, dpi=dpi))


def offsets(left: float | None, top: float | None) -> tuple[int, int]:
    """What follows from two measured distances in millimetres: tenths to the right, and down."""
    from printing import calibration

    if left is None or top is None:
        missing = "left" if left is None else "top"
        then = "两个距离都要量，都要写。"
        raise checks.usage("distance-missing", labels.wrong(missing, "没有填写。"), then)
    try:
        across, down = (round(10 * offset) for offset in calibration.offsets(left, top))
    except calibration.NotMeasured as error:
        raise _not_measured(left, top) from error
    return across, down


def calibrate(desk: Desk, name: str, stock: str, *, left: float | None, top: float | None) -> Calibration:
    """Keep what follows from two measured distances in millimetres, for faces promised from now on."""
    across, down = offsets(left, top)
    with desk.act("calibrate") as work:
        printers.in_service(work, name)
        stocks.find(desk.tray, stock)
        work.object = name
        known = work.calibrations.get(name, stock)
        if known is None:
            return work.calibrations.add(Calibration(name, stock, across, down))
        return work.calibrations.save(replace(known, offset_left=across, offset_top=down))


def _not_measured(left: float, top: float) -> WrongUsage:
    return checks.usage(
        "offset-too-far",
        f"量得 {left:g} 毫米和 {top:g} 毫米，与应有的距离相差太多。",
        "请核对量得的数；纸张选错时，请在打印机里选对，再打一张校准页。",
    )
