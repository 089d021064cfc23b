"""好差评: invited once, answered once; a grade comes through a supervisor with no part in the case."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests import builders
from tests.builders import Ticking, a_case, a_consignment, as_role, at, refused, served
from workstation.acts import ratings, service, tasks
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.domain.contact import Rating
from workstation.domain.roles import Role
from workstation.policies import RatingPolicy

SOURCE = "device-03"


@pytest.fixture
def case(desk: Desk) -> str:
    """The number of a case that has been served."""
    return a_case(desk, CaseState.SERVED).number


@pytest.fixture
def invited(desk: Desk, case: str) -> str:
    """The number of a case whose applicant has been invited to rate."""
    return ratings.invite(desk, case).number


@pytest.fixture
def supervisor(desk: Desk) -> Desk:
    """A supervisor who had no part in the cases of the first clerk."""
    return as_role(desk, Role.SUPERVISOR)


def steps_of(desk: Desk, case: str) -> list[Rating]:
    """What has been recorded of a case's rating."""
    with desk.reading() as reading:
        return reading.ratings.where(case_number=case)


def test_the_invitation_stands_on_the_case_and_in_the_journal(desk: Desk, case: str) -> None:
    """When, and by whom; the case stays where it is."""
    invited = ratings.invite(desk, case)

    (step,) = steps_of(desk, case)
    with desk.reading() as reading:
        entry = reading.journal_of(case)[-1]
    assert (invited.state, invited.rating) == (CaseState.SERVED, "invited")
    assert invited.rating_invited_at == invited.changed_at == step.at
    assert (step.kind, step.by, step.grade, step.source) == ("invited", "1001", None, None)
    assert (entry.act, entry.object) == ("invite_rating", case)
    builders.assert_true_ledger(desk, case)


def test_an_applicant_is_invited_once(desk: Desk, invited: str) -> None:
    """一次一评: neither before closing nor after."""
    with refused(desk, "rating-invited"):
        ratings.invite(desk, invited)
    service.close(desk, invited)
    with refused(desk, "rating-invited"):
        ratings.invite(desk, invited)


@pytest.mark.parametrize("state", [CaseState.REGISTERED, CaseState.REVIEWED, CaseState.WITHDRAWN])
def test_nobody_is_invited_before_the_result_is_served(desk: Desk, state: CaseState) -> None:
    """There is nothing to rate yet, or nothing that was done."""
    case = a_case(desk, state).number

    with refused(desk, "wrong-state"):
        ratings.invite(desk, case)


@pytest.mark.parametrize("kind", ratings.KINDS)
def test_what_came_of_the_invitation_is_recorded_once(desk: Desk, invited: str, kind: str) -> None:
    """Given on the device or refused, and it stays so."""
    recorded = ratings.record(desk, invited, kind)

    assert recorded.rating == kind
    assert [step.kind for step in steps_of(desk, invited)] == ["invited", kind]
    for again in ratings.KINDS:
        with refused(desk, "rating-recorded") as caught:
            ratings.record(desk, invited, again)
        assert ratings.STEPS[kind] in caught.value.why
    builders.assert_true_ledger(desk, invited)


def test_an_applicant_may_still_rate_after_the_case_is_closed(desk: Desk, invited: str) -> None:
    """The device stands at the door."""
    service.close(desk, invited)

    assert ratings.record(desk, invited, "given").rating == "given"


def test_nothing_is_recorded_without_the_invitation(desk: Desk, case: str, supervisor: Desk) -> None:
    """Neither an outcome nor a grade."""
    with refused(desk, "rating-not-invited"):
        ratings.record(desk, case, "given")
    with refused(desk, "rating-not-invited"):
        ratings.record_grade(supervisor, case, "satisfied", SOURCE)


@pytest.mark.parametrize("kind", ["very_satisfied", "invited", "grade", ""])
def test_a_grade_is_no_outcome(desk: Desk, invited: str, kind: str) -> None:
    """The clerk's act knows given and refused, nothing else."""
    with refused(desk, "code-unknown"):
        ratings.record(desk, invited, kind)


