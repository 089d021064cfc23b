"""Days to be closed: a clean one, and one thing that nothing explains, of each kind, with what settles it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from tests import builders
from tests.builders import WAYBILL, Ticking, a_case, an_envelope, at
from tests.integrations.printers.fake_printer import FakePrinter
from tests.workstation.acts import test_printing
from tests.workstation.acts.fake_carrier import FakeCarrier, in_service
from workstation.acts import (
    claims,
    day_closes,
    handover,
    making,
    orders,
    papers,
    printing,
    queue,
    registration,
    results,
    tasks,
    troubles,
    waybills,
)
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.domain.day_close import DayClose
from workstation.domain.envelope import EnvelopeState, Task
from workstation.domain.paper import PaperState
from workstation.policies import MailPolicy

DAY_MS = 24 * 3600 * 1000
TODAY, TOMORROW = "2026-11-20", "2026-11-21"
POLICY = MailPolicy()


def days_pass(desk: Desk, days: float = 1) -> None:
    """Let so many days go by."""
    clock = desk.store.clock
    assert isinstance(clock, Ticking)
    clock.start += round(days * DAY_MS)


def closed(desk: Desk, day: str | None = None) -> DayClose:
    """The supervisor closes the day."""
    return day_closes.close(at(desk, "2001"), day, policy=POLICY)


@dataclass(frozen=True)
class Left:
    """One thing left unexplained in a day, and what settles it."""

    why: str
    number: str
    place: str
    """A part of where it is said to be."""
    settle: Callable[[], object]


def _waybill(desk: Desk, envelope: str) -> None:
    waybills.bind_envelope(desk, envelope, waybill=WAYBILL)


def _mailed(desk: Desk) -> str:
    """An envelope on its way under a waybill: nothing to ask about."""
    number = an_envelope(desk, EnvelopeState.HANDED_OVER).number
    _waybill(desk, number)
    return number


def told(desk: Desk, state: str) -> None:
    """Let this be the carrier's account of the parcel."""
    with desk.carrying_out("take_events") as work:
        for bound in work.waybills.where(number=WAYBILL, state="live"):
            work.waybills.save(replace(bound, mail_state=state, mail_at=work.now))
            work.object = bound.object


def _packing(desk: Desk) -> Left:
    number = an_envelope(desk).number
    return Left("packing", number, "窗口人员 1001", lambda: builders.sealed(desk, number))


def _missed_pickup(desk: Desk) -> Left:
    number = an_envelope(desk, EnvelopeState.SEALED).number
    days_pass(desk, 0.3)  # until half past four

    def settle() -> None:
        _waybill(desk, number)
        builders.handed_over(desk, number)

    return Left("missed_pickup", number, "货位 A-01", settle)


def _no_waybill(desk: Desk) -> Left:
    number = an_envelope(desk, EnvelopeState.HANDED_OVER).number
    return Left("no_waybill", number, "1 号窗口", lambda: _waybill(desk, number))


def _result_that_never_arrived(desk: Desk) -> Left:
    consignment = builders.a_consignment(desk, ConsignmentState.DECIDED)
    results.result_return(desk, consignment.id, waybill=WAYBILL)
    told(desk, "delivered")
    return Left("unexplained", consignment.id, "回寄途中", lambda: builders.arrived(desk, consignment.id))


def _back_by_the_carriers_account(desk: Desk) -> Left:
    number = _mailed(desk)
    told(desk, "returned_to_sender")

    def settle() -> None:
        troubles.trouble(desk, number, kind="sent_back")
        troubles.resolve(desk, number, outcome="withdrawal")

    return Left("unexplained", number, "1 号窗口", settle)


def _refused_order(desk: Desk) -> Left:
    ems = FakeCarrier()
    in_service(desk)
    number = an_envelope(desk, EnvelopeState.SEALED).number
    ems.script = ["refused"]
    ems.orderer().round(desk)
    return Left("order_in_doubt", number, "货位 A-01", lambda: orders.drop(desk, number))


def _paper_of_a_power_cut(desk: Desk) -> Left:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "draw", _power_cut)
        with pytest.raises(PowerCut):
            registration.register(desk, builders.an_intake())
    with desk.reading() as reading:
        (paper,) = reading.papers.where(state=PaperState.PROMISED)
    return Left("never_made", paper.number, "出纸盘", lambda: papers.pdf_of(desk, paper.number))


class PowerCut(BaseException):
    """The process ends here."""


def _power_cut(*_: object) -> tuple[bytes, str]:
    raise PowerCut


def _open_batch(desk: Desk) -> Left:
    batch = handover.open_batch(desk, builders.badge(desk)).number
    return Left("batch_open", batch, "揽投员 5001", lambda: handover.hand_over(desk, batch))


def _idle_task(desk: Desk) -> Left:
    number = _mailed(desk)
    troubles.trouble(desk, number, kind="lost")
    task = _task(desk, number)
    return Left("task_idle", task.id, number, lambda: tasks.do(desk, task.id, "call_carrier"))


def _claimed_task(desk: Desk) -> Left:
    number = _mailed(desk)
    troubles.trouble(desk, number, kind="lost")
    task = _task(desk, number)

    def settle() -> None:
        claims.claim(desk, [line for line in queue.listed(desk) if line.object == task.id])

    return Left("task_idle", task.id, number, settle)


def _task(desk: Desk, object_: str) -> Task:
    with desk.reading() as reading:
        (task,) = reading.tasks.where(object=object_, state="open")
    return task


#: One unexplained thing each, in a hall without a printer.
LEFT: dict[str, Callable[[Desk], Left]] = {
    "being packed": _packing,
    "missed pickup": _missed_pickup,
    "no waybill": _no_waybill,
    "result that never arrived": _result_that_never_arrived,
    "back by the carrier's account": _back_by_the_carriers_account,
    "refused order": _refused_order,
    "paper of a power cut": _paper_of_a_power_cut,
    "open batch": _open_batch,
    "idle task, then worked on": _idle_task,
    "idle task, then claimed": _claimed_task,
}


def unsure_print(desk: Desk, laser: FakePrinter) -> Left:
    """A print that nobody knows the end of."""
    job = test_printing.unsure(desk, laser)
    return Left("unsure", job.paper, "激光机", lambda: printing.confirm_print(desk, job.id, printed=True))


def failed_print(desk: Desk, laser: FakePrinter) -> Left:
    """A print that did not come out."""
    job = test_printing.unsure(desk, laser)
    printing.confirm_print(desk, job.id, printed=False)
    return Left("print_failed", job.paper, "激光机", lambda: printing.cancel_print(desk, job.id))


def a_clean_day(desk: Desk) -> None:
    """A day on which something was done and all of it is explained."""
    a_case(desk, CaseState.REGISTERED)
    builders.an_envelope(desk, EnvelopeState.OPENED)
