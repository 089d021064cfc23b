"""How each kind of part looks on a sheet: one small function a kind, parts in, reportlab flowables out.

Cells are plain strings broken into lines here, never reportlab markup, so no value can become a tag.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, zip_longest

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, HRFlowable, Preformatted, Table

from printing import barcodes, fonts, inks, qr
from printing.grids import BODY, PAD, TALLEST, Commands, Rows, font, grid, listing, padding
from printing.lines import LEADING, wrap

SMALL = 9.0
TITLE = 22.0
"""二号, as GB/T 9704 has it."""
_BOLD = 0.022
"""By which part of its size a title is thickened all round: there is no bold Song among our faces."""
_HEAD_LINES = 12
"""Lines of sender beside the barcode; a longer head runs across the sheet."""
_GAP = 8 * mm
_INK = 20 * mm
"""The least room for a hand to sign in."""


@dataclass(frozen=True)
class Room:
    """What a part is drawn for: the points between the margins, and the dots to the inch of the printer."""

    width: float
    dpi: int = 203


class Bars(Flowable):
    """A barcode with its number in groups of four and a caption below, at the right edge of its column."""

    def __init__(self, number: str, caption: str, *, dpi: int = 203) -> None:
        super().__init__()
        self.number, self.caption, self.dpi = number, fonts.printable(caption), dpi
        self.hAlign = "RIGHT"
        self.width, self.height = barcodes.width(number, dpi=dpi), barcodes.HEIGHT + 10 * mm

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """The room the symbol, its quiet zones and two lines of text take."""
        return self.width, self.height

    def draw(self) -> None:
        """Bars on top, number and caption centred below."""
        foot = self.height - barcodes.HEIGHT
        barcodes.draw(self.canv, self.number, x=0, y=foot, dpi=self.dpi)
        self._centred(barcodes.grouped(self.number), BODY, foot - 11)
        self._centred(self.caption, 7.5, foot - 21)

    def _centred(self, text: str, size: float, y: float) -> None:
        size = min(size, size * self.width / (fonts.width(text, size, fonts.HEI) or 1))
        self.canv.setFillColor(inks.BLACK)
        self.canv.setFont(fonts.name(fonts.HEI), size)
        self.canv.drawCentredString(self.width / 2, y, text)


class Square(Flowable):
    """A QR code, and below it which of several it is."""

    def __init__(self, digits: str, label: str = "", *, dpi: int = 203) -> None:
        super().__init__()
        self.digits, self.label, self.dpi = digits, label, dpi
        self.width = qr.side(digits, dpi=dpi)
        self.height = self.width + (SMALL if label else 0)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """The room the symbol, its quiet zones and the label take."""
        return self.width, self.height

    def draw(self) -> None:
        """The symbol on top, the label centred below it."""
        qr.draw(self.canv, self.digits, x=0, y=self.height - self.width, dpi=self.dpi)
        self.canv.setFillColor(inks.BLACK)
        self.canv.setFont(fonts.name(), SMALL)
        self.canv.drawCentredString(self.width / 2, 2, self.label)


class Line(Flowable):
    """One line of a title: Song, thickened, in the middle of the sheet."""

    def __init__(self, text: str, width: float) -> None:
        super().__init__()
        self.text, self.width, self.height = text, width, TITLE * LEADING

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """The whole width, and the line's own height."""
        return self.width, self.height

    def draw(self) -> None:
        """Filled and outlined at once."""
        self.canv.setFillColor(inks.BLACK)
        self.canv.setStrokeColor(inks.BLACK)
        self.canv.setLineWidth(_BOLD * TITLE)
        self.canv.setFont(fonts.name(), TITLE)
        self.canv.drawCentredString(self.width / 2, self.height - TITLE, self.text, mode=2)


def head(names: Sequence[str], codes: Rows, room: Room) -> list[Flowable]:
    """The head of a sheet: who issues it at the left, its barcodes at the right."""
    bars = _code(codes, room)
    right = max((code.width for code in bars), default=0.0)
    left = room.width - right
    texts = [_text(name, 14, left - 3 * mm, space=3, style=fonts.HEI) for name in names[:1]]
    texts += [_text(name, SMALL, left - 3 * mm, color=inks.GREY, space=1) for name in names[1:]]
    if sum(len(text.lines) for text in texts) > _HEAD_LINES:
        return [*bars, *texts]
    look: Commands = [*font(SMALL), *padding(0, 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 3 * mm)]
    return [Table([[texts, bars]], colWidths=[left, right], style=look)]


def tear() -> Flowable:
    """A dashed line to cut along, across the whole sheet."""
    return HRFlowable("100%", 0.7, color=inks.RULE, spaceBefore=7 * mm, spaceAfter=6 * mm, dash=(4, 3))


def _title(rows: Rows, room: Room) -> list[Flowable]:
    lines: list[Flowable] = [
        Line(line, room.width) for (text,) in rows for line in wrap(text, TITLE, room.width)
    ]
    lines[-1].spaceAfter = 5 * mm
    return lines


def _heading(rows: Rows, room: Room) -> list[Flowable]:
    return [_text(text, 12, room.width, space=2.5 * mm, style=fonts.HEI) for (text,) in rows]


def _paragraph(rows: Rows, room: Room) -> list[Flowable]:
    return [_text(_indented(text), BODY, room.width, space=2 * mm) for (text,) in rows]


