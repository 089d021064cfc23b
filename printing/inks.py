"""What sheets and envelopes share: colours, settings that make equal input equal bytes, the watermark."""

import math
from threading import RLock
from typing import Any, Literal

from reportlab import rl_config
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from printing import fonts

BLACK = Color(0, 0, 0)
GREY = Color(0.35, 0.35, 0.35)
RULE = Color(0.55, 0.55, 0.55)
TINT = Color(0.955, 0.955, 0.955)
WATER = Color(0.92, 0.92, 0.92)


PRESS = RLock()
"""Held while a paper is drawn: reportlab reads the font through one shared file position."""

# Base 85 would make each file a quarter longer and slower, for the sake of 7-bit mail.
rl_config.useA85 = 0


class Paper(Canvas):
    """A canvas that sets each character in a face that has it."""

    def beginText(  # noqa: N802 - reportlab's
        self, x: float = 0, y: float = 0, direction: Literal["LTR", "RTL"] | None = None
    ) -> PDFTextObject:
        """All text is set through such an object."""
        return _Text(self, x, y, direction=direction)


class _Text(PDFTextObject):
    """Text in runs of one face each."""

    _fontname: str
    _curSubset: int  # noqa: N815 - reportlab's

    def _formatText(self, text: str) -> str:  # noqa: N802 - reportlab's
        wanted = self._fontname
        faces = fonts.runs(text) if wanted == fonts.NAME else [(wanted, text)]
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
