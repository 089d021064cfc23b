"""待确认: in a hall with one clerk, what needs two waits for the second person (design §5)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from tests import builders
from tests.builders import WAYBILL, a_case, a_consignment, an_envelope, at, refused
from workstation.acts import (
    departures,
    formal_review,
    handover,
    home,
    identification,
    notices,
    packing,
    refusals,
    results,
    users,
    waiting,
)
from workstation.acts.desk import Desk
from workstation.acts.inputs import Material
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState
from workstation.domain.people import Waiting
from workstation.domain.roles import NEVER_WAITS, SECOND


def put_by(act: Callable[[], object]) -> Waiting:
    """Do an act that cannot be done alone, and return what waits."""
    with pytest.raises(waiting.Waits) as caught:
        act()
    return caught.value.waiting


def decline(desk: Desk, case: str) -> object:
    """Decline a case."""
    return departures.decline(desk, case, reason="not_this_item", text="应办理另一事项")


@pytest.fixture
def case(lonely: Desk) -> str:
    """The number of a case just registered."""
    return a_case(lonely, CaseState.REGISTERED).number


def test_what_waits_is_recorded_and_not_done(lonely: Desk, case: str) -> None:
    """The case stands where it stood; the journal tells that an act waits, but not its arguments."""
    put = put_by(lambda: decline(lonely, case))

    with lonely.reading() as reading:
        entry = reading.journal_of(case)[-1]
    assert (put.id, put.act, put.object, put.by, put.state) == (
        f"{case}-w1",
        "decline",
        case,
        "1001",
        "waiting",
    )
    assert builders.case_of(lonely, case).state == CaseState.REGISTERED
    assert waiting.listed(lonely) == [put]
    assert '"waits":true' in entry.body
    assert "应办理另一事项" not in entry.body
    builders.assert_true_ledger(lonely, case)


def test_a_supervisor_confirms_and_the_act_is_done_in_both_names(lonely: Desk, case: str) -> None:
    """Operator is who asked, second is who confirmed; nothing waits any more."""
    put = put_by(lambda: decline(lonely, case))

    waiting.confirm(at(lonely, "2001"), put.id)

    with lonely.reading() as reading:
        entry = reading.journal_of(case)[-1]
        ended = reading.waiting.get(put.id)
    assert ended is not None
    assert builders.case_of(lonely, case).state == CaseState.DECLINED
    assert (entry.act, entry.operator, entry.second) == ("decline", "1001", "2001")
    assert (ended.state, ended.ended_by, ended.ended_at) == ("done", "2001", entry.at)
    assert waiting.listed(lonely) == []
    builders.assert_true_ledger(lonely, case)


def test_nobody_confirms_the_own_act(lonely: Desk, case: str) -> None:
    """The clerk who waits is not the second person."""
    put = put_by(lambda: decline(lonely, case))

    with refused(lonely, "own-second"):
        waiting.confirm(lonely, put.id)


@pytest.mark.parametrize("code", ["3001", "4001"])
def test_only_the_counter_confirms(lonely: Desk, case: str, code: str) -> None:
    """Neither administrator nor auditor."""
    put = put_by(lambda: decline(lonely, case))

    with refused(lonely, "wrong-second"):
        waiting.confirm(at(lonely, code), put.id)


def test_what_does_not_wait_is_not_confirmed(lonely: Desk, case: str) -> None:
    """Neither an id that was never given, nor one that was confirmed already."""
    put = put_by(lambda: decline(lonely, case))
    waiting.confirm(at(lonely, "2001"), put.id)

    with refused(lonely, "not-waiting"):
        waiting.confirm(at(lonely, "2001"), put.id)
    with refused(lonely, "not-waiting"):
        waiting.confirm(at(lonely, "2001"), f"{case}-w9")


def test_somebody_must_be_signed_in_to_confirm(lonely: Desk, case: str) -> None:
    """A confirmation is somebody's."""
    put = put_by(lambda: decline(lonely, case))

    with refused(lonely, "nobody-signed-in"):
        waiting.confirm(builders.nobody(lonely), put.id)


