"""运单号: bound one to one, live at most once, not used again for two years, its order out of the way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import builders
from tests.builders import RETURN_WAYBILL, WAYBILL, a_consignment, an_envelope, with_second
from tests.workstation.acts.fake_carrier import FakeCarrier, in_service, later, live_waybills, order_of
from workstation.acts import handover, pools, results, troubles, waiting, waybills
from workstation.acts.desk import Desk
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState
from workstation.domain.mail import OrderState

OTHER = "1136281381676"
#: A number of the pool, and the one after it.
POOLED = ("EA000000005CN", "EA000000014CN")


@pytest.fixture
def envelope(desk: Desk) -> str:
    """A sealed envelope without a waybill."""
    return an_envelope(desk, EnvelopeState.SEALED).number


def test_a_sticker_is_bound_to_its_envelope(desk: Desk, envelope: str) -> None:
    """Who, when and how stand with it; the envelope's journal tells of it."""
    bound = waybills.bind_envelope(desk, envelope, waybill=f" {WAYBILL} ")

    assert (bound.number, bound.leg, bound.object, bound.state) == (WAYBILL, "out", envelope, "live")
    assert (bound.how, bound.bound_by, bound.second) == ("scanned", "1001", None)
    with desk.reading() as reading:
        assert reading.journal_of(envelope)[-1].act == "bind_waybill"


def test_the_envelope_is_known_by_any_of_its_faces(desk: Desk, envelope: str) -> None:
    """The packing list lies at hand as well."""
    listed = builders.paper_of(desk, envelope, "packing_list").number

    assert waybills.bind_envelope(desk, listed, waybill=WAYBILL).object == envelope


def test_the_same_sticker_scanned_again_changes_nothing(desk: Desk, envelope: str) -> None:
    """A second look is not a second waybill."""
    first = waybills.bind_envelope(desk, envelope, waybill=WAYBILL)

    assert waybills.bind_envelope(desk, envelope, waybill=WAYBILL) == first

    assert live_waybills(desk, envelope) == [WAYBILL]


def test_another_sticker_is_refused_unless_it_is_to_be_instead(desk: Desk, envelope: str) -> None:
    """The first was torn: it ends, and stands in the trail."""
    waybills.bind_envelope(desk, envelope, waybill=WAYBILL)
    with builders.refused(desk, "waybill-bound") as caught:
        waybills.bind_envelope(desk, envelope, waybill=OTHER)
    assert WAYBILL in caught.value.why

    waybills.bind_envelope(desk, envelope, waybill=OTHER, instead=True)

    with desk.reading() as reading:
        found = {waybill.number: waybill.state for waybill in reading.waybills.where(object=envelope)}
    assert found == {WAYBILL: "ended", OTHER: "live"}


def test_the_one_it_had_before_may_come_back(desk: Desk, envelope: str) -> None:
    """The clerk had taken the wrong one of two; its own number is nobody else's."""
    waybills.bind_envelope(desk, envelope, waybill=WAYBILL)
    waybills.bind_envelope(desk, envelope, waybill=OTHER, instead=True)

    waybills.bind_envelope(desk, envelope, waybill=WAYBILL, instead=True)

    assert live_waybills(desk, envelope) == [WAYBILL]


def test_a_number_is_live_at_most_once(desk: Desk, envelope: str) -> None:
    """Neither on another envelope nor on the way back of a consignment."""
    waybills.bind_envelope(desk, envelope, waybill=WAYBILL)
    other = an_envelope(desk, EnvelopeState.SEALED).number
    consignment = a_consignment(desk, ConsignmentState.DECIDED)

    with builders.refused(desk, "waybill-in-use"):
        waybills.bind_envelope(desk, other, waybill=WAYBILL)
    with builders.refused(desk, "waybill-in-use"):
        results.result_return(desk, consignment.id, waybill=WAYBILL)

    assert live_waybills(desk, envelope) == [WAYBILL]


