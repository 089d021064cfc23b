"""Sheets: every kind of part, tables over pages, long and hostile values, equal bytes, embedded fonts."""

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from printing import barcodes, blocks, reading, sheets
from printing.sheets import Part
from tests.printing import pdfs

NUMBER, SLIP = "43508241203263240018", "53508241203263240019"
ROOT = Path(__file__).parents[2]
PARTS: list[Part] = [
    ("paragraph", (("武平县政务服务中心",),)),
    ("code", ((NUMBER, "本凭证编号"),)),
    ("title", (("收件凭证",),)),
    ("fields", (("申请人", "张𬱟"), ("电话", "138****1234"), ("地址", "很长的地址" * 20))),
    ("heading", (("材料",),)),
    ("table", (("序号", "名称"), ("1", "结婚证"), ("2", "户口簿"))),
    ("notes", (("收件不等于受理。",), ("请妥善保管。",))),
    ("signatures", (("申请人签名：",), ("日期：　　年　　月　　日",), ("收件人员签名：",))),
    ("tear", ()),
    ("code", ((SLIP, "回执联编号"),)),
    ("title", (("回执联",),)),
]
HOSTILE = [
    "<b>x</b>",
    "<para>",
    "{{case.number}}",
    "| a | b |",
    "[/oops]",
    "**星号**",
    "C:\\temp\\n%s%d",
    "&amp;&lt;",
    "(括号) \\( \\)",
    "'; DROP TABLE",
    "=1+1",
]


def test_every_part_is_on_the_paper_and_every_code_reads() -> None:
    """All words of all kinds of parts are printed, and both numbers are read again."""
    pdf = sheets.render(PARTS, page="A4")

    copied = pdfs.text(pdf)
    for kind, rows in PARTS:
        for cell in (cell for row in rows for cell in row):
            assert "".join(cell.split()) in copied, kind
    assert pdfs.codes(pdf) == [NUMBER, SLIP]


@pytest.mark.parametrize("page", ["A4", "A5"])
def test_the_page_has_the_size_asked_for(page: str) -> None:
    """A4 is 210 × 297 mm, A5 half of it."""
    first = pdfs.page(sheets.render(PARTS, page=page))

    expected = {"A4": (210, 297), "A5": (148, 210)}[page]
    assert (first.width / pdfs.MM, first.height / pdfs.MM) == pytest.approx(expected, abs=0.5)


def test_every_font_is_embedded() -> None:
    """A printer or an archive has none of our fonts; even an unused reference to Helvetica is a fault."""
    assert pdfs.embeds_its_fonts(sheets.render(PARTS, page="A4", watermark="演练"))


def test_equal_parts_give_equal_bytes_in_another_process() -> None:
    """Neither the order of hashes nor the time zone nor the locale nor the clock enters the file."""
    here = hashlib.sha256(sheets.render(PARTS, page="A4", watermark="演练", footer="收件凭证")).hexdigest()
    program = (
        "import hashlib; from printing import sheets; from tests.printing.test_sheets import PARTS;"
        "pdf = sheets.render(PARTS, page='A4', watermark='演练', footer='收件凭证');"
        "print(hashlib.sha256(pdf).hexdigest())"
    )

    for seed, zone in (("1", "Pacific/Apia"), ("2", "America/Caracas")):
        strange = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C", "PYTHONUTF8": "1"}
        there = subprocess.check_output([sys.executable, "-c", program], cwd=ROOT, env=strange, text=True)
        assert there.strip() == here


def test_papers_drawn_at_once_are_the_papers_drawn_one_by_one() -> None:
    """Two windows' threads share the font file without mixing up each other's outlines."""
    sheets_of: list[list[Part]] = [
        [("title", ((text,),))] for text in ("甲乙丙丁" * 9, "子丑寅卯" * 9, "ÀÉîõü" * 9)
    ]

    one_by_one = [sheets.render(parts, page="A5") for parts in sheets_of]
    with ThreadPoolExecutor(4) as pool:
        at_once = list(pool.map(lambda parts: sheets.render(parts, page="A5"), sheets_of * 5))

    assert at_once == one_by_one * 5


