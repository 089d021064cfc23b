"""Tracking 轨迹: all a carrier has told of a parcel, folded to the one state that follows from it.

Events come late, twice, in any order, and some take others back; whatever the way they came, the same events
give the same state. What a code means is told by the carrier's folder. Pure; our own acts do not stand here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class MailState(StrEnum):
    """Where a parcel is by the carrier's account."""

    NONE = "mail_none"
    PICKED_UP = "picked_up"
    IN_TRANSIT = "in_transit"
    ARRIVED_DESTINATION = "arrived_destination"
    OUT_FOR_DELIVERY = "out_for_delivery"
    ATTEMPT_FAILED = "attempt_failed"
    AWAITING_PICKUP = "awaiting_pickup"
    DELIVERED = "delivered"
    RETURNING = "returning"
    RETURNED = "returned_to_sender"
    ADDRESS_CHANGED = "address_changed"
    INTERCEPTED = "intercepted"
    EXCEPTION = "exception"
    LOST = "mail_lost"
    CANCELED = "mail_canceled"


class Grade(StrEnum):
    """How good a delivery is, and why there was none. No delivery is an acknowledgement (design §2)."""

    PERSON = "signed_person"
    RECEPTION = "signed_reception"
    """Taken in for another: a call tells whether it has arrived."""
    LEFT = "signed_left"
    """In a cupboard, at a door handle and the like: nobody has it."""
    UNCLEAR = "signed_unclear"
    LOST = "signed_lost"
    """理赔签收: reads like a signature, and is a loss."""
    REFUSED = "attempt_refused"
    ADDRESS = "attempt_address"


class Alarm(StrEnum):
    """What a person must look after; each is named like the task it asks for."""

    VANISHED = "mail_vanished"
    SIGNING_LEFT = "signing_alarm"
    SIGNING_DOUBTFUL = "signing_doubtful"
    UNDONE = "mail_undone"
    """A delivery had been told and does not stand any more."""
    RETURNING = "mail_returning"
    REFUSED = "attempt_refused"
    ADDRESS = "attempt_address"
    ADDRESS_CHANGED = "address_changed"
    INTERCEPTED = "intercepted"
    STUCK = "mail_stuck"
    """The last that was told of its way is an exception, or that its order was canceled."""


#: Nothing more is expected of these; still, what is told later is taken.
FINAL = frozenset({MailState.DELIVERED, MailState.RETURNED, MailState.LOST})


@dataclass(frozen=True)
class Fact:
    """One event together with its meaning."""

    id: str
    """Its `identity`."""
    code: str
    sub: str
    at: int
    """Epoch milliseconds, by the carrier's clock."""
    organisation: str
    name: str
    effect: str
    """The state it brings; empty: it moves nothing; anything that is no state: unknown, and moves nothing."""
    cancels: tuple[str, ...] = ()
    """Codes one earlier event of which it makes void."""
    grade: str = ""


@dataclass(frozen=True)
class Mail:
    """What all facts of one parcel come to."""

    state: MailState = MailState.NONE
    since: int | None = None
    """When this state began; with several events of it on end, the first of them."""
    at: int | None = None
    """When the event was that says so now: the last of them. Code, sub-code and grade are its own."""
    code: str = ""
    sub: str = ""
    grade: str = ""
    cancelled: frozenset[str] = frozenset()
    """Identities of the facts that were taken back."""
    idle: tuple[str, ...] = ()
    """Unknown codes that came, sorted."""
    alarms: tuple[Alarm, ...] = ()
    """Gravest first."""
    heard_at: int | None = None
    """When the latest fact of any kind was: how long the carrier has been silent is counted from here."""


def identity(waybill: str, *, code: str, sub: str, at: int, organisation: str) -> str:
    """32 hex digits that are the same for the same event, however often and by whichever way it comes."""
    running = _SM3.copy()
    for part in (waybill, code, sub, str(at), organisation):
        data = part.encode()
        running.update(b"%d:%s" % (len(data), data))
    return running.hexdigest()[:32]


#: Begun once: to look the algorithm up takes longer than the rest.
_SM3 = hashlib.new("sm3")


def fold(facts: Iterable[Fact]) -> Mail:
    """The state that follows from all `facts` of one parcel, in any order and however often each came."""
    told = sorted({fact.id: fact for fact in facts}.values(), key=_order)
    if not told:
        return Mail()
    cancelled = _cancelled(told)
    standing = [fact for fact in told if fact.id not in cancelled and fact.effect in _STATES]
    state, since, says = _walked(standing)
    return Mail(
        state=state,
        since=since,
        at=says.at if says else None,
        code=says.code if says else "",
        sub=says.sub if says else "",
        grade=says.grade if says else "",
        cancelled=cancelled,
        idle=tuple(sorted({fact.code for fact in told if fact.effect and fact.effect not in _STATES})),
        alarms=_alarms(state, says, standing, told),
        heard_at=told[-1].at,
    )


