"""Noun `paper` 纸面: list, show again, reprint as a copy."""

from __future__ import annotations

from argparse import Namespace

from workstation.acts import papers
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.words import word

HELP = "纸面：列出、取出、补打"

_NUMBER = argument("number", metavar="编号", help="纸面编号（20 位）")


def register(verbs: Verbs) -> None:
    """The verbs of a printed face."""
    of = argument("--of", metavar="编号", help="只列这个办件、封套或批次的")
    verbs.add("list", _list, help="列出纸面", shows="--of 13502031012632400012 --as 1001", arguments=[of])
    verbs.add(
        "show",
        _show,
        help="取出一张：放进出纸盘并显示位置",
        shows="43502031012632400011 --as 1001",
        arguments=[_NUMBER],
    )
    reason = argument("--reason", required=True, choices=tuple(papers.REPRINT_REASONS), help="补打事由代码")
    verbs.add(
        "reprint",
        _reprint,
        help="补打：新编号，副本 n，原件作废",
        shows="43502031012632400011 --reason jammed --as 1001",
        arguments=[_NUMBER, reason],
    )


def _list(context: Context, args: Namespace) -> Result:
    found = papers.listed(context.desk(), args.of)
    rows = [(word(p.kind), p.number, word(p.state), p.copy, p.object) for p in found]
    text = output.table(("纸面", "编号", "状态", "第几份", "属于"), rows)
    return Result({"papers": [shown.record(paper) for paper in found]}, text=text)


def _show(context: Context, args: Namespace) -> Result:
    desk = context.desk()
    paper, pdf = papers.pdf_of(desk, args.number)
    path = papers.path_of(desk, paper)
    data = {**shown.record(paper), "path": path, "bytes": len(pdf), "sm3": papers.sm3(pdf)}
    return Result({"paper": data}, text=f"{word(paper.kind)} {paper.number}（{word(paper.state)}）：{path}")


def _reprint(context: Context, args: Namespace) -> Result:
    desk = context.desk()
    paper = papers.reprint(desk, args.number, reason=args.reason)
    data = {**shown.record(paper), "path": papers.path_of(desk, paper)}
    return Result(
        {"paper": data},
        text=f"已补打：{word(paper.kind)} {paper.number}，副本 {paper.copy}。原件已作废，请销毁。",
    )