def test_the_file_says_its_title_and_nothing_about_who_made_it() -> None:
    """No author, no program, and a date that is the same for every paper."""
    pdf = sheets.render(PARTS, page="A4")

    told = pdfs.metadata(pdf)
    assert told.pop("Title") == "收件凭证"
    assert told.pop("CreationDate") == told.pop("ModDate") == "D:20000101000000+00'00'"
    assert not any(told.values())


def test_a_long_table_breaks_over_pages_under_its_repeated_head() -> None:
    """Each page of a table of 200 rows begins with the head, and no row is lost or doubled."""
    rows = (("序号", "材料名称"), *((f"<{n}>", f"材料{n}号") for n in range(200)))

    pages = pdfs.texts(sheets.render([("title", (("清单",),)), ("table", rows)], page="A4"))

    assert len(pages) > 3
    assert all(page.count("序号材料名称") == 1 for page in pages)
    assert all("".join(pages).count(f"<{n}>") == 1 for n in range(200))


def test_each_page_says_which_of_how_many_it_is_and_of_which_paper() -> None:
    """A loose page finds its paper again; without a footer the paper's own number stands there."""
    rows = (("序号",), *((str(n),) for n in range(60)))

    given = pdfs.texts(sheets.render([("table", rows)], page="A4", footer="收件凭证 4350"))
    own = pdfs.texts(sheets.render(PARTS, page="A4"))

    for number, page in enumerate(given, 1):
        assert f"第{number}页共{len(given)}页" in page
        assert "收件凭证4350" in page
    assert all(NUMBER in page for page in own)


COPIES = ("申请人联", "窗口留存联", "业务属地联")


