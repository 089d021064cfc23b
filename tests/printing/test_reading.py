"""Reading again what was printed: every bar in whole dots, worn paper, and never a wrong value."""

from __future__ import annotations

import io
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import groupby
from random import Random

import pytest
from PIL import Image
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from printing import barcodes, reading
from tests.printing import damage

NUMBER = "25082412032632400180"
PRINTERS = (203, 300, 600)
STOCKS = {"C5": (229, 162), "ZL": (230, 120), "label": (76, 130), "A4": (210, 297)}
#: The coarsest printer has the fewest dots to spare.
LABELS = {203: 40, 300: 20, 600: 20}


def pages(*values: Iterable[str], size: tuple[float, float] = (229, 162), dpi: int = 203) -> bytes:
    """A page for each list of values, its symbols one above the other off the dot grid."""
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=(size[0] * mm, size[1] * mm), invariant=1)
    for page in values:
        for row, value in enumerate(page):
            barcodes.draw(canvas, value, x=7.77 * mm, y=(11.11 + row * 25) * mm, dpi=dpi)
        canvas.showPage()
    canvas.save()
    return output.getvalue()


@cache
def labels(dpi: int) -> list[tuple[str, Image.Image]]:
    """Numbers and their symbols as a printer of this resolution inks them, 2 mm of paper at both ends."""
    chance = Random(dpi)
    found = []
    for _ in range(LABELS[dpi]):
        number = "".join(chance.choices("0123456789", k=20))
        output = io.BytesIO()
        across = barcodes.width(number, dpi=dpi) + 4 * mm
        canvas = Canvas(output, pagesize=(across, barcodes.HEIGHT), invariant=1)
        barcodes.draw(canvas, number, x=2 * mm, y=0, dpi=dpi)
        canvas.save()
        found.append((number, next(reading.pictures(output.getvalue(), dpi=dpi))))
    return found


def runs(picture: Image.Image, row: int) -> list[tuple[int, int]]:
    """The dots of one row from the first to the last bar: colour and length of each run."""
    line = picture.crop((0, row, picture.width, row + 1)).tobytes()
    _, *inner, _ = [(colour, len(list(run))) for colour, run in groupby(line)]
    return inner


# ---- the finished PDF


@pytest.mark.parametrize("dpi", PRINTERS)
@pytest.mark.parametrize("stock", STOCKS)
def test_each_bar_and_gap_has_its_whole_number_of_dots(stock: str, dpi: int) -> None:
    """Black or white and nothing between, the same at the symbol's foot, middle and head."""
    wanted = [(0 if bit == "1" else 255, len(list(run))) for bit, run in groupby(barcodes.modules(NUMBER))]

    picture = next(reading.pictures(pages([NUMBER], size=STOCKS[stock], dpi=dpi), dpi=dpi))

    for up in (11.5, 17.0, 22.5):
        row = picture.height - round(up * dpi / 25.4)
        assert runs(picture, row) == [(colour, length * barcodes.dots(dpi)) for colour, length in wanted]


@pytest.mark.parametrize("dpi", [*PRINTERS, 1200])
@pytest.mark.parametrize("stock", STOCKS)
def test_a_finished_page_says_its_number(stock: str, dpi: int) -> None:
    """Whatever the paper and the printer."""
    assert reading.codes(pages([NUMBER], size=STOCKS[stock], dpi=dpi), dpi=dpi) == [NUMBER]


def test_every_symbol_of_every_page_is_told() -> None:
    """Two on one page, one on the next, none on the third, and a waybill that begins with 99."""
    told = reading.codes(pages([NUMBER, "9912345678901"], ["EE123456785CN"], []))

    assert sorted(told[:2]) == [NUMBER, "9912345678901"]
    assert told[2:] == ["EE123456785CN"]


def test_a_number_twice_on_a_page_is_told_once() -> None:
    """The reader takes equal symbols for one, so counting symbols is not its business; pages count again."""
    assert reading.codes(pages([NUMBER, NUMBER], [NUMBER])) == [NUMBER, NUMBER]


def test_nothing_is_told_where_no_symbol_stands() -> None:
    """Neither of a blank page nor of bars that lost their stop."""
    broken = io.BytesIO()
    canvas = Canvas(broken, pagesize=(229 * mm, 162 * mm), invariant=1)
    barcodes.draw(canvas, NUMBER, x=20 * mm, y=20 * mm)
    canvas.setFillGray(1)
    canvas.rect(60 * mm, 10 * mm, 100 * mm, 40 * mm, stroke=0, fill=1)
    canvas.save()

    assert reading.codes(pages([])) == []
    assert reading.codes(broken.getvalue()) == []


@pytest.mark.parametrize("dpi", PRINTERS)
def test_only_the_part_with_bars_is_looked_at_and_no_dot_is_lost_across(dpi: int) -> None:
    """The same dots in each line as the whole page has, and lines for the height of the bars."""
    pdf = pages([NUMBER], dpi=dpi)

    (whole,), (part,) = (reading.pictures(pdf, dpi=dpi, only=only) for only in (None, reading.bars))

    middle = whole.height - round((11.11 + 6) / 25.4 * dpi)
    assert part.width == whole.width
    assert abs(part.height - 12 / 25.4 * 50) <= 2
    assert runs(part, part.height // 2) == runs(whole, middle)


@pytest.mark.parametrize("y", [-5.5, 162 - 6.5])
def test_bars_over_the_edge_of_the_page_are_read_as_far_as_they_are_on_it(y: float) -> None:
    """What is cut off is not looked for."""
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=(229 * mm, 162 * mm), invariant=1)
    barcodes.draw(canvas, NUMBER, x=20 * mm, y=y * mm)
    canvas.save()

    assert reading.codes(output.getvalue()) == [NUMBER]


