"""`envelope bind`, typed: a sticker and its envelope belong together from one line on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders, halls
from tests.builders import WAYBILL
from tests.line import Line
from workstation import bootstrap
from workstation.domain.envelope import EnvelopeState

OTHER = "1136281381676"


@pytest.fixture
def envelope(counter: Line) -> str:
    """A sealed envelope."""
    desk = halls.seat(bootstrap.open_desk(Path(str(counter.home))), halls.CLERK)
    with builders.no_ink():
        number = builders.an_envelope(desk, EnvelopeState.SEALED).number
    desk.store.engine.close()
    return number


def test_a_sticker_is_bound_by_one_line(counter: Line, envelope: str) -> None:
    """The envelope's file shows it, and a scan of the sticker leads to the envelope."""
    answer = counter("envelope", "bind", envelope, WAYBILL, "--json", as_="1001")

    bound = answer.json["waybill"]
    assert (bound["number"], bound["object"], bound["how"], bound["state"]) == (
        WAYBILL,
        envelope,
        "scanned",
        "live",
    )
    assert counter("envelope", "show", envelope, "--json", as_="1001").json["waybills"] == [bound]
    assert counter("scan", WAYBILL, "--json", as_="1001").json["scan"]["object"] == envelope


def test_another_sticker_goes_on_only_instead(counter: Line, envelope: str) -> None:
    """The refusal names the way; the former ends."""
    counter("envelope", "bind", envelope, WAYBILL, as_="1001")

    refused = counter("envelope", "bind", envelope, OTHER, "--json", as_="1001")
    assert (refused.exit_code, refused.code) == (3, "waybill-bound")
    assert "--instead" in refused.json["error"]["next"]
    told = counter("envelope", "bind", envelope, OTHER, "--instead", as_="1001")

    assert OTHER in told.out
    shown = counter("envelope", "show", envelope, "--json", as_="1001").json["waybills"]
    assert {waybill["number"]: waybill["state"] for waybill in shown} == {WAYBILL: "ended", OTHER: "live"}


def test_a_typed_number_needs_a_second_person(counter: Line, envelope: str) -> None:
    """Both stand with the waybill."""
    words = ("envelope", "bind", envelope, WAYBILL, "--how", "typed", "--json")

    assert counter(*words, as_="1001").code == "second-needed"
    bound = counter(*words, as_="1001", second="1002").json["waybill"]

    assert (bound["how"], bound["bound_by"], bound["second"]) == ("typed", "1001", "1002")


def test_what_is_no_waybill_and_no_envelope_is_refused(counter: Line, envelope: str) -> None:
    """Each under its own code."""
    assert counter("envelope", "bind", envelope, "12", "--json", as_="1001").code == "waybill-unknown-form"
    assert counter("envelope", "bind", WAYBILL, WAYBILL, "--json", as_="1001").code == "envelope-not-found"
