"""Whose turn it is to be asked about: when each parcel was asked last, what came, when it is asked again.

No act, so it stands in a table of its own outside the journal. Asking is done by `syncing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from workstation.acts import explanations, mail_orders
from workstation.acts.desk import Desk
from workstation.domain.mail import Carrier
from workstation.domain.times import DAY_MS
from workstation.domain.tracking import MailState
from workstation.policies import MailPolicy
from workstation.store.statements import mail as sql
from workstation.store.work import Reading

NEWS, SAME, NOT_FOUND = "news", "same", "not_found"
"""What came of a question; where none of these did, the reason of a `CarrierError`."""
UNREACHABLE = "unreachable"
_GOOD = frozenset({NEWS, SAME, NOT_FOUND})

_MINUTE = 60 * 1000
_HOUR = 60 * _MINUTE
_LONGEST = 12 * _HOUR
"""Between two questions while something is expected (ms)."""
_AFTER_DELIVERY = 7 * DAY_MS
"""So long a delivery may still be taken back (743) or turned into a return (741)."""
_EVER = 2**62


@dataclass(frozen=True)
class Turn:
    """A parcel whose turn it is, and when it was asked about before."""

    id: str
    """Of the waybill's record: a number that comes round again is another parcel."""
    number: str
    bound_at: int
    asked_at: int | None
    next_at: int | None
    failures: int


@dataclass(frozen=True)
class Poll:
    """A line of `polls`."""

    waybill: str
    asked_at: int
    next_at: int | None
    answer: str
    failures: int


@dataclass(frozen=True)
class Latest:
    """The parcels on their way of which the last question came to the same."""

    answer: str | None
    """None: nobody has asked about them."""
    count: int
    asked_at: int | None
    """When one of them was asked about last."""
    next_at: int | None
    """When it is the first one's turn again."""

    @property
    def failed(self) -> bool:
        """Whether nothing came of it."""
        return self.answer is not None and self.answer not in _GOOD


def due(desk: Desk, carrier: Carrier, *, count: int) -> list[Turn]:
    """The parcels on their way whose turn it is, the longest due first."""
    values = _values(desk, carrier)
    with desk.reading() as reading:
        return [Turn(**line) for line in reading.lines(sql.DUE_PARCELS, count=count, **values)]


def how_many(desk: Desk, carrier: Carrier) -> int:
    """How many parcels' turn it is."""
    values = _values(desk, carrier)
    with desk.reading() as reading:
        (line,) = reading.lines(sql.COUNT_DUE, **values)
    return int(line["n"])


def _values(desk: Desk, carrier: Carrier) -> dict[str, int]:
    """What went with a carrier before it was retired is followed to its end; what came later is not its."""
    return {
        "now": desk.store.now(),
        "until": _EVER if carrier.state == "in_service" else carrier.changed_at,
    }


def tracked_by(desk: Desk) -> Carrier | None:
    """The carrier with an interface: the one in service, or else the one that was last."""
    with desk.reading() as reading:
        known = [carrier for carrier in reading.carriers.where() if carrier.name in mail_orders.TAKE_ORDERS]
    return max(known, key=lambda carrier: (carrier.state == "in_service", carrier.changed_at), default=None)


def note(desk: Desk, polls: Iterable[Poll]) -> None:
    """Note when parcels were asked about, outside the ledger; cut off before that, they are asked again."""
    noted: list[Mapping[str, Any]] = [{"hall": desk.hall.id, **vars(poll)} for poll in polls]
    if not noted:
        return
    engine = desk.store.engine
    with explanations.explained(), engine.write():
        for poll in noted:
            if engine.row(sql.ASK_AGAIN, poll) is None:
                engine.run(sql.ASKED_FIRST, poll)


def latest(desk: Desk, carrier: Carrier) -> list[Latest]:
    """All parcels on their way, by what came of the last question."""
    until = _values(desk, carrier)["until"]
    with desk.reading() as reading:
        return [Latest(**line) for line in reading.lines(sql.ANSWERS, until=until)]


def after(policy: MailPolicy, desk: Desk, turn: Turn, answer: str) -> Poll:
    """What is noted once this came."""
    now = desk.store.now()
    with desk.reading() as reading:
        next_at = next_turn(policy, reading, turn, answer, now=now)
    return Poll(turn.id, now, next_at, answer, 0 if answer in _GOOD else turn.failures + 1)


def next_turn(policy: MailPolicy, reading: Reading, turn: Turn, answer: str, *, now: int) -> int | None:
    """When a parcel is asked about again, now that this came; None: nothing more is expected."""
    waybill = reading.waybills.get(turn.id)
    state = waybill.mail_state if waybill else MailState.NONE
    (heard,) = reading.lines(sql.HEARD, waybill=turn.number)
    quiet = now - max(turn.bound_at, heard["heard_at"] or 0)
    if state in (MailState.RETURNED, MailState.LOST):
        return None
    if state == MailState.DELIVERED:
        return now + DAY_MS if quiet < _AFTER_DELIVERY else None
    least = policy.poll_minutes * _MINUTE
    if quiet >= policy.poll_days * DAY_MS:
        return now + max(DAY_MS, least)
    # A line that was down says nothing of the parcel.
    if answer in (NEWS, UNREACHABLE) or state == MailState.OUT_FOR_DELIVERY:
        return now + least
    former = (turn.next_at or 0) - (turn.asked_at or 0)
    return now + max(least, min(2 * former, _LONGEST))
