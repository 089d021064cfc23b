"""Envelope faces: the post's zones stay empty on the finished PDF, everything else is there and readable."""

import dataclasses
import hashlib
import os
import subprocess
import sys
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printing import barcodes, envelopes, reading
from printing.envelopes import EnvelopeFace
from printing.lines import DoesNotFit
from tests.printing import pdfs

ROOT = Path(__file__).parents[3]
FACE = EnvelopeFace(
    number="23508241203263240014",
    postcode="530021",
    office="南宁市公安局青秀分局跨省通办窗口",
    address="广西壮族自治区南宁市青秀区民族大道100号政务服务中心三楼B区12号窗口",
    sender="武平县政务服务中心 跨省通办窗口 3",
    sender_address="福建省龙岩市武平县平川街道政务路1号",
    sender_postcode="364300",
)
LONG = dataclasses.replace(
    FACE,
    office="新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县人力资源和社会保障局跨省通办综合受理窗口" * 2,
    address="新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县" * 5,
    sender="黔西南布依族苗族自治州兴义市政务服务中心" * 3,
    sender_address="贵州省黔西南布依族苗族自治州兴义市" * 5,
    copy_mark="副本 12",
)
WAYBILLS = ["EA123456785CN", "1136281381675", "9950824120324"]
STOCKS = ["B6", "DL", "ZL", "C5", "C4"]
PLAIN = envelopes.stocks()
AREAS = st.sampled_from(
    ["广西壮族自治区", "南宁市", "青秀区", "民族大道", "100号", "Room 12", "（三楼）", "𬱟", "Ω"]
)


@cache
def made(face: EnvelopeFace, stock: str, watermark: str | None = None) -> bytes:
    """A face on a stock, rendered once for all that is asked of it."""
    return envelopes.render(face, stock=PLAIN[stock], watermark=watermark)


#: Looking into a page takes longer than making it.
looked_into = lru_cache(maxsize=64)(pdfs.page)


def placed(pdf: bytes) -> list[dict[str, Any]]:
    """Everything with ink on it, in millimetres: left, right, and distances from top and bottom edge."""
    page = looked_into(pdf)
    things = [*page.chars, *page.rects, *page.lines, *page.curves, *page.images]
    return [
        {
            "text": thing.get("text", ""),
            "left": thing["x0"] / pdfs.MM,
            "right": thing["x1"] / pdfs.MM,
            "top": thing["top"] / pdfs.MM,
            "below": float(page.height - thing["bottom"]) / pdfs.MM,
            "page": page.width / pdfs.MM,
        }
        for thing in things
    ]


def test_the_stocks_are_the_domestic_ones_of_the_standard() -> None:
    """B6, DL, ZL, C5 and C4 with the sizes of GB/T 1416-2003."""
    sizes = {name: (stock.length, stock.width) for name, stock in envelopes.stocks().items()}

    assert sizes == {"B6": (176, 125), "DL": (220, 110), "ZL": (230, 120), "C5": (229, 162), "C4": (324, 229)}


@pytest.mark.parametrize("stock", STOCKS)
def test_the_page_is_the_envelope(stock: str) -> None:
    """One landscape page of the stock's own size, so that no printer needs to scale it."""
    page = looked_into(made(FACE, stock))

    sizes = PLAIN[stock]
    assert (page.width / pdfs.MM, page.height / pdfs.MM) == pytest.approx(
        (sizes.length, sizes.width), abs=0.05
    )


@pytest.mark.parametrize("watermark", [None, "演练"])
@pytest.mark.parametrize("face", [FACE, LONG], ids=["usual", "long"])
@pytest.mark.parametrize("stock", STOCKS)
def test_the_zones_of_the_post_are_empty(stock: str, face: EnvelopeFace, watermark: str | None) -> None:
    """In the 90 × 26 mm machine zone stand six digits only, in the 105 × 20 mm clear zone nothing at all."""
    things = placed(made(face, stock, watermark))

    in_machine_zone = [thing["text"] for thing in things if thing["left"] < 90 and thing["top"] < 26]
    in_clear_zone = [
        thing
        for thing in things
        if thing["below"] < 20 and thing["right"] > thing["page"] - 160 and thing["left"] < thing["page"] - 55
    ]
    assert "".join(in_machine_zone) == face.postcode
    assert in_clear_zone == []


@pytest.mark.parametrize("stock", STOCKS)
def test_the_postcode_digits_stand_in_their_boxes(stock: str) -> None:
    """The middle of each digit is where the stock's settings say, one pitch from the last."""
    sizes = PLAIN[stock]

    digits = [thing for thing in placed(made(FACE, stock)) if thing["top"] < 26]

    for at, digit in enumerate(digits):
        middle = (digit["left"] + digit["right"]) / 2
        assert middle == pytest.approx(sizes.postcode_left + at * sizes.postcode_pitch, abs=0.05)


