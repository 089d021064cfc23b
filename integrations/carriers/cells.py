"""Tables that come from a carrier: cells that cannot be read are noted, and all of them told at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from integrations.carriers.number_pool.numbers import NumberError
from integrations.spreadsheets import HeaderFault, Line

T = TypeVar("T")


@dataclass(frozen=True)
class CellError:
    """What is wrong in one cell; `text` is what stands there, for the clerk and never for a log."""

    row: int
    column: str
    reason: str
    text: str = field(default="", repr=False)
    first_row: int = 0
    """Where a doubled number stands for the first time."""


class Faulty(Exception):
    """A table that cannot be taken as a whole, and everything that is wrong with it."""

    def __init__(self, errors: Iterable[CellError]) -> None:
        self.errors = tuple(errors)
        super().__init__(f"{len(self.errors)} faults")


class Unfit(ValueError):
    """A cell does not say what its column is for."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def of_header(fault: HeaderFault) -> Faulty:
    """The columns that are missing or doubled, as faults of their row."""
    return Faulty(
        CellError(fault.line, one.column, f"column_{one.kind}", ", ".join(one.places)) for one in fault.faults
    )


def read(line: Line, column: str, reader: Callable[[str], T], errors: list[CellError]) -> T | None:
    """What a cell says; if it cannot be read, that is noted."""
    text = line.cells[column]
    try:
        return reader(text)
    except (NumberError, Unfit) as error:
        errors.append(CellError(line.number, column, error.reason, text))
        return None
