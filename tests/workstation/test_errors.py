"""What an error carries for the command line, and what is left of it on a screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.errors import Refused, command, on_screen

SENTENCE = st.text(alphabet="请先核验代办人的身份，。；（）:a-1 \n", max_size=30)
TYPED = st.text(alphabet="case identify --subject agent 编号=_./", min_size=1, max_size=30)


def test_the_part_for_the_command_line_stands_in_its_one_form() -> None:
    """So that a person finds it and a screen can leave it out."""
    assert command("case show") == "（命令：case show）"


@given(before=SENTENCE, typed=TYPED, after=SENTENCE)
def test_a_screen_leaves_it_out_wherever_it_stands(before: str, typed: str, after: str) -> None:
    """Where two sentences are told in one, the part of the first is in the middle; the rest is untouched."""
    assert on_screen(f"{before}{command(typed)}{after}") == before + after


@pytest.mark.parametrize("text", ["", "请另一位同事确认（须第二人）。", "命令：甲", "（命令：没有写完"])
def test_a_text_without_it_stays_as_it_is(text: str) -> None:
    """Other brackets among them."""
    assert on_screen(text) == text


def test_a_command_tells_all_of_it() -> None:
    """The object of `--json` keeps the part: who reads it has a command line."""
    error = Refused("x", what="没有办理。", why="原因。", next=f"请先核验。{command('case identify')}")

    assert error.as_dict()["next"] == "请先核验。（命令：case identify）"
