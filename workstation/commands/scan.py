"""`scan CODE`: what a code means here and now."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from workstation.acts import scanning
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.words import word

HELP = "扫描：说明一个条码是什么、现在能办什么"


def register(verbs: Verbs) -> None:
    """The command itself."""
    code = argument("code", metavar="条码", help="扫到的内容，原样")
    expecting = argument("--expecting-waybill", action="store_true", help="此刻正等着扫运单号")
    verbs.only(
        _scan, help="说明一个条码", shows="13502031012632400012 --as 1001", arguments=[code, expecting]
    )


def _scan(context: Context, args: Namespace) -> Result:
    scanned = scanning.scan(context.desk(), args.code, expecting_waybill=args.expecting_waybill)
    acts = "、".join(word(act) for act in scanned.acts) or "没有后续办理"
    text = f"{word(scanned.kind)} {scanned.code} → {scanned.object} {word(scanned.state)}\n现在可以：{acts}"
    return Result({"scan": asdict(scanned)}, text=text)
