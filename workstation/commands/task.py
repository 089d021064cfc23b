"""Noun `task` 待办: what trouble left behind."""

from __future__ import annotations

from argparse import Namespace

from workstation.acts import tasks
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs
from workstation.commands.session import Context
from workstation.domain.times import minute
from workstation.domain.words import word

HELP = "待办：异常、撤回请求、内件不符"


def register(verbs: Verbs) -> None:
    """The one verb."""
    verbs.add("list", _list, help="列出未了结的待办", shows="--as 1001")


def _list(context: Context, _: Namespace) -> Result:
    open_tasks = tasks.listed(context.desk())
    rows = [
        (task.id, word(task.kind), task.object, minute(task.opened_at), task.opened_by) for task in open_tasks
    ]
    text = output.table(("编号", "种类", "对象", "登记时间", "登记人"), rows)
    return Result({"tasks": [shown.record(task) for task in open_tasks]}, text=text)
