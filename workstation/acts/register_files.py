"""A register 登记簿 as a file: CSV or XLSX with a cell a column, or PDF to be signed; persons masked.

In clear only with a second person; then the file says so, in its title and over the columns about persons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from workstation.acts import given_files, refusals, registers, table_files
from workstation.acts.desk import Desk
from workstation.acts.progress import Progress, counted, silent
from workstation.acts.register_parts import CLEAR, Look, Register
from workstation.acts.registers import Span
from workstation.domain.times import minute
from workstation.errors import WrongUsage
from workstation.policies import DeadlinePolicy

PDF = "pdf"

Row = tuple[str, ...]


@dataclass(frozen=True)
class Order:
    """What is to be given out, and where to."""

    key: str
    days: Span
    path: Path
    unmasked: bool = False
    policy: DeadlinePolicy = field(default_factory=DeadlinePolicy)


@dataclass(frozen=True)
class Given:
    """What was given out."""

    path: Path
    title: str
    lines: int
    unmasked: bool


@dataclass(frozen=True)
class _Table:
    """A register in all its columns."""

    register: Register[Any, Any]
    order: Order
    rows: Sequence[Row]

    @property
    def heads(self) -> Row:
        return self.register.heads(clear=self.order.unmasked)

    @property
    def title(self) -> str:
        return self.register.title + (CLEAR if self.order.unmasked else "")


def in_clear(desk: Desk) -> Desk:
    """This desk, once somebody has confirmed that persons may stand in clear; refused if nobody has."""
    desk.may("export_register")
    desk.writes()
    desk.confirmed("export_register")
    return desk


def export(desk: Desk, order: Order, *, progress: Progress = silent) -> Given:
    """Write a register to a file; each line is a step."""
    # Refused before anything is made, by the same rules as the act itself.
    desk.may("export_register")
    desk.writes()
    if order.unmasked:
        in_clear(desk)
    target = order.path.absolute()
    kind = kind_of(target)
    with given_files.half(target) as half:
        table = _taken(desk, order, progress)
        half.write([_printed(desk, table) if kind == PDF else _written(table, kind)])
        with desk.act("export_register") as work:
            work.object = table.register.key
            work.facts = {
                "since": order.days.since,
                "until": order.days.until,
                "lines": len(table.rows),
                "format": kind,
                "unmasked": order.unmasked,
            }
        given_files.put(half, target)
    return Given(target, table.title, len(table.rows), order.unmasked)


def kind_of(path: Path) -> str:
    """The kind of file that a name asks for by its ending."""
    kind = path.suffix.lower().removeprefix(".")
    if kind not in (*table_files.FORMATS, PDF):
        raise WrongUsage(
            "file-ending",
            what=f"“{refusals.shown(path.name)}”没有写成。",
            why="看不出要写哪一种文件。",
            next="文件名请以 .xlsx、.csv 或 .pdf 结尾。",
        )
    return kind


def _taken(desk: Desk, order: Order, progress: Progress) -> _Table:
    register = registers.find(order.key)
    with desk.reading() as reading:
        look = Look(reading, desk.hall, order.unmasked, order.policy)
        keys = registers.numbered(register, reading, order.days)
        rows = [register.cells(look, at, key) for at, key in counted(keys, progress, total=len(keys))]
    return _Table(register, order, rows)


def _written(table: _Table, kind: str) -> bytes:
    return table_files.written(kind, table.heads, table.rows, title=f"{table.title} {table.order.days.told}")


def _printed(desk: Desk, table: _Table) -> bytes:
    # Imported here: it takes longer to load than most commands take to run.
    from printing import registers as printed

    around = printed.Around(
        title=table.title,
        left=desk.hall.name,
        middle=f"{table.order.days.told}　共 {len(table.rows)} 行",
        right=f"打印 {minute(desk.store.now())}",
        signatures=table.register.signatures,
        watermark="演练" if desk.hall.practice else "",
    )
    parts = [
        printed.Part(part, _picked(table.heads, at), [_picked(row, at) for row in table.rows])
        for part, at in _parts(table.register)
    ]
    return printed.render(parts, around)


def _parts(register: Register[Any, Any]) -> list[tuple[str, list[int]]]:
    """The parts of the paper with the places of their columns; the ordinal and what leads stand in each."""
    led = list(range(register.led_by + 1))
    places = [(column.part, at) for at, column in enumerate(register.columns, start=1)]
    return [
        (part, [*led, *(at for _, at in group if at not in led)])
        for part, group in groupby(places, key=lambda place: place[0])
    ]


def _picked(row: Row, places: Sequence[int]) -> Row:
    return tuple(row[at] for at in places)
