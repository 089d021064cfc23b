"""Noun `sampling` 抽查: draw a sample, note what was found, choose it anew from its seed."""

from __future__ import annotations

from argparse import Namespace

from workstation.acts import papers, sampling
from workstation.acts.facts import sampling_sheet
from workstation.acts.sampling import SampleFile
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument, whole
from workstation.commands.session import Context
from workstation.domain.times import minute
from workstation.domain.words import word

HELP = "抽查：抽取样本、登记结果、按种子重算、出具抽查单"

_SAMPLE = argument("sample", metavar="抽查编号", help="如 2026-11-20-1")


def register(verbs: Verbs) -> None:
    """The verbs of a sample."""
    verbs.add(
        "draw",
        _draw,
        help="从登记的办件里按比例随机抽取，有标记的一律抽出（值班长）",
        shows="--since 2026-11-20 --until 2026-11-20 --as 2001",
        arguments=[
            argument("--since", required=True, metavar="日期", help="从哪一天登记的"),
            argument("--until", required=True, metavar="日期", help="到哪一天登记的"),
            argument("--per-mille", type=whole, metavar="千分数", help="随机比例；不写按设置"),
            argument("--seed", metavar="数字", help="种子；不写用此刻的链首码"),
        ],
    )
    count = argument("--count", type=whole, default=60, metavar="条数", help="最多列出几条")
    verbs.add("list", _list, help="历次抽查，最近的在前", shows="--as 2001", arguments=[count])
    verbs.add("show", _show, help="一次抽查的办件和结果", shows="2026-11-20-1 --as 2001", arguments=[_SAMPLE])
    verbs.add(
        "find",
        _find,
        help="登记一件的结果（值班长）",
        shows="2026-11-20-1 13502031012632400012 --finding sound --as 2001",
        arguments=[
            _SAMPLE,
            argument("case", metavar="编号", help="办件编号"),
            argument(
                "--finding",
                required=True,
                choices=sampling.FINDINGS,
                help="，".join(f"{code} {word(code)}" for code in sampling.FINDINGS),
            ),
            argument("--note", metavar="问题", help="是什么问题，不写姓名和证件号码"),
        ],
    )
    verbs.add(
        "recompute",
        _recompute,
        help="按种子重算，看抽出的是不是这些",
        shows="2026-11-20-1 --as 2001",
        arguments=[_SAMPLE],
    )
    verbs.add(
        "sheet", _sheet, help="出具抽查单（值班长）", shows="2026-11-20-1 --as 2001", arguments=[_SAMPLE]
    )


def _draw(context: Context, args: Namespace) -> Result:
    file = sampling.draw(
        context.desk(),
        args.since,
        args.until,
        policy=context.open().settings.sampling,
        per_mille=args.per_mille,
        seed=args.seed,
    )
    return Result({"sample": _data(file)}, text=f"已抽取：{_told(file)}")


def _list(context: Context, args: Namespace) -> Result:
    found = sampling.listed(context.desk(), count=args.count)
    heads = ("抽查编号", "期间", "登记", "比例", "抽出", "未登记结果", "抽取时间")
    rows = [
        (
            file.sample.id,
            f"{file.sample.since} 至 {file.sample.until}",
            file.sample.population,
            f"{file.sample.share}‰",
            len(file.lines),
            file.left,
            minute(file.sample.drawn_at),
        )
        for file in found
    ]
    text = output.table(heads, rows) if found else "还没有抽查过。"
    return Result({"samples": [_data(file) for file in found]}, text=text)


def _show(context: Context, args: Namespace) -> Result:
    file = sampling.file(context.desk(), args.sample)
    return Result({"sample": _data(file)}, text=_told(file))


def _told(file: SampleFile) -> str:
    sample = file.sample
    head = (
        f"抽查 {sample.id}：{sample.since} 至 {sample.until} 登记 {sample.population} 件，"
        f"随机 {sample.share}‰，抽出 {len(file.lines)} 件，未登记结果 {file.left} 件\n种子 {sample.seed}"
    )
    rows = [tuple(row.values()) for row in sampling_sheet.rows(file)]
    return f"{head}\n{output.table(('办件', '为何抽出', '结果', '问题', '查看人'), rows)}"


def _data(file: SampleFile) -> dict[str, object]:
    lines = [{**shown.record(line), "chosen": line.chosen.split(",")} for line in file.lines]
    sample = file.sample
    return {**shown.record(sample), "digest": sample.digest, "left": file.left, "cases": lines}


def _find(context: Context, args: Namespace) -> Result:
    line = sampling.find(context.desk(), args.sample, args.case, finding=args.finding, note=args.note)
    text = f"已登记抽查结果：{line.case_number} {word(line.finding or '')}"
    return Result({"line": shown.record(line)}, text=text)


def _recompute(context: Context, args: Namespace) -> Result:
    again = sampling.recompute(context.desk(), args.sample)
    sample = again.file.sample
    data = {
        "sample": sample.id,
        "agrees": again.agrees,
        "population": again.population,
        "same_list": again.is_same_list,
        "missing": list(again.missing),
        "extra": list(again.extra),
    }
    if again.agrees:
        return Result({"recomputed": data}, text=f"按种子 {sample.seed} 重算，随机抽出的办件相同。")
    said = [
        ""
        if again.is_same_list
        else f"登记的办件已不同：抽取时 {sample.population} 件，现在 {again.population} 件。",
        f"按种子应抽而没有：{'、'.join(again.missing)}。" if again.missing else "",
        f"按种子不应抽而有：{'、'.join(again.extra)}。" if again.extra else "",
    ]
    text = "\n".join(
        ["重算与抽查不符。", *filter(None, said), "请停止使用，核验留痕账。（命令：journal verify）"]
    )
    return Result({"recomputed": data}, text=text, exit_code=3)


def _sheet(context: Context, args: Namespace) -> Result:
    desk = context.desk()
    paper = sampling.print_sheet(desk, args.sample)
    data = {**shown.record(paper), "path": papers.path_of(desk, paper)}
    return Result({"paper": data}, text=f"已出具抽查单 {paper.number}\n{papers.where(desk, paper)}")
