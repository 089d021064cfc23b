"""轨迹: events are kept once, move a waybill and never an act of ours, and ask a person where they must."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrations.carriers import Event
from tests import builders
from tests.builders import RETURN_WAYBILL, WAYBILL, refused
from tests.engines import OPENING
from tests.workstation.acts.fake_carrier import later
from tests.workstation.acts.parcels import (
    DAY,
    HOUR,
    an_event,
    look,
    mailed,
    open_kinds,
    take,
    tasks_of,
    told,
    waybill_of,
)
from workstation.acts import contacts, custody, tasks, timelines, tracking, troubles, verification, waybills
from workstation.acts.desk import Desk
from workstation.domain.case import Holder
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState, Waybill
from workstation.domain.tracking import Alarm, MailState
from workstation.domain.words import WORDS
from workstation.store.work import Work


def test_events_are_kept_and_say_where_the_parcel_is(desk: Desk) -> None:
    """State, since when, by which code and how good, on the waybill; the journal agrees with every record."""
    envelope = mailed(desk)

    taken = take(desk, "203", "305", "702", "704/10")

    assert taken is not None
    assert (taken.new, taken.states) == (4, {envelope.number: "delivered"})
    waybill = waybill_of(desk, envelope.number)
    assert (waybill.mail_state, waybill.mail_at) == (MailState.DELIVERED, OPENING + 4 * HOUR)
    assert (waybill.mail_code, waybill.mail_grade) == ("704/10", "signed_person")
    assert verification.verify(desk).difference is None


def test_what_was_told_before_leaves_no_entry(desk: Desk) -> None:
    """A carrier tells the whole list each time it is asked; only what is new is an act."""
    mailed(desk)
    take(desk, "203", "305")
    before = builders.head(desk)

    assert take(desk, "203", "305") is None
    assert take(desk) is None
    assert builders.head(desk) == before

    taken = take(desk, "203", "305", "702")
    assert taken is not None
    assert taken.new == 1
    assert builders.head(desk)[0] == before[0] + 1


def test_the_sentence_is_encrypted_and_stays_out_of_the_journal(desk: Desk) -> None:
    """It may name who signed."""
    mailed(desk)
    event = an_event("704/10", OPENING + HOUR, text="已签收，签收人：覃某某")

    tracking.take(desk, WAYBILL, [event], source=tracking.SYNC)

    (kept,) = look(desk, lambda reading: reading.mail_events.where(waybill=WAYBILL))
    assert kept.text == "已签收，签收人：覃某某"
    (line,) = look(desk, lambda reading: reading.lines("SELECT text FROM mail_events WHERE hall = :hall"))
    assert "覃某某".encode() not in bytes(line["text"])
    assert "覃某某" not in "".join(e.body for e in look(desk, lambda reading: reading.journal()))


def test_events_without_a_code_are_told_apart_by_their_sentence(desk: Desk) -> None:
    """Two sentences of one minute are two events; said again they are the same ones."""
    mailed(desk)
    bare = [an_event("", OPENING + HOUR, name="", text=text) for text in ("已到站", "已出站")]

    taken = tracking.take(desk, WAYBILL, bare, source=tracking.SYNC)

    assert taken is not None
    assert taken.new == 2
    assert tracking.take(desk, WAYBILL, bare[::-1], source=tracking.SYNC) is None


def test_an_unknown_code_is_kept_and_moves_nothing(desk: Desk) -> None:
    """The parcel stays where it was."""
    envelope = mailed(desk)

    take(desk, "203", "Z99")

    assert waybill_of(desk, envelope.number).mail_state == MailState.PICKED_UP
    assert [fact.code for fact in look(desk, lambda reading: tracking.facts(reading, WAYBILL))] == [
        "203",
        "Z99",
    ]


def test_a_waybill_that_is_not_ours_is_left_alone(desk: Desk) -> None:
    """Nothing is kept of a number that was never bound, nor of another one in the answer."""
    mailed(desk)
    before = builders.head(desk)

    assert take(desk, "203", waybill="1136281381699") is None
    assert tracking.take(desk, WAYBILL, told("203", waybill="1136281381699"), source=tracking.SYNC) is None
    assert builders.head(desk) == before


def test_another_window_may_be_faster(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it has taken meanwhile is not new any more: no entry, and nothing twice."""
    mailed(desk)
    opening, opened = Desk.carrying_out, []

    def overtaken(self: Desk, act: str) -> AbstractContextManager[Work]:
        opened.append(act)
        if len(opened) == 1:
            take(desk, "203")
        return opening(self, act)

    monkeypatch.setattr(Desk, "carrying_out", overtaken)

    assert take(desk, "203") is None
    assert len(look(desk, lambda reading: reading.mail_events.where(waybill=WAYBILL))) == 1


