"""Who works a line: claimed, let go, given to another, looked at; what has changed meanwhile; 交接班."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests import builders
from tests.builders import a_case, a_consignment, at, refused
from tests.workstation.acts.queue_scenes import SCENES, days_pass, lines, patient
from workstation.acts import claims, papers, queue, users
from workstation.acts.desk import Desk
from workstation.acts.queue import Line
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState as S
from workstation.domain.journal import Entry
from workstation.domain.queue import Claim, ClaimState


@pytest.fixture
def supervisor(desk: Desk) -> Desk:
    """The supervisor at the same window."""
    return at(desk, "2001")


@pytest.fixture
def line(desk: Desk) -> Line:
    """The one line of the hall."""
    a_case(desk, CaseState.REGISTERED)
    (found,) = lines(desk)
    return found


def held(desk: Desk) -> list[tuple[str, str]]:
    """Every line with who works it."""
    return [(line.reason, line.holder) for line in lines(desk)]


def last_entry(desk: Desk) -> Entry:
    """The newest entry but for the making of papers."""
    with desk.reading() as reading:
        seq, _, _ = reading.chain()
        return next(entry for entry in reading.journal_back(seq + 1, 5) if entry.act != "make_paper")


def test_a_claimed_line_says_who_works_it(desk: Desk, line: Line) -> None:
    """The journal has the act under the case's number, with nothing personal in it."""
    (claim,) = claims.claim(desk, [line])

    assert (claim.line, claim.state, claim.holder) == (line.key, ClaimState.CLAIMED, "1001")
    assert held(desk) == [("unreviewed", "1001")]
    entry = last_entry(desk)
    assert (entry.act, entry.object) == ("claim_line", line.object)
    with desk.reading() as reading:
        assert "claim_line" in {each.act for each in reading.journal_of(line.case_number)}
    builders.assert_true_ledger(desk)


def test_claimed_by_another_is_refused_and_names_the_code(desk: Desk, line: Line) -> None:
    """Also where the list was read before the other was faster."""
    claims.claim(desk, [line])

    with refused(desk, "line-held") as caught:
        claims.claim(at(desk, "1002"), [line])

    assert "1001" in caught.value.why
    assert held(desk) == [("unreviewed", "1001")]


def test_claiming_twice_changes_nothing(desk: Desk, line: Line) -> None:
    """It is mine already."""
    (first,) = claims.claim(desk, [line])
    (second,) = claims.claim(desk, lines(desk))

    assert second.version == first.version


def test_all_of_several_or_none(desk: Desk) -> None:
    """One that another works keeps the others from being claimed."""
    for _ in range(3):
        a_case(desk, CaseState.REGISTERED)
    found = lines(desk)
    claims.claim(at(desk, "1002"), found[1:2])

    with refused(desk, "line-held"):
        claims.claim(desk, found)

    assert sorted(held(desk)) == [("unreviewed", ""), ("unreviewed", ""), ("unreviewed", "1002")]


def test_what_was_let_go_is_anybodys(desk: Desk, line: Line) -> None:
    """And may be claimed anew, by another."""
    claims.claim(desk, [line])
    claims.release(desk, lines(desk))
    assert held(desk) == [("unreviewed", "")]

    claims.claim(at(desk, "1002"), lines(desk))

    assert held(desk) == [("unreviewed", "1002")]


def test_a_clerk_lets_go_only_the_own_lines(desk: Desk, supervisor: Desk, line: Line) -> None:
    """A supervisor those of everybody."""
    claims.claim(desk, [line])

    with refused(desk, "line-held"):
        claims.release(at(desk, "1002"), lines(desk))
    claims.release(supervisor, lines(desk))

    assert held(desk) == [("unreviewed", "")]


def test_nobodys_line_cannot_be_let_go(desk: Desk, line: Line) -> None:
    """Nothing is written for it."""
    with refused(desk, "line-not-held"):
        claims.release(desk, [line])


def test_a_cause_that_is_gone_takes_its_claim_along(desk: Desk, line: Line) -> None:
    """Nothing more is said of it, and nobody has to let it go."""
    claims.claim(desk, [line])

    builders.review_all(desk, line.object)

    assert lines(desk) == []


def test_the_same_cause_begun_anew_is_unclaimed(desk: Desk) -> None:
    """Another print of the same face that nobody knows the end of is another thing."""
    a_case(desk, CaseState.REGISTERED)
    (line,) = lines(desk)
    claims.claim(desk, [replace(line, since=line.since - 1)])

    (anew,) = lines(desk)

    assert (anew.holder, anew.state, anew.version) == ("", "", 1)


