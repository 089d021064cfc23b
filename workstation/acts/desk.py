"""The desk an act is done at: store, window, tray, and who is signed in; opens the act's one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from workstation.acts import explanations, making, refusals
from workstation.acts.drafts import NamedDraft, outcome
from workstation.domain import roles
from workstation.domain.day_close import CloseState
from workstation.domain.people import Hall, User, Waiting
from workstation.domain.times import local
from workstation.errors import Explained, OutsideFailed
from workstation.store.drafts import Drafts
from workstation.store.ledger import Store
from workstation.store.work import Reading, Stamp, Work


@dataclass(frozen=True)
class Desk:
    """One person at one window of one hall."""

    store: Store
    window: int
    tray: Path
    """Where made papers are laid for printing; swept by the user, never the only copy."""
    operator: User | None = None
    second: User | None = None
    """Who has confirmed this act with an own PIN."""
    seen: int | None = None
    """Version of the record the operator was looking at; another one means somebody was faster."""
    confirming: str | None = field(default=None, repr=False)
    """Id of the waiting act that this transaction carries out."""

    drafts: Drafts | None = None
    """The drafts of this home."""
    draft: str | None = None
    """The draft in which this act was written: the journal names it, and after the commit it is gone."""
    credentials: Callable[[str], Mapping[str, str] | None] | None = field(default=None, repr=False)
    """Asks the key sources for the credentials of a carrier, by its name."""
    readonly: bool = False
    """Whether this desk only looks, for inspectors: every act, draft and promised paper is refused."""

    @property
    def hall(self) -> Hall:
        """The hall this desk stands in."""
        return self.store.hall

    def signed_in(self) -> User:
        """The operator; refused if nobody has signed in."""
        if self.operator is None:
            raise refusals.nobody_signed_in()
        return self.operator

    def writes(self) -> None:
        """Refused at a desk that only looks."""
        if self.readonly:
            raise refusals.read_only()

    def may(self, act: str) -> None:
        """Refused to a role that may not do this."""
        role = self.signed_in().role
        if not roles.may(role, act):
            raise refusals.wrong_role(role, act)

    def saw(self, record: Any) -> None:
        """Refused if the operator was looking at another version of it."""
        if self.seen is not None and self.seen != record.version:
            raise refusals.changed_meanwhile(record, self.seen)

    @contextmanager
    def act(self, act: str, *, accept_clock: bool = False) -> Iterator[Work]:
        """The transaction of one act: role checked before, promised papers made after the commit."""
        operator = self.signed_in()
        self.writes()
        self.may(act)
        draft = NamedDraft.of(self.drafts, self.draft)
        transaction = self.store.transaction(self._stamp(act, operator), accept_clock=accept_clock)
        with explanations.explained(), transaction as work:
            if act in roles.HELD_BY_CLOSE:
                _refuse_closed(work)
            if draft:
                draft.use(work)
            yield work
            self._end_waiting(work)
        if draft:
            draft.drop()
        self.make_promised(*work.promised)

    def make_promised(self, *numbers: str) -> None:
        """Make these promised papers, and then whatever an interruption left at this window."""
        stamp = self._stamp("make_paper", self.signed_in())
        self.writes()
        with explanations.explained_afterwards():
            making.make(self.store, self.tray, stamp, numbers)
        # A paper of an earlier act that still cannot be made stays promised; this act has no part in it.
        with suppress(Explained), explanations.explained():
            making.make_left(self.store, self.tray, stamp)

    @contextmanager
    def carrying_out(self, act: str) -> Iterator[Work]:
        """A transaction of the machine's own: the outcome of what an act has promised."""
        self.writes()
        transaction = self.store.transaction(self._stamp(act, self.signed_in()))
        with explanations.explained(), transaction as work:
            yield work

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """A look at the store, with its failures in words."""
        with explanations.explained(), self.store.reading() as reading:
            yield reading

    def became(self, drafts: Iterable[str]) -> Mapping[str, str] | None:
        """What has become of those drafts that an act has used; None while the store cannot be asked."""
        try:
            with self.reading() as reading:
                found = {draft: outcome(reading, draft) for draft in drafts}
        except OutsideFailed:
            return None
        return {draft: number for draft, number in found.items() if number is not None}

    def confirmed(self, act: str) -> str:
        """Code of the second person; refused if there is none, for oneself and for wrong roles."""
        if self.second is None:
            raise refusals.SecondMissing(act)
        if self.second.code == self.signed_in().code:
            raise refusals.own_second(act)
        if not roles.may_confirm(self.second.role, act):
            raise refusals.wrong_second(self.second.role, act)
        return self.second.code

    def now_as(self, operator: User, second: User, waiting: str) -> Desk:
        """This desk as `operator` had it, now that `second` confirms the waiting act."""
        return replace(self, operator=operator, second=second, confirming=waiting)

    def _stamp(self, act: str, operator: User) -> Stamp:
        second = self.second.code if self.second else None
        return Stamp(act, operator.code, second, self.window)

    def _end_waiting(self, work: Work) -> None:
        if self.confirming is None or self.second is None:
            return
        waiting = still_waiting(work, self.confirming)
        # What it was called with is in the ledger now; kept here too, it would outlive its deletion there.
        done = replace(waiting, state="done", ended_at=work.now, ended_by=self.second.code, arguments=None)
        work.waiting.save(done)


def _refuse_closed(work: Work) -> None:
    """A day that was closed 日清 stays as its sheet says."""
    closes = work.day_closes.where(day=local(work.now).date().isoformat(), state=CloseState.DAY_CLOSED)
    if closes:
        raise refusals.day_closed(closes[0])


def still_waiting(reading: Reading, waiting_id: str) -> Waiting:
    """The act that waits under this id for its second person; refused if it is none any more."""
    waiting = reading.waiting.get(refusals.readable("waiting", waiting_id))
    if waiting is None or waiting.state != "waiting":
        raise refusals.not_waiting(waiting_id)
    return waiting
