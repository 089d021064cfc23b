"""The manual's keys are the keys of the screens: its tables are written from them, its sentences checked."""

from __future__ import annotations

import re

import pytest
from textual.binding import Binding

from tools import manual
from workstation.domain.grades import SIGNALS, Signal
from workstation.screens import doors

KEY = re.compile(r"`((?:\^[A-Z]|F\d{1,2}|Del|Ins)) ([^`]+)`")
BELLS = {0: "不响", 1: "一声", 2: "两声", 3: "三声"}


@pytest.fixture(scope="module")
def text() -> str:
    """The manual."""
    return manual.MANUAL.read_text(encoding="utf-8")


def known() -> set[tuple[str, str]]:
    """Every key with its label, on any screen and everywhere."""
    does = {(do.key_word, do.label) for screen in manual.acting().values() for do in screen.DOES}
    return does | set(manual.everywhere())


def test_tables_are_those_of_the_screens(text: str) -> None:
    """Written anew, nothing changes: `python -m tools.manual` after a change of keys."""
    assert manual.written(text) == text


def test_every_screen_has_its_table(text: str) -> None:
    """No screen on which something is done is left out, and none is told twice."""
    told = re.findall(r"<!-- keys (\w+) -->", text)

    assert sorted(told) == sorted([*manual.acting(), "everywhere", "lists"])


@pytest.mark.parametrize("name", doors.names())
def test_every_screen_is_named_by_its_title(text: str, name: str) -> None:
    """What stands on the screen's first line is the word in the manual."""
    assert doors.door(name).title in text.partition("# 第二部分")[0]


def test_keys_named_in_sentences_are_true(text: str) -> None:
    """`F5 告知` in a sentence is a key and its label on some screen."""
    named = set(KEY.findall(text))

    assert len(named) > 20
    assert named <= known()


def test_the_initials_named_for_the_palette_are_true(text: str) -> None:
    """`lhz` beside a title opens that screen."""
    titles = {door.title: door.initials for door in map(doors.door, doors.names())}
    named = re.findall(r"(\w+) `([a-z]{2,4})`[、。]", text)

    assert len(named) > 3
    assert {title: titles[title] for title, _ in named} == dict(named)


@pytest.mark.parametrize("signal", SIGNALS.values(), ids=list(SIGNALS))
def test_the_four_grades_are_told_as_they_are(text: str, signal: Signal) -> None:
    """Word, sign and bells of each grade stand in one row."""
    row = rf"^\| {signal.word} \| {re.escape(signal.sign)} \w+ \| {BELLS[signal.bells]} \|"

    assert re.search(row, text, re.MULTILINE)


def test_tables_follow_and_the_text_around_them_stays() -> None:
    """What stood in a table is written over, what stands before and behind is not."""
    written = manual.written("前\n<!-- keys WorklistScreen -->\n旧\n<!-- /keys -->\n后\n")

    assert "| F2 | **收件**　登记一个新的办件 |" in written
    assert "旧" not in written
    assert (written[:2], written[-2:]) == ("前\n", "后\n")


def test_keys_that_only_type_another_character_are_not_told() -> None:
    """`/` has the full-width stroke beside it, which nobody has to know."""
    binding = Binding("slash,fullwidth_solidus", "search", "查找")

    assert list(manual.bound([binding])) == [("/", "查找")]
