"""Text from data: literal, cut and wrapped by cells, and without anything that steers a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from workstation.widgets.words import MORE, Harmless, columns, cut, fitted, shown, wrapped

HARMFUL = ["\x1b]0;x\x07", "\x9b31m", "\u202eabc", "a\u200db", "\u2066", "\x00", "\u2028"]
any_text = st.text(st.characters(codec="utf-8"), max_size=60)


@pytest.mark.parametrize("text", HARMFUL)
def test_what_could_steer_is_made_visible(text: str) -> None:
    """A question mark stands where it was, so somebody sees that there was something."""
    told = shown(text)

    assert "?" in told
    assert not [c for c in told if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")]


@pytest.mark.parametrize("text", ["覃示例", "买买提·艾", "𠮷野家", "[bold]x[/]", "１２３", "①②"])
def test_honest_text_stays(text: str) -> None:
    """Chinese, rare characters, full width and brackets are shown as they are."""
    assert shown(text) == text


@given(text=any_text, width=st.integers(0, 40))
def test_a_text_is_never_wider_than_its_place(text: str, width: int) -> None:
    """Cut to its cells, and filled up to them exactly."""
    assert cell_len(cut(text, width)) <= width
    assert cell_len(fitted(text, width)) == width


@given(text=st.text("汉字，ab𠮷", min_size=1, max_size=30), width=st.integers(1, 20))
def test_what_is_cut_says_so(text: str, width: int) -> None:
    """It ends in …, and what is left is the beginning: no wide character is halved."""
    told = cut(text, width)

    assert told == text or (told.endswith(MORE) and text.startswith(told[:-1]))


@given(text=st.text("汉字，。ab 12\n", max_size=80), width=st.integers(4, 30))
def test_wrapping_loses_nothing_but_blanks(text: str, width: int) -> None:
    """Every character is on some line, in its order, and no line is too wide by more than a closing mark."""
    lines = wrapped(text, width)

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width + cell_len(line) - cell_len(line.rstrip("，。")) for line in lines)


def test_no_line_begins_with_a_closing_mark() -> None:
    """A comma stays with what it follows."""
    assert wrapped("一二三四，五六", 8) == ["一二三", "四，五六"]


def test_words_of_the_west_are_not_broken() -> None:
    """A number or a code moves to the next line whole."""
    assert wrapped("编号 13501021012632400019", 22) == ["编号", "13501021012632400019"]


def test_the_last_guard_takes_out_what_is_left() -> None:
    """Whatever a widget lets through, the line that goes to the terminal has no control in it."""
    dirty = [Segment("a\x1b]0;x\x07"), Segment("\u202e名"), Segment("clean")]

    line = Harmless().apply(dirty, Color(0, 0, 0))

    assert [segment.text for segment in line] == ["a]0;x", "名", "clean"]


@given(
    widths=st.lists(st.integers(1, 20), min_size=1, max_size=6),
    room=st.integers(0, 160),
    flexible=st.integers(0, 63),
)
def test_columns_fill_the_room(widths: list[int], room: int, flexible: int) -> None:
    """With a blank between them they are as wide as the room, wherever it is enough for all."""
    gives = [bool(flexible >> at & 1) for at in range(len(widths))]
    shares = columns(widths, gives, room)

    assert all(share >= 0 for share in shares)
    if room >= sum(widths) + len(widths) - 1:
        assert sum(shares) + len(shares) - 1 == room
        assert all(share >= width for share, width in zip(shares, widths, strict=True))
