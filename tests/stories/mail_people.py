"""What people do about a parcel in the week of the mail: each step waits until it is its turn, then acts.

Whoever decides about an order in doubt asks the carrier on the telephone first: here, the simulator itself.
"""

from __future__ import annotations

from tests import builders
from tests.builders import with_second
from tests.stories.mail_week import Parcel, Step, Week
from workstation.acts import (
    contacts,
    departures,
    offices,
    orders,
    packing,
    receipts,
    results,
    tasks,
    troubles,
    waybills,
)
from workstation.domain import codes
from workstation.domain.envelope import EnvelopeState, Task
from workstation.domain.mail import MailOrder, OrderState
from workstation.domain.tasks import By
from workstation.domain.tracking import MailState

# --- at the window


#: The plan of the week in which this is done instead; its copies have a number behind it.
INSTEAD = "a sticker instead"


def stuck_on(*, instead: bool = False) -> Step:
    """A sticker, before an order has been sent, or `instead` of the waybill that an order has given."""

    def step(week: Week, parcel: Parcel) -> bool:
        if instead and parcel.waybill() is None:
            return False
        number = parcel.envelope.number
        waybills.bind_envelope(parcel.desk, number, waybill=week.sticker(), instead=instead)
        return True

    return step


def dropped(_: Week, parcel: Parcel) -> bool:
    """Somebody gives its order up before it was sent."""
    orders.drop(parcel.desk, parcel.envelope.number)
    return True


def reopened(_: Week, parcel: Parcel) -> bool:
    """As soon as the carrier has its order: a paper is missing, so another envelope takes its place."""
    if parcel.waybill() is None:
        return False
    packing.reopen(with_second(parcel.desk), parcel.envelope.number, reason="paper_missing")
    packed_again(_, parcel)
    return True


def packed_again(_: Week, parcel: Parcel) -> bool:
    """Into another envelope."""
    builders.packed(parcel.desk, f"{parcel.case}-1")
    builders.sealed(parcel.desk, parcel.envelope.number)
    return True


def canceled_by_mistake(_: Week, parcel: Parcel) -> bool:
    """The carrier has it already: it will refuse."""
    if parcel.mail_state() in ("", MailState.NONE):
        return False
    orders.cancel(parcel.desk, parcel.envelope.number)
    return True


# --- the home office


def acknowledged(channel: str, *, rows: str = "", is_short: bool = False) -> Step:
    """Once it is delivered the office names the code of its reply slip, or the short form of it."""

    def step(_: Week, parcel: Parcel) -> bool:
        if parcel.mail_state() != MailState.DELIVERED:
            return False
        number, office = parcel.envelope.number, parcel.consignment.office_code
        slip = builders.paper_of(parcel.desk, number, "reply_slip").number
        code = codes.short_form(slip) if is_short else slip
        receipts.acknowledge(parcel.desk, code, channel=channel, office=office, rows=rows)
        return True

    return step


def acknowledged_by_hand(_: Week, parcel: Parcel) -> bool:
    """Somebody there says so, without the code."""
    if parcel.mail_state() != MailState.DELIVERED:
        return False
    receipts.acknowledge_by_hand(parcel.desk, parcel.envelope.number, person="韦示例", channel="phone")
    return True


def sent_back_with_result(_: Week, parcel: Parcel) -> bool:
    """It decides, and posts the result under the label that lay in the envelope."""
    builders.decided(parcel.desk, f"{parcel.case}-1")
    results.result_return(parcel.desk, f"{parcel.case}-1")
    return True


def arrived(_: Week, parcel: Parcel) -> bool:
    """The result is here: its waybill is scanned, and what lies in it counted."""
    if parcel.mail_state("back") != MailState.DELIVERED:
        return False
    waybill = parcel.waybill("back")
    assert waybill is not None
    found = builders.found(parcel.desk, f"{parcel.case}-1")
    results.arrive(parcel.desk, waybill.number, found, place="R-01")
    return True


# --- trouble


def in_trouble(kind: str, *, once: str) -> Step:
    """Recorded as soon as the carrier's account says so."""

    def step(_: Week, parcel: Parcel) -> bool:
        if parcel.mail_state() != once:
            return False
        troubles.trouble(parcel.desk, parcel.envelope.number, kind=kind, text="寄递企业告知")
        return True

    return step


def resolved(outcome: str) -> Step:
    """The trouble's steps are worked, then it is ended."""

    def step(_: Week, parcel: Parcel) -> bool:
        for task in open_tasks(parcel):
            worked(parcel, task)
        troubles.resolve(parcel.desk, parcel.envelope.number, outcome=outcome)
        return True

    return step


def withdrawn(_: Week, parcel: Parcel) -> bool:
    """The applicant takes the papers back."""
    departures.withdraw(parcel.desk, parcel.case)
    return True