@pytest.mark.parametrize("face", [FACE, LONG], ids=["usual", "long"])
@pytest.mark.parametrize("stock", STOCKS)
def test_every_word_is_on_the_face_and_the_barcode_reads(stock: str, face: EnvelopeFace) -> None:
    """Long offices and addresses wrap and shrink; nothing is cut, nothing runs off the paper."""
    pdf = made(face, stock)

    copied = pdfs.text(pdf)
    for words in dataclasses.astuple(face):
        assert "".join(words.split()) in copied
    assert pdfs.codes(pdf, dpi=203) == [face.number]
    assert all(thing["left"] > 0 and thing["right"] < thing["page"] for thing in placed(pdf))


@settings(max_examples=60, deadline=None)
@given(st.lists(AREAS, min_size=1, max_size=40).map("".join), st.sampled_from(STOCKS))
def test_any_address_is_printed_whole_within_the_free_band(address: str, stock: str) -> None:
    """Whatever the address: every character of it is there, and all of it lies between the two zones."""
    pdf = envelopes.render(dataclasses.replace(FACE, address=address, office=address), stock=PLAIN[stock])

    lines = [thing for thing in placed(pdf) if thing["text"] and thing["top"] > 26 and thing["below"] > 40]
    found = "".join(thing["text"] for thing in lines)
    assert "".join(found.split()).count("".join(address.split())) == 2


def test_a_text_no_size_can_fit_is_refused() -> None:
    """Better no envelope than one with half an address."""
    with pytest.raises(DoesNotFit):
        envelopes.render(dataclasses.replace(FACE, address="路" * 5000), stock=PLAIN["DL"])


@pytest.mark.parametrize("postcode", ["", "53002", "5300211", "53002A", "５３００２１", "530 21"])
def test_only_six_digits_are_a_postcode(postcode: str) -> None:
    """Anything else would stand in the zone the post's machines read."""
    with pytest.raises(envelopes.WrongPostcode):
        envelopes.render(dataclasses.replace(FACE, postcode=postcode), stock=PLAIN["C5"])
    with pytest.raises(envelopes.WrongPostcode):
        envelopes.render(dataclasses.replace(FACE, sender_postcode=postcode), stock=PLAIN["C5"])


@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize("waybill", WAYBILLS)
@pytest.mark.parametrize("stock", STOCKS)
def test_the_waybill_stands_beside_our_number_and_both_are_read(stock: str, waybill: str, dpi: int) -> None:
    """A carrier's number of either form is a second symbol under a caption of its own, nothing in its way."""
    sizes = msgspec.structs.replace(PLAIN[stock], dpi=dpi)

    pdf = envelopes.render(dataclasses.replace(LONG, waybill=waybill), stock=sizes)

    assert set(reading.codes(pdf, dpi=dpi)) == {LONG.number, waybill}
    copied = pdfs.text(pdf)
    assert copied.count("封套编号") == copied.count("运单号") == 1
    for symbol in symbols(pdf):
        assert [char["text"] for char in looked_into(pdf).chars if overlap(char, symbol)] == []
    upper, lower = sorted(symbols(pdf), key=lambda rect: rect["top"])
    assert (lower["top"] - upper["bottom"]) / pdfs.MM > 10


def symbols(pdf: bytes) -> list[dict[str, Any]]:
    """The white ground of each symbol, quiet zones included."""
    return [rect for rect in looked_into(pdf).rects if rect["non_stroking_color"] in (1, (1,), (1.0,))]


def overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two things on a page share some of it."""
    across = min(one["x1"], other["x1"]) - max(one["x0"], other["x0"])
    return bool(across > 0 and min(one["bottom"], other["bottom"]) > max(one["top"], other["top"]))


@pytest.mark.parametrize("stock", STOCKS)
def test_each_caption_belongs_to_the_number_below_it(stock: str) -> None:
    """封套编号 stands over our number, 运单号 over the carrier's, and no other number between."""
    pdf = envelopes.render(dataclasses.replace(FACE, waybill="EA123456785CN"), stock=PLAIN[stock])

    chars = [
        char for char in pdfs.page(pdf).chars if char["x1"] < pdfs.MM * 84 and char["top"] > 27 * pdfs.MM
    ]
    rows = sorted({round(char["top"], 1) for char in chars if char["size"] <= 10})
    texts = ["".join(c["text"] for c in chars if round(c["top"], 1) == row).replace(" ", "") for row in rows]
    codes = [text for text in texts if text in ("运单号", "EA123456785CN", "封套编号", FACE.number)]
    assert codes == ["运单号", "EA123456785CN", "封套编号", FACE.number]


