"""跨域通办办件统计: the cases that were registered in a time, counted as they stand now; nothing is written.

Counting and ranking is the store's (`statements/statistics`); here it is put together and judged by the
calendar. There are counts and codes in it, no persons; a clerk's own figures are the supervisor's to show.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from forms.items import PATH_WORDS, Path
from workstation.acts import catalogue, checks, deadline_legs, year_tables
from workstation.acts.desk import Desk
from workstation.domain import codes, roles
from workstation.domain.case import CaseState
from workstation.domain.times import local
from workstation.domain.words import word
from workstation.errors import Refused
from workstation.policies import DeadlinePolicy
from workstation.reference import divisions
from workstation.reference.calendars import Calendar
from workstation.store.protocols import Line
from workstation.store.statements import statistics as sql
from workstation.store.work import Reading

READERS = roles.ROLES["export_statistics"]
#: What the time of a leg is taken between, as people read it; in the order of the way.
WAITS = {
    "review": "收件→通过",
    "seal": "通过→封装",
    "pickup": "封装→交寄",
    "acknowledge": "交寄→属地签收",
    "decide": "签收→决定",
    "arrive": "决定→到窗",
    "serve": "到窗→送达",
}
OUTCOMES = ("granted", "refused", "returned")
UNDECIDED = ""
#: Days from 1970-01-01, by which a date counts from the year 1.
_EPOCH = datetime.date(1970, 1, 1).toordinal()
_HOURS, _WEEK = 24, 7


@dataclass(frozen=True)
class Rate:
    """So many of so many."""

    key: str
    name: str
    part: int
    whole: int

    @property
    def told(self) -> str:
        """In per cent, rounded down: what is not all of them is never 100 %; 无 where there are none."""
        if not self.whole:
            return "无"
        tenths = self.part * 1000 // self.whole
        return f"{tenths // 10}.{tenths % 10}%"

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 where there are none."""
        return self.part / self.whole if self.whole else 0.0


@dataclass(frozen=True)
class Tally:
    """So many of one kind."""

    key: str
    name: str
    count: int


@dataclass(frozen=True)
class Group:
    """The figures of the cases of one item, way or clerk, or of all."""

    key: str
    name: str
    registered: int = 0
    passed: int = 0
    passed_at_once: int = 0
    """Passed 形式审查 and never told to correct anything."""
    judged: int = 0
    """Passed, or told to correct something."""
    told: int = 0
    told_again: int = 0
    passed_same_day: int = 0

    @property
    def first_time(self) -> Rate:
        """首次通过: passed without a notice, of all that were judged."""
        return Rate("first_time", "首次通过率", self.passed_at_once, self.judged)

    @property
    def second_notice(self) -> Rate:
        """二次告知: told twice or more, of all that were told."""
        return Rate("second_notice", "二次告知率", self.told_again, self.told)


_FIGURES = ("registered", "passed", "passed_at_once", "judged", "told", "told_again", "passed_same_day")


@dataclass(frozen=True)
class Wait:
    """How long a leg took at one office, or at all (`office` is empty): nearest rank, tenths of an hour."""

    leg: str
    office: str
    name: str
    count: int
    p50: int
    p90: int


