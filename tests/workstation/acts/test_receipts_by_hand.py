"""属地签收 without the code: a named person says so by a named way, and both are kept."""

from __future__ import annotations

import json

import pytest

from tests import builders
from tests.builders import an_envelope, as_role, paper_of, refused
from workstation.acts import contacts, packing, receipts
from workstation.acts.desk import Desk
from workstation.domain.case import Holder
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState
from workstation.domain.roles import Role

PERSON = "欧阳示例科长"


@pytest.fixture
def envelope(desk: Desk) -> str:
    """The number of an envelope that is on its way."""
    return an_envelope(desk, EnvelopeState.HANDED_OVER).number


@pytest.mark.parametrize("channel", contacts.CHANNELS)
def test_the_word_of_a_named_person_closes_the_leg(desk: Desk, envelope: str, channel: str) -> None:
    """As the code would; that it was by hand is told by the consignment, who it was by a contact."""
    opened = receipts.acknowledge_by_hand(desk, envelope, person=PERSON, channel=channel)

    (consignment,) = builders.consignments_in(desk, envelope)
    (contact,) = contacts.listed(desk, consignment.case_number)
    assert (opened.state, opened.holder) == (EnvelopeState.OPENED, Holder.HOME_OFFICE)
    assert (consignment.state, consignment.acknowledged_how) == (ConsignmentState.ACKNOWLEDGED, "hand")
    assert consignment.acknowledged_at == opened.changed_at
    assert (contact.who, contact.channel, contact.outcome) == ("home_office", channel, "reached")
    assert (contact.by, contact.at, contact.note) == (
        "1001",
        opened.changed_at,
        f"属地签收，答复人：{PERSON}",
    )
    builders.assert_true_ledger(desk, consignment.case_number)


def test_the_journal_knows_no_name(desk: Desk, envelope: str) -> None:
    """It tells the act, the way and the counts."""
    receipts.acknowledge_by_hand(desk, envelope, person=PERSON, channel="letter", rows="1损")

    with desk.reading() as reading:
        entry = reading.journal_of(envelope)[-1]
    facts = json.loads(entry.body)["facts"]
    assert (entry.act, entry.object, entry.operator) == ("acknowledge_by_hand", envelope, "1001")
    assert (facts["channel"], facts["damaged_inside"], facts["missing_inside"]) == ("letter", 1, 0)
    assert "欧阳" not in entry.body


def test_any_face_of_the_envelope_names_it(desk: Desk, envelope: str) -> None:
    """The clerk has the list's copy or the envelope's number before them."""
    listed = paper_of(desk, envelope, "packing_list").number

    assert receipts.acknowledge_by_hand(desk, listed, person=PERSON, channel="phone").number == envelope


def test_the_rows_are_ticked_as_with_the_code(desk: Desk, envelope: str) -> None:
    """What is missing is a task, and waits to be supplied anew."""
    missing = receipts.listed_in(desk, envelope).rows[0]

    receipts.acknowledge_by_hand(desk, envelope, person=PERSON, channel="phone", rows="1缺")

    with desk.reading() as reading:
        (task,) = reading.tasks.where(object=envelope, state="open")
    assert (task.kind, task.note) == ("missing_inside", missing.id)
    assert [row.row_id for row in builders.open_rows(desk, missing.case_number)] == [missing.row_id]
    builders.assert_true_ledger(desk, missing.case_number)


def test_each_case_in_the_envelope_has_the_contact(desk: Desk) -> None:
    """Whoever looks at one of them reads who has said so; later tries are counted on."""
    cases = [builders.a_case(desk).number for _ in range(2)]
    contacts.add(desk, cases[0], who="applicant", outcome="no_answer")
    number = packing.pack(desk, cases).number
    builders.sealed(desk, number)
    builders.handed_over(desk, number)

    receipts.acknowledge_by_hand(desk, number, person=PERSON, channel="phone")

    noted = [contacts.listed(desk, case)[-1].id for case in cases]
    assert noted == [f"{cases[0]}-c0002", f"{cases[1]}-c0001"]
    assert contacts.add(desk, cases[1], who="applicant", outcome="reached").id == f"{cases[1]}-c0002"
    builders.assert_true_ledger(desk, *cases)


@pytest.mark.parametrize(
    ("code", "person", "channel"),
    [
        ("code-unknown", PERSON, "hearsay"),
        ("code-unknown", PERSON, "slip"),
        ("plain-text-empty", "  ", "phone"),
        ("plain-text-control", "王\x1b科长", "phone"),
    ],
)
def test_nobody_and_hearsay_close_nothing(
    desk: Desk, envelope: str, code: str, person: str, channel: str
) -> None:
    """A person is named, and a way by which one speaks to a person."""
    with refused(desk, code):
        receipts.acknowledge_by_hand(desk, envelope, person=person, channel=channel)


@pytest.mark.parametrize("state", sorted(set(EnvelopeState) - {EnvelopeState.HANDED_OVER}))
def test_only_what_is_on_its_way_is_acknowledged(desk: Desk, state: EnvelopeState) -> None:
    """Neither before it has left nor twice, nor after it came back or was lost."""
    number = an_envelope(desk, state).number

    with refused(desk, "wrong-state"):
        receipts.acknowledge_by_hand(desk, number, person=PERSON, channel="phone")


def test_it_is_an_act_of_the_counter(desk: Desk, envelope: str) -> None:
    """Nobody else speaks with home offices; an envelope that does not exist has not arrived."""
    for role in sorted(set(Role) - {Role.CLERK, Role.SUPERVISOR}):
        with refused(desk, "wrong-role"):
            receipts.acknowledge_by_hand(as_role(desk, role), envelope, person=PERSON, channel="phone")
    with refused(desk, "envelope-not-found"):
        receipts.acknowledge_by_hand(desk, "nobody", person=PERSON, channel="phone")
