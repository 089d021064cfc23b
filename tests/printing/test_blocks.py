"""How the parts of a sheet look: titles, headings, paragraphs, the digits below a barcode."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest

from printing import blocks, sheets
from printing.sheets import Part
from tests.printing import pdfs

NUMBER = "43508241203263240018"
PARTS: list[Part] = [
    ("paragraph", (("某政务服务中心",), ("平川街道",))),
    ("code", ((NUMBER, "编号"),)),
    ("title", (("收件凭证",),)),
    ("heading", (("材料",),)),
    ("paragraph", (("您提交" + "的申请" * 40,),)),
    ("notes", (("说明",),)),
]


@pytest.fixture(scope="module")
def page() -> Any:
    """The first page with everything drawn on it."""
    return pdfs.page(sheets.render(PARTS, page="A4", footer="脚"))


def found(page: Any, text: str) -> list[dict[str, Any]]:
    """The characters of a text, where it stands first."""
    written = "".join(char["text"] for char in page.chars)
    at = written.index(text)
    return list(page.chars[at : at + len(text)])


@pytest.mark.parametrize(
    ("text", "face", "size"),
    [
        ("某政务", "Sans", 14),
        ("平川", "Serif", 9),
        ("收件凭证", "Serif", 22),
        ("材料", "Sans", 12),
        ("您提交", "Serif", 10),
        ("说明", "Serif", 9),
        ("4350 8241", "Sans", 10),
    ],
)
def test_each_part_has_its_face_and_size(page: Any, text: str, face: str, size: float) -> None:
    """Song for what is read, Hei for headings and for digits that are compared with a screen."""
    for char in found(page, text):
        assert f"Noto{face}SC" in char["fontname"]
        assert char["size"] == pytest.approx(size)


def test_the_title_stands_in_the_middle_of_the_sheet(page: Any) -> None:
    """To a tenth of a millimetre."""
    title = found(page, "收件凭证")

    middle = (title[0]["x0"] + title[-1]["x1"]) / 2
    assert middle == pytest.approx(page.width / 2, abs=0.3)


def test_the_title_is_thickened_and_copied_once() -> None:
    """Filled and outlined in one stroke: no second title hides below the first."""
    pdf = sheets.render([("title", (("收件凭证",),)), ("heading", (("材料",),))], page="A4")

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        content = opened.pages[0].Contents.read_bytes()
    assert content.count(b" 2 Tr") == 1
    assert f"{blocks.TITLE * 0.022:.3f} w".lstrip("0").encode() in content
    assert pdfs.text(pdf).count("收件凭证") == 1


def test_a_paragraph_begins_two_characters_in(page: Any) -> None:
    """As Chinese prose does; what follows begins at the margin."""
    words = [char for char in page.chars if char["text"] in "您提交的申请" and char["size"] < 11]

    first, second = sorted({round(char["top"]) for char in words})[:2]
    left = {line: min(char["x0"] for char in words if round(char["top"]) == line) for line in (first, second)}
    assert left[first] - left[second] == pytest.approx(2 * 10, abs=0.5)
