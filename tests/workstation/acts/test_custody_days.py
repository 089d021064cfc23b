"""Random days with trouble in the mail: at every past second each piece is in exactly one hand."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests import builders
from tests.builders import with_second
from tests.workstation.acts.fake_carrier import live_waybills
from tests.workstation.acts.parcels import take
from workstation.acts import (
    custody,
    departures,
    home,
    packing,
    receipts,
    results,
    service,
    troubles,
    waybills,
)
from workstation.acts.desk import Desk
from workstation.domain import custody as folded
from workstation.domain.case import Holder
from workstation.domain.consignment import Consignment, ConsignmentState
from workstation.domain.envelope import Envelope, EnvelopeState
from workstation.errors import Explained

SECOND, DAY = 1000, 86_400
#: What a carrier may tell, in any order.
CODES = ("203", "305", "702", "704/60", "704/50", "743", "705/7", "741", "711", "013", "756", "987", "X99")
ROWS = ("", "1缺", "1损", "1缺 2损", "2缺")
FIRST_STICKER = 1290000000001


@dataclass
class Days:
    """A case for two home offices, and what happens to its papers."""

    desk: Desk
    case: str
    chance: int = 0
    """What a play does that may be done in several ways."""
    done: Counter[str] = field(default_factory=Counter)
    stickers: int = FIRST_STICKER

    def consignment(self, ordinal: int) -> Consignment:
        """One of the two, as it stands."""
        return builders.consignment_of(self.desk, f"{self.case}-{ordinal}")

    def envelope(self, ordinal: int) -> Envelope | None:
        """The one it lies in, or was last in."""
        consignment = self.consignment(ordinal)
        with self.desk.reading() as reading:
            known = [content.envelope for content in reading.contents.where(consignment=consignment.id)]
        number = consignment.supplement or consignment.envelope or (max(known) if known else None)
        return builders.envelope_of(self.desk, number) if number else None

    def play(self, name: str, ordinal: int) -> None:
        """Do it, as far as it can be done."""
        before = builders.head(self.desk)
        with suppress(Explained):
            PLAYS[name](self, ordinal)
            self.done[name] += builders.head(self.desk) != before

    def later(self, seconds: int) -> None:
        """Time goes by."""
        clock = self.desk.store.clock
        assert isinstance(clock, builders.Ticking)
        clock.start += seconds * SECOND


# --- what may happen


def goes_on(days: Days, ordinal: int) -> None:
    """The usual next act."""
    consignment, envelope = days.consignment(ordinal), days.envelope(ordinal)
    name = USUAL.get(ConsignmentState(consignment.state), "supply")
    if envelope is not None and (consignment.supplement or consignment.state in _BEFORE_IT_LEFT):
        name = _OF_ENVELOPE.get(EnvelopeState(envelope.state), name)
    PLAYS[name](days, ordinal)


def packed(days: Days, ordinal: int) -> None:
    """Into an envelope."""
    builders.asked_anew(days.desk, f"{days.case}-{ordinal}")
    packing.pack(days.desk, [f"{days.case}-{ordinal}"])


def sealed(days: Days, ordinal: int) -> None:
    """Onto the shelf."""
    if (envelope := days.envelope(ordinal)) and envelope.state == EnvelopeState.OPEN:
        builders.sealed(days.desk, envelope.number)


def handed_over(days: Days, ordinal: int) -> None:
    """With a sticker, so that the carrier can tell of it."""
    envelope = days.envelope(ordinal)
    if envelope is None or envelope.state != EnvelopeState.SEALED:
        return
    days.stickers += 1
    waybills.bind_envelope(days.desk, envelope.number, waybill=str(days.stickers))
    builders.handed_over(days.desk, envelope.number)


def told(days: Days, ordinal: int) -> None:
    """A few events of the envelope's parcel."""
    codes = [CODES[(days.chance + n) % len(CODES)] for n in range(1 + days.chance % 3)]
    for waybill in live_waybills(days.desk, _number(days, ordinal)):
        take(days.desk, *codes, waybill=waybill, start=days.desk.store.now())


def came_back(days: Days, ordinal: int) -> None:
    """For one of the reasons there are."""
    kind = troubles.BACK_HERE[days.chance % len(troubles.BACK_HERE)]
    troubles.trouble(days.desk, _number(days, ordinal), kind=kind)


def lost(days: Days, ordinal: int) -> None:
    """The carrier cannot find it."""
    troubles.trouble(days.desk, _number(days, ordinal), kind="lost")


def resolved(days: Days, ordinal: int) -> None:
    """In one of the ways there are."""
    envelope = days.envelope(ordinal)
    outcomes = troubles.OUTCOMES.get(EnvelopeState(envelope.state), ()) if envelope else ()
    if envelope and outcomes:
        troubles.resolve(days.desk, envelope.number, outcome=outcomes[days.chance % len(outcomes)])


