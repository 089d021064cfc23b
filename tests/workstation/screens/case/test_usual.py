"""Keys and table together offer every act there is, and what comes next is something that can be done."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import builders
from workstation.acts import offers
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState
from workstation.policies import RatingPolicy
from workstation.screens.case import sight, usual
from workstation.screens.case.further import FURTHER, choices
from workstation.screens.case.identity import IDENTIFY

#: Printed and signed where the row is reviewed.
AT_THE_REVIEW = {"print_pledge", "sign_pledge"}


def test_every_act_of_a_case_is_behind_a_key_or_in_the_table() -> None:
    """What the life cycle knows can be reached from here."""
    known = {*offers.OF_CASE, *offers.OF_CONSIGNMENT, *offers.OF_ENVELOPE, *sight.BESIDE}
    behind = {act for acts in usual.BEHIND.values() for act in acts}
    table = {further.act for further in FURTHER} | {"record_grade", "reprint", IDENTIFY.act}

    assert known <= behind | table | AT_THE_REVIEW
    assert not (behind & table) - {"identify"}


@pytest.mark.parametrize("state", [*CaseState, *ConsignmentState])
def test_the_next_step_is_possible_and_its_key_lit(desk: Desk, state: str) -> None:
    """In whatever state; a case that has left has none."""
    if state in list(CaseState):
        number = builders.a_case(desk, state).number
    else:
        number = builders.a_consignment(desk, state).case_number
    there = sight.look(desk, number)

    step = usual.next_step(there)

    if state in (CaseState.DECLINED, CaseState.GUIDED, CaseState.WITHDRAWN, CaseState.CLOSED):
        assert step is None
    else:
        assert step is not None
        assert usual.why_not(there, step.does) is None


def test_without_a_consignment_nothing_is_sealed(desk: Desk) -> None:
    """An item that is done elsewhere has no envelope, and the keys say so."""
    there = sight.look(desk, builders.a_case(desk, CaseState.REGISTERED).number)
    bare = replace(there, offers=tuple(o for o in there.offers if o.object == there.case.number))

    assert usual.why_not(bare, "seal") == "本办件没有要寄的送件"
    assert usual.why_not(bare, "hand_over") == "还没有封装好的封套"


def test_a_lost_envelope_is_dealt_with_by_the_table(desk: Desk) -> None:
    """Listed among the possible ones, before those that are not."""
    envelope = builders.an_envelope(desk, EnvelopeState.LOST)
    (consignment,) = builders.consignments_in(desk, envelope.number)
    found = choices(sight.look(desk, consignment.case_number), RatingPolicy())

    possible = [act.act for act, target in found if target.why_not is None]

    assert "resolve" in possible
    assert [act.act for act, _ in found][: len(possible)] == possible
    (target,) = [target for act, target in found if act.act == "resolve"]
    assert (target.object, target.version) == (envelope.number, envelope.version)


def test_of_two_offices_each_is_named(desk: Desk) -> None:
    """受理通知书 is for one of them; a case with one office needs no name."""
    two = sight.look(desk, builders.a_case(desk, offices=2).number)
    one = sight.look(desk, builders.a_case(desk).number)

    names = [t.name for act, t in choices(two, RatingPolicy()) if act.act == "issue_acceptance"]

    assert names == ["示例市第1公安局示例派出所", "示例市第2公安局示例派出所"]
    assert [t.name for act, t in choices(one, RatingPolicy()) if act.act == "issue_acceptance"] == [""]


def test_an_envelope_dealt_with_meanwhile_does_not_break_its_form(desk: Desk) -> None:
    """Chosen while it was lost, asked about when it is gone: every outcome is offered, the act decides."""
    envelope = builders.an_envelope(desk, EnvelopeState.LOST)
    (consignment,) = builders.consignments_in(desk, envelope.number)
    there = sight.look(desk, consignment.case_number)
    (resolve,) = [act for act in FURTHER if act.act == "resolve"]

    (asked,) = resolve.forms[0](there, envelope.number, {})
    (gone,) = resolve.forms[0](replace(there, envelopes=()), envelope.number, {})

    assert set(asked.codes) == {"claim"}
    assert set(gone.codes) == {"repack", "withdrawal", "claim"}
