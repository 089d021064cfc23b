"""Noun `doing` 今日办理: what was written and printed at this window today, and what waits."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from workstation.acts import doings
from workstation.acts.doings import Doings
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument, whole
from workstation.commands.session import Context
from workstation.domain.paper import Paper
from workstation.domain.times import local, minute
from workstation.domain.words import word

HELP = "今日办理：本窗口今天写了什么、出了什么纸、还等什么"

_FLAGS = {"clock": "时钟曾回拨", "clock_accepted": "时钟回拨已确认"}


def register(verbs: Verbs) -> None:
    """The one verb."""
    count = argument("--count", type=whole, default=100, metavar="条数", help="最多列出几条（缺省 100）")
    verbs.add("list", _list, help="列出本窗口今天的办理", shows="--count 20 --as 1001", arguments=[count])


def _list(context: Context, args: Namespace) -> Result:
    found = doings.listed(context.desk(), count=args.count)
    sections = (_entries(found), _papers("今天的纸面", found.papers), *_still(found), _left(found))
    return Result(_plain(found), text="\n\n".join(sections))


def _entries(found: Doings) -> str:
    rows = [
        (f"{local(e.at):%H:%M:%S}", word(e.act), e.object, e.operator, e.second, _FLAGS.get(e.flag or ""))
        for e in found.entries
    ]
    head = f"{found.day.isoformat()} 的办理：{len(rows)} 条{'（更早的没有列出）' if found.more else ''}"
    return f"{head}\n{output.table(('时间', '办理', '对象', '经办', '复核', '备注'), rows)}"


def _papers(head: str, papers: Sequence[Paper]) -> str:
    rows = [(minute(p.promised_at), word(p.kind), p.number, word(p.state)) for p in papers]
    return f"{head}：{len(rows)} 张\n{output.table(('时间', '种类', '编号', '状态'), rows)}"


def _still(found: Doings) -> list[str]:
    sections = [_papers("还没有出的纸", found.promised)] if found.promised else []
    if found.waiting:
        rows = [(w.id, word(w.act), w.by, minute(w.at)) for w in found.waiting]
        table = output.table(("编号", "办理", "经办", "时间"), rows)
        sections.append(f"待第二人确认：{len(rows)} 件\n{table}")
    return sections


def _left(found: Doings) -> str:
    drafts = "读不出来" if found.drafts is None else f"{found.drafts} 份"
    return f"未了结的待办：{found.open_tasks} 件；草稿：{drafts}。"


def _plain(found: Doings) -> dict[str, object]:
    return {
        "day": found.day.isoformat(),
        "entries": [shown.record(entry) for entry in found.entries],
        "more": found.more,
        "papers": [shown.record(paper) for paper in found.papers],
        "promised": [shown.record(paper) for paper in found.promised],
        "waiting": [shown.record(waiting) for waiting in found.waiting],
        "open_tasks": found.open_tasks,
        "drafts": found.drafts,
    }