def acknowledged(days: Days, ordinal: int) -> None:
    """With the rows that were missing or damaged."""
    rows = ROWS[days.chance % len(ROWS)]
    number = _number(days, ordinal)
    receipts.acknowledge_by_hand(days.desk, number, person="韦示例", channel="phone", rows=rows)


def supplied(days: Days, ordinal: int) -> None:
    """What the home office wants, or the mail has lost, is handed in once more."""
    waiting = (ConsignmentState.HOME_CORRECTING, ConsignmentState.PACKING)
    if builders.open_rows(days.desk, days.case) and days.consignment(ordinal).state in waiting:
        builders.supplied(days.desk, days.case)


def returned(days: Days, ordinal: int) -> None:
    """The result is in the post."""
    results.result_return(days.desk, f"{days.case}-{ordinal}")


def arrived(days: Days, ordinal: int) -> None:
    """All that is expected, or less than that."""
    found = builders.found(days.desk, f"{days.case}-{ordinal}")
    kept = found[days.chance % 3 == 1 :]
    results.arrive(days.desk, f"{days.case}-{ordinal}", kept, place="R-01")


def _number(days: Days, ordinal: int) -> str:
    envelope = days.envelope(ordinal)
    return envelope.number if envelope else ""


Play = Callable[[Days, int], object]
PLAYS: dict[str, Play] = {
    "go on": goes_on,
    "pack": packed,
    "seal": sealed,
    "hand over": handed_over,
    "told": told,
    "come back": came_back,
    "lost": lost,
    "resolve": resolved,
    "acknowledge": acknowledged,
    "correct": lambda days, ordinal: builders.corrected(days.desk, f"{days.case}-{ordinal}"),
    "supply": supplied,
    "decide": lambda days, ordinal: builders.decided(days.desk, f"{days.case}-{ordinal}"),
    "refuse": lambda days, ordinal: home.refuse(days.desk, f"{days.case}-{ordinal}", reason="not_ours"),
    "return": returned,
    "arrive": arrived,
    "serve": lambda days, _: service.serve(days.desk, days.case, identity_checked=True),
    "reopen": lambda days, ordinal: packing.reopen(
        with_second(days.desk), _number(days, ordinal), reason="paper_missing"
    ),
    "void": lambda days, ordinal: packing.void(
        with_second(days.desk), _number(days, ordinal), reason="wrong_address"
    ),
    "withdraw": lambda days, _: departures.withdraw(days.desk, days.case),
}
_BEFORE_IT_LEFT = (ConsignmentState.PACKING, ConsignmentState.SEALED, ConsignmentState.HANDED_OVER)
_OF_ENVELOPE = {
    EnvelopeState.OPEN: "seal",
    EnvelopeState.SEALED: "hand over",
    EnvelopeState.HANDED_OVER: "acknowledge",
    EnvelopeState.SENT_BACK: "resolve",
}
USUAL = {
    ConsignmentState.PACKING: "pack",
    ConsignmentState.ACKNOWLEDGED: "decide",
    ConsignmentState.ACCEPTED: "decide",
    ConsignmentState.DECIDED: "return",
    ConsignmentState.RESULT_RETURNING: "arrive",
    ConsignmentState.RESULT_ARRIVED: "serve",
}
#: What befalls an envelope in this state, other than the usual.
LIKELY = {
    EnvelopeState.OPEN: ("seal", "seal", "seal", "void"),
    EnvelopeState.SEALED: ("hand over", "hand over", "hand over", "reopen"),
    EnvelopeState.HANDED_OVER: ("told", "told", "come back", "come back", "lost", "acknowledge"),
    EnvelopeState.SENT_BACK: ("told", "resolve"),
    EnvelopeState.LOST: ("told", "resolve", "supply", "pack", "withdraw"),
    EnvelopeState.OPENED: ("told", "correct", "refuse", "supply", "pack", "return", "arrive", "serve"),
    EnvelopeState.VOID: ("pack",),
}


def steps_of(days: Days, seed: int, count: int) -> Iterator[tuple[str, int]]:
    """So many plays by chance; drawn singly they would use up what hypothesis gives to an example."""
    chance = random.Random(seed)
    for _ in range(count):
        ordinal = chance.choice((1, 2))
        days.chance = chance.randrange(13)
        days.later(chance.randrange(3 * DAY))
        envelope = days.envelope(ordinal)
        likely = LIKELY[EnvelopeState(envelope.state)] if envelope else ("pack",)
        yield chance.choice(("go on", chance.choice(likely))), ordinal


# --- who held what, told by the journal alone


class Held(NamedTuple):
    """Who had a piece, and in which envelope."""

    holder: str
    ref: str | None
    envelope: str | None


class Entry(NamedTuple):
    """What the journal says was changed at a time: table, key and columns of each record."""

    at: int
    changes: list[tuple[str, list[str], dict[str, str | None]]]


def journal(desk: Desk) -> list[Entry]:
    """All of it, in its order."""
    with desk.reading() as reading:
        entries = reading.journal(0, 100_000)
    return [Entry(entry.at, json.loads(entry.body)["changes"]) for entry in entries]


