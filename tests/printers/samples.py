"""A paper for every stock, and how far two prints of one paper differ."""

from __future__ import annotations

import io
from collections.abc import Iterator

import msgspec
import pdfplumber
import pikepdf
from reportlab.lib.units import mm

from printing import barcodes, envelopes, extents, labels, sheets
from printing.envelopes import EnvelopeFace
from printing.extents import Box, Ink
from printing.stocks import Media as Stock
from tests.printers.virtual import SHEETS

NUMBER = "23502031012632500013"
WAYBILL = "1136281381675"
FACE = EnvelopeFace(
    number=NUMBER,
    waybill=WAYBILL,
    postcode="530022",
    office="示例市公安局示例分局示例派出所",
    address="广西示例市示例区示例路 1 号",
    sender="榕城政务服务中心 3 号窗口",
    sender_address="榕城区示例路 1 号",
    sender_postcode="361000",
)


_WORDS = [
    ("code", ((NUMBER, "本凭证编号"),)),
    ("title", (("收件凭证",),)),
    ("fields", (("申请人", "覃示例"), ("事项", "夫妻投靠户口迁移"))),
]


def all_stocks() -> dict[str, Stock]:
    """Envelopes and labels, by name."""
    return {**envelopes.stocks(), **labels.stocks()}


def a_paper(name: str, *, dpi: int = 203) -> bytes:
    """The PDF of a face on this stock, or of a document on A4 or A5."""
    if name in SHEETS:
        return sheets.render(_WORDS, page=name, dpi=dpi)
    stock = msgspec.structs.replace(all_stocks()[name], dpi=dpi)
    if isinstance(stock, envelopes.Stock):
        return envelopes.render(FACE, stock=stock)
    assert isinstance(stock, labels.LabelStock)
    return labels.render(FACE, stock=stock)


def codes(name: str) -> list[str]:
    """What a scanner finds on it."""
    return [NUMBER] if name in SHEETS else [NUMBER, WAYBILL]


def upright(pdf: bytes, *, landscape: bool) -> bytes:
    """A page that a queue has laid on portrait paper, turned back to how it was given."""
    with pikepdf.open(io.BytesIO(pdf)) as laid, pikepdf.new() as turned:
        page = laid.pages[0]
        width, height = (float(side) for side in page.mediabox[2:])
        if not landscape:
            return pdf
        turned.add_blank_page(page_size=(height, width))
        whole = turned.pages[0]
        form = whole.add_resource(turned.copy_foreign(page.as_form_xobject()), pikepdf.Name.XObject)
        words = f"q 0 1 -1 0 {height:.6f} 0 cm {form} Do Q"
        whole.Contents = turned.make_stream(words.encode())
        output = io.BytesIO()
        turned.save(output)
        return output.getvalue()


class Anything(Stock, frozen=True, kw_only=True):
    """Paper of any size."""

    across: float
    down: float

    @property
    def page(self) -> tuple[float, float]:
        """Across and down."""
        return self.across, self.down


def ink(pdf: bytes, size: tuple[float, float]) -> list[tuple[str, Box]]:
    """Where everything on a page stands, in millimetres."""

    def kept(_: int, things: Iterator[Ink]) -> list[tuple[str, Box]]:
        return [(thing.kind, thing.box) for thing in things]

    return list(extents.measured(pdf, Anything(across=size[0], down=size[1]), kept))


def furthest(given: list[tuple[str, Box]], came: list[tuple[str, Box]]) -> float:
    """How far, in millimetres, an edge of anything is from where it was given to be."""
    assert [kind for kind, _ in given] == [kind for kind, _ in came]
    pairs = zip(given, came, strict=True)
    return max(
        abs(a - b) for (_, one), (_, two) in pairs for a, b in zip(edges(one), edges(two), strict=True)
    )


def edges(box: Box) -> tuple[float, ...]:
    """Left, top, right and bottom."""
    return msgspec.structs.astuple(box)


def bars(pdf: bytes) -> list[float]:
    """The widths of the bars of all symbols on a page, in millimetres, as they come."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        found = [rect for rect in document.pages[0].rects if _is_bar(rect["height"])]
    return [float(rect["width"]) / mm for rect in found]


def _is_bar(height: float) -> bool:
    return abs(float(height) - barcodes.HEIGHT) < 0.1
