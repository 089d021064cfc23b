"""收取轨迹: asks the carrier about each parcel on its way, again and again until nothing more is expected.

Several questions are on the wire at a time; what they bring is written by one thread, parcel by parcel, so
that the acts of the counter get between. When a parcel was asked about is no act: it stands in `polls`,
outside the journal, and a round without news leaves no entry. A parcel that does not answer keeps its turn.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from workstation.acts import carriers, orders, polls, tracking
from workstation.acts.alone import alone
from workstation.acts.desk import Desk
from workstation.acts.polls import NEWS, NOT_FOUND, SAME, UNREACHABLE, Poll, Turn
from workstation.domain.mail import Carrier
from workstation.policies import MailPolicy
from workstation.store.statements import mail as sql

if TYPE_CHECKING:
    from integrations.carriers import CarrierError, Event

_TRIES = 3
_IN_A_ROW = 3
"""So many parcels refused or unreadable one after the other, and it is not the parcels."""
_FIRST_PAUSE, _LONGEST_PAUSE = 30.0, 30 * 60.0
"""A carrier that does not answer is left alone so long, doubled each time (s)."""
_AT_ONCE = 500
_TOGETHER = 50
"""So many answers without news are written down at a time."""
_UNDONE, _KEPT = "轨迹没有收取。", "已收到的轨迹都在账上。"


class Wire(Protocol):
    """The way to a carrier; several threads may ask at a time."""

    def track(self, waybill: str, /) -> list[Event]:
        """All that has happened to a parcel."""

    def close(self) -> None:
        """Hang up."""


@dataclass(frozen=True)
class Round:
    """What came of one round."""

    asked: int = 0
    news: int = 0
    not_found: int = 0
    failed: int = 0
    left: int = 0
    """Parcels whose turn it still is."""
    elsewhere: bool = False
    """Another program of this home is at it."""


@dataclass
class Syncer:
    """Asks about what is due, round by round; how long a silent carrier is left alone is kept here only."""

    policy: MailPolicy = field(default_factory=MailPolicy)
    connect: Callable[[Desk, Carrier], Wire] | None = None
    """Makes the way to a carrier; None: the real one, with the credentials of the key sources."""
    monotonic: Callable[[], float] = time.monotonic
    trouble: CarrierError | None = None
    """Why the carrier could not be asked when it was tried last; None: it answered."""
    held: bool = False
    """Set from beside: what is on the wire comes home, and no further question is asked."""
    _quiet_until: float = 0.0
    _silences: int = 0
    _failed_in_a_row: int = 0
    _wires: dict[str, Wire] = field(default_factory=dict)

    def round(self, desk: Desk, *, budget: int = _AT_ONCE) -> Round:
        """Ask about the parcels whose turn it is, so many at most, the longest due first."""
        desk.writes()
        if self._stops() or (carrier := polls.tracked_by(desk)) is None:
            return Round()
        with alone(desk, "sync", undone=_UNDONE, kept=_KEPT) as is_alone:
            if not is_alone:
                return Round(elsewhere=True)
            turns = polls.due(desk, carrier, count=budget)
            wire = self._wire(desk, carrier) if turns else None
            came = self._asked(desk, wire, turns) if wire else Counter[str]()
        return Round(
            asked=came.total(),
            news=came[NEWS],
            not_found=came[NOT_FOUND],
            failed=came.total() - came[NEWS] - came[SAME] - came[NOT_FOUND],
            left=polls.how_many(desk, carrier),
        )

    def close(self) -> None:
        """Hang up."""
        for wire in self._wires.values():
            wire.close()
        self._wires.clear()

    def _stops(self) -> bool:
        return self.held or self.monotonic() < self._quiet_until

    def _wire(self, desk: Desk, carrier: Carrier) -> Wire | None:
        from integrations.carriers import CarrierError

        if carrier.name not in self._wires:
            try:
                self._wires[carrier.name] = (self.connect or self._really)(desk, carrier)
            except CarrierError as error:
                self._leave_alone(error)
                return None
        return self._wires[carrier.name]

    def _really(self, desk: Desk, carrier: Carrier) -> Wire:
        return carriers.client(desk, carrier, timeout=self.policy.timeout_seconds)

    def _asked(self, desk: Desk, wire: Wire, turns: Iterable[Turn]) -> Counter[str]:
        """Ask, and write down what comes; how often each kind of answer came."""
        came: Counter[str] = Counter()
        noted: list[Poll] = []
        going = (turn for turn in turns if not self._stops())
        with ThreadPoolExecutor(self.policy.connections, "asks a carrier") as pool:
            for turn, answer in _answers(pool, self.policy.connections, self._ask(wire), going):
                word = self._taken(desk, turn, answer)
                came[word] += 1
                noted.append(polls.after(self.policy, desk, turn, word))
                if word == NEWS or len(noted) >= _TOGETHER:
                    polls.note(desk, noted)
                    noted.clear()
        polls.note(desk, noted)
        return came

    def _ask(self, wire: Wire) -> Callable[[str], list[Event]]:
        """One question, asked again in a little while where nothing came: it changes nothing there."""
        # Loaded late, like the wire itself.
        import stamina
        from stamina.instrumentation import set_on_retry_hooks

        from integrations.carriers import Unreachable, Unreadable

        # By itself it would write each retry into the error stream, across the screen.
        set_on_retry_hooks(())

        def again(error: Exception) -> bool:
            return isinstance(error, Unreachable | Unreadable) and not self.held

        def ask(number: str) -> list[Event]:
            for attempt in stamina.retry_context(
                on=again, attempts=_TRIES, wait_initial=0.5, wait_jitter=0.5
            ):
                with attempt:
                    return wire.track(number)
            raise AssertionError("the last attempt returns or raises")

        return ask

    def _taken(self, desk: Desk, turn: Turn, answer: list[Event] | CarrierError) -> str:
        """What came of a question, in a word; news are in the ledger then."""
        if not isinstance(answer, list):
            self._failed(answer)
            return answer.reason
        self._silences = self._failed_in_a_row = 0
        if not self._stops():
            self.trouble = None
        if tracking.take(desk, turn.number, answer, source=tracking.SYNC):
            return NEWS
        return SAME if answer else NOT_FOUND

    def _failed(self, error: CarrierError) -> None:
        self._failed_in_a_row += 1
        if error.reason == UNREACHABLE or self._failed_in_a_row >= _IN_A_ROW:
            self._leave_alone(error)

    def _leave_alone(self, error: CarrierError) -> None:
        if self._stops() and self.trouble:
            return  # those on the wire together fall silent together: that is one silence
        self.trouble = error
        pause = min(_FIRST_PAUSE * 2**self._silences, _LONGEST_PAUSE)
        self._silences += 1
        self._quiet_until = self.monotonic() + pause


def _answers(
    pool: ThreadPoolExecutor, at_a_time: int, ask: Callable[[str], list[Event]], turns: Iterator[Turn]
) -> Iterator[tuple[Turn, list[Event] | CarrierError]]:
    """The answers as they come, so many questions out at a time."""
    out: dict[Future[list[Event]], Turn] = {
        pool.submit(ask, turn.number): turn for turn in islice(turns, at_a_time)
    }
    while out:
        done, _ = wait(out, return_when=FIRST_COMPLETED)
        for future in done:
            yield out.pop(future), _outcome(future)
            for turn in islice(turns, 1):
                out[pool.submit(ask, turn.number)] = turn


def _outcome(future: Future[list[Event]]) -> list[Event] | CarrierError:
    from integrations.carriers import CarrierError

    try:
        return future.result()
    except CarrierError as error:
        return error


@dataclass(frozen=True)
class Status:
    """How far the carrier is asked, and what waits."""

    carrier: str | None
    """None: the hall has none with an interface."""
    parcels: int = 0
    """On their way."""
    due: int = 0
    never_asked: int = 0
    answered: int = 0
    """Of those asked about: the last answer told of a track."""
    not_found: int = 0
    failed: int = 0
    asked_at: int | None = None
    """When any was asked about last."""
    answered_at: int | None = None
    """When a question was answered last."""
    next_at: int | None = None
    """When the next turn is."""
    orders: int = 0
    """Orders that are not done."""
    orders_for_person: int = 0
    """Of these, what nothing more happens to by itself."""

    @property
    def is_silent(self) -> bool:
        """Whether the latest questions were not answered."""
        return self.asked_at is not None and self.asked_at != self.answered_at


def status(desk: Desk) -> Status:
    """What was asked when, what came, and what waits."""
    desk.signed_in()
    with desk.reading() as reading:
        open_orders = reading.mail_orders.query(sql.OPEN_ORDERS)
    waiting = {
        "orders": len(open_orders),
        "orders_for_person": sum(orders.needs_person(order) for order in open_orders),
    }
    carrier = polls.tracked_by(desk)
    if carrier is None:
        return Status(None, **waiting)
    came = polls.latest(desk, carrier)
    counts = {each.answer: each.count for each in came}
    return Status(
        carrier.name,
        parcels=sum(counts.values()),
        due=polls.how_many(desk, carrier),
        never_asked=counts.get(None, 0),
        answered=counts.get(NEWS, 0) + counts.get(SAME, 0),
        not_found=counts.get(NOT_FOUND, 0),
        failed=sum(each.count for each in came if each.failed),
        asked_at=max((each.asked_at for each in came if each.asked_at), default=None),
        answered_at=max((each.asked_at for each in came if each.asked_at and not each.failed), default=None),
        next_at=min((each.next_at for each in came if each.next_at), default=None),
        **waiting,
    )
