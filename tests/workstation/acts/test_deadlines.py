"""期限: each leg runs from its own moment by its own rule, in the whole hall and explained for one case."""

from __future__ import annotations

import datetime

import pytest

from tests import builders, halls
from tests.builders import a_case, a_consignment, at, refused
from tests.workstation.acts.test_silence import days_pass, told
from tests.workstation.acts.test_year_tables import GUANGXI, OWN, YEAR_2027, defect, taken
from workstation.acts import (
    contacts,
    deadlines,
    formal_review,
    home,
    notices,
    packing,
    ratings,
    service,
    troubles,
)
from workstation.acts.deadline_legs import BY_STATE, LEGS, TITLES
from workstation.acts.deadlines import Explained, OtherDays, Timer
from workstation.acts.desk import Desk
from workstation.acts.inputs import Material
from workstation.domain.case import CaseState, RowState
from workstation.domain.consignment import ConsignmentState as S
from workstation.domain.tracking import MailState
from workstation.policies import DeadlinePolicy

__all__ = ["defect"]

POLICY = DeadlinePolicy()


def running(desk: Desk, policy: DeadlinePolicy = POLICY, **others: int) -> list[Timer]:
    """Everything that runs in the hall."""
    with desk.reading() as reading:
        found = deadlines.timers(reading, desk.store.now(), policy, others=OtherDays(**others))
        return sorted(found, key=lambda timer: (timer.leg, timer.object))


def the(desk: Desk, leg: str, policy: DeadlinePolicy = POLICY) -> Timer:
    """The one timer of this leg."""
    (found,) = [timer for timer in running(desk, policy) if timer.leg == leg]
    return found


def due(timer: Timer) -> str:
    """Its last day."""
    return timer.due.isoformat() if timer.due else ""


def explained(desk: Desk, number: str, leg: str, policy: DeadlinePolicy = POLICY) -> Explained:
    """One leg of a case."""
    (found,) = [one for one in deadlines.why(desk, number, policy) if one.leg == leg]
    return found


def resubmitted(desk: Desk, number: str) -> None:
    """The applicant has brought what the notice told."""
    with desk.reading() as reading:
        rows = reading.rows.where(case_number=number)
    failing = [row.row_id for row in rows if row.state == RowState.FAILING]
    formal_review.resubmit(desk, number, [Material(row=row, form="original") for row in failing])


def test_in_an_empty_hall_nothing_runs(desk: Desk) -> None:
    """No case, no timer."""
    assert running(desk) == []


#: By the state of the only consignment: leg, last day, rule. 2026-11-20 is a Friday.
RUNNING = {
    S.PACKING: ("seal", "2026-11-24", "setting"),
    S.SEALED: ("pickup", "2026-11-23", "setting"),
    S.HANDED_OVER: ("acknowledge", "2026-11-25", "setting"),
    S.ACKNOWLEDGED: ("answer", "2026-11-27", "law"),
    S.HOME_CORRECTING: ("answer", "", "law"),
    S.ACCEPTED: ("decide", "2026-12-18", "law"),
    S.DECIDED: ("return", "2026-12-04", "law"),
    S.RESULT_RETURNING: ("arrive", "2026-11-27", "setting"),
    S.RESULT_ARRIVED: ("serve", "2026-12-04", "setting"),
}


@pytest.mark.parametrize("state", RUNNING)
def test_each_state_has_its_one_leg(desk: Desk, state: S) -> None:
    """With its last day and by which rule; whose it is, and nothing of a person."""
    consignment = a_consignment(desk, state)

    (timer,) = running(desk)

    assert (timer.leg, due(timer), timer.rule) == RUNNING[state]
    assert (timer.object, timer.case_number) == (consignment.id, consignment.case_number)
    assert (timer.office_code, timer.office_name) == (consignment.office_code, consignment.office_name)
    assert (timer.clerk, timer.waited, timer.provisional) == ("1001", 0, False)


def test_what_is_done_runs_no_more(desk: Desk) -> None:
    """Served, declined, withdrawn, guided: nobody waits for anything."""
    a_consignment(desk, S.DONE)
    for state in (CaseState.DECLINED, CaseState.WITHDRAWN, CaseState.GUIDED, CaseState.CLOSED):
        a_case(desk, state)

    assert running(desk) == []


