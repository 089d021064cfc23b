"""Noun `register` 登记簿: the registers by a span of days, masked; in clear only with a second person."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from workstation.acts import register_files, registers
from workstation.acts.register_files import Order
from workstation.commands import output
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument, whole
from workstation.commands.session import Context

HELP = "登记簿：收件台账、寄件、收件、交接、邮费"

_KIND = argument("kind", metavar="登记簿", help=f"{'、'.join(registers.REGISTERS)}，或中文名")
_SINCE = argument("--since", metavar="日期", help="从这一天起，如 2026-11-01；不写是今天")
_UNTIL = argument("--until", metavar="日期", help="到这一天为止；不写是今天")


def register(verbs: Verbs) -> None:
    """The verbs of the registers."""
    verbs.add("list", _list, help="有哪些登记簿，各有哪些列", shows="--as 1001")
    verbs.add(
        "show",
        _show,
        help="列出；姓名、号码、电话遮盖",
        shows="sent --since 2026-11-01 --until 2026-11-20 --as 1001",
        arguments=[
            _KIND,
            _SINCE,
            _UNTIL,
            argument("--after", type=whole, default=0, metavar="序号", help="从这一行之后列起"),
            argument("--count", type=whole, default=200, metavar="行数", help="最多列出几行"),
        ],
    )
    verbs.add(
        "export",
        _export,
        help="导出为 xlsx、csv 或 pdf",
        shows=(
            "intake 收件台账.xlsx --since 2026-11-01 --as 1001",
            "intake 收件台账.pdf --unmasked --second 2001 --as 1001",
        ),
        arguments=[
            _KIND,
            argument("file", type=Path, metavar="文件", help="以 .xlsx、.csv 或 .pdf 结尾，还没有的文件"),
            _SINCE,
            _UNTIL,
            argument("--unmasked", action="store_true", help="姓名、号码、电话不遮盖（须第二人确认）"),
        ],
    )


def _list(context: Context, _: Namespace) -> Result:
    context.desk()
    found = registers.REGISTERS.values()
    data = [{"key": one.key, "title": one.title, "columns": list(one.heads())} for one in found]
    rows = [(one.key, one.title, len(one.heads()), one.explains) for one in found]
    return Result({"registers": data}, text=output.table(("登记簿", "名称", "列数", "内容"), rows))


def _show(context: Context, args: Namespace) -> Result:
    desk = context.desk()
    days = registers.span(desk, args.since, args.until)
    policy = context.open().settings.deadline
    page = registers.listed(desk, args.kind, days, after=args.after, count=args.count, policy=policy)
    heads = page.register.heads()
    shown = [0, *(at for at, column in enumerate(page.register.columns, start=1) if column.cells)]
    rows = [[line.cells[at] for at in shown] for line in page.lines]
    data = {
        "register": page.register.key,
        "title": page.register.title,
        "since": days.since,
        "until": days.until,
        "total": page.total,
        "lines": [dict(zip(heads, line.cells, strict=True)) for line in page.lines],
    }
    head = f"{page.register.title}　{days.told}　共 {page.total} 行"
    return Result(data, text=f"{head}\n{output.table([heads[at] for at in shown], rows)}")


def _export(context: Context, args: Namespace) -> Result:
    desk = context.desk()
    days = registers.span(desk, args.since, args.until)
    policy = context.open().settings.deadline
    order = Order(args.kind, days, args.file, unmasked=args.unmasked, policy=policy)
    given = register_files.export(desk, order, progress=output.progress)
    data = {
        "export": {
            "register": registers.find(args.kind).key,
            "title": given.title,
            "since": days.since,
            "until": days.until,
            "lines": given.lines,
            "unmasked": given.unmasked,
            "path": given.path,
        }
    }
    warning = "里面有个人信息明文，用完请销毁。" if given.unmasked else ""
    return Result(
        data, text=f"{given.title}（{days.told}，{given.lines} 行）已导出到 {given.path}。{warning}"
    )
