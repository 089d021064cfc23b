"""More than one record's state is at stake: numbers, waybills, faces, batches, versions, waiting acts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tests import builders
from tests.builders import WAYBILL, a_case, an_envelope, an_intake, at, badge, paper_of, with_second
from tests.engines import Place
from tests.races.racing import DONE, Act, at_once, outcome, raced
from workstation.acts import (
    departures,
    handover,
    identification,
    packing,
    papers,
    registration,
    revealing,
    sealing,
    waiting,
)
from workstation.acts.desk import Desk
from workstation.domain import codes
from workstation.domain.case import CaseState
from workstation.domain.envelope import EnvelopeState
from workstation.domain.paper import PaperState

pytestmark = pytest.mark.engine

CROWD = 8


def test_numbers_are_issued_once_and_without_a_gap(desk: Desk) -> None:
    """Eight people register at one window at the same moment, again and again."""
    for _ in range(4):
        found = at_once(*[(desk, lambda d: registration.register(d, an_intake()))] * CROWD)
        assert {one.code for one in found} == {DONE}

    with desk.reading() as reading:
        serials = [codes.parse(case.number).serial for case in reading.cases.where()]
        made = {paper.state for paper in reading.papers.where()}
    assert sorted(serials) == list(range(1, 4 * CROWD + 1))
    assert made == {PaperState.MADE}
    assert len(list(desk.tray.glob("*.pdf"))) == 4 * CROWD
    assert list(desk.tray.glob("*.part")) == []
    builders.assert_true_ledger(desk)


def test_windows_count_for_themselves(desk: Desk) -> None:
    """Each window has serials of its own, however many register at once."""
    seats = [replace(desk, window=window) for window in range(1, CROWD + 1)]

    at_once(*[(seat, lambda d: registration.register(d, an_intake())) for seat in seats * 2])

    with desk.reading() as reading:
        numbers = [codes.parse(case.number) for case in reading.cases.where()]
    assert Counter((n.window, n.serial) for n in numbers) == {
        (window, serial): 1 for window in range(1, CROWD + 1) for serial in (1, 2)
    }
    builders.assert_true_ledger(desk)


def test_one_window_opens_one_batch(desk: Desk) -> None:
    """Of eight badges read at once one opens the batch; the others are told which is open."""
    found = at_once(*[(desk, lambda d: handover.open_batch(d, badge(d)))] * CROWD)

    assert Counter(one.code for one in found) == {DONE: 1, "batch-open": CROWD - 1}
    builders.assert_true_ledger(desk)


def test_one_waybill_is_bound_once(desk: Desk) -> None:
    """The same label read at two windows: one envelope has it, the other is not even scanned."""
    seats = [replace(desk, window=window) for window in (1, 2)]
    envelopes = [an_envelope(seat, EnvelopeState.SEALED).number for seat in seats]
    batches = [handover.open_batch(seat, badge(seat)).number for seat in seats]

    def scan(which: int, d: Desk) -> object:
        return handover.scan_envelope(d, batches[which], face=envelopes[which], waybill=WAYBILL)

    found = raced((seats[0], lambda d: scan(0, d)), (seats[1], lambda d: scan(1, d)))

    assert [one.code for one in found] == [DONE, "waybill-in-use"]
    assert builders.unscanned(desk, batches[1]) == {envelopes[1]: "held_back"}
    builders.assert_true_ledger(desk)


def test_one_envelope_is_in_one_batch(desk: Desk) -> None:
    """Scanned at two windows at once, it goes with one courier."""
    seats = [replace(desk, window=window) for window in (1, 2)]
    envelope = an_envelope(desk, EnvelopeState.SEALED).number
    batches = [handover.open_batch(seat, badge(seat)).number for seat in seats]

    def scan(which: int, d: Desk) -> object:
        return handover.scan_envelope(d, batches[which], face=envelope)

    found = raced((seats[1], lambda d: scan(1, d)), (seats[0], lambda d: scan(0, d)))

    assert [one.code for one in found] == [DONE, "in-other-batch"]
    builders.assert_true_ledger(desk)


def test_one_face_is_replaced_once(desk: Desk) -> None:
    """Of eight reprints of one face one is made; for the others it is void and names its successor."""
    slip = paper_of(desk, a_case(desk, CaseState.REGISTERED).number, "intake_slip")

    found = at_once(*[(desk, lambda d: papers.reprint(d, slip.number, reason="jammed"))] * CROWD)

    copy = paper_of(desk, slip.object, "intake_slip")
    assert Counter(one.code for one in found) == {DONE: 1, "paper-void": CROWD - 1}
    assert {copy.number in one.why for one in found if one.code != DONE} == {True}
    assert copy.copy == 2
    builders.assert_true_ledger(desk)


@pytest.mark.parametrize("sealed_first", [True, False])
def test_a_seal_and_a_reprint_of_its_list(desk: Desk, sealed_first: bool) -> None:
    """The seal compares the list that is live at its moment; the reprint is possible before and after."""
    envelope = an_envelope(desk).number
    listed = paper_of(desk, envelope, "packing_list").number
    acts = [
        (desk, lambda d: sealing.seal(d, envelope, listed, place="A-01", no_secret=True)),
        (desk, lambda d: papers.reprint(d, listed, reason="damaged")),
    ]

    found = raced(*acts) if sealed_first else raced(*acts[::-1])

    assert [one.code for one in found] == [DONE, DONE if sealed_first else "paper-void"]
    builders.assert_true_ledger(desk)


def test_the_later_of_two_who_saw_the_same_is_told_what_happened(desk: Desk) -> None:
    """Both looked at one version; the second learns who changed it, when and by what act."""
    case = a_case(desk, CaseState.REGISTERED)
    first, second = (replace(at(desk, code), seen=case.version) for code in ("1001", "1002"))

    found = raced(
        (first, lambda d: departures.guide(d, case.number, channel="online", text="网上可办")),
        (second, lambda d: departures.withdraw(d, case.number)),
    )

    assert [one.code for one in found] == [DONE, "changed-meanwhile"]
    assert all(word in found[1].why for word in ("1001", "2026-11-20", "“指引”", "第 1 版", "第 2 版"))
    builders.assert_true_ledger(desk, case.number)


def test_eight_who_saw_the_same_make_one_change(desk: Desk) -> None:
    """One is done, seven yield, and the version has gone up by one."""
    case = a_case(desk, CaseState.REGISTERED)
    seat = replace(desk, seen=case.version)

    found = at_once(*[(seat, lambda d: departures.withdraw(d, case.number))] * CROWD)

    assert Counter(one.code for one in found) == {DONE: 1, "changed-meanwhile": CROWD - 1}
    assert builders.case_of(desk, case.number).version == case.version + 1


def test_looks_and_identity_acts_are_counted(desk: Desk) -> None:
    """What adds to a case without changing its state is done by everybody, each under an id of its own."""
    case = a_case(desk, CaseState.REGISTERED).number
    look = (desk, lambda d: revealing.reveal(d, case, reason="verify"))
    check = (desk, lambda d: identification.identify(d, case, method="in_person", outcome="passed"))

    found = at_once(*[look, check] * 4)

    with desk.reading() as reading:
        counts = len(reading.reveals.where(case_number=case)), len(reading.identities.where(case_number=case))
    assert {one.code for one in found} == {DONE}
    assert counts == (4, 4)
    builders.assert_true_ledger(desk, case)


def decline(case: str, desk: Desk) -> object:
    """An act after which nothing more is possible."""
    return departures.decline(desk, case, reason="secret_matter", text="涉密")


def identify(case: str, desk: Desk) -> object:
    """An act that could be done again."""
    return identification.identify(desk, case, method="manual", outcome="passed", reason="无法读证")


@pytest.mark.parametrize(("act", "code"), [(decline, "wrong-state"), (identify, "not-waiting")])
def test_a_waiting_act_is_confirmed_once(
    place: Place, tmp_path: Path, undrawn: None, act: Callable[[str, Desk], object], code: str
) -> None:
    """Two supervisors confirm at once: the act is done once, in the name of one."""
    desk = builders.a_desk(place, tmp_path / "tray", staff=builders.ONE_CLERK)
    case = a_case(desk, CaseState.REGISTERED).number
    waits = outcome(desk, partial(act, case))

    found = raced(
        (at(desk, "2001"), lambda d: waiting.confirm(d, f"{case}-w1")),
        (at(desk, "2002"), lambda d: waiting.confirm(d, f"{case}-w1")),
    )

    with desk.reading() as reading:
        ended = reading.waiting.get(f"{case}-w1")
    assert waits.code == "waits"
    assert [one.code for one in found] == [DONE, code]
    assert ended is not None
    assert ended.ended_by == "2001"
    builders.assert_true_ledger(desk, case)
    desk.store.engine.close()


def pack_and_seal(case: str, desk: Desk) -> None:
    """Both in one go, as a clerk in a hurry would."""
    builders.sealed(desk, packing.pack(desk, [case]).number)


def test_a_crowd_of_different_acts_leaves_a_true_ledger(desk: Desk) -> None:
    """Everything at once on many cases: each is done or refused in words, and every paper has one holder."""
    cases = [a_case(desk).number for _ in range(4)]
    acts: list[Act] = []
    for case in cases:
        acts.append(partial(packing.pack, names=[case]))
        acts.append(partial(departures.withdraw, number=case))
        acts.append(partial(pack_and_seal, case))

    found = at_once(*[(with_second(desk), act) for act in acts])

    assert {one.code for one in found} <= {DONE, "wrong-state", "already-packed", "envelope-not-emptied"}
    builders.assert_true_ledger(desk, *cases)
