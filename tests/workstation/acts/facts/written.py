"""Facts put on paper: a transaction at another window than the case's, and the wording filled with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from forms import documents
from workstation.acts.desk import Desk
from workstation.acts.facts import Facts
from workstation.store.work import Stamp, Work

WINDOW = 2
_PAPER = {
    "paper.number": "43501021203263240018",
    "paper.copy_mark": "",
    "paper.printed_at": "2026-11-20 09:14",
}


@contextmanager
def at_window(desk: Desk, operator: str = "1002") -> Iterator[Work]:
    """The second clerk at window 2."""
    with desk.store.transaction(Stamp("try", operator, None, WINDOW)) as work:
        yield work


def on_paper(name: str, facts: Facts) -> str:
    """The paper as text; a fact that its wording names and nobody gives is an error."""
    return documents.preview(documents.fill(documents.load(name), {**facts.values, **_PAPER}))