def test_what_has_become_impossible_is_refused_at_the_confirmation(lonely: Desk, case: str) -> None:
    """The case went on meanwhile; the waiting act is checked again and changes nothing."""
    put = put_by(lambda: decline(lonely, case))
    departures.withdraw(lonely, case)

    with refused(lonely, "wrong-state"):
        waiting.confirm(at(lonely, "2001"), put.id)


def test_what_is_wrong_anyway_does_not_wait(lonely: Desk, case: str) -> None:
    """Only the second person may be missing; every other refusal comes at once."""
    with refused(lonely, "code-unknown"):
        departures.decline(lonely, case, reason="mood", text="x")
    with refused(lonely, "reason-missing"):
        identification.identify(lonely, case, method="manual", outcome="passed")
    withdrawn = a_case(lonely, CaseState.WITHDRAWN).number
    with refused(lonely, "wrong-state"):
        decline(lonely, withdrawn)


def test_two_acts_may_wait_for_one_case(lonely: Desk, case: str) -> None:
    """Each has an id of its own."""
    first = put_by(lambda: decline(lonely, case))
    second = put_by(lambda: decline(lonely, case))

    assert [first.id, second.id] == [f"{case}-w1", f"{case}-w2"]


def test_what_is_needless_is_dropped(lonely: Desk, case: str) -> None:
    """A dropped act is on nobody's list, is never done, and the journal says who took it off."""
    put = put_by(lambda: decline(lonely, case))

    dropped = waiting.drop(lonely, put.id)

    assert (dropped.state, dropped.ended_by) == ("dropped", "1001")
    assert waiting.listed(lonely) == []
    with refused(lonely, "not-waiting"):
        waiting.confirm(at(lonely, "2001"), put.id)
    with refused(lonely, "not-waiting"):
        waiting.drop(lonely, put.id)
    with lonely.reading() as reading:
        assert reading.journal_of(case)[-1].act == "drop"


@pytest.mark.parametrize("empty", [packing.void, packing.reopen])
def test_a_seal_never_waits(lonely: Desk, empty: Callable[..., object]) -> None:
    """An envelope half opened cannot lie about until somebody comes."""
    envelope = an_envelope(lonely, EnvelopeState.SEALED).number

    with refused(lonely, "second-needed"):
        empty(lonely, envelope, reason="other")


def test_with_two_clerks_nothing_waits(desk: Desk) -> None:
    """The colleague is there, so the act is refused until the PIN is given."""
    case = a_case(desk, CaseState.REGISTERED).number

    with refused(desk, "second-needed"):
        decline(desk, case)


def test_a_colleague_who_left_does_not_count(desk: Desk) -> None:
    """A disabled second clerk leaves a hall with one."""
    users.disable_user(at(desk, "3001"), "1002")
    case = a_case(desk, CaseState.REGISTERED).number

    assert put_by(lambda: decline(desk, case)).act == "decline"


def test_a_waiting_act_of_somebody_unknown_is_not_done(lonely: Desk, case: str) -> None:
    """The one who asked must be on the ledger."""
    put = put_by(lambda: decline(lonely, case))
    with lonely.store.engine.write():
        lonely.store.engine.run("UPDATE waiting SET \"by\" = '1999' WHERE id = :id", {"id": put.id})

    with refused(lonely, "user-not-found"):
        waiting.confirm(at(lonely, "2001"), put.id)


# --- each act that may wait


def confirmed(desk: Desk, act: Callable[[], object]) -> object:
    """Put an act by and let a supervisor confirm it."""
    put = put_by(act)
    done = waiting.confirm(at(desk, "2001"), put.id)
    builders.assert_true_ledger(desk)
    return done


