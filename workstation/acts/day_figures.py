"""What was reached on a day, out of the journal: counted anew each time, and kept as JSON in a close.

The same for any span of days. No person stands in any of it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from workstation.store.protocols import Line
from workstation.store.statements import day_closes as sql
from workstation.store.statements import postages as postages_sql
from workstation.store.work import Reading

RESUBMITTED = "resubmitted"
"""补正提交: the one step that is an act and not always a new state."""
#: The kinds of records of which every step is counted.
COUNTED = ("cases", "consignments", "envelopes")
#: By what the same is counted again.
BY = ("items", "offices", "clerks")

_PAGE = 500

Steps = Counter[str]
"""How often each step was reached, by the state it led to, or `RESUBMITTED`."""


@dataclass(frozen=True)
class Figures:
    """What was reached on a day: by kind of record, and the same again by item, office and operator.

    An item or an operator counts its cases and consignments, an office its consignments.
    """

    cases: Steps = field(default_factory=Counter)
    consignments: Steps = field(default_factory=Counter)
    envelopes: Steps = field(default_factory=Counter)
    items: dict[str, Steps] = field(default_factory=dict)
    offices: dict[str, Steps] = field(default_factory=dict)
    clerks: dict[str, Steps] = field(default_factory=dict)

    def add(self, other: Figures) -> None:
        """Add those of another day."""
        for kind in COUNTED:
            getattr(self, kind).update(getattr(other, kind))
        for by in BY:
            for name, steps in getattr(other, by).items():
                getattr(self, by).setdefault(name, Counter()).update(steps)

    def plain(self) -> dict[str, Any]:
        """As a close keeps them: what was not reached is left out."""
        totals = {kind: _plain(getattr(self, kind)) for kind in COUNTED}
        return totals | {by: {name: _plain(of) for name, of in getattr(self, by).items()} for by in BY}

    def flat(self) -> dict[str, int]:
        """Every figure under a name of its own: `cases.registered`, `offices/名称/sealed`."""
        told = {f"{kind}.{step}": n for kind in COUNTED for step, n in _plain(getattr(self, kind)).items()}
        for by in BY:
            for name, steps in getattr(self, by).items():
                told |= {f"{by}/{name}/{step}": n for step, n in _plain(steps).items()}
        return told


def _plain(steps: Steps) -> dict[str, int]:
    return {step: n for step, n in sorted(steps.items()) if n}


def read(kept: Mapping[str, Any]) -> Figures:
    """The figures that a close has kept."""
    return Figures(
        cases=Counter(kept["cases"]),
        consignments=Counter(kept["consignments"]),
        envelopes=Counter(kept["envelopes"]),
        items=_by(kept["items"]),
        offices=_by(kept["offices"]),
        clerks=_by(kept["clerks"]),
    )


def _by(kept: Mapping[str, Mapping[str, int]]) -> dict[str, Steps]:
    return {name: Counter(steps) for name, steps in kept.items()}


def entries(reading: Reading, since: int, until: int) -> Iterator[Line]:
    """What was done in a span of time, in the order of time, without hashes."""
    at, seq = since - 1, 0
    while page := reading.lines(sql.DONE, since=since, until=until, at=at, seq=seq, count=_PAGE):
        yield from page
        at, seq = page[-1]["at"], page[-1]["seq"]


def counted(reading: Reading, done: Iterable[Line]) -> Figures:
    """The figures of these entries."""
    figures, known = Figures(), _Known(reading)
    for entry in done:
        for reached in _steps(entry):
            _count(figures, known, reached, entry["operator"] or "")
    return figures


@dataclass
class _Known:
    """What cases are about and where consignments go, each asked once."""

    reading: Reading
    items: dict[str, str | None] = field(default_factory=dict)
    offices: dict[str, tuple[str, str] | None] = field(default_factory=dict)

    def item(self, case: str) -> str | None:
        if case not in self.items:
            found = self.reading.lines(postages_sql.ITEM, number=case)
            self.items[case] = found[0]["item"] if found else None
        return self.items[case]

    def office(self, consignment: str) -> tuple[str, str] | None:
        """Its name, and the case."""
        if consignment not in self.offices:
            found = self.reading.lines(sql.GOES_TO, id=consignment)
            self.offices[consignment] = (found[0]["office_name"], found[0]["case_number"]) if found else None
        return self.offices[consignment]


def _steps(entry: Line) -> Iterator[tuple[str, str, str]]:
    """Table, key and step of each record that got further; a consignment that comes into being has not."""
    if entry["act"] == "resubmit":
        yield "cases", entry["object"], RESUBMITTED
    if '"state"' not in entry["body"]:
        return  # most entries are of papers and parcels: they need not be taken apart
    for table, key, columns in json.loads(entry["body"])["changes"]:
        is_new_consignment = table == "consignments" and entry["act"] == "register"
        is_told_already = table == "cases" and entry["act"] == "resubmit"
        if table in COUNTED and "state" in columns and not (is_new_consignment or is_told_already):
            yield table, str(key[0]), columns["state"]


def _count(figures: Figures, known: _Known, reached: tuple[str, str, str], operator: str) -> None:
    table, key, step = reached
    totals: Steps = getattr(figures, table)
    totals[step] += 1
    if table == "envelopes":
        return
    if table == "consignments" and (office := known.office(key)):
        name, key = office
        figures.offices.setdefault(name, Counter())[step] += 1
    if item := known.item(key):
        figures.items.setdefault(item, Counter())[f"{table}.{step}"] += 1
    figures.clerks.setdefault(operator, Counter())[f"{table}.{step}"] += 1
