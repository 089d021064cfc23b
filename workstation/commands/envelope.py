"""Noun `envelope` 封套: pack, seal, bind its waybill, reopen, void, trouble."""

from __future__ import annotations

from argparse import Namespace

from workstation.acts import packing, sealing, troubles, viewing, waybills
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.envelope import Envelope
from workstation.domain.words import word

HELP = "封套：装袋、封装、绑运单、拆封、作废、邮件异常、查看"

_SAMPLE = "23502031012632400018"
#: An example of each verb.
_SHOWS: dict[str, str | tuple[str, ...]] = {
    "pack": "13502031012632400012 --as 1001",
    "seal": f"{_SAMPLE} 43502031012632400011 --place A-01 --no-secret \\\n    --as 1001",
    "bind": (
        f"{_SAMPLE} 1136281381675 --as 1001",
        f"{_SAMPLE} 1136281381675 --how typed --instead \\\n    --as 1001 --second 1002",
    ),
    "reopen": f"{_SAMPLE} --reason paper_missing --as 1001 --second 1002",
    "void": f"{_SAMPLE} --reason damaged --as 1001 --second 1002",
    "trouble": f"{_SAMPLE} --kind sent_back --as 1001",
    "resolve": f"{_SAMPLE} --outcome repack --as 1001",
    "show": f"{_SAMPLE} --as 1001",
}

_NUMBER = argument("number", metavar="编号", help="封套编号，或它任何一张有效纸面的编号")
_REASON = argument("--reason", required=True, choices=tuple(packing.REASONS), help="事由代码")
_TEXT = argument("--text", help="说明")


def register(verbs: Verbs) -> None:
    """The verbs of an envelope."""
    verbs.add("pack", _pack, help="装袋：一个或多个寄往同一属地的送件", shows=_SHOWS["pack"], arguments=_PACK)
    verbs.add("seal", _seal, help="封装：扫封套面和内件清单", shows=_SHOWS["seal"], arguments=_SEAL)
    verbs.add("bind", _bind, help="绑定封套上贴的运单", shows=_SHOWS["bind"], arguments=[_NUMBER, *_BIND])
    verbs.add(
        "reopen",
        _reopen,
        help="拆封（须第二人）",
        shows=_SHOWS["reopen"],
        arguments=[_NUMBER, _REASON, _TEXT],
    )
    verbs.add(
        "void",
        _void,
        help="作废（已封装的须第二人）",
        shows=_SHOWS["void"],
        arguments=[_NUMBER, _REASON, _TEXT],
    )
    verbs.add(
        "trouble",
        _trouble,
        help="登记邮件异常：退回、拒收、丢失、破损、错装等",
        shows=_SHOWS["trouble"],
        arguments=[_NUMBER, _KIND, _TEXT],
    )
    verbs.add(
        "resolve", _resolve, help="处理邮件异常", shows=_SHOWS["resolve"], arguments=[_NUMBER, _OUTCOME]
    )
    verbs.add("show", _show, help="显示一个封套", shows=_SHOWS["show"], arguments=[_NUMBER])


_PACK = (
    argument("consignments", nargs="+", metavar="送件", help="办件编号或送件编号（编号-序号）"),
    argument("--without", action="append", default=[], metavar="材料", help="不装的材料（须第二人）"),
)
_SEAL = (
    argument("face", metavar="封套面", help="封套面条码"),
    argument("packing_list", metavar="内件清单", help="内件清单条码"),
    argument("--place", required=True, help="货位"),
    argument("--inspected-by", metavar="工号", help="验视人，不写即经办人"),
    argument("--no-secret", action="store_true", help="已检查，无涉密材料"),
)
_KINDS = "、".join(f"{kind} {word(kind)}" for kind in troubles.KINDS)
_BIND = (
    argument("waybill", metavar="运单号", help="贴在封套上的运单的号码"),
    argument("--how", choices=waybills.HOW, default="scanned", help="typed 手工输入，须第二人"),
    argument("--instead", action="store_true", help="换贴了运单：原来的运单号不再用"),
)
_KIND = argument("--kind", required=True, choices=troubles.KINDS, help=_KINDS)
_OUTCOME = argument(
    "--outcome", required=True, choices=("repack", "withdrawal", "claim"), help="重新装袋、撤回、索赔"
)


def _pack(context: Context, args: Namespace) -> Result:
    desk = context.desk()
    envelope = packing.pack(desk, args.consignments, without=args.without)
    papers = viewing.envelope_file(desk, envelope.number).papers
    faces = "\n".join(f"  {word(paper.kind)} {paper.number}" for paper in papers)
    data = {"envelope": shown.record(envelope), "papers": [shown.record(paper) for paper in papers]}
    return Result(data, text=f"已装袋：{envelope.number} 寄往 {envelope.office_name}\n{faces}")


def _seal(context: Context, args: Namespace) -> Result:
    envelope = sealing.seal(
        context.desk(),
        args.face,
        args.packing_list,
        place=args.place,
        inspected_by=args.inspected_by,
        no_secret=args.no_secret,
    )
    return _done(envelope, f"已封装，货位 {envelope.place}")


def _bind(context: Context, args: Namespace) -> Result:
    bound = waybills.bind_envelope(
        context.desk(), args.number, waybill=args.waybill, how=args.how, instead=args.instead
    )
    return Result({"waybill": shown.record(bound)}, text=f"已绑定：封套 {bound.object} 运单 {bound.number}")


def _reopen(context: Context, args: Namespace) -> Result:
    return _done(packing.reopen(context.desk(), args.number, reason=args.reason, text=args.text), "已拆封")


def _void(context: Context, args: Namespace) -> Result:
    return _done(packing.void(context.desk(), args.number, reason=args.reason, text=args.text), "已作废")


def _trouble(context: Context, args: Namespace) -> Result:
    return _done(troubles.trouble(context.desk(), args.number, kind=args.kind, text=args.text), "已登记异常")


def _resolve(context: Context, args: Namespace) -> Result:
    return _done(troubles.resolve(context.desk(), args.number, outcome=args.outcome), "异常已处理")


def _show(context: Context, args: Namespace) -> Result:
    file = viewing.envelope_file(context.desk(), args.number)
    lists = ("consignments", "papers", "waybills", "tasks")
    data: dict[str, object] = {name: [shown.record(r) for r in getattr(file, name)] for name in lists}
    faces = [(word(p.kind), p.number, word(p.state), p.copy) for p in file.papers]
    head = f"封套 {file.envelope.number}　{word(file.envelope.state)}　{file.envelope.office_name}"
    text = f"{head}\n\n{output.table(('纸面', '编号', '状态', '第几份'), faces)}"
    return Result({"envelope": shown.record(file.envelope), **data, "acts": list(file.acts)}, text=text)


def _done(envelope: Envelope, said: str) -> Result:
    return Result(
        {"envelope": shown.record(envelope)}, text=f"{said}：{envelope.number}（{word(envelope.state)}）"
    )
