"""Noun `guide` 办事指南: the checklists this hall has taken in; they come and go by `item import`."""

from __future__ import annotations

from argparse import Namespace

from workstation.acts import guides
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context

HELP = "办事指南：列出本大厅导入的清单（导入、导出见 item import、item export）"


def register(verbs: Verbs) -> None:
    """The verbs of a guide."""
    item = argument("--item", metavar="代码", help="只列这个事项")
    verbs.add("list", _list, help="列出现行的办事指南", shows="--item 63 --as 1001", arguments=[item])


def _list(context: Context, args: Namespace) -> Result:
    found = guides.listed(context.desk(), args.item)
    rows = [(g.item, g.scope, g.edition, g.source_date, g.source) for g in found]
    text = output.table(("事项", "适用于", "第几版", "日期", "来源"), rows) if rows else "没有导入办事指南。"
    return Result({"guides": [shown.record(guide) for guide in found]}, text=text)
