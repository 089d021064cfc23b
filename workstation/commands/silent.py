"""Noun `silent` 沉默属地: who has owed something for longer than is usual with it."""

from __future__ import annotations

from argparse import Namespace

from workstation.acts import silence
from workstation.acts.silence import Silent
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument, whole
from workstation.commands.session import Context
from workstation.domain.times import minute
from workstation.domain.words import word

HELP = "沉默属地：逾常没有签收确认、没有告知、没有寄回结果的业务属地"

_HEADS = ("送件编号", "业务属地", "等什么", "自何时", "已过工作日", "通常", "邮件", "催办")


def register(verbs: Verbs) -> None:
    """The one verb."""
    days = argument(
        "--days", type=whole, metavar="工作日", help="没有以往、也没有协议的，按多少个工作日（默认按设置）"
    )
    verbs.add(
        "list",
        _list,
        help="列出逾常没有回音的，最久的在前；催办用 dun print 送件编号",
        shows=("--as 1001", "--days 5 --as 1001"),
        arguments=[days],
    )


def _list(context: Context, args: Namespace) -> Result:
    desk = context.desk()
    days = context.open().settings.mail.silent_days if args.days is None else args.days
    found = silence.listed(desk, days=days)
    text = output.table(_HEADS, [_row(silent) for silent in found]) if found else "没有逾常沉默的属地。"
    return Result({"silent": [_data(silent) for silent in found]}, text=text)


def _row(silent: Silent) -> tuple[object, ...]:
    provisional = "（暂计）" if silent.provisional else ""
    return (
        silent.consignment,
        silent.office_name,
        silence.AWAITED[silent.awaited],
        f"{minute(silent.since)} {word(silent.began)}",
        f"{silent.waited}{provisional}",
        silent.usual.told,
        word(silent.mail_state),
        f"{silent.dunned} 次，最近 {minute(silent.dunned_at)}" if silent.dunned else "无",
    )


def _data(silent: Silent) -> dict[str, object]:
    return {
        **shown.record(silent),
        "since": shown.time(silent.since),
        "usual": shown.record(silent.usual),
        "over": silent.over,
    }