def test_nothing_on_the_page_but_a_shape_beyond_it_reads_as_nothing() -> None:
    """There is no part of the page with bars, and that is no fault."""
    for y in (-50, 200):
        output = io.BytesIO()
        canvas = Canvas(output, pagesize=(229 * mm, 162 * mm), invariant=1)
        canvas.rect(20 * mm, y * mm, 9 * mm, 9 * mm, stroke=0, fill=1)
        canvas.save()

        assert reading.codes(output.getvalue()) == []


def test_bars_in_a_form_or_in_a_picture_are_read_too() -> None:
    """Where no shape tells where the bars are, the whole page is looked at: print queues change pages."""
    drawn = next(reading.pictures(pages([NUMBER]), dpi=203))
    form, picture = io.BytesIO(), io.BytesIO()
    drawn.save(picture, "PDF", resolution=203)
    canvas = Canvas(form, pagesize=(229 * mm, 162 * mm), invariant=1)
    canvas.beginForm("face")
    barcodes.draw(canvas, NUMBER, x=20 * mm, y=0)
    canvas.endForm()
    canvas.translate(0, 100 * mm)
    canvas.doForm("face")
    canvas.save()

    assert [reading.codes(file.getvalue()) for file in (form, picture)] == [[NUMBER], [NUMBER]]


def test_a_face_drawn_for_one_printer_and_shrunk_for_another_shows_broken_dots() -> None:
    """Why a job that moves to another printer gets a new face: its bars no longer are whole dots there."""
    picture = next(reading.pictures(pages([NUMBER], dpi=203), dpi=300))

    lengths = {length for _, length in runs(picture, picture.height - round(17 * 300 / 25.4))}

    assert any(length % barcodes.dots(300) for length in lengths)


@pytest.mark.parametrize("value", ["\x1d0101", "12\t34", "\x7f"])
def test_a_value_nobody_can_print_is_not_believed(value: str) -> None:
    """Control characters: no number of ours and no waybill has one."""
    assert reading.codes(pages([value])) == []


@pytest.mark.parametrize("spoilt", [b"", b"%PDF-1.4 and then nothing", bytes(500)])
def test_what_is_no_pdf_is_refused_by_name(spoilt: bytes) -> None:
    """Nothing was read, which is something else than finding no symbol."""
    with pytest.raises(reading.NotReadable):
        reading.codes(spoilt)


def test_two_threads_read_at_the_same_time() -> None:
    """Acts run in workers, and the renderer bears one caller at a time."""
    papers = [pages([str(number)]) for number in range(1000, 1024)]

    with ThreadPoolExecutor(4) as workers:
        assert list(workers.map(reading.codes, papers)) == [[str(number)] for number in range(1000, 1024)]


# ---- worn paper


def read_rightly(dpi: int, harm: damage.Damage) -> float:
    """The share of the labels read after the damage; any value that is not the label's fails at once."""
    right = 0
    for number, picture in labels(dpi):
        told = reading.read(harm(picture, dpi, Random(number)))
        assert told in ([], [number]), f"misread: {told} for {number}"
        right += bool(told)
    return right / LABELS[dpi]


@pytest.mark.parametrize("dpi", PRINTERS)
@pytest.mark.parametrize(
    ("harm", "least"),
    [
        (damage.clean, 1.0),
        (damage.blurred, 1.0),
        (damage.speckled, 1.0),
        (damage.turned, 1.0),
        (damage.wiped, 1.0),
        (damage.penned, 0.97),
        (damage.together, 0.88),
    ],
)
def test_a_worn_symbol_is_read_as_often_as_in_the_trials(dpi: int, harm: damage.Damage, least: float) -> None:
    """After a week in the mail at first try, or not at all, but never as another: of 40 labels, or 20."""
    assert read_rightly(dpi, harm) >= least


@pytest.mark.parametrize("harm", [damage.speckled, damage.wiped, damage.penned, damage.together])
def test_damage_really_spoils_the_picture(harm: damage.Damage) -> None:
    """Otherwise the rates would speak of clean paper; and the same chance does the same harm."""
    number, picture = labels(203)[0]

    spoilt = harm(picture, 203, Random(number))

    assert spoilt.tobytes() != picture.tobytes()
    assert spoilt.tobytes() == harm(picture, 203, Random(number)).tobytes()


def test_noise_is_read_because_it_is_smoothed() -> None:
    """Specks finer than a module break every row of the raw picture; one smoothing brings the number back."""
    number, picture = labels(300)[0]
    spoilt = damage.speckled(damage.blurred(picture, 300, Random(1)), 300, Random(1))

    assert reading._seen(spoilt) == []
    assert reading.read(spoilt) == [number]


def test_paper_askew_is_read_more_often_when_it_is_straightened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the pen's waves only strips are left, and a row must cross every bar inside of one."""
    straightened = read_rightly(203, damage.together)

    monkeypatch.setattr(reading, "_LADDER", [rung for rung in reading._LADDER if not rung[0]])

    assert read_rightly(203, damage.together) < straightened


def test_a_picture_may_lie_on_its_side_and_have_colours() -> None:
    """A scan of paper fed the other way round, or a photograph."""
    number, picture = labels(203)[0]

    for angle in (90, 180, 270):
        assert reading.read(picture.convert("RGB").rotate(angle, expand=True)) == [number]


def test_a_wholly_inked_symbol_is_not_guessed() -> None:
    """Every smoothing was tried and nothing found."""
    assert reading.read(Image.new("L", (600, 120), 0)) == []
