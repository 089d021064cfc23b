"""Noun `month` 月结: the day closes of a month added up."""

from __future__ import annotations

import json
from argparse import Namespace

from workstation.acts import day_closes, month_closes
from workstation.acts.facts import day_sheet, month_sheet
from workstation.acts.month_closes import MonthFile
from workstation.acts.month_figures import Month
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument, whole
from workstation.commands.session import Context
from workstation.domain.day_close import MonthClose
from workstation.domain.times import minute
from workstation.domain.words import word

HELP = "月结：各日日清相加，与留痕账不符的逐项列出"


def register(verbs: Verbs) -> None:
    """The verbs of a month."""
    month = argument("month", metavar="月份", help="如 2026-11")
    verbs.add(
        "close", _close, help="月结（值班长），出具月结单", shows="2026-10 --as 2001", arguments=[month]
    )
    verbs.add(
        "show",
        _show,
        help="一个月的日清加起来是多少，月结还作不作数",
        shows="2026-10 --as 2001",
        arguments=[month],
    )
    count = argument("--count", type=whole, default=36, metavar="条数", help="最多列出几条")
    verbs.add("list", _list, help="历次月结，最近的在前", shows="--as 2001", arguments=[count])


def _close(context: Context, args: Namespace) -> Result:
    close = month_closes.close(context.desk(), args.month)
    differences = json.loads(close.differences)
    text = (
        f"{close.month} 已月结，月结单 {close.paper}；不符 {len(differences)} 处\n"
        f"链首码 {day_closes.grouped(close.anchor)}（到第 {close.entries} 条）"
    )
    return Result({"close": _data(close)}, text=text)


def _show(context: Context, args: Namespace) -> Result:
    file = month_closes.file(context.desk(), args.month)
    data = {
        "month": file.month.month,
        "closed": file.live is not None,
        "adds_up": file.adds_up,
        "standing": file.standing,
        "closes": [_data(close) for close in file.closes],
        "reopened": [close.day for close in file.reopened],
        "figures": file.month.kept(),
        "differences": [vars(one) for one in file.month.differences],
    }
    return Result({"month": data}, text=_told(file))


def _told(file: MonthFile) -> str:
    month = file.month
    rows = [tuple(row.values()) for row in day_sheet.steps_of(month.figures)]
    steps = output.table(("办件", "件次", "送件", "件次", "封套", "件次"), rows)
    return "\n\n".join([f"{month.month}　{file.standing}", _days(month), steps, _differences(month)])


def _days(month: Month) -> str:
    heads = ("日期", "日清", "收件", "通过", "封装", "交寄", "签收", "办结", "日清单")
    return output.table(heads, [tuple(row.values()) for row in month_sheet.days(month)])


def _differences(month: Month) -> str:
    if not month.differences:
        return "各日日清与留痕账相符。"
    rows = [tuple(row.values()) for row in month_sheet.differences(month)]
    table = output.table(("日期", "哪一项", "日清", "留痕账"), rows)
    return f"各日日清与留痕账不符：{len(month.differences)} 处\n{table}"


def _list(context: Context, args: Namespace) -> Result:
    found = month_closes.listed(context.desk(), count=args.count)
    rows = [(c.month, word(c.state), minute(c.closed_at), c.closed_by, c.paper) for c in found]
    text = output.table(("月份", "情况", "月结时间", "值班长", "月结单"), rows) if found else "还没有月结过。"
    return Result({"closes": [_data(close) for close in found]}, text=text)


def _data(close: MonthClose) -> dict[str, object]:
    parsed = {"figures": json.loads(close.figures), "differences": json.loads(close.differences)}
    return {**shown.record(close), **parsed}
