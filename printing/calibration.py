"""The calibration sheet 校准页: crosses at known distances, rulers, bars, and what is read off them.

A person prints it on the stock with the printer to be set, measures two distances and types them in.
"""

import io
from collections.abc import Sequence
from itertools import accumulate

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from printing import barcodes, extents, fonts, inks
from printing.lines import LEADING, fit
from printing.stocks import Media, Millimetres

CROSS = 20.0
"""Millimetres of the first cross from the left and from the top edge."""
FURTHEST = 20.0
"""The largest offset a stock can have, and so the largest we believe."""
_ARM = 5.0
_EDGE = 6.0
"""What most printers leave white."""
_RULERS = (100, 50)
_INNER = CROSS + 8
"""Where the words begin, from the left edge."""
_COLUMN = 110.0
_STRIP = 16.0
"""The height of the strip of bars with the air above and the numbers below."""
_TEXT = 10.0
_SMALLEST = 6.0
_LONGEST_TITLE = 120


class NotMeasured(ValueError):
    """A distance nobody can have measured: no number, or so far off that the paper lay wrong."""


class TooSmall(ValueError):
    """On this paper there is no room for a ruler of 50 mm in each direction and the words."""


class _Sheet(Media, frozen=True, kw_only=True):
    """A paper of any size, as it is measured: without offsets."""

    length: Millimetres
    width: Millimetres

    @property
    def page(self) -> tuple[float, float]:
        """The paper, across and down."""
        return self.length, self.width


def render(length: float, width: float, *, dpi: int, title: str) -> bytes:
    """The PDF of a calibration sheet for paper of this size in millimetres, across and down."""
    sheet = _Sheet(length=length, width=width, dpi=dpi)
    rulers = (_ruler(length), _ruler(width))
    output = io.BytesIO()
    with inks.PRESS:
        canvas = inks.Paper(output, pagesize=(length * mm, width * mm), **inks.settings())
        inks.sign(canvas, fonts.printable(title))
        _rulers(canvas, sheet, rulers)
        below = _words(canvas, sheet, _told(title, sheet, rulers))
        _bars(canvas, sheet, below)
        canvas.showPage()
        canvas.save()
        extents.refuse(output.getvalue(), sheet)
    return output.getvalue()


def offsets(measured_left: float, measured_top: float) -> tuple[float, float]:
    """The `offset_left` and `offset_top` (to 0.1 mm) that put the first cross where it belongs."""
    return _offset(measured_left), _offset(measured_top)


def _offset(measured: float) -> float:
    # Measured 18.5: the printer puts the page 1.5 mm too far left, so it has to be moved 1.5 mm to the right.
    offset = round(CROSS - measured, 1) + 0.0
    if not -FURTHEST <= offset <= FURTHEST:
        raise NotMeasured(f"{measured} mm from the edge")
    return offset


def _ruler(side: float) -> int:
    """The longest ruler from the first cross that keeps away from the far edge."""
    for ruler in _RULERS:
        if CROSS + ruler + _EDGE <= side:
            return ruler
    raise TooSmall(f"{side} mm")


def _told(title: str, sheet: _Sheet, rulers: tuple[int, int]) -> list[str]:
    across, down = rulers
    return [
        title[:_LONGEST_TITLE],
        f"{sheet.length:g} × {sheet.width:g} 毫米，{sheet.dpi} 点/英寸",
        f"1. 量左边第一个十字到纸左边缘的距离，应为 {CROSS} 毫米。",
        f"2. 量上边第一个十字到纸上边缘的距离，应为 {CROSS} 毫米。",
        "3. 把量到的两个数填进“打印校准”，精确到 0.1 毫米。",
        f"4. 横向两个十字相距应为 {across}.0 毫米，竖向两个十字相距应为 {down}.0 毫米。"
        "不是这个数，说明打印机缩放了页面：请关掉“适合纸张”一类的缩放，再打一张。",
        f"5. 下面各组竖条，从“{barcodes.dots(sheet.dpi)} 点”起必须根根分明；粘连或发虚的，条码会扫不出来。",
    ]


