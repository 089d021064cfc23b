"""The panes of a case: which lists each has, their columns and cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual.containers import Vertical
from textual.widget import Widget

from workstation.domain.case import Piece, Row
from workstation.domain.consignment import Consignment
from workstation.domain.custody import Span
from workstation.domain.journal import Entry
from workstation.domain.paper import Paper, PaperState
from workstation.domain.times import minute
from workstation.domain.words import word
from workstation.screens.case import telling
from workstation.screens.case.notes import Note
from workstation.screens.case.sight import Sight
from workstation.widgets.record_list import Column, RecordList


class Held(NamedTuple):
    """A piece and who has it now."""

    piece: Piece
    now: Span | None


class Sent(NamedTuple):
    """A consignment with its waybills."""

    consignment: Consignment
    waybills: str
    mail: str
    """Where their parcels are by the carrier's account."""


#: The panes' names and titles, in their order.
TITLES = {
    "overview": "概要",
    "past": "时间线",
    "pieces": "材料与交接",
    "papers": "纸面",
    "notes": "联系与评价",
}
#: The list that a pane begins with.
FIRST = {"overview": "rows", "past": "entries", "pieces": "held", "papers": "faces", "notes": "beside"}
_MOST_CONSIGNMENTS = 4


def panes() -> Iterator[Widget]:
    """Every pane with its lists, still empty."""
    yield Vertical(_rows(), _ways(), id="pane-overview", classes="pane")
    for name, rows in (("past", _past()), ("pieces", _pieces()), ("papers", _papers()), ("notes", _notes())):
        yield Vertical(rows, id=f"pane-{name}", classes="pane")


def tabs(current: str, *, beside: bool) -> str:
    """The line of titles, with the one that is open marked; `beside` the overview, which is always there."""
    marked = [
        f"【{title}】" if name == current or (beside and name == "overview") else f" {title} "
        for name, title in TITLES.items()
    ]
    return f"{''.join(marked)}　← → 换页"


def _rows() -> RecordList[Row]:
    heads = (
        Column("材料", 10, flexible=True),
        Column("要求", 16, wide_only=True),
        Column("方式", 8),
        Column("审查", 10),
        Column("缺陷", 14),
    )
    return RecordList(heads, _row_cells, empty="（没有清单）", id="rows")


def _row_cells(row: Row) -> Sequence[str]:
    asked = f"{word(row.form)} {row.copies}"
    name = f"{row.position} {row.name}"
    return name, asked, word(row.way or ""), telling.finding(row), telling.defects(row)


def _ways() -> RecordList[Sent]:
    heads = (
        Column("送件", 22, flexible=True),
        Column("状态", 14),
        Column("封套", 6),
        Column("运单", 13),
        Column("邮件", 8, flexible=True),
    )
    return RecordList(heads, _way_cells, empty="（没有送件：不在本窗口寄送）", id="ways")


def _way_cells(sent: Sent) -> Sequence[str]:
    way = sent.consignment
    name = f"{way.ordinal} {way.office_name}"
    envelope = _short(way.supplement or way.envelope)
    return name, telling.consignment_state(way), envelope, sent.waybills, sent.mail


def _short(envelope: str | None) -> str:
    """The end by which an envelope is told from its neighbours; Enter shows the whole number."""
    return f"…{envelope[-5:]}" if envelope else ""


def _past() -> RecordList[Entry]:
    heads = (Column("时间", 16), Column("办理", 10, flexible=True), Column("经办", 6), Column("复核", 6))
    return RecordList(heads, _entry_cells, empty="（没有记录）", id="entries")


def _entry_cells(entry: Entry) -> Sequence[str]:
    return minute(entry.at), word(entry.act), entry.operator or "", entry.second or ""


def _pieces() -> RecordList[Held]:
    heads = (
        Column("材料", 10, flexible=True),
        Column("形式", 8),
        Column("份", 3),
        Column("现在谁手里", 22),
        Column("封套", 6),
    )
    return RecordList(heads, _held_cells, empty="（没有收材料）", id="held")


def _held_cells(held: Held) -> Sequence[str]:
    piece, now = held
    who = telling.holder(now.holder, now.holder_ref) if now else word(piece.holder)
    return piece.name, word(piece.form), str(piece.copies), who, _short(now.envelope if now else None)


def _papers() -> RecordList[Paper]:
    heads = (
        Column("纸面", 10, flexible=True),
        Column("编号", 20),
        Column("状态", 8),
        Column("副本", 4),
        Column("时间", 16),
    )
    return RecordList(heads, _paper_cells, empty="（没有纸面）", id="faces")


def _paper_cells(paper: Paper) -> Sequence[str]:
    sign = {PaperState.VOID: "×", PaperState.MADE: "✓"}.get(PaperState(paper.state), "!")
    copy = str(paper.copy) if paper.copy > 1 else ""
    return (
        word(paper.kind),
        paper.number,
        f"{sign} {word(paper.state)}",
        copy,
        minute(paper.made_at or paper.promised_at),
    )


def _notes() -> RecordList[Note]:
    heads = (Column("时间", 16), Column("类别", 10), Column("内容", 10, flexible=True))
    return RecordList(heads, _note_cells, empty="（还没有联系、评价和其他登记）", id="beside")


def _note_cells(note: Note) -> Sequence[str]:
    return minute(note.at), note.kind, note.text


def held(sight: Sight) -> list[Held]:
    """Every piece with its holder of now."""
    now = {span.piece: span for span in sight.spans if span.until is None}
    return [Held(piece, now.get(piece.id)) for piece in sight.file.pieces]


def sent(sight: Sight) -> list[Sent]:
    """Every consignment with its waybills."""
    return [
        Sent(c, "、".join(telling.waybills(sight, c)), "、".join(telling.mail(sight, c)))
        for c in sight.file.consignments
    ]


def height_of_ways(sight: Sight) -> int:
    """Lines for the list of consignments: border, heading, and few enough to leave room for the papers."""
    return 2 + max(1, min(_MOST_CONSIGNMENTS, len(sight.file.consignments)))
