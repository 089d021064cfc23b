"""Noun `worklist` 工作清单: what the counter works through, and how much of it there is."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError, Namespace

from workstation.acts import worklists
from workstation.acts.worklists import Key, Line, Worklist
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument, whole
from workstation.commands.session import Context
from workstation.domain.times import minute
from workstation.domain.words import word

HELP = "工作清单：按状态逐页列出，各有多少件"

_KEY = re.compile(r"([0-9]{1,15}):([!-~]{1,80})")


def register(verbs: Verbs) -> None:
    """The verbs of the worklists."""
    verbs.add("counts", _counts, help="各清单有多少件", shows="--as 1001")
    lists = argument("list", metavar="清单", choices=tuple(Worklist), help=f"清单：{'、'.join(Worklist)}")
    count = argument("--count", type=whole, default=100, metavar="件数", help="一页几件，至多 1000")
    after = argument("--after", type=_key, metavar="位置", help="从这里往后：上一页 more_after 给出的位置")
    verbs.add(
        "show",
        _show,
        help="列出一页，最新的在前",
        shows=("registered --as 1001", "accepted --count 20 --as 1001"),
        arguments=[lists, count, after],
    )


def _counts(context: Context, _: Namespace) -> Result:
    found = worklists.counts(context.desk())
    rows = [(worklists.title(name), worklists.counted(n), name) for name, n in found.items()]
    lists = [
        {
            "list": name,
            "title": worklists.title(name),
            "count": min(n, worklists.MOST),
            "more": n > worklists.MOST,
        }
        for name, n in found.items()
    ]
    return Result({"lists": lists}, text=output.table(("清单", "件数", "代码"), rows))


def _show(context: Context, args: Namespace) -> Result:
    page = worklists.page(context.desk(), args.list, after=args.after, count=args.count)
    following = _text(page.lines[-1].key) if page.lines and page.more_after else None
    data = {"lines": [_record(line) for line in page.lines], "more_after": following}
    return Result(data, text="\n".join(_told(args.list, page.lines, following)))


def _told(name: str, lines: tuple[Line, ...], following: str | None) -> list[str]:
    heads = ("编号", "状态", "事项", "申请人", "业务属地", "自", "经办")
    rows = [(x.id, word(x.state), x.title, x.applicant, x.office, minute(x.at), x.by) for x in lines]
    said = [output.table(heads, rows)] if lines else [f"“{worklists.title(name)}”里没有。"]
    return [*said, f"后面还有：加 --after {following}"] if following else said


def _record(line: Line) -> dict[str, object]:
    return {**shown.record(line), "key": _text(line.key)}


def _text(key: Key) -> str:
    at, beside = key
    return f"{at}:{beside}"


def _key(text: str) -> Key:
    """A position as `more_after` gives it."""
    found = _KEY.fullmatch(text)
    if found is None:
        raise ArgumentTypeError("须为上一页给出的位置")
    return int(found[1]), found[2]
