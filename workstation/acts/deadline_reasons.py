"""期限怎么算: the legs of one case in the order of its way, each with its days and the rule behind them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from workstation.acts import steps
from workstation.acts.deadline_legs import LEGS, RULES, TITLES, Leg
from workstation.acts.deadline_limits import Allowed, Limits, OtherDays, mending, set_here, telling
from workstation.acts.desk import Desk
from workstation.domain import day_sums
from workstation.domain.day_sums import DaySum, Limit, Rule, Stop
from workstation.domain.times import local
from workstation.policies import DeadlinePolicy
from workstation.reference.calendars import Calendar
from workstation.store.protocols import Line
from workstation.store.statements import deadlines as sql
from workstation.store.work import Reading

#: Where a leg stands.
STATES = {
    "done": "按期",
    "late": "逾期完成",
    "over": "已逾期",
    "running": "进行中",
    "paused": "暂停中",
    "unknown": "没有消息",
    "ahead": "未到",
}
_OF_RESULT = frozenset({"return", "arrive", "serve"})


@dataclass(frozen=True)
class Explained:
    """One leg of one case, with every day of it."""

    leg: str
    title: str
    object: str
    """Case, consignment, notice, pledge, defect or task."""
    office_name: str
    state: str
    """A key of `STATES`."""
    since: int | None = None
    ended: int | None = None
    rule: str = ""
    """A key of `deadline_legs.RULES`."""
    source: str = ""
    """By what it has its days, in words."""
    sum: DaySum | None = None

    @property
    def due(self) -> datetime.date | None:
        """Its last day; None while it pauses or has not begun."""
        return self.sum.end.date() if self.sum and self.sum.end else None


def why(
    desk: Desk, number: str, policy: DeadlinePolicy, *, others: OtherDays | None = None
) -> list[Explained]:
    """Every leg of a case, or of one of its consignments, day by day; in the order of the way."""
    with desk.reading() as reading:
        case, only = _meant(reading, number)
        look = _Reasons(reading, desk.store.now(), policy, others or OtherDays())
        lines = [line for line in reading.lines(sql.OF_CASE, case=case) if only in ("", line["id"])]
        found = [look.of_leg(leg, line) for line in lines for leg in LEGS if _belongs(leg, line)]
        return found if only else [*look.of_case(case), *found, *look.of_dates(case)]


def _meant(reading: Reading, number: str) -> tuple[str, str]:
    """The case of a number, and the consignment if one is meant."""
    if "-" in number:
        consignment = steps.find_consignment(reading, number)
        return consignment.case_number, consignment.id
    return steps.find_case(reading, number).number, ""


def _belongs(leg: Leg, line: Line) -> bool:
    """A result goes one of two ways; as long as it is not known which, the longer one is shown."""
    is_paper = line["result_mode"] in (None, "paper")
    return is_paper if leg.code in _OF_RESULT else (leg.code != "serve_away" or not is_paper)


@dataclass
class _Reasons(Limits):
    """One look at one case."""

    def of_case(self, number: str) -> Iterator[Explained]:
        """At the counter: told, looked through, and the applicant's turn."""
        (line,) = self.reading.lines(sql.CASE, case=number)
        notices = self.reading.notices.where(case_number=number)
        is_here = line["state"] in ("registered", "to_correct")
        passed = line["passed_at"] or (None if is_here else line["changed_at"])
        told = min((one.at for one in notices), default=passed)
        yield self._told(_leg("tell", number, line["registered_at"], told), telling(), rule=self.by_law)
        since = line["resubmitted_at"] or line["registered_at"]
        reviewed = line["told_at"] if line["state"] == "to_correct" else passed
        yield self._told(_leg("review", number, since, reviewed), set_here(self.others.review))
        for notice in notices:
            if notice.due:
                is_open = line["state"] == "to_correct" and notice is notices[-1]
                ended = None if is_open else line["resubmitted_at"] or line["changed_at"]
                yield self._named(_leg("correct", notice.paper, notice.at, ended), notice.due)

    def of_leg(self, leg: Leg, line: Line) -> Explained:
        """One leg of a consignment."""
        since, is_open = leg.began(line), leg.is_open(line)
        ended = None if is_open else leg.ended(line)
        if since is None or (ended is None and not is_open) or (ended is not None and ended < since):
            state = "unknown" if leg.ended(line) or _lies_behind(leg, line) else "ahead"
            return Explained(leg.code, leg.title, line["id"], line["office_name"], state)
        told = replace(_leg(leg.code, line["id"], since, ended), office_name=line["office_name"])
        calendar, stops = self.calendar(leg, line), self.stops(leg, line)
        return self._told(told, self.limit(leg, line), calendar=calendar, stops=stops)

    def of_dates(self, number: str) -> Iterator[Explained]:
        """Beside the way: papers promised, licences to be mended, bad ratings."""
        for line in self.reading.lines(sql.PLEDGES_OF, case=number):
            told = _leg(line["kind"], line["id"], line["since"], line["ended_at"])
            yield self._named(told, line["due"])
        for line in self.reading.lines(sql.DEFECTS_OF, case=number):
            told = _leg("defect", line["id"], line["since"], line["ended_at"])
            yield self._told(told, mending(), rule=self.by_law)
        for line in self.reading.lines(sql.BAD_RATINGS_OF, case=number):
            since, ended = line["since"], line["ended_at"]
            reached = line["reached_at"] or ended
            yield self._told(_leg("contact", line["id"], since, reached), set_here(self.others.contact))
            yield self._told(_leg("answer_rating", line["id"], since, ended), set_here(self.others.answer))

    def _told(
        self,
        told: Explained,
        allowed: Allowed,
        *,
        rule: Rule | None = None,
        calendar: Calendar | None = None,
        stops: Sequence[Stop] = (),
    ) -> Explained:
        found = day_sums.count(
            local(told.since or 0),
            Limit(allowed.days),
            calendar or self.here,
            rule or self.rule,
            stops=stops,
            today=self.today,
        )
        told = replace(told, rule=allowed.rule, source=allowed.source, sum=found)
        return replace(told, state=self._state(told))

    def _named(self, told: Explained, day: str) -> Explained:
        found = day_sums.named(datetime.date.fromisoformat(day), self.here, self.rule)
        told = replace(told, rule="named", source=f"{RULES['named']}：{day}", sum=found)
        return replace(told, state=self._state(told))

    def _state(self, told: Explained) -> str:
        if told.due is None:
            return "paused"
        if told.ended is not None:
            return "late" if local(told.ended).date() > told.due else "done"
        if told.sum and told.sum.is_stopped(self.today):
            return "paused"
        return "over" if self.today > told.due else "running"


def _leg(leg: str, object_: str, since: int, ended: int | None) -> Explained:
    """A leg with its two moments, not counted yet."""
    return Explained(leg, TITLES[leg], object_, "", "", since, ended)


def _lies_behind(leg: Leg, line: Line) -> bool:
    """Whether what follows a leg has begun, so that only nobody has told of it."""
    return any(later.began(line) is not None for later in LEGS[LEGS.index(leg) + 1 :])
