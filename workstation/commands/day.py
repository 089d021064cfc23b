"""Noun `day` 日清: what is unexplained, closing a day, opening it again."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Mapping, Sequence

from workstation.acts import day_closes, day_sheets, papers, unexplained
from workstation.acts.day_closes import DayFile
from workstation.acts.unexplained import Said, Unexplained
from workstation.commands import day_figures, output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Argument, Verbs, argument, whole
from workstation.commands.session import Context
from workstation.domain.day_close import DayClose
from workstation.domain.times import minute
from workstation.domain.words import word

HELP = "日清：说不清的事项、关闭当日、重开"

_DAY = argument("--day", metavar="日期", help="哪一天，如 2026-11-20；不写是今天")


def register(verbs: Verbs) -> None:
    """The verbs of a day."""
    verbs.add(
        "unexplained",
        _unexplained,
        help="说不清的封套、纸面、批次、待办，各在哪里；核清或说明之后才能日清",
        shows="--as 2001",
        arguments=[_DAY],
    )
    verbs.add(
        "explain",
        _explain,
        help="写明为什么可以过夜（值班长），印在日清单上",
        shows="envelope 23502031012632400018 --reason next_pickup --as 2001",
        arguments=[
            argument(
                "kind", metavar="种类", choices=tuple(unexplained.KINDS), help=_codes(unexplained.KINDS)
            ),
            argument("object", metavar="编号", help="“day unexplained”列出的编号"),
            _reason(unexplained.REASONS),
            argument("--note", metavar="说明", help="写明情况，不写姓名和证件号码"),
            _DAY,
        ],
    )
    verbs.add(
        "close",
        _close,
        help="日清（值班长）：出具日清单，当日不再登记办理",
        shows=("--as 2001", "--day 2026-11-20 --as 2001"),
        arguments=[_DAY],
    )
    _looking(verbs)


def _looking(verbs: Verbs) -> None:
    verbs.add(
        "reopen",
        _reopen,
        help="重开已日清的一天（值班长，须第二人）",
        shows="2026-11-20 --reason forgotten --as 2001 --second 1001",
        arguments=[
            argument("day", metavar="日期", help="哪一天，如 2026-11-20"),
            _reason(day_closes.REASONS),
            argument("--note", metavar="说明", help="写明情况，不写姓名和证件号码"),
        ],
    )
    verbs.add(
        "show", _show, help="一天的日清和现在的数", shows="--day 2026-11-20 --as 2001", arguments=[_DAY]
    )
    count = argument("--count", type=whole, default=60, metavar="条数", help="最多列出几条")
    verbs.add("list", _list, help="历次日清，最近的在前", shows="--as 2001", arguments=[count])


def _reason(words: Mapping[str, str]) -> Argument:
    return argument("--reason", required=True, choices=tuple(words), help=_codes(words))


def _codes(words: Mapping[str, str]) -> str:
    return "，".join(f"{code} {said}" for code, said in words.items())


def _unexplained(context: Context, args: Namespace) -> Result:
    policy = context.open().settings.mail
    found = unexplained.listed(context.desk(), policy=policy, day=args.day)
    dark = sum(one.explained is None for one in found)
    data = {"unexplained": [_thing(one) for one in found], "count": dark}
    if not found:
        return Result(data, text="没有说不清的事项，可以日清。")
    rows = [(unexplained.KINDS[one.kind], one.object, one.place, one.said, _explained(one)) for one in found]
    table = output.table(("种类", "编号", "在哪里", "说不清什么", "说明"), rows)
    return Result(data, text=f"说不清的 {dark} 件，已说明的 {len(found) - dark} 件\n{table}")


def _explained(one: Unexplained) -> str:
    return unexplained.REASONS[one.explained.reason] if one.explained else ""


def _thing(one: Unexplained) -> dict[str, object]:
    return {
        "kind": one.kind,
        "object": one.object,
        "place": one.place,
        "why": one.why,
        "said": one.said,
        "next": one.then,
        "explained": shown.record(one.explained) if one.explained else None,
    }


def _explain(context: Context, args: Namespace) -> Result:
    said = unexplained.explain(
        context.desk(),
        args.kind,
        args.object,
        Said(args.reason, args.note),
        policy=context.open().settings.mail,
        day=args.day,
    )
    thing = f"{unexplained.KINDS[said.kind]} {said.object}"
    text = f"已说明：{thing}（{unexplained.REASONS[said.reason]}），{said.day}"
    return Result({"reason": shown.record(said)}, text=text)


def _close(context: Context, args: Namespace) -> Result:
    desk = context.desk()
    close = day_closes.close(desk, args.day, policy=context.open().settings.mail)
    paper = day_closes.sheet_of(desk, close)
    data = {**_data(close), "path": papers.path_of(desk, paper)}
    text = (
        f"{close.day} 已日清（第 {day_sheets.ordinal(close)} 次），日清单 {close.paper}\n"
        f"链首码 {day_closes.grouped(close.anchor)}（到第 {close.entries} 条）\n{papers.where(desk, paper)}"
    )
    return Result({"close": data}, text=text)


def _reopen(context: Context, args: Namespace) -> Result:
    close = day_closes.reopen(context.desk(), args.day, reason=args.reason, note=args.note)
    text = f"{close.day} 已重开，日清单 {close.paper} 作废；补登之后请再日清。"
    return Result({"close": _data(close)}, text=text)


def _show(context: Context, args: Namespace) -> Result:
    desk = context.desk()
    file = day_closes.file(desk, args.day)
    titles = day_sheets.titles(desk, file.sheet.figures)
    data = {
        "day": file.day,
        "closed": file.sheet.close is not None,
        "closes": [_data(close) for close in file.closes],
        "figures": day_closes.figures(file.sheet),
        "journal": {"entries": file.sheet.entries, "anchor": file.sheet.anchor},
    }
    return Result({"day": data}, text=f"{_standing(file)}\n\n{day_figures.told(file.sheet, titles)}")


def _standing(file: DayFile) -> str:
    if not file.closes:
        return f"{file.day}：没有日清。"
    return _table(file.closes[::-1])


def _list(context: Context, args: Namespace) -> Result:
    found = day_closes.listed(context.desk(), count=args.count)
    left = day_closes.open_days(context.desk())
    told = f"\n办过件而没有日清的：{'、'.join(left)}" if left else ""
    text = f"{_table(found)}{told}" if found else "还没有日清过。"
    return Result({"closes": [_data(close) for close in found], "open_days": left}, text=text)


def _table(closes: Sequence[DayClose]) -> str:
    heads = ("日期", "第几次", "情况", "日清时间", "值班长", "日清单", "重开")
    rows = [
        (
            close.day,
            day_sheets.ordinal(close),
            word(close.state),
            minute(close.closed_at),
            close.closed_by,
            close.paper,
            _reopened(close),
        )
        for close in closes
    ]
    return output.table(heads, rows)


def _reopened(close: DayClose) -> str:
    if close.reopened_at is None:
        return ""
    reason = day_closes.REASONS.get(close.reason or "", "")
    return f"{minute(close.reopened_at)} {close.reopened_by}、{close.second}：{reason}"


def _data(close: DayClose) -> dict[str, object]:
    return {**shown.record(close), "figures": json.loads(close.figures)}
