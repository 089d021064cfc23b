"""The post's two zones: a millimetre of anything in them is found on the PDF, a tenth beside them is not."""

import io
from collections.abc import Callable
from functools import partial
from typing import Protocol

import msgspec
import pytest
from PIL import Image
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from printing import envelopes, fonts, inks
from printing.envelopes import zones
from printing.envelopes.stock import Stock
from printing.extents import Box
from tests.printing.envelopes.test_envelopes import FACE, LONG, STOCKS, placed


class Draw(Protocol):
    """Something that can be drawn to fill a box."""

    __name__: str

    def __call__(self, canvas: Canvas, box: Box, stock: Stock) -> None:
        """Fill the box."""


def edges(stock: Stock) -> list[tuple[str, Box, Box]]:
    """Per inner edge of each zone: a box that reaches 1 mm over it, and its like 0.1 mm outside."""
    clear, middle = stock.clear, (stock.clear.left + stock.clear.right) / 2
    upper, lower = clear.top + 5, clear.top + 8
    return [
        (zones.MACHINE, box(89, 5, 93, 8), box(90.1, 5, 93, 8)),
        (zones.MACHINE, box(40, 25, 43, 29), box(40, 26.1, 43, 29)),
        (zones.MACHINE, box(89, 25, 92, 28), box(90.1, 26.1, 92, 28)),
        (
            zones.CLEAR,
            box(clear.left - 3, upper, clear.left + 1, lower),
            box(clear.left - 3, upper, clear.left - 0.1, lower),
        ),
        (
            zones.CLEAR,
            box(clear.right - 1, upper, clear.right + 3, lower),
            box(clear.right + 0.1, upper, clear.right + 3, lower),
        ),
        (
            zones.CLEAR,
            box(middle, clear.top - 3, middle + 3, clear.top + 1),
            box(middle, clear.top - 3, middle + 3, clear.top - 0.1),
        ),
    ]


def box(left: float, top: float, right: float, bottom: float) -> Box:
    """A place on the face in millimetres."""
    return Box(left=left, top=top, right=right, bottom=bottom)


def place(box: Box, stock: Stock) -> tuple[float, float, float, float]:
    """Left, bottom, width and height in points."""
    height = (box.bottom - box.top) * mm
    return box.left * mm, (stock.width - box.bottom) * mm, (box.right - box.left) * mm, height


def filled(canvas: Canvas, box: Box, stock: Stock) -> None:
    """A black rectangle."""
    canvas.setFillColor(inks.BLACK)
    canvas.rect(*place(box, stock), stroke=0, fill=1)


def white(canvas: Canvas, box: Box, stock: Stock) -> None:
    """A white rectangle: it would hide what is printed on the envelope already."""
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(*place(box, stock), stroke=0, fill=1)


def framed(canvas: Canvas, box: Box, stock: Stock) -> None:
    """A rectangle of lines 0.4 mm wide, their outer side on the box."""
    left, bottom, width, height = place(box, stock)
    canvas.setLineWidth(0.4 * mm)
    half = 0.2 * mm
    canvas.rect(left + half, bottom + half, width - 2 * half, height - 2 * half, stroke=1, fill=0)


def scaled(canvas: Canvas, box: Box, stock: Stock) -> None:
    """The same lines, drawn twenty times as large under a scale that differs across and upright."""
    left, bottom, width, height = place(box, stock)
    canvas.saveState()
    canvas.translate(left, bottom)
    canvas.scale(width / 100, height / 200)
    canvas.setLineWidth(10)
    canvas.rect(5, 5, 90, 190, stroke=1, fill=0)
    canvas.restoreState()


def lined(canvas: Canvas, box: Box, stock: Stock) -> None:
    """Two crossing lines with projecting ends, 0.3 mm wide."""
    left, bottom, width, height = place(box, stock)
    half = 0.15 * mm
    canvas.setLineWidth(0.3 * mm)
    canvas.setLineCap(2)
    canvas.line(left + half, bottom + half, left + width - half, bottom + half)
    canvas.line(left + width - half, bottom + half, left + width - half, bottom + height - half)
    canvas.line(left + half, bottom + height - half, left + half, bottom + half)
    canvas.line(left + half, bottom + height - half, left + width - half, bottom + height - half)


def written(canvas: Canvas, box: Box, stock: Stock) -> None:
    """One grey character whose ink fills the box."""
    left, bottom, width, height = place(box, stock)
    canvas.saveState()
    canvas.translate(left, bottom)
    # The ink of 口 in 20 points: 2.54 to 17.54 across, -1.08 to 14.70 upright.
    canvas.scale(width / 15, height / 15.78)
    canvas.setFillColor(inks.WATER)
    canvas.setFont(fonts.name(fonts.HEI), 20)
    canvas.drawString(-2.54, 1.08, "口")
    canvas.restoreState()


