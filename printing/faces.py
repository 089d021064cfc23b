"""The outside of a letter: all that may stand there, and the pieces envelopes and labels draw it with."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from printing import barcodes, fonts, inks
from printing.lines import LEADING, Sized, fit, snug, wrap
from printing.stocks import Media

OWN, CARRIERS = "封套编号", "运单号"
"""What stands over each symbol, so that nobody takes the one for the other."""
TALL = 22.0
"""Millimetres a symbol takes with the caption above and the number below."""
_BARS = 6.0
_SMALLEST = 6.5
_ENDS = frozenset("省市区县旗州盟镇乡村路街道巷号楼层院局厅部委会处科室所站心、）")
"""A line of an address or of an office's name ends well after one of these."""

Rectangle = tuple[float, float, float, float]
"""Left, bottom, width and height in millimetres."""


class WrongPostcode(ValueError):
    """A postcode that is not six digits would put something else into the machine-reading zone."""


class NoFace(ValueError):
    """Nothing was given to print; an empty page would look like an envelope."""


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
    waybill: str = ""
    """The carrier's number 运单号, when it is known already."""


def printed(
    faces: Sequence[EnvelopeFace], media: Media, draw: Callable[[Canvas, EnvelopeFace], None]
) -> bytes:
    """A page for each face, moved by the offsets of the printer; to be measured before it counts."""
    if not faces:
        raise NoFace("no face to print")
    for postcode in (postcode for face in faces for postcode in (face.postcode, face.sender_postcode)):
        if not (len(postcode) == 6 and postcode.isascii() and postcode.isdigit()):
            raise WrongPostcode(postcode)
    output = io.BytesIO()
    across, down = media.page
    canvas = inks.Paper(output, pagesize=(across * mm, down * mm), **inks.settings())
    inks.sign(canvas, " ".join(dict.fromkeys((faces[0].number, faces[-1].number))))
    for face in faces:
        if media.offset_left or media.offset_top:
            canvas.translate(media.offset_left * mm, -media.offset_top * mm)
        draw(canvas, face)
        canvas.showPage()
    canvas.save()
    return output.getvalue()


def symbol(canvas: Canvas, value: str, caption: str, *, left: float, bottom: float, dpi: int) -> None:
    """A barcode in millimetres from the lower left: its caption above the bars, its number below.

    What follows a tab in the caption stands at the right end.
    """
    if not value.isprintable():
        raise barcodes.NotEncodable(f"nobody could read it below the bars: {value!r}")
    quiet = barcodes.QUIET * barcodes.module(dpi)
    start, room = left * mm + quiet, barcodes.width(value, dpi=dpi) - 2 * quiet
    barcodes.draw(canvas, value, x=left * mm, y=(bottom + _BARS) * mm, dpi=dpi)
    canvas.setFillColor(inks.BLACK)
    name, _, mark = caption.partition("\t")
    above = (bottom + _BARS) * mm + barcodes.HEIGHT + 1.2 * mm
    canvas.setFont(fonts.name(fonts.HEI), 8)
    canvas.drawString(start, above, fonts.printable(name))
    if mark:
        canvas.drawRightString(start + room, above, fonts.printable(mark))
    number = barcodes.grouped(value)
    canvas.setFont(fonts.name(fonts.HEI), min(10, 10 * room / fonts.width(number, 10, fonts.HEI)))
    canvas.drawCentredString(start + room / 2, (bottom + 1.8) * mm, number)


def block(canvas: Canvas, texts: Sequence[Sized], box: Rectangle) -> None:
    """Lines of text in the vertical middle of a box, all shrunk together where they are long, never cut."""
    left, bottom, width, height = (side * mm for side in box)
    lines = _laid_out(tuple((fonts.printable(text), size) for text, size in texts), width, height)
    y = bottom + (height + sum(size for _, size in lines) * LEADING) / 2
    canvas.setFillColor(inks.BLACK)
    for line, size in lines:
        y -= size * LEADING
        if line:
            canvas.setFont(fonts.name(), size)
            canvas.drawString(left, y + 0.3 * size, line)


@lru_cache(64)  # all letters of a batch have the same sender
def _laid_out(texts: Sequence[Sized], width: float, height: float) -> tuple[Sized, ...]:
    snugly = [(text, snug(text, size, width)) for text, size in texts]
    fitted = fit(snugly, width=width, height=height, smallest=_SMALLEST)
    scale = fitted[0][1] / snugly[0][1]
    return tuple(
        (line, size * scale) for text, size in snugly for line in _well_broken(text, size * scale, width)
    )


def _well_broken(text: str, size: float, width: float) -> list[str]:
    """As few lines as the width allows, broken after whole names where that can be, else of even length."""
    lines = wrap(text, size, width)
    if len(lines) == 1:
        return lines
    narrow = fonts.width(text, size) / len(lines)
    trials = [wrap(text, size, narrow + (width - narrow) * part / 12) for part in range(12)]
    # Most are broken alike: each way is looked at once.
    ways = {"\n".join(way): way for way in [lines, *trials] if len(way) == len(lines)}
    return max(ways.values(), key=_goodness)


def _goodness(lines: Sequence[str]) -> tuple[int, float]:
    """How many lines end well, then how long the shortest is."""
    return sum(line[-1:] in _ENDS for line in lines[:-1]), min(fonts.width(line, 1) for line in lines)
