"""Noun `dun` 催办: a letter to a home office that keeps silent."""

from __future__ import annotations

from argparse import Namespace

from workstation.acts import dunning, papers
from workstation.commands import shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context

HELP = "催办：向业务属地部门出具催办函"


def register(verbs: Verbs) -> None:
    """The verbs of 催办."""
    verbs.add(
        "print",
        _print,
        help="出具催办函：每次一个新编号，记第几次催办",
        shows="13502031012632400012-1 --as 1001",
        arguments=[argument("name", metavar="编号", help="送件编号，或只有一个送件的办件编号")],
    )


def _print(context: Context, args: Namespace) -> Result:
    desk = context.desk()
    letter = dunning.dun(desk, args.name)
    paper = letter.paper
    data = {**shown.record(paper), "path": papers.path_of(desk, paper)}
    text = f"已出具催办函 {paper.number}（第 {letter.ordinal} 次催办）\n{papers.where(desk, paper)}"
    return Result({"paper": data, "ordinal": letter.ordinal}, text=text)