def pictured(canvas: Canvas, box: Box, stock: Stock) -> None:
    """An image."""
    left, bottom, width, height = place(box, stock)
    canvas.drawImage(ImageReader(Image.new("L", (2, 2))), left, bottom, width, height)


def formed(canvas: Canvas, box: Box, stock: Stock) -> None:
    """A rectangle in a form in a form, each moved and made larger."""
    left, bottom, width, height = place(box, stock)
    canvas.beginForm("inner", 0, 0, 10, 10)
    canvas.rect(1, 1, 2, 2, stroke=0, fill=1)
    canvas.endForm()
    canvas.beginForm("outer", 0, 0, 100, 100)
    canvas.translate(-3, -3)
    canvas.scale(3, 3)
    canvas.doForm("inner")
    canvas.endForm()
    canvas.saveState()
    canvas.translate(left, bottom)
    canvas.scale(width / 6, height / 6)
    canvas.doForm("outer")
    canvas.restoreState()


KINDS: dict[Draw, str] = {
    filled: "path",
    white: "path",
    framed: "path",
    scaled: "path",
    lined: "path",
    written: "text",
    pictured: "image",
    formed: "path",
}


def page(stock: Stock, draw: Callable[[Canvas], None]) -> bytes:
    """A page of the stock's size with nothing on it but what is drawn."""
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=(stock.length * mm, stock.width * mm), **inks.settings())
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return output.getvalue()


def text(words: str, *, left: float, top: float, size: float = 16) -> Callable[[Canvas], None]:
    """Words on a B6, centred at a place in millimetres."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(fonts.name(fonts.HEI), size)
        canvas.drawCentredString(left * mm, (125 - top) * mm - 0.36 * size, words)

    return draw


@pytest.mark.parametrize("draw", KINDS, ids=lambda draw: draw.__name__)
@pytest.mark.parametrize("stock", STOCKS)
def test_a_millimetre_over_any_edge_is_refused(
    stock: str, draw: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the layout adds to a face, `render` gives no paper with it, and says where and how far."""
    sizes, sender = envelopes.stocks()[stock], envelopes._sender
    for zone, stray, _ in edges(sizes):

        def disturbed(canvas: Canvas, face: envelopes.EnvelopeFace, stock: Stock, stray: Box = stray) -> None:
            sender(canvas, face, stock)
            draw(canvas, stray, stock)

        monkeypatch.setattr(envelopes, "_sender", disturbed)

        with pytest.raises(envelopes.ZoneIntruded) as refused:
            envelopes.render(FACE, stock=sizes)

        assert {(one.zone, one.kind) for one in refused.value.found} == {(zone, KINDS[draw])}
        assert max(one.depth for one in refused.value.found) == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize("draw", KINDS, ids=lambda draw: draw.__name__)
@pytest.mark.parametrize("stock", STOCKS)
def test_a_tenth_of_a_millimetre_outside_is_let_be(stock: str, draw: Draw) -> None:
    """The measure is exact, line widths included: it forbids nothing beside the zones."""
    sizes = envelopes.stocks()[stock]

    for _, _, beside in edges(sizes):
        assert zones.intrusions(page(sizes, partial(draw, box=beside, stock=sizes)), sizes) == ()


@pytest.mark.parametrize("stock", STOCKS)
def test_a_millimetre_at_the_edge_of_the_paper_is_found(stock: str) -> None:
    """Each zone ends where the paper ends, and not before."""
    sizes = envelopes.stocks()[stock]
    foot = sizes.width
    strays = [
        (zones.MACHINE, box(0, 20, 1, 21)),
        (zones.MACHINE, box(0, 0, 1, 1)),
        (zones.MACHINE, box(80, 0, 81, 1)),
        (zones.CLEAR, box(sizes.clear.left, foot - 1, sizes.clear.left + 1, foot)),
        (zones.CLEAR, box(sizes.clear.right - 1, foot - 1, sizes.clear.right, foot)),
    ]

    for zone, stray in strays:
        (found,) = zones.intrusions(page(sizes, partial(filled, box=stray, stock=sizes)), sizes)
        assert found.zone == zone
        assert found.depth >= 0.99


@pytest.mark.parametrize(("over", "times"), [(0.04, 0), (0.06, 1)])
def test_the_tolerance_is_a_twentieth_of_a_millimetre(over: float, times: int) -> None:
    """Less is rounding, more is ink."""
    sizes = envelopes.stocks()["C5"]
    stray = box(90 - over, 5, 93, 8)

    assert len(zones.intrusions(page(sizes, lambda canvas: filled(canvas, stray, sizes)), sizes)) == times


@pytest.mark.parametrize("watermark", [None, "演练", "演练演练演练演练演练演练"])
@pytest.mark.parametrize("face", [FACE, LONG], ids=["usual", "long"])
@pytest.mark.parametrize("stock", STOCKS)
def test_a_real_face_leaves_the_zones_alone(
    stock: str, face: envelopes.EnvelopeFace, watermark: str | None
) -> None:
    """The layout keeps out, whatever is written and however it is marked."""
    sizes = envelopes.stocks()[stock]
    pdf = envelopes.render(face, stock=sizes, watermark=watermark)

    assert zones.intrusions(pdf, sizes) == ()


