"""Code 128: the right modules, drawn in whole printer dots, read again by an independent reader."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from printing import barcodes
from tests.printing import pdfs

NUMBER = "43508241203263240018"
PRINTERS = (203, 300, 600)


def drawn(value: str, *, x: float = 20 * mm, y: float = 30 * mm, dpi: int = 203) -> bytes:
    """A page with one symbol on it."""
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=(150 * mm, 60 * mm), invariant=1)
    barcodes.draw(canvas, value, x=x, y=y, dpi=dpi)
    canvas.save()
    return output.getvalue()


def test_our_numbers_are_dense() -> None:
    """A 20-digit number takes 145 modules: start, ten pairs, check, stop."""
    assert len(barcodes.modules(NUMBER)) == 145
    assert barcodes.width(NUMBER) == pytest.approx((145 + 20) * 3 * 72 / 203)


@pytest.mark.parametrize(("dpi", "dots", "module"), [(203, 3, 0.375), (300, 4, 0.339), (600, 8, 0.339)])
def test_a_module_is_the_whole_dots_the_reading_trials_recommend(dpi: int, dots: int, module: float) -> None:
    """What the printer's resolution alone decides: nobody chooses dots by hand."""
    assert barcodes.dots(dpi) == dots
    assert barcodes.module(dpi) / mm == pytest.approx(module, abs=0.0005)
    assert barcodes.width(NUMBER, dpi=dpi) / mm == pytest.approx(165 * module, abs=0.1)


def test_without_a_word_about_the_printer_it_has_203_dpi() -> None:
    """The coarsest printer of a counter; sheets and labels that know better say so."""
    assert barcodes.module() == barcodes.module(203)
    assert drawn(NUMBER) == drawn(NUMBER, dpi=203)


@pytest.mark.parametrize(("dpi", "dots"), [(72, 1), (360, 5), (400, 6), (1200, 17)])
def test_another_printer_gets_the_dots_nearest_to_the_wished_module(dpi: int, dots: int) -> None:
    """0.35 mm as near as its dots allow, and never thinner than the least."""
    assert barcodes.dots(dpi) == dots
    assert barcodes.module(dpi) / mm >= 0.33


@pytest.mark.parametrize("dpi", [-203, 0, 1, 36, 180, 240])
def test_a_printer_too_coarse_for_a_sure_symbol_is_refused(dpi: int) -> None:
    """Its nearest module would be thinner than 0.33 mm, or no dot at all."""
    with pytest.raises(barcodes.TooCoarse, match=f" {dpi} dpi"):
        barcodes.module(dpi)
    with pytest.raises(barcodes.TooCoarse):
        drawn(NUMBER, dpi=dpi or 1)


@pytest.mark.parametrize("dpi", PRINTERS)
@pytest.mark.parametrize(
    "value",
    [
        NUMBER, "1136281381675", "EE123456785CN", "SF1234567890123",
        "99", "99A", "990", "9999", "A99", "9900001234567", "9999999999999", "99508241203263240018", "9" * 20,
    ],
)  # fmt: skip
def test_a_symbol_reads_as_its_value(value: str, dpi: int) -> None:
    """Also with a leading 99, which python-barcode 0.16.1 alone would drop."""
    assert pdfs.codes(drawn(value, dpi=dpi), dpi=dpi) == [value]


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=17))
def test_any_printable_text_reads_as_it_was_given(text: str) -> None:
    """Also behind a 99: letters, signs and digits in any order, blanks at both ends."""
    assert pdfs.codes(drawn(text, x=0)) == [text]
    assert pdfs.codes(drawn(f"99{text}", x=0)) == [f"99{text}"]


@settings(max_examples=40, deadline=None)
@given(st.from_regex(r"[1-7][0-9]{19}", fullmatch=True), st.floats(min_value=0, max_value=100))
def test_any_number_reads_wherever_it_stands(number: str, x: float) -> None:
    """Whatever the number and the place on the page, the reader says the same number."""
    assert pdfs.codes(drawn(number, x=x)) == [number]


@pytest.mark.parametrize("dpi", PRINTERS)
def test_bars_are_whole_dots_less_the_inset_and_stand_on_the_dot_grid(dpi: int) -> None:
    """Printers paint each dot a shape touches, so a bar is a quarter dot narrower on each side."""
    dot, module = 72 / dpi, barcodes.dots(dpi)

    _, *bars = pdfs.page(drawn(NUMBER, x=17.3, y=41.7, dpi=dpi)).rects

    assert len(bars) == len(barcodes.modules(NUMBER).replace("0", " ").split())
    for bar in bars:
        first, last = bar["x0"] / dot - 0.25, bar["x1"] / dot + 0.25
        assert first == pytest.approx(round(first), abs=0.01)
        assert (last - first) / module == pytest.approx(round((last - first) / module), abs=0.01)
        assert bar["y0"] / dot == pytest.approx(round(bar["y0"] / dot), abs=0.01)
        assert (bar["y1"] - bar["y0"]) / mm == pytest.approx(12, abs=0.01)


@pytest.mark.parametrize("dpi", PRINTERS)
def test_the_quiet_zones_are_ten_modules_of_white(dpi: int) -> None:
    """The symbol brings its own white ground, so nothing printed below it can disturb the reader."""
    quiet = pytest.approx(10 * barcodes.module(dpi), abs=0.1)

    ground, *bars = pdfs.page(drawn(NUMBER, dpi=dpi)).rects

    assert ground["non_stroking_color"] == 1
    assert bars[0]["x0"] - ground["x0"] == quiet
    assert ground["x1"] - bars[-1]["x1"] == quiet


@pytest.mark.parametrize("value", ["", "办件", "１２"])
def test_what_code_128_cannot_say_is_refused(value: str) -> None:
    """Nothing, Chinese or full-width digits: a named error instead of an unreadable symbol."""
    with pytest.raises(barcodes.NotEncodable):
        barcodes.modules(value)


def test_numbers_are_printed_in_groups_of_four() -> None:
    """So a person can read a 20-digit number aloud; a carrier's letters stand apart."""
    assert barcodes.grouped(NUMBER) == "4350 8241 2032 6324 0018"
    assert barcodes.grouped("1136281381675") == "1136 2813 8167 5"
    assert barcodes.grouped("EA123456785CN") == "EA 1234 5678 5 CN"
    assert barcodes.grouped("") == ""
