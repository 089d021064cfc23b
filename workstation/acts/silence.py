"""沉默的业务属地: who has owed something for longer than is usual with it; looked at, nothing is written.

Time is counted in working days. What is usual is agreed, or what the office itself has taken so far, or set.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from statistics import median_high

from workstation.acts import agreements, year_tables
from workstation.acts.desk import Desk
from workstation.domain.office import Agreement
from workstation.domain.times import local
from workstation.domain.tracking import MailState
from workstation.reference.calendars import NATIONAL, Calendar
from workstation.store.protocols import Line
from workstation.store.statements import silence as sql
from workstation.store.work import Reading

AWAITED = {"receipt": "签收确认", "answer": "是否受理的告知", "result": "寄回的办理结果"}
RULES = {"agreement": "协议", "history": "以往", "setting": "设置"}
LATEST = 20
"""So many of its latest answers say what is usual with an office."""
FEWEST = 5
"""Fewer say nothing about it."""
_READ = 60
"""Consignments of one office that are looked at: an envelope of many is one answer."""
#: By the carrier's account the office does not have it; each of these is a task of its own.
_NOT_THERE = frozenset({MailState.RETURNING, MailState.RETURNED, MailState.LOST})


@dataclass(frozen=True)
class Usual:
    """So many working days are usual; by which rule, and from how many answers if they are its history."""

    days: int
    rule: str
    """agreement · history · setting."""
    answers: int = 0

    @property
    def told(self) -> str:
        """How it was found, as the clerk reads it."""
        source = f"以往 {self.answers} 次" if self.rule == "history" else RULES[self.rule]
        return f"{source}：{self.days} 个工作日"


@dataclass(frozen=True)
class Silent:
    """One thing that an office owes."""

    consignment: str
    case_number: str
    office_code: str
    office_name: str
    envelope: str | None
    awaited: str
    """receipt · answer · result."""
    since: int
    began: str
    """Word for what happened then: delivered · handed_over · acknowledged · decided."""
    waited: int
    """Working days since, today included."""
    usual: Usual
    mail_state: str
    """Where the envelope, or what comes back, is by the carrier's account."""
    mail_at: int | None = None
    dunned: int = 0
    dunned_at: int | None = None
    provisional: bool = False
    """Whether a year on the way has no table of working days yet."""

    @property
    def over(self) -> int:
        """Working days beyond what is usual."""
        return self.waited - self.usual.days


def listed(desk: Desk, *, days: int) -> list[Silent]:
    """Everything owed for longer than usual, the worst first; `days` are usual where nothing else says so."""
    with desk.reading() as reading:
        found = [silent for silent in owed(reading, desk.store.now(), days=days) if silent.over > 0]
    return sorted(found, key=lambda silent: (-silent.over, silent.since, silent.consignment))


def owed(reading: Reading, now: int, *, days: int) -> Iterator[Silent]:
    """Whatever is awaited of any office, usual or not, in no order."""
    return Asked(reading, local(now).date(), days).owed()


