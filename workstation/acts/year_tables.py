"""工作日表: which days are worked in this hall and in a province, the imported tables laid over our own.

How a table comes in from a file stands in `year_table_files`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from workstation.acts import agreements, checks, refusals
from workstation.acts.desk import Desk
from workstation.domain.deadlines import YearTable
from workstation.domain.office import Agreement
from workstation.domain.times import local
from workstation.errors import WrongUsage
from workstation.reference import calendars, divisions
from workstation.reference.calendars import Calendar, Year
from workstation.store.work import Reading

NATION = ""
"""The scope of the whole country."""
PACKAGED = "随程序附带（国务院办公厅关于部分节假日安排的通知）"
UNKNOWN = "没有：该年节假日安排尚未导入，只按周末计算，暂定"


@dataclass(frozen=True)
class Shown:
    """The table of one year as it holds here."""

    year: int
    scope: str
    place: str
    """Whose table it is, in words."""
    source: str
    is_provisional: bool
    days: Year
    """The country's and the province's together."""
    differing: Year
    """Of these, where the province differs."""
    own_source: str = ""
    """Of the province's own table."""


def of(reading: Reading, scope: str = NATION) -> Calendar:
    """The working days of the country, or of the province whose code is given."""
    country = tuple(reading.year_tables.where(scope=NATION))
    return _laid_over(country, tuple(reading.year_tables.where(scope=scope)) if scope else ())


def here(reading: Reading) -> Calendar:
    """The working days of the province this hall lies in."""
    hall = reading.halls.get(reading.hall)
    return of(reading, scope_of(hall.division) if hall else NATION)


def scope_of(division: str) -> str:
    """The scope of a place: its province's code."""
    return f"{division[:2]}0000"


def agreed(agreement: Agreement) -> str:
    """The scope whose working days an agreement names."""
    return NATION if agreement.calendar == agreements.NATIONAL else scope_of(agreement.calendar)


@lru_cache(maxsize=128)
def _laid_over(country: tuple[YearTable, ...], province: tuple[YearTable, ...]) -> Calendar:
    """One calendar for the same tables: it remembers what it has counted."""
    return Calendar(
        replacing={table.year: calendars.read(table.days) for table in country},
        differing={table.year: calendars.read(table.days) for table in province},
    )


def shown(desk: Desk, *, year: int | None = None, scope: str = NATION) -> Shown:
    """The table of a year, this one unless another is named; of the country or a province."""
    scope = checked_scope(scope)
    year = checked_year(year) if year is not None else local(desk.store.now()).year
    with desk.reading() as reading:
        calendar = of(reading, scope)
        ours, own = reading.year_tables.get(NATION, year), reading.year_tables.get(scope, year)
    country, differing = calendar.year(year), calendar.differing.get(year, {})
    known = ours.source if ours else PACKAGED
    return Shown(
        year=year,
        scope=scope,
        place=place(scope),
        source=UNKNOWN if country is None else known,
        is_provisional=country is None,
        days={**(country or {}), **differing},
        differing=differing,
        own_source=own.source if own and scope else "",
    )


def place(scope: str) -> str:
    """Whose table it is, in words."""
    return (divisions.name(scope) or scope) if scope else "全国"


def checked_scope(scope: str) -> str:
    """Empty for the country, or a province that there is."""
    if scope == NATION:
        return scope
    code = checks.digits("scope", scope, 6)
    if not code.endswith("0000") or not divisions.exists(code):
        raise WrongUsage(
            "calendar-scope",
            what=f"“{refusals.shown(scope)}”没有工作日表。",
            why="这不是省、自治区、直辖市的行政区划代码；工作日表或者是全国的，或者是一个省的。",
            next="请用省级代码，如广西 450000；全国的不写。（命令：--scope 450000）",
        )
    return code


def checked_year(year: int) -> int:
    """A year our numbers can name."""
    if not 2000 <= year <= 2099:
        raise WrongUsage(
            "calendar-year",
            what=f"{year} 年没有工作日表。",
            why="编号里的年份在 2000 年至 2099 年之间。",
            next="请核对年份，如 2027。（命令：--year 2027）",
        )
    return year
