"""The face of an envelope by GB/T 1416-2003: where to, where from, its own barcode, nothing about a person.

Stocks and their sizes lie in `stocks.toml`; the two zones of the post are left blank.
"""

import io
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from printing import barcodes, fonts, inks
from printing.lines import LEADING, fit, snug

MACHINE_ZONE = (90.0, 26.0)
"""Read by the post's machines: millimetres from the left and the top edge; only the postcode stands in it."""
CLEAR_ZONE = (55.0, 160.0, 20.0)
"""Kept blank for the post's own bars: from, to (millimetres from the right edge), height from the bottom."""
_EDGE = 12.0
_FOOT = 23.0
"""Where the lower blocks begin above the bottom edge: the clear zone and 3 mm of air."""
_LOWER = 20.0
_SMALLEST = 6.5


class UnknownStock(ValueError):
    """No envelope of this name in `stocks.toml`."""


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


@dataclass(frozen=True)
class Stock:
    """One kind of envelope, in millimetres, landscape."""

    length: float
    width: float
    postcode_left: float
    postcode_top: float
    postcode_pitch: float


@cache
def stocks() -> dict[str, Stock]:
    """The envelopes we can print on, by name."""
    text = Path(__file__).with_name("stocks.toml").read_text(encoding="utf-8")
    return {name: Stock(**sizes) for name, sizes in tomllib.loads(text).items()}


def render(face: EnvelopeFace, *, stock: str = "C5", watermark: str | None = None) -> bytes:
    """The PDF of one envelope face, one page of the stock's size."""
    if stock not in stocks():
        raise UnknownStock(stock)
    for postcode in (face.postcode, face.sender_postcode):
        if not (len(postcode) == 6 and postcode.isascii() and postcode.isdigit()):
            raise WrongPostcode(postcode)
    with inks.PRESS:
        return _printed(face, stocks()[stock], watermark or "")


def _printed(face: EnvelopeFace, sizes: Stock, watermark: str) -> bytes:
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=(sizes.length * mm, sizes.width * mm), **inks.settings())
    inks.sign(canvas, face.number)
    band = (0.0, CLEAR_ZONE[2] * mm, sizes.length * mm, (sizes.width - CLEAR_ZONE[2] - MACHINE_ZONE[1]) * mm)
    inks.watermark(canvas, watermark, box=band, degrees=12)
    _postcode(canvas, face, sizes)
    _recipient(canvas, face, sizes)
    _own_code(canvas, face)
    _sender(canvas, face, sizes)
    canvas.showPage()
    canvas.save()
    return output.getvalue()


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
    top, bottom = stock.width - MACHINE_ZONE[1] - 4, _FOOT + _LOWER + 3
    scale = min(max(stock.length / 229, 0.9), 1.3)
    texts = [(face.address, 15 * scale), ("", 5 * scale), (f"{face.office}　收", 20 * scale)]
    _block(canvas, texts, (left, bottom, right - left, top - bottom))


def _sender(canvas: Canvas, face: EnvelopeFace, stock: Stock) -> None:
    """Sender at the right, above the clear zone; its postcode in the corner beside that zone."""
    left = max(_EDGE + barcodes.width(face.number) / mm + 6, 0.54 * stock.length)
    texts = [(face.sender, 12.0), ("", 2.0), (face.sender_address, 10.0)]
    _block(canvas, texts, (left, _FOOT, stock.length - _EDGE - left, _LOWER))
    canvas.setFont(fonts.name(), 10)
    canvas.drawRightString((stock.length - _EDGE) * mm, 11 * mm, f"邮政编码　{face.sender_postcode}")


def _own_code(canvas: Canvas, face: EnvelopeFace) -> None:
    """The envelope's own number at the left, in the free band between the post's two zones."""
    barcodes.draw(canvas, face.number, x=_EDGE * mm, y=(_FOOT + 6) * mm)
    text = fonts.printable(f"{barcodes.grouped(face.number)}　{face.copy_mark}".rstrip())
    canvas.setFillColor(inks.BLACK)
    canvas.setFont(fonts.name(), 10)
    middle = _EDGE * mm + barcodes.width(face.number) / 2
    canvas.drawCentredString(middle, (_FOOT + 1.5) * mm, text)


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
