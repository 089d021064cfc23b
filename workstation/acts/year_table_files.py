"""A year's table of working days from a file: taken whole or not at all; due days are counted anew with it.

The country's table names each of the seven festivals; a province's has only the days on which it differs.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from forms.identifiers import plain_text
from integrations.spreadsheets import Column, Line
from workstation.acts import checks, licences, refusals, table_files, year_tables
from workstation.acts.desk import Desk
from workstation.acts.table_files import Difference, RowFault, RowsFaulty
from workstation.acts.year_tables import NATION
from workstation.domain import roles
from workstation.domain.deadlines import YearTable
from workstation.errors import Refused, WrongUsage
from workstation.reference import calendars
from workstation.reference.calendars import Special, Year
from workstation.store.work import Reading, Work

DAY, KIND, FESTIVAL = "日期", "类型", "节日"
COLUMNS = (
    Column(DAY, ("日子", "day")),
    Column(KIND, ("种类", "安排", "kind")),
    Column(FESTIVAL, ("节日名称", "节假日名称", "festival")),
)
#: What each field of a difference is called.
HEADS = {"kind": KIND, "name": FESTIVAL}
KINDS = {"节假日": False, "holiday": False, "放假": False, "调休上班": True, "working": True, "上班": True}
#: A table of the country without one of these is not whole.
FESTIVALS = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
_DATE = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?: 00:00:00)?")


@dataclass(frozen=True)
class About:
    """What the file is the table of."""

    year: int
    title: str
    """Title or number of the notice, as it is read on it."""
    scope: str = NATION
    """A province's code; empty for the country."""


@dataclass(frozen=True)
class Recounted:
    """A due day that moved, or is certain now."""

    object: str
    before: str
    after: str
    is_provisional: bool


@dataclass(frozen=True)
class Imported:
    """What a table changes, or has changed."""

    difference: Difference
    recounted: tuple[Recounted, ...] = ()


def importing(
    desk: Desk, name: str, source: bytes | Path, about: About, *, preview: bool = False
) -> Imported:
    """导入工作日表: lay a year's table over what is here and recount what is due, or only tell of it."""
    role = desk.signed_in().role
    if not roles.may(role, "import_calendar"):
        raise refusals.wrong_role(role, "import_calendar")
    about = _checked(about)
    lines = table_files.read(name, source, COLUMNS).lines
    if preview:
        with desk.reading() as reading:
            return Imported(_compared(reading, about, _year(reading, name, lines, about)))
    with desk.act("import_calendar") as work:
        days = _year(work, name, lines, about)
        found = _compared(work, about, days)
        _lay(desk, work, about, days)
        recounted = tuple(_recounted(work))
        work.object = f"{about.scope or 'national'}-{about.year}"
        work.facts = {**found.counts(), "recounted": len(recounted)}
        return Imported(found, recounted)


def _lay(desk: Desk, work: Work, about: About, days: Year) -> None:
    table = YearTable(about.scope, about.year, calendars.written(days), about.title)
    known = work.year_tables.get(about.scope, about.year)
    if known is None:
        work.year_tables.add(table)
        return
    desk.saw(known)
    work.year_tables.save(replace(known, days=table.days, source=table.source))


def _recounted(work: Work) -> Iterator[Recounted]:
    """What is open and due by working days is counted again; papers stay as they were printed."""
    for defect in work.licence_defects.where(state="open"):
        due = licences.due(work, defect.sent_at)
        now = (due.day.isoformat(), int(due.is_provisional))
        if now != (defect.due, defect.due_provisional):
            work.licence_defects.save(replace(defect, due=now[0], due_provisional=now[1]))
            yield Recounted(defect.id, defect.due, now[0], due.is_provisional)


def _checked(about: About) -> About:
    return About(
        year=year_tables.checked_year(about.year),
        title=checks.field("title", plain_text.validate, about.title),
        scope=year_tables.checked_scope(about.scope),
    )


def _compared(reading: Reading, about: About, days: Year) -> Difference:
    calendar = year_tables.of(reading, about.scope)
    here = calendar.differing.get(about.year) if about.scope else calendar.year(about.year)
    return table_files.difference(_fields(here or {}), _fields(days))


def _fields(days: Year) -> Mapping[str, Mapping[str, object]]:
    return {
        day.isoformat(): {"kind": special.is_worked, "name": special.festival}
        for day, special in sorted(days.items())
    }


def _year(reading: Reading, name: str, lines: tuple[Line, ...] | list[Line], about: About) -> Year:
    """The days of the file; all that is wrong with them is told at once."""
    country = year_tables.of(reading).year(about.year)
    if about.scope and country is None:
        raise _nation_first(about)
    days: dict[datetime.date, Special] = {}
    first: dict[datetime.date, int] = {}
    faults: list[RowFault] = []
    for line in lines:
        day, special = _day(line.cells[DAY]), _special(line)
        faults += _faults(line, day, about, first)
        if day and special:
            days[day] = special
            faults += _same(line, day, special, country or {}) if about.scope else ()
    if faults:
        raise RowsFaulty(name, faults)
    if not about.scope:
        _whole(days, about)
    return days


def _day(text: str) -> datetime.date | None:
    found = _DATE.fullmatch(text)
    try:
        return datetime.date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _special(line: Line) -> Special | None:
    kind = KINDS.get(line.cells[KIND].lower())
    return None if kind is None else Special(kind, line.cells[FESTIVAL])


def _faults(
    line: Line, day: datetime.date | None, about: About, first: dict[datetime.date, int]
) -> Iterator[RowFault]:
    special = _special(line)
    if day is None:
        yield RowFault(line.number, DAY, "不是日历上的日期，请按 2027-01-01 的样式填写")
    elif day.year != about.year:
        yield RowFault(line.number, DAY, f"{day.isoformat()} 不在 {about.year} 年")
    elif first.setdefault(day, line.number) != line.number:
        yield RowFault(line.number, DAY, f"与第 {first[day]} 行是同一天")
    if special is None:
        yield RowFault(line.number, KIND, "不认识，请填节假日或调休上班")
    elif special.is_worked and day and day.weekday() < 5:
        yield RowFault(line.number, KIND, f"{day.isoformat()} 是周一至周五，不会是调休上班")
    if not line.cells[FESTIVAL]:
        yield RowFault(line.number, FESTIVAL, "没有写是哪个节日")


def _same(line: Line, day: datetime.date, special: Special, country: Year) -> Iterator[RowFault]:
    """A row of a province's table must make a difference."""
    known = country.get(day)
    is_worked = known.is_worked if known else day.weekday() < 5
    if special.is_worked == is_worked:
        yield RowFault(line.number, DAY, f"{day.isoformat()} 与全国的安排相同，省的表里只写不同的日子")


def _whole(days: Year, about: About) -> None:
    named = "、".join(special.festival for special in days.values() if not special.is_worked)
    missing = [festival for festival in FESTIVALS if festival not in named]
    if missing:
        raise WrongUsage(
            "calendar-festivals",
            what=f"{about.year} 年的工作日表不完整，没有导入。",
            why=f"里面没有{'、'.join(missing)}放假的日子；全国的表要有全部七个节日。",
            next="请按通知补全后再导入；只是一个省不同的，写明省级代码。（命令：--scope 450000）",
        )


def _nation_first(about: About) -> Refused:
    return Refused(
        "calendar-nation-first",
        what=f"{year_tables.place(about.scope)} {about.year} 年的工作日表没有导入。",
        why=f"还没有全国 {about.year} 年的表；省的表只写与全国不同的日子，没有全国的就不能核对。",
        next="请先导入全国的。（命令：calendar import，不写 --scope）",
    )