def held_at(entries: list[Entry], case: str, instant: int) -> dict[str, Held]:
    """Every entry up to then is gone through, and what it left in each hand looked at; no spans are made."""
    holders: dict[tuple[str, str], dict[str, str | None]] = {}
    for entry in entries:
        if entry.at > instant:
            break
        for table, key, columns in entry.changes:
            if table in ("pieces", "envelopes"):
                hand = holders.setdefault((table, key[0]), {})
                hand |= {name: columns[name] for name in ("holder", "holder_ref") if name in columns}
    return {
        name: _in_the_end(hand, holders)
        for (table, name), hand in holders.items()
        if table == "pieces" and name.startswith(case)
    }


def _in_the_end(hand: dict[str, str | None], holders: dict[tuple[str, str], dict[str, str | None]]) -> Held:
    if hand["holder"] != Holder.INSIDE:
        return Held(hand["holder"] or "", hand.get("holder_ref"), None)
    number = hand["holder_ref"] or ""
    around = holders["envelopes", number]
    return Held(around["holder"] or "", around.get("holder_ref"), number)


def assert_one_hand_each(days: Days, *, more: list[int]) -> None:
    """At each second around a change of hands, and at `more`, `custody` tells what the journal does."""
    builders.assert_custody(days.desk, days.case)
    spans, entries = custody.of_case(days.desk, days.case), journal(days.desk)
    changes = sorted({span.since for span in spans})
    seconds = {at // SECOND * SECOND + after for at in changes for after in (0, SECOND)}
    first, last = changes[0], changes[-1]
    asked = [first + part * (last - first) // DAY for part in more]
    for instant in sorted({*seconds, *asked, *changes}):
        told = folded.at(spans, instant)
        hands = Counter(span.piece for span in spans if span.since <= instant < (span.until or instant + 1))
        assert set(hands.values()) <= {1}
        assert {s.piece: Held(s.holder, s.holder_ref, s.envelope) for s in told} == held_at(
            entries, days.case, instant
        )
    for instant in asked:
        assert custody.at(days.desk, days.case, instant) == folded.at(spans, instant)
    assert {span.holder for span in spans} <= set(Holder) - {Holder.INSIDE}


@pytest.fixture(scope="module")
def hall(founded: Desk) -> Iterator[tuple[Desk, str]]:
    """A hall with one case that has passed, for two home offices."""
    with TemporaryDirectory() as folder, builders.no_ink():
        desk = builders.a_copy(founded, Path(folder))
        yield desk, builders.a_case(desk, offices=2).number


@settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),  # a seed shrinks to nothing better
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    seed=st.integers(0, 2**32 - 1),
    count=st.integers(20, 50),
    more=st.lists(st.integers(0, DAY), min_size=2, max_size=5),
)
def test_at_every_past_second_each_piece_is_in_one_hand(
    hall: tuple[Desk, str], tmp_path: Path, undrawn: None, seed: int, count: int, more: list[int]
) -> None:
    """Whatever has befallen it: no gap and no overlap, and the journal read entry by entry says the same."""
    desk, case = hall
    days = Days(builders.a_copy(desk, tmp_path), case)

    for play, ordinal in steps_of(days, seed, count):
        days.play(play, ordinal)

    assert_one_hand_each(days, more=more)


def test_the_days_know_every_kind_of_trouble(hall: tuple[Desk, str], tmp_path: Path, undrawn: None) -> None:
    """Each play can be done, so that random days are not made of refusals."""
    desk, case = hall
    days = Days(builders.a_copy(desk, tmp_path), case)
    there = ["pack", "seal", "hand over"]
    first = ["pack", "void", "pack", "seal", "reopen", *there, "told", "come back", "resolve", *there, "told"]
    first += ["acknowledge", "correct", "supply", *there, "acknowledge", "decide", "return", "arrive"]
    second = [
        *there,
        "lost",
        "resolve",
        "supply",
        *there,
        "acknowledge",
        "refuse",
        "arrive",
        "withdraw",
        "serve",
    ]

    for ordinal, plays in ((1, first), (2, second)):
        for play in plays:
            days.later(DAY // 3)
            days.play(play, ordinal)

    assert [play for play in PLAYS if play != "go on" and not days.done[play]] == []
    assert_one_hand_each(days, more=[0, DAY // 2, DAY])


def test_another_fold_tells_a_wrong_chain_from_the_right_one(hall: tuple[Desk, str], tmp_path: Path) -> None:
    """A span that is a second too long is found by it."""
    desk, case = hall
    days = Days(builders.a_copy(desk, tmp_path), case)
    days.play("pack", 1)
    (before, *_) = (span for span in custody.of_case(days.desk, case) if span.until is not None)
    assert before.until is not None
    wrong = replace(before, until=before.until + SECOND)

    (told,) = folded.at([wrong], before.until)

    assert held_at(journal(days.desk), case, before.until)[told.piece] != Held(
        told.holder, told.holder_ref, told.envelope
    )
