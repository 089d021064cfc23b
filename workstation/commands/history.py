"""Noun `history` 旧台账: the hall's old Excel ledger taken in, looked through and found in."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from forms.rescue.lines import Why
from workstation.acts import ledger_columns, old_cases, rescue
from workstation.acts.ledger_columns import FIELDS
from workstation.acts.rescue import REASONS, Preview, Rescued
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.history import OldCase, Rescue
from workstation.domain.times import minute
from workstation.domain.words import word

HELP = "旧台账：导入以前的 Excel 台账，查找里面的旧办件"

_SOURCES = {"given": "按指定的列对应", "remembered": "按记住的列对应", "guessed": "按列名猜的，还没有人认可"}


def register(verbs: Verbs) -> None:
    """Take in, list, look, find."""
    verbs.add(
        "import",
        _import,
        help="导入旧台账：残损的只标记、不猜补；先用 --preview 看（值班长、系统管理员）",
        shows=("2023年台账.xlsx --preview --as 2001", "2023年台账.xlsx --map 经手部门=业务属地 --as 2001"),
        arguments=[
            argument("file", metavar="文件", type=Path, help="CSV 或 XLSX 表格，不超过 30 万行"),
            argument(
                "--map",
                metavar="旧列=字段",
                action="append",
                default=[],
                help=f"一列是什么，可写多次；字段：{'、'.join(FIELDS.values())}；“旧列=”不导入这一列；"
                f"字段后加“{ledger_columns.DOWN_WORD}”把合并单元格的文字填到下面各行",
            ),
            argument("--guessed", action="store_true", help="其余的列按列名猜的来（预览看过，猜得对）"),
            argument("--sheet", metavar="工作表", default="", help="工作簿里的哪一张；不写取第一张有文字的"),
            argument("--preview", action="store_true", help="只看会怎样，不导入"),
        ],
    )
    rescue_id = argument("rescue", metavar="导入号", nargs="?", help="列出这一次导入里残损的行")
    verbs.add(
        "list",
        _list,
        help="导入过的旧台账；给出导入号的，列出其中残损的行",
        shows=("--as 1001", "2026-11-20-1 --as 1001"),
        arguments=[rescue_id, argument("--after", metavar="行", default="", help="从这一行之后接着列")],
    )
    line = argument("id", metavar="旧件号", help="导入号:行号，如 2026-11-20-1:17")
    verbs.add(
        "show", _show, help="显示一件旧办件和它的残损", shows="2026-11-20-1:17 --as 1001", arguments=[line]
    )
    text = argument("text", metavar="文字", help="完整的姓名、证件号码、电话、旧编号或邮件号")
    verbs.add("find", _find, help="在旧台账里查找", shows="林示例 --as 1001", arguments=[text])


def _import(context: Context, args: Namespace) -> Result:
    desk, mapping = context.desk(), dict(map(ledger_columns.said, args.map))
    if args.preview:
        return _previewed(
            rescue.preview(desk, args.file, mapping, sheet=args.sheet, progress=output.progress)
        )
    return _imported(
        rescue.run(desk, args.file, mapping, sheet=args.sheet, guessed=args.guessed, progress=output.progress)
    )


def _previewed(found: Preview) -> Result:
    rows = [
        (head.name, ledger_columns.called(head.column) if head.column else "（不导入）", head.sample)
        for head in found.heads
    ]
    lines = [
        f"{found.name}　{found.sheet}　{_SOURCES[found.source]}：",
        output.table(("列", "字段", "第一格"), rows),
        f"表头下面 {found.lines} 行，导入 {found.taken} 行，其中 {found.flagged} 行有残损。还没有导入。",
        *_counts(found.flags, found.left),
        *(["前几行（遮盖）："] if found.first else []),
        *("　".join(cells.values()) for cells in found.first),
    ]
    if found.begun:
        lines.append(f"这个文件导入过一部分（{found.begun.id}，{found.begun.taken} 行），再导入就接着来。")
    data = {
        "name": found.name,
        "sheet": found.sheet,
        "source": found.source,
        "heads": [vars(head) for head in found.heads],
        "lines": found.lines,
        "taken": found.taken,
        "flagged": found.flagged,
        "flags": found.flags,
        "left_out": found.left,
        "first": found.first,
        "begun": found.begun and shown.record(found.begun),
    }
    return Result({"preview": data}, text="\n".join(lines))


def _imported(found: Rescued) -> Result:
    one = found.rescue
    left = rescue.left_counts(found.left)
    lines = [
        f"已导入旧台账 {one.id}：{one.taken} 行，其中 {one.flagged} 行有残损，没有导入 {one.left_out} 行。",
        *_counts(found.flags, left),
    ]
    if found.report:
        lines.append(f"没有导入的行列在：{found.report}")
    data = {
        "rescue": shown.record(one),
        "flags": found.flags,
        "left_out": left,
        "report": found.report,
    }
    return Result(data, text="\n".join(lines))


def _counts(flags: Mapping[str, int], left: Mapping[str, int]) -> list[str]:
    told = [f"　{old_cases.told(flag)}：{count} 行" for flag, count in sorted(flags.items())]
    return [*told, *(f"　不导入，{REASONS[Why(why)]}：{count} 行" for why, count in sorted(left.items()))]


def _list(context: Context, args: Namespace) -> Result:
    desk = context.desk()
    if args.rescue:
        one = old_cases.rescue(desk, args.rescue)
        lines = old_cases.flagged(desk, one.id, after=args.after)
        text = "\n".join([_line(one), _table(lines) if lines else "没有（更多）残损的行。"])
        return Result({"rescue": shown.record(one), "old_cases": [_data(old) for old in lines]}, text=text)
    found = old_cases.listed(desk)
    text = "\n".join(map(_line, found)) or "还没有导入过旧台账。"
    return Result({"rescues": [shown.record(one) for one in found]}, text=text)


def _line(one: Rescue) -> str:
    return (
        f"{one.id}　{word(one.state)}　{one.taken} 行　残损 {one.flagged}　未导入 {one.left_out}　"
        f"{minute(one.changed_at)} {one.changed_by}"
    )


def _show(context: Context, args: Namespace) -> Result:
    old = old_cases.one(context.desk(), args.id)
    lines = [f"旧台账 {old.id}（只供查阅，不能办理）"]
    lines += [f"{FIELDS[field]}：{text}" for field, text in old_cases.cells(old).items()]
    lines += [f"! {told}" for told in old_cases.flags_of(old)]
    return Result({"old_case": _data(old)}, text="\n".join(lines))


def _find(context: Context, args: Namespace) -> Result:
    found = old_cases.found(context.desk(), args.text)
    return Result({"old_cases": [_data(old) for old in found]}, text=_table(found) if found else "没有找到。")


def _table(found: list[OldCase]) -> str:
    rows = []
    for old in found:
        cells = old_cases.cells(old)
        there = (cells.get(name, "") for name in ("number", "received_on", "item", "applicant_name"))
        rows.append((old.id, *there, "；".join(old_cases.flags_of(old))))
    return output.table(("旧件号", "编号", "收件日期", "事项", "申请人", "残损"), rows)


def _data(old: OldCase) -> dict[str, object]:
    return shown.record(old) | {"remark": old_cases.cells(old).get("remark")}
