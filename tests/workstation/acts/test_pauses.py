"""不计入承诺时限的环节: begun and ended as told, and never two that cannot both be true."""

from __future__ import annotations

import pytest

from tests import builders, halls
from tests.builders import a_consignment, at, refused
from tests.workstation.acts.test_silence import days_pass
from workstation.acts import deadlines, pauses
from workstation.acts.deadlines import Timer
from workstation.acts.desk import Desk
from workstation.domain.consignment import ConsignmentState as S
from workstation.domain.deadlines import Pause
from workstation.policies import DeadlinePolicy
from workstation.reference import pauses as kinds


@pytest.fixture
def accepted(desk: Desk) -> str:
    """A consignment that its office has accepted on Friday, 2026-11-20."""
    return a_consignment(desk, S.ACCEPTED).id


def decision(desk: Desk, consignment: str) -> Timer:
    """What runs for the decision."""
    with desk.reading() as reading:
        found = deadlines.timers(reading, desk.store.now(), DeadlinePolicy())
        (timer,) = [one for one in found if one.leg == "decide" and one.object == consignment]
    return timer


def hearing(desk: Desk, consignment: str, since: str | None = None, told_on: str = "2026-11-20") -> Pause:
    """A hearing, told in writing."""
    return pauses.begin(desk, consignment, "hearing", since=since, told_on=told_on)


def test_a_pause_holds_from_the_day_it_is_noted(desk: Desk, accepted: str) -> None:
    """Kind, day, who; its timer has no last day until it ends, and keeps what it had left."""
    days_pass(desk, 3)

    pause = hearing(desk, accepted)

    assert (pause.id, pause.kind, pause.since, pause.until) == (
        f"{accepted}-p1",
        "hearing",
        "2026-11-23",
        None,
    )
    assert (pause.noted_by, pause.told_on) == ("1001", "2026-11-20")
    timer = decision(desk, accepted)
    assert (timer.due, timer.left, timer.paused) == (None, 20, "听证")
    days_pass(desk, 14)
    assert decision(desk, accepted).left == 20


def test_days_between_begin_and_end_do_not_count(desk: Desk, accepted: str) -> None:
    """Three working days of hearing: the decision is due three working days later."""
    before = decision(desk, accepted).due
    days_pass(desk, 5)
    hearing(desk, accepted, "2026-11-23")

    ended = pauses.end(desk, accepted)

    assert (ended.until, ended.version) == ("2026-11-25", 2)
    assert before is not None
    assert before.isoformat() == "2026-12-18"
    timer = decision(desk, accepted)
    assert timer.due is not None
    assert timer.due.isoformat() == "2026-12-23"
    # It holds to the end of its last day.
    assert timer.paused == "听证"
    days_pass(desk, 1)
    assert decision(desk, accepted).paused == ""
    builders.assert_true_ledger(desk)


def test_a_case_with_one_consignment_is_found_by_its_own_number(desk: Desk, accepted: str) -> None:
    """And several pauses follow each other."""
    days_pass(desk, 10)
    case = accepted.partition("-")[0]
    pauses.begin(desk, case, "appraisal", since="2026-11-23", told_on="2026-11-23", note="委托鉴定")
    pauses.end(desk, case, until="2026-11-24")

    second = pauses.begin(desk, case, "correcting", since="2026-11-25")

    assert (second.id, second.told_on) == (f"{accepted}-p2", None)


@pytest.mark.parametrize("kind", [code for code, kind in kinds.kinds().items() if kind.in_writing])
def test_what_the_law_wants_told_in_writing_begins_only_then(desk: Desk, accepted: str, kind: str) -> None:
    """行政许可法 45 names eight; without the day the limit goes on."""
    with refused(desk, "pause-not-told") as caught:
        pauses.begin(desk, accepted, kind)

    assert "第四十五条" in caught.value.why
    assert decision(desk, accepted).paused == ""