def test_a_number_is_not_used_again_within_two_years(desk: Desk, envelope: str) -> None:
    """Old stickers turn up in drawers (UPU S10 recommends 24 months)."""
    waybills.bind_envelope(desk, envelope, waybill=WAYBILL)
    builders.handed_over(desk, envelope)
    builders.acknowledged(desk, envelope)
    other = an_envelope(desk, EnvelopeState.SEALED).number

    later(desk, 729 * 24 * 60)
    with builders.refused(desk, "waybill-used-before") as caught:
        waybills.bind_envelope(desk, other, waybill=WAYBILL)
    assert envelope in caught.value.why

    later(desk, 3 * 24 * 60)
    assert waybills.bind_envelope(desk, other, waybill=WAYBILL).state == "live"


@pytest.mark.parametrize("state", [EnvelopeState.VOID, EnvelopeState.OPENED, EnvelopeState.SENT_BACK])
def test_an_envelope_that_is_not_on_its_way_gets_no_waybill(desk: Desk, state: EnvelopeState) -> None:
    """The wrong one was scanned."""
    gone = an_envelope(desk, state).number

    with builders.refused(desk, "envelope-not-bindable"):
        waybills.bind_envelope(desk, gone, waybill=WAYBILL)


@pytest.mark.parametrize("number", ["12", "113628138167A", "EA000000006CN", ""])
def test_what_is_no_waybill_is_refused(desk: Desk, envelope: str, number: str) -> None:
    """Thirteen digits, or S10 with its check digit."""
    with builders.refused(desk, "waybill-unknown-form"):
        waybills.bind_envelope(desk, envelope, waybill=number)


def test_a_typed_number_needs_a_second_person(desk: Desk, envelope: str) -> None:
    """Thirteen digits have no check digit (design §5)."""
    with builders.refused(desk, "second-needed"):
        waybills.bind_envelope(desk, envelope, waybill=WAYBILL, how="typed")

    bound = waybills.bind_envelope(with_second(desk), envelope, waybill=WAYBILL, how="typed")

    assert (bound.how, bound.second) == ("typed", "2002")


def test_a_typed_number_waits_in_a_hall_with_one_clerk(lonely: Desk) -> None:
    """Who confirms binds it, instead of the one that was there."""
    envelope = an_envelope(lonely, EnvelopeState.SEALED).number
    waybills.bind_envelope(lonely, envelope, waybill=WAYBILL)
    with pytest.raises(waiting.Waits) as caught:
        waybills.bind_envelope(lonely, envelope, waybill=OTHER, how="typed", instead=True)
    assert live_waybills(lonely, envelope) == [WAYBILL]

    waiting.confirm(builders.at(lonely, "2001"), caught.value.waiting.id)

    assert live_waybills(lonely, envelope) == [OTHER]


def test_only_scanned_and_typed_are_a_persons_words(desk: Desk, envelope: str) -> None:
    """`order` and `pool` are the machine's own."""
    with builders.refused(desk, "code-unknown"):
        waybills.bind_envelope(desk, envelope, waybill=WAYBILL, how="order")


def test_who_saw_another_version_is_told_so(desk: Desk, envelope: str) -> None:
    """The envelope was handed over meanwhile."""
    seen = builders.envelope_of(desk, envelope).version
    builders.handed_over(desk, envelope)

    with builders.refused(desk, "changed-meanwhile"):
        waybills.bind_envelope(replace(desk, seen=seen), envelope, waybill=WAYBILL)


def test_scanned_with_the_envelope_into_the_batch_it_is_bound_as_well(desk: Desk, envelope: str) -> None:
    """Envelope first, sticker after it; a second sticker is refused."""
    batch = handover.open_batch(desk, builders.badge(desk)).number
    face = builders.paper_of(desk, envelope, "envelope").number
    handover.scan_envelope(desk, batch, face=face)

    handover.scan_envelope(desk, batch, face=face, waybill=WAYBILL)

    with builders.refused(desk, "waybill-bound"):
        handover.scan_envelope(desk, batch, face=face, waybill=OTHER)
    assert live_waybills(desk, envelope) == [WAYBILL]


