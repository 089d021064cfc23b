"""What a day had out of the ordinary: each by its act, with its reason in words, and nothing ordinary."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import Ticking, a_case, a_consignment, an_envelope, at, with_second
from tests.workstation.acts.closing import TODAY, closed
from workstation.acts import (
    clock,
    day_closes,
    day_sheets,
    departures,
    handover,
    identification,
    packing,
    papers,
    revealing,
    troubles,
)
from workstation.acts.day_exceptions import Exceptional
from workstation.acts.desk import Desk
from workstation.acts.waiting import Waits
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState


def exceptions(desk: Desk) -> list[Exceptional]:
    """Those of today, in the order of time."""
    return list(day_sheets.of(at(desk, "2001"), TODAY).exceptions)


def told(desk: Desk) -> list[tuple[str, str, str]]:
    """What, to which object, and why."""
    return [(one.title, one.object, one.reason) for one in exceptions(desk)]


def test_an_ordinary_day_has_none(desk: Desk) -> None:
    """A case from the counter to its end."""
    a_consignment(desk, ConsignmentState.DONE)

    assert exceptions(desk) == []


def test_what_happened_to_a_case(desk: Desk) -> None:
    """Declined, withdrawn, told twice, identified by hand, looked at in clear."""
    beside = with_second(desk)
    cases = [a_case(desk, CaseState.REGISTERED).number for _ in range(4)]
    departures.decline(beside, cases[0], reason="not_this_item", text="另一事项")
    departures.withdraw(desk, cases[1])
    identification.identify(beside, cases[2], method="manual", outcome="failed", reason="读卡器坏")
    revealing.reveal(at(desk, "2001"), cases[3], reason="supervise")

    assert told(desk) == [
        ("不予收件", cases[0], "不属于本事项"),
        ("撤回", cases[1], ""),
        ("人工核验或核验不通过", cases[2], "人工录入、未通过"),
        ("查看明文", cases[3], "检查抽查"),
    ]
    first = exceptions(desk)[0]
    assert (first.by, first.second) == ("1001", "2002")


def test_what_happened_to_an_envelope(desk: Desk) -> None:
    """Opened again, void, packed without a piece, not handed over, sent back, its face printed anew."""
    beside = with_second(desk)
    opened = an_envelope(desk, EnvelopeState.SEALED).number
    packing.reopen(beside, opened, reason="wrong_paper")
    void = an_envelope(desk).number
    packing.void(desk, void, reason="damaged")
    consignment = a_consignment(desk)
    with desk.reading() as reading:
        piece = packing.to_send(reading, consignment)[0].id
    packing.pack(beside, [consignment.id], without=[piece])
    kept = an_envelope(desk, EnvelopeState.SEALED).number
    batch = handover.open_batch(desk, builders.badge(desk)).number
    handover.hand_over(desk, batch, missing={kept: "held_back"})
    face = builders.paper_of(desk, kept, "envelope").number
    papers.reprint(desk, face, reason="jammed")
    builders.handed_over(desk, kept)
    troubles.trouble(desk, kept, kind="sent_back")

    assert told(desk) == [
        ("拆封", opened, "材料放错"),
        ("作废", void, "封套破损"),
        ("装袋时留下材料", piece, ""),
        ("没有随批次交寄", kept, "暂缓交寄"),
        ("补打", face, "卡纸"),
        ("邮件异常", kept, "退回"),
    ]


def test_an_act_that_only_waits_has_not_happened(lonely: Desk) -> None:
    """It is told once somebody has confirmed it."""
    case = a_case(lonely, CaseState.REGISTERED).number
    with pytest.raises(Waits):
        departures.decline(lonely, case, reason="not_this_item", text="另一事项")

    assert exceptions(lonely) == []


def test_a_clock_that_went_back_is_told(desk: Desk) -> None:
    """A little by itself, and far with a supervisor's word."""
    a_case(desk, CaseState.REGISTERED)
    ticking = desk.store.clock
    assert isinstance(ticking, Ticking)
    ticking.start -= 60_000
    number = a_case(desk, CaseState.REGISTERED).number
    ticking.start -= 3_600_000
    clock.accept(at(desk, "2001"))

    found = told(desk)

    assert ("时钟略有回退", number, "") in found
    assert ("时钟回拨", "1", "") in found


def test_a_day_opened_again_is_one(desk: Desk) -> None:
    """On the day on which it was done."""
    closed(desk)
    day_closes.reopen(with_second(at(desk, "2001")), TODAY, reason="forgotten")

    assert told(desk) == [("重开当日", TODAY, "")]
