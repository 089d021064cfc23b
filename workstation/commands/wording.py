"""Noun `wording` 文书措辞: the texts of the papers: looked at, tried, put in force, back to the shipped."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from workstation.acts import table_files, trials, wordings
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.times import minute
from workstation.domain.wording import Wording
from workstation.domain.words import word

HELP = "文书措辞：列出、查看、试排、启用本大厅的文字，恢复系统原文"

_DOCUMENT = argument("document", metavar="文书", help="文书代码，如 notice；用 wording list 列出")
_FILE = argument("--file", metavar="文件", required=True, help="写好的文字（UTF-8）；- 读标准输入")
_SHOWN = 12


def register(verbs: Verbs) -> None:
    """The verbs of a wording."""
    _looking(verbs)
    two = "值班长；系统管理员须值班长为第二人"
    pdf = argument("--pdf", metavar="文件", type=Path, help="把样张写成这个 PDF 文件")
    force = argument("--force", action="store_true", help="已有同名文件时替换它")
    verbs.add(
        "try",
        _try,
        help="用样例内容试排一份文字，什么也不改",
        shows="notice --file 告知单.md --pdf 样张.pdf --as 2001",
        arguments=[_DOCUMENT, _FILE, pdf, force],
    )
    verbs.add(
        "set",
        _set,
        help=f"启用一份文字：以后的纸用它，以前的纸补打仍用原来的（{two}）",
        shows="notice --file 告知单.md --as 2001",
        arguments=[_DOCUMENT, _FILE],
    )
    verbs.add("reset", _reset, help=f"恢复系统原文（{two}）", shows="notice --as 2001", arguments=[_DOCUMENT])


def _looking(verbs: Verbs) -> None:
    of = argument("document", metavar="文书", nargs="?", help="只看这种文书：现用的和以前用过的各份")
    verbs.add(
        "list",
        _list,
        help="列出各种文书现用哪一份文字",
        shows=("--as 2001", "notice --as 2001"),
        arguments=[of],
    )
    digest = argument("--digest", metavar="摘要", help=f"以前的一份：摘要的前 {wordings.SHORTEST} 位或更多")
    verbs.add(
        "show",
        _show,
        help="显示现用的文字，可存成文件再编辑",
        shows=("notice --as 2001", "notice --digest 0123456789ab --as 2001"),
        arguments=[_DOCUMENT, digest],
    )
    verbs.add(
        "facts",
        _facts,
        help="列出文字里可以写的事实：名称、含义、样例",
        shows="notice --as 2001",
        arguments=[_DOCUMENT],
    )


def _list(context: Context, args: Namespace) -> Result:
    desk = context.desk()
    found = wordings.all_of(desk, args.document) if args.document else wordings.listed(desk)
    rows = [(one.document, word(one.document), *_standing(one)) for one in found]
    text = output.table(("代码", "文书", "文字", "自", "启用人", "摘要"), rows)
    return Result({"wordings": [_data(one) for one in found]}, text=text)


def _show(context: Context, args: Namespace) -> Result:
    found = wordings.show(context.desk(), args.document, args.digest)
    # Nothing but the text, so that it can be sent into a file and edited.
    return Result({"wording": {**_data(found), "text": found.text}}, text=found.text.rstrip("\n"))


def _facts(context: Context, args: Namespace) -> Result:
    context.desk()
    found = wordings.facts(args.document)
    rows = [(f"{{{{{one.name}}}}}", one.label, one.sample) for one in found]
    data = [{"name": one.name, "label": one.label, "sample": one.sample} for one in found]
    return Result({"facts": data}, text=output.table(("写法", "含义", "样例"), rows))


def _try(context: Context, args: Namespace) -> Result:
    context.desk()
    trial = trials.tried(args.document, _given(args.file))
    path = table_files.save(args.pdf, trial.pdf, force=args.force) if args.pdf else None
    told = f"样张已写到 {path}。" if path else "加上 --pdf 可写出样张。"
    data = {"document": trial.document, "text": trial.preview, "copies": list(trial.copies), "pdf": path}
    return Result({"trial": data}, text=f"{trial.preview}\n这份文字可以启用；现在还没有启用。{told}")


def _set(context: Context, args: Namespace) -> Result:
    wording = wordings.set_wording(context.desk(), args.document, _given(args.file))
    return _said(wording, "已启用；以前打印的补打时仍用原来的文字")


def _reset(context: Context, args: Namespace) -> Result:
    return _said(wordings.reset_wording(context.desk(), args.document), "已恢复系统原文")


def _given(file: str) -> str:
    """The text of a file, or what is on standard input."""
    if file != "-":
        return trials.taken(Path(file))
    return trials.taken(sys.stdin.buffer.read(trials.LARGEST + 1) if sys.stdin else b"")


def _said(wording: Wording, told: str) -> Result:
    text = f"{word(wording.document)}：{told}（摘要 {wording.digest[:_SHOWN]}）。"
    return Result({"wording": _data(wording)}, text=text)


def _standing(one: Wording) -> tuple[str, str, str, str]:
    return word(one.state), minute(one.since) if one.since else "", one.by, one.digest[:_SHOWN]


def _data(one: Wording) -> dict[str, object]:
    return {
        "document": one.document,
        "title": word(one.document),
        "digest": one.digest,
        "state": one.state,
        "since": shown.time(one.since or None),
        "by": one.by or None,
        "second": one.second,
    }
