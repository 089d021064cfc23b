"""留痕账 looked through by who, what, about what, when and whether the clock was flagged; nothing is written.

Page by page from the newest back, by sequence: the journal's order is that, not time. What is rare is looked
for to the end of the journal, and how far was looked is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workstation.acts import checks, refusals
from workstation.acts.desk import Desk
from workstation.acts.progress import Progress, silent
from workstation.domain import roles
from workstation.domain.journal import Entry
from workstation.domain.words import word
from workstation.errors import WrongUsage
from workstation.store.statements import journal as sql
from workstation.store.work import Reading

_STRIDE = 20_000
"""Entries looked through in one question, so that none of them takes long."""
_END = 2**62
_MOST = 500
"""The most entries of one page."""
#: Everything an entry can be of; a hall begins by an act that nobody does again.
ACTS = frozenset({*roles.ROLES, "init"})


@dataclass(frozen=True)
class Wanted:
    """Which entries are looked for; what is not named may be anything."""

    by: str | None = None
    """Code of the operator or the second person."""
    act: str | None = None
    """Its English name, or its Chinese word."""
    of: str | None = None
    """The number of a case, envelope, batch, paper or user that is mentioned."""
    since: str | None = None
    until: str | None = None
    flagged: bool = False
    """Only where the clock had gone back."""

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self == Wanted()

    def told(self) -> str:
        """What is looked for, as people read it; empty for everything."""
        days = f"{self.since or '最早'} 至 {self.until or '今天'}" if self.since or self.until else ""
        asked = (
            ("经办或复核", self.by),
            ("办理", word(self.act) if self.act else None),
            ("提到", self.of),
            ("时间", days),
            ("", "时钟有异常的" if self.flagged else None),
        )
        return "，".join(f"{name} {value}".strip() for name, value in asked if value)


@dataclass(frozen=True)
class Place:
    """Which page: older than `after`, just newer than `before`, the first entries of all, or the newest."""

    after: int | None = None
    before: int | None = None
    last: bool = False
    count: int = 100


NEWEST = Place()


@dataclass(frozen=True)
class Found:
    """One page of what was looked for, the newest entry first."""

    entries: tuple[Entry, ...]
    more_before: bool
    """Whether there may be newer ones."""
    more_after: bool
    """Whether there are older ones."""
    looked_to: int
    """The sequence down to which everything was looked at; 1: to the beginning."""


@dataclass(frozen=True)
class _Search:
    """One look through the journal, between two sequences that are themselves not in it."""

    reading: Reading
    values: dict[str, Any]
    floor: int
    ceiling: int
    progress: Progress

    def back(self, before: int, count: int) -> list[Entry]:
        """As many entries as asked for before a sequence, the newest first."""
        found: list[Entry] = []
        before = begun = min(before, self.ceiling)
        while before > self.floor + 1 and len(found) < count:
            low = max(self.floor, before - _STRIDE)
            found += self._asked(back=True, low=low, high=before, count=count - len(found))
            before = low + 1
            self.progress(begun - before, begun - self.floor - 1)
        return found

    def on(self, after: int, count: int) -> list[Entry]:
        """As many after a sequence, the oldest first."""
        found: list[Entry] = []
        after = begun = max(after, self.floor)
        while after < self.ceiling - 1 and len(found) < count:
            high = min(self.ceiling, after + _STRIDE)
            found += self._asked(back=False, low=after, high=high, count=count - len(found))
            after = high - 1
            self.progress(after - begun, self.ceiling - 1 - begun)
        return found

    def _asked(self, *, back: bool, low: int, high: int, count: int) -> list[Entry]:
        of = "object" in self.values
        if back:
            statement = sql.WANTED_OF_BACK if of else sql.WANTED_BACK
        else:
            statement = sql.WANTED_OF_ON if of else sql.WANTED_ON
        return self.reading.journal_by(statement, **self.values, low=low, high=high, count=count)


def listed(desk: Desk, wanted: Wanted, place: Place = NEWEST, *, progress: Progress = silent) -> Found:
    """One page of the entries that are looked for."""
    wanted = checked(desk, wanted)
    count = max(1, min(place.count, _MOST))
    with desk.reading() as reading:
        search = _search(reading, wanted, desk.store.now(), progress)
        if place.last or place.before is not None:
            newer = search.on(search.floor if place.before is None else place.before, count + 1)
            page = tuple(newer[:count][::-1])
            return Found(page, len(newer) > count, place.before is not None, search.floor + 1)
        older = search.back(_END if place.after is None else place.after, count + 1)
        page, more = tuple(older[:count]), len(older) > count
        return Found(page, place.after is not None, more, page[-1].seq if more else search.floor + 1)


def checked(desk: Desk, wanted: Wanted) -> Wanted:
    """The same with each part in its one form, or a refusal that names what cannot be."""
    role = desk.signed_in().role
    if not roles.may(role, "read_journal"):
        raise refusals.wrong_role(role, "read_journal")
    act = act_of(wanted.act) if wanted.act else None
    since = checks.day("since", wanted.since) if wanted.since else None
    until = checks.day("until", wanted.until) if wanted.until else None
    of = refusals.readable("case", wanted.of.strip()) if wanted.of else None
    by = wanted.by.strip() if wanted.by else None
    if by:
        with desk.reading() as reading:
            if reading.users.get(refusals.readable("user", by)) is None:
                raise refusals.not_found("user", by)
    return Wanted(by or None, act, of or None, since, until, wanted.flagged)


def act_of(text: str) -> str:
    """The act that is meant by its English name or its Chinese word."""
    named = text.strip()
    by_word = {word(act): act for act in sorted(ACTS)}
    act = named if named in ACTS else by_word.get(named)
    if act is None:
        raise WrongUsage(
            "act-unknown",
            what=f"没有“{refusals.shown(named)}”这种办理，没有列出。",
            why="留痕账按办理的名称记，如 收件登记、一次性告知、交寄。",
            next="请照留痕账“办理”一栏里的名称写。（命令：也可写英文名，如 register、notice）",
        )
    return act


def stretch(reading: Reading, wanted: Wanted, now: int) -> tuple[int, int]:
    """The first and the last entry of the days that are looked at; where there is none, the last is 0."""
    if not (wanted.since or wanted.until):
        return 1, reading.chain()[0]
    since, until = checks.span(wanted.since, wanted.until, now)
    (ends,) = reading.lines(sql.ENDS, since=since, until=until)
    return (ends["first"], ends["last"]) if ends["first"] is not None else (1, 0)


def _search(reading: Reading, wanted: Wanted, now: int, progress: Progress) -> _Search:
    is_timed = bool(wanted.since or wanted.until)
    since, until = checks.span(wanted.since, wanted.until, now) if is_timed else (0, 0)
    values: dict[str, Any] = {
        "operator": wanted.by or "",
        "act": wanted.act or "",
        "flagged": int(wanted.flagged),
        "timed": int(is_timed),
        "since": since,
        "until": until,
    }
    if wanted.of:
        values["object"] = wanted.of
    first, last = stretch(reading, wanted, now)
    return _Search(reading, values, first - 1, last + 1, progress)
