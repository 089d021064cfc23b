"""The page of papers shows everything that is printed, with nothing on it that anybody is called."""

from __future__ import annotations

import re

import pytest

from forms import documents
from printing import envelopes, labels, reading
from tools import papers


@pytest.fixture(scope="module")
def drawn() -> dict[str, tuple[str, bytes]]:
    """Everything, drawn once."""
    return dict(papers.drawn())


def test_every_paper_envelope_and_label_is_shown() -> None:
    """A new wording or stock is on the page when the pictures are drawn anew."""
    page = (papers.FOLDER / "README.md").read_text("utf-8")
    shown = set(re.findall(r"\(([^()]+)-1\.png\)", page))

    expected = {*documents.names(), *(f"envelope-{name}" for name in envelopes.stocks())}
    assert shown >= expected | {f"label-{name}" for name in labels.stocks()}
    assert {path.name for path in papers.FOLDER.glob("*.png")} == set(re.findall(r"\(([^()]+\.png)\)", page))


def test_what_is_drawn_is_what_the_page_shows(drawn: dict[str, tuple[str, bytes]]) -> None:
    """As many pages as pictures; equal input gives equal bytes."""
    again = papers.drawn()

    for name, (_, pdf) in drawn.items():
        pictures = list(papers.FOLDER.glob(f"{name}-*.png"))
        assert len(list(reading.pictures(pdf, dpi=20))) == len(pictures), name
        assert again[name][1] == pdf, name