@dataclass
class Asked:
    """One look at all that is owed; histories, agreements and calendars are read once."""

    reading: Reading
    today: datetime.date
    days: int
    histories: dict[str, Mapping[str, list[int]]] = field(default_factory=dict)
    found: dict[tuple[str, str], Agreement | None] = field(default_factory=dict)
    """Agreements by office and item."""
    calendars: dict[str, Calendar] = field(default_factory=dict)

    def owed(self) -> Iterator[Silent]:
        """Whatever is awaited of any office, usual or not."""
        for line in self.reading.lines(sql.NOT_ACKNOWLEDGED):
            if line["mail_state"] not in _NOT_THERE:
                yield self._receipt(line)
        for line in self.reading.lines(sql.NOT_ANSWERED):
            if usual := self.agreed(line, "check"):
                yield self._silent(line, "answer", began="acknowledged", usual=usual)
        for line in self.reading.lines(sql.NOT_RETURNED):
            if (line["mail_state"] or MailState.NONE) == MailState.NONE:
                usual = self.agreed(line, "return") or self.usual(line, "decided")
                yield self._silent(line, "result", began="decided", usual=usual)

    def _receipt(self, line: Line) -> Silent:
        """妥投 is when it can be expected to answer; as long as none is told, the way is counted too."""
        began = "delivered" if line["mail_state"] == MailState.DELIVERED else "handed_over"
        usual = self.usual(line, began)
        return self._silent(line, "receipt", began=began, usual=usual)

    def _silent(self, line: Line, awaited: str, *, began: str, usual: Usual) -> Silent:
        since = line["mail_at"] if began == "delivered" else line["since"]
        first, calendar = local(since).date(), self.calendar(line)
        return Silent(
            consignment=line["id"],
            case_number=line["case_number"],
            office_code=line["office_code"],
            office_name=line["office_name"],
            envelope=line["envelope"],
            awaited=awaited,
            since=since,
            began=began,
            waited=calendar.working_days(first, self.today),
            usual=usual,
            mail_state=line["mail_state"] or MailState.NONE,
            mail_at=line["mail_at"],
            dunned=line["dunned"],
            dunned_at=line["dunned_at"],
            provisional=calendar.is_provisional(first) or calendar.is_provisional(self.today),
        )

    def calendar(self, line: Line) -> Calendar:
        """The working days that are agreed, or of the province that the office lies in."""
        agreement = self.agreement(line)
        scope = year_tables.agreed(agreement) if agreement else year_tables.scope_of(line["office_division"])
        if scope not in self.calendars:
            self.calendars[scope] = year_tables.of(self.reading, scope)
        return self.calendars[scope]

    def agreed(self, line: Line, leg: str) -> Usual | None:
        """The days that the agreement of today has for this leg, if it has any."""
        agreement = self.agreement(line)
        days = agreements.limits(agreement).get(leg) if agreement else None
        return Usual(days, "agreement") if days else None

    def agreement(self, line: Line) -> Agreement | None:
        """What holds today for the office and the item."""
        about = line["office_code"], line["item"]
        if about not in self.found:
            self.found[about] = agreements.at(self.reading, *about, day=self.today.isoformat())
        return self.found[about]

    def usual(self, line: Line, began: str) -> Usual:
        """Twice what the office takes in the middle, and a day.

        Half of all its answers came within the median: twice that allows for those which took longer, and
        the day for an office that answers on the same one. A few answers say nothing.
        """
        office = line["office_code"]
        if office not in self.histories:
            lines = self.reading.lines(sql.HISTORY, office=office, count=_READ)
            self.histories[office] = _history(lines, self.calendar(line))
        waits = self.histories[office][began][:LATEST]
        if len(waits) < FEWEST:
            return Usual(self.days, "setting")
        return Usual(2 * median_high(waits) + 1, "history", len(waits))


def _history(lines: Iterable[Line], calendar: Calendar = NATIONAL) -> Mapping[str, list[int]]:
    """Working days an office took, by what they were counted from, the latest first."""
    waits: dict[str, list[int]] = defaultdict(list)
    envelopes: set[str] = set()
    for line in lines:
        days = partial(_days, line, calendar)
        if line["envelope"] not in envelopes:
            envelopes.add(line["envelope"])
            waits["handed_over"] += days("handed_over_at", "acknowledged_at")
            waits["delivered"] += days("delivered_at", "acknowledged_at")
        waits["decided"] += days("decided_at", "returned_at")
    return waits


def _days(line: Line, calendar: Calendar, began: str, ended: str) -> list[int]:
    """The working days between two moments of a line, where both have come and in this order."""
    since, until = line[began], line[ended]
    if since is None or until is None or until < since:
        return []
    return [calendar.working_days(local(since).date(), local(until).date())]
