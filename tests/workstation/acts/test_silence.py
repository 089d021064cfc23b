"""沉默的属地: who is listed, from when on, by which rule, and in what order. It begins on a Friday."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests import builders, halls
from tests.builders import RETURN_WAYBILL, WAYBILL, Ticking, a_consignment, an_envelope, an_office
from workstation.acts import dunning, home, packing, previews, results, silence, troubles, waybills
from workstation.acts.desk import Desk
from workstation.acts.silence import FEWEST, LATEST, Silent, Usual
from workstation.domain.consignment import Consignment
from workstation.domain.consignment import ConsignmentState as S
from workstation.domain.envelope import EnvelopeState
from workstation.domain.times import local
from workstation.domain.tracking import MailState

DAY = 24 * 3600 * 1000
WEEK = 7
#: Nothing was agreed, and the office has no history.
SET = 3


def days_pass(desk: Desk, days: int) -> None:
    """Let so many days of the calendar go by."""
    clock = desk.store.clock
    assert isinstance(clock, Ticking)
    clock.start += days * DAY


def listed(desk: Desk) -> list[Silent]:
    """Who is silent now."""
    return silence.listed(desk, days=SET)


def the_one(desk: Desk) -> Silent:
    """The only one who is."""
    (silent,) = listed(desk)
    return silent


def answered(desk: Desk, days: int, **changes: Any) -> None:
    """An envelope that the office acknowledged so many days after it was handed over."""
    sent = a_consignment(desk, S.HANDED_OVER, **changes)
    days_pass(desk, days)
    builders.acknowledged(desk, sent.envelope or "")


def told(desk: Desk, object_: str, state: MailState, number: str = WAYBILL) -> None:
    """The carrier says this of a parcel, at this moment."""
    with desk.act("take_events") as work:
        work.object = object_
        leg = "back" if "-" in object_ else "out"
        waybill = waybills.attach(work, number, leg=leg, object_=object_, how="order")
        work.waybills.save(replace(waybill, mail_state=state, mail_at=work.now))


def test_who_owes_nothing_is_not_listed(desk: Desk) -> None:
    """Before it is handed over, and when nothing is awaited of the office any more."""
    for state in (S.PACKING, S.SEALED, S.RESULT_RETURNING, S.RESULT_ARRIVED, S.DONE):
        a_consignment(desk, state)
    days_pass(desk, 5 * WEEK)

    assert listed(desk) == []


@pytest.mark.parametrize(("days", "waited"), [(3, None), (5, None), (6, 4), (10, 6)])
def test_without_a_history_the_setting_counts_working_days(desk: Desk, days: int, waited: int | None) -> None:
    """Handed over on a Friday, three working days end with Wednesday; Thursday is one too many."""
    consignment = a_consignment(desk, S.HANDED_OVER)
    days_pass(desk, days)

    found = listed(desk)

    assert [silent.waited for silent in found] == ([waited] if waited else [])
    for silent in found:
        assert (silent.consignment, silent.envelope) == (consignment.id, consignment.envelope)
        assert (silent.office_code, silent.office_name) == (
            consignment.office_code,
            consignment.office_name,
        )
        assert (silent.awaited, silent.began, silent.since) == (
            "receipt",
            "handed_over",
            consignment.handed_over_at,
        )
        assert (silent.usual, silent.over) == (Usual(SET, "setting"), silent.waited - SET)
        assert silent.usual.told == "设置：3 个工作日"


def test_to_look_records_nothing(desk: Desk) -> None:
    """Anybody may look, as often as they like."""
    a_consignment(desk, S.HANDED_OVER)
    days_pass(desk, 2 * WEEK)
    before = builders.head(desk)

    assert listed(desk) == listed(desk)
    assert builders.head(desk) == before


def test_what_is_usual_with_an_office_is_its_own_history(desk: Desk) -> None:
    """Twice the median and a day: an office that takes a working week is not silent after two."""
    for _ in range(FEWEST):
        answered(desk, WEEK)
    a_consignment(desk, S.HANDED_OVER)

    days_pass(desk, 2 * WEEK)
    assert listed(desk) == []
    days_pass(desk, WEEK)

    silent = the_one(desk)
    assert (silent.usual, silent.waited) == (Usual(11, "history", FEWEST), 15)
    assert silent.usual.told == "以往 5 次：11 个工作日"


def test_an_office_that_answers_at_once_is_missed_soon(desk: Desk) -> None:
    """Silent from the second working day on."""
    for _ in range(FEWEST):
        answered(desk, 0)
    a_consignment(desk, S.HANDED_OVER)
    days_pass(desk, 3)
    assert listed(desk) == []

    days_pass(desk, 1)

    assert the_one(desk).usual == Usual(1, "history", FEWEST)


def test_one_late_answer_changes_little(desk: Desk) -> None:
    """The median is not moved by it."""
    for days in (WEEK, 0, 0, 10 * WEEK, 0):
        answered(desk, days)
    a_consignment(desk, S.HANDED_OVER)
    days_pass(desk, WEEK)

    assert the_one(desk).usual.days == 1


def test_a_few_answers_say_nothing(desk: Desk) -> None:
    """Nor does an envelope with many cases, which is one answer; nor do those of another office."""
    for _ in range(FEWEST - 2):
        answered(desk, 0)
    cases = [builders.a_case(desk).number for _ in range(FEWEST)]
    envelope = packing.pack(desk, cases).number
    for act in (builders.sealed, builders.handed_over, builders.acknowledged):
        act(desk, envelope)
    a_consignment(desk, S.HANDED_OVER)
    days_pass(desk, 2 * WEEK)

    assert the_one(desk).usual == Usual(SET, "setting")


def test_the_latest_answers_count(desk: Desk) -> None:
    """What an office took before the last twenty is forgotten."""
    lines = [
        {
            "id": str(n),
            "envelope": str(n),
            "handed_over_at": 0,
            "delivered_at": None,
            "acknowledged_at": (0 if n < LATEST else 4 * WEEK) * DAY,
            "decided_at": None,
            "returned_at": None,
        }
        for n in range(3 * LATEST)
    ]

    waits = silence._history(lines)["handed_over"]

    assert set(waits[:LATEST]) == {0}
    assert min(waits[LATEST:]) > 0


def test_with_a_delivery_told_time_runs_from_it(desk: Desk) -> None:
    """妥投 is no acknowledgement: an answer can be expected from then on."""
    consignment = a_consignment(desk, S.HANDED_OVER)
    days_pass(desk, 2 * WEEK)
    told(desk, consignment.envelope or "", MailState.DELIVERED)

    assert listed(desk) == []
    days_pass(desk, WEEK)

    silent = the_one(desk)
    assert (silent.began, silent.mail_state, silent.since) == ("delivered", "delivered", silent.mail_at)
    assert silent.waited == 5


def test_delivery_and_hand_over_have_histories_of_their_own(desk: Desk) -> None:
    """How long the mail takes is nothing the office is patient or slow with."""
    for number in ("1136281381675", "1136281381676", "1136281381677", "1136281381678", "1136281381679"):
        sent = a_consignment(desk, S.HANDED_OVER)
        days_pass(desk, WEEK)
        told(desk, sent.envelope or "", MailState.DELIVERED, number)
        builders.acknowledged(desk, sent.envelope or "")
    untold, delivered = a_consignment(desk, S.HANDED_OVER), a_consignment(desk, S.HANDED_OVER)
    told(desk, delivered.envelope or "", MailState.DELIVERED, "1136281381680")
    days_pass(desk, 4 * WEEK)

    usual = {silent.consignment: silent.usual for silent in listed(desk)}

    assert usual == {
        untold.id: Usual(11, "history", FEWEST),
        delivered.id: Usual(1, "history", FEWEST),
    }


@pytest.mark.parametrize("state", [MailState.RETURNING, MailState.RETURNED, MailState.LOST])
def test_who_never_had_it_is_not_silent(desk: Desk, state: MailState) -> None:
    """It is on its way back or lost by the carrier's account."""
    consignment = a_consignment(desk, S.HANDED_OVER)
    told(desk, consignment.envelope or "", state)
    days_pass(desk, 5 * WEEK)

    assert listed(desk) == []