def test_a_claim_holds_when_the_thing_grows_worse(desk: Desk) -> None:
    """It stands under another reason then, and whoever works it still does."""
    a_case(desk, CaseState.REGISTERED)
    claims.claim(desk, lines(desk))
    days_pass(desk, 14)

    (line,) = lines(desk, patient(review=1))
    assert (line.reason, line.holder) == ("overdue", "1001")
    with refused(desk, "line-held"):
        claims.claim(at(desk, "1002"), [line])
    claims.release(desk, [line])

    (free,) = lines(desk, patient(review=1))
    assert (free.reason, free.holder) == ("overdue", "")


# --- reassigned


def test_lines_are_given_to_another(desk: Desk, supervisor: Desk) -> None:
    """One or many, whether anybody works them or not."""
    for _ in range(2):
        a_case(desk, CaseState.REGISTERED)
    claims.claim(desk, lines(desk)[:1])

    claims.reassign(supervisor, lines(desk), "1002")

    assert held(desk) == [("unreviewed", "1002")] * 2
    entry = last_entry(desk)
    assert (entry.act, entry.operator) == ("reassign_line", "2001")
    assert '"to":"1002"' in entry.body


def test_a_clerk_gives_lines_to_nobody(desk: Desk, line: Line) -> None:
    """That is a supervisor's."""
    with refused(desk, "wrong-role"):
        claims.reassign(desk, [line], "1002")


@pytest.mark.parametrize(
    ("code", "refusal"), [("4001", "line-no-worker"), ("5001", "line-no-worker"), ("9999", "user-not-found")]
)
def test_only_who_works_at_the_counter_is_given_lines(
    desk: Desk, supervisor: Desk, line: Line, code: str, refusal: str
) -> None:
    """No auditor, no courier, nobody who is not there."""
    with refused(desk, refusal):
        claims.reassign(supervisor, [line], code)


def test_who_has_left_is_given_nothing(desk: Desk, supervisor: Desk, line: Line) -> None:
    """Nor offered."""
    users.disable_user(at(desk, "3001"), "1002")

    with refused(desk, "line-no-worker"):
        claims.reassign(supervisor, [line], "1002")
    assert [user.code for user in claims.workers(desk)] == ["1001", "2001", "2002"]


Faster = Callable[[Desk, list[Line]], object]


@pytest.mark.parametrize(
    "faster",
    [
        lambda desk, found: claims.reassign(at(desk, "2002"), found, "1001"),
        lambda desk, found: claims.claim(at(desk, "1002"), found),
    ],
    ids=["reassigned", "claimed"],
)
def test_the_second_who_reassigns_is_told(desk: Desk, supervisor: Desk, line: Line, faster: Faster) -> None:
    """Who was faster, when, and what it is now; nothing is overwritten."""
    seen = lines(desk)
    faster(desk, seen)
    before = held(desk)

    with refused(desk, "changed-meanwhile") as caught:
        claims.reassign(supervisor, seen, "2001")

    assert "2026-11-20" in caught.value.why
    assert before[0][1] in caught.value.why
    assert held(desk) == before


def test_one_that_changed_keeps_all_from_being_reassigned(desk: Desk, supervisor: Desk) -> None:
    """The versions come with the lines, so that many can be compared at once."""
    for _ in range(3):
        a_case(desk, CaseState.REGISTERED)
    seen = lines(desk)
    claims.reassign(at(desk, "2002"), seen[2:], "1001")

    with refused(desk, "changed-meanwhile"):
        claims.reassign(supervisor, seen, "1002")

    assert [holder for _, holder in held(desk)].count("1002") == 0


def test_a_version_that_was_seen_before_counts(desk: Desk, supervisor: Desk, line: Line) -> None:
    """As the command line hands it over."""
    claims.reassign(supervisor, [line], "1001")

    with refused(desk, "changed-meanwhile"):
        claims.reassign(replace(supervisor, seen=0), lines(desk), "1002")
    claims.reassign(replace(supervisor, seen=1), lines(desk), "1002")

    assert held(desk) == [("unreviewed", "1002")]


# --- looked at


def test_what_was_looked_at_is_gone(desk: Desk, supervisor: Desk) -> None:
    """It is known who looked and when."""
    SCENES["revealed"].build(desk)
    (line,) = lines(desk)

    (claim,) = claims.see(supervisor, [line])

    assert (claim.state, claim.holder, claim.changed_by) == (ClaimState.SEEN, "2001", "2001")
    assert lines(desk) == []


def test_what_is_to_be_done_is_not_looked_away(desk: Desk, supervisor: Desk, line: Line) -> None:
    """The refusal names the act that resolves it."""
    with refused(desk, "line-to-be-done") as caught:
        claims.see(supervisor, [line])

    assert "形式审查" in caught.value.next


