"""Noun `result` 办理结果: the label for its way back, on its way, opened here; what it should hold."""

from __future__ import annotations

from argparse import Namespace

from workstation.acts import inputs, results, waybills
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Argument, Verbs, argument
from workstation.commands.session import Context
from workstation.domain.words import word

HELP = "结果：回程运单、回寄、到窗开拆核对、领取码"


def register(verbs: Verbs) -> None:
    """The way back."""
    consignment = argument("consignment", metavar="送件", help="送件编号；只有一个送件时写办件编号")
    waybill = argument("--waybill", metavar="运单号", help="回程运单号")
    how = argument(
        "--how", default="scanned", choices=waybills.HOW, help="运单号是扫的还是手输的（手输须第二人）"
    )
    _labels_and_contents(verbs, consignment, how)
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


def _labels_and_contents(verbs: Verbs, consignment: Argument, how: Argument) -> None:
    verbs.add(
        "expect",
        _expect,
        help="登记随封套寄去的预付回程运单",
        shows="13502031012632400012-1 EE123456785CN --as 1001",
        arguments=[
            consignment,
            argument("waybill", metavar="运单号", help="预付回程运单号"),
            how,
            argument("--instead", action="store_true", help="代替原来登记的回程运单"),
        ],
    )
    verbs.add(
        "show",
        _show,
        help="回程该有什么、哪些原件要退还、领取码",
        shows="13502031012632400012-1 --as 1001",
        arguments=[consignment],
    )


def _expect(context: Context, args: Namespace) -> Result:
    waybill = results.expect_return(
        context.desk(), args.consignment, waybill=args.waybill, how=args.how, instead=args.instead
    )
    said = f"回程运单 {waybill.number} 已登记：到窗时扫它，就打开送件 {waybill.object}。"
    return Result({"waybill": shown.record(waybill)}, text=said)


def _show(context: Context, args: Namespace) -> Result:
    desk = context.desk()
    consignment, coming = results.looked_at(desk, args.consignment)
    rows = [
        (
            each.piece.id,
            each.piece.name,
            word(each.piece.form),
            each.piece.copies,
            "退还原件" if each.is_given_back else "",
            "应收" if each.announced else "在属地，随信寄回的照收",
        )
        for each in coming
    ]
    head = f"送件 {consignment.id}　{word(consignment.state)}　{consignment.office_name}"
    if consignment.pickup_code:
        head += f"\n领取码：{consignment.pickup_code}（电话告诉申请人；领取时照样核对证件）"
    table = (
        output.table(("材料编号", "名称", "形式", "份数", "", "回程"), rows) if rows else "没有在等的材料。"
    )
    pieces = [
        {**shown.record(each.piece), "announced": each.announced, "given_back": each.is_given_back}
        for each in coming
    ]
    return Result({"consignment": shown.record(consignment), "coming": pieces}, text=f"{head}\n\n{table}")


def _return(context: Context, args: Namespace) -> Result:
    consignment = results.result_return(context.desk(), args.consignment, waybill=args.waybill, how=args.how)
    return Result(
        {"consignment": shown.record(consignment)}, text=f"送件 {consignment.id} 的结果已在回寄途中。"
    )


def _arrive(context: Context, args: Namespace) -> Result:
    contents = context.read(inputs.Contents)
    consignment = results.arrive(context.desk(), args.code, contents.found, place=contents.place)
    said = f"送件 {consignment.id} 的结果已到窗口。"
    if consignment.pickup_code:
        said += f"领取码 {consignment.pickup_code}：请打电话告诉申请人，领取时照样核对证件。"
    return Result({"consignment": shown.record(consignment)}, text=said)
