"""Noun `paper` 纸面: list, preview, show again, reprint as a copy, export, empty the tray."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from workstation.acts import departures, exports, papers, previews, service, tray
from workstation.acts.desk import Desk
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument, whole
from workstation.commands.session import Context
from workstation.domain.words import word
from workstation.errors import WrongUsage

HELP = "纸面：列出、预览、取出、补打、导出，清出纸盘"

_NUMBER = argument("number", metavar="编号", help="纸面编号（20 位）")

#: What can be previewed, and the options each kind has.
_KINDS = {
    "notice": ("due",),
    "guidance": ("channel", "text", "entry"),
    "packing_list": (),
    "proof_of_service": ("recipient",),
    "dunning_letter": (),
}
_OPTIONS = ("due", "channel", "text", "entry", "recipient")
_GUIDES = "guidance 13502031012632400012 --channel online \\\n    --text 可以全程网办 --as 1001"
_PREVIEW = (
    argument(
        "kind",
        metavar="种类",
        choices=tuple(_KINDS),
        help="notice 一次性告知单，guidance 办事指引单，packing_list 内件清单，"
        "proof_of_service 送达回证，dunning_letter 催办函",
    ),
    argument("number", metavar="编号", help="办件编号，内件清单、催办函也可以是送件编号"),
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
    reason = argument("--reason", required=True, choices=tuple(papers.ENVELOPE_REASONS), help="补打事由代码")
    stock = argument("--stock", metavar="封套", help="换封套（other_stock）：换成哪种封套或标签")
    verbs.add(
        "reprint",
        _reprint,
        help="补打：新编号，副本 n，原件作废",
        shows="43502031012632400011 --reason jammed --as 1001",
        arguments=[_NUMBER, reason, stock],
    )
    _register_files(verbs)


def _register_files(verbs: Verbs) -> None:
    verbs.add(
        "export",
        _export,
        help="导出一个办件、封套或批次的全部纸面，供存档：PDF/A 文件和摘要清单",
        shows="13502031012632400012 --to 存档/13502031012632400012 --as 1001",
        arguments=[
            argument("number", metavar="编号", help="办件、封套或交寄批次的编号"),
            argument("--to", required=True, type=Path, metavar="目录", help="放到哪里：还没有的目录或空目录"),
        ],
    )
    verbs.add(
        "sweep",
        _sweep,
        help="清理本窗口的出纸盘：只清账上还能取出的纸面",
        shows=("--as 1001", "--older-than 24 --dry-run --as 1001"),
        arguments=[
            argument("--older-than", type=whole, default=0, metavar="小时", help="只清放了这么久的"),
            argument("--dry-run", action="store_true", help="只看会清掉哪些，不清"),
        ],
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
        case "dunning_letter":
            return previews.dunning_letter(desk, number)
    return previews.proof_of_service(desk, number, **given)


def _show(context: Context, args: Namespace) -> Result:
    desk = context.desk()
    paper, pdf = papers.pdf_of(desk, args.number)
    path = papers.tray_path(desk, paper)
    data = {**shown.record(paper), "path": path, "bytes": len(pdf), "sm3": papers.sm3(pdf)}
    return Result({"paper": data}, text=f"{word(paper.kind)} {paper.number}（{word(paper.state)}）：{path}")


def _reprint(context: Context, args: Namespace) -> Result:
    desk = context.desk()
    paper = papers.reprint(desk, args.number, reason=args.reason, stock=args.stock)
    data = {**shown.record(paper), "path": papers.path_of(desk, paper)}
    return Result(
        {"paper": data},
        text=f"已补打：{word(paper.kind)} {paper.number}，副本 {paper.copy}。原件已作废，请销毁。",
    )


def _export(context: Context, args: Namespace) -> Result:
    done = exports.export(context.desk(), args.number, args.to, progress=output.progress)
    rows = [
        (one.file.name if one.file else exports.NO_IMAGE, word(one.paper.kind), word(one.paper.state))
        for one in done.papers
    ]
    text = (
        f"已导出 {len(done.papers)} 张纸面到 {done.folder}，其中{exports.NO_IMAGE} {done.without_image} 张。"
        f"\n摘要在“{exports.LIST}”里。内容是明文，请妥善保管。\n"
    )
    data = {
        "folder": done.folder,
        "list": done.folder / exports.LIST,
        "papers": [_exported(one) for one in done.papers],
    }
    return Result(data, text=text + output.table(("文件", "种类", "状态"), rows))


def _exported(one: exports.Exported) -> dict[str, object]:
    name, stored, written = (one.file.name, one.file.original, one.file.exported) if one.file else (None,) * 3
    return {**shown.record(one.paper), "file": name, "sm3": stored, "file_sm3": written}


def _sweep(context: Context, args: Namespace) -> Result:
    found = tray.sweep(context.desk(), older_than=args.older_than, dry_run=args.dry_run)
    did = "会清掉" if args.dry_run else "已清掉"
    text = f"{did} {len(found.swept)} 个文件，留下 {len(found.kept)} 个。"
    if found.kept:
        rows = [(kept.name, tray.REASONS[kept.reason]) for kept in found.kept]
        text += f"\n{output.table(('留下的', '原因'), rows)}"
    data = {"swept": found.swept, "kept": [vars(kept) for kept in found.kept], "dry_run": args.dry_run}
    return Result(data, text=text)