def test_clerks_do_not_look_for_the_supervisor(desk: Desk) -> None:
    """They are looked at."""
    SCENES["reopened"].build(desk)

    with refused(desk, "wrong-role"):
        claims.see(desk, lines(desk))


# --- names


def test_lines_are_found_by_their_names(desk: Desk, line: Line) -> None:
    """Each once, however often it was named."""
    assert claims.named(lines(desk), [line.key, line.key]) == [line]


@pytest.mark.parametrize("key", ["unreviewed:1", "nothing", "", "overdue:\x1b[2J"])
def test_what_is_not_in_the_queue_is_refused(desk: Desk, line: Line, key: str) -> None:
    """It was done, or never was; nothing that steers a terminal is repeated."""
    with refused(desk, "line-not-found") as caught:
        claims.named(lines(desk), [key])

    assert "\x1b" not in caught.value.what


# --- 交接班


def sheet_of(desk: Desk, number: str) -> dict[str, Any]:
    """The facts a sheet was promised with."""
    with desk.reading() as reading:
        return papers.facts_of(reading, number)


def test_a_shift_hands_over_what_it_worked_and_prints_the_sheet(desk: Desk) -> None:
    """One act: the lines are the other's, the sheet says who, how many, and which."""
    mine = a_consignment(desk, S.HANDED_OVER)
    days_pass(desk, 14)
    a_case(desk, CaseState.REGISTERED)
    policies = patient(silent=3)
    claims.claim(desk, lines(desk, policies, "silent"))

    done = claims.hand_over(desk, "1002", policies=policies)

    assert (done.to, done.lines, done.paper.kind) == ("1002", 1, "shift_handover")
    assert [line.holder for line in lines(desk, policies)] == ["1002", ""]
    facts = sheet_of(desk, done.paper.number)
    assert (facts["shift.from"], facts["shift.to"], facts["count.open"], facts["count.handed"]) == (
        "1001",
        "1002",
        "2",
        "1",
    )
    assert facts["reason_rows"] == [
        {"reason": "沉默属地", "open": "1", "handed": "1"},
        {"reason": "收件未审", "open": "1", "handed": "0"},
    ]
    (row,) = facts["line_rows"]
    assert (row["object"], row["office"]) == (mine.id, mine.office_name)
    assert last_entry(desk).act == "print_shift_handover"
    builders.assert_true_ledger(desk)


def test_the_sheet_names_nobody_who_handed_in(desk: Desk) -> None:
    """Numbers, reasons and offices only."""
    for reason in ("trouble", "revealed", "unreviewed"):
        SCENES[reason].build(desk)
    claims.claim(desk, lines(desk))

    told = repr(sheet_of(desk, claims.hand_over(desk, "1002", policies=patient()).paper.number))

    person = builders.a_person()
    assert not [each for each in (person.name, person.id_number, person.phone) if each in told]


def test_a_shift_with_nothing_in_hand_is_handed_over_too(desk: Desk) -> None:
    """The sheet says that there is nothing."""
    done = claims.hand_over(desk, "1002")

    assert done.lines == 0
    assert sheet_of(desk, done.paper.number)["line_rows"] == []


@pytest.mark.parametrize(
    ("to", "refusal"), [("1001", "handover-to-oneself"), ("4001", "line-no-worker"), ("77", "user-not-found")]
)
def test_somebody_else_must_come(desk: Desk, line: Line, to: str, refusal: str) -> None:
    """Neither oneself nor somebody who does not work at the counter; nothing is printed."""
    claims.claim(desk, [line])

    with refused(desk, refusal):
        claims.hand_over(desk, to)

    assert held(desk) == [("unreviewed", "1001")]


def test_a_line_that_changed_in_between_keeps_the_sheet_back(
    desk: Desk, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sheet would say what is not so any more."""
    claims.claim(desk, [line])
    seen = lines(desk)
    claims.reassign(at(desk, "2001"), seen, "1002")
    monkeypatch.setattr(queue, "listed", lambda *_, **__: seen)

    with refused(desk, "changed-meanwhile"):
        claims.hand_over(desk, "1002")


def test_an_auditor_hands_over_nothing(desk: Desk) -> None:
    """Who only looks has no shift."""
    with refused(desk, "wrong-role"):
        claims.hand_over(at(desk, "4001"), "1002")


def test_claims_are_records_of_the_ledger(desk: Desk, line: Line) -> None:
    """The journal answers for who worked what."""
    claims.claim(desk, [line])

    with desk.reading() as reading:
        (claim,) = reading.claims.where(line=line.key)
    assert claim == Claim(
        line.key,
        "unreviewed",
        line.object,
        ClaimState.CLAIMED,
        "1001",
        line.since,
        1,
        claim.changed_at,
        "1001",
        "claim_line",
    )
