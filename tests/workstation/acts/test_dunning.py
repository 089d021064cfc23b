"""催办: a letter only while the next step is the home office's, each under its own number, and counted."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests import builders
from tests.builders import a_consignment, as_role, refused
from workstation.acts import dunning, home, papers, previews, scanning, troubles
from workstation.acts.desk import Desk
from workstation.domain import lifecycle
from workstation.domain.codes import Kind, parse
from workstation.domain.consignment import ConsignmentState as S
from workstation.domain.roles import Role

THEIRS = (S.HANDED_OVER, S.ACKNOWLEDGED, S.ACCEPTED, S.DECIDED)
OURS = tuple(state for state in S if state not in THEIRS)


@pytest.mark.parametrize("state", THEIRS)
def test_a_silent_office_is_asked_for_what_is_awaited(desk: Desk, state: S) -> None:
    """In each state in which it is its turn; the state itself stays, and the ledger is true."""
    consignment = a_consignment(desk, state)

    letter = dunning.dun(desk, consignment.id)

    assert (letter.ordinal, letter.paper.kind, letter.paper.copy) == (1, "dunning_letter", 1)
    assert (letter.paper.object, letter.paper.case_number) == (consignment.id, consignment.case_number)
    assert parse(letter.paper.number).kind == Kind.FACE
    assert builders.consignment_of(desk, consignment.id) == consignment
    builders.assert_true_ledger(desk, consignment.case_number)


@pytest.mark.parametrize("state", OURS)
def test_while_it_is_our_turn_nobody_is_asked(desk: Desk, state: S) -> None:
    """Not handed over yet, asked of us, on its way back, or done: refused by state, with the states named."""
    consignment = a_consignment(desk, state)

    with refused(desk, "dunning-nothing-awaited") as caught:
        dunning.dun(desk, consignment.id)

    assert "已交寄" in caught.value.why


@pytest.mark.parametrize("mode", ["electronic", "direct_post"])
def test_a_result_that_does_not_come_here_is_not_asked_for(desk: Desk, mode: str) -> None:
    """The office that has decided so has done all that this window waits for."""
    consignment = a_consignment(desk, S.ACCEPTED)
    builders.decided(desk, consignment.id, mode)

    with refused(desk, "dunning-nothing-awaited"):
        dunning.dun(desk, consignment.id)


@pytest.mark.parametrize("kind", ["sent_back", "lost"])
def test_nobody_is_asked_for_an_envelope_that_never_came(desk: Desk, kind: str) -> None:
    """It is back here, or with the carrier: the task comes first."""
    consignment = a_consignment(desk, S.HANDED_OVER)
    troubles.trouble(desk, consignment.envelope or "", kind=kind)

    with refused(desk, "dunning-envelope-astray") as caught:
        dunning.dun(desk, consignment.id)

    assert (consignment.envelope or "?") in caught.value.why


def test_each_letter_is_a_new_one_and_counted(desk: Desk) -> None:
    """The second names the time of the first; letters about another consignment do not count."""
    consignment = a_consignment(desk, S.HANDED_OVER)
    other = a_consignment(desk, S.HANDED_OVER)
    dunning.dun(desk, other.id)

    first, second = dunning.dun(desk, consignment.id), dunning.dun(desk, consignment.id)

    assert (first.ordinal, second.ordinal) == (1, 2)
    assert first.paper.number != second.paper.number
    with desk.reading() as reading:
        assert dunning.letters(reading, consignment.id) == [
            reading.papers.get(first.paper.number),
            reading.papers.get(second.paper.number),
        ]
        seq, _, _ = reading.chain()
        entry = next(e for e in reading.journal_back(seq + 1, 5) if e.act == "print_dunning_letter")
    assert (entry.object, entry.operator) == (consignment.id, "1001")
    assert json.loads(entry.body)["facts"] == {"ordinal": 2, "state": "handed_over"}


def test_a_copy_asks_nobody_anew(desk: Desk) -> None:
    """副本 2 of the first letter is still the first; the next letter is the second."""
    consignment = a_consignment(desk, S.HANDED_OVER)
    first = dunning.dun(desk, consignment.id).paper

    copy = papers.reprint(desk, first.number, reason="jammed")

    assert "此前催办：无" in previews.printed(desk, copy.number)
    assert dunning.dun(desk, consignment.id).ordinal == 2


def test_who_saw_an_older_state_is_told(desk: Desk) -> None:
    """The office has acknowledged meanwhile: what was to be asked is answered."""
    consignment = a_consignment(desk, S.HANDED_OVER)
    builders.acknowledged(desk, consignment.envelope or "")

    with refused(desk, "changed-meanwhile"):
        dunning.dun(replace(desk, seen=consignment.version), consignment.id)


def test_the_cases_number_is_enough_where_there_is_one_consignment(desk: Desk) -> None:
    """Of several the one has to be named."""
    consignment = a_consignment(desk, S.HANDED_OVER)
    two = builders.a_case(desk, offices=2).number

    assert dunning.dun(desk, consignment.case_number).paper.object == consignment.id
    with refused(desk, "consignment-ambiguous"):
        dunning.dun(desk, two)
    with refused(desk, "consignment-not-found"):
        dunning.dun(desk, "nobody")


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLERK, Role.SUPERVISOR}))
def test_only_the_counter_writes_to_offices(desk: Desk, role: Role) -> None:
    """As with every act on a consignment."""
    consignment = a_consignment(desk, S.HANDED_OVER)

    with refused(desk, "wrong-role"):
        dunning.dun(as_role(desk, role), consignment.id)


def test_the_letter_is_scanned_to_its_consignment(desk: Desk) -> None:
    """With the state it has now and the acts possible now: the reply comes by telephone."""
    consignment = a_consignment(desk, S.ACKNOWLEDGED)
    letter = dunning.dun(desk, consignment.id).paper
    home.accept(desk, consignment.id)

    scanned = scanning.scan(desk, letter.number)

    assert (scanned.kind, scanned.object, scanned.state) == ("dunning_letter", consignment.id, "accepted")
    assert scanned.acts == lifecycle.allowed(lifecycle.CONSIGNMENT, "accepted")
