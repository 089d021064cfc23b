"""Noun `pool` 号码池: waybill numbers the hall has in stock."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from workstation.acts import pools
from workstation.acts.desk import Desk
from workstation.acts.pools import Stock
from workstation.commands import parser, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context

HELP = "号码池：导入运单号，看还剩多少，作废坏号"


def register(verbs: Verbs) -> None:
    """The verbs of the pool."""
    verbs.add(
        "import",
        _import,
        help="导入邮政给的运单号：字母号写起止，13 位的用清单（值班长、系统管理员）",
        shows=("--first EE000000014CN --last EE000000031CN --as 2001", "--list 号码.txt --as 2001"),
        arguments=[
            argument("--first", metavar="起号", help="如 EE000000014CN；每个号的校验位由程序算"),
            argument("--last", metavar="止号", help="同一段的最后一个"),
            argument("--list", metavar="文件", help="逐个写号码，用换行、空格或逗号隔开；- 读标准输入"),
        ],
    )
    verbs.add("status", _status, help="还有多少号码", shows="--as 1001")
    verbs.add(
        "spend",
        _spend,
        help="作废一个没有用过的号码：贴纸坏了或丢了（值班长、系统管理员）",
        shows="EE000000014CN --as 2001",
        arguments=[argument("number", metavar="运单号", help="号码池里的运单号")],
    )


def _import(context: Context, args: Namespace) -> Result:
    desk = context.desk()
    if bool(args.list) == bool(args.first or args.last) or bool(args.first) != bool(args.last):
        why = "要么写 --first 和 --last，要么写 --list。"
        raise parser.usage("argument-missing", why, "workstation pool import")
    if args.list:
        count = pools.import_list(desk, _given(args.list))
    else:
        count = pools.import_span(desk, args.first, args.last)
    stock = _stock(context, desk)
    text = f"已导入 {count} 个运单号。\n{_told(stock)}"
    return Result({"imported": count, "pool": _data(stock)}, text=text)


def _given(file: str) -> str:
    """The text of a file, or what is on standard input."""
    if file != "-":
        return pools.taken(Path(file))
    return pools.taken(sys.stdin.buffer.read(pools.LARGEST + 1) if sys.stdin else b"")


def _status(context: Context, _: Namespace) -> Result:
    stock = _stock(context, context.desk())
    return Result({"pool": _data(stock)}, text=_told(stock))


def _spend(context: Context, args: Namespace) -> Result:
    number = pools.spend(context.desk(), args.number)
    text = f"运单号 {number.number} 已作废，不会再取用。"
    return Result({"pool_number": shown.record(number)}, text=text)


def _stock(context: Context, desk: Desk) -> Stock:
    return pools.status(desk, low=context.open().settings.mail.low_stock)


def _data(stock: Stock) -> dict[str, object]:
    counts = {"free": stock.free, "bound": stock.bound, "spent": stock.spent}
    return {**counts, "low_at": stock.low, "is_low": stock.is_low}


def _told(stock: Stock) -> str:
    said = f"号码池：未用 {stock.free} 个，已用 {stock.bound} 个，作废 {stock.spent} 个。"
    if not stock.is_low:
        return said
    return f"{said}\n注意：未用的只剩 {stock.free} 个（剩 {stock.low} 个起提醒），请向邮政领号后导入。"
