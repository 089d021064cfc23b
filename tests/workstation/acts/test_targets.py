"""What decides how a face looks, and when two printers can print the same bytes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import builders
from tests.builders import paper_of
from workstation.acts import calibrating, printers, targets
from workstation.acts.desk import Desk
from workstation.domain.paper import Paper


@pytest.fixture
def face(desk: Desk) -> Paper:
    """The face of an envelope, drawn for the tray."""
    supervisor = builders.at(desk, "2001")
    printers.add(supervisor, "粗", "ipp://192.0.2.1/", dpi=203)
    printers.add(supervisor, "细", "ipp://192.0.2.2/", dpi=600)
    return paper_of(desk, builders.an_envelope(desk).number, "envelope")


def target(desk: Desk, face: Paper, name: str) -> targets.Target:
    """What the face would be drawn for on a printer."""
    with desk.reading() as reading:
        return targets.on(reading, face.kind, reading.printers.get(name), stock=face.stock)


def test_dots_and_offsets_decide(desk: Desk, face: Paper) -> None:
    """Equal dots: the same bytes; finer ones, or a correction: another face."""
    assert targets.looks_alike(face, target(desk, face, "粗"))
    assert not targets.looks_alike(face, target(desk, face, "细"))

    calibrating.calibrate(builders.at(desk, "2001"), "粗", "C5", left=21.0, top=20.0)
    assert not targets.looks_alike(face, target(desk, face, "粗"))


def test_a_correction_of_nothing_decides_nothing(desk: Desk, face: Paper) -> None:
    """Measured, and found right."""
    calibrating.calibrate(builders.at(desk, "2001"), "粗", "C5", left=20.0, top=20.0)

    assert targets.looks_alike(face, target(desk, face, "粗"))


def test_another_stock_is_another_face(desk: Desk, face: Paper) -> None:
    """A page of C5 does not go onto DL."""
    assert not targets.looks_alike(replace(face, stock="DL"), target(desk, face, "粗"))


def test_a_correction_is_kept_once_a_printer_and_stock(desk: Desk, face: Paper) -> None:
    """The second measurement replaces the first; faces promised before keep theirs."""
    supervisor = builders.at(desk, "2001")
    calibrating.calibrate(supervisor, "粗", "C5", left=21.0, top=20.0)
    printers.set_route(supervisor, "envelope", printer="粗", stock="C5")
    before = paper_of(desk, builders.an_envelope(desk).number, "envelope")

    calibrating.calibrate(supervisor, "粗", "C5", left=18.5, top=20.4)

    (standing,) = [each for each in printers.listed(desk) if each.printer.name == "粗"]
    assert [(c.offset_left, c.offset_top, c.version) for c in standing.calibrations] == [(15, -4, 2)]
    assert (before.offset_left, before.offset_top) == (-10, 0)
