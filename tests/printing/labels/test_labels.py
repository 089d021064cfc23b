"""Label faces: everything readable and whole, both codes, nothing beside the paper."""

import dataclasses
import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printing import extents, labels, reading
from printing.lines import DoesNotFit
from tests.printing import pdfs
from tests.printing.envelopes.test_envelopes import FACE, LONG, WAYBILLS, overlap, symbols
from tests.printing.envelopes.test_many import generated

STOCKS = labels.stocks()
NAMES = list(STOCKS)
LENGTHY = dataclasses.replace(
    LONG,
    office=LONG.office[:45],
    address=LONG.address[:75],
    sender=LONG.sender[:40],
    sender_address=LONG.sender_address[:51],
)


def words(face: labels.EnvelopeFace) -> list[str]:
    """All that stands on the face, without spaces."""
    return ["".join(text.split()) for text in dataclasses.astuple(face)]


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_the_label(name: str) -> None:
    """One upright page of the label's own size, so that no printer needs to scale it."""
    page = pdfs.page(labels.render(FACE, stock=STOCKS[name]))

    sizes = page.width / pdfs.MM, page.height / pdfs.MM
    assert sizes == pytest.approx((STOCKS[name].width, STOCKS[name].height), abs=0.05)
    assert sizes[0] < sizes[1]


@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize("waybill", ["", *WAYBILLS])
@pytest.mark.parametrize("face", [FACE, LENGTHY], ids=["usual", "long"])
@pytest.mark.parametrize("name", NAMES)
def test_every_word_is_on_the_label_and_every_code_is_read(
    name: str, face: labels.EnvelopeFace, waybill: str, dpi: int
) -> None:
    """Long names wrap and shrink; nothing is cut, and our number and the carrier's are both read again."""
    face = dataclasses.replace(face, waybill=waybill)
    stock = msgspec.structs.replace(STOCKS[name], dpi=dpi)

    pdf = labels.render(face, stock=stock, watermark="演练")

    copied = pdfs.text(pdf)
    assert [text for text in words(face) if text not in copied] == []
    assert set(reading.codes(pdf, dpi=dpi)) == {face.number, waybill} - {""}
    for symbol in symbols(pdf):
        over = [char["text"] for char in pdfs.page(pdf).chars if overlap(char, symbol)]
        assert set(over) <= set("演练")  # the watermark lies under the white of the symbol


@pytest.mark.parametrize("name", NAMES)
def test_captions_tell_our_number_from_the_carriers(name: str) -> None:
    """运单号 stands over the upper symbol, 封套编号 over the lower one; without a waybill only the latter."""
    both = pdfs.text(labels.render(dataclasses.replace(FACE, waybill=WAYBILLS[0]), stock=STOCKS[name]))
    own = pdfs.text(labels.render(FACE, stock=STOCKS[name]))

    assert both.count("运单号") == both.count("封套编号") == 1
    assert both.count(WAYBILLS[0]) == both.count(FACE.number) == 1
    assert "运单号" not in own
    assert own.count("封套编号") == 1


@pytest.mark.parametrize("name", NAMES)
def test_the_recipient_is_large_and_the_sender_small(name: str) -> None:
    """From an arm's length one reads where it goes, not where it came from."""
    chars = pdfs.page(labels.render(FACE, stock=STOCKS[name])).chars

    to = {round(char["size"], 1) for char in chars if char["text"] in "公安局"}
    by = {round(char["size"], 1) for char in chars if char["text"] in "龙岩武平"}
    assert min(to) >= 16
    assert max(by) <= 10


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32), name=st.sampled_from(NAMES), text=st.text("局路（）·A1 。，", max_size=40))
def test_any_face_is_made_whole(seed: int, name: str, text: str) -> None:
    """Whatever office and address: every character is there and all of it on the label."""
    face = generated(random.Random(seed))
    face = dataclasses.replace(face, office=face.office + text, address=text + face.address)

    pdf = labels.render(face, stock=STOCKS[name])

    copied = pdfs.text(pdf)
    assert [piece for piece in words(face) if piece not in copied] == []
    assert extents.measured(pdf, STOCKS[name], extents.strays) == ()


def test_a_batch_is_one_file_with_a_page_each() -> None:
    """In order, each with its own number, as if it had been printed alone."""
    faces = [dataclasses.replace(FACE, number=f"2350824120326324{at:04}") for at in range(3)]

    pdf = labels.render(*faces, stock=STOCKS["76x130"])

    assert pdfs.codes(pdf) == [face.number for face in faces]
    assert pdfs.texts(pdf)[1] == pdfs.text(labels.render(faces[1], stock=STOCKS["76x130"]))


def test_equal_faces_give_equal_bytes_and_every_font_is_embedded() -> None:
    """A label printer has none of our fonts, and a stored label is the one that was printed."""
    pdf = labels.render(FACE, stock=STOCKS["76x150"], watermark="演练")

    assert pdf == labels.render(FACE, stock=STOCKS["76x150"], watermark="演练")
    assert pdfs.embeds_its_fonts(pdf)


@pytest.mark.parametrize(("offset", "over"), [(7.0, 2.0), (-7.0, 2.0)])
def test_what_an_offset_pushes_off_the_label_is_refused(offset: float, over: float) -> None:
    """Measured on the finished PDF, with how far it is."""
    stock = msgspec.structs.replace(STOCKS["76x130"], offset_top=offset)

    with pytest.raises(labels.OffPaper) as refused:
        labels.render(dataclasses.replace(FACE, waybill=WAYBILLS[0]), stock=stock)

    assert 0 < refused.value.over <= over + 1


def test_an_offset_moves_everything_alike() -> None:
    """What is measured is where the ink will be on the label: the offset cancels the printer's own."""
    plain = STOCKS["76x130"]
    moved = msgspec.structs.replace(plain, offset_left=1.5, offset_top=-1)

    before = pdfs.page(labels.render(FACE, stock=plain)).chars
    after = pdfs.page(labels.render(FACE, stock=moved)).chars

    for one, other in zip(before, after, strict=True):
        assert (other["x0"] - one["x0"]) / pdfs.MM == pytest.approx(1.5, abs=0.05)
        assert (other["top"] - one["top"]) / pdfs.MM == pytest.approx(-1, abs=0.05)


def test_a_code_wider_than_the_label_is_refused() -> None:
    """Half a symbol cannot be read."""
    with pytest.raises(labels.OffPaper):
        labels.render(dataclasses.replace(FACE, waybill="A1" * 12), stock=STOCKS["76x130"])


@pytest.mark.parametrize(
    ("face", "error"),
    [
        (dataclasses.replace(FACE, postcode="5300"), labels.WrongPostcode),
        (dataclasses.replace(FACE, address="路" * 5000), DoesNotFit),
        (dataclasses.replace(FACE, sender="局" * 2000), DoesNotFit),
    ],
    ids=["postcode", "address", "sender"],
)
def test_what_cannot_stand_on_a_label_is_refused(face: labels.EnvelopeFace, error: type[Exception]) -> None:
    """Better none than one with half an address."""
    with pytest.raises(error):
        labels.render(FACE, face, stock=STOCKS["76x130"])


def test_nothing_to_print_is_refused() -> None:
    """An empty label would be stuck on something."""
    with pytest.raises(labels.NoFace):
        labels.render(stock=STOCKS["76x130"])