def test_a_sticker_in_the_batch_takes_the_orders_place(desk: Desk) -> None:
    """The internet is away and the courier is here."""
    in_service(desk)
    envelope = an_envelope(desk, EnvelopeState.SEALED).number
    batch = handover.open_batch(desk, builders.badge(desk)).number

    handover.scan_envelope(desk, batch, face=envelope, waybill=WAYBILL)

    assert order_of(desk, envelope).state == OrderState.DROPPED


def test_the_label_of_the_order_itself_leaves_the_order_alone(desk: Desk) -> None:
    """The courier scans what the carrier printed."""
    in_service(desk)
    envelope = an_envelope(desk, EnvelopeState.SEALED).number
    FakeCarrier().orderer().round(desk)
    batch = handover.open_batch(desk, builders.badge(desk)).number

    handover.scan_envelope(desk, batch, face=envelope, waybill="1190000000001")

    assert order_of(desk, envelope).state == OrderState.PLACED
    assert live_waybills(desk, envelope) == ["1190000000001"]


def test_a_number_of_the_pool_is_used_up_by_its_sticker(desk: Desk, envelope: str) -> None:
    """Bound to this envelope; void ones and those of others are refused, its own may come back."""
    supervisor = builders.as_role(desk, "supervisor")
    pools.import_list(supervisor, "\n".join(POOLED))
    pools.spend(supervisor, POOLED[1])

    waybills.bind_envelope(desk, envelope, waybill=POOLED[0])
    with builders.refused(desk, "waybill-spent"):
        waybills.bind_envelope(desk, envelope, waybill=POOLED[1], instead=True)
    waybills.bind_envelope(desk, envelope, waybill=WAYBILL, instead=True)
    waybills.bind_envelope(desk, envelope, waybill=POOLED[0], instead=True)

    assert live_waybills(desk, envelope) == [POOLED[0]]
    with desk.reading() as reading:
        number = reading.pool_numbers.get(POOLED[0])
    assert number is not None
    assert (number.state, number.object) == ("bound", envelope)


def test_a_result_that_comes_without_the_prepaid_label_is_followed_by_its_own(desk: Desk) -> None:
    """The home office used a waybill of its own; the label in the envelope ends unused."""
    in_service(desk, with_return=True)
    consignment = a_consignment(desk, ConsignmentState.SEALED)
    FakeCarrier().orderer().round(desk)
    assert live_waybills(desk, consignment.id) == ["1190000000002"]
    builders.advance(desk, consignment.id, ConsignmentState.DECIDED)

    results.result_return(desk, consignment.id, waybill=RETURN_WAYBILL)

    assert live_waybills(desk, consignment.id) == [RETURN_WAYBILL]


def test_the_prepaid_label_itself_stays_bound(desk: Desk) -> None:
    """The home office reads its number on the telephone, or nobody names one at all."""
    in_service(desk, with_return=True)
    consignments = [a_consignment(desk, ConsignmentState.SEALED) for _ in range(2)]
    FakeCarrier().orderer().round(desk)
    for consignment in consignments:
        builders.advance(desk, consignment.id, ConsignmentState.DECIDED)

    results.result_return(desk, consignments[0].id, waybill="1190000000002")
    results.result_return(desk, consignments[1].id)

    assert live_waybills(desk, consignments[0].id) == ["1190000000002"]
    assert live_waybills(desk, consignments[1].id) == ["1190000000004"]


@pytest.mark.parametrize("kind", ["sent_back", "lost"])
def test_a_waybill_ends_with_its_envelopes_way(desk: Desk, envelope: str, kind: str) -> None:
    """What came back or was lost travels no more."""
    waybills.bind_envelope(desk, envelope, waybill=WAYBILL)
    builders.handed_over(desk, envelope)

    troubles.trouble(desk, envelope, kind=kind)

    assert live_waybills(desk, envelope) == []