def _order(fact: Fact) -> tuple[int, bool, str, str, str]:
    # At one instant a cancellation comes last: it reaches every event that is not later than itself.
    return fact.at, bool(fact.cancels), fact.code, fact.sub, fact.organisation


def _cancelled(told: Sequence[Fact]) -> frozenset[str]:
    """Each cancellation takes back the latest event of its targets that still stands, or nothing."""
    standing: dict[str, list[Fact]] = {}
    taken_back: set[str] = set()
    for fact in told:
        if not fact.cancels:
            standing.setdefault(fact.code, []).append(fact)
        elif targets := [standing[code] for code in fact.cancels if standing.get(code)]:
            latest = max(targets, key=lambda same_code: _order(same_code[-1]))
            taken_back.add(latest.pop().id)
    return frozenset(taken_back)


_STATES: Mapping[str, MailState] = {state.value: state for state in MailState if state is not MailState.NONE}
#: What is told of the way, and not of an outcome.
_WAY = frozenset(
    {
        MailState.PICKED_UP,
        MailState.IN_TRANSIT,
        MailState.ARRIVED_DESTINATION,
        MailState.OUT_FOR_DELIVERY,
        MailState.ADDRESS_CHANGED,
        MailState.INTERCEPTED,
        MailState.EXCEPTION,
        MailState.CANCELED,
    }
)
_TRIED = frozenset({MailState.ATTEMPT_FAILED, MailState.AWAITING_PICKUP})
#: An outcome yields to another outcome, not to the way: clocks of two post offices differ, so a scan may be
#: stamped after the delivery; and what goes back is scanned like anything else. An attempt told after a
#: delivery contradicts it, but on the way back it is one at the sender's.
_HELD_AGAINST: Mapping[str, frozenset[str]] = {
    MailState.DELIVERED: _WAY,
    MailState.RETURNING: _WAY | _TRIED,
    MailState.RETURNED: _WAY | _TRIED | {MailState.RETURNING},
    MailState.LOST: _WAY | _TRIED,
}
_NOTHING: frozenset[str] = frozenset()


def _walked(standing: Iterable[Fact]) -> tuple[MailState, int | None, Fact | None]:
    """The state at the end, when it began, and the last fact that says so."""
    state, since, says = MailState.NONE, None, None
    for fact in standing:
        if fact.effect in _HELD_AGAINST.get(state, _NOTHING):
            continue
        if fact.effect != state:
            state, since = _STATES[fact.effect], fact.at
        says = fact
    return state, since, says


#: Raised by what is so now; what was set right since has passed.
_OF_NOW: Mapping[str, Alarm] = {
    MailState.LOST: Alarm.VANISHED,
    MailState.RETURNING: Alarm.RETURNING,
    MailState.RETURNED: Alarm.RETURNING,
    Grade.LEFT: Alarm.SIGNING_LEFT,
    Grade.RECEPTION: Alarm.SIGNING_DOUBTFUL,
    Grade.UNCLEAR: Alarm.SIGNING_DOUBTFUL,
}
#: Raised if it stands anywhere: a parcel delivered after its address was changed lies at another address.
_EVER: Mapping[str, Alarm] = {
    MailState.ADDRESS_CHANGED: Alarm.ADDRESS_CHANGED,
    MailState.INTERCEPTED: Alarm.INTERCEPTED,
    Grade.REFUSED: Alarm.REFUSED,
    Grade.ADDRESS: Alarm.ADDRESS,
}
_STUCK = frozenset({MailState.EXCEPTION, MailState.CANCELED})
_BACK = frozenset({MailState.RETURNING, MailState.RETURNED})


def _alarms(
    state: MailState, says: Fact | None, standing: Sequence[Fact], told: Sequence[Fact]
) -> tuple[Alarm, ...]:
    effects = {fact.effect for fact in standing}
    words = effects | {fact.grade for fact in standing}
    raised = {_EVER[word] for word in words if word in _EVER}
    raised |= {_OF_NOW[word] for word in (state, says.grade if says else "") if word in _OF_NOW}
    if standing and standing[-1].effect in _STUCK:
        raised.add(Alarm.STUCK)
    if state not in (MailState.DELIVERED, MailState.LOST) and any(
        fact.effect == MailState.DELIVERED for fact in told
    ):
        raised.add(Alarm.UNDONE)
    if state == MailState.DELIVERED and effects & _BACK:
        # Sent back, then delivered: to the office after all, or to the sender.
        raised.add(Alarm.SIGNING_DOUBTFUL)
    return tuple(alarm for alarm in Alarm if alarm in raised)
