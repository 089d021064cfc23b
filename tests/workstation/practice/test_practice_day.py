"""A practice day of forty cases shows everything there is: each state, step, act and kind of paper."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise, product

import pytest

from forms import documents
from tests.workstation.practice.conftest import CASES, START, Day
from workstation.acts import custody
from workstation.domain import lifecycle, roles
from workstation.domain.case import CaseState, Holder
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import BatchState, EnvelopeState
from workstation.domain.journal import Entry
from workstation.domain.lifecycle import Edge
from workstation.domain.paper import PaperState
from workstation.domain.times import local
from workstation.practice import plan
from workstation.reference.calendars import NATIONAL

#: Faces that are drawn and have no wording of their own.
DRAWN = {"envelope", "reply_slip"}
#: A month is closed when it is over; the practice ends in its middle.
LATER = {"month_sheet"}


def test_the_document_has_exactly_the_fields_agreed(day: Day) -> None:
    """What is printed can be relied on by whoever reads it with a program."""
    document = day.document

    assert list(document) == ["cases", "consignments", "papers", "envelopes", "journal", "operators"]
    assert {tuple(paper) for paper in document["papers"]} == {("kind", "number", "path", "case")}
    assert set(document["journal"]) == {"entries", "anchor", "verified"}
    assert {tuple(one) for one in document["operators"]} == {("code", "role", "password", "pin")}
    assert all(one.keys() >= {"number", "state", "office", "batch"} for one in document["envelopes"])


@pytest.mark.parametrize(("kind", "states"), [("cases", CaseState), ("consignments", ConsignmentState)])
def test_every_state_occurs_at_the_end(day: Day, kind: str, states: type[StrEnum]) -> None:
    """At least one case and one consignment stand in each state, and the counts are true."""
    counts = day.document[kind]

    assert list(counts) == [state.value for state in states]
    assert all(counts.values())
    with day.desk.reading() as reading:
        assert counts == Counter(record.state for record in getattr(reading, kind).where())


def test_there_are_as_many_cases_as_asked_for(day: Day) -> None:
    """Forty asked for, forty played."""
    assert sum(day.document["cases"].values()) == CASES


def test_every_state_of_an_envelope_occurs_at_the_end(day: Day) -> None:
    """Open, sealed, handed over, sent back, lost, opened and void: one of each lies there."""
    assert {envelope["state"] for envelope in day.document["envelopes"]} == {s.value for s in EnvelopeState}


def test_every_kind_of_paper_occurs_and_each_as_a_copy_too(day: Day) -> None:
    """Each document of the folder, the envelope face and the reply slip, printed, and printed once more."""
    with day.desk.reading() as reading:
        copies = [paper for paper in reading.papers.where() if paper.copy > 1]

    everything = set(documents.names()) - LATER | DRAWN
    assert {paper["kind"] for paper in day.document["papers"]} == everything
    assert {paper.kind for paper in copies} == everything


def test_no_paper_is_only_promised(day: Day) -> None:
    """Whatever was promised was made."""
    with day.desk.reading() as reading:
        assert not reading.papers.where(state=PaperState.PROMISED)


@pytest.mark.parametrize("table", lifecycle.TABLES)
def test_every_step_of_the_life_cycle_is_taken(day: Day, table: str) -> None:
    """Each edge of the tables occurs in the journal; one that changes no record, at least as an act."""
    taken = set(steps(day.entries, table))
    acts = {entry.act for entry in day.entries}

    missed = [edge for edge in lifecycle.TABLES[table] if not is_taken(edge, taken, acts)]

    assert not missed


def steps(entries: list[Entry], table: str) -> Iterator[tuple[str, str, str]]:
    """Yield state, act and next state for each change of a record of this table."""
    states: dict[str, str] = defaultdict(lambda: lifecycle.NOTHING)
    for entry in entries:
        for name, key, columns in json.loads(entry.body)["changes"]:
            if name == table:
                before, states[key[0]] = states[key[0]], columns.get("state", states[key[0]])
                yield before, entry.act, states[key[0]]


def is_taken(edge: Edge, taken: set[tuple[str, str, str]], acts: set[str]) -> bool:
    """Whether the edge occurs; trouble changes the envelope alone, a scan the batch's line alone."""
    return (edge.state, edge.act, edge.to) in taken or (edge.state == edge.to and edge.act in acts)


def test_every_act_of_the_counter_is_done(day: Day) -> None:
    """Reveal and reprint, which belong to no life cycle, included."""
    assert {entry.act for entry in day.entries} >= roles.COUNTER_ACTS


def test_every_role_that_may_confirm_does(day: Day) -> None:
    """Second persons stand in the journal for each act that asks for one and can come up in these stories."""
    confirmed = {entry.act for entry in day.entries if entry.second}

    assert confirmed >= {act for act in roles.SECOND if act in roles.COUNTER_ACTS} - {"pack"}


def test_the_journal_is_verified(day: Day) -> None:
    """Chain, records, mentions and counters agree."""
    assert day.document["journal"]["verified"]
    assert day.document["journal"]["entries"] == len(day.entries)


