"""期限: all that is due now or later across the hall, from lines of SQL and sums that are counted once.

One case day by day tells `deadline_reasons.why`, under its name here.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from workstation.acts.deadline_legs import BY_STATE
from workstation.acts.deadline_limits import (
    Allowed,
    Limits,
    OtherDays,
    mending,
    rule_of,
    set_here,
    telling,
)
from workstation.acts.deadline_reasons import Explained, why
from workstation.domain import day_sums
from workstation.domain.day_sums import DaySum, Limit, Rule, Stop
from workstation.domain.times import local
from workstation.policies import DeadlinePolicy
from workstation.reference.calendars import Calendar
from workstation.store.protocols import Line
from workstation.store.statements import deadlines as sql
from workstation.store.work import Reading

__all__ = ["Explained", "OtherDays", "Timer", "rule_of", "timers", "why"]


@dataclass(frozen=True)
class Timer:
    """One thing that is due, or would be if it did not pause."""

    leg: str
    """A key of `deadline_legs.TITLES`."""
    object: str
    """Case, consignment, supplement envelope, pledge, defect or task."""
    case_number: str
    office_code: str
    office_name: str
    clerk: str
    """Who registered the case."""
    since: int
    due: datetime.date | None
    """None while it pauses, or where no day was named."""
    waited: int
    """Working days since, today included."""
    left: int
    """Working days up to the due day; 0: due today; negative: over. Of a pausing one, those it has yet."""
    rule: str
    """A key of `deadline_legs.RULES`."""
    provisional: bool
    """Whether a year on the way has no table of working days yet."""
    paused: str = ""
    """What it pauses for today."""


@dataclass(frozen=True)
class _Figures:
    """What all legs have in common that began on one day and have the same days."""

    due: datetime.date | None
    waited: int
    left: int
    provisional: bool
    paused: str = ""


def timers(
    reading: Reading, now: int, policy: DeadlinePolicy, *, others: OtherDays | None = None
) -> Iterator[Timer]:
    """Everything that is due now or later, across the hall, in no order."""
    look = _Look(reading, now, policy, others or OtherDays())
    yield from look.at_counter()
    for statement in (sql.OPEN, sql.SUPPLEMENTS):
        for line in reading.lines(statement):
            yield from look.legs(line)
    yield from look.dated()


@dataclass
class _Look(Limits):
    """One look at all that runs."""

    sums: dict[tuple[Calendar, datetime.date, int, bool, bool], _Figures] = field(default_factory=dict)

    stopped: dict[tuple[Calendar, datetime.date, int, bool, tuple[Stop, ...]], DaySum] = field(
        default_factory=dict
    )

    def at_counter(self) -> Iterator[Timer]:
        """Cases that are not passed yet: to be told, to be looked through, or the applicant's turn."""
        for line in self.reading.lines(sql.AT_COUNTER):
            if line["state"] == "to_correct":
                yield self._dated(line, "correct", line["told_at"], line["due"])
                continue
            if not line["notices"]:
                figures = self._counted(self.here, line["registered_at"], telling().days, self.by_law)
                yield _timer(line, line["registered_at"], figures, leg="tell", rule=telling().rule)
            since = line["resubmitted_at"] or line["registered_at"]
            yield self._set_here(line, "review", since, self.others.review)

    def legs(self, line: Line) -> Iterator[Timer]:
        """The legs of one consignment that run now."""
        for leg in BY_STATE[line["state"]]:
            if leg.is_open(line) and (since := leg.began(line)) is not None:
                allowed, calendar = self.limit(leg, line), self.calendar(leg, line)
                figures = self._counted(calendar, since, allowed.days, self.rule)
                if stops := self.stops(leg, line):
                    figures = self._pausing(figures, (since, allowed), calendar, stops)
                yield _timer(line, since, figures, leg=leg.code, rule=allowed.rule)

    def dated(self) -> Iterator[Timer]:
        """What is due beside the way: papers promised, licences to be mended, bad ratings."""
        for line in self.reading.lines(sql.PLEDGES):
            yield self._dated(line, line["kind"], line["since"], line["due"])
        for line in self.reading.lines(sql.DEFECTS):
            provisional = bool(line["due_provisional"])
            timer = self._dated(line, "defect", line["since"], line["due"])
            yield replace(timer, rule=mending().rule, provisional=provisional)
        for line in self.reading.lines(sql.BAD_RATINGS):
            if line["reached_at"] is None:
                yield self._set_here(line, "contact", line["since"], self.others.contact)
            yield self._set_here(line, "answer_rating", line["since"], self.others.answer)

    def _set_here(self, line: Line, leg: str, since: int, days: int) -> Timer:
        figures = self._counted(self.here, since, days, self.rule)
        return _timer(line, since, figures, leg=leg, rule=set_here(days).rule)

    def _dated(self, line: Line, leg: str, since: int, day: str | None) -> Timer:
        """Something with a last day of its own, which moves off a holiday; or with none at all."""
        due = self.rolled(datetime.date.fromisoformat(day)) if day else None
        figures = _Figures(
            due=due,
            waited=self.here.working_days(local(since).date(), self.today),
            left=self._left(due, self.here) if due else 0,
            provisional=bool(due and self.here.is_provisional(due)),
        )
        return _timer(line, since, figures, leg=leg, rule="named")

    def _counted(self, calendar: Calendar, since: int, days: int, rule: Rule) -> _Figures:
        start = local(since)
        late = rule.late_is_next_day and start.time() > rule.end_of_business
        key = (calendar, start.date(), days, late, rule is self.by_law)
        if key not in self.sums:
            due, provisional = day_sums.last_day(start, days, calendar, rule)
            waited = calendar.working_days(start.date(), self.today)
            self.sums[key] = _Figures(due, waited, self._left(due, calendar), provisional)
        return self.sums[key]

    def _pausing(
        self, figures: _Figures, leg: tuple[int, Allowed], calendar: Calendar, stops: Sequence[Stop]
    ) -> _Figures:
        """A leg with pauses is counted day by day."""
        since, allowed = leg
        found = self._stopped(calendar, local(since), allowed.days, tuple(stops))
        due = found.end.date() if found.end else None
        return replace(
            figures,
            due=due,
            left=self._left(due, calendar) if due else allowed.days - found.counted,
            provisional=bool(found.provisional),
            paused=next((one.name for one in stops if one.holds(self.today)), ""),
        )

    def _stopped(
        self, calendar: Calendar, start: datetime.datetime, days: int, stops: tuple[Stop, ...]
    ) -> DaySum:
        late = self.rule.late_is_next_day and start.time() > self.rule.end_of_business
        key = (calendar, start.date(), days, late, stops)
        if key not in self.stopped:
            self.stopped[key] = day_sums.count(
                start, Limit(days), calendar, self.rule, stops=stops, today=self.today
            )
        return self.stopped[key]

    def _left(self, due: datetime.date, calendar: Calendar) -> int:
        if due >= self.today:
            return calendar.working_days(self.today, due)
        # Over since the end of that day, though it is a weekend now.
        return -max(1, calendar.working_days(due, self.today))


def _timer(line: Line, since: int, figures: _Figures, *, leg: str, rule: str) -> Timer:
    return Timer(
        leg=leg,
        object=line["id"],
        case_number=line["case_number"],
        office_code=line["office_code"],
        office_name=line["office_name"],
        clerk=line["clerk"],
        since=since,
        due=figures.due,
        waited=figures.waited,
        left=figures.left,
        rule=rule,
        provisional=figures.provisional,
        paused=figures.paused,
    )