@pytest.mark.parametrize("state", RUNNING)
def test_timer_and_explanation_agree(desk: Desk, state: S) -> None:
    """What runs in the list runs in the case, to the same day; before it all is over, after it all ahead."""
    consignment = a_consignment(desk, state)
    days_pass(desk, 60)
    (timer,) = running(desk)

    legs = deadlines.why(desk, consignment.id, POLICY)

    (open_,) = [leg for leg in legs if leg.state in ("running", "over", "paused")]
    assert (open_.leg, open_.due, open_.since, open_.rule) == (timer.leg, timer.due, timer.since, timer.rule)
    assert open_.state == ("paused" if timer.paused else "over")
    place = legs.index(open_)
    assert {leg.state for leg in legs[:place]} <= {"done", "unknown"}
    assert {leg.state for leg in legs[place + 1 :]} <= {"ahead"}


@pytest.mark.parametrize(
    ("days", "waited", "left"),
    [(0, 0, 2), (1, 0, 2), (3, 1, 1), (4, 2, 0), (5, 3, -1), (8, 5, -3), (9, 5, -3)],
)
def test_days_left_are_working_days(desk: Desk, days: int, waited: int, left: int) -> None:
    """0 on the last day; over from the next on, whatever day that is."""
    a_consignment(desk, S.PACKING)
    days_pass(desk, days)

    timer = the(desk, "seal")

    assert (timer.waited, timer.left) == (waited, left)


def test_what_is_over_is_over_on_a_weekend_too(desk: Desk) -> None:
    """Due on Friday, looked at on Saturday: one working day has not gone by, yet the day is over."""
    a_consignment(desk, S.PACKING)
    policy = DeadlinePolicy(seal_days=5)
    days_pass(desk, 7)
    assert the(desk, "seal", policy).left == 0
    days_pass(desk, 1)

    assert the(desk, "seal", policy).left == -1


def test_each_leg_is_looked_at_in_the_states_it_can_run_in() -> None:
    """Every one in some state, every state but the last with some."""
    assert {leg for legs in BY_STATE.values() for leg in legs} == set(LEGS)
    assert set(BY_STATE) == set(S) - {S.DONE}


# --- at the counter


def test_a_registered_case_is_to_be_told_and_to_be_looked_through(desk: Desk) -> None:
    """Five working days by law, one as the hall has set it."""
    case = a_case(desk, CaseState.REGISTERED)

    tell, review = the(desk, "tell"), the(desk, "review")

    assert (tell.object, tell.case_number, due(tell), tell.rule) == (
        case.number,
        case.number,
        "2026-11-27",
        "law",
    )
    assert (due(review), review.rule) == ("2026-11-23", "setting")
    (longer,) = [one for one in running(desk, review=3) if one.leg == "review"]
    assert due(longer) == "2026-11-25"


def test_after_the_notice_it_is_the_applicants_turn(desk: Desk) -> None:
    """Until the day that was named, off a holiday; without one there is no last day."""
    case = a_case(desk, CaseState.TO_CORRECT)
    (timer,) = running(desk)
    assert (timer.leg, timer.due, timer.left) == ("correct", None, 0)

    resubmitted(desk, case.number)

    (timer,) = running(desk)
    assert timer.leg == "review"
    assert timer.since > case.registered_at


@pytest.mark.parametrize(("roll", "last"), [("next", "2026-11-30"), ("none", "2026-11-28")])
def test_a_day_named_by_a_notice_moves_off_a_saturday(desk: Desk, roll: str, last: str) -> None:
    """民法典 203(1), unless the hall has set otherwise."""
    number = a_case(desk, CaseState.REGISTERED).number
    rows = builders.open_rows(desk, number)
    findings = [builders.missing(rows[0].row_id), *(builders.passing(row) for row in rows[1:])]
    formal_review.review(desk, number, findings)
    notices.notice(desk, number, due="2026-11-28")
    policy = DeadlinePolicy(roll=roll)  # type: ignore[arg-type]

    assert due(the(desk, "correct", policy)) == last
    leg = explained(desk, number, "correct", policy)
    assert (leg.due.isoformat() if leg.due else "", leg.state, leg.rule) == (last, "running", "named")
    assert explained(desk, number, "tell").state == "done"


