"""Noun `archive` 归档: the packet of an ended case, many at once, what was given out, and the four checks."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from integrations.platforms.archive_packet.checks import Report
from workstation.acts import archive_checks, archives
from workstation.acts.archive_checks import CHECKS
from workstation.acts.archives import Batch, Packed
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.times import minute

HELP = "归档：办结办件的归档包和四性检测"

_NUMBER = argument("number", metavar="编号", help="办件编号（20 位）")
_TO = argument("--to", required=True, type=Path, metavar="目录", help="放到哪个目录；没有就新建")
_CLEAR = "包里是明文，请妥善保管。"
_FAILED = 3


def register(verbs: Verbs) -> None:
    """The verbs of archive packets."""
    verbs.add(
        "export",
        _export,
        help="一个办件的归档包：文书、证据、元数据、目录、摘要、留痕",
        shows="13502031012632400012 --to 归档 --as 1001",
        arguments=[_NUMBER, _TO],
    )
    verbs.add(
        "batch",
        _batch,
        help="一段日子里办结的逐件打包；已打过的不再打，打不成的列出来",
        shows="--since 2026-11-01 --until 2026-11-30 --to 归档 --as 1001",
        arguments=[
            argument("--since", required=True, metavar="日期", help="这一天起办结的，如 2026-11-01"),
            argument("--until", metavar="日期", help="到这一天为止办结的；不写是到今天"),
            _TO,
            argument("--again", action="store_true", help="已打过的也再打一份"),
        ],
    )
    verbs.add(
        "list",
        _list,
        help="一个办件打过的归档包和摘要",
        shows="13502031012632400012 --as 1001",
        arguments=[_NUMBER],
    )
    verbs.add(
        "check",
        _check,
        help="四性检测一个归档包；不用登录，也不用大厅",
        shows="350203-2026-13502031012632400012.zip",
        arguments=[argument("file", metavar="文件", type=Path, help="归档包")],
    )


def _export(context: Context, args: Namespace) -> Result:
    policy = context.open().settings.archive
    done = archives.pack(context.desk(), args.number, args.to, policy=policy)
    absent = f"，其中 {done.absent} 件只列名" if done.absent else ""
    text = f"已归档：{done.path}{absent}\n{archive_checks.summary(done.report)}\n{_CLEAR}"
    return Result({"archive": _packed(done)}, text=text)


def _batch(context: Context, args: Namespace) -> Result:
    desk, policy = context.desk(), context.open().settings.archive
    found = archives.ended(desk, args.since, args.until)
    numbers = [one.number for one in found if args.again or not one.packets]
    done = archives.batch(desk, numbers, args.to, policy=policy, progress=output.progress)
    before = len(found) - len(numbers)
    data = {
        "archives": [_packed(one) for one in done.packed],
        "failed": [{"case_number": number, **error.as_dict()} for number, error in done.failed],
        "packed_before": before,
    }
    return Result(data, text=_told(done, before), exit_code=_FAILED if done.failed else 0)


def _told(done: Batch, before: int) -> str:
    lines = [f"已归档 {len(done.packed)} 件，打不成 {len(done.failed)} 件，以前打过 {before} 件。"]
    if done.failed:
        rows = [(number, error.code, f"{error.what}{error.why}") for number, error in done.failed]
        lines.append(output.table(("打不成的", "代号", "原因"), rows))
    return "\n".join([*lines, _CLEAR] if done.packed else lines)


def _list(context: Context, args: Namespace) -> Result:
    found = archives.listed(context.desk(), args.number)
    rows = [(one.name, minute(one.packed_at), one.packed_by, one.files, one.sm3) for one in found]
    text = output.table(("归档包", "时间", "经办人", "文件", "整包摘要（SM3）"), rows)
    return Result({"archives": [shown.record(one) for one in found]}, text=text)


def _check(_: Context, args: Namespace) -> Result:
    report = archive_checks.check(args.file)
    sound = "四性检测通过" if report.is_sound else "四性检测不通过"
    text = "\n".join((
        f"{args.file.name}：{sound}",
        archive_checks.summary(report),
        f"整包摘要（SM3）：{report.sm3}",
        "摘要与大厅账上的一致，才是大厅给出的那一份。（命令：archive list 编号）",
    ))  # fmt: skip
    data = {"path": args.file, "case_number": report.case_number, **_report(report)}
    return Result({"check": data}, text=text, exit_code=0 if report.is_sound else _FAILED)


def _packed(done: Packed) -> dict[str, object]:
    return {
        **shown.record(done.record),
        "path": done.path,
        "absent": done.absent,
        **_report(done.report),
    }


def _report(report: Report) -> dict[str, object]:
    tried = [check for check in CHECKS if check not in report.untried]
    return {
        "sound": report.is_sound,
        "checks": {check.value: not report.of(check) if check in tried else None for check in CHECKS},
        "faults": [
            {"check": one.check.value, "reason": one.reason.value, "file": one.file} for one in report.faults
        ],
        "files": report.files,
        "size": report.size,
        "sm3": report.sm3,
        "sha256": report.sha256,
        "virus_scanner": False,
    }
