"""Barcodes read again: from a finished PDF before it counts as made, and from a picture of worn paper.

Only Code 128 counts. Whether a value is the expected one is for the caller to say: a damaged symbol can
pass the check of the symbology and still be wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter

from printing import inks

_ENOUGH = 400
"""Dots per inch above which more dots only cost time."""
_MEDIAN = ImageFilter.MedianFilter(3)
_LADDER = (
    (0, ImageFilter.GaussianBlur(0.7)),
    (0, _MEDIAN),
    (0, ImageFilter.GaussianBlur(1.2)),
    (2, _MEDIAN),
    (-2, _MEDIAN),
)
"""Degrees and smoothing by which a picture is tried again: specks smaller than a module defeat the reader,
and where a pen has left only narrow strips, those of paper lying askew do not reach from end to end."""


class NotReadable(ValueError):
    """The bytes are no PDF, or not a whole one."""


def codes(pdf: bytes, *, dpi: int = 203) -> list[str]:
    """The different values on each page, one page after the other, of all symbols running along the lines."""
    # At 300 dpi the 8 dots of a 600 dpi printer are 4 whole ones, read in a third of the time.
    while dpi > _ENOUGH:
        dpi //= 2
    return [value for picture in pictures(pdf, dpi=dpi) for value in _seen(picture)]


def read(picture: Image.Image) -> list[str]:
    """The different values in a picture of paper, as it is and then smoothed until something is found."""
    grey = picture.convert("L")
    found = _seen(grey, sideways=True)
    for degrees, smoothing in _LADDER:
        found = found or _seen(_straightened(grey, degrees).filter(smoothing), sideways=True)
    return found


def pictures(pdf: bytes, *, dpi: int) -> Iterator[Image.Image]:
    """The pages as a printer of this resolution inks them: each dot of a bar is black or white."""
    with _renderer():
        document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(len(document)):
            yield _inked(document, number, dpi)
    finally:
        with _renderer():
            document.close()


@contextmanager
def _renderer() -> Iterator[None]:
    # PDFium may be called by one thread at a time, and envelopes are measured with it while they are drawn.
    with inks.PRESS:
        try:
            yield
        except pypdfium2.PdfiumError as error:
            raise NotReadable(str(error)) from error


def _inked(document: Any, number: int, dpi: int) -> Image.Image:
    with _renderer():
        page = document[number]
        # The renderer stretches a page to the next whole dot and takes that dot away from some of the bars.
        left, bottom, right, top = page.get_mediabox()
        page.set_mediabox(left, bottom, left + _whole(right - left, dpi), bottom + _whole(top - bottom, dpi))
        bitmap = page.render(scale=dpi / 72, grayscale=True, no_smoothpath=True)
        picture: Image.Image = bitmap.to_pil().copy()
        bitmap.close()
        page.close()
        return picture


def _whole(side: float, dpi: int) -> float:
    """The side in points up to the next whole dot, a hair less because the renderer rounds up."""
    return -(-side * dpi // 72) * 72 / dpi - 0.001


def _straightened(picture: Image.Image, degrees: int) -> Image.Image:
    return picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def _seen(picture: Image.Image, *, sideways: bool = False) -> list[str]:
    """The different believable values, each once: the reader takes equal symbols near each other for one."""
    found = zxingcpp.read_barcodes(
        picture,
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.Code128),
        try_rotate=sideways,
        # Shrunk by itself to a module of a dot and a third, a symbol askew was read as another number.
        try_downscale=False,
        try_invert=False,
        text_mode=zxingcpp.TextMode.Plain,
    )
    return list(dict.fromkeys(code.text for code in found if code.text.isascii() and code.text.isprintable()))
