"""Noun `item` 事项: the service items and their checklists; needs neither home nor operator."""

from __future__ import annotations

import dataclasses
from argparse import Namespace

from forms import items
from workstation.acts import refusals
from workstation.commands import output
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.words import word

HELP = "事项：列出、查看材料清单"


def register(verbs: Verbs) -> None:
    """The verbs of an item."""
    verbs.add("list", _list, help="列出事项")
    code = argument("code", metavar="代码", help="事项代码，如 59")
    verbs.add("show", _show, help="显示一个事项和它的材料清单", arguments=[code])


def _list(_: Context, __: Namespace) -> Result:
    all_items = items.all_items()
    rows = [(item.code, item.title, item.basis_place, len(item.rows)) for item in all_items]
    text = output.table(("代码", "事项", "属地依据", "材料"), rows)
    return Result({"items": [_item(item) for item in all_items]}, text=text)


def _show(_: Context, args: Namespace) -> Result:
    try:
        item = items.by_code(args.code)
    except items.UnknownItem:
        raise refusals.not_found("item", args.code) from None
    rows = [(row.id, row.name, word(row.form), row.copies, row.condition or "必需") for row in item.rows]
    version = f"清单 {item.checklist_version}（{item.checklist_mark}）"
    head = f"{item.code}　{item.title}　属地依据：{item.basis_place}　{version}"
    text = f"{head}\n\n{output.table(('行', '材料', '形式', '份数', '何时需要'), rows)}"
    return Result({"item": _item(item)}, text=text)


def _item(item: items.Item) -> dict[str, object]:
    return {**dataclasses.asdict(item), "checklist_date": item.checklist_date.isoformat()}
