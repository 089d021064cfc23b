"""属地签收: only the code of the slip that travelled inside closes the outward leg."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from tests import builders
from tests.builders import a_case, an_envelope, an_office, paper_of, refused
from tests.workstation.acts.scenes import NO_SLIP
from workstation.acts import packing, papers, receipts
from workstation.acts.desk import Desk
from workstation.domain.case import Holder
from workstation.domain.codes import short_form
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState

OFFICE = an_office().code


@pytest.fixture
def envelope(desk: Desk) -> str:
    """The number of an envelope that is on its way."""
    return an_envelope(desk, EnvelopeState.HANDED_OVER).number


@pytest.fixture
def slip(desk: Desk, envelope: str) -> str:
    """The number on its reply slip."""
    return paper_of(desk, envelope, "reply_slip").number


@pytest.mark.parametrize("channel", receipts.CHANNELS)
def test_the_slips_code_closes_the_leg(desk: Desk, envelope: str, slip: str, channel: str) -> None:
    """Envelope and pieces are the home office's; how it was told is kept."""
    opened = receipts.acknowledge(desk, slip, channel=channel)

    (consignment,) = builders.consignments_in(desk, envelope)
    assert (opened.state, opened.holder, opened.holder_ref) == (
        EnvelopeState.OPENED,
        Holder.HOME_OFFICE,
        OFFICE,
    )
    assert consignment.state == ConsignmentState.ACKNOWLEDGED
    assert (consignment.acknowledged_how, consignment.acknowledged_at) == (channel, opened.changed_at)
    builders.assert_true_ledger(desk, consignment.case_number)


def test_a_code_may_be_said_in_groups(desk: Desk, envelope: str, slip: str) -> None:
    """Blanks, dashes and full-width digits are how a code is read out and typed."""
    said = f"{slip[:4]}-{slip[4:10]} {slip[10:]}".translate({ord("0") + d: 0xFF10 + d for d in range(10)})

    assert receipts.acknowledge(desk, said, channel="phone").state == EnvelopeState.OPENED


def test_the_short_form_is_enough_with_the_office(desk: Desk, envelope: str, slip: str) -> None:
    """Five digits and the office's code find the one envelope that is awaited there."""
    with refused(desk, "office-missing"):
        receipts.acknowledge(desk, short_form(slip), channel="phone")
    with refused(desk, "reply-code-unknown"):
        receipts.acknowledge(desk, short_form(slip), channel="phone", office="110101-police")

    assert receipts.acknowledge(desk, short_form(slip), channel="phone", office=OFFICE).number == envelope


def test_a_short_form_that_fits_two_envelopes_fits_none(desk: Desk) -> None:
    """Serials begin anew at each window: of the first slips of eleven windows two end alike."""
    ends = Counter(short_form(first_slip(replace(desk, window=window))) for window in range(1, 12))
    said, count = ends.most_common(1)[0]

    with refused(desk, "reply-code-unknown") as caught:
        receipts.acknowledge(desk, said, channel="phone", office=OFFICE)

    assert count > 1
    assert "不止一个" in caught.value.why


def first_slip(desk: Desk) -> str:
    """The reply slip of an envelope that was handed over at this window."""
    return paper_of(desk, an_envelope(desk, EnvelopeState.HANDED_OVER).number, "reply_slip").number


def test_what_has_arrived_does_not_arrive_again(desk: Desk, envelope: str, slip: str) -> None:
    """Neither by the number nor by the short form."""
    receipts.acknowledge(desk, slip, channel="phone")

    with refused(desk, "wrong-state"):
        receipts.acknowledge(desk, slip, channel="phone")
    with refused(desk, "reply-code-unknown"):
        receipts.acknowledge(desk, short_form(slip), channel="phone", office=OFFICE)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("code-length", ""),
        ("code-length", "1234"),
        ("code-characters", "收到了谢谢"[:4]),
        ("code-check-digit", "53501021012632400010"),
        ("paper-not-found", NO_SLIP),
        ("reply-code-unknown", "abcde"),
    ],
)
def test_what_is_no_code_acknowledges_nothing(desk: Desk, envelope: str, code: str, said: str) -> None:
    """Each mishearing is refused by its own name."""
    with refused(desk, code):
        receipts.acknowledge(desk, said, channel="phone", office=OFFICE)


def test_only_the_slip_acknowledges(desk: Desk, envelope: str) -> None:
    """The face is read by anybody who carries the envelope; the slip only by who has opened it."""
    with refused(desk, "paper-wrong-kind"):
        receipts.acknowledge(desk, envelope, channel="phone")


def test_the_channel_is_coded(desk: Desk, slip: str) -> None:
    """Telephone, fax, photo or the slip itself."""
    with refused(desk, "code-unknown"):
        receipts.acknowledge(desk, slip, channel="hearsay")


def test_a_slip_replaced_by_a_reprint_does_not_acknowledge(desk: Desk) -> None:
    """The slip that lies inside is the reprinted one."""
    number = an_envelope(desk).number
    former = paper_of(desk, number, "reply_slip").number
    papers.reprint(desk, former, reason="damaged")
    builders.sealed(desk, number)
    builders.handed_over(desk, number)

    with refused(desk, "paper-void"):
        receipts.acknowledge(desk, former, channel="phone")

    assert builders.acknowledged(desk, number).state == EnvelopeState.OPENED


def test_one_slip_acknowledges_all_cases_in_the_envelope(desk: Desk) -> None:
    """Several cases to one office arrive together."""
    cases = [a_case(desk).number for _ in range(2)]
    number = packing.pack(desk, cases).number
    builders.sealed(desk, number)
    builders.handed_over(desk, number)

    builders.acknowledged(desk, number)

    states = {builders.consignment_of(desk, case).state for case in cases}
    assert states == {ConsignmentState.ACKNOWLEDGED}
    builders.assert_true_ledger(desk, *cases)
