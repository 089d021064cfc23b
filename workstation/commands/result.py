"""Noun `result` 办理结果: on its way back, and opened here."""

from __future__ import annotations

from argparse import Namespace

from workstation.acts import inputs, results, waybills
from workstation.commands import shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context

HELP = "结果：回寄、到窗开拆核对"


def register(verbs: Verbs) -> None:
    """The way back."""
    consignment = argument("consignment", metavar="送件", help="送件编号；只有一个送件时写办件编号")
    waybill = argument("--waybill", metavar="运单号", help="回程运单号")
    how = argument(
        "--how", default="scanned", choices=waybills.HOW, help="运单号是扫的还是手输的（手输须第二人）"
    )
    verbs.add(
        "return",
        _return,
        help="属地已寄回结果",
        shows="13502031012632400012-1 --waybill EE123456785CN --as 1001",
        arguments=[consignment, waybill, how],
    )
    code = argument("code", metavar="编号", help="送件编号、办件编号或回程运单号")
    contents = (inputs.Contents, inputs.EXAMPLE_CONTENTS)
    verbs.add(
        "arrive",
        _arrive,
        help="到窗，开拆核对（--json -）",
        shows="EE123456785CN --json - --as 1001 < 内件.json",
        arguments=[code],
        reads=contents,
    )


def _return(context: Context, args: Namespace) -> Result:
    consignment = results.result_return(context.desk(), args.consignment, waybill=args.waybill, how=args.how)
    return Result(
        {"consignment": shown.record(consignment)}, text=f"送件 {consignment.id} 的结果已在回寄途中。"
    )


def _arrive(context: Context, args: Namespace) -> Result:
    contents = context.read(inputs.Contents)
    consignment = results.arrive(context.desk(), args.code, contents.found, place=contents.place)
    return Result({"consignment": shown.record(consignment)}, text=f"送件 {consignment.id} 的结果已到窗口。")
