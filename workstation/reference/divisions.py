"""Names of administrative divisions 行政区划 by their GB/T 2260 code; table and SOURCE.md lie beside.

An unknown code is None, never an error: codes change every year, and abolished ones live on in ID numbers.
"""

from __future__ import annotations

import csv
import datetime
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

AS_OF = datetime.date(2023, 6, 30)
"""The day whose divisions the table lists."""

# City-level rows that group counties and name no place; 县 is the one of 重庆.
_FILLERS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


@dataclass(frozen=True)
class _Division:
    name: str
    parent: str


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


@cache
def _table() -> dict[str, _Division]:
    # Read at the first question: most commands never ask one.
    text = (files(__package__) / "divisions-2023.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["code"]: _Division(row["name"], row["parent"]) for row in rows}
