"""What the counter can do beyond papers and post: the practice day shows each of it, in truth and in full."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from tests import builders
from tests.workstation.practice.conftest import START, Day
from tests.workstation.practice.test_practice_day import steps
from workstation.acts import licences, papers, pledges, ratings
from workstation.domain.case import CaseState, RowState
from workstation.domain.people import User
from workstation.domain.roles import Role
from workstation.practice import hall, plan

#: Where a deferred paper can follow: the first envelope is on its way, has come, is accepted.
FOLLOWING = ("handed_over", "acknowledged", "accepted")


def told(day: Day, kind: str) -> list[dict[str, Any]]:
    """What each paper of this kind says."""
    with day.desk.reading() as reading:
        return [papers.facts_of(reading, paper.number) for paper in reading.papers.where(kind=kind)]


def test_deferred_papers_follow_in_each_state_there_is(day: Day) -> None:
    """容缺: packed and acknowledged apart while the consignment stays where it is (design §2)."""
    taken = set(steps(day.entries, "consignments"))

    assert {(state, act, state) for state in FOLLOWING for act in ("pack", "acknowledge")} <= taken


def test_what_was_deferred_had_a_signed_pledge_and_came(day: Day) -> None:
    """Every deferred row of the cast was supplied: its pledge is kept, in its day, after the 失信 check."""
    with day.desk.reading() as reading:
        deferred = [pledge for pledge in reading.pledges.where() if pledge.kind == "deferred"]
        rows = {(row.case_number, row.row_id): row.state for row in reading.rows.where()}

    kept = [pledge for pledge in deferred if pledge.state == "kept"]
    assert len(kept) >= len(FOLLOWING)
    for pledge in deferred:
        assert pledge.signed_at
        assert pledge.due >= START.isoformat()
        assert pledge.agreement.startswith(f"{hall.GRANTING}/{plan.HOUSEHOLD}/")
        assert "演练" in pledge.credit_source
        waits = rows[pledge.case_number, pledge.row_id] == RowState.DEFERRED
        assert waits == (pledge.state == "signed")
    assert {due.pledge.id for due in pledges.due_list(day.desk)} == {
        pledge.id for pledge in deferred if pledge.state == "signed"
    }


def test_a_pledge_stands_for_a_paper(day: Day) -> None:
    """告知承诺: the row has passed with nothing handed in."""
    with day.desk.reading() as reading:
        pledged = [pledge for pledge in reading.pledges.where(state="signed") if pledge.kind == "pledged"]
        rows = [reading.rows.get(pledge.case_number, pledge.row_id) for pledge in pledged]
        held = {(piece.case_number, piece.row_id) for piece in reading.pieces.where()}

    assert pledged
    for row in rows:
        assert row is not None
        assert (row.state, row.way) == (RowState.PASSED, "pledged")
        assert (row.case_number, row.row_id) not in held


def test_the_window_speaks_for_an_office_only_by_its_agreement(day: Day) -> None:
    """受理 and 不予受理 name the invented agreement, and no law that anybody could look up."""
    accepted, refused = told(day, "acceptance"), told(day, "non_acceptance")

    assert accepted
    assert refused
    for facts in [*accepted, *refused]:
        assert facts["agreement.number"] == "演练协议 2 号（示例）"
    assert {facts["acceptance.legal_basis"] for facts in accepted} == {"示例依据（演练，来源：未核对）"}
    assert {facts["non_acceptance.right_authority"] for facts in refused} == {"演练乙市民政局示例分局"}


def test_a_missing_licence_is_registered_brought_on_paper_and_closed(day: Day) -> None:
    """免提交: one row was looked up, the other asked for only after 缺证, and the register is closed."""
    (defect,) = licences.listed(day.desk, closed_too=True)[:1]

    with day.desk.reading() as reading:
        rows = {row.row_id: row for row in reading.rows.where(case_number=defect.case_number)}
        brought = {piece.row_id for piece in reading.pieces.where(case_number=defect.case_number)}
    looked_up, absent = (rows[row] for row in hall.EXEMPT)

    assert (looked_up.way, looked_up.licence, looked_up.state) == ("licence", "retrieved", "passed")
    assert looked_up.row_id not in brought
    assert (absent.way, absent.licence, absent.state) == ("paper", "absent", "passed")
    assert absent.row_id in brought
    assert (defect.row_id, defect.state, defect.outcome) == (absent.row_id, "closed", "mended")


def test_who_is_guided_is_helped_or_told_where(day: Day) -> None:
    """帮办 online with the platform's number; where the list names no way, the clerk has named one."""
    with day.desk.reading() as reading:
        guided = reading.cases.where(state=CaseState.GUIDED)
    channels = {(case.path, case.channel, case.assisted) for case in guided}

    assert channels == {("online", "online", 1), ("pending", "other_authority", 0)}
    for case in guided:
        given = [number.number for number in builders.numbers_of(day.desk, case.number)]
        assert given == ([f"演练{case.number[-12:]}"] if case.assisted else [])


