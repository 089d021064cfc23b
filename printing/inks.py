"""What sheets and envelopes share: colours, settings that make equal input equal bytes, the watermark."""

import math
from collections.abc import Iterator
from functools import lru_cache
from threading import RLock
from typing import Any, Literal

from reportlab import rl_config
from reportlab.lib import rl_accel
from reportlab.lib.colors import Color
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from printing import fonts

BLACK = Color(0, 0, 0)
GREY = Color(0.35, 0.35, 0.35)
RULE = BLACK
"""Thin and black: a laser printer breaks a thin grey line into dots."""
TINT = Color(0.955, 0.955, 0.955)
WATER = Color(0.92, 0.92, 0.92)


PRESS = RLock()
"""Held while a paper is drawn: reportlab reads the font through one shared file position."""

# Base 85 would make each file a quarter longer and slower, for the sake of 7-bit mail.
rl_config.useA85 = 0

_ESCAPED = {code: rl_accel.escapePDF(bytes([code])) for code in range(256)}
_number = lru_cache(4096)(rl_accel.fp_str)  # in a batch most numbers stand on every page
# Widths of characters: a tenth of the time of one envelope, and the same in all.
pdfdoc.fp_str = _number  # type: ignore[attr-defined]  # the stubs leave it out


class Paper(Canvas):
    """A canvas that sets each character in a face that has it."""

    _doc: Any
    _code: list[str]
    _fontname: str
    _fontsize: float
    _leading: float

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # In a batch, most lines stand on every page.
        self._lines: dict[tuple[str, str, float, float], str] = {}

    def beginText(  # noqa: N802 - reportlab's
        self, x: float = 0, y: float = 0, direction: Literal["LTR", "RTL"] | None = None
    ) -> PDFTextObject:
        """All text is set through such an object, but for single lines."""
        return _Text(self, x, y, direction=direction)

    def drawString(self, x: float, y: float, text: str, *how: Any, **more: Any) -> None:  # noqa: N802
        """A line that begins at x, y."""
        if how or more or not self._is_ours:
            super().drawString(x, y, text, *how, **more)
        else:
            self._set(x, y, text)

    def drawCentredString(self, x: float, y: float, text: str, *how: Any, **more: Any) -> None:  # noqa: N802
        """A line that has its middle at x, y."""
        if how or more or not self._is_ours:
            super().drawCentredString(x, y, text, *how, **more)
        else:
            self._set(x - 0.5 * self.stringWidth(text), y, text)

    def drawRightString(self, x: float, y: float, text: str, *how: Any, **more: Any) -> None:  # noqa: N802
        """A line that ends at x, y."""
        if how or more or not self._is_ours:
            super().drawRightString(x, y, text, *how, **more)
        else:
            self._set(x - self.stringWidth(text), y, text)

    @property
    def _is_ours(self) -> bool:
        return self._fontname in fonts.STYLES

    def _set(self, x: float, y: float, text: str) -> None:
        """A line as reportlab writes it, in a quarter of the time: its text objects can do so much more."""
        line = text, self._fontname, self._fontsize, self._leading
        if line not in self._lines:
            self._lines[line] = " ".join(self._operators(*line))
        self._code.append(f"BT 1 0 0 1 {_number(x)} {_number(y)} Tm {self._lines[line]} T* ET")

    def _operators(self, text: str, style: str, size: float, leading: float) -> Iterator[str]:
        set_in = None
        for face, run in fonts.runs(text, style):
            font: Any = pdfmetrics.getFont(face)
            for subset, codes in font.splitString(run, self._doc):
                if set_in != (face, subset):
                    set_in = face, subset
                    name = font.getSubsetInternalName(subset, self._doc)
                    yield f"{name} {_number(size)} Tf {_number(leading)} TL"
                yield f"({codes.decode('latin-1').translate(_ESCAPED)}) Tj"


class _Text(PDFTextObject):
    """Text in runs of one face each."""

    _fontname: str
    _curSubset: int  # noqa: N815 - reportlab's

    def _formatText(self, text: str) -> str:  # noqa: N802 - reportlab's
        wanted = self._fontname
        faces = fonts.runs(text, wanted) if wanted in fonts.STYLES else [(wanted, text)]
        operators = []
        for face, run in faces:
            self._set_face(face)
            operators.append(super()._formatText(run))  # type: ignore[misc]  # the stubs leave it out
        self._set_face(wanted)
        return " ".join(operators)

    def _set_face(self, face: str) -> None:
        """Another face, named before the next text; `setFont` would break the line that is being written."""
        if face != self._fontname:
            self._fontname, self._curSubset = face, -1


def settings() -> dict[str, Any]:
    """Canvas settings: equal input gives equal bytes, and no page opens with an unembedded Helvetica."""
    return {"invariant": 1, "pageCompression": 1, "initialFontName": fonts.name(), "lang": "zh-CN"}


def sign(canvas: Canvas, title: str) -> None:
    """Name the paper in the file and nothing else: no author, no program, no version."""
    canvas.setTitle(title)
    for tell in (
        canvas.setAuthor,
        canvas.setSubject,
        canvas.setCreator,
        canvas.setProducer,
        canvas.setKeywords,
    ):
        tell("")


def watermark(canvas: Canvas, text: str, *, box: tuple[float, float, float, float], degrees: float) -> None:
    """Write the text large, light and slanting into a box (left, bottom, width, height), never beyond it."""
    if not text:
        return
    text = fonts.printable(text)
    left, bottom, width, height = box
    slant = math.radians(degrees)
    long = fonts.width(text, 1)
    across = long * math.cos(slant) + math.sin(slant)
    upright = long * math.sin(slant) + math.cos(slant)
    size = min(0.75 * width / across, 0.75 * height / upright, 120)
    canvas.saveState()
    canvas.setFillColor(WATER)
    canvas.setFont(fonts.name(), size)
    canvas.translate(left + width / 2, bottom + height / 2)
    canvas.rotate(degrees)
    canvas.drawCentredString(0, -0.36 * size, text)
    canvas.restoreState()