@pytest.mark.parametrize("role", [Role.CLERK, Role.ADMINISTRATOR, Role.AUDITOR])
def test_only_a_supervisor_records_a_grade(desk: Desk, invited: str, role: Role) -> None:
    """Whoever else may look at it."""
    with refused(desk, "wrong-role"):
        ratings.record_grade(as_role(desk, role), invited, "very_satisfied", SOURCE)


def test_a_supervisor_who_registered_the_case_does_not_grade_it(supervisor: Desk) -> None:
    """A supervisor at the counter is a clerk like any other."""
    case = ratings.invite(supervisor, a_case(supervisor, CaseState.SERVED).number).number

    with refused(supervisor, "grade-own-case"):
        ratings.record_grade(supervisor, case, "satisfied", SOURCE)
    graded = ratings.record_grade(at(supervisor, "2002"), case, "satisfied", SOURCE)

    assert graded.rating.by == "2002"


def test_a_supervisor_who_served_the_result_does_not_grade_it(desk: Desk, supervisor: Desk) -> None:
    """Who served it is read from the journal."""
    case = a_consignment(desk, ConsignmentState.RESULT_ARRIVED).case_number
    served(supervisor, case)
    ratings.invite(desk, case)

    with refused(desk, "grade-own-case"):
        ratings.record_grade(supervisor, case, "dissatisfied", SOURCE)


@pytest.mark.parametrize("grade", [grade for grade in ratings.GRADES if grade not in ratings.BAD])
def test_a_good_grade_opens_nothing(desk: Desk, invited: str, supervisor: Desk, grade: str) -> None:
    """It is kept with its source, and the case counts as rated."""
    graded = ratings.record_grade(supervisor, invited, grade, SOURCE)

    assert (graded.rating.kind, graded.rating.grade, graded.rating.source) == ("grade", grade, SOURCE)
    assert (graded.task, graded.contact_by, graded.answer_by) == (None, None, None)
    assert builders.case_of(desk, invited).rating == "given"
    assert tasks.listed(desk) == []
    builders.assert_true_ledger(desk, invited)


@pytest.mark.parametrize("grade", sorted(ratings.BAD))
def test_a_bad_grade_opens_a_task_with_its_days(
    desk: Desk, invited: str, supervisor: Desk, grade: str
) -> None:
    """From Friday: contacted on Monday, answered a week later."""
    graded = ratings.record_grade(supervisor, invited, grade, SOURCE)

    (task,) = tasks.listed(desk)
    assert task == graded.task
    assert (task.kind, task.object, task.opened_by) == ("bad_rating", invited, "2001")
    assert task.note == "2026-11-23 前联系核实，2026-11-27 前办结答复"
    assert graded.contact_by
    assert not graded.contact_by.is_provisional
    builders.assert_true_ledger(desk, invited)


def test_the_days_of_a_bad_grade_are_settings(invited: str, supervisor: Desk) -> None:
    """No rule of the whole country names them."""
    policy = RatingPolicy(contact_days=2, answer_days=10)

    graded = ratings.record_grade(supervisor, invited, "dissatisfied", SOURCE, policy=policy)

    assert graded.contact_by
    assert graded.answer_by
    assert graded.contact_by.day.isoformat() == "2026-11-24"
    assert graded.answer_by.day.isoformat() == "2026-12-04"


def test_days_into_a_year_without_a_table_are_told_as_doubtful(invited: str, supervisor: Desk) -> None:
    """Its holidays have not been read."""
    clock = supervisor.store.clock
    assert isinstance(clock, Ticking)
    clock.start = int(datetime(2099, 12, 30, 2, tzinfo=UTC).timestamp() * 1000)

    graded = ratings.record_grade(supervisor, invited, "dissatisfied", SOURCE)

    assert graded.task
    assert "暂定" in (graded.task.note or "")


def test_a_case_has_one_grade(desk: Desk, invited: str, supervisor: Desk) -> None:
    """And none after a refusal."""
    ratings.record_grade(supervisor, invited, "satisfied", SOURCE)
    other = ratings.invite(desk, a_case(desk, CaseState.SERVED).number).number
    ratings.record(desk, other, "refused")

    with refused(desk, "rating-graded"):
        ratings.record_grade(at(desk, "2002"), invited, "dissatisfied", SOURCE)
    with refused(desk, "rating-recorded"):
        ratings.record_grade(supervisor, other, "satisfied", SOURCE)


