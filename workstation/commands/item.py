"""Noun `item` 事项: the service items, their checklists, and what this hall says itself about them.

`list`, `show` and `find` need neither home nor operator; where there is a hall, they show what holds there.
"""

from __future__ import annotations

import argparse
import dataclasses
import re
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from forms import items
from forms.items import finder
from forms.items import guide as columns
from workstation.acts import catalogue, guides, hall_items, offices, refusals, table_files
from workstation.acts.desk import Desk
from workstation.acts.hall_items import Rate
from workstation.acts.inputs import EXAMPLE_ITEM, HallItem
from workstation.acts.table_files import Difference
from workstation.commands import output, parser, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument, whole
from workstation.commands.session import Context
from workstation.domain.guide import Guide, ItemVersion
from workstation.domain.times import minute
from workstation.domain.words import word
from workstation.errors import Explained, OutsideFailed, Refused
from workstation.reference import divisions

HELP = "事项：列出、查找、查看材料清单，导入办事指南，新增事项，更改办理方式，可通办率"

_ORIGINS = {
    items.Origin.GUIDE: "办事指南清单",
    items.Origin.JURISDICTION: "属地清单",
    items.Origin.ITEM: "事项清单",
    items.Origin.GENERIC: "通用清单",
}
_DEFINITION = (
    "没有查到全国统一口径，按本系统口径：期内登记的办件中，一次交件、未经一次性告知"
    "就通过形式审查或在窗口帮办的，占全部的比例"
)


@dataclass(frozen=True)
class _Known:
    """The items there are: by code, as they are found, and which of them the hall has said itself."""

    items: dict[str, items.Item]
    finder: finder.Finder
    own: frozenset[str] = frozenset()
    problem: Explained | None = None
    """Why the hall could not be asked."""


@dataclass(frozen=True)
class _Shown:
    """An item, the checklist that holds, and what the hall has said about both."""

    item: items.Item
    checklist: items.Checklist
    editions: Sequence[ItemVersion] = ()
    guides: Sequence[Guide] = ()
    problem: Explained | None = None


def register(verbs: Verbs) -> None:
    """The verbs of an item."""
    _looking(verbs)
    _guides(verbs)
    _saying(verbs)


_CODE = argument("code", metavar="代码", help="事项代码，如 59")
_SCOPE = "适用范围：部门代码、6 位行政区划代码，或 '*'（全部部门）"
_SOURCE = "来源：哪份文件或决定"
_DATE = "来源的日期，如 2026-11-01"


def _looking(verbs: Verbs) -> None:
    verbs.add("list", _list, help="列出事项", shows="")
    place = (
        _CODE,
        argument("--office", metavar="部门", help="业务属地部门的代码，如 450103-hz"),
        argument("--division", metavar="区划", type=_division, help="业务属地的行政区划代码，如 450103"),
    )
    verbs.add(
        "show", _show, help="显示一个事项和在用的材料清单", shows="63 --division 450103", arguments=place
    )
    query = argument(
        "query", metavar="文字", help="名称、名称中的字、拼音或拼音首字母，如 夫妻、户迁、fuqi、fqtk"
    )
    limit = argument("--limit", metavar="条数", type=whole, default=20, help="最多列出几条（默认 20）")
    verbs.add("find", _find, help="查找事项", shows="fqtk", arguments=[query, limit])
    code = argument(
        "code", metavar="代码", nargs="?", help=f"只看这个事项；不写则列出各事项。口径：{_DEFINITION}"
    )
    since = argument("--since", metavar="日期", help="只算这一天起登记的")
    until = argument("--until", metavar="日期", help="只算到这一天为止登记的")
    span = (code, since, until)
    shows = "63 --since 2026-11-01 --as 2001"
    verbs.add("rate", _rate, help="实时可通办率（本系统口径）", shows=shows, arguments=span)