# --- by which rule


def test_an_agreement_goes_before_law_and_setting(desk: Desk) -> None:
    """寄出材料, 核对移交, 寄回结果: each for its leg."""
    builders.agreed(desk, limits={"send": 1, "check": 2, "return": 3})
    for state in (S.PACKING, S.ACKNOWLEDGED, S.DECIDED):
        a_consignment(desk, state)

    found = {timer.leg: (due(timer), timer.rule) for timer in running(desk)}

    assert found == {
        "seal": ("2026-11-23", "agreement"),
        "answer": ("2026-11-24", "agreement"),
        "return": ("2026-11-25", "agreement"),
    }


def test_what_the_hall_has_set_otherwise_is_no_law(desk: Desk) -> None:
    """Twenty days are 行政许可法 42, fifteen are ours."""
    name = a_consignment(desk, S.ACCEPTED).id
    ours = DeadlinePolicy(decision_days=15)

    assert explained(desk, name, "decide").source == "行政许可法第四十二条、第八十二条：20 个工作日"
    assert explained(desk, name, "decide", ours).source == "本厅设置：15 个工作日"
    assert (the(desk, "decide", ours).rule, due(the(desk, "decide", ours))) == ("setting", "2026-12-11")


def test_how_long_an_office_takes_is_its_history(desk: Desk) -> None:
    """As the list of the silent has it."""
    for _ in range(5):
        builders.acknowledged(desk, a_consignment(desk, S.HANDED_OVER).envelope or "")
    a_consignment(desk, S.HANDED_OVER)

    timer = the(desk, "acknowledge")

    assert (timer.rule, due(timer)) == ("history", "2026-11-23")


def test_the_home_offices_own_holidays_count_on_its_legs(desk: Desk) -> None:
    """The office lies in 450000; the hall's legs go by the hall's days."""
    taken(desk, *OWN, about=GUANGXI)
    taken(desk, ("2026-11-23", "节假日", "示例节"), about=GUANGXI)
    a_consignment(desk, S.PACKING)
    acknowledged = a_consignment(desk, S.ACKNOWLEDGED)

    assert due(the(desk, "seal")) == "2026-11-24"
    assert due(the(desk, "answer")) == "2026-11-30"
    days = explained(desk, acknowledged.id, "answer").sum
    assert days is not None
    assert {day.why for day in days.days} >= {"示例节", "周六", "周日"}


def test_an_agreement_may_name_the_countrys_days(desk: Desk) -> None:
    """Then the province's own holidays do not count."""
    taken(desk, ("2026-11-23", "节假日", "示例节"), about=GUANGXI)
    builders.agreed(desk, limits={"check": 5})
    a_consignment(desk, S.ACKNOWLEDGED)

    assert due(the(desk, "answer")) == "2026-11-27"


@pytest.mark.parametrize(
    ("policy", "last"),
    [
        (DeadlinePolicy(first_day_counts=True), "2026-11-23"),
        (DeadlinePolicy(late_is_next_day=True, end_of_business="08:00"), "2026-11-25"),
        (DeadlinePolicy(late_is_next_day=True), "2026-11-24"),
    ],
)
def test_how_days_are_counted_is_set(desk: Desk, policy: DeadlinePolicy, last: str) -> None:
    """The first day, and what comes after hours; list and explanation count alike."""
    name = a_consignment(desk, S.PACKING).id

    assert due(the(desk, "seal", policy)) == last
    found = explained(desk, name, "seal", policy)
    assert found.due is not None
    assert found.due.isoformat() == last


def test_what_papers_say_is_counted_as_the_law_has_it(desk: Desk) -> None:
    """The day of the notice does not move with the hall's settings."""
    a_case(desk, CaseState.REGISTERED)

    assert due(the(desk, "tell", DeadlinePolicy(first_day_counts=True))) == "2026-11-27"


# --- on the way