@dataclass(frozen=True)
class Statistics:
    """What was counted, over which time, and where the journal stood then."""

    since: str
    """YYYY-MM-DD, and so is `until`; both days are in it."""
    until: str
    taken_at: int
    entries: int
    anchor: str
    """链首码 of the last entry."""
    hall: str
    here: str
    """受理地: the hall's province."""
    practice: bool
    all: Group
    items: tuple[Group, ...]
    ways: tuple[Group, ...]
    clerks: tuple[Group, ...]
    states: tuple[Tally, ...]
    consignments: int
    provinces: tuple[Tally, ...]
    """属地: consignments by the province they go to; with `here` one row of 受理地×属地."""
    outcomes: tuple[Tally, ...]
    waits: tuple[Wait, ...]
    on_time: tuple[Rate, ...]
    """Of each leg that has a number of days; pauses and agreed days are not looked at."""
    days: tuple[Tally, ...]
    """Every day from the first case to the last."""
    hours: tuple[int, ...]
    weekdays: tuple[int, ...]
    """From Monday on."""
    guided: int = 0

    @property
    def rates(self) -> tuple[Rate, ...]:
        """首次通过, 二次告知, 按时, 实时可通办."""
        legs = self.on_time
        return (
            self.all.first_time,
            self.all.second_notice,
            Rate("on_time", "各段按时率", sum(r.part for r in legs), sum(r.whole for r in legs)),
            # No source of ours says what 实时可通办 is; who is guided elsewhere is not handled here.
            Rate(
                "same_day",
                "实时可通办率（收件当日通过）",
                self.all.passed_same_day,
                self.all.registered - self.guided,
            ),
        )


def of(
    desk: Desk,
    *,
    since: str | None = None,
    until: str | None = None,
    policy: DeadlinePolicy | None = None,
) -> Statistics:
    """The statistics of the cases registered from one day to another: of this year up to today if unnamed."""
    role = desk.signed_in().role
    if role not in READERS:
        raise _not_a_reader(role)
    now = desk.store.now()
    since = since or f"{local(now).year}-01-01"
    first, end = checks.span(since, until, now)
    with desk.reading() as reading:
        return _Taken(reading, first, end, policy or DeadlinePolicy()).statistics(desk, now)


