"""The face of an adhesive label, upright: the carrier's code, where to, where from, our own code.

It says what an envelope face says and nothing more. A label is no envelope: the post's zones are not on it.
"""

from collections.abc import Sequence
from functools import partial

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from printing import barcodes, extents, faces, fonts, inks
from printing.extents import NotMeasurable, OffPaper
from printing.faces import EnvelopeFace, NoFace, Rectangle, WrongPostcode
from printing.labels.stock import LabelStock, read, stocks
from printing.lines import Sized
from printing.stocks import WrongStock

_EDGE = 5.0
_AIR = 2.0
"""White on both sides of a rule."""
_TAG = 8.0
_SENDER = 0.17
"""The part of the height the sender has."""

__all__ = [
    "EnvelopeFace",
    "LabelStock",
    "NoFace",
    "NotMeasurable",
    "OffPaper",
    "WrongPostcode",
    "WrongStock",
    "read",
    "render",
    "stocks",
]


def render(*letters: EnvelopeFace, stock: LabelStock, watermark: str | None = None) -> bytes:
    """The PDF of labels, a page each; `OffPaper` when something would be cut at an edge."""
    with inks.PRESS:
        pdf = faces.printed(letters, stock, partial(_draw, stock=stock, watermark=watermark or ""))
        extents.refuse(pdf, stock)
        return pdf


def _draw(canvas: Canvas, face: EnvelopeFace, stock: LabelStock, watermark: str) -> None:
    inks.watermark(canvas, watermark, box=(0.0, 0.0, stock.width * mm, stock.height * mm), degrees=45)
    inner = stock.width - 2 * _EDGE
    lower, upper = _EDGE + faces.TALL + _AIR, stock.height - _EDGE
    middle = lower + _SENDER * stock.height
    _code(canvas, face.number, f"{faces.OWN}\t{face.copy_mark}", stock=stock, bottom=_EDGE)
    rules = [lower, middle]
    if face.waybill:
        _code(canvas, face.waybill, faces.CARRIERS, stock=stock, bottom=upper - faces.TALL)
        upper -= faces.TALL + _AIR
        rules.append(upper)
    _sender(canvas, face, (_EDGE, lower + _AIR, inner, middle - lower - 2 * _AIR))
    _recipient(canvas, face, (_EDGE, middle + _AIR, inner, upper - middle - 2 * _AIR))
    canvas.setLineWidth(0.6)
    for height in rules:
        canvas.line(_EDGE * mm, height * mm, (_EDGE + inner) * mm, height * mm)


def _recipient(canvas: Canvas, face: EnvelopeFace, room: Rectangle) -> None:
    """Postcode, address and office, as large as the room allows."""
    scale = min(room[2] / 66, 1.4)
    address = [(face.postcode, 15 * scale), (face.address, 15 * scale)]
    _tagged(canvas, "收", [*address, ("", 5 * scale), (face.office, 22 * scale)], room)


def _sender(canvas: Canvas, face: EnvelopeFace, room: Rectangle) -> None:
    """The window that sends it, small."""
    where = f"{face.sender_address}　{face.sender_postcode}"
    _tagged(canvas, "寄", [(face.sender, 10.0), (where, 8.5)], room)


def _tagged(canvas: Canvas, tag: str, texts: Sequence[Sized], room: Rectangle) -> None:
    """Text beside a white character on black that says whose address it is."""
    left, bottom, width, height = room
    middle = bottom + height / 2
    canvas.setFillColor(inks.BLACK)
    canvas.roundRect(left * mm, (middle - _TAG / 2) * mm, _TAG * mm, _TAG * mm, mm, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.setFont(fonts.name(fonts.HEI), 15)
    canvas.drawCentredString((left + _TAG / 2) * mm, middle * mm - 5.4, tag)
    beside = _TAG + 3
    faces.block(canvas, texts, (left + beside, bottom, width - beside, height))


def _code(canvas: Canvas, value: str, caption: str, *, stock: LabelStock, bottom: float) -> None:
    """A symbol in the middle of the label, at a height in millimetres."""
    left = (stock.width - barcodes.width(value, dpi=stock.dpi) / mm) / 2
    faces.symbol(canvas, value, caption, left=left, bottom=bottom, dpi=stock.dpi)
