"""Who holds each piece of a case, now or at any past second, as the journal tells it."""

from __future__ import annotations

import json

from workstation.acts import steps
from workstation.acts.desk import Desk
from workstation.domain import custody
from workstation.domain.custody import Span
from workstation.store.work import Reading


def of_case(desk: Desk, number: str) -> list[Span]:
    """The whole chain of custody of every piece of a case."""
    with desk.reading() as reading:
        steps.find_case(reading, number)
        return [span for span in _spans(reading, number) if span.piece.startswith(number)]


def at(desk: Desk, number: str, instant: int) -> list[Span]:
    """Each piece's holder at `instant` (epoch ms); a piece not yet handed in has none."""
    return custody.at(of_case(desk, number), instant)


def _spans(reading: Reading, number: str) -> list[Span]:
    entries = reading.journal_of(number)
    return custody.spans((e.seq, e.at, e.act, json.loads(e.body)["changes"]) for e in entries)
