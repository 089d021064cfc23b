"""QR codes: whole dots, solid ink, room around them, and read again from paper that has travelled."""

from __future__ import annotations

import io
from functools import cache
from random import Random

import pytest
import segno
from PIL import Image
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from printing import barcodes, qr, reading, sheets
from tests.printing import damage, pdfs

PRINTERS = (203, 300, 600)
#: Of each size for each printer.
SYMBOLS = 5


def digits(count: int, seed: int = 7) -> str:
    """Some digits."""
    return "".join(Random(seed).choices("0123456789", k=count))


def page(text: str, *, dpi: int = 203, x: float = 7.77 * mm, y: float = 11.11 * mm) -> bytes:
    """A page with one symbol on it, wished off the dot grid."""
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=(60 * mm, 60 * mm), invariant=1)
    canvas.setFillGray(0.5)
    canvas.rect(0, 0, 60 * mm, 60 * mm, stroke=0, fill=1)
    qr.draw(canvas, text, x=x, y=y, dpi=dpi)
    canvas.save()
    return output.getvalue()


@cache
def symbols(dpi: int, count: int) -> list[tuple[str, Image.Image]]:
    """Digits and their symbols as a printer of this resolution inks them."""
    chance = Random(dpi)
    texts = ["".join(chance.choices("0123456789", k=count)) for _ in range(SYMBOLS)]
    return [(text, next(reading.pictures(page(text, dpi=dpi), dpi=dpi))) for text in texts]


def dots_of(text: str, dpi: int) -> Image.Image:
    """The symbol with its quiet zone cut out of its page, dot by dot."""
    picture = next(reading.pictures(page(text, dpi=dpi), dpi=dpi))
    left, foot = round(7.77 / 25.4 * dpi), picture.height - round(11.11 / 25.4 * dpi)
    across = (len(qr.matrix(text)) + 2 * qr.QUIET) * barcodes.dots(dpi)
    return picture.crop((left, foot - across, left + across, foot))


# ---- the ink


@pytest.mark.parametrize("dpi", PRINTERS)
@pytest.mark.parametrize("count", [40, 700, 1500])
def test_each_module_is_a_square_of_whole_dots(dpi: int, count: int) -> None:
    """Dot by dot the library's matrix, four white modules around it on grey: no hairline, no growth."""
    text = digits(count)
    size = barcodes.dots(dpi)
    rows = qr.matrix(text)
    wanted = Image.new("L", (len(rows), len(rows)), 255)
    wanted.putdata([0 if bit else 255 for row in rows for bit in row])
    whole = Image.new("L", [(len(rows) + 2 * qr.QUIET) * size] * 2, 255)
    whole.paste(
        wanted.resize([len(rows) * size] * 2, Image.Resampling.NEAREST), (qr.QUIET * size, qr.QUIET * size)
    )

    assert dots_of(text, dpi).tobytes() == whole.tobytes()


@pytest.mark.parametrize(("count", "level"), [(40, "Q"), (703, "Q"), (704, "M"), (1500, "M")])
def test_the_stronger_correction_is_taken_while_it_stays_small(count: int, level: str) -> None:
    """A typical list is 32 mm wide at most; the longest symbol 40 mm."""
    text = digits(count)

    drawn = qr.matrix(text)

    same = segno.make_qr(text, error=level, mode="numeric", boost_error=False, mask=qr._MASK)
    assert drawn == tuple(bytes(row) for row in same.matrix)
    assert qr.side(text) <= (32 if count <= 703 else 40) * mm


@pytest.mark.parametrize("dpi", PRINTERS)
def test_a_module_is_wide_enough_to_be_scanned(dpi: int) -> None:
    """A third of a millimetre at least, whatever the printer."""
    text = digits(500)

    modules = len(qr.matrix(text)) + 2 * qr.QUIET

    assert 0.33 * mm <= qr.side(text, dpi=dpi) / modules <= 0.4 * mm


@pytest.mark.parametrize("text", ["", "12x", "１２", "-1", "1" * 5597, "9" * 8000])
def test_what_is_not_drawn_is_refused_by_name(text: str) -> None:
    """Letters, other scripts' digits, more than a symbol holds."""
    with pytest.raises(qr.NotDrawable):
        qr.matrix(text)


def test_ink_that_touches_at_a_corner_stays_apart() -> None:
    """Two squares, each with four corners; a ring has an outline outside and one inside."""
    corners = [len(outline) for outline in qr._outlines((b"\1\0", b"\0\1"))]
    ring = [len(outline) for outline in qr._outlines((b"\1\1\1", b"\1\0\1", b"\1\1\1"))]

    assert (corners, ring) == ([4, 4], [4, 4])


