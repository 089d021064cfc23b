"""Noun `journal` 留痕账: verify, list, anchor; given out as a file, and such a file checked."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

import msgspec

from workstation.acts import audit, journal_files, verification, viewing
from workstation.acts.audit import Place, Wanted
from workstation.acts.journal_files import Head
from workstation.commands import output, shown, verifying
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument, usage, whole
from workstation.commands.session import Context
from workstation.domain.journal import Entry
from workstation.domain.times import minute
from workstation.domain.words import word

HELP = "留痕账：核验、列出、链首码、导出"


_LISTED = (
    argument("--after", type=whole, metavar="序号", help="从这一条之后列起，由旧到新"),
    argument("--before", type=whole, metavar="序号", help="从这一条之前列起，由新到旧"),
    argument("--count", type=whole, default=100, metavar="条数", help="最多列出几条"),
    argument("--of", metavar="编号", help="只列提到这个编号的"),
    argument("--by", metavar="工号", help="只列这个人经办或复核的"),
    argument("--act", metavar="办理", help="只列这种办理，如 一次性告知 或 notice"),
    argument("--since", metavar="日期", help="只列这一天起的"),
    argument("--until", metavar="日期", help="只列到这一天为止的"),
    argument("--flagged", action="store_true", help="只列时钟有异常的"),
)


def register(verbs: Verbs) -> None:
    """The verbs of the journal."""
    head = argument("--head", metavar="链首码", help="纸上的链首码（40 位）：账是不是出这张纸时的账")
    sheet = argument("--sheet", metavar="编号", help="那张纸自己的编号（日清单 6 开头），与 --head 一起用")
    verbs.add(
        "verify",
        _verify,
        help="核验全账：链、逐条推算、与各表比对；不须登录",
        shows=("", "--head 0000052331006062428060509553957313612959"),
        arguments=[head, sheet],
    )
    verbs.add(
        "list",
        _list,
        help="列出：从第一条起；带条件或 --before 时由新到旧",
        shows=("--of 13502031012632400012 --as 8001", "--act 一次性告知 --since 2026-11-01 --as 8001"),
        arguments=_LISTED,
    )
    verbs.add(
        "export",
        _export,
        help="导出全账，或几天的账，带核验数据（审计员）",
        shows="留痕账.jsonl --since 2026-11-01 --as 8001",
        arguments=[
            argument("file", type=Path, metavar="文件", help="还没有的文件"),
            argument("--since", metavar="日期", help="从这一天起；不写从第一条起"),
            argument("--until", metavar="日期", help="到这一天为止；不写到最后一条"),
        ],
    )
    verbs.add(
        "check",
        _check,
        help="核验导出的文件：链、每条的摘要、链首码；不须登录，也不用本机的账",
        shows="留痕账.jsonl",
        arguments=[argument("file", type=Path, metavar="文件", help="导出的文件")],
    )
    verbs.add("anchor", _anchor, help="链首码（40 位）", shows="")


def _verify(context: Context, args: Namespace) -> Result:
    desk = context.reading_desk()
    if args.head is not None:
        return verifying.told(verification.verify_from(desk, args.head, sheet=args.sheet))
    if args.sheet is not None:
        raise usage("head-missing", "--sheet 要和 --head 一起用。", "workstation journal verify")
    return verifying.told(verification.verify(desk))


def _list(context: Context, args: Namespace) -> Result:
    wanted = Wanted(args.by, args.act, args.of, args.since, args.until, args.flagged)
    if args.before is not None and args.after is not None:
        raise usage(
            "argument-conflict", "参数 --after 与 --before 不能同时使用。", "workstation journal list"
        )
    if args.before is None and wanted == Wanted(of=args.of):
        entries = verification.listed(context.desk(), after=args.after or 0, count=args.count, of=args.of)
        return Result({"entries": [_entry(entry) for entry in entries]}, text=_table(entries))
    place = Place(after=args.before, before=args.after, count=args.count)
    found = audit.listed(context.desk(), wanted, place, progress=output.progress)
    data = {
        "entries": [_entry(entry) for entry in found.entries],
        "more": found.more_after,
        "looked_to": found.looked_to,
    }
    further = f"；更早的还有：--before {found.looked_to}" if found.more_after else ""
    return Result(data, text=f"{_table(found.entries)}\n已看到第 {found.looked_to} 条为止{further}。")


def _table(entries: Sequence[Entry]) -> str:
    rows = [(e.seq, minute(e.at), word(e.act), e.operator, e.second, e.object) for e in entries]
    return output.table(("序号", "时间", "办理", "经办", "复核", "对象"), rows)


def _export(context: Context, args: Namespace) -> Result:
    given = journal_files.export(
        context.desk(), args.file, since=args.since, until=args.until, progress=output.progress
    )
    head = given.head
    data = {"export": {**_told(head), "path": given.path}}
    said = f"第 {head.first} 至 {head.last} 条，共 {head.entries} 条，链首码 {head.anchor}"
    return Result(data, text=f"留痕账已导出到 {given.path}：{said}。\n核验：journal check {given.path}")


def _check(_: Context, args: Namespace) -> Result:
    found = journal_files.check(args.file, progress=output.progress)
    fault = None if found.is_right else {"line": found.line, "fault": found.fault}
    data = {
        "verified": found.is_right,
        "entries": found.entries,
        "head": _told(found.head) if found.head else None,
        "fault": fault,
    }
    if found.head is not None and found.is_right:
        of = f"{found.head.name}，第 {found.head.first} 至 {found.head.last} 条"
        text = f"导出的留痕账核验无误：{of}，链首码 {found.head.anchor}。\n请与纸上的链首码核对。"
        return Result(data, text=text)
    text = f"导出的留痕账核验不符：第 {found.line} 行，{found.fault}。\n前面 {found.entries} 条无误。"
    return Result(data, text=text, exit_code=3)


def _told(head: Head) -> dict[str, object]:
    return {name: value for name, value in msgspec.structs.asdict(head).items() if name != "how"}


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "seq": entry.seq,
        "at": shown.time(entry.at),
        "act": entry.act,
        "operator": entry.operator,
        "second": entry.second,
        "window": entry.window,
        "object": entry.object,
        "flag": entry.flag,
        "facts": viewing.told(entry),
        "hash": entry.hash.hex(),
    }


def _anchor(context: Context, _: Namespace) -> Result:
    anchor = verification.anchor(context.reading_desk())
    return Result({"anchor": anchor}, text=anchor)
