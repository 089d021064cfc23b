"""The red boxes we draw, and ink that would be cut at an edge: both measured on the finished PDF."""

from collections.abc import Callable

import msgspec
import pytest
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from printing import envelopes, extents
from printing.envelopes import zones
from printing.extents import Box
from tests.printing import pdfs
from tests.printing.envelopes.test_envelopes import FACE, STOCKS
from tests.printing.envelopes.test_zones import box, filled, page, place, text

RED = msgspec.structs.replace(envelopes.stocks()["C5"], postcode_boxes=True)


def framed_red(canvas: Canvas, box: Box, width: float = zones.LINE) -> None:
    """A red line within a box on a C5, as the layout draws it."""
    canvas.setStrokeColorRGB(*zones.RED)
    canvas.setLineWidth(width * mm)
    left, bottom, across, upright = place(box, RED)
    half = width / 2 * mm
    canvas.rect(left + half, bottom + half, across - 2 * half, upright - 2 * half)


@pytest.mark.parametrize("stock", STOCKS)
def test_the_six_red_boxes_are_drawn_where_the_stock_wants_them(stock: str) -> None:
    """As large as the setting says, around the digits, one pitch apart; the zone check lets them be."""
    sizes = msgspec.structs.replace(envelopes.stocks()[stock], postcode_boxes=True)

    first = pdfs.page(envelopes.render(FACE, stock=sizes))

    red = [rect for rect in first.rects if rect["stroke"] and not rect["fill"]]
    half = zones.LINE / 2
    assert len(red) == 6
    for rect, there in zip(red, sizes.boxes, strict=True):
        assert rect["stroking_color"] == pytest.approx(zones.RED, abs=0.01)
        assert rect["x0"] / pdfs.MM - half == pytest.approx(there.left, abs=0.05)
        assert rect["x1"] / pdfs.MM + half == pytest.approx(there.right, abs=0.05)
        assert rect["top"] / pdfs.MM - half == pytest.approx(there.top, abs=0.05)
        assert rect["bottom"] / pdfs.MM + half == pytest.approx(there.bottom, abs=0.05)
    assert {round(there.right - there.left, 2) for there in sizes.boxes} == {7}
    assert {round(there.bottom - there.top, 2) for there in sizes.boxes} == {9}


def test_without_the_setting_no_box_is_drawn_nor_allowed() -> None:
    """They are on the stock: a second line beside the printed one would be read as a digit."""
    plain = envelopes.stocks()["C5"]

    assert not [rect for rect in pdfs.page(envelopes.render(FACE, stock=plain)).rects if rect["stroke"]]
    (found,) = zones.intrusions(page(plain, lambda canvas: framed_red(canvas, RED.boxes[0])), plain)
    assert (found.zone, found.kind) == (zones.MACHINE, "path")


def _twice(canvas: Canvas) -> None:
    framed_red(canvas, RED.boxes[2])
    framed_red(canvas, RED.boxes[2])


def _black(canvas: Canvas) -> None:
    box = RED.boxes[0]
    canvas.setLineWidth(zones.LINE * mm)
    left, bottom, across, upright = place(box, RED)
    canvas.rect(left + 0.4, bottom + 0.4, across - 0.85, upright - 0.85)


def _crossed(canvas: Canvas) -> None:
    canvas.setStrokeColorRGB(*zones.RED)
    canvas.setLineWidth(zones.LINE * mm)
    left, bottom, across, upright = place(RED.boxes[0], RED)
    path = canvas.beginPath()
    path.moveTo(left + 0.43, bottom + 0.43)
    path.lineTo(left + across - 0.43, bottom + upright - 0.43)
    path.lineTo(left + 0.43, bottom + upright - 0.43)
    path.lineTo(left + across - 0.43, bottom + 0.43)
    path.close()
    canvas.drawPath(path)


def _filled(canvas: Canvas) -> None:
    canvas.setFillColorRGB(*zones.RED)
    canvas.rect(*place(RED.boxes[0], RED), stroke=0, fill=1)


def _moved(canvas: Canvas) -> None:
    first = RED.boxes[0]
    framed_red(canvas, box(first.left + 0.2, first.top, first.right + 0.2, first.bottom))


@pytest.mark.parametrize(
    "stray",
    [_twice, _black, _crossed, _filled, _moved, lambda canvas: framed_red(canvas, RED.boxes[0], 0.6)],
    ids=["twice", "black", "crossed", "filled", "moved", "thick"],
)
def test_only_the_six_boxes_themselves_are_allowed(stray: Callable[[Canvas], None]) -> None:
    """The same place and another line, the same line in another place, or a second one: each is found."""
    (found,) = zones.intrusions(page(RED, stray), RED)

    assert (found.zone, found.kind) == (zones.MACHINE, "path")


def test_a_digit_has_to_stand_within_the_box_we_draw() -> None:
    """One that touches the line would be read as another."""
    large = text("5", left=16, top=14, size=37)

    def on_c5(canvas: Canvas) -> None:
        canvas.translate(0, (162 - 125) * mm)
        large(canvas)

    assert zones.intrusions(page(RED, on_c5), RED) != ()
    assert zones.intrusions(page(RED, on_c5), envelopes.stocks()["C5"]) == ()


@pytest.mark.parametrize(
    ("offsets", "over"),
    [({"offset_left": 20}, 8), ({"offset_left": -20}, 8), ({"offset_top": 20}, 9), ({"offset_top": -18}, 6)],
)
def test_what_an_offset_pushes_off_the_paper_is_refused(offsets: dict[str, float], over: float) -> None:
    """The page would be cut there; the error tells page and kind and how many millimetres it is."""
    moved = msgspec.structs.replace(envelopes.stocks()["C5"], **offsets)

    with pytest.raises(envelopes.OffPaper, match=r"mm off page 1") as refused:
        envelopes.render(FACE, stock=moved)

    assert refused.value.over == pytest.approx(over, abs=1.5)
    assert {stray.page for stray in refused.value.found} == {1}


@pytest.mark.parametrize(("over", "times"), [(0.04, 0), (0.06, 1)])
def test_a_twentieth_of_a_millimetre_off_the_paper_is_found(over: float, times: int) -> None:
    """Measured on the finished PDF with the same tolerance as the zones."""
    sizes = envelopes.stocks()["B6"]
    pdf = page(sizes, lambda canvas: filled(canvas, box(150, 60, 176 + over, 70), sizes))

    found = extents.measured(pdf, sizes, extents.strays)

    assert len(found) == times
    assert all(stray.over == pytest.approx(over, abs=0.01) for stray in found)
