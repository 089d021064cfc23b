"""Noun `platform` 平台: the packet of case data for a provincial platform 办件汇聚, and its check."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from workstation.acts import gathering
from workstation.commands import output
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context

HELP = "平台：办件汇聚包的导出和核对"

_FILE = argument("file", metavar="文件", type=Path, help="汇聚包，每行一件的 JSON")


def register(verbs: Verbs) -> None:
    """The verbs of platforms."""
    verbs.add(
        "export",
        _export,
        help="一段日子里收的办件：编号、外部编号、状态、各段时间；默认不含个人信息",
        shows="汇聚.jsonl --since 2026-11-01 --until 2026-11-30 --as 2001",
        arguments=[
            _FILE,
            argument("--since", required=True, metavar="日期", help="这一天起收的，如 2026-11-01"),
            argument("--until", metavar="日期", help="到这一天为止收的；不写是到今天"),
            argument("--profile", type=Path, metavar="文件", help="另一套字段，TOML；含个人信息的由值班长导"),
        ],
    )
    verbs.add(
        "check",
        _check,
        help="核对一个汇聚包是否完整、没有改过；不用登录",
        shows="汇聚.jsonl",
        arguments=[_FILE],
    )


def _export(context: Context, args: Namespace) -> Result:
    fields = gathering.profile(args.profile)
    done = gathering.export(
        context.desk(), args.since, args.until, args.file, fields=fields, progress=output.progress
    )
    personal = "、".join(fields.personal)
    mind = f"含个人信息：{personal}，请妥善保管。" if personal else "不含个人信息。"
    text = f"已导出 {done.count} 件到 {done.path}，{mind}\n校验和（SM3）：{done.sm3}"
    data = {
        "path": done.path,
        "cases": done.count,
        "sm3": done.sm3,
        "profile": fields.name,
        "personal": list(fields.personal),
    }
    return Result({"platform": data}, text=text)


def _check(_: Context, args: Namespace) -> Result:
    found = gathering.check(args.file)
    head = found.head
    span = f"{head.get('since')} 至 {head.get('until')}"
    text = f"{args.file.name}：完整，{found.count} 件，{span}。\n校验和（SM3）：{found.sm3}"
    data = {"path": args.file, "head": dict(head), "cases": found.count, "sm3": found.sm3}
    return Result({"check": data}, text=text)
