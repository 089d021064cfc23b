"""Noun `defect` 错证缺证: the register of licences that were wrong or absent."""

from __future__ import annotations

from argparse import Namespace

from workstation.acts import licences
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.times import minute
from workstation.domain.words import word

HELP = "错证缺证：登记簿、了结（登记在形式审查时办，见 case review）"


def register(verbs: Verbs) -> None:
    """The verbs of the register."""
    every = argument("--all", action="store_true", help="连同已了结的")
    verbs.add(
        "list", _list, help="列出错证缺证登记，最早到期的在前", shows="--all --as 1001", arguments=[every]
    )
    close = (
        argument("id", metavar="登记号", help="defect list 列出的登记号"),
        argument("--outcome", required=True, choices=tuple(licences.OUTCOMES), help=_outcomes()),
        argument("--note", metavar="说明", help="说明"),
    )
    verbs.add(
        "close",
        _close,
        help="了结一项登记",
        shows="13502031012632400012-d1 --outcome mended --as 1001",
        arguments=close,
    )


def _outcomes() -> str:
    return "，".join(f"{code} {text}" for code, text in licences.OUTCOMES.items())


def _list(context: Context, args: Namespace) -> Result:
    found = licences.listed(context.desk(), closed_too=args.all)
    rows = [
        (d.id, word(d.kind), d.due + ("（暂定）" if d.due_provisional else ""), d.sent_to, minute(d.told_at))
        for d in found
    ]
    text = output.table(("登记号", "种类", "期限", "送交", "告知申请人"), rows) if rows else "没有登记。"
    return Result({"defects": [shown.record(defect) for defect in found]}, text=text)


def _close(context: Context, args: Namespace) -> Result:
    closed = licences.close(context.desk(), args.id, outcome=args.outcome, note=args.note)
    said = f"已了结 {closed.id}：{licences.OUTCOMES[closed.outcome or '']}"
    return Result({"defect": shown.record(closed)}, text=said)
