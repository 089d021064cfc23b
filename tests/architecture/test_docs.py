"""What the documents say is what the house does: diagrams, commands, figures."""

from __future__ import annotations

import re

from tests.architecture import house
from tools import readme
from workstation.commands import nouns

MANUAL = house.ROOT / "docs" / "操作手册.md"


def test_diagrams_are_those_of_the_life_cycle() -> None:
    """README shows the state diagrams that the tables give today."""
    text = readme.README.read_text(encoding="utf-8")

    assert readme.written(text) == text


def test_every_verb_stands_in_the_manual() -> None:
    """The manual names every command there is."""
    manual = MANUAL.read_text(encoding="utf-8")
    verbs = [f"{noun} {verb}".strip() for noun in nouns.names() for verb in nouns.load(noun).known]

    assert verbs
    assert not [verb for verb in verbs if f"{verb}" not in manual]


def test_readme_opens_with_a_picture_that_is_there() -> None:
    """The first line of README is a picture of the product."""
    first = readme.README.read_text(encoding="utf-8").splitlines()[0]

    found = re.fullmatch(r"!\[.+\]\((.+)\)", first)

    assert found
    assert (house.ROOT / found[1]).is_file()


def test_decisions_are_dated() -> None:
    """Each decision stands under the day it was made."""
    text = (house.ROOT / "docs" / "decisions.md").read_text(encoding="utf-8")
    before_first_day, *days = re.split(r"^## ", text, flags=re.MULTILINE)

    assert "**" not in before_first_day
    assert days
    assert all(re.match(r"\d{4}-\d{2}-\d{2}\n", day) for day in days)