@pytest.mark.parametrize("state", [state for state in S if state != S.ACCEPTED])
def test_only_between_acceptance_and_decision_can_a_limit_pause(desk: Desk, state: S) -> None:
    """Before there is none that runs, after it is over; a supplement pauses by itself."""
    name = a_consignment(desk, state).id

    with refused(desk, "pause-not-running"):
        hearing(desk, name)


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [
        ("2026-11-19", None, "pause-begins-before"),
        ("2026-12-24", None, "pause-to-come"),
        ("2026-11-25", "2026-11-24", "pause-ends-before"),
        ("2026-11-25", "2026-12-24", "pause-to-come"),
        ("2026-02-30", None, "day-impossible"),
        ("2026-11-25", "gestern", "day-impossible"),
    ],
)
def test_a_pause_lies_where_it_can(
    desk: Desk, accepted: str, since: str, until: str | None, code: str
) -> None:
    """Not before the acceptance, not to come, not backwards, on days there are."""
    days_pass(desk, 10)
    if until is None:
        with refused(desk, code):
            hearing(desk, accepted, since)
        return
    hearing(desk, accepted, since)
    with refused(desk, code):
        pauses.end(desk, accepted, until=until)


def test_a_day_of_telling_that_has_not_come_is_refused(desk: Desk, accepted: str) -> None:
    """Nobody has told anything tomorrow."""
    with refused(desk, "pause-to-come"):
        hearing(desk, accepted, told_on="2026-11-21")


def test_two_pauses_do_not_hold_at_once(desk: Desk, accepted: str) -> None:
    """One that lasts bars another; one that has ended bars its own days."""
    days_pass(desk, 10)
    hearing(desk, accepted, "2026-11-24")
    with refused(desk, "pause-two-open"):
        hearing(desk, accepted, "2026-11-26")
    pauses.end(desk, accepted, until="2026-11-26")
    with refused(desk, "pause-overlaps"):
        hearing(desk, accepted, "2026-11-26")

    assert hearing(desk, accepted, "2026-11-27").id == f"{accepted}-p2"


def test_what_does_not_last_cannot_end(desk: Desk, accepted: str) -> None:
    """Never begun, or ended before."""
    with refused(desk, "pause-none"):
        pauses.end(desk, accepted)
    hearing(desk, accepted)
    pauses.end(desk, accepted)
    with refused(desk, "pause-none"):
        pauses.end(desk, accepted)


def test_an_unknown_kind_is_refused_with_those_there_are(desk: Desk, accepted: str) -> None:
    """By code."""
    with refused(desk, "code-unknown") as caught:
        pauses.begin(desk, accepted, "holiday")

    assert "hearing" in caught.value.next


def test_an_administrator_has_no_hand_in_it(desk: Desk, accepted: str) -> None:
    """Cases are the counter's."""
    with refused(desk, "wrong-role"):
        hearing(at(desk, "3001"), accepted)


def test_a_decision_ends_what_still_lasts(desk: Desk, accepted: str) -> None:
    """The leg is explained up to the decision; noting the end later changes nothing of it."""
    hearing(desk, accepted)
    days_pass(desk, 5)
    builders.decided(desk, accepted)

    (leg,) = [one for one in deadlines.why(desk, accepted, DeadlinePolicy()) if one.leg == "decide"]

    assert leg.state == "done"
    assert leg.sum is not None
    assert leg.sum.paused == ""
    assert pauses.end(desk, accepted).until == "2026-11-25"


def test_each_kind_names_its_source() -> None:
    """The eight of 行政许可法 45; waiting for a supplement says that nobody has read its source."""
    names = {kind.name: kind.source for kind in kinds.kinds().values()}

    eight = ["听证", "招标", "拍卖", "检验", "检测", "检疫", "鉴定", "专家评审"]
    assert [name for name, source in names.items() if source == "行政许可法第四十五条"] == eight
    assert (kinds.name(kinds.CORRECTING), names["补正等待"]) == ("补正等待", "来源：未核对")
    assert kinds.name("gone") == "gone"


@pytest.mark.engine
def test_both_engines_pause(vacant: Desk, undrawn: None) -> None:
    """Begun, ended, and counted, on the hall's own engine."""
    desk = halls.seat(vacant, halls.CLERK)
    consignment = a_consignment(desk, S.ACCEPTED).id
    day = pauses.begin(desk, consignment, "correcting").since
    assert decision(desk, consignment).paused == "补正等待"

    assert pauses.end(desk, consignment).until == day
