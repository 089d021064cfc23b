"""待办 with steps: ticked by a person or told by the ledger; ended by hand only when they are done."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import a_case, a_consignment, an_envelope, refused
from workstation.acts import contacts, home, offices, packing, results, tasks, troubles
from workstation.acts.desk import Desk
from workstation.acts.inputs import Found, Result
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState, Task


@pytest.fixture
def envelope(desk: Desk) -> str:
    """The number of an envelope on its way."""
    return an_envelope(desk, EnvelopeState.HANDED_OVER).number


def raised(desk: Desk, envelope: str, kind: str = "mail_stuck") -> Task:
    """The task that the carrier's events raise."""
    with desk.carrying_out("take_events") as work:
        return tasks.open_once(work, kind=kind, object_=envelope)


def done(desk: Desk, name: str) -> set[str]:
    """The steps of a task that are done."""
    return {progress.step.id for progress in tasks.file(desk, name).steps if progress.done}


def case_in(desk: Desk, envelope: str) -> str:
    """The case whose papers lie in an envelope."""
    return builders.consignments_in(desk, envelope)[0].case_number


def test_a_step_is_ticked_once_with_who_and_when(desk: Desk, envelope: str) -> None:
    """The note is kept, and the case's own history tells of it."""
    task = raised(desk, envelope)

    step = tasks.do(desk, task.id, "call_carrier", note="查询单号已登记，三日内答复")

    (progress,) = tasks.file(desk, task.id).steps
    case = case_in(desk, envelope)
    with desk.reading() as reading:
        told = [entry.act for entry in reading.journal_of(case)]
    assert (step.task, step.done_by, step.note) == (task.id, "1001", "查询单号已登记，三日内答复")
    assert (progress.done, progress.done_at, progress.done_by) == (True, step.done_at, "1001")
    assert told[-1] == "do_task"
    with refused(desk, "step-done"):
        tasks.do(desk, task.id, "call_carrier")
    builders.assert_true_ledger(desk, case)


def test_a_task_is_ended_when_its_steps_are_done(desk: Desk, envelope: str) -> None:
    """Not before: what is left is named."""
    task = raised(desk, envelope)
    with refused(desk, "task-steps-left") as caught:
        tasks.end_by_hand(desk, task.id, outcome="settled")
    tasks.do(desk, task.id, "call_carrier")

    ended = tasks.end_by_hand(desk, task.id, outcome="false_alarm")

    assert "查问" in caught.value.why
    assert (ended.state, ended.outcome, ended.ended_at is not None) == ("done", "false_alarm", True)
    assert tasks.listed(desk) == []
    with refused(desk, "task-ended"):
        tasks.end_by_hand(desk, task.id, outcome="settled")
    with refused(desk, "task-ended"):
        tasks.do(desk, task.id, "call_carrier")


def test_what_a_case_calls_for_only_now_and_then_holds_nothing_up(desk: Desk, envelope: str) -> None:
    """An optional step may stay open."""
    task = raised(desk, envelope, "mail_returning")
    tasks.do(desk, task.id, "call_carrier")

    assert tasks.end_by_hand(desk, task.id, outcome="settled").state == "done"
    assert done(desk, task.id) == {"call_carrier"}


def test_a_call_to_the_office_is_a_fact(desk: Desk, envelope: str) -> None:
    """It is recorded as a contact; ticking it would prove nothing, and a call before the task is none."""
    case = case_in(desk, envelope)
    contacts.add(desk, f"{case}-1", who="home_office", outcome="reached")
    task = raised(desk, envelope, "signing_doubtful")

    with refused(desk, "step-not-by-hand") as caught:
        tasks.do(desk, task.id, "call_office")
    contacts.add(desk, f"{case}-1", who="home_office", outcome="no_answer")
    before = done(desk, task.id)
    contacts.add(desk, f"{case}-1", who="home_office", outcome="reached")

    assert "contact add" in caught.value.next
    assert (before, done(desk, task.id)) == (set(), {"call_office"})
    assert tasks.end_by_hand(desk, task.id, outcome="settled").outcome == "settled"


def test_an_acknowledgement_is_a_call_too(desk: Desk, envelope: str) -> None:
    """Who tells the reply slip's code has the envelope."""
    task = raised(desk, envelope, "signing_doubtful")

    builders.acknowledged(desk, envelope)

    assert done(desk, task.id) == {"call_office"}


def test_an_office_is_verified_after_the_task(desk: Desk, envelope: str) -> None:
    """The directory tells; what was asked on an earlier day does not count."""
    office = builders.envelope_of(desk, envelope).office_code
    offices.verify(desk, office, on="2026-11-01")
    task = raised(desk, envelope, "attempt_address")

    before = done(desk, task.id)
    offices.verify(desk, office)

    assert (before, done(desk, task.id)) == (set(), {"verify_address"})


def test_every_applicant_in_the_envelope_is_told(desk: Desk) -> None:
    """Two cases to one office in one envelope: one call is not enough, and a wrong number is none."""
    first, second = (a_case(desk).number for _ in range(2))
    number = packing.pack(desk, [first, second]).number
    for act in (builders.sealed, builders.handed_over):
        act(desk, number)
    troubles.trouble(desk, number, kind="lost")
    name = f"{number}-lost"

    contacts.add(desk, first, who="applicant", outcome="reached")
    contacts.add(desk, second, who="applicant", outcome="wrong_number")
    half = done(desk, name)
    contacts.add(desk, second, who="applicant", outcome="left_word")

    assert "tell_applicant" not in half
    assert done(desk, name) == {"tell_applicant"}