def test_the_carriers_account_starts_and_ends_legs(desk: Desk) -> None:
    """Handed over: delivery is awaited; delivered: the office's answer, from that moment."""
    sent = a_consignment(desk, S.HANDED_OVER)
    told(desk, sent.envelope or "", MailState.IN_TRANSIT)
    (timer,) = running(desk)
    assert (timer.leg, due(timer)) == ("deliver", "2026-11-27")
    days_pass(desk, 3)

    told(desk, sent.envelope or "", MailState.DELIVERED)

    (timer,) = running(desk)
    assert (timer.leg, due(timer)) == ("acknowledge", "2026-11-26")
    assert explained(desk, sent.id, "deliver").state == "done"


@pytest.mark.parametrize("state", [MailState.RETURNING, MailState.RETURNED, MailState.LOST])
def test_what_will_not_arrive_is_not_awaited(desk: Desk, state: MailState) -> None:
    """Each of these is a task of its own."""
    sent = a_consignment(desk, S.HANDED_OVER)
    told(desk, sent.envelope or "", state)

    assert running(desk) == []


def test_trouble_stops_the_clock(desk: Desk) -> None:
    """By our own account it is lost."""
    sent = a_consignment(desk, S.HANDED_OVER)
    troubles.trouble(desk, sent.envelope or "", kind="lost")

    assert running(desk) == []


def test_nothing_told_of_delivery_is_unknown_in_the_end(desk: Desk) -> None:
    """Acknowledged all the same: the leg between says that nobody has told."""
    name = a_consignment(desk, S.ACKNOWLEDGED).id

    assert explained(desk, name, "deliver").state == "unknown"
    assert explained(desk, name, "acknowledge").state == "done"


def test_while_a_supplement_is_awaited_the_answer_pauses(desk: Desk) -> None:
    """By itself; with it the days begin anew, and its own envelope has timers under its own number."""
    consignment = a_consignment(desk, S.HOME_CORRECTING)
    days_pass(desk, 14)
    (timer,) = running(desk)
    assert (timer.leg, timer.due, timer.left, timer.paused) == ("answer", None, 5, "补正等待")
    builders.supplied(desk, consignment.case_number)
    supplement = packing.pack(desk, [consignment.id]).number
    builders.sealed(desk, supplement)
    assert {timer.leg: timer.object for timer in running(desk)} == {
        "answer": consignment.id,
        "pickup": supplement,
    }
    builders.handed_over(desk, supplement)
    assert the(desk, "acknowledge").object == supplement

    builders.acknowledged(desk, supplement)

    (timer,) = running(desk)
    assert (timer.leg, due(timer), timer.paused) == ("answer", "2026-12-11", "")


@pytest.mark.parametrize("mode", ["electronic", "direct_post"])
def test_a_result_that_does_not_come_here_is_to_be_served(desk: Desk, mode: str) -> None:
    """Ten working days from the decision (行政许可法 44)."""
    name = builders.decided(desk, a_consignment(desk, S.ACCEPTED).id, mode).id

    assert (the(desk, "serve_away").rule, due(the(desk, "serve_away"))) == ("law", "2026-12-04")
    assert {leg.leg for leg in deadlines.why(desk, name, POLICY)}.isdisjoint({"return", "arrive", "serve"})


def test_a_refusal_ends_the_legs_of_the_office(desk: Desk) -> None:
    """It is answered, and on its way back."""
    name = a_consignment(desk, S.ACKNOWLEDGED).id
    home.refuse(desk, name, reason="not_ours")

    assert the(desk, "arrive").object == name
    assert explained(desk, name, "answer").state == "done"


# --- beside the way


def test_a_deferred_paper_is_due_on_its_day(desk: Desk) -> None:
    """Until it is there; the pledge names the day."""
    case = builders.a_deferring_case(desk)
    with desk.reading() as reading:
        (pledge,) = reading.pledges.where(case_number=case.number)

    timer = the(desk, "deferred")

    assert (timer.object, timer.rule) == (pledge.id, "named")
    assert due(timer) >= pledge.due
    assert explained(desk, case.number, "deferred").state == "running"
    builders.brought(desk, case.number)
    assert "deferred" not in {timer.leg for timer in running(desk)}


