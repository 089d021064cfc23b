"""Custody 保管: who held a piece at every instant, folded from the journal's entries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workstation.domain.case import Holder


@dataclass(frozen=True)
class Span:
    """From `since` (epoch ms) until `until` (None: still) one holder had the piece, by this act."""

    piece: str
    since: int
    until: int | None
    holder: str
    holder_ref: str | None
    envelope: str | None
    """The envelope it lay in meanwhile."""
    act: str
    seq: int


@dataclass
class _Hand:
    """Where a piece or an envelope is now, while folding."""

    holder: str
    ref: str | None


def spans(entries: Iterable[tuple[int, int, str, Sequence[Any]]]) -> list[Span]:
    """Spans of all pieces in `entries` of (seq, at, act, changes), in the journal's order."""
    pieces: dict[str, _Hand] = {}
    envelopes: dict[str, _Hand] = {}
    current: dict[str, Span] = {}
    ended: list[Span] = []
    latest = 0
    for seq, stamped, act, changes in entries:
        # The journal's order is its sequence: after a clock set back and accepted, no hand changes before
        # those that are told before it.
        at = latest = max(latest, stamped)
        _apply(changes, pieces, envelopes)
        for piece, hand in pieces.items():
            holder, ref, envelope = _place(hand, envelopes)
            before = current.get(piece)
            if before and (before.holder, before.holder_ref, before.envelope) == (holder, ref, envelope):
                continue
            if before:
                ended.append(replace(before, until=at))
            current[piece] = Span(piece, at, None, holder, ref, envelope, act, seq)
    return sorted([*ended, *current.values()], key=lambda span: (span.piece, span.since, span.seq))


def at(all_spans: Iterable[Span], instant: int) -> list[Span]:
    """The span of each piece that covers `instant`."""
    covering: dict[str, Span] = {}
    for span in all_spans:
        if span.since <= instant and (span.until is None or instant < span.until):
            covering[span.piece] = span
    return list(covering.values())


def _apply(changes: Sequence[Any], pieces: dict[str, _Hand], envelopes: dict[str, _Hand]) -> None:
    for table, key, columns in changes:
        if table not in ("pieces", "envelopes"):
            continue
        hands = pieces if table == "pieces" else envelopes
        before = hands.get(key[0], _Hand("", None))
        hands[key[0]] = _Hand(columns.get("holder", before.holder), columns.get("holder_ref", before.ref))


def _place(hand: _Hand, envelopes: dict[str, _Hand]) -> tuple[str, str | None, str | None]:
    """Holder, which one, and the envelope meanwhile: what lies in an envelope has its holder."""
    if hand.holder != Holder.INSIDE:
        return hand.holder, hand.ref, None
    around = envelopes.get(hand.ref or "", _Hand("", None))
    return around.holder, around.ref, hand.ref
