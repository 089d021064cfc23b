"""Noun `acceptance` 受理: on behalf of a home office that has granted 收件受理, and only then."""

from __future__ import annotations

from argparse import Namespace

from workstation.acts import acceptance, papers
from workstation.commands import shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context

HELP = "受理：经协议授权，出具受理通知书、不予受理通知书"

_NAME = argument("name", metavar="编号", help="送件编号，或只有一个送件的办件编号")
_BASIS = argument("--legal-basis", required=True, metavar="依据", help="法律依据")
_LIMIT = argument("--limit", required=True, metavar="期限", help="办理期限，如“20 个工作日”")
_REFUSE = (
    _NAME,
    argument("--reason", required=True, metavar="理由", help="不予受理的理由"),
    _BASIS,
    argument("--remedies", required=True, metavar="救济", help="救济途径和期限"),
    argument("--authority", metavar="机关", help="应当向哪个机关申请"),
)


def register(verbs: Verbs) -> None:
    """The verbs of 受理."""
    verbs.add(
        "issue",
        _issue,
        help="出具受理通知书",
        shows="13502031012632400012-1 --legal-basis 示例规定第3条 \\\n    --limit '20 个工作日' --as 1001",
        arguments=[_NAME, _BASIS, _LIMIT],
    )
    verbs.add(
        "refuse",
        _refuse,
        help="出具不予受理通知书（须第二人）",
        shows="13502031012632400012-1 --reason 不属于本机关职权 \\\n"
        "    --legal-basis 示例规定第3条 --remedies 示例救济途径 --as 1001 --second 1002",
        arguments=_REFUSE,
    )


def _issue(context: Context, args: Namespace) -> Result:
    desk = context.desk()
    paper = acceptance.accept(desk, args.name, legal_basis=args.legal_basis, limit=args.limit)
    data = {**shown.record(paper), "path": papers.path_of(desk, paper)}
    return Result({"paper": data}, text=f"已出具受理通知书 {paper.number}\n{papers.where(desk, paper)}")


def _refuse(context: Context, args: Namespace) -> Result:
    grounds = acceptance.Grounds(
        reason=args.reason,
        legal_basis=args.legal_basis,
        remedies=args.remedies,
        authority=args.authority,
    )
    case = acceptance.refuse(context.desk(), args.name, grounds=grounds)
    return Result({"case": shown.record(case)}, text=f"已出具不予受理通知书，办件 {case.number} 结束。")
