"""Each trouble by its name: what it does to envelope, office and other tasks; the office is asked anew."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from tests import builders
from tests.builders import a_consignment, an_envelope, refused
from workstation.acts import offers, offices, packing, results, sealing, tasks, troubles, viewing
from workstation.acts.desk import Desk
from workstation.domain.case import Holder
from workstation.domain.consignment import Consignment, ConsignmentState
from workstation.domain.envelope import EnvelopeState
from workstation.store.statements import offices as sql

DOUBTFUL = ("sent_back", "mail_refused", "address_changed")


@pytest.fixture
def envelope(desk: Desk) -> str:
    """The number of an envelope on its way."""
    return an_envelope(desk, EnvelopeState.HANDED_OVER).number


def consignment_in(desk: Desk, envelope: str) -> Consignment:
    """What is in it."""
    return builders.consignments_in(desk, envelope)[0]


@pytest.mark.parametrize("kind", troubles.BACK_HERE)
def test_what_is_back_is_in_the_clerks_hands_under_its_reason(desk: Desk, envelope: str, kind: str) -> None:
    """One task of that name; it is resolved like whatever came back."""
    back = troubles.trouble(desk, envelope, kind=kind, text="外皮有水渍")

    (task,) = tasks.listed(desk)
    assert (back.state, back.reason, back.holder) == (EnvelopeState.SENT_BACK, kind, Holder.CLERK)
    assert (task.id, task.kind, task.note) == (f"{envelope}-{kind}", kind, "外皮有水渍")
    opened = troubles.resolve(desk, envelope, outcome="repack")
    assert (opened.state, tasks.listed(desk)) == (EnvelopeState.OPENED, [])
    builders.assert_true_ledger(desk, consignment_in(desk, envelope).case_number)


@pytest.mark.parametrize("kind", troubles.BACK_HERE)
def test_an_office_is_locked_by_what_puts_its_address_in_doubt(desk: Desk, envelope: str, kind: str) -> None:
    """Sent back, refused, address changed; not by a stop of our own or by water."""
    troubles.trouble(desk, envelope, kind=kind)
    troubles.resolve(desk, envelope, outcome="repack")
    consignment = consignment_in(desk, envelope)

    if kind not in DOUBTFUL:
        assert packing.pack(desk, [consignment.id]).number != envelope
        return
    with refused(desk, "office-locked") as caught:
        packing.pack(desk, [consignment.id])
    offices.verify(desk, consignment.office_code)

    assert "office verify" in caught.value.next
    assert packing.pack(desk, [consignment.id]).number != envelope


def test_a_locked_office_seals_nothing(desk: Desk, envelope: str) -> None:
    """An envelope packed before the other came back waits too; footer and act say why."""
    other = an_envelope(desk).number
    case = consignment_in(desk, other).case_number
    troubles.trouble(desk, envelope, kind="mail_refused")
    face, listed = (builders.paper_of(desk, other, kind).number for kind in ("envelope", "packing_list"))

    with refused(desk, "office-locked"):
        sealing.seal(desk, face, listed, place="A-01", no_secret=True)
    offered = {o.act: o.why_not for o in offers.of_case(desk, viewing.case_file(desk, case))}
    offices.verify(desk, consignment_in(desk, other).office_code)

    assert "重新核实" in (offered["seal"] or "")
    assert sealing.seal(desk, face, listed, place="A-01", no_secret=True).state == EnvelopeState.SEALED


def test_a_date_from_before_does_not_unlock(desk: Desk, envelope: str) -> None:
    """What somebody asked last month says nothing about today."""
    office = consignment_in(desk, envelope).office_code
    troubles.trouble(desk, envelope, kind="sent_back")
    troubles.resolve(desk, envelope, outcome="repack")

    offices.verify(desk, office, on="2026-11-01")

    with refused(desk, "office-locked"):
        packing.pack(desk, [consignment_in(desk, envelope).id])


def test_what_came_back_is_found_by_an_index(desk: Desk) -> None:
    """Through the few tasks of these kinds, and the envelopes by their number."""
    statement = f"EXPLAIN QUERY PLAN {sql.CAME_BACK}"
    with desk.act("verify_office") as work:
        steps = [line["detail"] for line in work.lines(statement, office="450101-police")]

    assert "INDEX tasks_by_kind (hall=? AND kind=?)" in steps[0]
    assert not any(step.startswith("SCAN") for step in steps)


def test_another_office_is_not_locked(desk: Desk, envelope: str) -> None:
    """Only the one it came back from."""
    troubles.trouble(desk, envelope, kind="sent_back")
    other = a_consignment(desk, offices=(builders.an_office(2),))

    assert packing.pack(desk, [other.id]).office_code == "450102-police"


def test_the_new_envelope_goes_to_where_the_office_was_found(desk: Desk, envelope: str) -> None:
    """What the directory says after the call is on the face; the void one keeps what it said."""
    troubles.trouble(desk, envelope, kind="sent_back")
    troubles.resolve(desk, envelope, outcome="repack")
    consignment = consignment_in(desk, envelope)
    moved = msgspec.structs.replace(
        builders.an_office(), address="示例市新区新路 8 号", verified_on="2026-11-20"
    )
    offices.change(builders.at(desk, "2001"), moved)
    offices.verify(desk, consignment.office_code)

    again = packing.pack(desk, [consignment.id])

    assert again.office_address == "示例市新区新路 8 号"
    assert builders.consignment_of(desk, consignment.id).office_address == again.office_address
    assert builders.envelope_of(desk, envelope).office_address == consignment.office_address
    builders.assert_true_ledger(desk, consignment.case_number)


def test_where_nothing_came_back_the_address_stays_as_registered(desk: Desk) -> None:
    """A consignment has copied its address, and nobody has put it in doubt."""
    consignment = a_consignment(desk)
    moved = msgspec.structs.replace(builders.an_office(), address="示例市新区新路 8 号")
    offices.change(builders.at(desk, "2001"), moved)

    assert packing.pack(desk, [consignment.id]).office_address == consignment.office_address


@pytest.mark.parametrize("state", [EnvelopeState.HANDED_OVER, EnvelopeState.OPENED])
def test_wrong_contents_are_a_task_and_move_nothing(desk: Desk, state: EnvelopeState) -> None:
    """The home office has the envelope; the papers at risk are those inside."""
    before = an_envelope(desk, state)

    after = troubles.trouble(desk, before.number, kind="wrong_contents", text="装了别人的材料")

    (task,) = tasks.listed(desk)
    assert after == before
    assert (task.kind, task.object) == ("wrong_contents", before.number)
    assert len(tasks.at_risk(desk, task.id)) == 3
    builders.assert_true_ledger(desk, consignment_in(desk, before.number).case_number)


@pytest.mark.parametrize("state", [EnvelopeState.OPEN, EnvelopeState.SEALED, EnvelopeState.VOID])
def test_wrong_contents_are_told_by_who_has_them(desk: Desk, state: EnvelopeState) -> None:
    """What lies here is opened here."""
    number = an_envelope(desk, state).number

    with refused(desk, "envelope-not-with-home-office"):
        troubles.trouble(desk, number, kind="wrong_contents")


def test_what_the_clerk_saw_counts(desk: Desk, envelope: str) -> None:
    """Of wrong contents too: another version is refused."""
    with refused(desk, "changed-meanwhile"):
        troubles.trouble(replace(desk, seen=1), envelope, kind="wrong_contents")


def test_what_the_carrier_told_is_answered_by_our_own_account(desk: Desk, envelope: str) -> None:
    """One task goes on, under the name the carrier gave it; the others are done."""
    with desk.carrying_out("take_events") as work:
        for kind in ("mail_returning", "intercepted", "signing_alarm"):
            tasks.open_once(work, kind=kind, object_=envelope)

    troubles.trouble(desk, envelope, kind="intercepted", text="我方要求截回")

    with desk.reading() as reading:
        found = {task.kind: (task.state, task.outcome) for task in reading.tasks.where(object=envelope)}
    (going_on,) = tasks.listed(desk)
    assert (going_on.id, going_on.note) == (f"{envelope}-intercepted", "我方要求截回")
    assert found["mail_returning"] == found["signing_alarm"] == ("done", "trouble")
    troubles.resolve(desk, envelope, outcome="repack")
    assert tasks.listed(desk) == []


def test_the_right_task_is_ended_among_others(desk: Desk, envelope: str) -> None:
    """What else is open about the envelope stays open."""
    with desk.carrying_out("take_events") as work:
        tasks.open_once(work, kind="damaged_inside", object_=envelope)
    troubles.trouble(desk, envelope, kind="sent_back")

    troubles.resolve(desk, envelope, outcome="repack")

    assert [task.kind for task in tasks.listed(desk)] == ["damaged_inside"]


@pytest.mark.parametrize(("kind", "outcome"), [("sent_back", "repack"), ("lost", "claim")])
def test_the_label_for_the_way_back_was_inside(desk: Desk, kind: str, outcome: str) -> None:
    """It ends with the envelope, so that the next one may get another; a supplement takes none along."""
    consignment = a_consignment(desk, ConsignmentState.HANDED_OVER)
    results.expect_return(desk, consignment.id, waybill=builders.RETURN_WAYBILL)
    troubles.trouble(desk, consignment.envelope or "", kind=kind)

    troubles.resolve(desk, consignment.envelope or "", outcome=outcome)

    with desk.reading() as reading:
        (label,) = reading.waybills.where(object=consignment.id)
    assert label.state == "ended"


def test_a_supplement_that_comes_back_leaves_the_label_alone(desk: Desk) -> None:
    """The home office has it since the first envelope."""
    number = an_envelope(desk, EnvelopeState.HANDED_OVER, purpose="supplement").number
    consignment = consignment_in(desk, number)
    results.expect_return(desk, consignment.id, waybill=builders.RETURN_WAYBILL)
    troubles.trouble(desk, number, kind="sent_back")

    troubles.resolve(desk, number, outcome="repack")

    with desk.reading() as reading:
        (label,) = reading.waybills.where(object=consignment.id)
    assert label.state == "live"
