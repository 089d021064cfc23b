"""Reading a CSV table strictly: every fault names file and cell, and a column nobody asked for is a fault."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from forms.items.toml_table import InvalidItem


def read(path: Path, columns: Sequence[str]) -> dict[str, Mapping[str, str]]:
    """The rows by their first column, in the order of the file; anything but this table is `InvalidItem`."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            head, *lines = list(csv.reader(file, strict=True)) or [[]]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidItem(path.name, "", str(error)) from error
    if head != list(columns):
        raise InvalidItem(path.name, "", f"has not the columns {', '.join(columns)}")
    rows: dict[str, Mapping[str, str]] = {}
    for number, line in enumerate(lines, start=2):
        if len(line) != len(head):
            raise InvalidItem(path.name, f"line {number}", f"has {len(line)} cells, not {len(head)}")
        if line[0] in rows:
            raise InvalidItem(path.name, line[0], "stands twice")
        rows[line[0]] = dict(zip(head, line, strict=True))
    return rows
