"""Noun `confirm` 待确认: acts of a one-clerk hall that wait for their second person."""

from __future__ import annotations

from argparse import Namespace

from workstation.acts import waiting
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.times import minute
from workstation.domain.words import word

HELP = "待确认：列出、以第二人确认"


def register(verbs: Verbs) -> None:
    """The verbs of waiting acts."""
    verbs.add("list", _list, help="列出待确认的办理", shows="--as 2001")
    number = argument("id", metavar="编号", help="待确认编号")
    verbs.add(
        "do",
        _do,
        help="以登录人为第二人确认并办理",
        shows="13502031012632400012-w1 --as 2001",
        arguments=[number],
    )
    verbs.add(
        "drop", _drop, help="撤下，不再办理", shows="13502031012632400012-w1 --as 1001", arguments=[number]
    )


def _list(context: Context, _: Namespace) -> Result:
    found = waiting.listed(context.desk())
    rows = [(w.id, word(w.act), w.object, w.by, minute(w.at)) for w in found]
    text = output.table(("编号", "办理", "对象", "经办", "时间"), rows)
    return Result({"waiting": [shown.record(w) for w in found]}, text=text)


def _do(context: Context, args: Namespace) -> Result:
    record = waiting.confirm(context.desk(), args.id)
    return Result({"done": shown.record(record)}, text=f"已确认并办理：{args.id}")


def _drop(context: Context, args: Namespace) -> Result:
    dropped = waiting.drop(context.desk(), args.id)
    return Result({"waiting": shown.record(dropped)}, text=f"已撤下：{dropped.id}")