@pytest.mark.parametrize("rows", [1, 60, 200])
def test_each_copy_begins_on_a_page_of_its_own_and_counts_its_own(rows: int) -> None:
    """Whoever gets one holds a whole paper: page 1 of its own number of pages, and its name on each."""
    table = ("table", (("序号",), *((f"<{n}>",) for n in range(rows))))

    pages = pdfs.texts(sheets.render([*PARTS, table], page="A4", copies=COPIES))

    each = len(pages) // 3
    assert len(pages) == 3 * each
    for at, page in enumerate(pages):
        assert f"第{at % each + 1}页共{each}页" in page
        assert [copy for copy in COPIES if copy in page] == [COPIES[at // each]]
    for first in range(0, len(pages), each):
        assert all("".join(pages[first : first + each]).count(f"<{n}>") == 1 for n in range(rows))


def test_all_copies_carry_the_one_number() -> None:
    """They are one face: whichever is scanned, the same paper is found."""
    assert pdfs.codes(sheets.render(PARTS, page="A4", copies=COPIES)) == [NUMBER, SLIP] * 3


@pytest.mark.parametrize("page", ["A4", "A5"])
def test_the_name_of_a_copy_stands_in_the_margin_above_the_text(page: str) -> None:
    """Flush with the right edge of the text, clear of bars and words, on paper a printer can reach."""
    marked = pdfs.page(sheets.render(PARTS, page=page, copies=("窗口留存联",)))
    margin = {"A4": 20, "A5": 13}[page]

    name = [char for char in marked.chars if char["bottom"] / pdfs.MM < margin - 1.5]

    assert "".join(char["text"] for char in name) == "窗口留存联"
    assert min(char["top"] for char in name) / pdfs.MM > 4
    assert max(char["x1"] for char in name) == pytest.approx(marked.width - margin * pdfs.MM, abs=0.2)


def test_a_paper_without_named_copies_is_printed_once_and_unmarked() -> None:
    """As it was before there were copies; strange names are printed as what they are."""
    assert sheets.render(PARTS, page="A4", copies=()) == sheets.render(PARTS, page="A4")
    assert "[U+0007]联" in pdfs.text(sheets.render(PARTS, page="A4", copies=("\x07联",)))


@pytest.mark.parametrize("page", ["A4", "A5"])
@pytest.mark.parametrize("kind", sorted(blocks.KINDS.keys() - {"code", "qr", "bars", "line"}))
@pytest.mark.parametrize("value", ["字" * 5000, "W" * 5000, "行\n" * 500], ids=["han", "latin", "lines"])
def test_five_thousand_characters_are_all_printed(kind: str, page: str, value: str) -> None:
    """A value of any length in any part runs over as many pages as it needs; nothing is cut."""
    cells = {"fields": ((value, value), ("短", value)), "table": (("甲", "乙"), ("丙", value), (value, "丁"))}
    rows = cells.get(kind, ((value,), ("短",)))

    copied = pdfs.text(sheets.render([(kind, rows)], page=page))

    wanted = sum(cell.count(value[0]) for row in rows for cell in row)
    assert copied.count(value[0]) >= wanted


@pytest.mark.parametrize("place", ["head", "slip", "table head"])
def test_five_thousand_characters_in_other_places_are_all_printed(place: str) -> None:
    """Also beside the barcode, on a slip and in the head of a table."""
    long = "字" * 5000
    head: list[Part] = [("paragraph", (("甲",), (long,))), ("code", ((NUMBER, ""),)), ("title", (("乙",),))]
    slip: list[Part] = [("title", (("乙",),)), ("tear", ()), ("table", (("丙",), (long,)))]
    table: list[Part] = [("title", (("乙",),)), ("table", (("丙", long), ("1", "2")))]

    pdf = sheets.render({"head": head, "slip": slip, "table head": table}[place], page="A5")

    assert pdfs.text(pdf).count("字") == 5000


@pytest.mark.parametrize("value", HOSTILE)
def test_markup_in_a_value_is_printed_as_it_stands(value: str) -> None:
    """Values are text: no tag, no entity, no template, no table comes alive on the paper."""
    parts: list[Part] = [
        ("title", ((value,),)),
        ("fields", ((value, value),)),
        ("table", (("甲",), (value,))),
        ("notes", ((value,),)),
        ("signatures", ((value,),)),
    ]

    assert pdfs.text(sheets.render(parts, page="A4")).count("".join(value.split())) == 6


def test_a_character_without_a_glyph_is_printed_as_its_code_point() -> None:
    """Emoji and control characters stay visible in every part and in the footer."""
    strange: list[Part] = [("title", (("甲😀",),)), ("table", (("\x07",), ("\ud800",)))]

    copied = pdfs.text(sheets.render(strange, page="A4", footer="脚\u200b", watermark="演\U0001f6d1"))

    assert {"[U+1F600]", "[U+0007]", "[U+D800]", "[U+200B]", "[U+1F6D1]"} <= set(_codes_in(copied))


def _codes_in(text: str) -> list[str]:
    return [f"[U+{piece.split(']')[0]}]" for piece in text.split("[U+")[1:]]


def test_the_watermark_is_light_on_every_page_and_the_codes_still_read() -> None:
    """Practice papers say so on each page without hiding what is printed on them."""
    rows = (("序号",), *((str(n),) for n in range(60)))

    pdf = sheets.render([*PARTS, ("table", rows)], page="A4", watermark="演练")

    assert all("演练" in page for page in pdfs.texts(pdf))
    assert pdfs.codes(pdf) == [NUMBER, SLIP]


def test_a_slip_stays_in_one_piece() -> None:
    """What is to be torn off moves to the next page as a whole if this page has no room for it."""
    rows = (("序号",), *((str(n),) for n in range(28)))
    slip: list[Part] = [("tear", ()), ("title", (("回执联",),)), ("paragraph", (("完" * 200,),))]

    first, second = pdfs.texts(sheets.render([("title", (("清单",),)), ("table", rows), *slip], page="A4"))

    assert "回执联" not in first
    assert second.count("完") == 200


def papers_ending_anywhere() -> list[list[str]]:
    """The pages of papers whose list has from none to fifty rows, so that each ends at another height."""
    remark = "材料交接之前可以撤回申请，材料当场退还；交寄之后撤回的，待材料退回后办理。" * 3
    found = []
    for count in range(50):
        table = ("table", (("序号", "名称"), *((str(n), "结婚证") for n in range(count))))
        notes = ("notes", tuple((f"说明{n}始{remark}说明{n}终",) for n in range(4)))
        signed = ("signatures", (("申请人签名：",), ("日期：",), ("收件人员签名：",), ("日期：",)))
        parts: list[Part] = [("title", (("收件凭证",),)), table, notes, signed]
        found.append(pdfs.texts(sheets.render(parts, page="A4")))
    return found


def test_wherever_a_paper_ends_its_last_page_is_worth_turning_to() -> None:
    """No remark is broken, no signature stands without words above it, no page is empty."""
    for pages in papers_ending_anywhere():
        assert all(page.count(f"说明{n}始") == page.count(f"说明{n}终") for page in pages for n in range(4))
        (signed,) = [page for page in pages if "签名" in page]
        assert signed.count("签名：") == 2
        assert "说明3终" in signed
        assert signed is pages[-1]


@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize("page", ["A4", "A5"])
def test_bars_are_whole_dots_of_the_printer_they_are_drawn_for(page: str, dpi: int) -> None:
    """Beside the head and on the slip: on the printer's own grid, and read again as it inks them."""
    pdf = sheets.render(PARTS, page=page, dpi=dpi)

    dot, module = 72 / dpi, barcodes.dots(dpi)
    bars = [
        rect for rect in pdfs.page(pdf).rects if rect["height"] == pytest.approx(barcodes.HEIGHT, abs=0.01)
    ]
    black = [bar for bar in bars if bar["non_stroking_color"] in (0, (0,), (0.0,))]
    assert len(black) >= len(barcodes.modules(NUMBER).replace("0", " ").split())
    for bar in black:
        assert bar["x0"] / dot % 1 == pytest.approx(0.25, abs=0.02)
        assert (bar["width"] / dot + 0.5) / module == pytest.approx(
            round((bar["width"] / dot + 0.5) / module), abs=0.02
        )
    assert set(reading.codes(pdf, dpi=dpi)) == {NUMBER, SLIP}


def test_a_finer_printer_changes_the_bars_and_not_the_words() -> None:
    """Another resolution is another file of the same paper; without a word it is 203 dpi."""
    coarse, fine = sheets.render(PARTS, page="A4"), sheets.render(PARTS, page="A4", dpi=600)

    assert coarse == sheets.render(PARTS, page="A4", dpi=203)
    assert coarse != fine
    assert pdfs.texts(coarse) == pdfs.texts(fine)


def test_a_printer_too_coarse_for_bars_is_refused() -> None:
    """Only where there are any: a sheet without a code is printed on anything."""
    with pytest.raises(barcodes.TooCoarse, match="180 dpi"):
        sheets.render(PARTS, page="A4", dpi=180)
    assert sheets.render([("title", (("清单",),))], page="A4", dpi=180)


def test_nothing_stands_outside_the_margins() -> None:
    """Printers leave a border white; bars and words keep 13 mm and more from each edge but the foot."""
    for page, margin in (("A4", 20), ("A5", 13)):
        first = pdfs.page(sheets.render(PARTS, page=page))

        placed = first.chars + first.rects + first.lines
        assert min(thing["x0"] for thing in placed) / pdfs.MM >= margin - 0.1
        assert max(thing["x1"] for thing in placed) / pdfs.MM <= first.width / pdfs.MM - margin + 0.1
        assert min(thing["top"] for thing in placed) / pdfs.MM >= margin - 1.5


@pytest.mark.parametrize(
    "part",
    [
        ("picture", (("x",),)),
        ("fields", (("only a label",),)),
        ("table", (("a", "b"), ("c",))),
        ("paragraph", ()),
    ],
)
def test_a_part_of_a_wrong_shape_is_named(part: Part) -> None:
    """An unknown kind, too few cells or no rows at all is our fault and says so."""
    with pytest.raises(sheets.UnknownPart, match=part[0]):
        sheets.render([part], page="A4")


def test_an_unknown_page_is_named() -> None:
    """Only sizes with a layout are printed."""
    with pytest.raises(sheets.UnknownPage, match="B5"):
        sheets.render(PARTS, page="B5")


def test_a_code_wider_than_the_paper_is_refused() -> None:
    """A barcode that would run off the sheet cannot be read; better no paper than that."""
    with pytest.raises(barcodes.NotEncodable):
        sheets.render([("code", (("A1" * 40, ""),))], page="A5")
