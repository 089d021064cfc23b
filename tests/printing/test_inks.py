"""Single lines are set sooner than reportlab sets them, and come out as the same bytes."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from printing import fonts, inks
from printing.inks import Paper
from tests.printing import pdfs

LINES = (
    "张𬱟 (1) \\ a",
    "",
    " ",
    "Li·𪾢－１２",
    "一" * 60,
    "张𬱟 (1) \\ a",
    "".join(map(chr, range(0x4E00, 0x4F80))),
)
DRAWS = ("drawString", "drawCentredString", "drawRightString")

Draw = Callable[[Paper, str, float, str], None]


def ours(paper: Paper, how: str, y: float, text: str) -> None:
    """As papers are drawn."""
    getattr(paper, how)(300.5, y, text)


def reportlabs(paper: Paper, how: str, y: float, text: str) -> None:
    """Through a text object."""
    getattr(Canvas, how)(paper, 300.5, y, text)


def drawn(draw: Draw, how: str, style: str) -> bytes:
    """Two pages with every line in two sizes."""
    output = io.BytesIO()
    paper = Paper(output, pagesize=A4, **inks.settings())
    for _ in range(2):
        for at, text in enumerate(LINES):
            paper.setFont(fonts.name(style), 9 + at / 3)
            draw(paper, how, 700 - 20.25 * at, text)
        paper.showPage()
    paper.save()
    return output.getvalue()


@pytest.mark.parametrize("style", [fonts.SONG, fonts.HEI])
@pytest.mark.parametrize("how", DRAWS)
def test_a_line_is_the_same_as_reportlab_sets_it(how: str, style: str) -> None:
    """Every byte: rare characters, brackets, more characters than one subset has, nothing at all."""
    assert drawn(ours, how, style) == drawn(reportlabs, how, style)


@pytest.mark.parametrize("how", DRAWS)
def test_more_than_the_plain_line_is_left_to_reportlab(how: str) -> None:
    """A thickened line has its own way of being painted."""

    def thickened(paper: Paper, how: str, y: float, text: str) -> None:
        getattr(paper, how)(300.5, y, text, mode=2)

    assert pdfs.text(drawn(thickened, how, fonts.SONG)) == pdfs.text(drawn(ours, how, fonts.SONG))
    assert drawn(thickened, how, fonts.SONG) != drawn(ours, how, fonts.SONG)


@pytest.mark.parametrize("how", DRAWS)
def test_a_face_of_reportlabs_own_is_left_to_it(how: str) -> None:
    """Such a line can still be set, as on a page that somebody else drew."""
    output = io.BytesIO()
    paper = Paper(output, pagesize=A4, **inks.settings())
    paper.setFont("Helvetica", 10)

    ours(paper, how, 500, "Li 1")
    paper.save()

    assert pdfs.text(output.getvalue()) == "Li1"
