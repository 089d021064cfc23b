"""The face of an envelope by GB/T 1416-2003: where to, where from, its barcodes, nothing about a person.

Stocks are data (`stock.py`, `stocks.toml`); that the post's zones are blank is measured at last (`zones.py`).
"""

from functools import partial

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from printing import barcodes, faces, fonts, inks
from printing.envelopes import zones
from printing.envelopes.stock import Stock, read, stocks
from printing.envelopes.zones import ZoneIntruded
from printing.extents import NotMeasurable, OffPaper
from printing.faces import EnvelopeFace, NoFace, Rectangle, WrongPostcode
from printing.stocks import WrongStock

_EDGE = 12.0
_AIR = 3.0
"""What is left white above the clear zone, and between what stands one above the other."""
_LOWER = 20.0
_ENOUGH = 40.0
"""Millimetres of height in which a recipient stands well."""

__all__ = [
    "EnvelopeFace",
    "NoFace",
    "NotMeasurable",
    "OffPaper",
    "Stock",
    "WrongPostcode",
    "WrongStock",
    "ZoneIntruded",
    "read",
    "render",
    "stocks",
    "unmeasured",
]


def render(*letters: EnvelopeFace, stock: Stock, watermark: str | None = None) -> bytes:
    """The PDF of envelope faces, a page each; `ZoneIntruded` or `OffPaper` when one could not be posted."""
    with inks.PRESS:
        pdf = unmeasured(*letters, stock=stock, watermark=watermark)
        zones.refuse(pdf, stock)
        return pdf


def unmeasured(*letters: EnvelopeFace, stock: Stock, watermark: str | None = None) -> bytes:
    """The PDF as it was drawn: nothing on it has been measured yet, so it must not count as made."""
    with inks.PRESS:
        return faces.printed(letters, stock, partial(_draw, stock=stock, watermark=watermark or ""))


def _draw(canvas: Canvas, face: EnvelopeFace, stock: Stock, watermark: str) -> None:
    free = stock.clear.top - stock.machine.bottom
    inks.watermark(
        canvas, watermark, box=(0.0, stock.clear_zone[2] * mm, stock.length * mm, free * mm), degrees=12
    )
    _postcode(canvas, face, stock)
    _recipient(canvas, face, stock)
    _codes(canvas, face, stock)
    _sender(canvas, face, stock)


def _postcode(canvas: Canvas, face: EnvelopeFace, stock: Stock) -> None:
    """Six digits for the six red boxes, which are on the stock already unless it says otherwise."""
    canvas.setStrokeColorRGB(*zones.RED)
    canvas.setLineWidth(zones.LINE * mm)
    for box in stock.boxes if stock.postcode_boxes else ():
        width, height = box.right - box.left - zones.LINE, box.bottom - box.top - zones.LINE
        left, bottom = box.left + zones.LINE / 2, stock.width - box.bottom + zones.LINE / 2
        canvas.rect(left * mm, bottom * mm, width * mm, height * mm)
    canvas.setFillColor(inks.BLACK)
    canvas.setFont(fonts.name(fonts.HEI), 16)
    for at, digit in enumerate(face.postcode):
        across = stock.postcode_left + at * stock.postcode_pitch
        canvas.drawCentredString(across * mm, (stock.width - stock.postcode_top) * mm - 5.8, digit)


def _recipient(canvas: Canvas, face: EnvelopeFace, stock: Stock) -> None:
    """Address, then the office, in the middle of the face; both shrink together when they are long."""
    scale = min(max(stock.length / 229, 0.9), 1.3)
    texts = [(face.address, 15 * scale), ("", 5 * scale), (f"{face.office}　收", 20 * scale)]
    faces.block(canvas, texts, _middle(face, stock))


def _middle(face: EnvelopeFace, stock: Stock) -> Rectangle:
    """The room of the recipient: above the codes or, on an envelope too low for that, beside them."""
    left, right = 0.19 * stock.length, 0.91 * stock.length
    top, bottom = stock.width - stock.machine.bottom - 4, _foot(stock) + faces.TALL + _AIR
    if not face.waybill:
        return left, bottom, right - left, top - bottom
    higher = _second(stock) + faces.TALL + _AIR
    if top - higher >= _ENOUGH:
        return left, higher, right - left, top - higher
    inner = _EDGE + max(_wide(face.number, stock), _wide(face.waybill, stock)) + 8
    return inner, bottom, stock.length - _EDGE - inner, top - bottom


def _codes(canvas: Canvas, face: EnvelopeFace, stock: Stock) -> None:
    """The envelope's own number at the left, over the clear zone; over it the carrier's, once known."""
    caption = f"{faces.OWN}\t{face.copy_mark}"
    faces.symbol(canvas, face.number, caption, left=_EDGE, bottom=_foot(stock), dpi=stock.dpi)
    if face.waybill:
        faces.symbol(canvas, face.waybill, faces.CARRIERS, left=_EDGE, bottom=_second(stock), dpi=stock.dpi)


def _sender(canvas: Canvas, face: EnvelopeFace, stock: Stock) -> None:
    """Sender at the right, above the clear zone; its postcode in the corner beside that zone."""
    left = max(_EDGE + _wide(face.number, stock) + 6, 0.54 * stock.length)
    texts = [(face.sender, 12.0), ("", 2.0), (face.sender_address, 10.0)]
    faces.block(canvas, texts, (left, _foot(stock), stock.length - _EDGE - left, _LOWER))
    canvas.setFont(fonts.name(), 10)
    canvas.drawRightString((stock.length - _EDGE) * mm, 11 * mm, f"邮政编码　{face.sender_postcode}")


def _wide(value: str, stock: Stock) -> float:
    return barcodes.width(value, dpi=stock.dpi) / mm


def _foot(stock: Stock) -> float:
    """Where the lower blocks begin above the bottom edge."""
    return stock.clear_zone[2] + _AIR


def _second(stock: Stock) -> float:
    """Where the carrier's symbol begins above the bottom edge."""
    return _foot(stock) + faces.TALL + _AIR
