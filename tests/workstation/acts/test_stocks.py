"""Stocks at a window: ours, the hall's own beside them, and a face drawn for its printer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests import builders
from tests.builders import paper_of, refused
from workstation.acts import papers, printers, stocks
from workstation.acts.desk import Desk
from workstation.domain.envelope import Envelope
from workstation.domain.paper import Paper
from workstation.errors import Explained

OWN = """
["厅用大封"]
length = 250
width = 176
postcode_left = 16.0
postcode_top = 14.0
postcode_pitch = 10.0
dpi = 300
"""


@pytest.fixture
def face(desk: Desk) -> Paper:
    """The face of an envelope."""
    return paper_of(desk, builders.an_envelope(desk).number, "envelope")


def test_a_face_is_drawn_for_c5_where_nobody_has_said_otherwise(desk: Desk, face: Paper) -> None:
    """Faces of before there was a choice are drawn as they were."""
    assert stocks.of(desk.tray, face) == stocks.known(desk.tray)["C5"]
    assert stocks.of(desk.tray, replace(face, stock=None)) == stocks.known(desk.tray)["C5"]


def test_a_sheet_has_no_stock(desk: Desk, face: Paper) -> None:
    """Its wording says A4 or A5."""
    sheet = paper_of(desk, face.object, "packing_list")

    assert stocks.of(desk.tray, sheet) is None


def test_a_face_has_the_dots_and_offsets_of_its_printer(desk: Desk, face: Paper) -> None:
    """In tenths of a millimetre in the ledger, in millimetres on the stock."""
    found = stocks.of(desk.tray, replace(face, stock="ZL", dpi=600, offset_left=13, offset_top=-7))

    assert found is not None
    assert (found.dpi, found.offset_left, found.offset_top) == (600, 1.3, -0.7)
    assert found.page == (230.0, 120.0)


def test_the_halls_own_stand_beside_ours(desk: Desk) -> None:
    """In the home, as TOML, envelopes and labels apart."""
    (desk.tray.parent / "envelopes.toml").write_text(OWN, encoding="utf-8")
    (desk.tray.parent / "labels.toml").write_text(
        '["厅用标签"]\nwidth = 90\nheight = 140\n', encoding="utf-8"
    )

    names = list(stocks.known(desk.tray))

    assert {"C5", "厅用大封", "厅用标签"} <= set(names)
    assert stocks.find(desk.tray, "厅用大封").dpi == 300
    assert stocks.find(desk.tray, "厅用标签").page == (90.0, 140.0)


def test_an_unknown_stock_is_refused_with_the_known_ones_named(desk: Desk) -> None:
    """And where one's own are written."""
    with refused(desk, "stock-unknown") as caught:
        stocks.find(desk.tray, "C9")

    assert "ZL" in caught.value.why
    assert "envelopes.toml" in caught.value.next


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_text("[坏]", encoding="utf-8"),
        lambda path: path.write_bytes(b"\xff\xfe\x00"),
        lambda path: path.write_text("[小]\nlength = 1\nwidth = 1\n", encoding="utf-8"),
        lambda path: path.write_text("", encoding="utf-8"),
        lambda path: path.write_bytes(b"#" * (2 << 20)),
        lambda path: path.mkdir(),
    ],
)
def test_a_file_of_stocks_that_cannot_be_read_is_told(desk: Desk, spoil: Callable[[Path], object]) -> None:
    """With its path and what is wrong; nothing is printed on a guess."""
    spoil(desk.tray.parent / "envelopes.toml")

    with refused(desk, "stock-file-wrong") as caught:
        stocks.known(desk.tray)

    assert "envelopes.toml" in caught.value.why


def test_envelopes_are_packed_and_drawn_for_the_halls_own(desk: Desk) -> None:
    """The route names it; a stock that is gone again leaves the paper promised, and says why."""
    (desk.tray.parent / "envelopes.toml").write_text(OWN, encoding="utf-8")
    printers.set_route(builders.at(desk, "2001"), "envelope", printer=None, stock="厅用大封")
    envelope: Envelope = builders.an_envelope(desk)
    assert paper_of(desk, envelope.number, "envelope").stock == "厅用大封"

    (desk.tray.parent / "envelopes.toml").unlink()
    with pytest.raises(Explained) as caught:
        papers.reprint(desk, envelope.number, reason="damaged")

    builders.assert_explained(caught.value, "paper-failed")
    assert "厅用大封" in caught.value.why