def _guides(verbs: Verbs) -> None:
    heads = "、".join(head.name for head in columns.HEADS.values())
    reading = (
        argument("file", metavar="文件", type=Path, help=f"CSV 或 XLSX 表格；列：{heads}"),
        argument("--scope", metavar="范围", required=True, help=_SCOPE),
        argument("--source", metavar="文字", help=f"{_SOURCE}；导入时必填"),
        argument("--date", metavar="日期", help=f"{_DATE}；导入时必填"),
        argument("--preview", action="store_true", help="只看会改动什么，不导入"),
    )
    verbs.add(
        "import",
        _import,
        help="导入办事指南（值班长、系统管理员）",
        shows="清单.xlsx --scope 450103-hz --source 办事指南 --date 2026-11-01 --as 2001",
        arguments=reading,
    )
    writing = (
        argument("file", metavar="文件", type=Path, help="以 .csv 或 .xlsx 结尾"),
        argument("--scope", metavar="范围", help=f"{_SCOPE}；不写则导出本系统自带的清单，作为编辑的底稿"),
        argument("--item", metavar="代码", action="append", default=[], help="只导出这个事项，可写几次"),
        argument("--force", action="store_true", help="已有同名文件时替换它"),
    )
    verbs.add(
        "export", _export, help="导出材料清单，编辑后可再导入", shows="清单.xlsx --item 63", arguments=writing
    )


def _saying(verbs: Verbs) -> None:
    two = "值班长；系统管理员须值班长为第二人"
    verbs.add(
        "add",
        _add,
        help=f"新增本大厅的事项（{two}）",
        shows="--json - --as 2001 < 事项.json",
        reads=(HallItem, EXAMPLE_ITEM),
    )
    modes = "、".join(f"{mode} {items.MODE_WORDS[mode]}" for mode in items.Mode)
    mode = argument(
        "--mode",
        metavar="方式",
        action="append",
        required=True,
        choices=tuple(items.Mode),
        help=f"可写几次：{modes}",
    )
    source = argument("--source", metavar="文字", required=True, help=_SOURCE)
    date = argument("--date", metavar="日期", required=True, help=_DATE)
    verbs.add(
        "mode",
        _mode,
        help=f"更改办理方式（{two}）",
        shows="63 --mode collect_elsewhere --source 大厅决定 --date 2026-11-01 --as 2001",
        arguments=[_CODE, mode, source, date],
    )


def _list(context: Context, _: Namespace) -> Result:
    known = _known(context)
    return _listed(known, [*known.items.values()])


def _find(context: Context, args: Namespace) -> Result:
    known = _known(context)
    found = [known.items[entry.code] for entry in known.finder.find(args.query, args.limit)]
    if not found:
        text = "没有相符的事项。请换名称中的字、拼音或拼音首字母再找。"
        return Result({"items": []}, text=text + _told(known.problem))
    return _listed(known, found)


def _show(context: Context, args: Namespace) -> Result:
    if args.office and args.division:
        why = "--office 与 --division 只写一个；部门在哪个区划，目录里有。"
        raise parser.usage("office-or-division", why, "workstation item show")
    found = _found(context, args)
    data = {
        "item": _item(found.item),
        "checklist": _checklist(found.checklist),
        "editions": [shown.record(version) for version in found.editions],
        "guides": [shown.record(guide) for guide in found.guides],
    }
    parts = [_head(found), _papers(found), *_others(found)]
    return Result(data, text="\n\n".join(parts) + _told(found.problem))


def _rate(context: Context, args: Namespace) -> Result:
    desk, span = context.desk(), {"since": args.since, "until": args.until}
    if args.code:
        found = {args.code: hall_items.rate(desk, args.code, **span)}
    else:
        found = hall_items.rates(desk, **span)
    titles = _known(context).items
    rows = [(code, titles[code].title, r.cases, r.done_at_once, _share(r)) for code, r in found.items()]
    text = output.table(("代码", "事项", "办件", "一次办成", "可通办率"), rows)
    data = [
        {"code": code, "cases": r.cases, "done_at_once": r.done_at_once, "share": r.share}
        for code, r in found.items()
    ]
    return Result({"rates": data, **span}, text=f"{text}\n\n口径：{_DEFINITION}。")