def test_the_stories_asked_for_are_told(day: Day) -> None:
    """Two offices, two cases in one envelope, supplements, agents, second notices, doubtful identities."""
    with day.desk.reading() as reading:
        cases, identities = reading.cases.where(), reading.identities.where()
        seconds = [notice.second for notice in reading.notices.where(ordinal=2)]
        offices = Counter(consignment.case_number for consignment in reading.consignments.where())
        contents = Counter(content.envelope for content in reading.contents.where())
        supplements = reading.envelopes.where(purpose="supplement")

    assert 2 in offices.values()
    assert 2 in contents.values()
    assert supplements
    assert any(case.agent_name for case in cases)
    assert seconds
    assert set(seconds) == {"2001"}
    assert {one.outcome for one in identities} == {"passed", "failed"}
    assert any(one.method == "manual" and one.second for one in identities)


def test_results_come_in_every_form_and_waybills_on_both_legs(day: Day) -> None:
    """Paper, electronic and straight to the applicant; waybills scanned and typed, out and back."""
    with day.desk.reading() as reading:
        modes = {c.result_mode for c in reading.consignments.where() if c.result_mode}
        waybills = reading.waybills.where()

    assert modes == {"paper", "electronic", "direct_post"}
    assert {(w.leg, w.how) for w in waybills} == set(product(("out", "back"), ("scanned", "typed")))
    assert {w.state for w in waybills} == {"live", "ended"}
    assert {len(w.number) == 13 and w.number.isdigit() for w in waybills} == {True, False}


def test_withdrawals_after_mailing_wait_and_are_done(day: Day) -> None:
    """One request is still open, another ended when all its papers were here again."""
    with day.desk.reading() as reading:
        tasks = reading.tasks.where()

    assert {task.state for task in tasks if task.kind == "withdrawal"} == {"open", "done"}
    assert {task.kind for task in tasks} == {
        "withdrawal", "sent_back", "lost", "contents_differ", "bad_rating",
    }  # fmt: skip


def test_batches_had_an_envelope_missing_and_one_that_was_not_expected(day: Day) -> None:
    """What a courier did not find is named, and what nobody expected is told apart."""
    with day.desk.reading() as reading:
        lines = reading.batch_lines.where()

    assert [line for line in lines if line.expected and line.reason]
    assert [line for line in lines if not line.expected]


def test_a_window_has_one_open_batch_at_most(day: Day) -> None:
    """Nobody opens a second batch before the first is closed; the last courier is still scanning."""
    with day.desk.reading() as reading:
        batches = reading.batches.where()

    for window in (1, 2):
        one_window = sorted((b for b in batches if b.window == window), key=lambda b: b.opened_at)
        assert all(a.closed_at and a.closed_at < b.opened_at for a, b in pairwise(one_window))
    assert [b.window for b in batches if b.state == BatchState.OPEN] == [2]


def test_the_hall_keeps_its_hours_and_time_goes_forward(day: Day) -> None:
    """Nothing happens before nine, at noon or after five, on a day off, or at the time of another entry."""
    times = [local(entry.at) for entry in day.entries]
    minutes = [time.hour * 60 + time.minute for time in times]

    assert all(earlier < later for earlier, later in pairwise(times))
    assert all(9 * 60 <= minute < 12 * 60 or 13 * 60 + 30 <= minute < 17 * 60 for minute in minutes)
    assert all(NATIONAL.is_working_day(time.date()) for time in times)


def test_eleven_days_are_played_up_to_the_afternoon_of_the_last(day: Day) -> None:
    """Each day has its acts, at both windows; the last ends between 14:30 and 15:30."""
    played = {(local(entry.at).date(), entry.window) for entry in day.entries}
    last = local(day.entries[-1].at)

    assert {date for date, _ in played} == {*NATIONAL.working_days_before(START, plan.DAYS_BEFORE), START}
    assert all((date, window) in played for date, _ in played for window in (1, 2))
    assert (14, 30) <= (last.hour, last.minute) <= (15, 30)


def test_stories_interleave(day: Day) -> None:
    """Other cases come in between the acts of one, as at a real counter."""
    by_case = defaultdict(list)
    for entry in day.entries:
        for mention in json.loads(entry.body)["mentions"]:
            by_case[mention].append(entry.seq)
    with day.desk.reading() as reading:
        numbers = [case.number for case in reading.cases.where(state=CaseState.CLOSED)]

    assert all(len(by_case[number]) < by_case[number][-1] - by_case[number][0] for number in numbers)


def test_every_piece_has_one_holder_at_every_instant(day: Day) -> None:
    """From its first hand on, the spans of a piece follow each other without gap or overlap to this day."""
    with day.desk.reading() as reading:
        pieces = {piece.id: piece for piece in reading.pieces.where()}
        numbers = [case.number for case in reading.cases.where()]

    spans = defaultdict(list)
    for number in numbers:
        for span in custody.of_case(day.desk, number):
            spans[span.piece].append(span)

    assert spans.keys() == pieces.keys()
    for piece, chain in spans.items():
        assert all(one.until == other.since and one.since < one.until for one, other in pairwise(chain))
        assert chain[-1].until is None
        now, at_last = pieces[piece], chain[-1]
        told = ("inside", at_last.envelope) if at_last.envelope else (at_last.holder, at_last.holder_ref)
        assert told == (now.holder, now.holder_ref)


def test_papers_were_in_every_hand(day: Day) -> None:
    """From the applicant to the recipient, everybody who can hold a paper held one."""
    with day.desk.reading() as reading:
        numbers = [case.number for case in reading.cases.where()]
    holders = {span.holder for number in numbers for span in custody.of_case(day.desk, number)}

    assert holders == {holder.value for holder in Holder} - {Holder.INSIDE.value}