# ---- read again


@pytest.mark.parametrize("dpi", PRINTERS)
@pytest.mark.parametrize("count", [250, 700, 1500])
@pytest.mark.parametrize("harm", [damage.clean, damage.blurred, damage.turned])
def test_a_symbol_that_travelled_is_read(dpi: int, count: int, harm: damage.Damage) -> None:
    """Clean, blurred by a tenth of a millimetre, held three degrees askew: every one of five, rightly."""
    for text, picture in symbols(dpi, count):
        assert reading._read(harm(picture, dpi, Random(text)), reading._SQUARES) == [text]


def test_a_damaged_symbol_is_never_another_one() -> None:
    """Wiped, crossed out, speckled, all of it: each of five symbols is read rightly or not at all."""
    told = [
        (text, reading._read(harm(picture, 203, Random(text)), reading._SQUARES))
        for text, picture in symbols(203, 250)
        for harm in (damage.wiped, damage.penned, damage.speckled, damage.together)
    ]

    assert all(found in ([], [text]) for text, found in told)


def test_only_who_asks_for_squares_gets_them() -> None:
    """Other papers are read as before, and no slower."""
    pdf = page(digits(300))

    assert reading.codes(pdf) == []
    assert reading.codes(pdf, with_squares=True) == [digits(300)]


@pytest.mark.parametrize("form", ["PNG", "JPEG", "PDF"])
def test_a_file_somebody_made_is_read(form: str) -> None:
    """A photograph, a scan, on its side too."""
    picture = symbols(300, 250)[0][1].convert("RGB").rotate(90, expand=True)
    output = io.BytesIO()
    picture.save(output, form, resolution=300)

    assert reading.squares(output.getvalue()) == [symbols(300, 250)[0][0]]


def a_bomb() -> bytes:
    """A small file of more dots than anybody's memory bears."""
    output = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(output, "PNG", compress_level=1)
    return output.getvalue()


@pytest.mark.parametrize(
    "spoilt", [b"", b"GIF89a", b"%PDF-1.4 and then nothing", b"\x89PNG\r\n\x1a\n" + bytes(50), bytes(500)]
)
def test_what_is_no_picture_is_refused_by_name(spoilt: bytes) -> None:
    """Nothing was read, which is something else than finding no symbol."""
    with pytest.raises(reading.NotReadable):
        reading.squares(spoilt)


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    """By its size, before it is unpacked."""
    with pytest.raises(reading.NotReadable):
        reading.squares(a_bomb())


# ---- on a sheet


def sheet(*codes: str, words: str = "合计三份。", dpi: int = 203) -> bytes:
    """A sheet with these symbols in one part."""
    parts = (("title", (("清单",),)), ("qr", ((" ".join(codes), words),)), ("signatures", (("签名：",),)))
    return sheets.render(parts, page="A4", dpi=dpi)


@pytest.mark.parametrize("dpi", PRINTERS)
@pytest.mark.parametrize("count", [1, 2, 9])
def test_all_symbols_of_a_part_are_drawn_and_read(count: int, dpi: int) -> None:
    """One beside its words, several below them, each named by its place."""
    texts = [digits(700, seed) for seed in range(count)]

    pdf = sheet(*texts, dpi=dpi)

    assert sorted(reading.codes(pdf, dpi=dpi, with_squares=True)) == sorted(texts)
    assert pdfs.text(pdf).count("合计三份。") == 1
    assert (f"{count}/{count}" in pdfs.text(pdf)) == (count > 1)
    assert pdfs.embeds_its_fonts(pdf)


def test_a_part_without_digits_is_words_alone() -> None:
    """A list that does not fit into symbols says so; nothing is drawn."""
    pdf = sheet(words="本清单太长，没有二维码。")

    assert reading.codes(pdf, with_squares=True) == []
    assert "本清单太长，没有二维码。" in pdfs.text(pdf)


def test_equal_sheets_are_equal_bytes() -> None:
    """The outlines are found in one order, whatever was drawn before."""
    first = sheet(digits(500))
    qr._ink.cache_clear()
    qr.matrix.cache_clear()

    assert sheet(digits(500)) == first


def test_the_symbol_stands_at_the_right_edge_of_the_words() -> None:
    """Its quiet zone ends where the lines end, and its foot is above the signature."""
    drawn = pdfs.page(sheet(digits(500)))
    signature = next(char for char in drawn.chars if char["text"] == "签")

    ground = max(drawn.rects, key=lambda rect: rect["width"])

    assert ground["x1"] == pytest.approx(190 * mm, abs=0.2 * mm)
    assert ground["bottom"] < signature["top"]
