"""What the courier may look at: a batch with its envelopes, the batches of a day, and no person."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime

import pytest

from tests import builders
from tests.builders import WAYBILL, an_envelope, badge, batched, envelope_of, paper_of, refused, with_second
from tests.engines import OPENING
from workstation.acts import batches, handover, packing, papers
from workstation.acts.batches import Parcel, Sheet
from workstation.acts.desk import Desk
from workstation.domain.envelope import BatchState, EnvelopeState
from workstation.domain.times import SHANGHAI, minute

SEALED = EnvelopeState.SEALED
DAY_MS = 86_400_000


@pytest.fixture
def envelopes(desk: Desk) -> list[str]:
    """Three sealed envelopes at window 1, laid where the last comes first on the shelf."""
    numbers = [an_envelope(desk).number for _ in range(3)]
    for number, place in zip(numbers, ("B-02", "A-02", "A-01"), strict=True):
        builders.sealed(desk, number, place=place)
    return numbers


def numbers(parcels: list[Parcel]) -> list[str]:
    """Which envelopes these are."""
    return [parcel.number for parcel in parcels]


def opened(desk: Desk) -> str:
    """The number of a batch just opened."""
    return handover.open_batch(desk, badge(desk)).number


def counts(sheet: Sheet) -> tuple[int, int, int, int]:
    """Expected, along, wanted, extra."""
    return sheet.expected, len(sheet.along), len(sheet.wanted), sheet.extra


def test_what_is_wanted_stands_as_it_lies_on_the_shelf(desk: Desk, envelopes: list[str]) -> None:
    """One walks along the places once."""
    sheet = batches.sheet(desk, opened(desk))

    assert [parcel.place for parcel in sheet.wanted] == ["A-01", "A-02", "B-02"]
    assert numbers(sheet.wanted) == envelopes[::-1]
    assert counts(sheet) == (3, 0, 3, 0)


def test_what_is_scanned_goes_along_the_latest_first(desk: Desk, envelopes: list[str]) -> None:
    """An envelope sealed after the batch was opened is extra."""
    batch = opened(desk)
    extra = an_envelope(desk, SEALED).number

    for number in (envelopes[0], extra):
        handover.scan_envelope(desk, batch, face=number)

    sheet = batches.sheet(desk, batch)
    assert numbers(sheet.along) == [extra, envelopes[0]]
    assert [parcel.is_expected for parcel in sheet.along] == [False, True]
    assert counts(sheet) == (3, 2, 2, 1)


def test_a_scan_changes_one_envelope_of_the_sheet(desk: Desk, envelopes: list[str]) -> None:
    """The sheet with the line just scanned is the one that would be read anew."""
    batch = opened(desk)
    before = batches.sheet(desk, batch)

    line = handover.scan_envelope(desk, batch, face=envelopes[1], waybill=WAYBILL)

    after = before.having(batches.parcel(desk, line))
    assert after.along == batches.sheet(desk, batch).along
    assert after.wanted == batches.sheet(desk, batch).wanted
    assert after.along[0].waybill == WAYBILL


@pytest.mark.parametrize("scanned", [True, False])
def test_what_was_reopened_meanwhile_is_left_out(desk: Desk, envelopes: list[str], scanned: bool) -> None:
    """Scanned before or not, it is neither wanted nor along."""
    batch = batched(desk, *envelopes[:1] if scanned else ()).number
    packing.reopen(with_second(desk), envelopes[0], reason="other")

    sheet = batches.sheet(desk, batch)

    assert numbers(sheet.left_out) == envelopes[:1]
    assert sheet.left_out[0].left_out == "void"
    assert counts(sheet) == (3, 0, 2, 0)


def test_a_closed_batch_keeps_reasons_and_has_its_sheet(desk: Desk, envelopes: list[str]) -> None:
    """What went, what did not and why, and the live face of the list both have signed."""
    batch = builders.handed_over(desk, *envelopes[:2]).number
    first = paper_of(desk, batch, "handover_sheet").number

    copy = papers.reprint(desk, first, reason="damaged").number

    sheet = batches.sheet(desk, batch)
    assert sheet.batch.state == BatchState.CLOSED
    assert not sheet.is_open
    assert [parcel.left_out for parcel in sheet.left_out] == ["held_back"]
    assert sorted(numbers(sheet.along)) == sorted(envelopes[:2])
    assert sheet.paper is not None
    assert sheet.paper.number == copy


def test_no_person_and_no_item_is_in_a_sheet(desk: Desk, envelopes: list[str]) -> None:
    """The courier must never see personal data (design §1)."""
    said = str(asdict(batches.sheet(desk, batched(desk, *envelopes).number)))

    for personal in ("覃", "4501031990", "13900000001", "户籍"):
        assert personal not in said
    assert "示例市第1公安局示例派出所" in said


def test_a_batch_that_does_not_exist_has_no_sheet(desk: Desk, envelopes: list[str]) -> None:
    """The number of an envelope is none of a batch."""
    with refused(desk, "batch-not-found"):
        batches.sheet(desk, envelopes[0])


def test_the_open_batch_of_this_window_is_found(desk: Desk) -> None:
    """Another window's is not, nor one that is closed."""
    assert batches.open_here(desk) is None
    opened(replace(desk, window=2))
    assert batches.open_here(desk) is None

    number = opened(desk)
    found = batches.open_here(desk)
    assert found is not None
    assert found.number == number

    handover.hand_over(desk, number)
    assert batches.open_here(desk) is None