def test_several_faces_are_one_file_and_each_page_is_as_if_alone() -> None:
    """A batch has a page per face, in order, with its own number and words."""
    others = [dataclasses.replace(FACE, number=f"2350824120326324{at:04}") for at in range(3)]

    pdf = envelopes.render(*others, stock=PLAIN["ZL"], watermark="演练")

    assert pdfs.codes(pdf) == [face.number for face in others]
    assert pdfs.texts(pdf) == [
        pdfs.text(envelopes.render(face, stock=PLAIN["ZL"], watermark="演练")) for face in others
    ]
    assert pdfs.metadata(pdf)["Title"] == f"{others[0].number} {others[2].number}"


def test_one_wrong_face_refuses_the_whole_batch() -> None:
    """Nobody has to find out which of the pages were printed."""
    with pytest.raises(envelopes.WrongPostcode, match="12"):
        envelopes.render(FACE, dataclasses.replace(FACE, postcode="12"), stock=PLAIN["ZL"])
    with pytest.raises(DoesNotFit):
        envelopes.render(FACE, dataclasses.replace(FACE, address="路" * 5000), stock=PLAIN["ZL"])


@pytest.mark.parametrize("waybill", ["办1", "EA123456785CN\n", "1\x1d2", "１１３６２８１３８１６７５"])
def test_a_waybill_no_symbol_can_say_is_refused(waybill: str) -> None:
    """A named error instead of an envelope whose code says something else."""
    with pytest.raises(barcodes.NotEncodable):
        envelopes.render(dataclasses.replace(FACE, waybill=waybill), stock=PLAIN["C5"])


def test_a_waybill_wider_than_the_envelope_is_refused() -> None:
    """Half a symbol cannot be read: what would run off the paper is not made."""
    with pytest.raises((envelopes.OffPaper, DoesNotFit)):
        envelopes.render(dataclasses.replace(FACE, waybill="A1" * 20), stock=PLAIN["B6"])
    with pytest.raises(envelopes.OffPaper) as refused:
        envelopes.render(dataclasses.replace(FACE, waybill="A1" * 40), stock=PLAIN["C4"])
    assert refused.value.over > 10


def test_lines_end_after_whole_names_where_that_can_be() -> None:
    """A road is not torn from its house, nor 收 left alone below the office."""
    office = "南宁市公安局青秀分局户政大厅跨省通办窗口"
    face = dataclasses.replace(FACE, office=office, waybill="EA123456785CN")
    pdf = envelopes.render(face, stock=PLAIN["DL"])

    chars = [char for char in pdfs.page(pdf).chars if char["x0"] > 80 * pdfs.MM and char["size"] > 12]
    rows = sorted({round(char["top"]) for char in chars})
    ends = ["".join(c["text"] for c in chars if round(c["top"]) == row).strip() for row in rows]
    assert len(ends) == 4
    assert ends[0].endswith("民族大道")
    assert len(ends[3]) > 5


def test_nothing_to_print_is_refused() -> None:
    """An empty page would be taken for an envelope that failed."""
    with pytest.raises(envelopes.NoFace):
        envelopes.render(stock=PLAIN["C5"])


def test_a_face_has_no_place_for_a_person_or_an_item() -> None:
    """What may not stand outside cannot even be handed over."""
    assert [field.name for field in dataclasses.fields(EnvelopeFace)] == [
        "number",
        "postcode",
        "office",
        "address",
        "sender",
        "sender_address",
        "sender_postcode",
        "copy_mark",
        "waybill",
    ]


def test_hostile_words_are_printed_as_they_stand() -> None:
    """Markup and characters without a glyph stay visible text."""
    pdf = envelopes.render(dataclasses.replace(FACE, office="<b>局</b>&amp;{{x}}(\\)😀"), stock=PLAIN["C5"])

    assert "<b>局</b>&amp;{{x}}(\\)[U+1F600]" in pdfs.text(pdf)


def test_fonts_are_embedded_and_equal_faces_give_equal_bytes() -> None:
    """Also in another process with another hash seed and time zone."""
    pdf = envelopes.render(FACE, stock=PLAIN["C5"], watermark="演练")
    program = (
        "import hashlib; from printing import envelopes;"
        "from tests.printing.envelopes.test_envelopes import FACE;"
        "pdf = envelopes.render(FACE, stock=envelopes.stocks()['C5'], watermark='演练');"
        "print(hashlib.sha256(pdf).hexdigest())"
    )
    strange = os.environ | {"PYTHONHASHSEED": "3", "TZ": "Pacific/Apia", "PYTHONUTF8": "1"}

    there = subprocess.check_output([sys.executable, "-c", program], cwd=ROOT, env=strange, text=True)

    assert there.strip() == hashlib.sha256(pdf).hexdigest()
    assert pdfs.embeds_its_fonts(pdf)
