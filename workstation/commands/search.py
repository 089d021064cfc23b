"""`search TEXT`: find cases by number, its end, document number, telephone or name."""

from __future__ import annotations

from argparse import Namespace

from workstation.acts import searching
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.words import word

HELP = "查找：按编号、尾号、领取码、证件号、电话、姓名"


def register(verbs: Verbs) -> None:
    """The command itself."""
    text = argument(
        "text", metavar="文字", help="编号、编号末四或五位、领取码、证件号码、电话、姓名或其中一部分"
    )
    verbs.only(_search, help="查找办件", shows=("00012 --as 1001", "林示例 --as 1001"), arguments=[text])


def _search(context: Context, args: Namespace) -> Result:
    cases = searching.search(context.desk(), args.text)
    rows = [(c.number, word(c.state), shown.mask("name", c.applicant_name)) for c in cases]
    text = output.table(("编号", "状态", "申请人"), rows) if cases else "没有找到。"
    return Result({"cases": [shown.record(case) for case in cases]}, text=text)
