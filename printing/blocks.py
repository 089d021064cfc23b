"""How each kind of part looks on a sheet: one small function a kind, parts in, reportlab flowables out.

Cells are plain strings broken into lines here, never reportlab markup, so no value can become a tag.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby, zip_longest

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, HRFlowable, Preformatted, Table

from printing import barcodes, fonts, inks
from printing.grids import BODY, PAD, TALLEST, Commands, Rows, font, grid, listing, padding
from printing.lines import LEADING, wrap

SMALL = 9.0
TITLE = 21.0
_HEAD_LINES = 12
"""Lines of sender beside the barcode; a longer head runs across the sheet."""
_GAP = 8 * mm
_INK = 20 * mm
"""The least room for a hand to sign in."""


class Bars(Flowable):
    """A barcode with its number in groups of four and a caption below, at the right edge of its column."""

    def __init__(self, number: str, caption: str) -> None:
        super().__init__()
        self.number, self.caption = number, fonts.printable(caption)
        self.hAlign = "RIGHT"
        self.width, self.height = barcodes.width(number), barcodes.HEIGHT + 10 * mm

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """The room the symbol, its quiet zones and two lines of text take."""
        return self.width, self.height

    def draw(self) -> None:
        """Bars on top, number and caption centred below."""
        foot = self.height - barcodes.HEIGHT
        barcodes.draw(self.canv, self.number, x=0, y=foot)
        self._centred(barcodes.grouped(self.number), BODY, foot - 11)
        self._centred(self.caption, 7.5, foot - 21)

    def _centred(self, text: str, size: float, y: float) -> None:
        size = min(size, size * self.width / (fonts.width(text, size) or 1))
        self.canv.setFillColor(inks.BLACK)
        self.canv.setFont(fonts.name(), size)
        self.canv.drawCentredString(self.width / 2, y, text)


def head(names: Sequence[str], codes: Rows, width: float) -> list[Flowable]:
    """The head of a sheet: who issues it at the left, its barcodes at the right."""
    bars = _code(codes, width)
    right = max((code.width for code in bars), default=0.0)
    left = width - right
    texts = [_text(name, 13, left - 3 * mm, space=3) for name in names[:1]]
    texts += [_text(name, SMALL, left - 3 * mm, color=inks.GREY, space=1) for name in names[1:]]
    if sum(len(text.lines) for text in texts) > _HEAD_LINES:
        return [*bars, *texts]
    look: Commands = [*font(SMALL), *padding(0, 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 3 * mm)]
    return [Table([[texts, bars]], colWidths=[left, right], style=look)]


def tear() -> Flowable:
    """A dashed line to cut along, across the whole sheet."""
    return HRFlowable("100%", 0.7, color=inks.RULE, spaceBefore=7 * mm, spaceAfter=6 * mm, dash=(4, 3))


def _title(rows: Rows, width: float) -> list[Flowable]:
    lines = [[line] for (text,) in rows for line in wrap(text, TITLE, width)]
    look: Commands = [*font(TITLE), *padding(0, 0), ("ALIGN", (0, 0), (-1, -1), "CENTER")]
    return [Table(lines, colWidths=[width], style=look, spaceAfter=6 * mm)]


def _heading(rows: Rows, width: float) -> list[Flowable]:
    return [_text(text, 12, width, space=2.5 * mm) for (text,) in rows]


def _paragraph(rows: Rows, width: float) -> list[Flowable]:
    return [_text(text, BODY, width, space=2 * mm) for (text,) in rows]


def _notes(rows: Rows, width: float) -> list[Flowable]:
    """Numbered remarks in small print; one that a page can hold is not broken."""
    number = 7 * mm
    notes: list[Flowable] = []
    for n, (text,) in enumerate(rows, 1):
        first, *more = wrap(text, SMALL, width - number)
        data = [[f"{n}.", first], *(["", line] for line in more)]
        look = [*font(SMALL), *padding(0, 0), ("BOTTOMPADDING", (0, -1), (-1, -1), 3)]
        if len(data) <= TALLEST:
            look.append(("NOSPLIT", (0, 0), (-1, -1)))
        below = 2 * mm if n == len(rows) else 0
        notes.append(Table(data, colWidths=[number, width - number], style=look, spaceAfter=below))
    return notes


def _fields(rows: Rows, width: float) -> list[Flowable]:
    """A ruled grid; two short fields stand side by side, a long one has the whole line."""
    label = min(max(fonts.width(name, BODY) for name, _ in rows) + 2 * PAD, width / 4)
    half = width / 2 - label
    tables: list[Flowable] = []
    for cells, lines in groupby(_paired(rows, half), key=len):
        columns = [label, half, label, half] if cells == 4 else [label, width - label]
        tinted: Commands = [("BACKGROUND", (c, 0), (c, -1), inks.TINT) for c in range(0, cells, 2)]
        tables.append(grid(list(lines), columns, style=tinted))
    tables[-1].spaceAfter = 3 * mm
    return tables


def _paired(rows: Rows, half: float) -> Iterator[list[str]]:
    """Lines of the grid: two short fields on one, or one field alone."""
    waiting: list[str] = []
    for name, value in rows:
        short = "\n" not in value and fonts.width(value, BODY) + 2 * PAD <= half
        if waiting and not short:
            yield waiting
            waiting = []
        if short and not waiting:
            waiting = [name, value]
        else:
            yield [*waiting, name, value]
            waiting = []
    if waiting:
        yield waiting


def _table(rows: Rows, width: float) -> list[Flowable]:
    table = listing(rows, width)
    table.spaceAfter = 3 * mm
    return [table]


def _code(rows: Rows, width: float) -> list[Flowable]:
    bars = [Bars(number, caption) for number, caption in rows]
    if any(code.width > width for code in bars):
        raise barcodes.NotEncodable("the barcode would be wider than the paper")
    return list(bars)


def _signatures(rows: Rows, width: float) -> list[Flowable]:
    """Two places on a line; a label that ends in a colon is followed by a rule to write on."""
    labels = [text for (text,) in rows]
    lines: list[Flowable] = [_places(labels[at : at + 2], width) for at in range(0, len(labels), 2)]
    for line in lines[:-1]:
        line.keepWithNext = True
    # Air below, not a blank of its own: that one could open a page with nothing on it.
    lines[-1].spaceAfter = 4 * mm
    return lines


def _places(labels: Sequence[str], width: float) -> Flowable:
    """One or two places side by side; a label too long for its half goes on in further rows."""
    half = (width - _GAP) / 2
    wrapped = [wrap(label, BODY, half - _INK * label.endswith("：")) for label in labels]
    columns: list[float] = []
    look: Commands = [*font(BODY), *padding(0, 0), ("BOTTOMPADDING", (0, -1), (-1, -1), 1.5)]
    for label, lines in zip(labels, wrapped, strict=True):
        wide = max(fonts.width(line, BODY) for line in lines) + 2
        if label.endswith("："):
            pen = (len(columns) + 1, -1)
            look.append(("LINEBELOW", pen, pen, 0.6, inks.GREY))
        columns += [wide, half - wide, _GAP]
    rows = zip_longest(*wrapped, fillvalue="")
    data = [[cell for line in row for cell in (line, "", "")][:-1] for row in rows]
    return Table(data, colWidths=columns[:-1], style=look, hAlign="LEFT", spaceBefore=7 * mm)


def _text(text: str, size: float, width: float, *, color: Color = inks.BLACK, space: float) -> Preformatted:
    return Preformatted("\n".join(wrap(text, size, width)), _style(size, color, space))


@cache
def _style(size: float, color: Color, space: float) -> ParagraphStyle:
    return ParagraphStyle(
        "text",
        fontName=fonts.name(),
        fontSize=size,
        leading=size * LEADING,
        textColor=color,
        spaceBefore=space,
        spaceAfter=space,
    )


KINDS: dict[str, tuple[int | None, Callable[[Rows, float], list[Flowable]]]] = {
    "title": (1, _title),
    "heading": (1, _heading),
    "paragraph": (1, _paragraph),
    "notes": (1, _notes),
    "fields": (2, _fields),
    "table": (None, _table),
    "code": (2, _code),
    "signatures": (1, _signatures),
}
"""Each kind with the number of cells in its rows (a table has as many as its head) and what draws it."""
