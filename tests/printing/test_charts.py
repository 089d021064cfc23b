"""Charts on a sheet: every figure is there, bars are as long as they say, equal input gives equal bytes."""

from __future__ import annotations

from itertools import pairwise

import pytest

from printing import charts, sheets
from printing.sheets import Part, UnknownPart
from tests.printing import pdfs

HEAD = ("按省份", "送件", "")
ROWS = (HEAD, ("广西壮族自治区", "40", "1.0"), ("湖南省", "20", "0.5"), ("甘肃省", "0", "0.0"))
DAYS = tuple((f"11-{day:02d}", str(day * 3 % 17)) for day in range(1, 31))


def drawn(kind: str, rows: tuple[tuple[str, ...], ...], page: str = "A4") -> bytes:
    """A sheet with one chart."""
    parts: list[Part] = [("title", (("统计",),)), (kind, rows)]
    return sheets.render(parts, page=page)


def lengths(pdf: bytes) -> list[float]:
    """How long each bar is, from above to below."""
    return [rect["width"] for rect in sorted(pdfs.page(pdf).rects, key=lambda rect: rect["top"])]


def test_label_and_figure_stand_beside_each_bar() -> None:
    """And above them what the bars are about."""
    text = pdfs.text(drawn("bars", ROWS))

    for label, figure, _ in ROWS:
        assert label in text
        assert figure in text


def test_a_bar_is_as_long_as_its_share() -> None:
    """Half the share is half the length, nothing has no bar; the first row is the uppermost."""
    first, second = lengths(drawn("bars", ROWS))

    assert first > 200
    assert second == pytest.approx(first / 2)


@pytest.mark.parametrize(("kind", "rows"), [("bars", ROWS), ("line", DAYS)])
def test_equal_input_gives_equal_bytes(kind: str, rows: tuple[tuple[str, ...], ...]) -> None:
    """Whatever was drawn before; another figure gives other bytes."""
    first = drawn(kind, rows)
    drawn("line", (("a", "1"), ("b", "9")))

    assert drawn(kind, rows) == first
    assert drawn(kind, rows[:-1]) != first


@pytest.mark.parametrize(("kind", "rows"), [("bars", ROWS), ("line", DAYS)])
def test_all_fonts_are_in_the_file(kind: str, rows: tuple[tuple[str, ...], ...]) -> None:
    """The drawing library's own are not embedded and have no Chinese."""
    assert pdfs.embeds_its_fonts(drawn(kind, rows))


@pytest.mark.parametrize("page", ["A4", "A5"])
def test_many_bars_go_over_pages(page: str) -> None:
    """Each of them is there once, and each piece says what it goes on with."""
    rows = (HEAD, *((f"第{n}号部门", f"{n}", f"{n / 200:.4f}") for n in range(200)))

    text = pdfs.text(drawn("bars", rows, page))

    assert all(text.count(f"第{n}号部门") == 1 for n in range(200))
    assert text.count("按省份") == 7
    assert text.count("（续）") == 6


def test_a_long_label_is_shortened() -> None:
    """A third of the width is for labels; … says that something is missing."""
    text = pdfs.text(drawn("bars", (HEAD, ("很长的名称" * 40, "3", "1.0"), ("短", "2", "0.6"))))

    assert "很长的名称" in text
    assert "很长的名称" * 40 not in text
    assert "…" in text


@pytest.mark.parametrize("label", ["<b>x</b>", "&amp;", "[bold]", "{{x}}", "𠮷㐂", "\x07", "甲\n乙", ""])
def test_labels_are_text(label: str) -> None:
    """No markup comes alive, rare characters are set or named, a line end does not break the chart."""
    text = pdfs.text(drawn("bars", (HEAD, (label, "3", "1.0"))))

    shown = {"\x07": "[U+0007]", "甲\n乙": "甲乙", "𠮷㐂": "㐂"}.get(label, label)
    assert "".join(shown.split()) in text


def test_nothing_but_noughts() -> None:
    """Bars without length, a line along the foot."""
    assert "甘肃省" in pdfs.text(drawn("bars", (HEAD, ("甘肃省", "0", "0.0"))))
    assert "11-01" in pdfs.text(drawn("line", (("11-01", "0"), ("11-02", "0"))))


def test_names_below_a_line_are_some_of_the_days() -> None:
    """The first one is, and no more than have room."""
    text = pdfs.text(drawn("line", tuple((f"d{n:03d}", str(n)) for n in range(366))))

    named = [n for n in range(366) if f"d{n:03d}" in text]
    assert named[0] == 0
    assert len(named) == 9
    assert len({b - a for a, b in pairwise(named)}) == 1


@pytest.mark.parametrize("most", [1, 4, 5, 9, 17, 100, 12345, 999_999])
def test_the_axis_of_a_line_is_marked_in_round_numbers(most: int) -> None:
    """From nought past the largest, in at most six steps."""
    step = charts._step(most)

    assert str(step).strip("0") in ("1", "2", "5")
    assert step * 5 > most
    text = pdfs.text(drawn("line", (("a", "0"), ("b", str(most)))))
    assert str(step * (most // step + 1)) in text


def test_one_day_is_a_line_too() -> None:
    """A hall on its first day."""
    assert "11-20" in pdfs.text(drawn("line", (("11-20", "7"),)))


@pytest.mark.parametrize(
    ("kind", "rows"), [("bars", ()), ("bars", (("a", "1"),)), ("line", (("a", "1", "2"),)), ("line", ())]
)
def test_rows_of_another_shape_are_refused(kind: str, rows: tuple[tuple[str, ...], ...]) -> None:
    """Like those of every other part."""
    with pytest.raises(UnknownPart):
        drawn(kind, rows)
