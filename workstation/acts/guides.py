"""A hall's own 办事指南 as checklists: imported for an office, a division or all offices, and exported again.

A file holds many items; each is compared with the guide that holds, and only one that differs becomes a new
edition. Cases keep the rows they were registered with.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from forms import items
from forms.items import guide
from forms.items.checklists import ChecklistRow
from forms.review import DEFECTS
from integrations.spreadsheets import Column
from workstation.acts import catalogue, offices, refusals, table_files
from workstation.acts.catalogue import ALL_OFFICES
from workstation.acts.desk import Desk
from workstation.acts.explanations import IDENTIFIER_REASONS
from workstation.acts.progress import Progress, counted, silent
from workstation.acts.table_files import Difference, Fields, RowFault, RowsFaulty
from workstation.domain.guide import Guide, GuideRow
from workstation.store.work import Reading, Work

MARK = "办事指南"
"""Who answers for such a checklist; those we ship are marked 示例."""
COLUMNS = tuple(Column(head.name, head.aliases, head.required) for head in guide.HEADS.values())
HEADS: Mapping[str, str] = {**{field: head.name for field, head in guide.HEADS.items()}, "order": "次序"}
"""What the fields of a difference are called."""

_DIVISION = re.compile(r"[1-9][0-9]{5}")

_WHY = {
    guide.Reason.TOO_LONG: "太长了，最多 {detail} 个字符。",
    guide.Reason.UNKNOWN_ITEM: "没有代码为“{detail}”的事项；本大厅自己的事项请先新增。（命令：item add）",
    guide.Reason.FORM: "不认识“{detail}”；可用：" + "、".join(guide.FORM_WORDS.values()) + "。",
    guide.Reason.COPIES: "“{detail}”不是份数；份数为 1 至 999。",
    guide.Reason.FLAG: "“{detail}”既不是“是”，也不是“否”。",
    guide.Reason.DEFECT: "不认识“{detail}”；可用："
    + "、".join(defect.word for defect in DEFECTS.values())
    + "。",
    guide.Reason.ROW_ID: "“{detail}”不合要求：以小写字母开头，只用小写字母、数字、下划线，最多 40 位。",
    guide.Reason.RESERVED_ID: "“{detail}”留给结果和属地补正用；请换一个，或留空。",
    guide.Reason.SAME_ID: "与第 {detail} 行相同；同一事项里不能重复。",
    guide.Reason.SAME_NAME: "与第 {detail} 行相同；同一事项里不能重复。",
}


@dataclass(frozen=True)
class Given:
    """A file that has been read: looked at first, and taken in if it is meant."""

    name: str
    guide: guide.Guide


@dataclass(frozen=True)
class _Place:
    """For whom a guide holds: the scope in its one form, and the division it lies in."""

    scope: str
    division: str | None


@dataclass(frozen=True)
class _Item:
    """One item of a file beside the guide that holds for it."""

    code: str
    former: Guide | None
    here: tuple[ChecklistRow, ...]
    rows: tuple[ChecklistRow, ...]

    @cached_property
    def fields_here(self) -> dict[str, Fields]:
        return _fields(self.code, self.here, beside=self.rows)

    @cached_property
    def fields_in_file(self) -> dict[str, Fields]:
        return _fields(self.code, self.rows, beside=self.here)

    @property
    def differs(self) -> bool:
        return self.fields_here != self.fields_in_file


def preview(desk: Desk, name: str, content: bytes | Path, *, scope: str) -> Difference:
    """What importing this file would change; nothing is written."""
    return compared(desk, read(name, content), scope=scope)


def compared(desk: Desk, given: Given, *, scope: str) -> Difference:
    """What taking in a file that has been read would change; nothing is written."""
    with desk.reading() as reading:
        return _difference(_compared(reading, given, place=_place(reading, scope)))


def import_file(
    desk: Desk, name: str, content: bytes | Path, *, scope: str, source: str, source_date: str
) -> Difference:
    """导入办事指南: all of a file or nothing; what has changed is a new edition, the former ones are kept."""
    return take(desk, read(name, content), scope=scope, source=source, source_date=source_date)


def read(name: str, content: bytes | Path, *, progress: Progress = silent) -> Given:
    """The guide in a file, as far as it can be read without asking the hall which items there are."""
    lines = table_files.read(name, content, COLUMNS, progress=progress).lines
    return Given(name, guide.read(counted(lines, progress, total=len(lines))))


def take(
    desk: Desk, given: Given, *, scope: str, source: str, source_date: str, progress: Progress = silent
) -> Difference:
    """The same with a file that has been read; each item is a step."""
    source, source_date = catalogue.sourced(source, source_date, now=desk.store.now())
    with desk.act("import_guide") as work:
        place = _place(work, scope)
        of_file = _compared(work, given, place=place)
        for item in counted(of_file, progress, total=len(of_file)):
            if item.differs:
                _take(work, item, _edition(work, item, place.scope, source=source, source_date=source_date))
        found = _difference(of_file)
        work.facts = {"scope": place.scope, "items": len(of_file), **found.counts()}
        return found


def export(
    desk: Desk, scope: str, kind: str, codes: Sequence[str] = (), *, progress: Progress = silent
) -> bytes:
    """The guides that hold for a scope, or those of some items, as a file that imports with no difference."""
    with desk.reading() as reading:
        place = _place(reading, scope)
        live = _live(reading, place)
        if not live:
            raise refusals.not_found("guide", scope)
        if missing := next((code for code in codes if code not in live), None):
            raise refusals.not_found("guide", f"{missing}/{scope}")
        wanted = sorted(set(codes or live), key=catalogue.code_order)
        return _file(kind, [(code, _rows(reading, live[code])) for code in wanted], progress)


def shipped(kind: str, codes: Sequence[str] = ()) -> bytes:
    """The checklists we ship, as a file to be edited: those of some items, or of all that have their own."""
    own = [item.code for item in items.all_items() if items.folder_of(item.code)]
    return _file(kind, ((code, catalogue.shipped(code).rows) for code in dict.fromkeys(codes or own)))


def listed(desk: Desk, item: str | None = None) -> list[Guide]:
    """The guides that hold, of one item or of all."""
    with desk.reading() as reading:
        if item is not None:
            return reading.guides.where(item=refusals.readable("item", item), state="live")
        return reading.guides.where(state="live")


def _compared(reading: Reading, given: Given, *, place: _Place) -> list[_Item]:
    known = [item.code for item in catalogue.all_items(reading)]
    if faults := [*given.guide.faults, *given.guide.unknown(known)]:
        raise RowsFaulty(given.name, [_in_words(fault) for fault in faults])
    live = _live(reading, place)
    compared = []
    for code, rows in given.guide.items.items():
        here = _rows(reading, live[code]) if code in live else ()
        before = (here, catalogue.shipped(code, place.division).rows)
        names = ({row.name: row.id for row in former} for former in before)
        compared.append(_Item(code, live.get(code), here, guide.numbered(rows, *names)))
    return compared


def _rows(reading: Reading, of: Guide) -> tuple[ChecklistRow, ...]:
    return catalogue.of_guide(of, reading.guide_rows.where(guide=of.id)).rows


def _place(reading: Reading, text: str) -> _Place:
    """The scope that was typed; what is neither an office nor a division nor all offices is refused."""
    scope = unicodedata.normalize("NFKC", text).strip()
    if scope == ALL_OFFICES:
        return _Place(scope, None)
    if _DIVISION.fullmatch(scope):
        return _Place(scope, scope)
    office = offices.find(reading, scope)
    return _Place(office.code, office.division)


def _live(reading: Reading, place: _Place) -> dict[str, Guide]:
    return {one.item: one for one in reading.guides.where(scope=place.scope, state="live")}


def _difference(compared: Iterable[_Item]) -> Difference:
    here: dict[str, Fields] = {}
    file: dict[str, Fields] = {}
    for item in compared:
        here |= item.fields_here
        file |= item.fields_in_file
    return table_files.difference(here, file)


def _fields(code: str, rows: Iterable[ChecklistRow], *, beside: Iterable[ChecklistRow]) -> dict[str, Fields]:
    """The rows by `item/row`; order is that among rows on both sides: one row more changes no other."""
    common = {row.id for row in beside}
    order = {row_id: place for place, row_id in enumerate(row.id for row in rows if row.id in common)}
    return {
        f"{code}/{row.id}": {
            **{field: getattr(row, field) for field in guide.HEADS if field not in ("item", "id")},
            "order": order.get(row.id),
        }
        for row in rows
    }


def _edition(work: Work, item: _Item, scope: str, *, source: str, source_date: str) -> Guide:
    editions = [one.edition for one in work.guides.where(item=item.code) if one.scope == scope]
    edition = max(editions, default=0) + 1
    return Guide(
        id=f"{item.code}/{scope}/{edition}",
        item=item.code,
        scope=scope,
        edition=edition,
        mark=MARK,
        source=source,
        source_date=source_date,
        imported_at=work.now,
        imported_by=work.stamp.operator or "",
    )


def _take(work: Work, item: _Item, edition: Guide) -> None:
    if item.former:
        work.guides.save(replace(item.former, state="former"))
    work.guides.add(edition)
    for position, row in enumerate(item.rows, start=1):
        work.guide_rows.add(GuideRow(guide=edition.id, **catalogue.columns(position, row)))


def _file(
    kind: str, checklists: Iterable[tuple[str, Iterable[ChecklistRow]]], progress: Progress = silent
) -> bytes:
    heads = [head.name for head in guide.HEADS.values()]
    return table_files.written(kind, heads, list(_lines(checklists)), title=MARK, progress=progress)


def _lines(checklists: Iterable[tuple[str, Iterable[ChecklistRow]]]) -> Iterator[list[str]]:
    for code, rows in checklists:
        for row in rows:
            yield guide.cells(code, row)


def _in_words(fault: guide.Fault) -> RowFault:
    why = _WHY[fault.reason] if fault.reason in _WHY else IDENTIFIER_REASONS[fault.reason][0]
    return RowFault(fault.line, fault.column, why.format(detail=refusals.shown(fault.detail)))
