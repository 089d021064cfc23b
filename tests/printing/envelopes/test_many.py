"""Thousands of offices and addresses, drawn and measured: nothing is cut, nothing leaves the free area."""

import random
from dataclasses import replace

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.units import mm

from printing import envelopes
from printing.envelopes import EnvelopeFace
from tests.lengths import often
from tests.printing import pdfs
from tests.printing.envelopes.test_envelopes import FACE, STOCKS

EACH = often(2000, 200)
PROVINCES = ["广西壮族自治区", "新疆维吾尔自治区", "福建省", "内蒙古自治区", "北京市", "香港特别行政区"]
PLACES = [
    "伊犁哈萨克自治州",
    "黔西南布依族苗族自治州",
    "南宁市",
    "浚县",
    "𬱟县",
    "察布查尔锡伯自治县",
    "㐂镇",
]
STREETS = ["民族大道", "平川街道政务路", "解放路（原东大街）", "Zhongshan Rd.", "「新区」大道", "团结路·北段"]
HOUSES = ["100号", "政务服务中心三楼B区12号窗口", "Room 1203-A", "88号院5号楼", "（西门）", "1—3层"]
BODIES = ["公安局", "人力资源和社会保障局", "医疗保障局", "民政局", "住房公积金管理中心", "行政审批服务局"]
DESKS = ["", "跨省通办窗口", "综合受理窗口", "青秀分局户籍科", "（代收代办专窗）", "政务服务管理办公室"]


def generated(chance: random.Random) -> EnvelopeFace:
    """A letter to some office, long or short, common or strange."""
    where = chance.choice(PROVINCES) + "".join(chance.sample(PLACES, chance.randint(0, 3)))
    streets = "".join(chance.choices(STREETS, k=chance.randint(1, 2)))
    rooms = "".join(chance.choices(HOUSES, k=chance.choice([1, 1, 2, 5])))
    office = (
        chance.choice(PLACES) * chance.choice([0, 1, 1, 3]) + chance.choice(BODIES) + chance.choice(DESKS)
    )
    postcode = f"{chance.randrange(1_000_000):06}"
    waybill = chance.choice(["", f"{chance.randrange(10**13):013}", f"EA{chance.randrange(10**9):09}CN"])
    address = where + streets + rooms
    return replace(FACE, office=office, address=address, postcode=postcode, waybill=waybill)


def looked_at(pdf: bytes, stock: str) -> tuple[list[str], int]:
    """The text of each page as it is copied, and how many things reach beyond the edge of their page."""
    sizes = envelopes.stocks()[stock]
    right, top = sizes.length * mm, sizes.width * mm
    copies: list[str] = []
    bounds: list[tuple[float, ...]] = []
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        copies.append("".join(page.get_textpage().get_text_range().split()))
        bounds.extend(thing.get_bounds() for thing in page.get_objects())
    document.close()
    return copies, sum(min(box[:2]) <= 0 or box[2] >= right or box[3] >= top for box in bounds)


@pytest.mark.long
@pytest.mark.parametrize("stock", STOCKS)
def test_of_many_addresses_none_is_cut_and_none_leaves_its_place(stock: str) -> None:
    """Ten thousand in a long run: every character copied, no ink in the post's zones, none off the paper."""
    chance = random.Random(f"1416 {stock}")
    faces = [generated(chance) for _ in range(EACH)]

    pdf = envelopes.render(*faces, stock=envelopes.stocks()[stock])

    copies, off_the_paper = looked_at(pdf, stock)
    assert (len(copies), off_the_paper) == (EACH, 0)
    for face, copy in zip(faces, copies, strict=True):
        assert "".join(face.address.split()) in copy
        assert "".join(face.office.split()) + "收" in copy


@settings(max_examples=100, deadline=None)
@given(
    seed=st.integers(0, 2**32), stock=st.sampled_from(STOCKS), words=st.text("局路（）·A1 。，", max_size=40)
)
def test_any_face_is_made_whole(seed: int, stock: str, words: str) -> None:
    """Through `render` itself, which refuses ink in the zones, with any mixture of marks and spaces."""
    face = generated(random.Random(seed))
    face = replace(face, office=face.office + words, address=words + face.address)

    copy = pdfs.text(envelopes.render(face, stock=envelopes.stocks()[stock], watermark="演练"))

    assert "".join(face.address.split()) in copy
    assert "".join(face.office.split()) + "收" in copy
