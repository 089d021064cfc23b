"""`scan CODE`: what a code means here and now; `scan --log`: what has been scanned."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from workstation.acts import scan_log, scanning
from workstation.acts.scan_log import Entry
from workstation.commands import output, parser, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument, moment, whole
from workstation.commands.session import Context
from workstation.domain.grades import SIGNALS, Grade
from workstation.domain.times import minute
from workstation.domain.words import word

HELP = "扫描：说明一个条码是什么、现在能办什么；列出扫描记录"


def register(verbs: Verbs) -> None:
    """The command itself."""
    arguments = [
        argument("code", metavar="条码", nargs="?", help="扫到的内容，原样"),
        argument("--expecting-waybill", action="store_true", help="此刻正等着扫运单号"),
        argument("--log", action="store_true", help="列出扫描记录，新的在前；没认出的只记长度和字符种类"),
        argument("--count", type=whole, default=100, metavar="条数", help="最多列出几条记录"),
        argument("--since", type=moment, default=0, metavar="时间", help="只列这时以后的记录"),
    ]
    shows = ("13502031012632400012 --as 1001", "--log --count 20 --as 1001")
    verbs.only(_scan, help="说明一个条码，或列出扫描记录", shows=shows, arguments=arguments)


def _scan(context: Context, args: Namespace) -> Result:
    if args.log == (args.code is not None):
        raise parser.usage("scan-or-log", "请给出一个条码，或写 --log，两者取一。", "workstation scan")
    return _log(context, args) if args.log else _code(context, args)


def _code(context: Context, args: Namespace) -> Result:
    taken = scanning.take(context.desk(), args.code, at_ms=0, expecting_waybill=args.expecting_waybill)
    scanned = taken.scanned
    if scanned is None:
        assert taken.error is not None, "a scan leads somewhere or is explained"
        raise taken.error
    acts = "、".join(word(act) for act in scanned.acts) or "没有后续办理"
    text = f"{word(scanned.kind)} {scanned.code} → {scanned.object} {word(scanned.state)}\n现在可以：{acts}"
    if taken.unlogged:
        text += f"\n这次扫描没有记入扫描记录：{taken.unlogged.why}"
    return Result({"scan": asdict(scanned), "logged": taken.logged}, text=text)


def _log(context: Context, args: Namespace) -> Result:
    entries = scan_log.listed(context.desk(), count=args.count, since=args.since)
    heads = ("时间", "窗口", "经办", "结果", "种类", "对象", "原因")
    text = output.table(heads, [_row(entry) for entry in entries]) if entries else "没有扫描记录。"
    return Result({"scans": [shown.record(entry) for entry in entries]}, text=text)


def _row(entry: Entry) -> tuple[object, ...]:
    grade = SIGNALS[Grade(entry.grade)].word
    return minute(entry.at), entry.window, entry.operator, grade, word(entry.kind), entry.object, entry.reason
