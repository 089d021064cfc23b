"""Noun `report` 监测: what supervisors and auditors look at; changes nothing, at most prints."""

from __future__ import annotations

from argparse import Namespace

from workstation.acts import bypass, day_sheets, papers, whereabouts
from workstation.acts.bypass import Sign
from workstation.commands import day_figures, output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.times import minute

HELP = "监测：体外循环、日清单、邮件去向"

_LEGS = {"out": "去", "back": "回"}


def register(verbs: Verbs) -> None:
    """The reports there are."""
    since = argument("--since", metavar="日期", help="只看这一天起发生的，如 2026-11-01")
    until = argument("--until", metavar="日期", help="只看到这一天为止发生的")
    verbs.add(
        "bypass",
        _bypass,
        help="体外循环监测（值班长、审计员）",
        shows="--since 2026-11-01 --as 8001",
        arguments=[since, until],
    )
    verbs.add(
        "day",
        _day,
        help="日清单的数：当日办理、此刻的封套和待办、链首码（值班长、审计员）；日清用 day close",
        shows=("--as 2001", "--day 2026-11-20 --print --as 2001"),
        arguments=[
            argument("--day", metavar="日期", help="哪一天，如 2026-11-20；不写是今天"),
            argument("--print", action="store_true", help="出具日清单（值班长）"),
        ],
    )
    verbs.add(
        "mail",
        _mail,
        help="邮件去向：每个封套、每件回寄的结果现在在哪里，说不清的排在最前",
        shows="--as 2001",
    )


def _mail(context: Context, _: Namespace) -> Result:
    report = whereabouts.report(context.desk(), policy=context.open().settings.mail)
    rows = [
        (line.number, _LEGS[line.leg], line.office, line.said, line.waybill or "") for line in report.lines
    ]
    counts = "，".join(f"{whereabouts.REASONS[reason][0]} {n} 件" for reason, n in report.counts.items())
    head = f"在途 {len(report.lines)} 件{'：' if counts else ''}{counts}。"
    data = {
        "mail": [{**vars(line), "said": line.said} for line in report.lines],
        "counts": dict(report.counts),
        "unexplained": len(report.unexplained),
    }
    return Result(data, text=f"{head}\n{output.table(('编号', '路程', '属地', '去向', '运单'), rows)}")


def _bypass(context: Context, args: Namespace) -> Result:
    policy = context.open().settings.bypass
    found = bypass.report(context.desk(), since=args.since, until=args.until, policy=policy)
    signs = {kind: getattr(found, kind) for kind in bypass.KINDS}
    data = {kind: [_record(sign) for sign in of_kind] for kind, of_kind in signs.items()}
    return Result(data, text="\n\n".join(_section(kind, signs[kind]) for kind in bypass.KINDS))


def _section(kind: str, signs: list[Sign]) -> str:
    head = f"{bypass.KINDS[kind]}：{len(signs)} 件"
    if not signs:
        return head
    rows = [(s.case_number, s.clerk, minute(s.since), f"{s.days} 天", "、".join(s.rows)) for s in signs]
    return f"{head}\n{output.table(('办件', '首问责任人', '自', '已', '材料行'), rows)}"


def _record(sign: Sign) -> dict[str, object]:
    return {
        "case_number": sign.case_number,
        "clerk": sign.clerk,
        "since": shown.time(sign.since),
        "days": sign.days,
        "rows": list(sign.rows),
    }


def _day(context: Context, args: Namespace) -> Result:
    desk = context.desk()
    if not args.print:
        sheet = day_sheets.of(desk, args.day)
        titles = day_sheets.titles(desk, sheet.figures)
        return Result({"day": day_figures.data(sheet)}, text=day_figures.told(sheet, titles))
    paper = day_sheets.print_sheet(desk, args.day)
    data = {**shown.record(paper), "path": papers.path_of(desk, paper)}
    text = f"已出具日清单 {paper.number}（{paper.object}）\n{papers.where(desk, paper)}"
    return Result({"paper": data}, text=text)
