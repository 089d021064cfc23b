"""Noun `order` 下单: what was ordered of the carrier, and what a person decides about it."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from workstation.acts import carriers, orders, table_files, waybills
from workstation.acts.orders import Standing
from workstation.commands import output, parser, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.mail import MailOrder, OrderState
from workstation.domain.times import minute
from workstation.domain.words import word

HELP = "下单：列出、再试、定夺、重新下单、面单"

_SAMPLE = "23502031012632400018"
_ORDER = argument("order", metavar="单号", help=f"如 {_SAMPLE}-1；写封套编号就是它还没了结的那一单")
_ENDS = ("waybill", "cancel", "drop", "as_canceled")


def register(verbs: Verbs) -> None:
    """The verbs of an order."""
    every = argument("--all", action="store_true", help="连已下单和已了结的也列出")
    verbs.add("list", _list, help="列出没有办完的下单", shows="--as 1001", arguments=[every])
    verbs.add(
        "retry",
        _retry,
        help="再试：原样再发一次",
        shows=f"{_SAMPLE}-1 --as 1001",
        arguments=[_ORDER],
    )
    verbs.add(
        "resolve",
        _resolve,
        help="定夺一单：确认已下单、撤单、不再下单、确认已撤单",
        shows=(f"{_SAMPLE}-1 --cancel --as 1001", f"{_SAMPLE}-1 --waybill 1136281381675 --as 1001"),
        arguments=[_ORDER, *_RESOLVE],
    )
    envelope = argument("envelope", metavar="封套", help="封套编号，或它任何一张有效纸面的编号")
    verbs.add(
        "again",
        _again,
        help="重新下单：前一单已撤或不再下之后，用新的单号",
        shows=f"{_SAMPLE} --as 1001",
        arguments=[envelope],
    )
    verbs.add(
        "label",
        _label,
        help="取寄递企业的面单（PDF）存成文件",
        shows=f"{_SAMPLE}-1 --to 面单.pdf --as 1001",
        arguments=[
            _ORDER,
            argument("--to", type=Path, required=True, metavar="文件", help="存到哪里"),
            argument("--back", action="store_true", help="取回程的面单"),
            argument("--force", action="store_true", help="已有同名文件时替换它"),
        ],
    )


_RESOLVE = (
    argument("--waybill", metavar="运单号", help="寄递企业已收单：这是它给的运单，贴在封套上"),
    argument("--how", choices=waybills.HOW, default="scanned", help="运单号怎么来的；typed 手工输入须第二人"),
    argument("--cancel", action="store_true", help="撤单：通知寄递企业取消"),
    argument("--drop", action="store_true", help="不再下单：还没有发出，或被拒的"),
    argument("--as-canceled", action="store_true", help="确认已撤单：寄递企业电话里说没有这一单或已撤"),
)


def _list(context: Context, args: Namespace) -> Result:
    found = orders.listed(context.desk(), ended=args.all)
    rows = [_row(standing) for standing in found]
    text = output.table(("单号", "寄往", "状态", "情况", "怎么办", "登记时间"), rows)
    return Result({"orders": [_told(standing) for standing in found]}, text=text)


def _row(standing: Standing) -> tuple[object, ...]:
    order = standing.order
    told = standing.why or order.waybill or ""
    return (order.id, standing.office, word(order.state), told, standing.next, minute(order.asked_at))


def _told(standing: Standing) -> dict[str, object]:
    said = {"why": standing.why, "next": standing.next, "needs_person": standing.needs_person}
    return {**shown.record(standing.order), "office": standing.office, **said}


def _label(context: Context, args: Namespace) -> Result:
    timeout = context.open().settings.mail.timeout_seconds
    pdf = carriers.label(context.desk(), args.order, timeout=timeout, back=args.back)
    path = table_files.save(args.to, pdf, force=args.force)
    return Result({"path": str(path)}, text=f"面单已存到 {path}，请打印后贴在封套上。")


def _retry(context: Context, args: Namespace) -> Result:
    return _done(orders.retry(context.desk(), args.order))


def _resolve(context: Context, args: Namespace) -> Result:
    if sum(bool(getattr(args, end)) for end in _ENDS) != 1:
        why = "--waybill、--cancel、--drop、--as-canceled 要写且只写一个。"
        raise parser.usage("argument-missing", why, "workstation order resolve")
    desk = context.desk()
    if args.waybill:
        return _done(orders.resolve(desk, args.order, waybill=args.waybill, how=args.how))
    if args.cancel:
        return _done(orders.cancel(desk, args.order))
    if args.drop:
        return _done(orders.drop(desk, args.order))
    return _done(orders.confirm_cancel(desk, args.order))


def _again(context: Context, args: Namespace) -> Result:
    return _done(orders.order_again(context.desk(), args.envelope))


#: What happens next by itself, and when.
_THEN = {
    OrderState.WAITING: "下次与寄递企业联系时发出。（命令：sync）",
    OrderState.UNSURE: "下次与寄递企业联系时再问。（命令：sync）",
    OrderState.CANCEL_WAITING: "下次与寄递企业联系时撤。（命令：sync）",
    OrderState.CANCEL_UNSURE: "下次与寄递企业联系时再撤。（命令：sync）",
}


def _done(order: MailOrder) -> Result:
    then = _THEN.get(OrderState(order.state), "")
    return Result({"order": shown.record(order)}, text=f"{order.id}：{word(order.state)}。{then}")