# --- custody


def test_the_carriers_own_word_ends_the_couriers_custody(desk: Desk) -> None:
    """From the first event of its way the envelope, and all in it, is the carrier's."""
    envelope = mailed(desk)
    (consignment,) = builders.consignments_in(desk, envelope.number)
    assert builders.envelope_of(desk, envelope.number).holder == Holder.COURIER

    take(desk, "203")

    now = builders.envelope_of(desk, envelope.number)
    assert (now.state, now.holder, now.holder_ref) == (EnvelopeState.HANDED_OVER, Holder.CARRIER, None)
    inside = [span for span in custody.of_case(desk, consignment.case_number) if span.until is None]
    assert {span.holder for span in inside if span.envelope == envelope.number} == {Holder.CARRIER}
    builders.assert_true_ledger(desk, consignment.case_number)


def test_delivered_is_not_the_offices(desk: Desk) -> None:
    """妥投 is no acknowledgement: neither state nor custody changes, until the office says so."""
    envelope = mailed(desk)

    take(desk, "203", "704/10")

    now = builders.envelope_of(desk, envelope.number)
    assert (now.state, now.holder) == (EnvelopeState.HANDED_OVER, Holder.CARRIER)


@pytest.mark.parametrize("code", ["801", "651", "013"])
def test_what_is_no_way_moves_no_custody(desk: Desk, code: str) -> None:
    """A canceled, a doubtful or a stopped parcel may never have been handed in."""
    envelope = mailed(desk)

    take(desk, code)

    assert builders.envelope_of(desk, envelope.number).holder == Holder.COURIER


def test_our_acts_are_not_undone_by_an_event(desk: Desk) -> None:
    """An envelope the office has acknowledged stays so; a return that contradicts it asks a person."""
    envelope = mailed(desk)
    builders.acknowledged(desk, envelope.number)
    before = builders.envelope_of(desk, envelope.number)

    take(desk, "203", "704/50", "741")

    assert builders.envelope_of(desk, envelope.number) == before
    assert waybill_of(desk, envelope.number).mail_state == MailState.RETURNING
    assert open_kinds(desk, envelope.number) == ["mail_returning"]


# --- tasks


@pytest.mark.parametrize(
    ("codes", "kind"),
    [
        (("203", "704/60"), "signing_doubtful"),
        (("203", "704/161"), "signing_alarm"),
        (("203", "704/180"), "mail_vanished"),
        (("203", "708"), "mail_returning"),
        (("203", "705/7"), "attempt_refused"),
        (("203", "705/1"), "attempt_address"),
        (("203", "756"), "address_changed"),
        (("203", "993"), "intercepted"),
        (("203", "651"), "mail_stuck"),
    ],
)
def test_an_alarm_is_a_task_once(desk: Desk, codes: tuple[str, ...], kind: str) -> None:
    """Named like the alarm, about the envelope, in words; told again it is not opened again."""
    envelope = mailed(desk)

    taken = take(desk, *codes)
    assert taken is not None
    again = take(desk, *codes, "O_020")

    assert kind in taken.raised
    assert again is not None
    assert again.raised == ()
    (task,) = [task for task in tasks_of(desk, envelope.number) if task.kind == kind]
    assert (task.state, task.object) == ("open", envelope.number)
    assert WAYBILL in (task.note or "")
    assert verification.verify(desk).difference is None


@pytest.mark.parametrize("kind", [*(alarm.value for alarm in Alarm), tracking.OVERTAKEN])
def test_every_alarm_has_its_word(kind: str) -> None:
    """What is opened or ended by itself can be read at the counter."""
    assert kind in WORDS


def test_a_delivery_taken_back_is_a_task_where_it_had_been_told(desk: Desk) -> None:
    """Told and taken back in one answer, nobody has relied on it."""
    one, other = mailed(desk), mailed(desk, "1136281381699")

    take(desk, "203", "704/10")
    take(desk, "203", "704/10", "743")
    take(desk, "203", "704/10", "743", waybill="1136281381699")

    assert open_kinds(desk, one.number) == ["mail_undone"]
    assert open_kinds(desk, other.number) == []


def test_a_task_that_has_passed_ends_by_itself(desk: Desk) -> None:
    """Nobody had begun; if it comes again, a task is opened again."""
    envelope = mailed(desk)
    take(desk, "203", "651")

    taken = take(desk, "203", "651", "702")

    assert taken is not None
    assert taken.overtaken == ("mail_stuck",)
    (task,) = tasks_of(desk, envelope.number)
    assert (task.state, task.outcome) == ("done", tracking.OVERTAKEN)
    take(desk, "203", "651", "702", "534")
    assert open_kinds(desk, envelope.number) == ["mail_stuck"]


