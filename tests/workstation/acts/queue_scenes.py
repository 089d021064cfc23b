"""A hall for each reason of the queue: exactly that has happened in it, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from forms import items
from tests import builders
from tests.builders import Ticking, a_case, a_consignment, an_envelope, an_intake, at, with_second
from tests.workstation.acts import parcels, scenes
from tests.workstation.acts.test_licences import EXEMPT, FAULT
from workstation.acts import (
    claims,
    formal_review,
    identification,
    licences,
    notices,
    orders,
    packing,
    papers,
    print_jobs,
    printers,
    printing,
    queue,
    ratings,
    registration,
    results,
    revealing,
    troubles,
    waiting,
)
from workstation.acts.deadlines import OtherDays
from workstation.acts.desk import Desk
from workstation.acts.inputs import Finding
from workstation.acts.queue import Line, Policies
from workstation.acts.waiting import Waits
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState as S
from workstation.domain.envelope import EnvelopeState
from workstation.domain.mail import MailOrder, OrderState
from workstation.domain.printing import PrintState
from workstation.policies import DeadlinePolicy, MailPolicy

LONG = 90
_LEGS = ("seal", "pickup", "delivery", "answer", "decision", "return", "arrival", "service")


def patient(**days: int) -> Policies:
    """Nothing is over or soon, but for the legs named; of `silent` and `review` too."""
    others = OtherDays(days.pop("silent", LONG), days.pop("review", LONG), LONG, LONG)
    cut_offs = ("16:00",) if days.pop("cut_off", 0) else ()
    soon = days.pop("soon", 0)
    legs: dict[str, Any] = {f"{leg}_days": days.get(leg, LONG) for leg in _LEGS}
    mail = MailPolicy(cut_offs=cut_offs, silent_days=others.silent)
    return Policies(deadline=DeadlinePolicy(soon_days=soon, **legs), mail=mail, others=others)


Act = Callable[[Desk, Line], object]


@dataclass(frozen=True)
class Scene:
    """What has happened, what is done about the line, and the patience of the hall."""

    build: Callable[[Desk], object]
    resolve: Act
    policies: Policies = field(default_factory=patient)
    days: int = 0
    """So long ago."""


def days_pass(desk: Desk, days: int) -> None:
    """Let so many days of the calendar go by."""
    clock = desk.store.clock
    assert isinstance(clock, Ticking)
    clock.start += days * parcels.DAY


def lines(desk: Desk, policies: Policies | None = None, *reasons: str) -> list[Line]:
    """The queue as a patient hall sees it."""
    return queue.listed(desk, policies=policies or patient(), reasons=reasons or None)


# --- what happens


def _stuck_order(desk: Desk) -> None:
    envelope = an_envelope(desk, EnvelopeState.SEALED)
    with desk.carrying_out("send_order") as work:
        work.object = envelope.number
        name, state = f"{envelope.number}-1", OrderState.REFUSED
        order = MailOrder(name, envelope.number, "ems", state, 1, work.now, "1001", reason="refused")
        work.mail_orders.add(order)


def _unsure_print(desk: Desk) -> None:
    printers.add(at(desk, "2001"), "激光机", "ipp://127.0.0.1/ipp/print", dpi=203)
    slip = builders.paper_of(desk, a_case(desk).number, "intake_slip")
    with desk.carrying_out("send_print") as work:
        job = print_jobs.queue(work, slip, "激光机")
        for state in (PrintState.SENDING, PrintState.UNSURE):
            job = print_jobs.move(work, job, "send_print", state)


def _bad_rating(desk: Desk) -> None:
    number = a_case(desk, CaseState.SERVED).number
    ratings.invite(desk, number)
    ratings.record(desk, number, "given")
    ratings.record_grade(at(desk, "2001"), number, "dissatisfied", "device-03")


def _open_licence(desk: Desk) -> None:
    with pytest.MonkeyPatch.context() as patch:
        listed = builders.exempting(items.for_item("59"), EXEMPT)
        patch.setattr(items, "for_item", lambda *_: listed)
        number = registration.register(desk, an_intake(without=(EXEMPT,))).number
    finding = Finding(row=EXEMPT, form="copy", copies=1, pages=1, licence_fault=FAULT)
    formal_review.review(desk, number, [finding])
    builders.review_all(desk, number)


def _waiting(desk: Desk) -> None:
    """One clerk alone looks at somebody by hand."""
    case = a_case(desk)
    try:
        identification.identify(desk, case.number, method="manual", outcome="passed", reason="读卡器坏了")
    except Waits:
        return
    raise AssertionError("a colleague was there")


def _vanished_result(desk: Desk) -> None:
    """The carrier says that it has come, and nobody has opened it."""
    consignment = a_consignment(desk, S.DECIDED)
    results.result_return(desk, consignment.id, waybill=builders.WAYBILL)
    with desk.carrying_out("take_events") as work:
        (bound,) = work.waybills.where(number=builders.WAYBILL, state="live")
        work.waybills.save(replace(bound, mail_state="delivered", mail_at=work.now))


def _told_twice(desk: Desk) -> None:
    number = scenes.SCENES["told_twice"](desk).case
    notices.notice(with_second(desk), number, reason="再次发现缺签名")


def _by_hand(desk: Desk) -> None:
    number = a_case(desk).number
    identification.identify(
        with_second(desk, "1002"), number, method="manual", outcome="passed", reason="读卡器坏了"
    )


def _reprinted(desk: Desk) -> None:
    slip = builders.paper_of(desk, a_case(desk).number, "intake_slip")
    papers.reprint(desk, slip.number, reason="jammed")


def _clock_went_back(desk: Desk) -> None:
    number = a_case(desk).number
    clock = desk.store.clock
    assert isinstance(clock, Ticking)
    clock.start -= parcels.MINUTE
    builders.identified(desk, number)


def _handed_over(desk: Desk) -> None:
    a_consignment(desk, S.HANDED_OVER)


def _in_transit(desk: Desk) -> None:
    parcels.mailed(desk)
    parcels.take(desk, "702")


def _delivered(desk: Desk) -> None:
    parcels.mailed(desk)
    parcels.take(desk, "702", "704/10")


# --- what is done about it


def _acknowledged(desk: Desk, line: Line) -> object:
    return builders.acknowledged(desk, builders.consignment_of(desk, line.object).envelope or "")


def _answered(desk: Desk, line: Line) -> object:
    return ratings.answer(at(desk, "2001"), line.case_number, outcome="explained", note="已电话说明")


def _supplied(desk: Desk, line: Line) -> object:
    """The deferred paper comes, and follows in an envelope of its own."""
    return builders.brought(desk, line.case_number)


def _dropped(desk: Desk, line: Line) -> object:
    return waiting.drop(desk, line.object)


def _seen(desk: Desk, line: Line) -> object:
    return claims.see(at(desk, "2001"), [line])


SCENES: Mapping[str, Scene] = {
    "overdue": Scene(
        lambda desk: a_consignment(desk, S.ACCEPTED),
        lambda desk, line: builders.decided(desk, line.object),
        patient(decision=1),
        days=10,
    ),
    "untold": Scene(scenes.SCENES["failing"], lambda desk, line: notices.notice(desk, line.object)),
    "silent": Scene(_handed_over, _acknowledged, patient(silent=3), days=14),
    "not_delivered": Scene(_in_transit, _acknowledged, patient(delivery=1), days=10),
    "unacknowledged": Scene(_delivered, _acknowledged),
    "missed_pickup": Scene(
        lambda desk: an_envelope(desk, EnvelopeState.SEALED),
        lambda desk, line: builders.handed_over(desk, line.object),
        patient(cut_off=1),
        days=5,
    ),
    "trouble": Scene(
        lambda desk: an_envelope(desk, EnvelopeState.SENT_BACK),
        lambda desk, line: troubles.resolve(desk, line.opens, outcome="repack"),
    ),
    "order_stuck": Scene(_stuck_order, lambda desk, line: orders.drop(desk, line.object)),
    "print_unclear": Scene(
        _unsure_print, lambda desk, line: printing.confirm_print(desk, line.object, printed=True)
    ),
    "bad_rating": Scene(_bad_rating, _answered),
    "licence_open": Scene(
        _open_licence, lambda desk, line: licences.close(desk, line.object, outcome="mended")
    ),
    "deferred_missing": Scene(builders.a_deferring_case, _supplied, days=30),
    "result_overdue": Scene(
        lambda desk: a_consignment(desk, S.DECIDED),
        lambda desk, line: results.result_return(desk, line.object),
        patient(silent=3),
        days=14,
    ),
    "unclaimed": Scene(
        lambda desk: a_consignment(desk, S.RESULT_ARRIVED),
        lambda desk, line: builders.served(desk, line.case_number),
        patient(service=1),
        days=10,
    ),
    "unreviewed": Scene(
        lambda desk: a_case(desk, CaseState.REGISTERED),
        lambda desk, line: builders.review_all(desk, line.object),
    ),
    "waiting": Scene(_waiting, _dropped),
    "unexplained": Scene(_vanished_result, lambda desk, line: builders.arrived(desk, line.object)),
    "due_soon": Scene(
        an_envelope,
        lambda desk, line: builders.sealed(desk, builders.consignment_of(desk, line.object).envelope or ""),
        patient(seal=1, soon=1),
    ),
    "reopened": Scene(
        lambda desk: packing.reopen(
            with_second(desk), an_envelope(desk, EnvelopeState.SEALED).number, reason="wrong_paper"
        ),
        _seen,
    ),
    "second_notice": Scene(_told_twice, _seen),
    "manual_identity": Scene(_by_hand, _seen),
    "revealed": Scene(lambda desk: revealing.reveal(desk, a_case(desk).number, reason="verify"), _seen),
    "voided": Scene(_reprinted, _seen),
    "clock": Scene(_clock_went_back, _seen),
}
