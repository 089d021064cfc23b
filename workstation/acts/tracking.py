"""轨迹: what a carrier tells of a parcel is kept whole, folded to its waybill's state, and watched.

No event undoes an act of ours: where the carrier's account and ours part, a task asks a person to look. What
the codes mean is told by the carrier's folder, how they fold by `domain/tracking.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from integrations.carriers import Event
from integrations.carriers.ems import events
from workstation.acts import steps, task_steps, tasks
from workstation.acts.desk import Desk
from workstation.domain import tracking
from workstation.domain.case import Holder
from workstation.domain.envelope import EnvelopeState, Waybill
from workstation.domain.mail import MailEvent
from workstation.domain.times import DAY_MS, minute
from workstation.domain.tracking import Alarm, Fact, Mail, MailState
from workstation.domain.words import word
from workstation.store.personal import PersonalKeys
from workstation.store.statements import mail as sql
from workstation.store.work import Reading, Work

SYNC, IMPORT = "sync", "import"
"""Where an event came from: asked of the carrier's interface · a table from its web site."""
OVERTAKEN = "overtaken"
"""Outcome of a task that what was told later has made needless."""

#: A sticker may be bound long after the carrier took the envelope, when the internet is back. No number is
#: used twice within 12 months (UPU S10), so what is told of the month before is about this parcel.
_BEFORE_BINDING_MS = 30 * DAY_MS
#: The parcel has been in the carrier's hands.
_MOVED = frozenset(
    {
        MailState.PICKED_UP,
        MailState.IN_TRANSIT,
        MailState.ARRIVED_DESTINATION,
        MailState.OUT_FOR_DELIVERY,
        MailState.ATTEMPT_FAILED,
        MailState.AWAITING_PICKUP,
        MailState.DELIVERED,
        MailState.RETURNING,
        MailState.RETURNED,
        MailState.LOST,
    }
)
#: An office that has acknowledged has the papers, however they were signed for; these contradict it.
_AGAINST_ACKNOWLEDGED = frozenset({Alarm.RETURNING, Alarm.VANISHED})
#: Our own reception signs for what comes back, and its arrival is scanned.
_OF_RETURN = frozenset(Alarm) - {Alarm.SIGNING_DOUBTFUL}


@dataclass(frozen=True)
class Taken:
    """What came of events that were taken."""

    waybill: str
    new: int
    """Events nobody had told before."""
    states: Mapping[str, str]
    """By the waybill's object, where its parcel is now."""
    raised: tuple[str, ...] = ()
    """Kinds of the tasks that were opened."""
    overtaken: tuple[str, ...] = ()
    """Kinds of the tasks that have passed."""


@dataclass(frozen=True)
class Account:
    """One binding of a waybill number, with the fold of what was known of its parcel and of all there is."""

    waybill: Waybill
    before: Mail
    mail: Mail

    @property
    def stands(self) -> bool:
        """Whether the waybill's record says what follows from all events."""
        return _followed(self.waybill, self.mail) == self.waybill


def take(desk: Desk, number: str, told: Iterable[Event], *, source: str) -> Taken | None:
    """Keep what has not been told before, and follow it; None, and no entry, where nothing is new."""
    told = tuple(told)
    with desk.reading() as reading:
        if _Parcel.of(reading, number, told).has_no_news:
            return None
    opening = desk.carrying_out("take_events") if source == SYNC else desk.act("import_events")
    try:
        with opening as work:
            parcel = _Parcel.of(work, number, told)
            if parcel.has_no_news:
                raise _NoNews
            return _taken(work, parcel, source)
    except _NoNews:
        return None


class _NoNews(Exception):
    """Another window was faster; the transaction has nothing to do and leaves no entry."""


@dataclass(frozen=True)
class _Parcel:
    """All that is known of a number, and what is new."""

    number: str
    fresh: Mapping[str, Event]
    """By their identity."""
    accounts: tuple[Account, ...]

    @classmethod
    def of(cls, reading: Reading, number: str, told: Iterable[Event]) -> _Parcel:
        """What is known, with what is told now; nothing is new of a waybill that was never bound."""
        bound = reading.waybills.where(number=number)
        known = facts(reading, number)
        ids = {fact.id for fact in known}
        named = {identity(reading.keys, event): event for event in told if bound and event.waybill == number}
        fresh = {name: event for name, event in named.items() if name not in ids}
        new = [_fact(name, event) for name, event in fresh.items()]
        return cls(number, fresh, tuple(_accounts(bound, known, new)))

    @property
    def has_no_news(self) -> bool:
        """Whether the ledger has it all, and says what follows from it."""
        return not self.fresh and all(account.stands for account in self.accounts)


def identity(keys: PersonalKeys, event: Event) -> str:
    """The event's id; where no code tells two apart, their sentences do, which nobody can read out of it."""
    code = event.code or keys.journal(f"mail_events|{event.waybill}", f"{event.name}|{event.text}")
    organisation = event.organisation
    return tracking.identity(event.waybill, code=code, sub=event.sub, at=event.at, organisation=organisation)


def facts(reading: Reading, number: str) -> list[Fact]:
    """The events kept of a number, each with its meaning."""
    return [
        _meant(
            line["id"],
            line["code"],
            line["sub"],
            at=line["at"],
            organisation=line["organisation"],
            name=line["name"],
        )
        for line in reading.lines(sql.EVENTS, waybill=number)
    ]


def _fact(name: str, event: Event) -> Fact:
    return _meant(name, event.code, event.sub, at=event.at, organisation=event.organisation, name=event.name)


def _meant(id_: str, code: str, sub: str, *, at: int, organisation: str, name: str) -> Fact:
    meaning = events.meaning(code, sub)
    return Fact(id_, code, sub, at, organisation, name, meaning.effect, meaning.cancels, meaning.grade)


