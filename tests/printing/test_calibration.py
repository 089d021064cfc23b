"""The calibration sheet: crosses and rulers exactly where the words say, and what is made of the measures."""

import dataclasses
from functools import cache
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing import barcodes, calibration, envelopes, labels
from printing.lines import DoesNotFit
from tests.printing import pdfs
from tests.printing.envelopes.test_envelopes import FACE

SIZES = {
    **{name: stock.page for name, stock in envelopes.stocks().items()},
    **{name: stock.page for name, stock in labels.stocks().items()},
    "A4": (210.0, 297.0),
    "A5": (148.0, 210.0),
}
PRINTERS = (203, 300, 600)


def sheet(name: str, *, dpi: int = 203) -> bytes:
    """The calibration sheet for one of the sizes."""
    length, width = SIZES[name]
    return calibration.render(length, width, dpi=dpi, title=f"校准页　{name}")


@cache
def drawn(name: str, dpi: int) -> Any:
    """Everything on a sheet; it is made and looked into once for all that is asked of it."""
    return pdfs.page(sheet(name, dpi=dpi))


@cache
def crosses(name: str, dpi: int) -> list[tuple[float, float]]:
    """Where two lines of 10 mm halve each other, in millimetres from the left and top edge."""
    lines = drawn(name, dpi).lines
    spans = [
        tuple(side / pdfs.MM for side in (line["x0"], line["x1"], line["top"], line["bottom"]))
        for line in lines
    ]
    across = [span for span in spans if span[1] - span[0] == pytest.approx(10, abs=0.01)]
    upright = [span for span in spans if span[3] - span[2] == pytest.approx(10, abs=0.01)]
    middles = {(round((a + b) / 2, 2), round(top, 2)) for a, b, top, _ in across}
    return sorted(middles & {(round(left, 2), round((top + foot) / 2, 2)) for left, _, top, foot in upright})


@pytest.mark.parametrize("dpi", PRINTERS)
@pytest.mark.parametrize("name", SIZES)
def test_the_first_cross_is_20_mm_from_both_edges(name: str, dpi: int) -> None:
    """To 0.05 mm, on a page of exactly the paper's size; the others stand a whole ruler further."""
    page = drawn(name, dpi)

    first, down, across = crosses(name, dpi)[:3]
    assert (page.width / pdfs.MM, page.height / pdfs.MM) == pytest.approx(SIZES[name], abs=0.05)
    assert first == pytest.approx((20, 20), abs=0.05)
    assert across[0] - 20 == pytest.approx(100 if SIZES[name][0] >= 126 else 50, abs=0.05)
    assert down[1] - 20 == pytest.approx(100 if SIZES[name][1] >= 126 else 50, abs=0.05)


@pytest.mark.parametrize("name", SIZES)
def test_the_rulers_have_a_tick_each_millimetre(name: str) -> None:
    """Between the crosses and nowhere else, from left to right and from top to bottom."""
    lines = drawn(name, 203).lines
    ticks = [line for line in lines if abs(line["height"] + line["width"]) / pdfs.MM < 3.5]

    across = sorted(round(t["x0"] / pdfs.MM - 20, 2) for t in ticks if t["width"] < 0.01)
    down = sorted(round(t["top"] / pdfs.MM - 20, 2) for t in ticks if t["height"] < 0.01)

    for found in (across, down):
        assert found in ([float(at) for at in range(1, 50)], [float(at) for at in range(1, 100)])


@pytest.mark.parametrize("name", SIZES)
def test_the_words_say_what_is_drawn(name: str) -> None:
    """What to measure, what it should be, how long the rulers are, for which paper and printer."""
    copied = pdfs.text(sheet(name, dpi=300))

    _, down, across = crosses(name, 300)
    assert f"校准页{name}" in copied
    assert "量左边第一个十字到纸左边缘的距离，应为20.0毫米" in copied
    assert "量上边第一个十字到纸上边缘的距离，应为20.0毫米" in copied
    assert f"横向两个十字相距应为{across[0] - 20:.1f}毫米" in copied
    assert f"竖向两个十字相距应为{down[1] - 20:.1f}毫米" in copied
    assert f"{SIZES[name][0]:g}×{SIZES[name][1]:g}毫米，300点/英寸" in copied


