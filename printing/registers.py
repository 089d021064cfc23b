"""Registers on A4 across: one table of any length, cut into parts where a page is too narrow for its columns.

Drawn line by line instead of with reportlab's tables, which copy all that is left at each page's end.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from printing import fonts, inks
from printing.lines import LEADING, wrap

SIZE = 7.5
"""Twenty digits take 31 mm in it; smaller is not read with ease."""
TITLE = 15.0
_FINE = 8.0
_PAD = 2.5
_MARGIN = 12 * mm
_HEAD = 17 * mm
"""What title, hall and days take at the top of each page."""
_FOOT = 9 * mm
_SIGNED = 14 * mm
_LINE = SIZE * LEADING
_TALLEST = 20
"""Lines of a row; a taller one goes on in a further row."""
_PAGE = landscape(A4)
_WIDTH = _PAGE[0] - 2 * _MARGIN
_UNBROKEN = re.compile(r"[!-~]+")
EMPTY = "本期没有记录。"

Row = tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """Some of a register's columns with all its rows."""

    title: str
    """Empty where there is only one part."""
    heads: Row
    rows: Sequence[Row]


@dataclass(frozen=True)
class Around:
    """What stands around the table on each page, and below it at the end."""

    title: str
    left: str
    """Whose register it is."""
    middle: str
    """Of which days."""
    right: str
    """When it was printed."""
    signatures: Sequence[str] = ()
    watermark: str = ""


@dataclass(frozen=True)
class _Cells:
    """A row as it is set: the lines of each cell."""

    lines: Sequence[Sequence[str]]

    @property
    def height(self) -> float:
        return max(len(cell) for cell in self.lines) * _LINE + 2 * _PAD


@dataclass
class _Page:
    """What one page holds."""

    part: str
    columns: Sequence[float]
    head: _Cells
    rows: list[_Cells] = field(default_factory=list)
    is_signed: bool = False


def render(parts: Sequence[Part], around: Around) -> bytes:
    """The PDF of a register; equal input gives equal bytes."""
    with inks.PRESS:
        pages = [page for part in parts for page in _paged(part)]
        _sign_last(pages)
        output = io.BytesIO()
        canvas = inks.Paper(output, pagesize=_PAGE, **inks.settings())
        inks.sign(canvas, fonts.printable(around.title))
        for number, page in enumerate(pages, start=1):
            _draw(canvas, page, around, f"第 {number} 页　共 {len(pages)} 页")
            canvas.showPage()
        canvas.save()
        return output.getvalue()


# --- what stands on which page


def _paged(part: Part) -> Iterator[_Page]:
    """The pages of one part; one without rows has a page that says so."""
    columns = _columns(part)
    head = _set(part.heads, columns, fonts.HEI)
    page = _Page(part.title, columns, head)
    room = whole = _PAGE[1] - _MARGIN - _HEAD - _FOOT - head.height - (_LINE * 2 if part.title else 0)
    for cells in (piece for row in part.rows for piece in _pieces(_set(row, columns, fonts.SONG))):
        if cells.height > room and page.rows:
            yield page
            page, room = _Page(part.title, columns, head), whole
        page.rows.append(cells)
        room -= cells.height
    yield page


def _sign_last(pages: list[_Page]) -> None:
    """Room for the signatures on the last page; nobody signs a page on which nothing stands."""
    last = pages[-1]
    used = last.head.height + sum(row.height for row in last.rows) + (_LINE * 2 if last.part else 0)
    if used + _SIGNED > _PAGE[1] - _MARGIN - _HEAD - _FOOT and len(last.rows) > 1:
        pages.append(_Page(last.part, last.columns, last.head, [last.rows.pop()]))
    pages[-1].is_signed = True


def _columns(part: Part) -> list[float]:
    """Widths: each column what cannot be broken in it, and of the rest what it would like to have."""
    hard, soft = [], []
    for head, *cells in zip(part.heads, *part.rows, strict=True):
        hard.append(max([_unbroken(head, fonts.HEI), *(_unbroken(cell) for cell in set(cells))]) + 2 * _PAD)
        wished = [fonts.width(cell, SIZE) for cell in set(cells)]
        soft.append(max([fonts.width(head, SIZE, fonts.HEI), *wished]) + 2 * _PAD)
    if sum(hard) >= _WIDTH:
        return [each * _WIDTH / sum(hard) for each in hard]
    left, over = _WIDTH - sum(hard), [max(0.0, wish - need) for need, wish in zip(hard, soft, strict=True)]
    if sum(over) <= left:
        return [max(pair) + (left - sum(over)) / len(hard) for pair in zip(hard, soft, strict=True)]
    share = sum(each**0.5 for each in over)
    return [need + left * each**0.5 / share for need, each in zip(hard, over, strict=True)]


