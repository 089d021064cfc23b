"""Noun `paper` 纸面: list, preview, show again, reprint as a copy."""

from __future__ import annotations

from argparse import Namespace

from workstation.acts import departures, papers, previews, service
from workstation.acts.desk import Desk
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.words import word
from workstation.errors import WrongUsage

HELP = "纸面：列出、预览、取出、补打"

_NUMBER = argument("number", metavar="编号", help="纸面编号（20 位）")

#: What can be previewed, and the options each kind has.
_KINDS = {
    "notice": ("due",),
    "guidance": ("channel", "text", "entry"),
    "packing_list": (),
    "proof_of_service": ("recipient",),
}
_OPTIONS = ("due", "channel", "text", "entry", "recipient")
_GUIDES = "guidance 13502031012632400012 --channel online \\\n    --text 可以全程网办 --as 1001"
_PREVIEW = (
    argument(
        "kind",
        metavar="种类",
        choices=tuple(_KINDS),
        help="notice 一次性告知单，guidance 办事指引单，packing_list 内件清单，proof_of_service 送达回证",
    ),
    argument("number", metavar="编号", help="办件编号，内件清单也可以是送件编号"),
    argument("--due", metavar="日期", help="告知单：补正期限，如 2026-12-01"),
    argument("--channel", choices=tuple(departures.CHANNELS), help="指引单：渠道代码"),
    argument("--text", help="指引单：向申请人说明的话（必填）"),
    argument("--entry", metavar="入口", help="指引单：到哪里办"),
    argument("--recipient", choices=service.RECIPIENTS, help="送达回证：领取人"),
)


def register(verbs: Verbs) -> None:
    """The verbs of a printed face."""
    of = argument("--of", metavar="编号", help="只列这个办件、封套或批次的")
    verbs.add("list", _list, help="列出纸面", shows="--of 13502031012632400012 --as 1001", arguments=[of])
    verbs.add(
        "preview",
        _preview,
        help="出纸前先看文字：什么也不办，不用编号",
        shows=("notice 13502031012632400012 --due 2026-12-01 --as 1001", _GUIDES),
        arguments=_PREVIEW,
    )
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


def _preview(context: Context, args: Namespace) -> Result:
    given = {name: value for name in _OPTIONS if (value := getattr(args, name)) is not None}
    for name in given.keys() - set(_KINDS[args.kind]):
        raise WrongUsage(
            "preview-option",
            what="预览写法不对，没有执行。",
            why=f"{word(args.kind)}没有 --{name} 这一项。",
            next="请去掉它；用 paper preview --help 看每种纸面有哪些项。",
        )
    text = _text(context.desk(), args.kind, args.number, given)
    return Result({"preview": {"kind": args.kind, "text": text}}, text=text.rstrip("\n"))


def _text(desk: Desk, kind: str, number: str, given: dict[str, str]) -> str:
    match kind:
        case "notice":
            return previews.notice(desk, number, **given)
        case "guidance":
            return previews.guidance(desk, number, **{"text": "", **given})
        case "packing_list":
            return previews.packing_list(desk, [number])
    return previews.proof_of_service(desk, number, **given)


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
