"""Barcodes read again: from a finished PDF before it counts as made, and from a picture of worn paper.

Only Code 128 counts, and QR codes where they are asked for. Whether a value is the expected one is for the
caller to say: a damaged symbol can pass the check of the symbology and still be wrong.
"""

from __future__ import annotations

import ctypes
import io
import math
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter
from pypdfium2 import raw
from reportlab.lib.units import mm

from printing import inks

_ENOUGH = 400
"""Dots per inch above which more dots only cost time."""
_ROWS = 50
"""Lines to the inch at which bars are looked at: alike all along their height, they are read sooner."""
_AS_INKED = raw.FPDF_ANNOT | raw.FPDF_GRAYSCALE | raw.FPDF_RENDER_NO_SMOOTHPATH
_WHITE = (255, 255, 255, 255)
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


_SCANNED = 300
"""Dots per inch at which the pages of somebody's scan are looked at."""
_LINES = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.Code128)
_SQUARES = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


_LEAST_SQUARE = 10 * mm
"""No QR code of ours is smaller."""

_Box = tuple[float, float, float, float]
_Part = Callable[[Any], "_Window | None"]

#: What the picture library raises for damaged files.
_BROKEN = (OSError, SyntaxError, ValueError)


class NotReadable(ValueError):
    """The bytes are no PDF, or no picture, or not a whole one."""


def codes(pdf: bytes, *, dpi: int = 203, with_squares: bool = False) -> list[str]:
    """The different values on each page, one page after the other, of all symbols running along the lines."""
    # At 300 dpi the 8 dots of a 600 dpi printer are 4 whole ones, read in a third of the time.
    while dpi > _ENOUGH:
        dpi //= 2
    found = [value for page in pictures(pdf, dpi=dpi, only=bars) for value in _seen(page)]
    if with_squares:
        found += [value for page in pictures(pdf, dpi=dpi, only=_square) for value in _seen(page, _SQUARES)]
    return found


def read(picture: Image.Image) -> list[str]:
    """The different values in a picture of paper, as it is and then smoothed until something is found."""
    grey = picture.convert("L")
    return _read(grey, _LINES)


def squares(file: bytes) -> list[str]:
    """The different values of all QR codes in a PNG, a JPEG or a PDF, page after page."""
    pages = pictures(file, dpi=_SCANNED) if file.startswith(b"%PDF") else [_opened(file)]
    return [value for page in pages for value in _read(page, _SQUARES)]


def _opened(file: bytes) -> Image.Image:
    """The picture in these bytes, grey; one of more dots than memory bears is refused like a broken one."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return Image.open(io.BytesIO(file), formats=("PNG", "JPEG")).convert("L")
    except (*_BROKEN, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotReadable(type(error).__name__) from error


def _read(grey: Image.Image, wanted: zxingcpp.BarcodeFormats) -> list[str]:
    found = _seen(grey, wanted, sideways=True)
    for degrees, smoothing in _LADDER:
        found = found or _seen(_straightened(grey, degrees).filter(smoothing), wanted, sideways=True)
    return found


def size(pdf: bytes) -> tuple[float, float]:
    """Width and height of the first page in millimetres, to the tenth."""
    with _renderer():
        document = pypdfium2.PdfDocument(pdf)
        try:
            width, height = document[0].get_size()
        finally:
            document.close()
    return round(width / mm, 1), round(height / mm, 1)


def pictures(pdf: bytes, *, dpi: int, only: _Part | None = None) -> Iterator[Image.Image]:
    """The pages as a printer of this resolution inks them: each dot of a bar is black or white.

    With `only`, that part of each page: no reader needs more. A page without one is left out.
    """
    with _renderer():
        document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(len(document)):
            picture = _inked(document, number, dpi, only or _whole_page)
            if picture is not None:
                yield picture
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


@dataclass(frozen=True)
class _Window:
    """What is looked at of a page, in its share of width and height from the top left; and how finely."""

    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0
    rows: int | None = None
    """Lines to the inch, where fewer than the printer's will do."""


