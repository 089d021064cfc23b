"""Code 128: the right modules, drawn in whole printer dots, read again by an independent reader."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from printing import barcodes
from tests.printing import pdfs

NUMBER = "43508241203263240018"


def drawn(value: str, *, x: float = 20 * mm, y: float = 30 * mm) -> bytes:
    """A page with one symbol on it."""
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=(150 * mm, 60 * mm), invariant=1)
    barcodes.draw(canvas, value, x=x, y=y)
    canvas.save()
    return output.getvalue()


def test_our_numbers_are_dense() -> None:
    """A 20-digit number takes 145 modules: start, ten pairs, check, stop."""
    assert len(barcodes.modules(NUMBER)) == 145
    assert barcodes.width(NUMBER) == pytest.approx((145 + 20) * 3 * 72 / 203)


def test_a_module_is_three_dots_of_a_203_dpi_printer() -> None:
    """The width the reading trials recommend, 0.375 mm."""
    assert barcodes.module() / mm == pytest.approx(0.375, abs=0.0005)


@pytest.mark.parametrize("value", [NUMBER, "9900001234567", "99", "99A", "1136281381675", "EE123456785CN"])
def test_a_symbol_reads_as_its_value(value: str) -> None:
    """Also with a leading 99, which python-barcode 0.16.1 alone would drop."""
    assert pdfs.codes(drawn(value)) == [value]


@settings(max_examples=40, deadline=None)
@given(st.from_regex(r"[1-7][0-9]{19}", fullmatch=True), st.floats(min_value=0, max_value=100))
def test_any_number_reads_wherever_it_stands(number: str, x: float) -> None:
    """Whatever the number and the place on the page, the reader says the same number."""
    assert pdfs.codes(drawn(number, x=x)) == [number]


def test_bars_are_whole_dots_less_the_inset_and_stand_on_the_dot_grid() -> None:
    """Printers paint each dot a shape touches, so a bar is a quarter dot narrower on each side."""
    dot = 72 / 203

    _, *bars = pdfs.page(drawn(NUMBER, x=17.3, y=41.7)).rects

    assert len(bars) == len(barcodes.modules(NUMBER).replace("0", " ").split())
    for bar in bars:
        first, last = bar["x0"] / dot - 0.25, bar["x1"] / dot + 0.25
        assert first == pytest.approx(round(first), abs=0.01)
        assert (last - first) / 3 == pytest.approx(round((last - first) / 3), abs=0.01)
        assert bar["y0"] / dot == pytest.approx(round(bar["y0"] / dot), abs=0.01)
        assert (bar["y1"] - bar["y0"]) / mm == pytest.approx(12, abs=0.01)


def test_the_quiet_zones_are_ten_modules_of_white() -> None:
    """The symbol brings its own white ground, so nothing printed below it can disturb the reader."""
    quiet = pytest.approx(10 * barcodes.module(), abs=0.1)

    ground, *bars = pdfs.page(drawn(NUMBER)).rects

    assert ground["non_stroking_color"] == 1
    assert bars[0]["x0"] - ground["x0"] == quiet
    assert ground["x1"] - bars[-1]["x1"] == quiet


@pytest.mark.parametrize("value", ["", "办件", "１２"])
def test_what_code_128_cannot_say_is_refused(value: str) -> None:
    """Nothing, Chinese or full-width digits: a named error instead of an unreadable symbol."""
    with pytest.raises(barcodes.NotEncodable):
        barcodes.modules(value)


def test_numbers_are_printed_in_groups_of_four() -> None:
    """So a person can read a 20-digit number aloud."""
    assert barcodes.grouped(NUMBER) == "4350 8241 2032 6324 0018"