def _accounts(bound: Sequence[Waybill], known: Sequence[Fact], new: Sequence[Fact]) -> Iterable[Account]:
    for waybill in bound:
        mine = about(waybill, bound)
        before = tracking.fold(filter(mine, known))
        mail = tracking.fold(filter(mine, (*known, *new))) if new else before
        if _followed(waybill, before) != waybill:
            before = Mail()  # they came while the number was bound otherwise: nobody has followed them yet
        yield Account(waybill, before, mail)


def about(waybill: Waybill, bound: Iterable[Waybill]) -> Callable[[Fact], bool]:
    """Which facts are about this binding: a number comes round again after 24 months."""
    since = waybill.bound_at - _BEFORE_BINDING_MS
    later = [
        other.bound_at
        for other in bound
        if other.bound_at > waybill.bound_at and other.object != waybill.object
    ]
    until = min(later, default=None)
    return lambda fact: since <= fact.at and (until is None or fact.at < until - _BEFORE_BINDING_MS)


def _followed(waybill: Waybill, mail: Mail) -> Waybill:
    """The waybill with the state that follows."""
    return replace(
        waybill,
        mail_state=mail.state,
        mail_at=mail.since,
        mail_code="/".join(filter(None, (mail.code, mail.sub))) or None,
        mail_grade=mail.grade or None,
    )


def _taken(work: Work, parcel: _Parcel, source: str) -> Taken:
    work.object = parcel.number
    for name, event in parcel.fresh.items():
        work.mail_events.add(_kept(name, event, source, work.now))
    raised: list[str] = []
    overtaken: list[str] = []
    for account in parcel.accounts:
        work.waybills.save(_followed(account.waybill, account.mail))
        work.mention(account.waybill.object)
        _into_the_carriers_hands(work, account)
        raised += _raised(work, account)
        overtaken += _overtaken(work, account)
    work.facts = {"new": len(parcel.fresh), "raised": raised, "overtaken": overtaken}
    states = {account.waybill.object: account.mail.state.value for account in parcel.accounts}
    return Taken(parcel.number, len(parcel.fresh), states, tuple(raised), tuple(overtaken))


def _kept(name: str, event: Event, source: str, now: int) -> MailEvent:
    return MailEvent(
        id=name,
        waybill=event.waybill,
        code=event.code,
        sub=event.sub,
        at=event.at,
        organisation=event.organisation,
        name=event.name,
        source=source,
        received_at=now,
        text=event.text or None,
    )


def _into_the_carriers_hands(work: Work, account: Account) -> None:
    """The carrier's own word that it has the envelope ends the courier's custody; none but ours goes on."""
    waybill = account.waybill
    if (waybill.leg, waybill.state) != ("out", "live") or account.mail.state not in _MOVED:
        return
    envelope = work.envelopes.get(waybill.object)
    if envelope is None or (envelope.state, envelope.holder) != (EnvelopeState.HANDED_OVER, Holder.COURIER):
        return
    work.envelopes.save(replace(envelope, holder=Holder.CARRIER, holder_ref=None))
    _mention_cases(work, waybill)


def _raised(work: Work, account: Account) -> list[str]:
    """The tasks opened for what has become wrong."""
    answered = _answered(work, account.waybill)
    opened = []
    for alarm in account.mail.alarms:
        is_new = alarm not in account.before.alarms
        if alarm is Alarm.UNDONE:
            # Nobody misses a delivery that was never told here.
            is_new = is_new and account.waybill.mail_state == MailState.DELIVERED
        if is_new and alarm in answered and _open(work, account, alarm):
            opened.append(alarm.value)
    return opened


def _answered(work: Work, waybill: Waybill) -> frozenset[Alarm]:
    """Alarms that mean something while our own account of its object is as it is."""
    live = waybill.state == "live"
    if waybill.leg == "back":
        return _OF_RETURN if live else frozenset()
    envelope = work.envelopes.get(waybill.object)
    if envelope is not None and envelope.holder == Holder.HOME_OFFICE:
        return _AGAINST_ACKNOWLEDGED
    return frozenset(Alarm) if live else frozenset()


def _open(work: Work, account: Account, alarm: Alarm) -> bool:
    """Open the task, once for each kind and object; False where it is open already."""
    mail, object_ = account.mail, account.waybill.object
    if work.tasks.where(object=object_, kind=alarm.value, state="open"):
        return False
    said = events.meaning(mail.code, mail.sub).name or mail.code or word(mail.state)
    note = f"{account.waybill.number}：{said}" + (f"，{minute(mail.at)}" if mail.at else "")
    tasks.open_once(work, kind=alarm.value, object_=object_, note=note)
    _mention_cases(work, account.waybill)
    return True


def _overtaken(work: Work, account: Account) -> list[str]:
    """The tasks whose reason has passed: ended, or told so where somebody is at work on them."""
    ended = []
    for alarm in account.before.alarms:
        if alarm in account.mail.alarms:
            continue
        for task in work.tasks.where(object=account.waybill.object, kind=alarm.value, state="open"):
            if any(step.done for step in task_steps.of(work, task)):
                later = f"后来的轨迹：{word(account.mail.state)}"
                work.tasks.save(replace(task, note="；".join(filter(None, (task.note, later)))))
            else:
                tasks.end(work, task, OVERTAKEN)
                ended.append(alarm.value)
            _mention_cases(work, account.waybill)
    return ended


def _mention_cases(work: Work, waybill: Waybill) -> None:
    if waybill.leg == "back":
        work.mention(steps.find_consignment(work, waybill.object).case_number)
        return
    envelope = steps.find_envelope(work, waybill.object)
    work.mention(*(consignment.case_number for consignment in steps.consignments_in(work, envelope)))