def _inked(document: Any, number: int, dpi: int, only: _Part) -> Image.Image | None:
    with _renderer():
        page = document[number]
        # The renderer stretches a page to the next whole dot and takes that dot away from some of the bars.
        left, bottom, right, top = page.get_mediabox()
        page.set_mediabox(left, bottom, left + _whole(right - left, dpi), bottom + _whole(top - bottom, dpi))
        window = only(page)
        if window is None:
            return None
        across, down = (math.ceil(side * dpi / 72) for side in page.get_size())
        lines = -(-down * window.rows // dpi) if window.rows else down
        first_x, last_x = _dots(window.left, window.right, across)
        first_y, last_y = _dots(window.top, window.bottom, lines)
        bitmap = pypdfium2.PdfBitmap.new_native(last_x - first_x, last_y - first_y, raw.FPDFBitmap_Gray)
        bitmap.fill_rect(_WHITE, 0, 0, last_x - first_x, last_y - first_y)
        raw.FPDF_RenderPageBitmap(bitmap, page, -first_x, -first_y, across, lines, 0, _AS_INKED)
        picture: Image.Image = bitmap.to_pil().copy()
        bitmap.close()
        page.close()
        return picture


def _dots(begin: float, end: float, dots: int) -> tuple[int, int]:
    """The first dot that a share of so many touches, and the one after the last; at least one."""
    first = min(max(math.floor(begin * dots), 0), dots - 1)
    return first, max(min(math.ceil(end * dots), dots), first + 1)


def _whole_page(_page: Any) -> _Window:
    return _Window()


def bars(page: Any) -> _Window:
    """From the first filled shape, as bars are, to the last; the whole page where it has none, or forms."""
    boxes = _filled(page)
    if not boxes:
        return _Window(rows=_ROWS)
    top, bottom = _shares(page, boxes)[1::2]
    return _Window(top=top, bottom=bottom, rows=_ROWS)


def _square(page: Any) -> _Window | None:
    """Where the large squares stand that QR codes are drawn on; None where there is none."""
    boxes = [box for box in _filled(page) if _is_square(box)]
    return _Window(*_shares(page, boxes)) if boxes else None


def _is_square(box: _Box) -> bool:
    left, bottom, right, top = box
    return top - bottom > _LEAST_SQUARE and abs((right - left) / (top - bottom) - 1) < 0.02


def _filled(page: Any) -> list[_Box]:
    """The bounds of all filled shapes; none where one stands in a form, of which PDFium tells no place."""
    shapes = [thing for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]) if _is_filled(thing)]
    return [] if any(thing.container for thing in shapes) else [thing.get_bounds() for thing in shapes]


def _shares(page: Any, boxes: Sequence[_Box]) -> tuple[float, float, float, float]:
    """The rectangle around all boxes, in shares of the page from its top left."""
    left, bottom, right, top = page.get_mediabox()
    wide, high = right - left, top - bottom
    return (
        (min(box[0] for box in boxes) - left) / wide,
        (top - max(box[3] for box in boxes)) / high,
        (max(box[2] for box in boxes) - left) / wide,
        (top - min(box[1] for box in boxes)) / high,
    )


def _is_filled(path: Any) -> bool:
    mode, drawn = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, mode, drawn)
    return bool(mode.value)


def _whole(side: float, dpi: int) -> float:
    """The side in points up to the next whole dot, a hair less because the renderer rounds up."""
    return -(-side * dpi // 72) * 72 / dpi - 0.001


def _straightened(picture: Image.Image, degrees: int) -> Image.Image:
    return picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def _seen(
    picture: Image.Image, wanted: zxingcpp.BarcodeFormats = _LINES, *, sideways: bool = False
) -> list[str]:
    """The different believable values, each once: the reader takes equal symbols near each other for one."""
    found = zxingcpp.read_barcodes(
        picture,
        formats=wanted,
        try_rotate=sideways,
        # Shrunk by itself to a module of a dot and a third, a symbol askew was read as another number.
        try_downscale=False,
        try_invert=False,
        text_mode=zxingcpp.TextMode.Plain,
    )
    return list(dict.fromkeys(code.text for code in found if code.text.isascii() and code.text.isprintable()))
