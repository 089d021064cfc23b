"""Names of administrative divisions 行政区划 by their GB/T 2260 code; table and SOURCE.md lie beside.

An unknown code is None, never an error: codes change every year, and abolished ones live on in ID numbers.
"""

from __future__ import annotations

import csv
import datetime
import unicodedata
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import NamedTuple

AS_OF = datetime.date(2023, 6, 30)
"""The day whose divisions the table lists."""

# City-level rows that group counties and name no place; 县 is the one of 重庆.
_FILLERS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


@dataclass(frozen=True)
class _Division:
    name: str
    parent: str


class _Place(NamedTuple):
    code: str
    name: str
    full: str


def exists(code: str) -> bool:
    """Whether the table has this six-digit code."""
    return code in _table()


def name(code: str) -> str | None:
    """The full name from the province down, e.g. 广西壮族自治区南宁市青秀区; None for an unknown code."""
    table = _table()
    parts: list[str] = []
    while (division := table.get(code)) is not None:
        # 嘉峪关市 has no counties, so the table lists the city once more as its own county.
        if division.name not in _FILLERS and division.name not in parts:
            parts.insert(0, division.name)
        code = division.parent
    return "".join(parts) or None


def parts(code: str) -> tuple[str, str, str]:
    """Province, city and county apart, as a carrier wants them; empty where not even the province is known.

    What the table only fills in (市辖区) and what a city without counties lacks is the level above again.
    """
    names: dict[int, str] = {}
    code = next((c for c in (code, f"{code[:4]}00", f"{code[:2]}0000") if exists(c)), code)
    while (division := _table().get(code)) is not None:
        level = 0 if code.endswith("0000") else 1 if code.endswith("00") else 2
        names[level] = "" if division.name in _FILLERS else division.name
        code = division.parent
    province = names.get(0, "")
    city = names.get(1) or province
    return province, city, names.get(2) or city


def find(query: str, *, limit: int = 10) -> list[tuple[str, str]]:
    """Codes and full names for a type-ahead: by the first digits of the code, or by parts of the name.

    Blanks part the parts. A place whose own name begins with the last of them comes before one that only
    contains it, and what lies within such a place after both; alike ones stand in the order of their codes.
    """
    parts = unicodedata.normalize("NFKC", query).split()
    if not parts:
        return []
    found = [place for place in _places() if all(part in place.full for part in parts)]
    if len(parts) == 1 and parts[0].isdigit():
        found = [place for place in _places() if place.code.startswith(parts[0])]
    return [(place.code, place.full) for place in sorted(found, key=partial(_rank, parts[-1]))[:limit]]


def _rank(part: str, place: _Place) -> tuple[int, str]:
    if place.name.startswith(part):
        return 0, place.code
    return (1 if part in place.name else 2), place.code


@cache
def _places() -> tuple[_Place, ...]:
    """Every place that has a name of its own."""
    named = ((code, division.name) for code, division in _table().items())
    return tuple(_Place(code, own, name(code) or own) for code, own in named if own not in _FILLERS)


@cache
def _table() -> dict[str, _Division]:
    # Read at the first question: most commands never ask one.
    text = (files(__package__) / "divisions-2023.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["code"]: _Division(row["name"], row["parent"]) for row in rows}