def test_other_systems_numbers_are_found_on_the_case(day: Day) -> None:
    """The platform's of a guided case, the department's of one that was accepted; all say 演练."""
    with day.desk.reading() as reading:
        found = reading.external_numbers.where()

    assert {number.system for number in found} >= {"provincial", "department"}
    assert all(number.number.startswith("演练") for number in found)


def test_people_are_looked_at_in_every_way(day: Day) -> None:
    """At the counter, by an electronic licence, on the screen, by hand; the screen's picture is kept."""
    with day.desk.reading() as reading:
        identities = reading.identities.where()
        kept = {evidence.identity: evidence for evidence in reading.evidence.where()}

    assert {one.method for one in identities} == {"in_person", "e_licence", "video", "manual"}
    seen = {one.id: one for one in identities if one.method == "video"}
    assert seen.keys() == kept.keys()
    for one in seen.values():
        assert one.held_at
        assert one.held_at < one.at
        assert (kept[one.id].media_type, kept[one.id].size) == ("image/png", len(kept[one.id].picture))
    assert all("演练" in one.licence for one in identities if one.licence)


def test_somebody_is_not_reached_and_tried_again(day: Day) -> None:
    """A try without an answer names the day of the next; who collects a result was reached."""
    tries = defaultdict(list)
    with day.desk.reading() as reading:
        for contact in reading.contacts.where():
            tries[contact.case_number].append(contact)

    assert any(one[0].outcome == "no_answer" and one[0].next_on for one in tries.values())
    assert any(one[0].outcome == "no_answer" and one[-1].outcome == "reached" for one in tries.values())
    assert {contact.who for one in tries.values() for contact in one} >= {"applicant", "agent"}


def test_ratings_are_given_and_refused_and_a_bad_one_is_followed_up(day: Day) -> None:
    """好差评: each case once, no grade from the clerk; the supervisor has a task and has called."""
    with day.desk.reading() as reading:
        outcomes = {case.rating for case in reading.cases.where(state=CaseState.CLOSED)}
        graded = [rating for rating in reading.ratings.where() if rating.grade]
        tasks = {task.object: task for task in reading.tasks.where(kind="bad_rating")}
        called = {one.case_number for one in reading.contacts.where() if one.by == "2001"}

    assert outcomes == {"invited", "given", "refused"}
    assert graded
    assert {rating.by for rating in graded} == {"2001"}
    assert {rating.grade for rating in graded} <= ratings.BAD
    assert {rating.case_number for rating in graded} == tasks.keys()
    assert called & tasks.keys()


def test_a_unit_sends_its_agent(day: Day) -> None:
    """A legal person has no face: its agent was looked at, and got the result."""
    with day.desk.reading() as reading:
        units = [case for case in reading.cases.where() if case.applicant_id_kind == "unified_credit_code"]
        identities = {case.number: reading.identities.where(case_number=case.number) for case in units}

    assert units
    for case in units:
        assert (case.item, case.identity, case.agent_identity) == (plan.COORDINATES, "none", "passed")
        assert {one.subject for one in identities[case.number]} == {"agent"}


def test_another_clerk_goes_on_and_the_first_stays_named(day: Day) -> None:
    """首问负责: at one window both clerks have acted on a case, which names who registered it."""
    clerks = acted(day, Role.CLERK)
    with day.desk.reading() as reading:
        first = {case.number: case.clerk for case in reading.cases.where()}

    shared = {number: operators for number, operators in clerks.items() if len(set(operators)) > 1}
    assert shared
    assert all(first[number] == operators[0] for number, operators in clerks.items())
    assert any(operators[-1] != first[number] for number, operators in shared.items())


def acted(day: Day, role: Role) -> dict[str, list[str]]:
    """Who of this role did the acts about each case, in their order."""
    with day.desk.reading() as reading:
        staff: list[User] = reading.users.where(role=role)
        numbers_ = {case.number for case in reading.cases.where()}
    found = defaultdict(list)
    for entry in day.entries:
        if entry.operator in {user.code for user in staff}:
            for number in numbers_.intersection(json.loads(entry.body)["mentions"]):
                found[number].append(entry.operator or "")
    return found


def test_the_hall_has_more_than_two_items(day: Day) -> None:
    """Forty cases are of at least six items, each of the cast among them."""
    with day.desk.reading() as reading:
        codes = {case.item for case in reading.cases.where()}

    assert codes >= {entrance.kind.item for entrance in plan.CAST}
    assert len(codes) >= 6
