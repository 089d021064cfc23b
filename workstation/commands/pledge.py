"""Noun `pledge` 容缺/告知承诺: print, sign, and what is due."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from workstation.acts import inputs, pledges
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.pledge import Pledge

HELP = "容缺/告知承诺：出具承诺书、登记已签、到期清单"


def register(verbs: Verbs) -> None:
    """The verbs of a pledge."""
    number = argument("number", metavar="编号", help="办件编号（20 位）")
    reads = (inputs.Pledges, inputs.EXAMPLE_PLEDGES)
    verbs.add(
        "print",
        _print,
        help="出具承诺书（--json -）",
        shows="13502031012632400012 --json - --as 1001 < 承诺.json",
        arguments=[number],
        reads=reads,
    )
    face = argument("face", metavar="条码", help="承诺书上的编号")
    verbs.add(
        "sign", _sign, help="申请人已在承诺书上签名", shows="43502031012632400011 --as 1001", arguments=[face]
    )
    verbs.add("list", _list, help="容缺后补到期清单，最早到期的在前", shows="--as 1001")


def _print(context: Context, args: Namespace) -> Result:
    printed = pledges.print_pledge(context.desk(), args.number, context.read(inputs.Pledges))
    return _told(printed, f"已出具承诺书（{len(printed)} 项），请申请人签名后扫其条码")


def _sign(context: Context, args: Namespace) -> Result:
    signed = pledges.sign(context.desk(), args.face)
    return _told(signed, f"已登记签名（{len(signed)} 项）")


def _told(found: Sequence[Pledge], said: str) -> Result:
    return Result({"pledges": [shown.record(pledge) for pledge in found]}, text=said)


def _list(context: Context, _: Namespace) -> Result:
    owed = pledges.due_list(context.desk())
    rows = [
        (
            due.pledge.due,
            "逾期" if due.is_overdue else "",
            due.case.number,
            due.row_name,
        )
        for due in owed
    ]
    found = [
        {**shown.record(due.pledge), "row_name": due.row_name, "is_overdue": due.is_overdue} for due in owed
    ]
    text = output.table(("期限", "", "办件", "材料"), rows) if rows else "没有待补的容缺材料。"
    return Result({"pledges": found}, text=text)