def test_a_licence_to_be_mended_is_due_as_registered(desk: Desk, defect: str) -> None:
    """Provisional while the year has no table, recounted with it."""
    timer = the(desk, "defect")
    assert (timer.object, due(timer), timer.rule, timer.provisional) == (defect, "2027-01-04", "law", True)

    taken(desk, *[row for row in YEAR_2027 if row[1] == "节假日"])

    timer = the(desk, "defect")
    assert (due(timer), timer.provisional) == ("2027-01-05", False)
    assert explained(desk, timer.case_number, "defect").source == "闽审改办〔2023〕2号：5 个工作日"


def test_a_bad_rating_is_to_be_followed_up(desk: Desk) -> None:
    """Reached within one day, answered within five; a call that reached somebody ends the first."""
    case = a_consignment(desk, S.DONE).case_number
    service.close(desk, case, rating="invited")
    ratings.record_grade(at(desk, "2001"), case, "dissatisfied", "device-03")
    found = {timer.leg: due(timer) for timer in running(desk)}
    assert found == {"contact": "2026-11-23", "answer_rating": "2026-11-27"}

    contacts.add(desk, case, who="applicant", outcome="no_answer")
    assert len(running(desk)) == 2
    contacts.add(desk, case, who="applicant", outcome="reached")

    assert [timer.leg for timer in running(desk)] == ["answer_rating"]
    assert explained(desk, case, "contact").state == "done"
    ratings.answer(at(desk, "2002"), case, outcome="corrected", note="已说明")
    assert running(desk) == []
    assert explained(desk, case, "answer_rating").state == "done"


# --- explained


def test_a_late_leg_says_so(desk: Desk) -> None:
    """Sealed a week after: late, with both days."""
    name = a_consignment(desk, S.PACKING).id
    days_pass(desk, 7)
    assert explained(desk, name, "seal").state == "over"
    builders.advance(desk, name, S.SEALED)

    leg = explained(desk, name, "seal")

    assert leg.state == "late"
    assert leg.due == datetime.date(2026, 11, 24)
    assert leg.ended is not None


def test_every_consignment_of_a_case_is_explained(desk: Desk) -> None:
    """All legs of each, in the order of the way, after what happened at the counter; or of one alone."""
    case = a_case(desk, offices=2)

    legs = deadlines.why(desk, case.number, POLICY)

    of_way = [leg.code for leg in LEGS if leg.code != "serve_away"]
    assert [leg.leg for leg in legs] == ["tell", "review", *of_way, *of_way]
    assert {leg.object for leg in legs} == {case.number, f"{case.number}-1", f"{case.number}-2"}
    assert [leg.leg for leg in deadlines.why(desk, f"{case.number}-2", POLICY)] == of_way
    assert all(leg.title == TITLES[leg.leg] for leg in legs)


@pytest.mark.parametrize("state", [CaseState.DECLINED, CaseState.WITHDRAWN, CaseState.GUIDED])
def test_a_case_that_ended_at_the_counter_is_explained(desk: Desk, state: str) -> None:
    """What was awaited has ended with it."""
    case = a_case(desk, state)

    assert {leg.state for leg in deadlines.why(desk, case.number, POLICY)[:2]} == {"done"}


def test_what_is_not_there_is_not_explained(desk: Desk) -> None:
    """Neither a case nor a consignment."""
    number = a_case(desk).number

    with refused(desk, "case-not-found"):
        deadlines.why(desk, "13502031012632409999", POLICY)
    with refused(desk, "consignment-not-found"):
        deadlines.why(desk, f"{number}-9", POLICY)


@pytest.mark.engine
def test_both_engines_tell_the_same(vacant: Desk, undrawn: None) -> None:
    """Every statement, on the hall's own engine."""
    desk = halls.seat(vacant, halls.CLERK)
    for state in (S.PACKING, S.HANDED_OVER, S.ACCEPTED):
        a_consignment(desk, state)
    case = a_case(desk, CaseState.TO_CORRECT)
    resubmitted(desk, case.number)

    assert [timer.leg for timer in running(desk)] == ["acknowledge", "decide", "review", "seal"]
    assert len(deadlines.why(desk, case.number, POLICY)) == len(LEGS) + 1