def _import(context: Context, args: Namespace) -> Result:
    desk, name = context.desk(), args.file.name
    if args.preview:
        found = guides.preview(desk, name, args.file, scope=args.scope)
    else:
        found = guides.import_file(
            desk,
            name,
            args.file,
            scope=args.scope,
            source=_needed("--source", args.source),
            source_date=_needed("--date", args.date),
        )
    head = "只是预览，没有导入" if args.preview else "已导入"
    text = f"{head}（适用于{_scope(args.scope)}）：\n{table_files.summary(found, guides.HEADS)}"
    data = {"difference": _difference(found), "scope": args.scope, "imported": not args.preview}
    return Result(data, text=text)


def _export(context: Context, args: Namespace) -> Result:
    kind = table_files.kind_of(args.file)
    if args.scope:
        content = guides.export(context.reading_desk(), args.scope, kind, args.item)
    else:
        known = _known(context)
        if unknown := next((code for code in args.item if code not in known.items), None):
            raise known.problem or refusals.not_found("item", unknown)
        content = guides.shipped(kind, args.item)
    path = table_files.save(args.file, content, force=args.force)
    return Result({"path": path}, text=f"已导出到 {path}。编辑后用 item import 导入。")


def _add(context: Context, _: Namespace) -> Result:
    return _said(hall_items.add(context.desk(), context.read(HallItem)), "已新增事项")


def _mode(context: Context, args: Namespace) -> Result:
    version = hall_items.set_mode(
        context.desk(), args.code, args.mode, source=args.source, source_date=args.date
    )
    return _said(version, "已更改办理方式")


def _hall(context: Context) -> tuple[Desk | None, Explained | None]:
    """The hall of this home, or why it cannot be opened: the list is the same whatever has happened to it."""
    if not context.home.has_hall:
        return None, None
    try:
        return context.reading_desk(), None
    except (OutsideFailed, Refused) as error:
        return None, error


def _known(context: Context) -> _Known:
    """The items that hold in the hall; without one, those of the national list."""
    desk, problem = _hall(context)
    if desk is None:
        return _Known({item.code: item for item in items.all_items()}, finder.national(), problem=problem)
    with desk.reading() as reading:
        own = frozenset(version.code for version in reading.item_versions.where(state="live"))
        known = {item.code: item for item in catalogue.all_items(reading)}
        return _Known(known, catalogue.finder(reading), own)


def _found(context: Context, args: Namespace) -> _Shown:
    """An item as it holds in the hall; without one, as the list has it."""
    # An office is one of the hall's directory: without the hall nobody knows it.
    desk, problem = (context.reading_desk(), None) if args.office else _hall(context)
    if desk is None:
        try:
            item = items.by_code(args.code)
        except items.UnknownItem:
            raise problem or refusals.not_found("item", args.code) from None
        return _Shown(item, items.for_item(item.code, args.division), problem=problem)
    with desk.reading() as reading:
        item = catalogue.item(reading, args.code)
        office = offices.find(reading, args.office) if args.office else None
        division = office.division if office else args.division
        checklist = catalogue.checklist(
            reading, item.code, office=office.code if office else "", division=division
        )
        editions = catalogue.editions(reading, item.code)
        return _Shown(item, checklist, editions, reading.guides.where(item=item.code, state="live"))


def _needed(flag: str, value: str | None) -> str:
    if value is None:
        raise parser.usage("argument-missing", f"缺少参数：{flag}。", "workstation item import")
    return value


def _listed(known: _Known, found: Sequence[items.Item]) -> Result:
    heads, rows = ["代码", "事项", "办理方式", "属地依据"], []
    for item in found:
        own = (_own(item),) if item.code in known.own else ()
        rows.append((item.code, item.title, items.PATH_WORDS[item.path], item.basis_place, *own))
    if any(item.code in known.own for item in found):
        heads.append("本大厅")
        rows = [row if len(row) == len(heads) else (*row, "") for row in rows]
    text = output.table(heads, rows)
    return Result({"items": [_item(item) for item in found]}, text=text + _told(known.problem))