def _unbroken(text: str, style: str = fonts.SONG) -> float:
    """The width of the longest run that should stay on one line, or of one Chinese character."""
    runs = (fonts.width(run, SIZE, style) for run in _UNBROKEN.findall(text))
    return max(runs, default=SIZE if text else 0.0)


def _set(row: Sequence[str], columns: Sequence[float], style: str) -> _Cells:
    return _Cells([_lines(text, column, style) for text, column in zip(row, columns, strict=True)])


def _lines(text: str, column: float, style: str) -> list[str]:
    room, text = column - 2 * _PAD + 0.01, fonts.printable(text)
    if "\n" not in text and fonts.width(text, SIZE, style) <= room:
        return [text]
    return wrap(text, SIZE, room, style)


def _pieces(row: _Cells) -> Iterator[_Cells]:
    for first in range(0, max(map(len, row.lines)), _TALLEST):
        yield _Cells([cell[first : first + _TALLEST] for cell in row.lines])


# --- ink


def _draw(canvas: Canvas, page: _Page, around: Around, count: str) -> None:
    inks.watermark(canvas, around.watermark, box=(0, 0, *_PAGE), degrees=35)
    canvas.setFillColor(inks.BLACK)
    top = _draw_head(canvas, around)
    if page.part:
        canvas.setFont(fonts.name(fonts.HEI), 10)
        canvas.drawString(_MARGIN, top - 10, page.part)
        top -= 2 * _LINE
    bottom = _draw_rows(canvas, page, top)
    if not page.rows:
        canvas.setFont(fonts.name(), 10)
        canvas.drawString(_MARGIN + _PAD, bottom - 14, EMPTY)
        bottom -= 20
    if page.is_signed:
        _draw_signatures(canvas, around.signatures, bottom - _SIGNED + 4 * mm)
    canvas.setFillColor(inks.GREY)
    canvas.setFont(fonts.name(), _FINE)
    canvas.drawString(_MARGIN, _FOOT - 3 * mm, fonts.printable(around.left))
    canvas.drawRightString(_PAGE[0] - _MARGIN, _FOOT - 3 * mm, count)


def _draw_head(canvas: Canvas, around: Around) -> float:
    """Title and what is below it; gives where the table begins."""
    y = _PAGE[1] - _MARGIN - TITLE
    canvas.setFont(fonts.name(fonts.HEI), TITLE)
    canvas.drawCentredString(_PAGE[0] / 2, y, fonts.printable(around.title))
    y -= 6 * mm
    canvas.setFont(fonts.name(), _FINE)
    canvas.drawString(_MARGIN, y, fonts.printable(around.left))
    canvas.drawCentredString(_PAGE[0] / 2, y, fonts.printable(around.middle))
    canvas.drawRightString(_PAGE[0] - _MARGIN, y, fonts.printable(around.right))
    return _PAGE[1] - _MARGIN - _HEAD + 2 * mm


def _draw_rows(canvas: Canvas, page: _Page, top: float) -> float:
    """Head and rows within rules; gives where they end."""
    edges = [_MARGIN]
    for column in page.columns:
        edges.append(edges[-1] + column)
    canvas.setFillColor(inks.TINT)
    canvas.rect(_MARGIN, top - page.head.height, _WIDTH, page.head.height, stroke=0, fill=1)
    canvas.setFillColor(inks.BLACK)
    canvas.setStrokeColor(inks.RULE)
    canvas.setLineWidth(0.4)
    heights, y = [top], top
    for style, row in [(fonts.HEI, page.head), *((fonts.SONG, row) for row in page.rows)]:
        canvas.setFont(fonts.name(style), SIZE)
        _draw_row(canvas, row, edges, y)
        y -= row.height
        heights.append(y)
    canvas.grid(edges, heights)
    return y


def _draw_row(canvas: Canvas, row: _Cells, edges: Sequence[float], top: float) -> None:
    """Each cell from the top, in the middle of the row's height."""
    for cell, left in zip(row.lines, edges, strict=False):
        spare = row.height - 2 * _PAD - len(cell) * _LINE
        y = top - _PAD - spare / 2 - SIZE
        for text in cell:
            canvas.drawString(left + _PAD, y, text)
            y -= _LINE


def _draw_signatures(canvas: Canvas, labels: Iterable[str], y: float) -> None:
    """Lines to sign on, side by side."""
    canvas.setFont(fonts.name(), 10)
    canvas.setFillColor(inks.BLACK)
    each = list(labels)
    for at, label in enumerate(each):
        left = _MARGIN + at * _WIDTH / len(each)
        begins = left + fonts.width(label, 10) + 2
        canvas.drawString(left, y, label)
        canvas.line(begins, y - 2, left + _WIDTH / len(each) - 8 * mm, y - 2)