def test_each_box_takes_one_digit() -> None:
    """Six digits in their six boxes are what the zone is for."""
    sizes = envelopes.stocks()["B6"]

    def digits(canvas: Canvas) -> None:
        for at, digit in enumerate("530021"):
            text(digit, left=16 + 10 * at, top=14)(canvas)

    assert zones.intrusions(page(sizes, digits), sizes) == ()


@pytest.mark.parametrize(
    "stray",
    [
        text("5", left=21, top=14),
        text("5", left=16, top=4),
        text("5", left=80, top=14),
        text("5", left=16, top=14, size=60),
        text("A", left=16, top=14),
        text("５", left=16, top=14),
        text("53", left=16, top=14),
        text("-", left=16, top=14),
        text("5", left=16, top=9),
    ],
    ids=["between", "above", "seventh", "large", "letter", "wide", "two", "mark", "over the rim"],
)
def test_anything_but_one_digit_in_a_box_is_found(stray: Callable[[Canvas], None]) -> None:
    """A digit elsewhere, too large or twice would be read as another postcode."""
    sizes = envelopes.stocks()["B6"]

    (found,) = zones.intrusions(page(sizes, stray), sizes)

    assert (found.zone, found.kind) == (zones.MACHINE, "text")


def test_a_second_digit_in_a_box_is_found() -> None:
    """The first has its right there, the one over it has none."""
    sizes = envelopes.stocks()["B6"]

    def twice(canvas: Canvas) -> None:
        text("5", left=16, top=14)(canvas)
        text("8", left=16, top=14)(canvas)

    assert len(zones.intrusions(page(sizes, twice), sizes)) == 1


def test_spaces_are_no_ink() -> None:
    """What cannot be seen bothers nobody."""
    sizes = envelopes.stocks()["B6"]

    assert zones.intrusions(page(sizes, text("　 ", left=40, top=5)), sizes) == ()


def test_each_page_is_measured() -> None:
    """A batch in one file is refused for its last page too, and the page is named."""
    sizes = envelopes.stocks()["ZL"]

    def pages(canvas: Canvas) -> None:
        filled(canvas, box(100, 40, 110, 50), sizes)
        canvas.showPage()
        filled(canvas, box(10, 4, 11, 5), sizes)

    assert [found.page for found in zones.intrusions(page(sizes, pages), sizes)] == [2]


@pytest.mark.parametrize(
    ("pdf", "why"),
    [
        (b"", "not a PDF"),
        (b"%PDF-1.4 rubbish", "not a PDF"),
        (page(envelopes.stocks()["C5"], text("5", left=16, top=14)), "as large as"),
        (page(envelopes.stocks()["B6"], lambda canvas: canvas.setPageRotation(90)), "turned"),
        (page(envelopes.stocks()["B6"], lambda canvas: canvas.linkURL("x", (9, 9, 20, 20))), "annotations"),
    ],
    ids=["empty", "rubbish", "C5", "turned", "annotated"],
)
def test_what_cannot_be_measured_is_refused(pdf: bytes, why: str) -> None:
    """A page that is not the envelope has its zones elsewhere."""
    with pytest.raises(envelopes.NotMeasurable, match=why):
        zones.intrusions(pdf, envelopes.stocks()["B6"])


@pytest.mark.parametrize(("across", "down"), [(2.5, 0), (0, 3), (-2, -1.5), (9, 9)])
def test_the_offset_of_a_printer_moves_page_and_zones_alike(across: float, down: float) -> None:
    """What is measured is where the ink will be on the envelope: the offset cancels the printer's own."""
    plain = envelopes.stocks()["C5"]
    unmoved = envelopes.render(FACE, stock=plain)
    moved = msgspec.structs.replace(plain, offset_left=across, offset_top=down)

    pdf = envelopes.render(FACE, stock=moved)

    before, after = placed(unmoved)[0], placed(pdf)[0]
    assert (before["text"], after["text"]) == ("5", "5")
    assert after["left"] - before["left"] == pytest.approx(across, abs=0.01)
    assert after["top"] - before["top"] == pytest.approx(down, abs=0.01)
    assert zones.intrusions(pdf, moved) == ()


def test_a_stray_is_measured_where_the_printer_will_put_it() -> None:
    """2 mm beside the zone on the page, 1 mm in it on the envelope: the offset is reckoned in."""
    plain = envelopes.stocks()["C5"]
    moved = msgspec.structs.replace(plain, offset_left=3)
    pdf = page(plain, partial(filled, box=box(92, 5, 99, 8), stock=plain))

    (found,) = zones.intrusions(pdf, moved)

    assert found.depth == pytest.approx(1, abs=0.01)
    assert zones.intrusions(pdf, plain) == ()
