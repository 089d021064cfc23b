"""Custody folded from changes: exactly one holder at every instant, whatever the journal tells."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.domain import custody
from workstation.domain.case import Holder
from workstation.domain.custody import Span

PIECES = ("p1", "p2", "p3")
ENVELOPES = ("e1", "e2")
Change = tuple[str, list[str], dict[str, Any]]
Told = tuple[int, int, str, list[Change]]

HANDS = st.sampled_from([holder for holder in Holder if holder != Holder.INSIDE])
REFS = st.sampled_from([None, "1001", "A-01"])
PIECE_MOVES = st.one_of(
    st.tuples(HANDS, REFS),
    st.tuples(st.just(Holder.INSIDE), st.sampled_from(ENVELOPES)),
)


def moved(table: str, name: str, holder: str, ref: str | None) -> Change:
    """A change as an entry carries it."""
    return table, [name], {"holder": str(holder), "holder_ref": ref}


@st.composite
def journals(draw: st.DrawFn) -> list[Told]:
    """Entries in order, some at one instant or after a clock set back; envelopes are there first."""
    told: list[Told] = [
        (1, 0, "pack", [moved("envelopes", name, Holder.CLERK, "1001") for name in ENVELOPES])
    ]
    at = 0
    for seq in range(2, draw(st.integers(2, 25))):
        at += draw(st.integers(-4, 6))
        changes: list[Change] = [("cases", ["1"], {"state": "x"})]
        for piece in draw(st.sets(st.sampled_from(PIECES))):
            changes.append(moved("pieces", piece, *draw(PIECE_MOVES)))
        for envelope in draw(st.sets(st.sampled_from(ENVELOPES), max_size=1)):
            changes.append(moved("envelopes", envelope, draw(HANDS), draw(REFS)))
        told.append((seq, at, "act", changes))
    return told


def held(told: list[Told], instant: int) -> dict[str, tuple[str, str | None, str | None]]:
    """Who holds what at an instant, found the plain way: apply all that had happened, then look."""
    pieces: dict[str, tuple[str, str | None]] = {}
    envelopes: dict[str, tuple[str, str | None]] = {}
    for seq, _, _, changes in told:
        if max(at for earlier, at, _, _ in told if earlier <= seq) > instant:
            break
        for table, (name,), columns in changes:
            if table != "cases":
                hands = pieces if table == "pieces" else envelopes
                hands[name] = (columns["holder"], columns["holder_ref"])
    return {
        name: (*envelopes[ref or ""], ref) if holder == Holder.INSIDE else (holder, ref, None)
        for name, (holder, ref) in pieces.items()
    }


@settings(deadline=None, max_examples=60)
@given(journals())
def test_spans_join_without_gap_and_overlap(told: list[Told]) -> None:
    """Each ends when the next begins, the last is open, and no two neighbours are the same hand."""
    spans = custody.spans(told)

    for piece in {span.piece for span in spans}:
        chain = [span for span in spans if span.piece == piece]
        assert [span.until for span in chain] == [*(span.since for span in chain[1:]), None]
        assert all(place(one) != place(other) for one, other in pairwise(chain))


def place(span: Span) -> tuple[str, str | None, str | None]:
    """In which hand, and in which envelope."""
    return span.holder, span.holder_ref, span.envelope


@settings(deadline=None, max_examples=60)
@given(journals(), st.integers(-1, 80))
def test_at_an_instant_the_spans_say_what_the_entries_say(told: list[Told], instant: int) -> None:
    """The fold and the plain way agree at every instant, each piece being in one hand."""
    spans = custody.spans(told)

    at = custody.at(spans, instant)

    covering = [s for s in spans if s.since <= instant and (s.until is None or instant < s.until)]
    assert len(covering) == len(at)
    assert {span.piece: place(span) for span in at} == held(told, instant)


def test_a_piece_in_an_envelope_goes_where_the_envelope_goes() -> None:
    """Though no entry names it on the way."""
    told: list[Told] = [
        (1, 10, "register", [moved("pieces", "p1", Holder.CLERK, "1001")]),
        (
            2,
            20,
            "pack",
            [moved("envelopes", "e1", Holder.CLERK, "1001"), moved("pieces", "p1", Holder.INSIDE, "e1")],
        ),
        (3, 30, "seal", [moved("envelopes", "e1", Holder.SHELF, "A-01")]),
        (4, 40, "hand_over", [moved("envelopes", "e1", Holder.COURIER, "5001")]),
    ]

    assert custody.spans(told) == [
        Span("p1", 10, 20, "clerk", "1001", None, "register", 1),
        Span("p1", 20, 30, "clerk", "1001", "e1", "pack", 2),
        Span("p1", 30, 40, "shelf", "A-01", "e1", "seal", 3),
        Span("p1", 40, None, "courier", "5001", "e1", "hand_over", 4),
    ]


def test_a_change_that_moves_nothing_begins_no_span() -> None:
    """Counting the copies again, or writing the same holder, is no change of hands."""
    told: list[Told] = [
        (1, 10, "register", [moved("pieces", "p1", Holder.CLERK, "1001")]),
        (2, 20, "arrive", [("pieces", ["p1"], {"copies": 2})]),
        (3, 30, "review", [moved("pieces", "p1", Holder.CLERK, "1001")]),
    ]

    assert custody.spans(told) == [Span("p1", 10, None, "clerk", "1001", None, "register", 1)]


def test_only_the_holder_may_change_and_the_place_stays() -> None:
    """An entry carries the columns that changed; the others are as they were."""
    told: list[Told] = [
        (1, 10, "register", [moved("pieces", "p1", Holder.CLERK, "1001")]),
        (2, 20, "give", [("pieces", ["p1"], {"holder_ref": "1002"})]),
    ]

    assert [place(span) for span in custody.spans(told)] == [
        ("clerk", "1001", None),
        ("clerk", "1002", None),
    ]


def test_a_clock_set_back_gives_nobody_a_paper_twice() -> None:
    """What was told later happened later, whatever its stamp says: no instant has two holders."""
    told: list[Told] = [
        (1, 800, "register", [moved("pieces", "p1", Holder.CLERK, "1001")]),
        (2, 1000, "lay_down", [moved("pieces", "p1", Holder.SHELF, "A-01")]),
        (3, 901, "give_back", [moved("pieces", "p1", Holder.APPLICANT, None)]),
        (4, 1100, "take", [moved("pieces", "p1", Holder.CLERK, "1002")]),
    ]

    spans = custody.spans(told)

    assert [(span.since, span.until) for span in spans] == [
        (800, 1000),
        (1000, 1000),
        (1000, 1100),
        (1100, None),
    ]
    assert [span.holder for span in custody.at(spans, 950)] == ["clerk"]
    assert [span.holder for span in custody.at(spans, 1000)] == ["applicant"]


def test_nothing_told_is_nothing_held() -> None:
    """An empty journal has no custody."""
    assert custody.spans([]) == []
    assert custody.at([], 5) == []
