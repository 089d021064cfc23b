"""Line breaking: nothing lost, nothing too wide, no closing mark at the start of a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing import fonts
from printing.lines import LEADING, DoesNotFit, fit, snug, wrap

CHARACTERS = st.sampled_from("的一是了我不人在他有abcXYZ019 ，。（）《》：；-/「」")
ADDRESS = "广西壮族自治区南宁市青秀区民族大道100号政务服务中心（三楼B区）12号窗口"


@given(st.text(CHARACTERS, max_size=300), st.floats(min_value=6, max_value=24))
def test_lines_hold_the_whole_text_and_fit(text: str, size: float) -> None:
    """Whatever the text: its characters come out in order, and each line is within the width."""
    lines = wrap(text, size, 120)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(fonts.width(line, size) <= 120 + 0.001 for line in lines)


def test_a_closing_mark_never_begins_a_line() -> None:
    """The character before the comma goes down with it instead."""
    assert wrap("一二三四，五", 10, 40) == ["一二三", "四，五"]


def test_an_opening_mark_never_ends_a_line() -> None:
    """The bracket goes down with what it opens."""
    assert wrap("一二三（四", 10, 40) == ["一二三", "（四"]


def test_latin_words_stay_whole_where_a_line_can_hold_them() -> None:
    """Latin names and numbers are broken at their spaces, and inside only if they must."""
    assert wrap("EE123456785CN 12", 10, 85) == ["EE123456785CN", "12"]
    assert len(wrap("W" * 100, 10, 90)) > 1


def test_line_ends_of_the_text_are_kept() -> None:
    """An empty line stays an empty line."""
    assert wrap("一\n\n二", 10, 100) == ["一", "", "二"]


def test_a_slightly_smaller_size_saves_a_lone_last_character() -> None:
    """A text that is a little too long for one line is set a little smaller."""
    width = fonts.width(ADDRESS, 10) * 0.95

    assert len(wrap(ADDRESS, 10, width)) == 2
    assert len(wrap(ADDRESS, snug(ADDRESS, 10, width), width)) == 1
    assert snug(ADDRESS, 10, width * 2) == 10


@given(st.text(CHARACTERS, min_size=1, max_size=120))
def test_fitted_lines_are_within_the_box_and_complete(text: str) -> None:
    """Two texts shrunk into a box keep every character and leave no line outside."""
    lines = fit([(text, 15), ("收", 20)], width=200, height=200, smallest=4)

    assert "".join(line for line, _ in lines).replace(" ", "") == f"{text}收".replace(" ", "")
    assert sum(size for _, size in lines) * LEADING <= 200


def test_what_cannot_fit_is_refused_not_cut() -> None:
    """A text that would have to be illegibly small is an error that tells its length, not the text."""
    with pytest.raises(DoesNotFit) as refused:
        fit([("名" * 5000, 12)], width=200, height=100, smallest=6.5)

    assert refused.value.length == 5000
    assert "名" not in str(refused.value)