@pytest.mark.parametrize("kind", ["sent_back", "lost"])
def test_what_came_back_or_is_lost_is_a_task_here(desk: Desk, kind: str) -> None:
    """By our own account too."""
    consignment = a_consignment(desk, S.HANDED_OVER)
    troubles.trouble(desk, consignment.envelope or "", kind=kind)
    days_pass(desk, 5 * WEEK)

    assert listed(desk) == []


def test_what_is_still_under_way_is_listed_with_where_it_is(desk: Desk) -> None:
    """Nobody has heard of it for long: the carrier is asked rather than the office."""
    consignment = a_consignment(desk, S.HANDED_OVER)
    told(desk, consignment.envelope or "", MailState.IN_TRANSIT)
    days_pass(desk, 2 * WEEK)

    silent = the_one(desk)

    assert (silent.began, silent.mail_state) == ("handed_over", "in_transit")


def test_a_decided_result_that_does_not_come_is_awaited(desk: Desk) -> None:
    """From the decision on, until it is in the post."""
    consignment = a_consignment(desk, S.DECIDED)
    days_pass(desk, 2 * WEEK)

    silent = the_one(desk)

    assert (silent.consignment, silent.awaited, silent.began) == (consignment.id, "result", "decided")
    assert silent.since == consignment.decided_at
    results.result_return(desk, consignment.id)
    assert listed(desk) == []