def test_who_comes_and_how_much_lies_here_is_told_before(desk: Desk, envelopes: list[str]) -> None:
    """Of this window only; nothing is written."""
    an_envelope(replace(desk, window=2), SEALED)
    before = builders.head(desk)

    awaited = batches.awaited(desk, badge(desk))

    assert (awaited.courier, awaited.count) == ("5001", 3)
    assert builders.head(desk) == before


@pytest.mark.parametrize("code", ["", "1001", "73501021012632400017", "\x00"])
def test_only_a_courier_is_awaited(desk: Desk, code: str) -> None:
    """Refused in the words of the act."""
    with refused(desk, "badge-unknown"):
        batches.awaited(desk, code)


def test_the_face_that_is_on_an_envelope_now(desk: Desk, envelopes: list[str]) -> None:
    """After a reprint it is the copy; a void envelope has its own number left."""
    assert batches.face(desk, envelopes[0]) == envelopes[0]

    copy = papers.reprint(desk, envelopes[0], reason="unreadable").number
    assert batches.face(desk, envelopes[0]) == copy

    packing.void(with_second(desk), envelopes[1], reason="other")
    assert envelope_of(desk, envelopes[1]).state == EnvelopeState.VOID
    assert batches.face(desk, envelopes[1]) == envelopes[1]


def test_the_batches_of_today_are_listed_the_latest_first(desk: Desk, envelopes: list[str]) -> None:
    """Those of this window, each with what went along and its sheet; not those of the day before."""
    first = builders.handed_over(desk, envelopes[0]).number
    opened(replace(desk, window=2))
    second = opened(desk)

    assert [(taken.batch.number, taken.count) for taken in batches.today(desk)] == [(second, 0), (first, 1)]
    assert [taken.paper is None for taken in batches.today(desk)] == [True, False]

    clock = builders.Ticking(OPENING + DAY_MS)
    tomorrow = replace(desk, store=replace(desk.store, clock=clock))
    assert batches.today(tomorrow) == []


CUT_OFFS = ("16:00", "11:00")


def moment(text: str) -> int:
    """A time of the hall in epoch ms."""
    return round(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).timestamp() * 1000)


def sealed_at(desk: Desk, text: str) -> str:
    """The number of an envelope that was sealed at this moment."""
    ticking = desk.store.clock
    assert isinstance(ticking, builders.Ticking)
    number = an_envelope(desk).number
    ticking.stop(moment(text))
    builders.sealed(desk, number)
    return number


def due(desk: Desk) -> list[tuple[str, str, bool]]:
    """What is ready: number, cut-off and whether it was missed."""
    found = batches.ready(desk, cut_offs=CUT_OFFS)
    return [(one.number, minute(one.cut_off), one.is_missed) for one in found]


@pytest.mark.parametrize(
    ("sealed", "pickup"),
    [
        ("2026-11-20 10:59", "2026-11-20 11:00"),
        ("2026-11-20 11:00", "2026-11-20 16:00"),
        # Couriers do not come at the weekend.
        ("2026-11-20 16:30", "2026-11-23 11:00"),
        ("2026-11-21 09:30", "2026-11-23 11:00"),
    ],
)
def test_an_envelope_goes_with_the_next_pickup_after_its_seal(desk: Desk, sealed: str, pickup: str) -> None:
    """Those of the day in their order, however they are written; couriers come on working days."""
    number = sealed_at(desk, sealed)

    assert due(desk) == [(number, pickup, False)]


def test_what_lies_here_after_its_pickup_was_missed(desk: Desk) -> None:
    """应揽未揽, the longest first; once it is handed over it is not ready any more."""
    early, late = sealed_at(desk, "2026-11-20 10:00"), sealed_at(desk, "2026-11-20 12:00")

    assert due(desk) == [(early, "2026-11-20 11:00", True), (late, "2026-11-20 16:00", False)]
    builders.handed_over(desk, early)
    assert [number for number, _, _ in due(desk)] == [late]


def test_ready_are_the_envelopes_of_every_window(desk: Desk) -> None:
    """With window, office and place, so that somebody can go and get them; no person is named."""
    other = replace(desk, window=2)
    first, second = an_envelope(desk, SEALED).number, an_envelope(other, SEALED).number

    found = batches.ready(desk, cut_offs=CUT_OFFS)

    assert [(one.number, one.window, one.place) for one in found] == [(first, 1, "A-01"), (second, 2, "A-01")]
    assert {one.office for one in found} == {"示例市第1公安局示例派出所"}
    assert "覃" not in str(found)


def test_a_hall_without_cut_offs_misses_none(desk: Desk, envelopes: list[str]) -> None:
    """What lies here is listed all the same; nobody who is not signed in sees it."""
    found = batches.ready(desk, cut_offs=())

    assert [(one.cut_off, one.is_missed) for one in found] == [(None, False)] * 3
    with refused(desk, "nobody-signed-in"):
        batches.ready(builders.nobody(desk), cut_offs=())
