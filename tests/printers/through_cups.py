"""The same papers through a print queue, which rewrites every page: it must come out in its own size.

Tried by hand without `print-scaling=none`: a ZL face sent for DL came out at 0.846, a module 0.287 mm instead
of 0.339. With it the page is laid on the smaller paper in its own size, and the printer cuts it.
"""

from __future__ import annotations

import pytest

from integrations.printers.client import Printer
from integrations.printers.messages import Media
from integrations.printers.states import Condition
from printing import envelopes, reading
from printing.envelopes import zones
from tests.printers import samples
from tests.printers.print_server import PrintServer
from tests.printers.virtual import WITHIN, VirtualPrinter, media, until

NEAR = 0.01
"""Millimetres that the rewriting may move anything."""
AT = [*((name, 203) for name in media()), ("ZL", 300), ("C4", 300), ("76x130", 300), ("A4", 300)]


def through(wire: Printer, pdf: bytes, medium: Media | None = None) -> None:
    """Print it, and see it to its end."""
    number = wire.submit(pdf, name="paper 1", media=medium or Media(*reading.size(pdf)))
    *_, last = wire.follow(number, name="paper 1", within=WITHIN, poll=0.02)
    assert last.printed


@pytest.mark.parametrize(("name", "dpi"), AT)
def test_a_queue_prints_at_the_size_that_was_given(
    virtual: VirtualPrinter, serving: PrintServer, name: str, dpi: int
) -> None:
    """Every thing on the page within 0.01 mm, barcodes read, the post's zones blank, on portrait paper."""
    given, size = samples.a_paper(name, dpi=dpi), media()[name]

    through(serving.wire, given)

    (sheet,) = virtual.out()
    assert sheet.pdf != given
    assert reading.size(sheet.pdf) == tuple(sorted(size))
    short, long = sorted(round(100 * side) for side in size)
    assert f"media-size={{x-dimension={short} y-dimension={long}}}" in sheet.media
    came = samples.upright(sheet.pdf, landscape=size[0] > size[1])
    assert samples.furthest(samples.ink(given, size), samples.ink(came, size)) < NEAR
    assert samples.bars(came) == pytest.approx(samples.bars(given), abs=NEAR) != []
    assert sorted(reading.codes(came, dpi=dpi)) == sorted(samples.codes(name))
    if name in envelopes.stocks():
        zones.refuse(came, envelopes.stocks()[name])


def test_a_page_larger_than_its_paper_is_not_shrunk(virtual: VirtualPrinter, serving: PrintServer) -> None:
    """A shrunk barcode may not be read a week later: better a page that somebody sees to be cut."""
    given = samples.a_paper("ZL", dpi=300)

    through(serving.wire, given, Media(*media()["DL"]))

    (sheet,) = virtual.out()
    came = samples.upright(sheet.pdf, landscape=True)
    assert samples.bars(came) == pytest.approx(samples.bars(given), abs=NEAR)


def test_what_keeps_the_printer_from_printing_is_told_by_the_queue(
    virtual: VirtualPrinter, serving: PrintServer
) -> None:
    """Out of paper is told as by the printer itself, and a refill is enough."""
    virtual.load(0)
    number = serving.wire.submit(samples.a_paper("ZL"), name="paper 1", media=Media(230, 120))
    until(lambda: look(serving.wire, number).id == "out_of_paper")
    assert virtual.out() == []

    virtual.load(100)

    *_, last = serving.wire.follow(number, name="paper 1", within=WITHIN, poll=0.02)
    assert last.printed
    assert len(virtual.out()) == 1


def test_a_queue_is_no_witness_of_what_its_printer_gave_up(
    virtual: VirtualPrinter, serving: PrintServer
) -> None:
    """CUPS looks at the printer every few seconds: what it finds ended it calls canceled, or else completed.

    So "printed" means less through a queue than straight to a printer; the manual says so.
    """
    virtual.fail()

    number = serving.wire.submit(samples.a_paper("ZL"), name="paper 1", media=Media(230, 120))
    *_, last = serving.wire.follow(number, name="paper 1", within=WITHIN, poll=0.02)

    assert last.condition.id in {"canceled", "completed"}
    assert virtual.out() == []


def test_a_queue_without_its_printer_says_so(virtual: VirtualPrinter, serving: PrintServer) -> None:
    """The queue takes the paper and waits; when the printer is back it is printed, once."""
    virtual.kill()
    number = serving.wire.submit(samples.a_paper("ZL"), name="paper 1", media=Media(230, 120))
    until(lambda: look(serving.wire, number).id == "queue_waits")

    virtual.start()

    *_, last = serving.wire.follow(number, name="paper 1", within=WITHIN, poll=0.02)
    assert last.printed
    assert len(virtual.out()) == 1


def look(wire: Printer, number: int) -> Condition:
    """What is to be seen of a job at this moment."""
    return next(wire.follow(number, name="paper 1", within=0)).condition