@dataclass
class _Taken:
    """One look at the cases of a time."""

    reading: Reading
    since: int
    until: int
    policy: DeadlinePolicy
    parts: dict[str, list[Line]] = field(default_factory=lambda: defaultdict(list))
    """The lines about consignments, by what they tell."""

    def statistics(self, desk: Desk, now: int) -> Statistics:
        cases, hours = self._lines(sql.CASES), self._lines(sql.HOURS)
        for line in self._lines(sql.CONSIGNMENTS):
            self.parts[line["part"]].append(line)
        homes, (entries, head, _) = self.parts["home"], self.reading.chain()
        return Statistics(
            since=local(self.since).date().isoformat(),
            until=local(self.until - 1).date().isoformat(),
            taken_at=now,
            entries=entries,
            anchor=codes.anchor(head),
            hall=desk.hall.name,
            here=province(desk.hall.division),
            practice=bool(desk.hall.practice),
            all=_sum("", "合计", cases),
            items=_largest(_groups(cases, "item", self._title)),
            ways=_largest(_groups(cases, "path", _way)),
            clerks=tuple(_groups(cases, "clerk", str)),
            states=_states(cases),
            guided=sum(line["registered"] for line in cases if line["state"] == CaseState.GUIDED),
            consignments=sum(line["n"] for line in homes),
            provinces=_provinces(homes),
            outcomes=_outcomes(homes),
            waits=tuple(self._waits()),
            on_time=tuple(self._on_time()),
            days=_days(hours),
            hours=_folded(hours, lambda hour: hour % _HOURS, _HOURS),
            # 1970-01-01 was a Thursday.
            weekdays=_folded(hours, lambda hour: (hour // _HOURS + 3) % _WEEK, _WEEK),
        )

    def _lines(self, statement: str) -> list[Line]:
        return self.reading.lines(statement, since=self.since, until=self.until)

    def _title(self, item: str) -> str:
        return catalogue.item(self.reading, item).title

    def _waits(self) -> Iterator[Wait]:
        legs, names = tuple(sql.WAITS), {line["office"]: line["name"] for line in self.parts["home"]}
        for line in self.parts["wait"]:
            name = names.get(line["office"], "全部")
            yield Wait(legs[line["leg"]], line["office"], name, line["n"], line["a"], line["b"])

    def _on_time(self) -> Iterator[Rate]:
        calendar = year_tables.here(self.reading)
        done, kept = Counter[str](), Counter[str]()
        legs = tuple(sql.PROMISED)
        for line in self.parts["days"]:
            leg = legs[line["leg"]]
            done[leg] += line["n"]
            if is_on_time(calendar, _day(line["a"]), _day(line["b"]), self.policy, leg=leg):
                kept[leg] += line["n"]
        yield from (Rate(leg, deadline_legs.TITLES[leg], kept[leg], done[leg]) for leg in legs)


def is_on_time(
    calendar: Calendar, began: datetime.date, ended: datetime.date, policy: DeadlinePolicy, *, leg: str
) -> bool:
    """Whether a leg was done within the working days that are set for it.

    The one place that judges: the hall's calendar and settings count; what an office has agreed otherwise,
    pauses and the hour are looked at case by case in `deadlines`, which a year of cases cannot wait for.
    """
    setting = next(each.setting for each in deadline_legs.LEGS if each.code == leg)
    allowed: int = getattr(policy, setting)
    used = calendar.working_days(began, ended)
    return used + (policy.first_day_counts and calendar.is_working_day(began)) <= allowed


def province(division: str) -> str:
    """The province a division lies in; its code where the table does not know it."""
    code = f"{division[:2]}0000"
    return divisions.name(code) or code


def _groups(lines: Iterable[Line], by: str, name: Callable[[str], str]) -> list[Group]:
    """The figures by one of the columns, in its order."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[line[by]].append(line)
    return [_sum(key, name(key), found[key]) for key in sorted(found)]


def _sum(key: str, name: str, lines: Sequence[Line]) -> Group:
    return Group(key, name, **{figure: sum(line[figure] for line in lines) for figure in _FIGURES})


def _largest(groups: Iterable[Group]) -> tuple[Group, ...]:
    return tuple(sorted(groups, key=lambda group: -group.registered))


def _way(path: str) -> str:
    return PATH_WORDS[Path(path)] if path else "没有记下"


def _states(cases: Sequence[Line]) -> tuple[Tally, ...]:
    count = Counter[str]()
    for line in cases:
        count[line["state"]] += line["registered"]
    return tuple(Tally(state, word(state), count[state]) for state in CaseState if count[state])


def _provinces(homes: Sequence[Line]) -> tuple[Tally, ...]:
    count = Counter[str]()
    for line in homes:
        count[f"{line['division'][:2]}0000"] += line["n"]
    ordered = sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Tally(code, province(code), n) for code, n in ordered)


def _outcomes(homes: Sequence[Line]) -> tuple[Tally, ...]:
    counts = {name: sum(line[column] for line in homes) for name, column in zip(OUTCOMES, "abc", strict=True)}
    counts[UNDECIDED] = sum(line["n"] for line in homes) - sum(counts.values())
    return tuple(Tally(key, word(key) if key else "尚无结果", n) for key, n in counts.items() if n)


def _days(hours: Sequence[Line]) -> tuple[Tally, ...]:
    if not hours:
        return ()
    count = Counter[int]()
    for line in hours:
        count[line["hour"] // _HOURS] += line["n"]
    names = ((day, _day(day).isoformat()) for day in range(min(count), max(count) + 1))
    return tuple(Tally(name, name, count[day]) for day, name in names)


def _folded(hours: Sequence[Line], place: Callable[[int], int], size: int) -> tuple[int, ...]:
    counts = [0] * size
    for line in hours:
        counts[place(line["hour"])] += line["n"]
    return tuple(counts)


def _day(number: int) -> datetime.date:
    return datetime.date.fromordinal(_EPOCH + number)


def _not_a_reader(role: str) -> Refused:
    allowed = "、".join(word(reader) for reader in sorted(READERS))
    return Refused(
        "statistics-role",
        what=f"{word(role)}不能查看办件统计。",
        why=f"统计里有各窗口人员的办件数，由{allowed}查看。",
        next="请换有此职责的人员登录。",
    )
