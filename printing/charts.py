"""Charts on a sheet: labelled bars, and a line over time; the figure stands beside each bar.

Labels are set in our own faces and shortened to their column: the table beside a chart has them in full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from reportlab.graphics.charts.barcharts import HorizontalBarChart
from reportlab.graphics.charts.linecharts import HorizontalLineChart
from reportlab.graphics.shapes import Drawing, String
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from printing import fonts, inks

if TYPE_CHECKING:
    from printing.blocks import Room
    from printing.grids import Rows

SIZE = 8.5
_BAR = 5.2 * mm
_MOST_BARS = 30
"""Bars in one piece, which no page breaks: they and their caption fit on an A5 page."""
_GAP = 3 * mm
_CAPTION = 6 * mm
_FIGURE = 22 * mm
_LINE = 45 * mm
_MOST_NAMES = 9
"""Names below a line: more would run into each other."""
_MORE = "…"


def bars(rows: Rows, room: Room) -> list[Flowable]:
    """A head (title, unit, blank), then label, figure and share of the longest, in pieces a page can hold."""
    (title, unit, _), *below = rows
    drawn: list[Flowable] = []
    for start in range(0, len(below), _MOST_BARS):
        more = "（续）" if start else ""
        piece = _bars(below[start : start + _MOST_BARS], room, f"{title}{more}　{unit}")
        drawn += [piece, Spacer(0, _GAP)]
    return drawn


def line(rows: Rows, room: Room) -> list[Flowable]:
    """Rows of name and count as one line from left to right, a few of the names below it."""
    counts = [int(count) for _, count in rows]
    step = _step(max(counts))
    chart: Any = HorizontalLineChart()
    left = fonts.width(str(step * 5), SIZE) + 4 * mm
    chart.x, chart.y, chart.width, chart.height = left, 7 * mm, room.width - left - 6 * mm, _LINE - 10 * mm
    chart.data = [tuple(counts)]
    chart.lines[0].strokeColor, chart.lines[0].strokeWidth = inks.BLACK, 0.9
    _value_axis(chart.valueAxis, top=step * (max(counts) // step + 1))
    chart.valueAxis.valueStep = step
    chart.valueAxis.labelTextFormat = "%d"
    _category_axis(chart.categoryAxis, list(_some([name for name, _ in rows])))
    chart.categoryAxis.labels.boxAnchor = "n"
    chart.categoryAxis.labels.dy = -3
    return [_drawing(chart, room.width, _LINE), Spacer(0, _GAP)]


def _bars(rows: Rows, room: Room, caption: str) -> Drawing:
    label = min(max(fonts.width(name, SIZE) for name, _, _ in rows) + 1, room.width / 3)
    chart: Any = HorizontalBarChart()
    chart.x, chart.y = label + 2 * mm, 0
    chart.width, chart.height = room.width - chart.x - _FIGURE, _BAR * len(rows)
    chart.data = [tuple(float(share) for _, _, share in rows)]
    chart.bars[0].fillColor, chart.bars[0].strokeColor = inks.GREY, None
    chart.barWidth, chart.groupSpacing = 3, 2
    chart.barLabelFormat = "values"
    chart.barLabelArray = [[figure for _, figure, _ in rows]]
    _text(chart.barLabels)
    chart.barLabels.boxAnchor, chart.barLabels.dx = "w", 3
    _value_axis(chart.valueAxis, top=1.0)
    chart.valueAxis.visible = 0
    chart.categoryAxis.reverseDirection = 1
    _category_axis(chart.categoryAxis, [_cut(name, label) for name, _, _ in rows])
    chart.categoryAxis.labels.boxAnchor = "e"
    chart.categoryAxis.labels.dx = -4
    drawing = _drawing(chart, room.width, chart.height + _CAPTION)
    drawing.add(_caption(_cut(caption, room.width), chart.height))
    return drawing


def _caption(text: str, above: float) -> String:
    place = above + _CAPTION - SIZE - 1
    return String(0, place, text, fontName=fonts.name(fonts.HEI), fontSize=SIZE, fillColor=inks.BLACK)


def _drawing(chart: Any, width: float, height: float) -> Drawing:
    # The library would begin with a font of its own, which is not embedded.
    return Drawing(width, height, chart, initialFontName=fonts.name())


def _value_axis(axis: Any, *, top: float) -> None:
    axis.valueMin, axis.valueMax = 0, top
    axis.strokeColor, axis.strokeWidth = inks.RULE, 0.4
    _text(axis.labels)


def _category_axis(axis: Any, names: Sequence[str]) -> None:
    axis.categoryNames = list(names)
    axis.visibleTicks = 0
    axis.strokeColor, axis.strokeWidth = inks.RULE, 0.4
    _text(axis.labels)


def _text(labels: Any) -> None:
    labels.fontName, labels.fontSize, labels.fillColor = fonts.name(), SIZE, inks.BLACK


def _some(names: Sequence[str]) -> Iterator[str]:
    """As many of the names as have room, evenly spread; the others are left out."""
    every = -(-len(names) // _MOST_NAMES)
    yield from (name if at % every == 0 else "" for at, name in enumerate(names))


def _step(most: int) -> int:
    """A round number of which four or five make up the axis."""
    scale = 1
    while True:
        for round_ in (1, 2, 5):
            if round_ * scale * 5 > most:
                return round_ * scale
        scale *= 10


def _cut(text: str, width: float) -> str:
    text = text.replace("\n", " ")
    if fonts.width(text, SIZE) <= width:
        return text
    while text and fonts.width(text + _MORE, SIZE) > width:
        text = text[:-1]
    return text + _MORE
