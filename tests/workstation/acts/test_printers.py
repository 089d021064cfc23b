"""Printers of the hall and the routes to them: who may, what is refused, and what follows for papers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import builders
from tests.builders import a_case, an_envelope, paper_of, refused
from tests.integrations.printers.fake_printer import FakePrinter
from workstation.acts import printers, verification
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState

URI = "ipp://192.0.2.20/ipp/print"


@pytest.fixture
def supervisor(desk: Desk) -> Desk:
    """Who looks after the printers."""
    return builders.at(desk, "2001")


def test_a_printer_is_entered_listed_and_changed(supervisor: Desk) -> None:
    """What is not given stays as it is."""
    printers.add(supervisor, "信封机", URI, dpi=203)

    changed = printers.change(supervisor, "信封机", dpi=300)

    assert (changed.uri, changed.dpi, changed.version) == (URI, 300, 2)
    assert [each.printer for each in printers.listed(supervisor)] == [changed]
    assert verification.verify(supervisor).difference is None


def test_a_clerk_does_not_change_printers(desk: Desk) -> None:
    """Supervisors and administrators do."""
    with refused(desk, "wrong-role"):
        printers.add(desk, "信封机", URI, dpi=203)
    printers.add(builders.at(desk, "3001"), "信封机", URI, dpi=203)


def test_a_name_stands_for_one_printer(supervisor: Desk) -> None:
    """Jobs are kept under it."""
    printers.add(supervisor, "信封机", URI, dpi=203)

    with refused(supervisor, "printer-exists"):
        printers.add(supervisor, "信封机", URI, dpi=300)


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "打印机",
        "http:/x",
        "ftp://x/y",
        "ipp://",
        "ipp://a b/",
        "ipp://user:secret@x/",
        "ipp://" + "x" * 300,
    ],
)
def test_what_is_no_address_of_a_printer_is_refused(supervisor: Desk, uri: str) -> None:
    """With an example of one; a password has no place in it."""
    with builders.refused_as(supervisor, {"printer-address", "plain-text-empty"}):
        printers.add(supervisor, "信封机", uri, dpi=203)


@pytest.mark.parametrize("dpi", [0, -203, 72, 100, 5000])
def test_dots_no_readable_barcode_can_be_made_of_are_refused(supervisor: Desk, dpi: int) -> None:
    """Too coarse, or no printer at all."""
    with refused(supervisor, "printer-dpi"):
        printers.add(supervisor, "信封机", URI, dpi=dpi)


def test_a_name_too_long_and_a_certificate_that_is_not_there_are_refused(
    supervisor: Desk, tmp_path: Path
) -> None:
    """Each in its own words."""
    with refused(supervisor, "printer-name-long"):
        printers.add(supervisor, "很" * 21, URI, dpi=203)
    with refused(supervisor, "certificate-missing"):
        printers.add(supervisor, "信封机", URI, dpi=203, certificate=tmp_path / "none.pem")


def test_papers_go_where_the_windows_route_leads(supervisor: Desk, desk: Desk) -> None:
    """Sheets and envelopes apart, each drawn for its printer's dots; other windows are not concerned."""
    printers.add(supervisor, "激光机", URI, dpi=600)
    printers.add(supervisor, "信封机", URI, dpi=300)
    printers.set_route(supervisor, "sheet", printer="激光机")
    printers.set_route(supervisor, "envelope", printer="信封机", stock="ZL")

    envelope = an_envelope(desk)

    face = paper_of(desk, envelope.number, "envelope")
    listing = paper_of(desk, envelope.number, "packing_list")
    assert (face.printer, face.stock, face.dpi) == ("信封机", "ZL", 300)
    assert (listing.printer, listing.stock, listing.dpi) == ("激光机", None, 600)


def test_a_route_can_lead_to_the_tray_with_another_stock(supervisor: Desk, desk: Desk) -> None:
    """No printer, but envelopes of another size."""
    printers.set_route(supervisor, "envelope", printer=None, stock="C4")

    face = paper_of(desk, an_envelope(desk).number, "envelope")

    assert (face.printer, face.stock, face.dpi) == (None, "C4", None)


def test_a_route_is_changed_and_keeps_one_record(supervisor: Desk) -> None:
    """A window has one way for each use."""
    printers.add(supervisor, "激光机", URI, dpi=600)
    printers.set_route(supervisor, "sheet", printer="激光机", window=7)

    printers.set_route(supervisor, "sheet", printer=None, window=7)

    (route,) = printers.routes(supervisor)
    assert (route.window, route.use, route.printer, route.version) == (7, "sheet", None, 2)


@pytest.mark.parametrize(
    ("route", "code"),
    [
        (lambda desk: printers.set_route(desk, "letter", printer=None), "code-unknown"),
        (lambda desk: printers.set_route(desk, "sheet", printer="没有"), "printer-not-found"),
        (lambda desk: printers.set_route(desk, "sheet", printer=None, stock="C5"), "stock-unexpected"),
        (lambda desk: printers.set_route(desk, "envelope", printer=None), "stock-missing"),
        (lambda desk: printers.set_route(desk, "envelope", printer=None, stock="C9"), "stock-unknown"),
    ],
)
def test_a_route_that_leads_nowhere_is_refused(
    supervisor: Desk, route: Callable[[Desk], object], code: str
) -> None:
    """Each in its own words."""
    with refused(supervisor, code):
        route(supervisor)


def test_retiring_a_printer_leads_its_routes_to_the_tray(supervisor: Desk, desk: Desk) -> None:
    """And `change` brings it back, but not the routes."""
    printers.add(supervisor, "激光机", URI, dpi=600)
    printers.set_route(supervisor, "sheet", printer="激光机")

    assert printers.retire(supervisor, "激光机").state == "retired"

    slip = paper_of(desk, a_case(desk, CaseState.REGISTERED).number, "intake_slip")
    assert slip.printer is None
    with refused(supervisor, "printer-retired"):
        printers.set_route(supervisor, "sheet", printer="激光机")
    assert printers.change(supervisor, "激光机").state == "in_service"


def test_a_printer_says_how_it_is(supervisor: Desk, laser: FakePrinter) -> None:
    """Asked over the wire; one that is off is told as well, and is no error."""
    printers.add(supervisor, "激光机", laser.uri, dpi=600)
    laser.state, laser.reasons = "stopped", ["media-jam-error"]

    assert printers.ask(supervisor, "激光机").id == "jam"
    laser.script = ["cut before reading"]
    assert printers.ask(supervisor, "激光机").id == "unreachable"
