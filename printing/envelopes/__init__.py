"""The face of an envelope by GB/T 1416-2003: where to, where from, its own barcode, nothing about a person.

Stocks are data (`stock.py`, `stocks.toml`); that the post's zones are blank is measured at last (`zones.py`).
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from printing import barcodes, fonts, inks
from printing.envelopes import zones
from printing.envelopes.stock import Stock, UnknownStock, WrongStock, stocks
from printing.envelopes.zones import NotMeasurable, ZoneIntruded
from printing.lines import LEADING, fit, snug

_EDGE = 12.0
_AIR = 3.0
"""What is left white above the clear zone."""
_LOWER = 20.0
_SMALLEST = 6.5

__all__ = [
    "EnvelopeFace",
    "NotMeasurable",
    "Stock",
    "UnknownStock",
    "WrongPostcode",
    "WrongStock",
    "ZoneIntruded",
    "render",
    "stocks",
]


class WrongPostcode(ValueError):
    """A postcode that is not six digits would put something else into the machine-reading zone."""


@dataclass(frozen=True)
class EnvelopeFace:
    """All that may stand outside on a letter to an authority; there is no place for item, applicant or ID."""

    number: str
    postcode: str
    office: str
    address: str
    sender: str
    sender_address: str
    sender_postcode: str
    copy_mark: str = ""


def render(face: EnvelopeFace, *, stock: str = "C5", watermark: str | None = None) -> bytes:
    """The PDF of one envelope face, or `ZoneIntruded` when it would touch the post's zones."""
    if stock not in stocks():
        raise UnknownStock(stock)
    for postcode in (face.postcode, face.sender_postcode):
        if not (len(postcode) == 6 and postcode.isascii() and postcode.isdigit()):
            raise WrongPostcode(postcode)
    with inks.PRESS:
        pdf = _printed(face, stocks()[stock], watermark or "")
        zones.refuse(pdf, stocks()[stock])
        return pdf


def _printed(face: EnvelopeFace, sizes: Stock, watermark: str) -> bytes:
    output = io.BytesIO()
    canvas = inks.Paper(output, pagesize=(sizes.length * mm, sizes.width * mm), **inks.settings())
    inks.sign(canvas, face.number)
    _draw(canvas, face, sizes, watermark)
    canvas.showPage()
    canvas.save()
    return output.getvalue()


def _draw(canvas: Canvas, face: EnvelopeFace, sizes: Stock, watermark: str) -> None:
    if sizes.offset_left or sizes.offset_top:
        canvas.translate(sizes.offset_left * mm, -sizes.offset_top * mm)
    free = sizes.clear.top - sizes.machine.bottom
    inks.watermark(
        canvas, watermark, box=(0.0, sizes.clear_zone[2] * mm, sizes.length * mm, free * mm), degrees=12
    )
    _postcode(canvas, face, sizes)
    _recipient(canvas, face, sizes)
    _own_code(canvas, face, sizes)
    _sender(canvas, face, sizes)


def _postcode(canvas: Canvas, face: EnvelopeFace, stock: Stock) -> None:
    """Six digits for the six red boxes; the boxes themselves are printed on the stock."""
    canvas.setFillColor(inks.BLACK)
    canvas.setFont(fonts.name(), 16)
    for at, digit in enumerate(face.postcode):
        across = stock.postcode_left + at * stock.postcode_pitch
        canvas.drawCentredString(across * mm, (stock.width - stock.postcode_top) * mm - 5.8, digit)


def _recipient(canvas: Canvas, face: EnvelopeFace, stock: Stock) -> None:
    """Address, then the office, in the middle of the face; both shrink together when they are long."""
    left, right = 0.19 * stock.length, stock.length - 0.09 * stock.length
    top, bottom = stock.width - stock.machine.bottom - 4, _foot(stock) + _LOWER + 3
    scale = min(max(stock.length / 229, 0.9), 1.3)
    texts = [(face.address, 15 * scale), ("", 5 * scale), (f"{face.office}　收", 20 * scale)]
    _block(canvas, texts, (left, bottom, right - left, top - bottom))


def _sender(canvas: Canvas, face: EnvelopeFace, stock: Stock) -> None:
    """Sender at the right, above the clear zone; its postcode in the corner beside that zone."""
    left = max(_EDGE + barcodes.width(face.number, dpi=stock.dpi) / mm + 6, 0.54 * stock.length)
    texts = [(face.sender, 12.0), ("", 2.0), (face.sender_address, 10.0)]
    _block(canvas, texts, (left, _foot(stock), stock.length - _EDGE - left, _LOWER))
    canvas.setFont(fonts.name(), 10)
    canvas.drawRightString((stock.length - _EDGE) * mm, 11 * mm, f"邮政编码　{face.sender_postcode}")


def _own_code(canvas: Canvas, face: EnvelopeFace, stock: Stock) -> None:
    """The envelope's own number at the left, in the free band between the post's two zones."""
    foot = _foot(stock)
    barcodes.draw(canvas, face.number, x=_EDGE * mm, y=(foot + 6) * mm, dpi=stock.dpi)
    text = fonts.printable(f"{barcodes.grouped(face.number)}　{face.copy_mark}".rstrip())
    canvas.setFillColor(inks.BLACK)
    canvas.setFont(fonts.name(), 10)
    middle = _EDGE * mm + barcodes.width(face.number, dpi=stock.dpi) / 2
    canvas.drawCentredString(middle, (foot + 1.5) * mm, text)


def _foot(stock: Stock) -> float:
    """Where the lower blocks begin above the bottom edge."""
    return stock.clear_zone[2] + _AIR


def _block(
    canvas: Canvas, texts: Sequence[tuple[str, float]], box: tuple[float, float, float, float]
) -> None:
    """Lines of text in the vertical middle of a box in millimetres (left, bottom, width, height)."""
    left, bottom, width, height = (side * mm for side in box)
    wished = [(fonts.printable(text), size) for text, size in texts]
    snugly = [(text, snug(text, size, width)) for text, size in wished]
    lines = fit(snugly, width=width, height=height, smallest=_SMALLEST)
    y = bottom + (height + sum(size for _, size in lines) * LEADING) / 2
    canvas.setFillColor(inks.BLACK)
    for line, size in lines:
        canvas.setFont(fonts.name(), size)
        y -= size * LEADING
        canvas.drawString(left, y + 0.3 * size, line)