def _own(item: items.Item) -> str:
    return "更改" if item.mode_text else "新增"


def _told(problem: Explained | None) -> str:
    if problem is None:
        return ""
    return f"\n\n注意：没有读到本大厅自己的事项和指南，以上只按全国清单。{problem.why}{problem.next}"


def _head(found: _Shown) -> str:
    item, how, day = found.item, found.item.mode_text, ""
    if found.editions:
        modes = "、".join(items.MODE_WORDS[mode] for mode in item.modes)
        how, day = f"{modes}（清单：{item.mode_text or '未列入'}）", f"（{item.source_date.isoformat()}）"
    cooperating = "、".join(item.cooperating_ministries)
    return "\n".join((
        f"{item.code}　{item.title}",
        f"应用场景：{item.scenario}",
        f"办理方式：{items.PATH_WORDS[item.path]}　实现形式：{how}",
        f"属地依据：{item.basis_place}",
        f"牵头单位：{item.lead_ministry or '未列'}　配合单位：{cooperating or '未列'}",
        f"省牵头单位：{item.provincial_department or '未列'}　完成时限：{item.due_text or '未载明'}",
        f"来源：{item.source}{day}",
    ))  # fmt: skip


def _papers(found: _Shown) -> str:
    checklist = found.checklist
    rows = [(row.id, row.name, word(row.form), row.copies, _when(row)) for row in checklist.rows]
    version = f"{checklist.version}，{checklist.date.isoformat()}，{checklist.mark}"
    heads = ("行", "材料", "形式", "份数", "何时需要")
    guide = next((one for one in found.guides if one.id == checklist.version), None)
    origin = f"\n适用于{_scope(guide.scope)}；来源：{guide.source}" if guide else ""
    return f"{_ORIGINS[checklist.origin]}（{version}）{origin}\n\n{output.table(heads, rows)}"


def _others(found: _Shown) -> list[str]:
    """Which other guides there are for the item, and how it came to be what it is."""
    told = []
    if found.guides:
        rows = [(one.id, _scope(one.scope), one.source, minute(one.imported_at)) for one in found.guides]
        told.append(output.table(("办事指南", "适用于", "来源", "导入"), rows))
    if found.editions:
        editions = [(v.id, v.modes, v.source, v.source_date, v.added_by, v.second) for v in found.editions]
        told.append(output.table(("版本", "办理方式", "来源", "来源日期", "经办", "复核"), editions))
    return told


def _scope(scope: str) -> str:
    if scope == catalogue.ALL_OFFICES:
        return "全部属地部门"
    if not re.fullmatch(r"[0-9]{6}", scope):
        return scope
    return f"{scope}（{divisions.name(scope) or '区划表里没有'}）"


def _when(row: items.ChecklistRow) -> str:
    return "免提交" if row.exempt else row.condition or "必需"


def _share(rate: Rate) -> str:
    return "无办件" if rate.share is None else f"{rate.share:.1%}"


def _said(version: ItemVersion, said: str) -> Result:
    modes = "、".join(items.MODE_WORDS[items.Mode(mode)] for mode in version.modes.split(","))
    text = f"{said}：{version.code}　{version.title}（第 {version.edition} 版，{modes}）"
    return Result({"item": shown.record(version)}, text=text)


def _difference(found: Difference) -> dict[str, object]:
    records = {kind: getattr(found, kind) for kind in found.counts()}
    return {**records, "changed": [vars(change) for change in found.changed]}


def _item(item: items.Item) -> dict[str, object]:
    plain = dataclasses.asdict(item)
    return {**plain, "source_date": item.source_date.isoformat(), "path": item.path}


def _checklist(checklist: items.Checklist) -> dict[str, object]:
    return {**dataclasses.asdict(checklist), "date": checklist.date.isoformat()}


def _division(text: str) -> str:
    if not re.fullmatch(r"[1-9][0-9]{5}", text):
        raise argparse.ArgumentTypeError("须为 6 位行政区划代码")
    return text
