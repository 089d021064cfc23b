"""Registers on A4 across: whole at any length, equal bytes for equal rows, signed where something stands."""

from __future__ import annotations

import io

import pdfplumber
import pytest

from printing import registers
from printing.registers import Around, Part
from tests.printing import pdfs

AROUND = Around("收件台账", "榕城政务服务中心", "2026-11-20", "打印 2026-11-20 17:00", ("制表人：", "日期："))
NUMBER = "13501021012632400019"


def part(count: int, title: str = "", **cells: str) -> Part:
    """A table of so many rows."""
    row = {"office": "示例市公安局示例派出所", "remark": "", **cells}
    rows = [(str(at), NUMBER, row["office"], row["remark"]) for at in range(1, count + 1)]
    return Part(title, ("序号", "收件编号", "属地部门", "备注"), rows)


def test_equal_rows_give_equal_bytes() -> None:
    """No time, no chance; and its own fonts."""
    first, second = (registers.render([part(40)], AROUND) for _ in range(2))

    assert first == second
    assert pdfs.embeds_its_fonts(first)
    assert pdfs.metadata(first)["Title"] == "收件台账"


@pytest.mark.parametrize("count", [1, 24, 25, 26, 27, 60, 500])
def test_no_row_is_lost_between_pages(count: int) -> None:
    """Each ordinal once, the head on each page, pages counted."""
    pages = pdfs.texts(registers.render([part(count)], AROUND))

    assert "".join(pages).count(NUMBER) == count
    assert all("收件编号" in page and "2026-11-20" in page for page in pages)
    assert [f"第{at}页共{len(pages)}页" in page for at, page in enumerate(pages, 1)] == [True] * len(pages)


@pytest.mark.parametrize("count", range(20, 32))
def test_the_signatures_stand_below_the_last_row(count: int) -> None:
    """On one page only, and never alone on it."""
    pages = pdfs.texts(registers.render([part(count)], AROUND))

    assert ["制表人：" in page for page in pages] == [False] * (len(pages) - 1) + [True]
    assert NUMBER in pages[-1]


def test_parts_follow_each_other_under_their_titles() -> None:
    """Each with all rows."""
    pages = pdfs.texts(registers.render([part(3, "去程"), part(3, "回程")], AROUND))

    assert [("去程" in page, "回程" in page) for page in pages] == [(True, False), (False, True)]
    assert [page.count(NUMBER) for page in pages] == [3, 3]


def test_an_empty_register_says_so() -> None:
    """And can be signed: that nothing happened is an answer too."""
    (page,) = pdfs.texts(registers.render([part(0)], AROUND))

    assert registers.EMPTY in page
    assert "制表人：" in page


@pytest.mark.parametrize("remark", ["很长的说明，" * 40, "x" * 400, "两行\n两行", "阿·凡提，"])
def test_what_is_long_is_broken_and_never_cut(remark: str) -> None:
    """Every character is on the paper, within its rules."""
    pdf = registers.render([part(2, remark=remark)], AROUND)

    told = pdfs.text(pdf)
    assert all(told.count(mark) >= 2 * remark.count(mark) for mark in set("".join(remark.split())))
    with pdfplumber.open(io.BytesIO(pdf)) as plumbed:
        for page in plumbed.pages:
            assert all(word["x0"] >= 0 and word["x1"] <= page.width for word in page.extract_words())


def test_a_row_taller_than_a_page_goes_on() -> None:
    """In further rows, over pages if need be."""
    remark = "，".join(f"第{at}项" for at in range(900))
    told = pdfs.text(registers.render([part(1, remark=remark)], AROUND))

    assert all(f"第{at}项" in told for at in range(900))


def test_a_number_stays_on_one_line() -> None:
    """Twenty digits beside columns of much text."""
    heads = tuple(f"栏目{at}" for at in range(12))
    rows = [(NUMBER, *("很多很多的文字说明" * 3 for _ in range(11)))]
    pdf = registers.render([Part("", heads, rows)], AROUND)

    words = [word["text"] for word in pdfs.page(pdf).extract_words()]

    assert NUMBER in words


def test_many_narrow_columns_share_the_page() -> None:
    """Where not even what cannot be broken fits, all shrink alike, and no line leaves the page."""
    heads = tuple(f"栏目{at}" for at in range(12))
    pdf = registers.render([Part("", heads, [(NUMBER,) * 12])], AROUND)

    page = pdfs.page(pdf)
    assert max(char["x1"] for char in page.chars) <= page.width
    assert pdfs.text(pdf).count("1350") == 12


def test_a_practice_register_is_marked() -> None:
    """演练 across each page."""
    marked = registers.render([part(1)], Around("台账", "大厅", "", "", watermark="演练"))

    assert "演练" in pdfs.text(marked)


def test_five_thousand_rows_are_drawn() -> None:
    """All of them, on the pages they need."""
    pages = pdfs.texts(registers.render([part(5000)], AROUND))

    assert sum(page.count(NUMBER) for page in pages) == 5000
    assert f"共{len(pages)}页" in pages[0]
