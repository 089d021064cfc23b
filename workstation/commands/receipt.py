"""Noun `receipt` 属地签收."""

from __future__ import annotations

from argparse import Namespace

from workstation.acts import receipts
from workstation.commands import shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context

HELP = "属地签收：凭回执联的编号或短码"


def register(verbs: Verbs) -> None:
    """The one verb."""
    arguments = (
        argument("code", metavar="回执码", help="回执联编号（20 位）或短码（5 位）"),
        argument("--channel", required=True, choices=receipts.CHANNELS, help="电话、传真、照片、回执联寄回"),
        argument("--office", metavar="属地代码", help="报短码时核对的属地部门代码"),
    )
    verbs.add(
        "acknowledge",
        _acknowledge,
        help="登记属地签收",
        shows=(
            "53502031012632400013 --channel slip --as 1001",
            "00013 --channel phone --office 450103-hz --as 1001",
        ),
        arguments=arguments,
    )


def _acknowledge(context: Context, args: Namespace) -> Result:
    envelope = receipts.acknowledge(context.desk(), args.code, channel=args.channel, office=args.office)
    text = f"{envelope.office_name} 已签收封套 {envelope.number}。"
    return Result({"envelope": shown.record(envelope)}, text=text)
