"""Ruled tables out of plain strings: column widths, line breaks, and rows that may be taller than a page."""

from collections.abc import Iterator, Sequence
from math import sqrt
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Table

from printing import fonts, inks
from printing.lines import LEADING, wrap

Rows = Sequence[Sequence[str]]
Commands = list[tuple[Any, ...]]

BODY = 10.0
PAD = 5.0
_NARROW = 26 * mm
TALLEST = 24
"""Lines a row may have before it is continued in a further one; such a row and a head fit on an A5 page."""
_HEAD = 6
"""Lines the head may have to be repeated on each page."""
_ALL = ((0, 0), (-1, -1))


def listing(rows: Rows, width: float) -> Table:
    """A table with a head that is repeated on each page, in Hei; narrow columns are centred."""
    needs = [max([_needed(top, fonts.HEI), *map(_needed, below)]) for top, *below in zip(*rows, strict=True)]
    columns = _shared(needs, width)
    narrow = [at for at, column in enumerate(columns) if column <= _NARROW]
    centred: Commands = [("ALIGN", (at, 0), (at, -1), "CENTER") for at in narrow]
    return grid(rows, columns, style=centred, head=True)


def grid(
    rows: Rows,
    columns: Sequence[float],
    *,
    style: Sequence[tuple[Any, ...]] = (),
    labels: Sequence[int] = (),
    head: bool = False,
) -> Table:
    """The rows within rules, the columns of labels and the head set in Hei.

    A row of very many lines goes on in a further one: reportlab's own splitting of a tall row (`splitInRow`)
    fails or never ends when it spans several pages.
    """
    room = [column - 2 * PAD for column in columns]
    faces = [fonts.HEI if at in labels else fonts.SONG for at in range(len(columns))]
    headed = [fonts.HEI] * len(columns)
    broken = [list(_pieces(row, room, faces if at or not head else headed)) for at, row in enumerate(rows)]
    look = [
        *font(BODY),
        *padding(PAD, 4),
        ("VALIGN", *_ALL, "MIDDLE"),
        ("GRID", *_ALL, 0.4, inks.RULE),
        *style,
        *(command for at in labels for command in _labelled((at, 0), (at, -1))),
    ]
    if head:
        look += _labelled((0, 0), (-1, len(broken[0]) - 1))
    # A head as tall as a page would leave no room for what it heads.
    repeated = int(head and max(cell.count("\n") for cell in broken[0][0]) < _HEAD)
    data = [piece for pieces in broken for piece in pieces]
    return Table(data, colWidths=list(columns), style=look, repeatRows=repeated)


def font(size: float) -> Commands:
    """Our font in all cells; reportlab would take Helvetica, which has no Chinese and is not embedded."""
    return [("FONT", *_ALL, fonts.name(), size, size * LEADING), ("VALIGN", *_ALL, "TOP")]


def _labelled(first: tuple[int, int], last: tuple[int, int]) -> Commands:
    return [("FONTNAME", first, last, fonts.name(fonts.HEI)), ("BACKGROUND", first, last, inks.TINT)]


def padding(side: float, upright: float) -> Commands:
    """The room between text and edge in all cells."""
    points = {"LEFTPADDING": side, "RIGHTPADDING": side, "TOPPADDING": upright, "BOTTOMPADDING": upright}
    return [(edge, *_ALL, room) for edge, room in points.items()]


def _pieces(row: Sequence[str], room: Sequence[float], faces: Sequence[str]) -> Iterator[list[str]]:
    cells = [wrap(text, BODY, wide, face) for text, wide, face in zip(row, room, faces, strict=True)]
    for start in range(0, max(map(len, cells)), TALLEST):
        yield ["\n".join(lines[start : start + TALLEST]) for lines in cells]


def _shared(needs: Sequence[float], width: float) -> list[float]:
    """Column widths: a modest column gets what it needs, the wide ones share by the root of their need."""
    wide, room = list(range(len(needs))), width
    while modest := [at for at in wide if needs[at] <= room / len(wide)]:
        room -= sum(needs[at] for at in modest)
        wide = [at for at in wide if at not in modest]
    if wide:
        weight = sum(sqrt(needs[at]) for at in wide)
        return [room * sqrt(need) / weight if at in wide else need for at, need in enumerate(needs)]
    # All have what they need: the rest goes to the columns with words in them, so that numbers stay narrow.
    worded = [at for at, need in enumerate(needs) if need > min(_NARROW, max(needs) * 2 / 3)]
    return [need + room / len(worded) if at in worded else need for at, need in enumerate(needs)]


def _needed(text: str, style: str = fonts.SONG) -> float:
    return max(fonts.width(line, BODY, style) for line in text.split("\n")) + 2 * PAD + 1