def test_a_new_envelope_is_seen_once_it_is_sealed(desk: Desk, envelope: str) -> None:
    """Packed is not sealed; the step stays readable after the act that ended the task."""
    troubles.trouble(desk, envelope, kind="sent_back")
    name, consignment = f"{envelope}-sent_back", builders.consignments_in(desk, envelope)[0].id
    troubles.resolve(desk, envelope, outcome="repack")

    opened = done(desk, name)
    packed = builders.packed(desk, consignment).number
    in_bag = done(desk, name)
    builders.sealed(desk, packed)

    assert (opened, in_bag) == (set(), {"verify_address"})
    assert done(desk, name) == {"verify_address", "reenvelope"}


@pytest.mark.parametrize("kind", ["sent_back", "lost", "damaged", "intercepted"])
def test_what_another_act_ends_is_not_ended_by_hand(desk: Desk, envelope: str, kind: str) -> None:
    """The refusal names that act."""
    troubles.trouble(desk, envelope, kind=kind)

    with refused(desk, "task-ended-elsewhere") as caught:
        tasks.end_by_hand(desk, f"{envelope}-{kind}", outcome="settled")

    assert "envelope resolve" in caught.value.next


def test_an_address_the_carrier_changed_is_ended_by_hand_while_nothing_is_back(
    desk: Desk, envelope: str
) -> None:
    """The carrier has put it right; there is nothing to resolve."""
    task = raised(desk, envelope, "address_changed")
    case = case_in(desk, envelope)
    tasks.do(desk, task.id, "call_carrier")
    offices.verify(desk, builders.envelope_of(desk, envelope).office_code)
    contacts.add(desk, case, who="applicant", outcome="reached")

    assert tasks.end_by_hand(desk, task.id, outcome="settled").state == "done"


def incomplete(desk: Desk, *documents: Result, came: int) -> str:
    """The task of a return envelope in which only so many copies of the first document lay."""
    consignment = a_consignment(desk, ConsignmentState.ACCEPTED)
    home.decide(desk, consignment.id, outcome="granted", result_mode="paper", results=documents)
    results.result_return(desk, consignment.id)
    results.arrive(
        desk, consignment.id, [Found(piece=f"{consignment.id}-result-1", copies=came)], place="R-01"
    )
    return f"{consignment.id}-contents"


def test_missing_contents_are_ended_by_their_arrival(desk: Desk) -> None:
    """While something is on its way nobody ends the task by hand."""
    name = incomplete(desk, Result(name="户籍证明"), Result(name="告知函"), came=1)

    with refused(desk, "task-ended-elsewhere") as caught:
        tasks.end_by_hand(desk, name, outcome="settled")

    assert "result arrive" in caught.value.next
    assert [piece.name for piece in tasks.at_risk(desk, name)] == ["告知函"]


def test_too_few_copies_are_settled_by_hand(desk: Desk) -> None:
    """Nothing else is on its way, so no arrival would ever end it."""
    name = incomplete(desk, Result(name="户籍证明", copies=2), came=1)
    contacts.add(desk, name.removesuffix("-contents"), who="home_office", outcome="reached")
    tasks.do(desk, name, "ask_back")

    assert tasks.at_risk(desk, name) == []
    assert tasks.end_by_hand(desk, name, outcome="given_up").outcome == "given_up"


def test_the_same_trouble_is_open_once(desk: Desk, envelope: str) -> None:
    """Told twice it is one task; told again after it was ended it is a new one."""
    first, again = raised(desk, envelope), raised(desk, envelope)
    other = raised(desk, envelope, "mail_vanished")
    tasks.do(desk, first.id, "call_carrier")
    tasks.end_by_hand(desk, first.id, outcome="settled")

    later = raised(desk, envelope)

    assert (first.id, again) == (f"{envelope}-mail_stuck", first)
    assert (other.id, later.id) == (f"{envelope}-mail_vanished", f"{envelope}-mail_stuck-2")
    assert {task.id for task in tasks.listed(desk)} == {other.id, later.id}


def test_the_papers_at_risk_are_those_inside(desk: Desk, envelope: str) -> None:
    """Before the claim and after it; the originals can be told."""
    troubles.trouble(desk, envelope, kind="lost")
    name = f"{envelope}-lost"
    inside = tasks.at_risk(desk, name)

    troubles.resolve(desk, envelope, outcome="claim")

    assert {piece.form for piece in inside} == {"original", "copy"}
    assert {piece.id for piece in tasks.at_risk(desk, name)} == {piece.id for piece in inside}
    assert "claim" in done(desk, name)


@pytest.mark.parametrize(
    ("code", "name", "step"),
    [("task-not-found", "x", "call_carrier"), ("task-not-found", "\x00", "call_carrier"),
     ("code-unknown", "", "dance")],
)  # fmt: skip
def test_a_step_that_is_none_is_refused(desk: Desk, envelope: str, code: str, name: str, step: str) -> None:
    """As is a task that is none."""
    task = raised(desk, envelope)

    with refused(desk, code):
        tasks.do(desk, name or task.id, step)


def test_an_outcome_is_coded(desk: Desk, envelope: str) -> None:
    """It stands in the journal, where no free text may."""
    task = raised(desk, envelope)

    with refused(desk, "code-unknown"):
        tasks.end_by_hand(desk, task.id, outcome="张三说算了")


def test_tasks_are_the_counters(desk: Desk, envelope: str) -> None:
    """An administrator touches no case."""
    task = raised(desk, envelope)

    with refused(desk, "wrong-role"):
        tasks.do(builders.at(desk, "3001"), task.id, "call_carrier")