def _indented(text: str) -> str:
    """Each paragraph begins two characters in, as Chinese prose does."""
    return "\n".join(f"　　{line}" if line else "" for line in text.split("\n"))


def _notes(rows: Rows, room: Room) -> list[Flowable]:
    """Numbered remarks in small print; one that a page can hold is not broken."""
    number = 7 * mm
    notes: list[Flowable] = []
    for n, (text,) in enumerate(rows, 1):
        first, *more = wrap(text, SMALL, room.width - number)
        data = [[f"{n}.", first], *(["", line] for line in more)]
        look = [*font(SMALL), *padding(0, 0), ("BOTTOMPADDING", (0, -1), (-1, -1), 3)]
        if len(data) <= TALLEST:
            look.append(("NOSPLIT", (0, 0), (-1, -1)))
        below = 2 * mm if n == len(rows) else 0
        notes.append(Table(data, colWidths=[number, room.width - number], style=look, spaceAfter=below))
    return notes


def _fields(rows: Rows, room: Room) -> list[Flowable]:
    """A ruled grid; two short fields stand side by side, a long one has the whole line."""
    label = min(max(fonts.width(name, BODY, fonts.HEI) for name, _ in rows) + 2 * PAD, room.width / 4)
    half = room.width / 2 - label
    tables: list[Flowable] = []
    for cells, lines in groupby(_paired(rows, half), key=len):
        columns = [label, half, label, half] if cells == 4 else [label, room.width - label]
        tables.append(grid(list(lines), columns, labels=range(0, cells, 2)))
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


def _table(rows: Rows, room: Room) -> list[Flowable]:
    table = listing(rows, room.width)
    table.spaceAfter = 3 * mm
    return [table]


def _code(rows: Rows, room: Room) -> list[Flowable]:
    bars = [Bars(number, caption, dpi=room.dpi) for number, caption in rows]
    if any(code.width > room.width for code in bars):
        raise barcodes.NotEncodable("the barcode would be wider than the paper")
    return list(bars)


def _qr(rows: Rows, room: Room) -> list[Flowable]:
    """One symbol stands at the right of its words, several in lines below them; none leaves the words."""
    drawn: list[Flowable] = []
    for digits, caption in rows:
        several = digits.split()
        labels = [f"{n} / {len(several)}" if len(several) > 1 else "" for n in range(1, len(several) + 1)]
        squares = [Square(*both, dpi=room.dpi) for both in zip(several, labels, strict=True)]
        if len(squares) == 1:
            drawn.append(_beside(caption, squares[0], room.width))
        else:
            drawn += [*_paragraph([[caption]], room), *_in_lines(squares, room.width)]
    return drawn


def _beside(caption: str, square: Square, width: float) -> Flowable:
    left = width - square.width
    words = _text(caption, BODY, left - 2 * mm, space=0)
    look: Commands = [*font(BODY), *padding(0, 0), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    return Table([[words, square]], colWidths=[left, square.width], style=look, spaceBefore=1 * mm)


def _in_lines(squares: Sequence[Square], width: float) -> Iterator[Flowable]:
    across = max((square.width for square in squares), default=width)
    fitting = max(1, int(width // across))
    for at in range(0, len(squares), fitting):
        line = list(squares[at : at + fitting])
        look: Commands = [*font(SMALL), *padding(0, 0)]
        yield Table([line], colWidths=[across] * len(line), style=look, hAlign="LEFT")


def _signatures(rows: Rows, room: Room) -> list[Flowable]:
    """Two places on a line; a label that ends in a colon is followed by a rule to write on."""
    labels = [text for (text,) in rows]
    lines: list[Flowable] = [_places(labels[at : at + 2], room.width) for at in range(0, len(labels), 2)]
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
            look.append(("LINEBELOW", pen, pen, 0.5, inks.RULE))
        columns += [wide, half - wide, _GAP]
    rows = zip_longest(*wrapped, fillvalue="")
    data = [[cell for line in row for cell in (line, "", "")][:-1] for row in rows]
    return Table(data, colWidths=columns[:-1], style=look, hAlign="LEFT", spaceBefore=7 * mm)


def _bars(rows: Rows, room: Room) -> list[Flowable]:
    # Imported here: most papers have no chart, and the first one printed would wait for it.
    from printing import charts

    return charts.bars(rows, room)


def _line(rows: Rows, room: Room) -> list[Flowable]:
    from printing import charts

    return charts.line(rows, room)


def _text(
    text: str, size: float, width: float, *, space: float, color: Color = inks.BLACK, style: str = fonts.SONG
) -> Preformatted:
    lines = "\n".join(wrap(text, size, width, style))
    return Preformatted(lines, _style(fonts.name(style), size, color, space))


@cache
def _style(face: str, size: float, color: Color, space: float) -> ParagraphStyle:
    return ParagraphStyle(
        "text",
        fontName=face,
        fontSize=size,
        leading=size * LEADING,
        textColor=color,
        spaceBefore=space,
        spaceAfter=space,
    )


KINDS: dict[str, tuple[int | None, Callable[[Rows, Room], list[Flowable]]]] = {
    "title": (1, _title),
    "heading": (1, _heading),
    "paragraph": (1, _paragraph),
    "notes": (1, _notes),
    "fields": (2, _fields),
    "table": (None, _table),
    "code": (2, _code),
    "qr": (2, _qr),
    "signatures": (1, _signatures),
    "bars": (3, _bars),
    "line": (2, _line),
}
"""Each kind with the number of cells in its rows (a table has as many as its head) and what draws it."""