def test_how_long_an_office_takes_to_mail_is_a_history_too(desk: Desk) -> None:
    """Counted from decision to return, apart from its acknowledgements."""
    for _ in range(FEWEST):
        decided = a_consignment(desk, S.DECIDED)
        days_pass(desk, WEEK)
        results.result_return(desk, decided.id)
    a_consignment(desk, S.DECIDED)
    days_pass(desk, 3 * WEEK)

    assert the_one(desk).usual == Usual(11, "history", FEWEST)


def test_a_result_that_is_in_the_post_is_not_awaited(desk: Desk) -> None:
    """The carrier has it under the return waybill, though nobody has told us; without a scan it has not."""
    consignment = a_consignment(desk, S.DECIDED)
    days_pass(desk, 2 * WEEK)
    told(desk, consignment.id, MailState.NONE, RETURN_WAYBILL)
    assert the_one(desk).consignment == consignment.id

    told(desk, consignment.id, MailState.PICKED_UP, RETURN_WAYBILL)

    assert listed(desk) == []


@pytest.mark.parametrize("mode", ["electronic", "direct_post"])
def test_a_result_that_does_not_come_here_is_not_awaited(desk: Desk, mode: str) -> None:
    """Nothing is owed to this window."""
    builders.decided(desk, a_consignment(desk, S.ACCEPTED).id, mode)
    days_pass(desk, 5 * WEEK)

    assert listed(desk) == []


def test_an_agreed_limit_goes_before_all_else(desk: Desk) -> None:
    """核对移交 after the acknowledgement, 寄回结果 after the decision, in the agreement's own days."""
    builders.agreed(desk, limits={"check": 2, "return": 6})
    for _ in range(FEWEST):
        results.result_return(desk, a_consignment(desk, S.DECIDED).id)
    acknowledged, decided = a_consignment(desk, S.ACKNOWLEDGED), a_consignment(desk, S.DECIDED)
    days_pass(desk, WEEK)

    silent = the_one(desk)

    assert (silent.consignment, silent.awaited) == (acknowledged.id, "answer")
    assert (silent.began, silent.since) == ("acknowledged", acknowledged.acknowledged_at)
    assert silent.usual == Usual(2, "agreement")
    assert silent.usual.told == "协议：2 个工作日"
    days_pass(desk, WEEK)
    assert {one.consignment: one.usual.days for one in listed(desk)} == {acknowledged.id: 2, decided.id: 6}


def test_without_an_agreed_limit_a_decision_is_not_hurried(desk: Desk) -> None:
    """The authority has its own time to accept and decide."""
    builders.agreed(desk)
    a_consignment(desk, S.ACKNOWLEDGED)
    a_consignment(desk, S.ACCEPTED)
    days_pass(desk, 8 * WEEK)

    assert listed(desk) == []


def test_after_a_supplement_the_agreed_time_begins_anew(desk: Desk) -> None:
    """Not when the first envelope was acknowledged: in between it was the applicant's turn."""
    builders.agreed(desk, limits={"check": 2})
    consignment = a_consignment(desk, S.HOME_CORRECTING)
    days_pass(desk, 4 * WEEK)
    assert listed(desk) == []
    builders.supplied(desk, consignment.case_number)
    supplement = packing.pack(desk, [consignment.id]).number
    for act in (builders.sealed, builders.handed_over, builders.acknowledged):
        act(desk, supplement)
    assert listed(desk) == []

    days_pass(desk, WEEK)

    silent = the_one(desk)
    assert (silent.awaited, silent.waited) == ("answer", 5)


def test_a_supplement_is_awaited_and_can_be_dunned_for(desk: Desk) -> None:
    """Its own envelope is named, and when that one left."""
    envelope = an_envelope(desk, EnvelopeState.HANDED_OVER, purpose="supplement").number
    (consignment,) = builders.consignments_in(desk, envelope)
    days_pass(desk, 2 * WEEK)

    silent = the_one(desk)
    letter = dunning.dun(desk, silent.consignment)

    assert (silent.consignment, silent.awaited, silent.envelope) == (consignment.id, "receipt", envelope)
    text = previews.printed(desk, letter.paper.number)
    assert envelope in text
    assert "没有收到贵单位的签收确认" in text
    assert "2026-11-20" in text.partition("寄递情况")[2][:40]


