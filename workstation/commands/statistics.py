"""Noun `statistics` 统计: 跨域通办办件统计, shown and given out as files; counts, no persons."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from workstation.acts import statistics, statistics_files, statistics_tables
from workstation.acts.statistics import Group, Rate, Statistics, Tally, Wait
from workstation.acts.statistics_files import Given, Span
from workstation.acts.statistics_tables import VIEWS, Table
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context

HELP = "统计：跨域通办办件统计，显示、导出（值班长、管理员、审计员）"

_UNIT = "件"


def register(verbs: Verbs) -> None:
    """The verbs of the statistics."""
    since = argument("--since", metavar="日期", help="收件从哪一天起，如 2026-01-01；不写是今年起")
    until = argument("--until", metavar="日期", help="收件到哪一天为止；不写是到今天")
    verbs.add(
        "show",
        _show,
        help="按事项、省份、结果、经办、时限、时段统计一段时间里收的办件",
        shows=("--as 2001", "--since 2026-11-01 --until 2026-11-30 --json --as 8001"),
        arguments=[since, until],
    )
    verbs.add(
        "export",
        _export,
        help="导出同样的统计：表格，或带图的 PDF；记入留痕账",
        shows=("统计.pdf --since 2026-01-01 --as 2001", "统计.xlsx --as 8001"),
        arguments=[
            argument("file", metavar="文件", type=Path, help="以 .csv、.xlsx 或 .pdf 结尾"),
            since,
            until,
        ],
    )
    verbs.add(
        "detail",
        _detail,
        help="导出明细：一个办件一行，只有编号、事项、部门、时间和运单号，没有个人信息；记入留痕账",
        shows="明细.xlsx --since 2026-11-01 --as 2001",
        arguments=[
            argument("file", metavar="文件", type=Path, help="以 .csv 或 .xlsx 结尾"),
            since,
            until,
        ],
    )


def _show(context: Context, args: Namespace) -> Result:
    span = _span(context, args)
    found = statistics.of(context.desk(), since=span.since, until=span.until, policy=span.policy)
    return Result({"statistics": record(found)}, text=_told(found))


def _export(context: Context, args: Namespace) -> Result:
    given = statistics_files.export(context.desk(), args.file, _span(context, args), progress=output.progress)
    return _given(given, "统计")


def _detail(context: Context, args: Namespace) -> Result:
    given = statistics_files.export_detail(
        context.desk(), args.file, _span(context, args), progress=output.progress
    )
    return _given(given, "明细")


def _span(context: Context, args: Namespace) -> Span:
    return Span(args.since, args.until, context.open().settings.deadline)


def _given(given: Given, what: str) -> Result:
    text = f"已导出{what}：{given.since} 至 {given.until} 收件 {given.cases} 件\n{given.path}"
    return Result(vars(given), text=text)


def record(found: Statistics) -> dict[str, object]:
    """The statistics as one JSON value; what people read stands under `name`."""
    return {
        "since": found.since,
        "until": found.until,
        "taken_at": shown.time(found.taken_at),
        "hall": found.hall,
        "here": found.here,
        "journal": {"entries": found.entries, "anchor": found.anchor},
        "cases": _group(found.all),
        "consignments": found.consignments,
        "rates": [_rate(rate) for rate in found.rates],
        "on_time": [_rate(rate) for rate in found.on_time],
        "by_item": [_group(each) for each in found.items],
        "by_way": [_group(each) for each in found.ways],
        "by_clerk": [_group(each) for each in found.clerks],
        "by_state": [_tally(each) for each in found.states],
        "by_province": [_tally(each) for each in found.provinces],
        "by_outcome": [_tally(each) for each in found.outcomes],
        "waits": [_wait(each) for each in found.waits],
        "by_day": {each.key: each.count for each in found.days},
        "by_hour": list(found.hours),
        "by_weekday": list(found.weekdays),
        "notes": list(statistics_tables.NOTES),
    }


def _group(group: Group) -> dict[str, object]:
    return vars(group)


def _tally(tally: Tally) -> dict[str, object]:
    return {**vars(tally), "key": str(tally.key)}


def _rate(rate: Rate) -> dict[str, object]:
    return {**vars(rate), "rate": rate.part / rate.whole if rate.whole else None}


def _wait(wait: Wait) -> dict[str, object]:
    """Hours as numbers."""
    return {**vars(wait), "p50": wait.p50 / 10, "p90": wait.p90 / 10}


def _told(found: Statistics) -> str:
    head = f"{found.hall}　{found.since} 至 {found.until}　收件 {found.all.registered} {_UNIT}"
    parts = [head]
    for key, tables in statistics_tables.views(found).items():
        parts += [f"【{VIEWS[key]}】{_section(table)}" for table in tables]
    parts.append("\n".join(f"{n}. {note}" for n, note in enumerate(statistics_tables.NOTES, 1)))
    return "\n\n".join([*parts, f"来源：留痕账 {found.entries} 条，链首码 {found.anchor}"])


def _section(table: Table) -> str:
    if not table.rows:
        return f"{table.title}：无"
    rows = [(row.label, *row.figures) for row in table.rows]
    return f"{table.title}\n{output.table(table.heads, rows)}"
