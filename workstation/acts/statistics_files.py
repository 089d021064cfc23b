"""The statistics given out: as a table (CSV, XLSX), as a paper with charts (PDF), and as a line a case.

Counted and drawn first, journalled, and only then put in its place: nothing leaves without an entry, and the
counter does not wait while a year is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from workstation.acts import checks, given_files, refusals, statistics, statistics_tables, table_files
from workstation.acts.desk import Desk
from workstation.acts.progress import Progress, silent
from workstation.acts.statistics import Statistics
from workstation.acts.statistics_tables import NOTES, VIEWS, Table
from workstation.domain.times import local, minute
from workstation.domain.words import word
from workstation.errors import Refused, WrongUsage
from workstation.policies import DeadlinePolicy
from workstation.store.protocols import Line
from workstation.store.statements import statistics as sql

TITLE = "跨域通办办件统计"
DETAIL_TITLE = "跨域通办办件明细"
PDF = "pdf"
MOST = 100_000
"""Lines of a table file that can be read in again."""
HEADS = ("统计", "表", "项目", "指标", "数值")
_JOIN = "；"
"""Between what the consignments of one case have in one column."""

Parts = list[tuple[str, tuple[tuple[str, ...], ...]]]

_CASE = {
    "number": "办件编号",
    "item": "事项编码",
    "state": "状态",
    "window": "窗口",
    "registered_at": "收件时间",
}
_PASSED = {"notices": "告知次数", "passed_at": "通过时间"}
_CONSIGNMENT = {
    "id": "送件编号",
    "office_code": "业务属地部门编码",
    "office_name": "业务属地部门",
    "office_division": "属地区划",
    "waybill": "去程运单号",
    "sealed_at": "封装时间",
    "handed_over_at": "交寄时间",
    "acknowledged_at": "属地签收时间",
    "accepted_at": "属地受理时间",
    "decided_at": "决定时间",
    "outcome": "结果",
    "returned_at": "回寄时间",
    "return_waybill": "回程运单号",
    "arrived_at": "到窗时间",
    "served_at": "送件送达时间",
}
_ENDED = {"case_served_at": "办件送达时间", "closed_at": "办结时间"}
_WORDS = frozenset({"state", "outcome"})
DETAIL_HEADS = tuple({**_CASE, **_PASSED, **_CONSIGNMENT, **_ENDED}.values())


@dataclass(frozen=True)
class Span:
    """From which day to which, and by which settings it is judged what is on time."""

    since: str | None = None
    until: str | None = None
    policy: DeadlinePolicy | None = None


@dataclass(frozen=True)
class Given:
    """What was given out."""

    path: Path
    since: str
    until: str
    cases: int


def export(desk: Desk, path: Path, span: Span, *, progress: Progress = silent) -> Given:
    """Write the statistics of a time as CSV, XLSX or PDF, by the ending of the name."""
    _may(desk, path)
    kind = _kind(path, pdf=True)
    progress(0, 2)
    found = statistics.of(desk, since=span.since, until=span.until, policy=span.policy)
    progress(1, 2)
    content = drawn(found) if kind == PDF else tabled(found, kind)
    progress(2, 2)
    given = Given(path.absolute(), found.since, found.until, found.all.registered)
    return _put(desk, given, content, {"kind": kind, "anchor_at": found.entries})


def export_detail(desk: Desk, path: Path, span: Span, *, progress: Progress = silent) -> Given:
    """Write a line a case, without persons, as CSV or XLSX."""
    _may(desk, path)
    kind = _kind(path, pdf=False)
    now = desk.store.now()
    first, end = checks.span(span.since or f"{local(now).year}-01-01", span.until, now)
    with desk.reading() as reading:
        lines = reading.lines(sql.DETAIL, since=first, until=end, most=MOST + 1)
    if len(lines) > MOST:
        raise _too_many()
    rows = list(detailed(lines))
    content = table_files.written(kind, DETAIL_HEADS, rows, title=DETAIL_TITLE, progress=progress)
    days = local(first).date().isoformat(), local(end - 1).date().isoformat()
    return _put(desk, Given(path.absolute(), *days, len(rows)), content, {"kind": f"detail_{kind}"})


def checked_days(desk: Desk, since: str, until: str) -> tuple[str | None, str | None]:
    """The days of a span in their one form, or a refusal; what is left empty is left to be counted from."""
    checks.span(since or None, until or None, desk.store.now())
    return checks.day("since", since) if since else None, checks.day("until", until) if until else None


def tabled(found: Statistics, kind: str) -> bytes:
    """The statistics as the bytes of a table file: a line a figure, and first where they come from."""
    origin = [("说明", "来源", name, "", value) for name, value in _origin(found)]
    rows = [
        *origin,
        *_figures(found),
        *(("说明", "口径", str(n), "", note) for n, note in enumerate(NOTES, 1)),
    ]
    return table_files.written(kind, HEADS, rows, title=f"{TITLE} {found.since} {found.until}")


def drawn(found: Statistics) -> bytes:
    """The statistics as a paper: equal figures give equal bytes."""
    # Imported here: it takes longer to load than most commands take to run.
    from printing import sheets

    watermark = "演练" if found.practice else None
    return sheets.render(_parts(found), page="A4", watermark=watermark, footer=f"来源：{_source(found)}")


def detailed(lines: Iterable[Line]) -> Iterator[list[str]]:
    """A row a case: what its consignments have each is joined, in their order."""
    for _, group in groupby(lines, key=lambda line: line["number"]):
        of_case = list(group)
        yield [
            *(_cell(name, of_case[0][name]) for name in (*_CASE, *_PASSED)),
            *(_joined(name, of_case) for name in _CONSIGNMENT),
            *(_cell(name, of_case[0][name]) for name in _ENDED),
        ]


def _joined(name: str, lines: Sequence[Line]) -> str:
    cells = [_cell(name, line[name]) for line in lines]
    return _JOIN.join(cells) if any(cells) else ""


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name.endswith("_at"):
        return minute(value)
    return word(value) if name in _WORDS else str(value)


def _figures(found: Statistics) -> Iterator[tuple[str, ...]]:
    for key, tables in statistics_tables.views(found).items():
        for table in tables:
            yield from ((VIEWS[key], *cells) for cells in _cells(table))
    yield from (("时段", "按日", day.name, "收件", str(day.count)) for day in found.days)


def _cells(table: Table) -> Iterator[tuple[str, ...]]:
    for row in table.rows:
        for head, figure in zip(table.heads[1:], row.figures, strict=True):
            yield table.title, row.label, head, figure


def _parts(found: Statistics) -> Parts:
    """A paper part by part, as `printing.sheets` takes them."""
    parts: Parts = [("title", ((TITLE,),)), ("fields", tuple(_origin(found)))]
    for key, tables in statistics_tables.views(found).items():
        parts.append(("heading", ((VIEWS[key],),)))
        for table in tables:
            parts += _section(table)
    if found.days:
        parts.append(("heading", (("每日收件",),)))
        parts.append(("line", tuple((day.name[5:], str(day.count)) for day in found.days)))
    return [*parts, ("heading", (("口径",),)), ("notes", tuple((note,) for note in NOTES))]


def _section(table: Table) -> Parts:
    if not table.rows:
        return [("paragraph", ((f"{table.title}：无。",),))]
    lines = tuple((row.label, *row.figures) for row in table.rows)
    bars = tuple((row.label, row.figures[0], f"{table.share(row):.4f}") for row in table.rows)
    head = (table.title, table.heads[1], "")
    return [("paragraph", ((table.title,),)), ("table", (table.heads, *lines)), ("bars", (head, *bars))]


def _origin(found: Statistics) -> Sequence[tuple[str, str]]:
    return (
        ("大厅", found.hall),
        ("期间", f"{found.since} 至 {found.until}"),
        ("受理地", found.here),
        ("截至", minute(found.taken_at)),
        ("来源", _source(found)),
    )


def _source(found: Statistics) -> str:
    return f"留痕账 {found.entries} 条，链首码 {found.anchor}"


def _may(desk: Desk, path: Path) -> None:
    """Refused before anything is counted, by the same rules as the act itself."""
    desk.may("export_statistics")
    desk.writes()
    given_files.refuse_taken(path)


def _kind(path: Path, *, pdf: bool) -> str:
    if path.suffix.lower() == f".{PDF}" and pdf:
        return PDF
    if pdf and path.suffix.lower().removeprefix(".") not in table_files.FORMATS:
        raise WrongUsage(
            "file-ending",
            what=f"“{refusals.shown(path.name)}”没有写成。",
            why="看不出要写哪一种文件。",
            next="文件名请以 .csv、.xlsx 或 .pdf 结尾。",
        )
    return table_files.kind_of(path)


def _put(desk: Desk, given: Given, content: bytes, facts: dict[str, str | int]) -> Given:
    with given_files.half(given.path) as half:
        half.write([content])
        with desk.act("export_statistics") as work:
            work.object = f"{given.since}/{given.until}"
            work.facts = {**facts, "cases": given.cases}
        given_files.put(half, given.path)
    return given


def _too_many() -> Refused:
    return Refused(
        "detail-too-long",
        what="明细没有写成。",
        why=f"这段时间超过 {MOST} 个送件，一个表格装不下，也读不回来。",
        next="请把起止日期缩短，分成几个文件。（命令：--since、--until）",
    )