def test_letters_are_counted(desk: Desk) -> None:
    """How often it was asked, and when last; the wait is not shortened by asking."""
    consignment = a_consignment(desk, S.HANDED_OVER)
    days_pass(desk, 2 * WEEK)
    assert (the_one(desk).dunned, the_one(desk).dunned_at) == (0, None)

    dunning.dun(desk, consignment.id)
    last = dunning.dun(desk, consignment.id).paper

    silent = the_one(desk)
    assert (silent.dunned, silent.dunned_at, silent.waited) == (2, last.promised_at, 10)


def test_the_worst_stand_first(desk: Desk) -> None:
    """By the days beyond what is usual with each, then by age."""
    for _ in range(FEWEST):
        answered(desk, WEEK)
    slow = a_consignment(desk, S.HANDED_OVER)
    days_pass(desk, 1)
    quick = other_office(desk)
    later = other_office(desk)
    days_pass(desk, 4 * WEEK)

    found = listed(desk)

    assert [silent.consignment for silent in found] == [quick.id, later.id, slow.id]
    assert [silent.over for silent in found] == sorted((s.over for s in found), reverse=True)


def other_office(desk: Desk) -> Consignment:
    """A consignment on its way to an office without a history."""
    case = builders.a_case(desk, offices=2)
    second = builders.consignments_of(desk, case.number)[1]
    return builders.advance(desk, second.id, S.HANDED_OVER)


def test_each_case_in_an_envelope_is_listed(desk: Desk) -> None:
    """A letter is about one consignment."""
    cases = sorted(builders.a_case(desk).number for _ in range(2))
    envelope = packing.pack(desk, cases).number
    builders.sealed(desk, envelope)
    builders.handed_over(desk, envelope)
    days_pass(desk, 2 * WEEK)

    assert [(silent.case_number, silent.envelope) for silent in listed(desk)] == [
        (case, envelope) for case in cases
    ]


def test_days_of_a_year_without_a_table_are_provisional(desk: Desk) -> None:
    """The holidays of 2027 are not published: what counts only weekends says so."""
    a_consignment(desk, S.HANDED_OVER)
    days_pass(desk, 2 * WEEK)
    assert not the_one(desk).provisional

    days_pass(desk, 5 * WEEK)

    assert the_one(desk).provisional


WAYS: dict[str, Callable[[Desk, Consignment], object]] = {
    "acknowledged": lambda desk, c: builders.acknowledged(desk, c.envelope or ""),
    "trouble": lambda desk, c: troubles.trouble(desk, c.envelope or "", kind="lost"),
}


@pytest.mark.parametrize("way", WAYS)
def test_who_has_answered_is_listed_no_more(desk: Desk, way: str) -> None:
    """By whatever act the envelope is no longer on its way."""
    consignment = a_consignment(desk, S.HANDED_OVER)
    days_pass(desk, 2 * WEEK)
    assert the_one(desk).office_code == an_office().code

    WAYS[way](desk, consignment)

    assert listed(desk) == []


def test_a_refused_case_owes_only_its_papers(desk: Desk) -> None:
    """They are on their way back, and that is followed elsewhere."""
    consignment = a_consignment(desk, S.ACKNOWLEDGED)
    home.refuse(desk, consignment.id, reason="not_ours")
    days_pass(desk, 5 * WEEK)

    assert listed(desk) == []


@pytest.mark.engine
def test_both_engines_tell_the_same(vacant: Desk, undrawn: None) -> None:
    """What is awaited, what is agreed, and what an office has taken so far, on the hall's own engine."""
    desk = halls.seat(vacant, halls.CLERK)
    for _ in range(FEWEST):
        builders.acknowledged(desk, a_consignment(desk, S.HANDED_OVER).envelope or "")
    consignment = a_consignment(desk, S.HANDED_OVER)
    dunning.dun(desk, consignment.id)

    with desk.reading() as reading:
        (owed,) = silence.Asked(reading, local(desk.store.now()).date(), SET).owed()

    assert (owed.consignment, owed.awaited, owed.waited) == (consignment.id, "receipt", 0)
    assert (owed.usual, owed.dunned) == (Usual(1, "history", FEWEST), 1)
    assert listed(desk) == []