def test_identity_by_hand_waits(lonely: Desk, case: str) -> None:
    """With its method, outcome and reason."""
    confirmed(
        lonely,
        lambda: identification.identify(lonely, case, method="manual", outcome="passed", reason="无法读证"),
    )

    assert builders.case_of(lonely, case).identity == "passed"


def test_a_second_notice_waits(lonely: Desk) -> None:
    """Its paper is promised only with the confirmation."""
    case = a_case(lonely, CaseState.TO_CORRECT).number
    formal_review.resubmit(lonely, case, [Material(row="statement", form="original")])
    formal_review.review(lonely, case, [builders.missing("statement")])

    with refused(lonely, "reason-missing"):
        notices.notice(lonely, case)
    confirmed(lonely, lambda: notices.notice(lonely, case, reason="补交件有误"))

    assert builders.case_of(lonely, case).notices == 2
    assert len(builders.papers_of(lonely, case, "notice")) == 2


def test_leaving_a_piece_out_waits(lonely: Desk) -> None:
    """The envelope is packed with the confirmation, not before."""
    case = a_case(lonely).number
    left = f"{case}-statement-original-1"

    with refused(lonely, "piece-not-found"):
        packing.pack(lonely, [case], without=["nothing"])
    confirmed(lonely, lambda: packing.pack(lonely, [case], without=[left]))

    with lonely.reading() as reading:
        piece = reading.pieces.get(left)
    assert piece is not None
    assert (piece.goes, piece.holder) == (0, "clerk")
    assert builders.consignment_of(lonely, case).envelope is not None


def test_a_typed_waybill_waits(lonely: Desk) -> None:
    """The envelope is scanned into the batch with the confirmation; a wrong number is refused at once."""
    envelope = an_envelope(lonely, EnvelopeState.SEALED).number
    batch = handover.open_batch(lonely, builders.badge(lonely)).number

    with refused(lonely, "waybill-unknown-form"):
        handover.scan_envelope(lonely, batch, face=envelope, waybill="12", how="typed")
    confirmed(
        lonely, lambda: handover.scan_envelope(lonely, batch, face=envelope, waybill=WAYBILL, how="typed")
    )

    assert builders.unscanned(lonely, batch) == {}
    with refused(lonely, "waybill-bound"):
        handover.scan_envelope(lonely, batch, face=envelope, waybill=WAYBILL, how="typed")


def test_a_typed_return_waybill_waits(lonely: Desk) -> None:
    """The result is in the post with the confirmation."""
    consignment = a_consignment(lonely, ConsignmentState.DECIDED)

    confirmed(lonely, lambda: results.result_return(lonely, consignment.id, waybill=WAYBILL, how="typed"))

    assert builders.consignment_of(lonely, consignment.id).state == ConsignmentState.RESULT_RETURNING


def test_a_typed_waybill_of_what_is_sent_back_waits(lonely: Desk) -> None:
    """The papers are on their way with the confirmation."""
    consignment = a_consignment(lonely, ConsignmentState.ACCEPTED)

    confirmed(
        lonely, lambda: home.refuse(lonely, consignment.id, reason="not_ours", waybill=WAYBILL, how="typed")
    )

    assert builders.consignment_of(lonely, consignment.id).state == ConsignmentState.RESULT_RETURNING


def test_every_act_with_a_second_person_waits_or_is_named_as_one_that_never_does() -> None:
    """Nothing that takes two falls between the two lists (design §5)."""
    assert waiting.known().keys() | NEVER_WAITS == SECOND.keys()
    assert waiting.known().keys() & NEVER_WAITS == set()
    assert refusals.SecondMissing("decline").act in waiting.known()


def test_a_program_that_only_confirms_knows_every_act_that_may_wait() -> None:
    """Nothing else in it has asked for the modules in which they stand."""
    asks = "from workstation.acts import waiting; print(*sorted(waiting.known()))"

    told = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)

    assert told.stdout.split() == sorted(waiting.known())
