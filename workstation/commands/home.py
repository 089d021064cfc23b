"""Noun `home` 业务属地: what it says, as it says it."""

from __future__ import annotations

from argparse import Namespace

from workstation.acts import home, inputs, waybills
from workstation.commands import shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.consignment import Consignment
from workstation.domain.words import word

HELP = "业务属地：受理、要求补正、退件、决定"

_SAMPLE = "13502031012632400012"
#: An example of each verb.
_SHOWS = {
    "accept": f"{_SAMPLE}-1 --document-number 示例〔2026〕1号 --as 1001",
    "correct": f"{_SAMPLE}-1 --json - --as 1001 < 补正要求.json",
    "refuse": f"{_SAMPLE}-1 --reason not_complete --as 1001",
    "decide": f"{_SAMPLE}-1 --json - --as 1001 < 决定.json",
}

_NAME = argument("consignment", metavar="送件", help="送件编号（编号-序号）；只有一个送件时写办件编号")


def register(verbs: Verbs) -> None:
    """What a home office can say."""
    document = argument("--document-number", metavar="文号", help="属地的文号")
    verbs.add("accept", _accept, help="属地受理", shows=_SHOWS["accept"], arguments=[_NAME, document])
    correction = (inputs.Correction, inputs.EXAMPLE_CORRECTION)
    verbs.add(
        "correct",
        _correct,
        help="属地要求补正（--json -）",
        shows=_SHOWS["correct"],
        arguments=[_NAME],
        reads=correction,
    )
    reason = argument("--reason", required=True, choices=tuple(home.REFUSALS), help="事由代码")
    waybill = argument("--waybill", metavar="运单号", help="回程运单号")
    how = argument(
        "--how", default="scanned", choices=waybills.HOW, help="运单号是扫的还是手输的（手输须第二人）"
    )
    verbs.add(
        "refuse", _refuse, help="属地退件", shows=_SHOWS["refuse"], arguments=[_NAME, reason, waybill, how]
    )
    decision = (inputs.Decision, inputs.EXAMPLE_DECISION)
    verbs.add(
        "decide",
        _decide,
        help="属地决定（--json -）",
        shows=_SHOWS["decide"],
        arguments=[_NAME],
        reads=decision,
    )


def _accept(context: Context, args: Namespace) -> Result:
    return _done(home.accept(context.desk(), args.consignment, document_number=args.document_number))


def _correct(context: Context, args: Namespace) -> Result:
    return _done(home.correct(context.desk(), args.consignment, context.read(inputs.Correction).wanted))


def _refuse(context: Context, args: Namespace) -> Result:
    refused = home.refuse(
        context.desk(), args.consignment, reason=args.reason, waybill=args.waybill, how=args.how
    )
    return _done(refused)


def _decide(context: Context, args: Namespace) -> Result:
    said = context.read(inputs.Decision)
    consignment = home.decide(
        context.desk(),
        args.consignment,
        outcome=said.outcome,
        result_mode=said.result_mode,
        results=said.results,
        document_number=said.document_number,
    )
    return _done(consignment)


def _done(consignment: Consignment) -> Result:
    text = f"送件 {consignment.id}：{word(consignment.state)}"
    return Result({"consignment": shown.record(consignment)}, text=text)