def test_a_task_somebody_works_on_is_told_and_stays(desk: Desk) -> None:
    """Its note says what came later; a person ends it."""
    envelope = mailed(desk)
    take(desk, "203", "651")
    (task,) = tasks_of(desk, envelope.number)
    tasks.do(desk, task.id, "call_carrier")

    taken = take(desk, "203", "651", "702")

    assert taken is not None
    assert taken.overtaken == ()
    (task,) = tasks_of(desk, envelope.number)
    assert task.state == "open"
    assert task.note is not None
    assert task.note.endswith("后来的轨迹：派送中")


def test_a_call_counts_as_work(desk: Desk) -> None:
    """A step that the ledger tells by itself is a step too."""
    envelope = mailed(desk)
    (consignment,) = builders.consignments_in(desk, envelope.number)
    take(desk, "203", "704/60")
    contacts.add(desk, consignment.id, who="home_office", outcome="reached")

    take(desk, "203", "704/60", "704/10")

    assert open_kinds(desk, envelope.number) == ["signing_doubtful"]


def test_after_our_own_trouble_nothing_more_is_asked(desk: Desk) -> None:
    """The envelope is back at this window: what the carrier tells late changes nothing."""
    envelope = mailed(desk)
    take(desk, "203")
    troubles.trouble(desk, envelope.number, kind="sent_back")

    taken = take(desk, "203", "708", "711")

    assert taken is not None
    assert taken.raised == ()
    assert open_kinds(desk, envelope.number) == ["sent_back"]


def test_the_way_back_has_its_own_tasks(desk: Desk) -> None:
    """About the consignment; that our own reception signs is no alarm."""
    consignment = builders.a_consignment(desk, ConsignmentState.RESULT_RETURNING)
    with desk.act("bind_waybill") as work:
        waybills.attach(work, RETURN_WAYBILL, leg="back", object_=consignment.id, how="scanned")

    take(desk, "203", "704/60", waybill=RETURN_WAYBILL)
    assert open_kinds(desk, consignment.id) == []

    take(desk, "203", "704/60", "743", "987", waybill=RETURN_WAYBILL)
    assert open_kinds(desk, consignment.id) == ["mail_vanished"]
    builders.assert_true_ledger(desk, consignment.case_number)


# --- which events are about which binding


def test_a_late_binding_gets_what_was_told_before(desk: Desk) -> None:
    """The sticker was scanned days after the courier had taken the envelope."""
    envelope = builders.an_envelope(desk, EnvelopeState.HANDED_OVER)
    later(desk, 6 * 24 * 60)
    waybills.bind_envelope(desk, envelope.number, waybill=WAYBILL)

    take(desk, "203", "305")

    assert waybill_of(desk, envelope.number).mail_state == MailState.IN_TRANSIT


def test_a_number_that_comes_round_again_begins_anew(desk: Desk) -> None:
    """After 24 months it is another parcel: it sees none of the old events, and the old one none of its."""
    first = mailed(desk)
    take(desk, "203", "704/10")
    builders.acknowledged(desk, first.number)
    later(desk, 800 * 24 * 60)
    second = mailed(desk)
    since = desk.store.now()

    taken = tracking.take(
        desk, WAYBILL, [*told("203", "704/10"), *told("203", start=since)], source=tracking.SYNC
    )

    assert taken is not None
    assert taken.new == 1
    assert waybill_of(desk, second.number).mail_state == MailState.PICKED_UP
    assert waybill_of(desk, first.number).mail_state == MailState.DELIVERED


def test_a_cut_between_binding_and_following_is_made_good(desk: Desk) -> None:
    """Events known already are followed for a waybill that has not seen them, tasks and all."""
    envelope = mailed(desk)
    take(desk, "203", "708")
    waybill = waybill_of(desk, envelope.number)
    with desk.act("bind_waybill") as work:
        forgotten: dict[str, object] = dict.fromkeys(("mail_at", "mail_code", "mail_grade"))
        work.waybills.save(replace(waybill, mail_state=MailState.NONE, **forgotten))  # type: ignore[arg-type]

    taken = take(desk, "203", "708")

    assert taken is not None
    assert taken.new == 0
    assert waybill_of(desk, envelope.number).mail_state == MailState.RETURNING


# --- the same in any order


CODES = (
    "203",
    "207",
    "305",
    "702",
    "704/10",
    "704/60",
    "704/161",
    "705/7",
    "743",
    "741",
    "711",
    "651",
    "987",
    "Z9",
)
HISTORIES = st.lists(
    st.tuples(st.sampled_from(CODES), st.integers(1, 8)), min_size=1, max_size=12, unique=True
)