def settled(kind: str) -> Step:
    """A task of this kind, once there is one, is worked step by step and ended."""
    return _task(kind, ends=True)


def begun(kind: str) -> Step:
    """The same, but nobody ends it."""
    return _task(kind, ends=False)


def _task(kind: str, *, ends: bool) -> Step:
    def step(_: Week, parcel: Parcel) -> bool:
        found = [task for task in open_tasks(parcel) if task.kind == kind]
        for task in found:
            worked(parcel, task)
            if ends:
                tasks.end_by_hand(parcel.desk, task.id, outcome="settled")
        return bool(found)

    return step


def open_tasks(parcel: Parcel) -> list[Task]:
    """Those about it, in the order in which they were opened."""
    return [task for task in all_tasks(parcel) if task.state == "open"]


def all_tasks(parcel: Parcel) -> list[Task]:
    """Those that have ended too."""
    about = [parcel.case, f"{parcel.case}-1", *(envelope.number for envelope in parcel.envelopes)]
    with parcel.desk.reading() as reading:
        found = [task for name in about for task in reading.tasks.where(object=name)]
    return sorted(found, key=lambda task: (task.opened_at, task.id))


def worked(parcel: Parcel, task: Task) -> None:
    """Each step that is asked for: ticked, or recorded where it belongs."""
    for progress in tasks.file(parcel.desk, task.id).steps:
        step = progress.step
        if progress.done or not step.required:
            continue
        if step.by == By.HAND:
            tasks.do(parcel.desk, task.id, step.id)
        elif step.id in _RECORDED:
            _RECORDED[step.id](parcel)


def _verified(parcel: Parcel) -> object:
    return offices.verify(parcel.desk, parcel.consignment.office_code)


def _told(parcel: Parcel) -> object:
    return contacts.add(parcel.desk, parcel.case, who="applicant", outcome="reached")


def _called(parcel: Parcel) -> object:
    return contacts.add(parcel.desk, f"{parcel.case}-1", who="home_office", outcome="reached")


_RECORDED = {"verify_address": _verified, "tell_applicant": _told, "call_office": _called}


# --- the outbox


def outbox_looked_through(week: Week) -> None:
    """Whatever waits for a person is decided, and what has no order any more is ordered anew."""
    desk = week.desks[0]
    live = week.live_orders()
    for standing in orders.listed(desk):
        if standing.needs_person:
            week.reasons[standing.order.reason or ""] += 1
            week.decided[_decided(week, standing.order, is_live=standing.order.id in live)] += 1
    unlabelled = {parcel.envelope.number for parcel in week.parcels if not parcel.plan.labelled}
    for outward in orders.unbound(desk):
        if outward.envelope.number not in unlabelled:
            orders.order_again(desk, outward.envelope.number)
            week.decided["again"] += 1


def _decided(week: Week, order: MailOrder, *, is_live: bool) -> str:
    desk = week.desks[0]
    if order.state == OrderState.REFUSED:
        orders.retry(desk, order.id)
        return "retry"
    is_canceling = order.state.startswith("cancel")
    if is_canceling and not is_live:
        orders.confirm_cancel(desk, order.id)
        return "confirm_cancel"
    if is_live and _may_bind(week, order, is_canceling=is_canceling):
        _bound(week, order)
        return "bind" if not is_canceling else "bind_after_all"
    if order.state == OrderState.CANCEL_UNSURE:
        orders.retry(desk, order.id)
        return "retry_cancel"
    orders.cancel(desk, order.id)
    return "cancel"


def _bound(week: Week, order: MailOrder) -> None:
    """Both labels that the carrier gave are scanned; the answer that told of them was cut off."""
    desk = week.desks[0]
    there, back = week.live_orders()[order.id]
    orders.resolve(desk, order.id, waybill=there)
    for consignment in builders.consignments_in(desk, order.envelope):
        results.expect_return(desk, consignment.id, waybill=back)


def _gets_another_sticker(week: Week, order: MailOrder) -> bool:
    to_come = [parcel for parcel in week.parcels if parcel.left and parcel.plan.name.startswith(INSTEAD)]
    return order.envelope in {parcel.envelope.number for parcel in to_come}


def _may_bind(week: Week, order: MailOrder, *, is_canceling: bool) -> bool:
    """Its label is on the envelope and it is to go; every second one in doubt is canceled all the same.

    Where a sticker is to come instead, the carrier itself must have told both labels: of one for the way back
    that was scanned nobody knows that it goes with the order, so it would stay bound.
    """
    if _gets_another_sticker(week, order):
        return False
    desk = week.desks[0]
    with desk.reading() as reading:
        other = reading.waybills.where(object=order.envelope, state="live")
    if other:
        return False
    if is_canceling:
        return builders.envelope_of(desk, order.envelope).state == EnvelopeState.HANDED_OVER
    return week.decided["bind"] <= week.decided["cancel"]
