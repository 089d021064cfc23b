"""领取码: five digits while a result waits; found by scan and search, never instead of the identity check."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_10

from tests import builders
from tests.builders import a_consignment, refused
from tests.engines import HALL
from workstation.acts import departures, home, pickup_codes, results, scanning, searching, service, viewing
from workstation.acts.desk import Desk
from workstation.domain import codes, scans
from workstation.domain.codes import HallCode
from workstation.domain.consignment import Consignment, ConsignmentState
from workstation.domain.scans import PickupCode, Unknown


@pytest.fixture
def waiting(desk: Desk) -> Consignment:
    """A consignment whose result has come."""
    return a_consignment(desk, ConsignmentState.RESULT_ARRIVED)


def code_of(consignment: Consignment) -> str:
    """Its code."""
    assert consignment.pickup_code is not None
    return consignment.pickup_code


@given(st.integers(0, codes.LAST_PICKUP))
def test_a_code_is_four_digits_and_their_check(serial: int) -> None:
    """ISO 7064 MOD 11,10 as for all our numbers; one wrong digit is found."""
    code = codes.pickup_code(serial)

    assert code[:4] == f"{serial:04d}"
    assert mod_11_10.is_valid(code)
    assert codes.is_pickup_code(code)
    for place in range(codes.PICKUP_LENGTH):
        other = code[:place] + str((int(code[place]) + 1) % 10) + code[place + 1 :]
        assert not codes.is_pickup_code(other)


@pytest.mark.parametrize("serial", [-1, 10_000])
def test_there_are_ten_thousand_codes(serial: int) -> None:
    """And no others."""
    with pytest.raises(codes.ImpossibleSerial):
        codes.pickup_code(serial)


@pytest.mark.parametrize("text", ["", "1234", "123456", "一二三四五", "１２３４５", "12a45"])
def test_what_is_no_code(text: str) -> None:
    """Cleaning is the scanner's matter."""
    assert not codes.is_pickup_code(text)


@pytest.mark.parametrize("raw", ["{}", "]C1{}\r", " {} "])
def test_a_scan_of_five_right_digits_may_be_a_code(raw: str) -> None:
    """Full width too; with a wrong check it is merely too short."""
    code = codes.pickup_code(1234)
    ours = HallCode(HALL.division, HALL.digit)

    def resolved(text: str) -> scans.Scan:
        return scans.resolve(raw.format(text), ours, known=lambda _: False, expecting_waybill=True)

    assert resolved(code) == PickupCode(code)
    assert resolved("".join(chr(ord(digit) + 0xFEE0) for digit in code)) == PickupCode(code)
    assert resolved(code[:4] + str((int(code[4]) + 1) % 10)) == Unknown(
        code[:4] + str((int(code[4]) + 1) % 10), scans.Reason.TOO_SHORT
    )


def test_a_result_that_comes_gets_its_code(desk: Desk, waiting: Consignment) -> None:
    """It leads to the case by scan and by search, with what can be done now."""
    code, case = code_of(waiting), waiting.case_number

    scanned = scanning.scan(desk, code)

    assert (scanned.kind, scanned.object, scanned.state) == ("pickup_code", case, "result_arrived")
    assert "serve" in scanned.acts
    assert case in [found.number for found in searching.search(desk, code)]
    assert [c.pickup_code for c in viewing.case_file(desk, case).consignments] == [code]
    assert scanning.take(desk, code, at_ms=0).text.startswith(f"领取码 {code}（{case}）")
    builders.assert_true_ledger(desk, case)


def test_who_has_the_code_is_looked_at_all_the_same(desk: Desk, waiting: Consignment) -> None:
    """It opens and proves nothing."""
    with refused(desk, "identity-unchecked"):
        service.serve(desk, waiting.case_number, identity_checked=False)


def test_a_code_ends_with_the_service(desk: Desk, waiting: Consignment) -> None:
    """Then it is nobody's, and is refused in words."""
    builders.served(desk, waiting.case_number)

    assert builders.consignment_of(desk, waiting.id).pickup_code is None
    assert searching.search(desk, code_of(waiting)) == []
    with refused(desk, "pickup-code-unknown"):
        scanning.scan(desk, code_of(waiting))


def test_a_code_ends_when_the_applicant_withdraws(desk: Desk) -> None:
    """The papers were sent back, and handed over with the withdrawal."""
    consignment = a_consignment(desk, ConsignmentState.ACKNOWLEDGED)
    home.refuse(desk, consignment.id, reason="withdrawn")
    arrived = builders.arrived(desk, consignment.id)

    departures.withdraw(desk, consignment.case_number)

    assert arrived.pickup_code is not None
    assert builders.consignment_of(desk, consignment.id).pickup_code is None
    builders.assert_true_ledger(desk, consignment.case_number)


def test_what_comes_late_keeps_the_code(desk: Desk) -> None:
    """The applicant has been told it."""
    consignment = a_consignment(desk, ConsignmentState.RESULT_RETURNING)
    first = results.arrive(desk, consignment.id, [], place="R-01")

    late = results.arrive(desk, consignment.id, builders.found(desk, consignment.id), place="R-01")

    assert late.pickup_code == first.pickup_code is not None


def test_a_code_is_the_same_wherever_it_is_made(desk: Desk, waiting: Consignment) -> None:
    """By a keyed digest of the consignment: nothing random enters the journal."""
    serial = int(desk.store.keys.lookup("pickup", waiting.id), 16) % 10_000

    assert waiting.pickup_code == codes.pickup_code(serial)


def test_two_never_wait_under_one_code(desk: Desk, waiting: Consignment) -> None:
    """Who comes second gets the next free one, past the last to the first."""
    other = a_consignment(desk, ConsignmentState.RESULT_RETURNING)
    own = int(desk.store.keys.lookup("pickup", other.id), 16) % 10_000
    with desk.carrying_out("take_events") as work:
        for step in range(2):
            held = work.consignments.where(pickup_code=codes.pickup_code((own + step) % 10_000))
            assert not held
        work.consignments.save(_with_code(waiting, codes.pickup_code(own)))

    arrived = builders.arrived(desk, other.id)

    assert arrived.pickup_code == codes.pickup_code((own + 1) % 10_000)
    assert scanning.scan(desk, code_of(arrived)).object == other.case_number


def test_where_every_code_is_taken_there_is_none(
    desk: Desk, waiting: Consignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The result is laid down all the same, and found by name."""
    monkeypatch.setattr(pickup_codes, "_CODES", 1)
    monkeypatch.setattr(codes, "pickup_code", lambda _: code_of(waiting))
    other = a_consignment(desk, ConsignmentState.RESULT_RETURNING)

    assert builders.arrived(desk, other.id).pickup_code is None


def _with_code(consignment: Consignment, code: str) -> Consignment:
    return type(consignment)(**{**vars(consignment), "pickup_code": code})
