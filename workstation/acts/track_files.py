"""轨迹 as a table file from the carrier's web site, for halls whose machines cannot ask it.

A file is read whole or not at all. Of its text only what the carrier's table of codes has is kept in clear:
the rest may name a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from integrations.carriers import Event, track_tables
from integrations.carriers.cells import Faulty
from integrations.carriers.ems import events
from integrations.carriers.track_tables import TrackLine
from workstation.acts import table_files, tracking
from workstation.acts.desk import Desk
from workstation.acts.progress import Progress, counted, silent
from workstation.acts.table_files import RowFault, RowsFaulty
from workstation.acts.tracking import Taken

#: What the columns of the file are called.
HEADS = tuple(column.name for column in track_tables.COLUMNS)

#: Why a cell cannot be read. Its text is not repeated: it may name a person.
REASONS = {
    "empty": "没有填写。",
    "form": "不是邮政运单号：应为 13 位数字，或两位字母＋九位数字＋两位国别字母。",
    "check_digit": "运单号的校验位不符，请对照运单逐位核对。",
    "time": "不是日期和时间，如 2026-11-20 09:30。",
    "nothing_told": "状态、代码、说明至少要填一栏。",
}


@dataclass(frozen=True)
class Imported:
    """What came of a file."""

    rows: int
    taken: tuple[Taken, ...]
    """One for each parcel that something new was told of."""
    unknown: tuple[str, ...]
    """Waybills of the file that were never bound here; their rows were left out."""
    unread: int
    """Rows whose text says nothing that has a code; they are kept, and move nothing."""


def import_table(desk: Desk, name: str, content: bytes | Path, *, progress: Progress = silent) -> Imported:
    """Take the events of a table; each parcel is an act and a step, so that other windows get between."""
    desk.writes()
    desk.may("import_events")
    lines = _lines(name, content, progress)
    told: dict[str, list[Event]] = {}
    for line in lines:
        told.setdefault(line.waybill, []).append(_event(line))
    with desk.reading() as reading:
        known = [number for number in told if reading.waybills.where(number=number)]
    taken = [
        tracking.take(desk, number, told[number], source=tracking.IMPORT)
        for number in counted(known, progress, total=len(known))
    ]
    return Imported(
        rows=len(lines),
        taken=tuple(one for one in taken if one is not None),
        unknown=tuple(number for number in told if number not in set(known)),
        unread=sum(not event.code for number in known for event in told[number]),
    )


def _lines(name: str, content: bytes | Path, progress: Progress) -> Sequence[TrackLine]:
    table = table_files.read(name, content, track_tables.COLUMNS, progress=progress)
    try:
        return track_tables.events(table.lines)
    except Faulty as fault:
        raise RowsFaulty(
            name, [RowFault(error.row, error.column, REASONS[error.reason]) for error in fault.errors]
        ) from fault


def _event(line: TrackLine) -> Event:
    """A row as an event: by its code, or by a text that has one."""
    code, sub = events.parts(line.code)
    if not code:
        code, sub = events.named(line.name) or events.named(line.text) or ("", "")
    name = events.meaning(code, sub).name
    text = "；".join(dict.fromkeys(said for said in (line.name, line.text) if said and said != name))
    return Event(line.waybill, code, sub, line.at_ms, line.organisation, name, text)