def _rulers(canvas: Canvas, sheet: _Sheet, rulers: tuple[int, int]) -> None:
    """The first cross, one ruler to the right and one down, each with a cross at its end."""
    across, down = rulers
    canvas.setStrokeColor(inks.BLACK)
    canvas.setFillColor(inks.BLACK)
    for left, top in ((CROSS, CROSS), (CROSS + across, CROSS), (CROSS, CROSS + down)):
        _cross(canvas, left, sheet.width - top)
    canvas.setLineWidth(0.15 * mm)
    canvas.setFont(fonts.name(fonts.HEI), 6)
    _distance(canvas, CROSS, sheet.width - CROSS, "1.")
    canvas.saveState()
    canvas.translate(CROSS * mm, sheet.width * mm)
    canvas.rotate(-90)
    _distance(canvas, CROSS, 0, "2.")
    canvas.restoreState()
    canvas.saveState()
    canvas.translate(CROSS * mm, (sheet.width - CROSS) * mm)
    _scale(canvas, across)
    canvas.rotate(-90)
    _scale(canvas, down, under=False)
    canvas.restoreState()


def _cross(canvas: Canvas, left: float, bottom: float) -> None:
    canvas.setLineWidth(0.2 * mm)
    for across, upright in ((_ARM, 0), (0, _ARM)):
        start, end = (left - across, bottom - upright), (left + across, bottom + upright)
        canvas.line(start[0] * mm, start[1] * mm, end[0] * mm, end[1] * mm)


def _distance(canvas: Canvas, length: float, height: float, name: str) -> None:
    """The line to measure along, from the edge to a cross, with its number in the words below."""
    canvas.setDash(1.5, 1.5)
    canvas.line(mm, height * mm, (length - _ARM) * mm, height * mm)
    canvas.setDash()
    canvas.drawCentredString(length / 2 * mm, (height + 1) * mm, f"{name} {length}")


def _scale(canvas: Canvas, length: int, *, under: bool = True) -> None:
    """Millimetres along a line, every fifth longer, every tenth with its number; on the side of the edge."""
    canvas.line(0, 0, length * mm, 0)
    for at in range(1, length):
        tick = 3.0 if at % 10 == 0 else 2.2 if at % 5 == 0 else 1.3
        canvas.line(at * mm, 0, at * mm, (tick if under else -tick) * mm)
        if at % 10 == 0:
            canvas.drawCentredString(at * mm, 3.6 * mm if under else -5.6 * mm, str(at))


def _words(canvas: Canvas, sheet: _Sheet, told: Sequence[str]) -> float:
    """What to measure, right of the one ruler and below the other; returns where the words end, in points."""
    left, top = _INNER * mm, (sheet.width - CROSS - 7) * mm
    width = min(sheet.length - _EDGE - _INNER, _COLUMN) * mm
    height = top - (_EDGE + _STRIP) * mm
    title, *rest = (fonts.printable(text) for text in told)
    spaced = [piece for text in rest for piece in (("", _TEXT / 4), (text, _TEXT))]
    for line, size in fit([(title, 1.4 * _TEXT), *spaced], width=width, height=height, smallest=_SMALLEST):
        top -= size * LEADING
        canvas.setFont(fonts.name(), size)
        canvas.drawString(left, top + 0.3 * size, line)
    return top


def _bars(canvas: Canvas, sheet: _Sheet, top: float) -> None:
    """Groups of five bars of so many dots with gaps as wide, drawn as barcodes are."""
    dot = 72 / sheet.dpi
    needed = barcodes.dots(sheet.dpi)
    groups = sorted({2, 3, 4, needed, 2 * needed})
    wide = [max(9 * dots * dot, 5 * mm) + 2.5 * mm for dots in groups]
    starts = accumulate(wide[:-1], initial=_INNER * mm)
    foot = top - (_STRIP - 4) * mm
    canvas.setFont(fonts.name(fonts.HEI), 7)
    for dots, start in zip(groups, starts, strict=True):
        left = round(start / dot) * dot
        for bar in range(5):
            across, inset = left + 2 * bar * dots * dot, barcodes.INSET * dot
            canvas.rect(across + inset, foot, dots * dot - 2 * inset, _STRIP / 2 * mm, stroke=0, fill=1)
        canvas.drawString(left, foot - 3 * mm, f"{dots} 点")
