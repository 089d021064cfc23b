"""How much of a table file is read: limits come before the file, so a hostile one costs little."""

from __future__ import annotations

from dataclasses import dataclass

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What one kind of file may be at most."""

    file: int
    """Bytes, as it lies there."""
    unpacked: int
    """Bytes of all parts of a workbook that are read."""
    elements: int
    """XML elements of all parts together: half a million a second."""
    rows: int
    """Also the most merged areas."""


USUAL = Limits(file=20 * _MEGABYTE, unpacked=100 * _MEGABYTE, elements=5_000_000, rows=100_000)
"""A directory, a bill, a list: a hundred thousand rows of twenty cells have fewer elements."""
LEDGER = Limits(file=100 * _MEGABYTE, unpacked=500 * _MEGABYTE, elements=20_000_000, rows=300_000)
"""What a hall has written into one sheet for years: 200,000 rows of twenty cells."""
