"""The tables of the life cycle: every state is known, reached and left, and the questions asked of them."""

from __future__ import annotations

from enum import StrEnum

import pytest

from workstation.domain import lifecycle
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import BatchState, EnvelopeState
from workstation.domain.lifecycle import ALL, NOTHING, Edge
from workstation.domain.mail import OrderState
from workstation.domain.printing import PrintState

STATES: dict[str, type[StrEnum]] = {
    "cases": CaseState,
    "consignments": ConsignmentState,
    "envelopes": EnvelopeState,
    "batches": BatchState,
    "print_jobs": PrintState,
    "mail_orders": OrderState,
}
#: Where each kind of record ends.
LAST = {
    "cases": {CaseState.DECLINED, CaseState.GUIDED, CaseState.CLOSED},
    "consignments": {ConsignmentState.DONE},
    "envelopes": {EnvelopeState.OPENED, EnvelopeState.VOID},
    "batches": {BatchState.CLOSED},
    "print_jobs": {PrintState.PRINTED, PrintState.CANCELED},
    "mail_orders": {OrderState.DROPPED, OrderState.CANCELED},
}


@pytest.mark.parametrize("table", ALL)
def test_states_are_those_of_the_record(table: str) -> None:
    """No edge names a state that the record does not have, and no state is without an edge."""
    named = {state for edge in ALL[table] for state in (edge.state, edge.to)}

    assert named == {NOTHING, *STATES[table]}


@pytest.mark.parametrize("table", ALL)
def test_every_state_is_reached_from_nothing(table: str) -> None:
    """There is a way to each of them."""
    reached = {NOTHING}
    while more := {edge.to for edge in ALL[table] if edge.state in reached} - reached:
        reached |= more

    assert reached == {NOTHING, *STATES[table]}


@pytest.mark.parametrize("table", ALL)
def test_only_last_states_have_no_act(table: str) -> None:
    """A record is never stuck in a state that is not an end."""
    stuck = {state for state in STATES[table] if not lifecycle.allowed(ALL[table], state)}

    assert stuck == LAST[table]


@pytest.mark.parametrize("table", ALL)
def test_nothing_comes_back_to_nothing(table: str) -> None:
    """What exists is never unmade, and each kind has exactly one beginning."""
    beginnings = {edge.to for edge in ALL[table] if edge.state == NOTHING}

    assert NOTHING not in {edge.to for edge in ALL[table]}
    assert len(beginnings) == 1


@pytest.mark.parametrize("table", ALL)
def test_no_edge_stands_twice(table: str) -> None:
    """State, act and next state say which edge it is."""
    edges = [(edge.state, edge.act, edge.to) for edge in ALL[table]]

    assert len(edges) == len(set(edges))


def test_an_act_with_two_outcomes_says_when() -> None:
    """Where one act leads to several states, each edge carries its guard, or the act's own argument tells."""
    for table in ALL.values():
        for edge in table:
            if len(lifecycle.outcomes(table, edge.state, edge.act)) > 1 and edge.act != "trouble":
                assert edge.guard, edge


TABLE = (
    Edge("", "begin", "a"),
    Edge("a", "stay", "a"),
    Edge("a", "go", "b", "if so"),
    Edge("a", "go", "c", "otherwise"),
    Edge("b", "go", "c"),
)


def test_outcomes_of_an_act() -> None:
    """Every state it may lead to; none where it is not possible."""
    assert lifecycle.outcomes(TABLE, "a", "go") == {"b", "c"}
    assert lifecycle.outcomes(TABLE, "c", "go") == frozenset()
    assert lifecycle.outcomes(TABLE, "", "begin") == {"a"}


def test_acts_allowed_in_a_state() -> None:
    """Each once, in the order of the table."""
    assert lifecycle.allowed(TABLE, "a") == ("stay", "go")
    assert lifecycle.allowed(TABLE, "c") == ()


def test_states_an_act_is_possible_in() -> None:
    """For the sentence that refuses it elsewhere."""
    assert lifecycle.states_for(TABLE, "go") == ("a", "b")
    assert lifecycle.states_for(TABLE, "fly") == ()