def test_a_grade_may_follow_what_the_clerk_recorded(desk: Desk, invited: str, supervisor: Desk) -> None:
    """Given on the device at the counter, told by the platform later."""
    ratings.record(desk, invited, "given")

    ratings.record_grade(supervisor, invited, "satisfied", "platform")

    assert [step.kind for step in steps_of(desk, invited)] == ["invited", "given", "grade"]


@pytest.mark.parametrize("source", ["", "张三说的", "a b", "-x", "x" * 41, "device\n", "１号"])
def test_a_source_is_a_code(desk: Desk, invited: str, supervisor: Desk, source: str) -> None:
    """It stands in the journal, where nobody may be named."""
    with refused(desk, "rating-source"):
        ratings.record_grade(supervisor, invited, "satisfied", source)


@pytest.mark.parametrize("grade", ["", "good", "非常满意", "given"])
def test_grades_are_the_five(desk: Desk, invited: str, supervisor: Desk, grade: str) -> None:
    """No other is known."""
    with refused(desk, "code-unknown"):
        ratings.record_grade(supervisor, invited, grade, SOURCE)


def test_whoever_was_slower_is_told(desk: Desk, case: str) -> None:
    """The version looked at is checked, as with every act on a case."""
    seen = builders.case_of(desk, case).version
    ratings.invite(replace(desk, seen=seen), case)

    with refused(desk, "changed-meanwhile"):
        ratings.record(replace(desk, seen=seen), case, "given")


def test_a_case_must_be_there(desk: Desk, case: str) -> None:
    """For each of the acts."""
    with refused(desk, "case-not-found"):
        ratings.invite(desk, case[::-1])
    with refused(desk, "case-not-found"):
        ratings.record(desk, case[::-1], "given")


def test_ratings_are_listed_newest_first(desk: Desk, invited: str, supervisor: Desk) -> None:
    """All steps, or the bad grades alone."""
    other = ratings.invite(desk, a_case(desk, CaseState.SERVED).number).number
    ratings.record_grade(supervisor, invited, "very_dissatisfied", SOURCE)
    ratings.record_grade(supervisor, other, "satisfied", SOURCE)

    every, bad = ratings.listed(desk), ratings.listed(desk, bad=True)

    assert [(r.case_number, r.kind) for r in every] == [
        (other, "grade"),
        (invited, "grade"),
        (other, "invited"),
        (invited, "invited"),
    ]
    assert [(r.case_number, r.grade) for r in bad] == [(invited, "very_dissatisfied")]
    assert ratings.listed(desk, count=1) == every[:1]


@pytest.mark.parametrize("outcome", ratings.ANSWERS)
def test_a_bad_rating_is_answered_once(desk: Desk, invited: str, supervisor: Desk, outcome: str) -> None:
    """回访核实: what came of it ends the task, beside the days that were set."""
    ratings.record_grade(supervisor, invited, "dissatisfied", SOURCE)

    task = ratings.answer(supervisor, invited, outcome=outcome, note="已致电申请人说明")

    assert (task.state, task.outcome) == ("done", outcome)
    assert task.note == "2026-11-23 前联系核实，2026-11-27 前办结答复；已致电申请人说明"
    assert tasks.listed(desk) == []
    with refused(supervisor, "nothing-to-answer"):
        ratings.answer(supervisor, invited, outcome=outcome, note="再次回访")
    builders.assert_true_ledger(desk, invited)


def test_an_answer_says_what_was_said_and_by_whom(desk: Desk, invited: str, supervisor: Desk) -> None:
    """A coded outcome and a note, by a supervisor, about a case that was rated badly."""
    with refused(supervisor, "nothing-to-answer"):
        ratings.answer(supervisor, invited, outcome="explained", note="已解释")
    ratings.record_grade(supervisor, invited, "dissatisfied", SOURCE)
    with refused(supervisor, "code-unknown"):
        ratings.answer(supervisor, invited, outcome="forgotten", note="已解释")
    with refused(supervisor, "plain-text-empty"):
        ratings.answer(supervisor, invited, outcome="explained", note=" ")
    with refused(desk, "wrong-role"):
        ratings.answer(desk, invited, outcome="explained", note="已解释")
