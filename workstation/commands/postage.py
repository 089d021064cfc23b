"""Noun `postage` 邮费: what a month's parcels cost and who pays, beside the carrier's bill."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from workstation.acts import agreements, papers, postage_bills, postages, table_files
from workstation.acts.facts.postage_statement import yuan
from workstation.acts.postage_bills import OUTCOMES, Compared, Comparison, Outcome
from workstation.acts.postages import Charge, Statement
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context

HELP = "邮费：登记、月报表，与寄递企业的账单核对"

_LINES = ("结果", "运单号", "账单日期", "账单（元）", "我方日期", "我方（元）", "承担方", "业务属地部门")


def register(verbs: Verbs) -> None:
    """The verbs of postage."""
    month = argument("--month", required=True, metavar="月份", help="如 2026-11")
    verbs.add(
        "statement",
        _statement,
        help="一个月的邮费：逐件和按承担方合计；可出具（值班长）、可存成表格",
        shows=("--month 2026-10 --as 1001", "--month 2026-10 --print --xlsx 邮费.xlsx --as 2001"),
        arguments=[
            month,
            argument("--print", action="store_true", help="出具邮费月报表（值班长）"),
            argument("--xlsx", type=Path, metavar="文件", help="另存成表格，以 .xlsx 或 .csv 结尾"),
            argument("--force", action="store_true", help="已有同名文件时替换它"),
        ],
    )
    verbs.add(
        "compare",
        _compare,
        help="与寄递企业的账单逐件核对；列：邮件号、收寄日期、资费",
        shows=("账单.xlsx --month 2026-10 --as 1001", "账单.csv --month 2026-10 --take --as 2001"),
        arguments=[
            argument("file", metavar="文件", type=Path, help="账单，CSV 或 XLSX"),
            month,
            argument("--take", action="store_true", help="我方没有金额的，按账单登记（值班长）"),
        ],
    )
    verbs.add(
        "note",
        _note,
        help="登记一件邮件的邮费；再登记一次就更正",
        shows="1136281381675 22.50 --as 1001",
        arguments=[
            argument("waybill", metavar="运单号", help="这件邮件的运单号"),
            argument("yuan", metavar="金额", help="元，最多两位小数，如 22.50"),
        ],
    )


def _statement(context: Context, args: Namespace) -> Result:
    desk = context.desk()
    kind = table_files.kind_of(args.xlsx) if args.xlsx else None
    found = postages.statement(desk, args.month)
    data: dict[str, object] = {"statement": _record(found)}
    text = _told(found)
    if kind:
        content = postages.export(desk, args.month, kind)
        data["path"] = table_files.save(args.xlsx, content, force=args.force)
        text += f"\n已存成 {data['path']}"
    if args.print:
        paper = postages.print_statement(desk, args.month)
        data["paper"] = {**shown.record(paper), "path": papers.path_of(desk, paper)}
        text += f"\n已出具邮费月报表 {paper.number}\n{papers.where(desk, paper)}"
    return Result(data, text=text)


def _record(found: Statement) -> dict[str, object]:
    return {
        "month": found.month,
        "taken_at": shown.time(found.taken_at),
        "charges": [_charge(one) for one in found.charges],
        "sums": [vars(one) for one in found.sums],
        "fen": found.fen,
        "unknown": found.unknown,
    }


def _charge(one: Charge) -> dict[str, object]:
    return {name: value for name, value in vars(one).items() if name not in ("id", "object")}


def _told(found: Statement) -> str:
    sums = [postages.sum_row(one) for one in found.sums]
    told = [
        f"{found.month} 邮费：{len(found.charges)} 件，已知 {yuan(found.fen)} 元，邮费未知 {found.unknown} 件"
    ]
    if found.charges:
        told += [output.table(postages.HEADS, [*map(postages.row, found.charges), *sums])]
    return "\n".join(told)


def _compare(context: Context, args: Namespace) -> Result:
    desk = context.desk()
    rows = postage_bills.read(args.file.name, args.file)
    act = postage_bills.take if args.take else postage_bills.compare
    found = act(desk, rows, args.month)
    counts = found.counts()
    data = {"month": found.month, "lines": list(map(_line, found.lines)), "counts": counts}
    text = _compared(found)
    if args.take:
        text += f"\n已按账单登记 {counts[Outcome.NOT_NOTED]} 件；金额不符的没有改动。"
    return Result({"comparison": data, "taken": args.take}, text=text)


def _line(one: Compared) -> dict[str, object]:
    return {
        "outcome": one.outcome.value,
        "waybill": one.waybill,
        "billed": one.billed,
        "billed_on": one.billed_on,
        "ours": _charge(one.ours) if one.ours else None,
    }


def _compared(found: Comparison) -> str:
    counts = "，".join(f"{OUTCOMES[Outcome(name)]} {count} 件" for name, count in found.counts().items())
    rows = [_row(one) for one in found.lines if one.outcome != Outcome.EQUAL]
    table = f"\n{output.table(_LINES, rows)}" if rows else ""
    return f"{found.month} 账单核对：{counts}{table}"


def _row(one: Compared) -> tuple[str, ...]:
    ours = one.ours
    return (
        OUTCOMES[one.outcome],
        one.waybill,
        one.billed_on or "",
        _amount(one.billed),
        ours.on if ours else "",
        _amount(ours.fen if ours else None),
        agreements.PAYERS[ours.payer] if ours else "",
        ours.office if ours else "",
    )


def _amount(fen: int | None) -> str:
    return "" if fen is None else yuan(fen)


def _note(context: Context, args: Namespace) -> Result:
    noted = postages.note(context.desk(), args.waybill, postages.fen_of(args.yuan))
    text = (
        f"已登记：运单号 {noted.waybill} 邮费 {yuan(noted.fen)} 元，由{agreements.PAYERS[noted.payer]}承担。"
    )
    return Result({"postage": shown.record(noted)}, text=text)
