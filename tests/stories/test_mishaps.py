"""What goes wrong on the way: sent back, lost, the wrong paper under the seal, the power cut in between."""

from __future__ import annotations

from typing import Any

import pytest

from tests import builders
from tests.builders import a_case, a_consignment, paper_of, papers_of, refused, with_second
from workstation.acts import (
    custody,
    departures,
    handover,
    identification,
    making,
    packing,
    papers,
    receipts,
    registration,
    troubles,
)
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState, Holder
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState
from workstation.domain.paper import PaperState

pytestmark = pytest.mark.engine


def test_an_envelope_is_sent_back_and_packed_again(desk: Desk) -> None:
    """Opened here, packed anew under new numbers, and delivered at the second attempt."""
    consignment = a_consignment(desk, ConsignmentState.HANDED_OVER)
    former = consignment.envelope or ""
    slip = paper_of(desk, former, "reply_slip").number
    troubles.trouble(desk, former, kind="sent_back", text="收发室拒收")
    troubles.resolve(desk, former, outcome="repack")
    builders.asked_anew(desk, former)

    builders.advance(desk, consignment.id, ConsignmentState.DONE)

    after = builders.consignment_of(desk, consignment.id)
    assert after.envelope != former
    with refused(desk, "paper-void"):
        receipts.acknowledge(desk, slip, channel="phone")
    assert builders.case_of(desk, consignment.case_number).state == CaseState.SERVED
    builders.assert_true_ledger(desk, consignment.case_number)


def test_an_envelope_is_lost(desk: Desk) -> None:
    """A claim is filed, the papers are handed in once more, and the second envelope brings the result."""
    consignment = a_consignment(desk, ConsignmentState.HANDED_OVER)
    former = consignment.envelope or ""
    troubles.trouble(desk, former, kind="lost", text="查单未果")
    troubles.resolve(desk, former, outcome="claim")
    builders.supplied(desk, consignment.case_number)

    builders.advance(desk, consignment.id, ConsignmentState.DONE)

    lost = [
        s
        for s in custody.of_case(desk, consignment.case_number)
        if s.until is None and s.holder_ref == former
    ]
    assert {span.holder for span in lost} == {Holder.CARRIER}
    assert builders.case_of(desk, consignment.case_number).state == CaseState.SERVED
    builders.assert_true_ledger(desk, consignment.case_number)


def test_who_lost_papers_in_the_mail_may_withdraw(desk: Desk) -> None:
    """Once the claim is filed nobody waits for the papers, and the request becomes a withdrawal."""
    consignment = a_consignment(desk, ConsignmentState.HANDED_OVER)
    asked = departures.withdraw(desk, consignment.case_number)
    troubles.trouble(desk, consignment.envelope or "", kind="lost", text="查单未果")
    troubles.resolve(desk, consignment.envelope or "", outcome="claim")

    ended = departures.withdraw(desk, consignment.case_number)

    assert (asked.state, ended.state) == (CaseState.REVIEWED, CaseState.WITHDRAWN)
    builders.assert_true_ledger(desk, consignment.case_number)


def test_the_wrong_paper_lay_under_the_seal(desk: Desk) -> None:
    """Noticed while the courier waits: the seal is broken by two, and the batch goes without it."""
    wrong, right = (a_consignment(desk, ConsignmentState.SEALED) for _ in range(2))
    batch = builders.batched(desk, wrong.envelope or "", right.envelope or "").number

    packing.reopen(with_second(desk, "2001"), wrong.envelope or "", reason="wrong_paper", text="放错一页")
    handover.hand_over(desk, batch)
    builders.advance(desk, wrong.id, ConsignmentState.HANDED_OVER)

    former = builders.envelope_of(desk, wrong.envelope or "")
    assert (former.state, former.reason_text) == (EnvelopeState.VOID, "放错一页")
    assert builders.consignment_of(desk, right.id).state == ConsignmentState.HANDED_OVER
    builders.assert_true_ledger(desk, wrong.case_number, right.case_number)


class PowerCut(BaseException):
    """From here on nothing runs."""


def test_the_power_is_cut_before_a_paper_is_drawn(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The act is done and its slip promised; the next act of the window prints it, as it was promised."""
    with monkeypatch.context() as patch:
        patch.setattr(making, "draw", cut)
        with pytest.raises(PowerCut):
            registration.register(desk, builders.an_intake())
    with desk.reading() as reading:
        (case,) = reading.cases.where()
    (promised,) = papers_of(desk, case.number)

    identification.identify(desk, case.number, method="in_person", outcome="passed")

    (made,) = papers_of(desk, case.number)
    assert (promised.state, made.state) == (PaperState.PROMISED, PaperState.MADE)
    assert made.number == promised.number
    assert papers.pdf_of(desk, made.number)[1].startswith(b"%PDF")
    assert [path.stem for path in desk.tray.iterdir()] == [made.number]
    builders.assert_true_ledger(desk, case.number)


def cut(*_: Any) -> tuple[bytes, str]:
    """Whatever is done while the light goes out."""
    raise PowerCut


def test_the_power_is_cut_inside_an_act(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not committed never happened: no number is used up, and the act is done again."""
    case = a_case(desk).number
    before = builders.head(desk)
    with monkeypatch.context() as patch:
        patch.setattr(papers, "promise_packing_list", cut)
        with pytest.raises(PowerCut):
            packing.pack(desk, [case])

    after = builders.head(desk)
    envelope = packing.pack(desk, [case])

    assert after == before
    assert envelope.number.endswith("0001", 15, 19)
    builders.assert_true_ledger(desk, case)
