"""Noun `batch` 交寄批次: the courier badges in, scans, signs."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from workstation.acts import batches, checks, handover, viewing, waybills
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.times import minute
from workstation.domain.words import word

HELP = "交寄批次：开、扫、交、看，列出待揽收的封套"

#: Stands in the examples.
_SAMPLE = "33502031012632400014"

_NUMBER = argument("number", metavar="批次", help="批次编号（20 位）")


def register(verbs: Verbs) -> None:
    """The verbs of a batch."""
    badge = argument("badge", metavar="胸牌", help="揽投员胸牌号（20 位）")
    verbs.add(
        "open", _open, help="揽投员刷胸牌，开批次", shows="73502031012632400016 --as 1001", arguments=[badge]
    )
    verbs.add(
        "scan",
        _scan,
        help="扫一个封套",
        shows=f"{_SAMPLE} 23502031012632400018 --waybill 1136281381675 --as 1001",
        arguments=_SCAN,
    )
    missing = argument(
        "--missing", action="append", default=[], metavar="封套=事由", help="未交的封套和事由代码"
    )
    verbs.add(
        "close",
        _close,
        help="双方点清，交寄，出交接清单",
        shows=f"{_SAMPLE} --missing 23502031012632400018=not_found --as 1001",
        arguments=[_NUMBER, missing],
    )
    verbs.add(
        "ready",
        _ready,
        help="列出已封装、还在本大厅的封套：应赶哪一班，应揽未揽的有哪些",
        shows="--as 1001",
    )
    verbs.add(
        "show",
        _show,
        help="显示一个批次：应交、已扫、缺、多",
        shows=f"{_SAMPLE} --as 1001",
        arguments=[_NUMBER],
    )


_SCAN = (
    _NUMBER,
    argument("face", metavar="封套面", help="封套面条码"),
    argument("--waybill", metavar="运单号", help="贴在封套上的运单号"),
    argument("--how", default="scanned", choices=waybills.HOW, help="运单号是扫的还是手输的（手输须第二人）"),
)


def _open(context: Context, args: Namespace) -> Result:
    desk = context.desk()
    batch = handover.open_batch(desk, args.badge)
    lines = viewing.batch_file(desk, batch.number).lines
    data = {"batch": shown.record(batch), "expected": [line.envelope for line in lines]}
    return Result(data, text=f"已开批次 {batch.number}，应交 {len(lines)} 个封套。")


def _scan(context: Context, args: Namespace) -> Result:
    line = handover.scan_envelope(
        context.desk(), args.number, face=args.face, waybill=args.waybill, how=args.how
    )
    extra = "" if line.expected else "（不在应交之列）"
    return Result({"line": shown.record(line)}, text=f"已扫：{line.envelope}{extra}")


def _close(context: Context, args: Namespace) -> Result:
    batch = handover.hand_over(context.desk(), args.number, missing=_reasons(args.missing))
    return Result(
        {"batch": shown.record(batch)}, text=f"批次 {batch.number} 已交寄，请双方在交接清单上签名。"
    )


def _reasons(pairs: Sequence[str]) -> dict[str, str]:
    reasons = {}
    for pair in pairs:
        envelope, sign, reason = pair.partition("=")
        if not sign:
            raise checks.usage(
                "missing-form", f"“{pair}”里没有事由。", "请写成 --missing 封套编号=事由代码。"
            )
        reasons[envelope] = reason
    return reasons


def _ready(context: Context, _: Namespace) -> Result:
    lying = batches.ready(context.desk(), cut_offs=context.open().settings.mail.cut_offs)
    data = [
        {**vars(one), "sealed_at": shown.time(one.sealed_at), "cut_off": shown.time(one.cut_off)}
        for one in lying
    ]
    rows = [
        (
            one.number,
            one.window,
            one.office,
            one.place,
            minute(one.sealed_at),
            minute(one.cut_off),
            "应揽未揽" if one.is_missed else "",
        )
        for one in lying
    ]
    missed = sum(one.is_missed for one in lying)
    head = f"待揽收的封套：{len(lying)} 个，其中应揽未揽 {missed} 个"
    heads = ("封套", "窗口", "寄往", "存放位置", "封装时间", "应赶的班次", "")
    return Result({"envelopes": data}, text=f"{head}\n{output.table(heads, rows)}" if rows else head)


def _show(context: Context, args: Namespace) -> Result:
    file = viewing.batch_file(context.desk(), args.number)
    data = {
        "batch": shown.record(file.batch),
        "lines": [shown.record(line) for line in file.lines],
        "missing": file.missing,
        "extra": file.extra,
        "acts": list(file.acts),
    }
    rows = [
        (
            line.envelope,
            "应交" if line.expected else "多出",
            minute(line.scanned_at) or "未扫",
            line.reason,
        )
        for line in file.lines
    ]
    head = f"批次 {file.batch.number}　{word(file.batch.state)}　揽投员 {file.batch.courier}"
    return Result(data, text=f"{head}\n\n{output.table(('封套', '应交', '扫描', '未交事由'), rows)}")
