"""Noun `journal` 留痕账: verify, list, anchor."""

from __future__ import annotations

from argparse import Namespace

from workstation.acts import verification, viewing
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument, whole
from workstation.commands.session import Context
from workstation.domain.journal import Entry
from workstation.domain.times import minute
from workstation.domain.words import word

HELP = "留痕账：核验、列出、链首码"


def register(verbs: Verbs) -> None:
    """The verbs of the journal."""
    verbs.add("verify", _verify, help="核验全账：链、逐条推算、与各表比对；不须登录", shows="")
    after = argument("--after", type=whole, default=0, metavar="序号", help="从这一条之后列起")
    count = argument("--count", type=whole, default=100, metavar="条数", help="最多列出几条")
    of = argument("--of", metavar="编号", help="只列提到这个编号的")
    verbs.add(
        "list", _list, help="列出", shows="--of 13502031012632400012 --as 8001", arguments=[after, count, of]
    )
    verbs.add("anchor", _anchor, help="链首码（40 位）", shows="")


def _verify(context: Context, _: Namespace) -> Result:
    outcome = verification.verify(context.reading_desk())
    difference = outcome.difference
    data = {
        "verified": outcome.verified,
        "entries": outcome.entries,
        "anchor": outcome.anchor,
        "difference": difference.as_dict() if difference else None,
    }
    if difference is None:
        return Result(data, text=f"留痕账核验无误：{outcome.entries} 条，链首码 {outcome.anchor}。")
    said = f"第一处不符：{difference.where}\n账上应为：{difference.expected}\n实际为：{difference.found}"
    return Result(data, text=f"留痕账核验不符。\n{said}\n请停止使用，保留现场并联系审计员。", exit_code=3)


def _list(context: Context, args: Namespace) -> Result:
    entries = verification.listed(context.desk(), after=args.after, count=args.count, of=args.of)
    rows = [(e.seq, minute(e.at), word(e.act), e.operator, e.second, e.object) for e in entries]
    text = output.table(("序号", "时间", "办理", "经办", "复核", "对象"), rows)
    return Result({"entries": [_entry(entry) for entry in entries]}, text=text)


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "seq": entry.seq,
        "at": shown.time(entry.at),
        "act": entry.act,
        "operator": entry.operator,
        "second": entry.second,
        "window": entry.window,
        "object": entry.object,
        "flag": entry.flag,
        "facts": viewing.told(entry),
        "hash": entry.hash.hex(),
    }


def _anchor(context: Context, _: Namespace) -> Result:
    anchor = verification.anchor(context.reading_desk())
    return Result({"anchor": anchor}, text=anchor)