@pytest.fixture(scope="module")
def mailed_once(founded: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A hall with one envelope on its way."""
    with builders.no_ink():
        desk = builders.a_copy(founded, tmp_path_factory.mktemp("mailed"))
        mailed(desk)
    return desk


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=HISTORIES, chance=st.randoms(use_true_random=False), cuts=st.integers(1, 4))
def test_however_it_is_told_it_comes_to_the_same(
    mailed_once: Desk, history: list[tuple[str, int]], chance: random.Random, cuts: int
) -> None:
    """Any order, doubled, in pieces: the same waybill and the same open tasks as told at once.

    But for a delivery taken back: that is a task for those who had been told of the delivery.
    """
    events = [an_event(code, OPENING + hour * HOUR) for code, hour in history]
    shuffled = [*events, *chance.sample(events, len(events) // 2)]
    chance.shuffle(shuffled)
    pieces = [shuffled[ordinal::cuts] for ordinal in range(cuts)]

    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        whole, piecemeal = (
            _followed(mailed_once, Path(folder), way) for folder, way in ((one, [events]), (other, pieces))
        )

    assert piecemeal[0] == whole[0]
    assert piecemeal[1] - {"mail_undone"} == whole[1]


def _followed(desk: Desk, folder: Path, pieces: Sequence[list[Event]]) -> tuple[Waybill, set[str]]:
    """The waybill and the kinds of open tasks once these have been told one after the other."""
    copy = builders.a_copy(desk, folder)
    for piece in pieces:
        tracking.take(copy, WAYBILL, piece, source=tracking.SYNC)
    (waybill,) = look(copy, lambda reading: reading.waybills.where(number=WAYBILL))
    assert verification.verify(copy).difference is None
    return waybill, set(open_kinds(copy, waybill.object))


# --- looked at


def test_a_timeline_shows_what_was_told_newest_first(desk: Desk) -> None:
    """Taken-back and unknown events are marked; our own acts stand beside."""
    envelope = mailed(desk)
    take(desk, "203", "704/10", "743", "Z99")

    (parcel,) = timelines.timeline(desk, WAYBILL).parcels

    assert [event.event.code for event in parcel.told] == ["Z99", "743", "704", "203"]
    assert [event.cancelled for event in parcel.told] == [False, False, True, False]
    assert [event.known for event in parcel.told] == [False, True, True, True]
    assert parcel.told[2].meaning.startswith("投递结果反馈-妥投")
    assert parcel.mail.state == MailState.PICKED_UP
    assert [done.act for done in parcel.done] == ["pack", "seal", "hand_over", "bind_waybill"]
    assert parcel.waybill.object == envelope.number


def test_a_timeline_is_found_by_whatever_number_is_at_hand(desk: Desk) -> None:
    """Waybill, envelope or its face, consignment, case; both ways where there are both."""
    envelope = mailed(desk)
    (consignment,) = builders.consignments_in(desk, envelope.number)
    with desk.act("bind_waybill") as work:
        waybills.attach(work, RETURN_WAYBILL, leg="back", object_=consignment.id, how="scanned")

    def numbers(number: str) -> set[str]:
        return {parcel.waybill.number for parcel in timelines.timeline(desk, number).parcels}

    face = builders.paper_of(desk, envelope.number, "envelope").number
    assert numbers(WAYBILL) == numbers(envelope.number) == numbers(face) == {WAYBILL}
    assert numbers(consignment.id) == numbers(consignment.case_number) == {WAYBILL, RETURN_WAYBILL}
    with refused(desk, "track-not-found"):
        timelines.timeline(desk, "1136281381699")
    with refused(desk, "track-not-found"):
        timelines.timeline(desk, "113\x1b[2J")


def test_a_return_shows_our_dates(desk: Desk) -> None:
    """A consignment's acts are known by their dates."""
    consignment = builders.a_consignment(desk, ConsignmentState.RESULT_RETURNING)
    with desk.act("bind_waybill") as work:
        waybills.attach(work, RETURN_WAYBILL, leg="back", object_=consignment.id, how="scanned")

    (parcel,) = timelines.timeline(desk, RETURN_WAYBILL).parcels

    assert [done.act for done in parcel.done] == ["decide", "result_return"]
    assert parcel.told == ()


def test_an_old_parcels_events_are_not_shown_with_a_new_one(desk: Desk) -> None:
    """The month before a binding is looked at, and no more."""
    mailed(desk)
    tracking.take(desk, WAYBILL, [an_event("203", OPENING - 40 * DAY)], source=tracking.SYNC)

    (parcel,) = timelines.timeline(desk, WAYBILL).parcels

    assert parcel.told == ()
    assert parcel.mail.state == MailState.NONE
