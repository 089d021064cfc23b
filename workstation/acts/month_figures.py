"""What the day closes of a month add up to, and each figure that the journal, counted anew, has otherwise."""

from __future__ import annotations

import calendar
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from workstation.acts import checks, day_closes, day_figures, day_sheets, postages
from workstation.acts.agreements import PAYERS
from workstation.acts.day_figures import Figures
from workstation.acts.facts.month_sheet import ANCHOR, NOT_CLOSED
from workstation.acts.facts.postage_statement import LEGS
from workstation.acts.postages import Statement, Sum
from workstation.domain import codes
from workstation.domain.day_close import DayClose
from workstation.domain.times import local
from workstation.store.protocols import Line
from workstation.store.statements import day_closes as sql
from workstation.store.work import Reading


@dataclass(frozen=True)
class MonthDifference:
    """One figure that a day's close has otherwise than the journal."""

    day: str
    figure: str
    """`cases.registered`, `items/59/cases.registered`, `postage/window/out`, `not_closed`, `anchor` …"""
    closed: str
    journal: str


@dataclass(frozen=True)
class Month:
    """A month: its closes added up, and compared."""

    month: str
    """YYYY-MM."""
    taken_at: int
    closes: tuple[DayClose, ...]
    """Those that hold, by day."""
    figures: Figures
    """What they add up to."""
    postage: tuple[Sum, ...]
    """As each was known when its day was closed."""
    differences: tuple[MonthDifference, ...]
    entries: int
    anchor: str
    titles: Mapping[str, str]
    """What the items are called."""

    def kept(self) -> dict[str, Any]:
        """As a close keeps it."""
        postage = [vars(one) for one in self.postage]
        days = {one.day: one.id for one in self.closes}
        return {**self.figures.plain(), "postage": postage, "days": days}


def span(month: str) -> tuple[int, int]:
    """From the beginning of a month to its end, epoch ms."""
    year, of_year = (int(part) for part in month.split("-"))
    return checks.span(f"{month}-01", f"{month}-{calendar.monthrange(year, of_year)[1]}", 0)


def held(reading: Reading, month: str) -> list[DayClose]:
    """The day closes of a month that hold, by day."""
    return reading.day_closes.query(sql.HOLDING, since=f"{month}-01", until=f"{month}-31")


def taken(reading: Reading, month: str, now: int) -> Month:
    """The month as its closes and the journal have it."""
    closes, figures = held(reading, month), Figures()
    for close in closes:
        figures.add(day_figures.read(json.loads(close.figures)))
    seq, head, _ = reading.chain()
    return Month(
        month=month,
        taken_at=now,
        closes=tuple(closes),
        figures=figures,
        postage=tuple(_postage(closes)),
        differences=tuple(_differences(reading, month, {close.day: close for close in closes})),
        entries=seq,
        anchor=codes.anchor(head),
        titles=day_sheets.titles_of(reading, figures),
    )


def _postage(closes: list[DayClose]) -> Iterator[Sum]:
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for close in closes:
        for one in json.loads(close.figures)["postage"]:
            there = sums[one["payer"], one["leg"]]
            for at, name in enumerate(("parcels", "fen", "unknown")):
                there[at] += one[name]
    for payer in PAYERS:
        for leg in LEGS:
            if (payer, leg) in sums:
                yield Sum(payer, leg, *sums[payer, leg])


def _differences(reading: Reading, month: str, closes: Mapping[str, DayClose]) -> Iterator[MonthDifference]:
    since, until = span(month)
    counted = {
        day: day_figures.counted(reading, of_day).flat()
        for day, of_day in groupby(day_figures.entries(reading, since, until), _day)
    }
    worked = day_closes.worked_days(reading, since, until)
    parcels = _parcels(postages.between(reading, since, until))
    for day in sorted({*worked, *closes}):
        if day not in closes:
            yield MonthDifference(day, NOT_CLOSED, "没有日清", f"办理 {worked[day]} 次")
            continue
        kept = json.loads(closes[day].figures)
        told = {f"postage/{one['payer']}/{one['leg']}": one["parcels"] for one in kept["postage"]}
        then = day_figures.read(kept).flat() | told
        now = counted.get(day, {}) | parcels.get(day, {})
        for figure in sorted(then.keys() | now.keys()):
            if then.get(figure, 0) != now.get(figure, 0):
                yield MonthDifference(day, figure, str(then.get(figure, 0)), str(now.get(figure, 0)))
        yield from _anchor(reading, closes[day])


def _day(entry: Line) -> str:
    return local(entry["at"]).date().isoformat()


def _parcels(charges: tuple[postages.Charge, ...]) -> dict[str, dict[str, int]]:
    """How many parcels left on each day, by payer and leg."""
    of_days: dict[str, list[postages.Charge]] = defaultdict(list)
    for charge in charges:
        of_days[charge.on].append(charge)
    return {
        day: {f"postage/{s.payer}/{s.leg}": s.parcels for s in Statement(day[:7], 0, tuple(of_day)).sums}
        for day, of_day in of_days.items()
    }


def _anchor(reading: Reading, close: DayClose) -> Iterator[MonthDifference]:
    """Whether the journal still has the entry that the day's sheet ends with."""
    found = reading.journal(close.entries - 1, 1)
    there = codes.anchor(found[0].hash) if found else ""
    if there != close.anchor:
        yield MonthDifference(close.day, ANCHOR, close.anchor, there)
