"""Calibration: the sheet comes out of the printer it is for, and two distances become two offsets."""

from __future__ import annotations

import math

import pytest

from printing import reading
from tests import builders
from tests.builders import refused
from tests.integrations.printers.fake_printer import FakePrinter
from workstation.acts import calibrating, printers, stocks, verification
from workstation.acts.desk import Desk
from workstation.domain.printing import Calibration


@pytest.fixture
def supervisor(desk: Desk, laser: FakePrinter) -> Desk:
    """Who calibrates, with a printer to calibrate."""
    supervisor = builders.at(desk, "2001")
    printers.add(supervisor, "信封机", laser.uri, dpi=300)
    return supervisor


@pytest.mark.parametrize("stock", ["B6", "DL", "ZL", "C5", "C4", "76x130", "76x150", "100x180"])
def test_there_is_a_sheet_for_every_stock(supervisor: Desk, stock: str) -> None:
    """As large as the stock itself."""
    sheet = calibrating.sheet(supervisor, stock, dpi=300)

    assert reading.size(sheet) == stocks.find(supervisor.tray, stock).page


def test_the_sheet_is_printed_on_the_stock_and_followed(supervisor: Desk, laser: FakePrinter) -> None:
    """Exact media, as for a face; it is no paper of a case and leaves no record."""
    before = builders.head(supervisor)

    condition = calibrating.print_sheet(supervisor, "信封机", "ZL")

    assert condition.id == "completed"
    (received,) = laser.asked("print")
    size = "media-col/media-size"
    assert [received.number(f"{size}/{side}-dimension") for side in "xy"] == [12000, 23000]
    assert builders.head(supervisor) == before


def test_a_printer_that_does_not_print_it_says_why(supervisor: Desk, laser: FakePrinter) -> None:
    """Off, or with other paper."""
    laser.ignores_media = True
    assert calibrating.print_sheet(supervisor, "信封机", "ZL").id == "refused"

    laser.script = ["cut before reading"]
    assert calibrating.print_sheet(supervisor, "信封机", "ZL").id == "unreachable"


def test_what_was_measured_becomes_an_offset(supervisor: Desk) -> None:
    """1.5 mm too far left, 0.3 mm too far down."""
    found = calibrating.calibrate(supervisor, "信封机", "ZL", left=18.5, top=20.3)

    expected = Calibration("信封机", "ZL", 15, -3)
    assert (found.printer, found.stock) == (expected.printer, expected.stock)
    assert (found.offset_left, found.offset_top) == (expected.offset_left, expected.offset_top)
    assert verification.verify(supervisor).difference is None


@pytest.mark.parametrize("left", [-5.0, 0.0, 50.0, math.inf, math.nan])
def test_what_nobody_can_have_measured_is_refused(supervisor: Desk, left: float) -> None:
    """Nothing is kept."""
    with refused(supervisor, "offset-too-far"):
        calibrating.calibrate(supervisor, "信封机", "ZL", left=left - 1, top=20.0)


def test_both_distances_a_known_stock_and_a_printer_are_needed(supervisor: Desk) -> None:
    """Each lack is told by name."""
    with refused(supervisor, "distance-missing"):
        calibrating.calibrate(supervisor, "信封机", "ZL", left=20.0, top=None)
    with refused(supervisor, "stock-unknown"):
        calibrating.calibrate(supervisor, "信封机", "C9", left=20.0, top=20.0)
    with refused(supervisor, "printer-not-found"):
        calibrating.calibrate(supervisor, "没有", "ZL", left=20.0, top=20.0)


def test_a_clerk_does_not_calibrate(desk: Desk, supervisor: Desk) -> None:
    """Who may change printers may."""
    with refused(desk, "wrong-role"):
        calibrating.calibrate(desk, "信封机", "ZL", left=20.0, top=20.0)
