"""Noun `calendar` 工作日表: a year month by month with its source, and the import of a new one."""

from __future__ import annotations

import datetime
from argparse import Namespace
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from workstation.acts import table_files, year_table_files, year_tables
from workstation.acts.year_table_files import About, Imported
from workstation.acts.year_tables import Shown
from workstation.commands import output
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument, whole
from workstation.commands.session import Context

HELP = "工作日表：一年的节假日和调休，导入新一年的或一个省的"

_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_HEAD = "  ".join("一二三四五六日")


def register(verbs: Verbs) -> None:
    """The verbs of the calendar."""
    scope = argument("--scope", default="", metavar="省级代码", help="如 450000；不写就是全国")
    verbs.add(
        "show",
        _show,
        help="一年的工作日、节假日和调休，逐月列出，写明来源",
        shows=("--as 1001", "--year 2027 --scope 450000 --as 1001"),
        arguments=[argument("--year", type=whole, metavar="年份", help="如 2027；不写就是今年"), scope],
    )
    verbs.add(
        "import",
        _import,
        help="从 CSV 或 XLSX 导入一年的表（列：日期、类型、节日），暂定的期限重新计算（值班长、系统管理员）",
        shows=("2027.xlsx --year 2027 --title 示例通知 --preview --as 2001",),
        arguments=[
            argument("file", metavar="文件", type=Path, help="CSV 或 XLSX；类型写节假日或调休上班"),
            argument("--year", type=whole, required=True, metavar="年份", help="这是哪一年的表"),
            scope,
            argument("--title", required=True, metavar="文件名称", help="通知的名称或文号，照原文写"),
            argument("--preview", action="store_true", help="只看有什么不同，不导入"),
        ],
    )


def _show(context: Context, args: Namespace) -> Result:
    shown = year_tables.shown(context.desk(), year=args.year, scope=args.scope)
    data = {
        "year": shown.year,
        "scope": shown.scope,
        "source": shown.source,
        "own_source": shown.own_source,
        "provisional": shown.is_provisional,
        "days": [
            {
                "day": day.isoformat(),
                "kind": "working" if special.is_worked else "holiday",
                "festival": special.festival,
                "differs": day in shown.differing,
            }
            for day, special in sorted(shown.days.items())
        ],
    }
    return Result({"calendar": data}, text="\n".join(_page(shown)))


def _page(shown: Shown) -> Iterator[str]:
    yield f"{shown.year} 年工作日表　{shown.place}"
    yield f"来源：{shown.source}"
    if shown.own_source:
        yield f"{shown.place}另有：{shown.own_source}"
    yield "休 放假　班 调休上班"
    months = [list(_month(shown, month)) for month in range(1, 13)]
    for left, right in zip(months[::2], months[1::2], strict=True):
        (names, *weeks) = zip_longest(left, right, fillvalue="")
        yield ""
        yield output.table(names, weeks)
    yield ""
    yield from _festivals(shown)


def _month(shown: Shown, month: int) -> Iterator[str]:
    """Its name, the days of the week, and its weeks."""
    yield f"{_MONTHS[month - 1]}月"
    yield _HEAD
    day = datetime.date(shown.year, month, 1)
    week = ["    "] * day.weekday()
    while day.month == month:
        week.append(_cell(shown, day))
        day += datetime.timedelta(days=1)
        if len(week) == 7:
            yield "".join(week)
            week = []
    if week:
        yield "".join(week)


def _cell(shown: Shown, day: datetime.date) -> str:
    """Four cells of the screen: the day and what it is."""
    special = shown.days.get(day)
    if special:
        return f"{day.day:>2}{'班' if special.is_worked else '休'}"
    return f"{day.day:>2}  "


def _festivals(shown: Shown) -> Iterator[str]:
    """Each festival with its days off and the days worked for it."""
    for festival in dict.fromkeys(special.festival for _, special in sorted(shown.days.items())):
        days = [(day, one) for day, one in sorted(shown.days.items()) if one.festival == festival]
        off = "、".join(_brief(day) for day, one in days if not one.is_worked)
        worked = "、".join(_brief(day) for day, one in days if one.is_worked)
        told = [f"放假 {off}"] if off else []
        told += [f"上班 {worked}"] if worked else []
        yield f"{festival}：{'；'.join(told)}"


def _brief(day: datetime.date) -> str:
    return day.strftime("%m-%d")


def _import(context: Context, args: Namespace) -> Result:
    about = About(args.year, args.title, args.scope)
    found = year_table_files.importing(context.desk(), args.file.name, args.file, about, preview=args.preview)
    data = {
        "difference": {
            "added": found.difference.added,
            "changed": [vars(change) for change in found.difference.changed],
            "removed": found.difference.removed,
            "unchanged": found.difference.unchanged,
        },
        "recounted": [vars(one) for one in found.recounted],
        "imported": not args.preview,
    }
    return Result(data, text="\n".join(_told(found, preview=args.preview)))


def _told(found: Imported, *, preview: bool) -> Iterator[str]:
    yield "只是预览，没有导入：" if preview else "已导入："
    yield table_files.summary(found.difference, year_table_files.HEADS)
    if preview:
        yield "导入时，暂定的期限会重新计算。"
        return
    for one in found.recounted:
        doubt = "，仍为暂定" if one.is_provisional else ""
        moved = f"由 {one.before} 改为 {one.after}" if one.before != one.after else f"{one.after} 不再是暂定"
        yield f"期限重新计算：{one.object} {moved}{doubt}"
    if not found.recounted:
        yield "没有要改的期限。"