@pytest.mark.parametrize("dpi", PRINTERS)
def test_the_bars_are_whole_dots_of_the_printer(dpi: int) -> None:
    """Five bars each of 2, 3, 4 dots and those of a barcode, as wide as their gaps, drawn in by the inset."""
    dot = 72 / dpi
    bars = sorted(drawn("76x130", dpi).rects, key=lambda bar: bar["x0"])

    groups = sorted({2, 3, 4, barcodes.dots(dpi), 2 * barcodes.dots(dpi)})
    widths = [(bar["width"] / dot) + 0.5 for bar in bars]
    assert widths == pytest.approx([dots for dots in groups for _ in range(5)], abs=0.02)
    for bar in bars:
        assert (bar["x0"] / dot - 0.25) == pytest.approx(round(bar["x0"] / dot - 0.25), abs=0.02)
    for at, dots in enumerate(groups):
        starts = [bar["x0"] / dot for bar in bars[5 * at : 5 * at + 5]]
        steps = [after - before for before, after in pairwise(starts)]
        assert steps == pytest.approx([2 * dots] * 4, abs=0.02)


def test_equal_sheets_have_equal_bytes_and_embedded_fonts() -> None:
    """Printed again, it is the same sheet; a printer has none of our fonts."""
    assert sheet("A4") == sheet("A4")
    assert pdfs.embeds_its_fonts(sheet("A4"))


@pytest.mark.parametrize("title", ["", "校准页" * 100, "<b>打印机</b>😀", "一\n二"])
def test_any_name_of_a_printer_may_stand_on_it(title: str) -> None:
    """A very long one is shortened: it is no record, and the sheet has to come out."""
    copied = pdfs.text(calibration.render(76, 130, dpi=203, title=title))

    assert "应为20.0毫米" in copied
    assert "".join(title[:2].split()) in copied


@pytest.mark.parametrize(("length", "width"), [(75, 130), (130, 75), (30, 30), (0.5, 100)])
def test_a_paper_without_room_for_a_ruler_is_refused(length: float, width: float) -> None:
    """Half a ruler would be measured wrong."""
    with pytest.raises(calibration.TooSmall, match="mm"):
        calibration.render(length, width, dpi=203, title="小")


def test_a_paper_without_room_for_the_words_is_refused() -> None:
    """Rather none than one that does not say what to measure."""
    with pytest.raises(DoesNotFit):
        calibration.render(76, 76, dpi=203, title="方" * 120)


def test_a_printer_too_coarse_for_barcodes_is_refused() -> None:
    """Calibrating it would be in vain."""
    with pytest.raises(ValueError, match="180 dpi"):
        calibration.render(210, 297, dpi=180, title="粗")


@pytest.mark.parametrize(
    ("left", "top", "expected"),
    [
        (20.0, 20.0, (0.0, 0.0)),
        (18.5, 20.0, (1.5, 0.0)),  # too far left: to be moved right
        (20.0, 18.5, (0.0, 1.5)),  # too far up: to be moved down
        (21.3, 22.7, (-1.3, -2.7)),
        (20.04, 19.96, (0.0, 0.0)),
        (40.0, 0.0, (-20.0, 20.0)),
    ],
)
def test_the_offsets_move_against_the_fault(left: float, top: float, expected: tuple[float, float]) -> None:
    """In tenths of a millimetre, right and down for what came out too far left and up."""
    assert calibration.offsets(left, top) == expected
    assert [str(offset) for offset in calibration.offsets(left, top)] == [str(value) for value in expected]


@pytest.mark.parametrize("measured", [-0.1, 40.1, 1e9, float("nan"), float("inf"), float("-inf")])
def test_a_distance_nobody_can_have_measured_is_refused(measured: float) -> None:
    """The sheet lay wrong in the tray, or the comma was forgotten."""
    with pytest.raises(calibration.NotMeasured):
        calibration.offsets(measured, 20)
    with pytest.raises(calibration.NotMeasured):
        calibration.offsets(20, measured)


@given(st.floats(17, 23), st.floats(17, 23))
def test_after_the_correction_the_cross_is_where_it_belongs(left: float, top: float) -> None:
    """Whatever the printer is off by, at most a twentieth of a millimetre of it is left."""
    across, down = calibration.offsets(left, top)

    assert left + across == pytest.approx(20, abs=0.0501)
    assert top + down == pytest.approx(20, abs=0.0501)


def test_the_offsets_are_those_of_a_stock() -> None:
    """What the sheet gives moves the ink of a face the same way."""
    across, down = calibration.offsets(18.5, 21.0)
    plain = envelopes.stocks()["C5"]
    face = dataclasses.replace(FACE, waybill="")

    before = pdfs.page(envelopes.render(face, stock=plain)).chars[0]
    moved = msgspec.structs.replace(plain, offset_left=across, offset_top=down)
    after = pdfs.page(envelopes.render(face, stock=moved)).chars[0]

    assert (after["x0"] - before["x0"]) / pdfs.MM == pytest.approx(1.5, abs=0.05)
    assert (after["top"] - before["top"]) / pdfs.MM == pytest.approx(-1.0, abs=0.05)
