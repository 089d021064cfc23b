"""Noun `office` 业务属地部门: the directory, by hand, by telephone and by table file."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from workstation.acts import office_files, offices, table_files
from workstation.acts.inputs import EXAMPLE_OFFICE, Office
from workstation.acts.offices import STATES, WARNINGS, Standing
from workstation.commands import agreement, output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain import office as domain
from workstation.reference import divisions

HELP = "属地部门：列出、查看、新增、更改、核实、停用，导入和导出"

#: An example of each verb.
_SHOWS = {
    "list": "--division 450000 --unverified --as 1001",
    "show": "450103-hz --as 1001",
    "add": "--json - --as 1001 < 部门.json",
    "change": "--json - --as 2001 < 部门.json",
    "verify": "450103-hz --on 2026-11-20 --as 1001",
    "close": "450103-hz --as 2001",
    "import": "目录.xlsx --preview --as 2001",
    "export": "目录.xlsx --as 2001",
}

_MARKS = {"never-verified": "未核实", "verified-long-ago": "久未核实", "division-unknown": "区划不明"}


def register(verbs: Verbs) -> None:
    """The verbs of a home office."""
    verbs.add(
        "list",
        _list,
        help="列出业务属地部门",
        shows=_SHOWS["list"],
        arguments=[
            argument("--division", metavar="区划", help="只列这个省、市或县的（6 位代码）"),
            argument("--unverified", action="store_true", help="只列从未核实或久未核实的"),
        ],
    )
    code = argument("code", metavar="代码", help="部门代码，如 450103-hz")
    verbs.add(
        "show", _show, help="显示一个部门、它的协议和未办结的送件数", shows=_SHOWS["show"], arguments=[code]
    )
    verbs.add("add", _add, help="新增一个部门", shows=_SHOWS["add"], reads=(Office, EXAMPLE_OFFICE))
    verbs.add(
        "change",
        _change,
        help="更改或恢复一个部门（值班长、系统管理员）",
        shows=_SHOWS["change"],
        reads=(Office, EXAMPLE_OFFICE),
    )
    day = argument("--on", metavar="日期", help="打电话核实的那一天；不写就是今天")
    verbs.add("verify", _verify, help="登记已打电话核实", shows=_SHOWS["verify"], arguments=[code, day])
    verbs.add(
        "close", _close, help="停用一个部门（值班长、系统管理员）", shows=_SHOWS["close"], arguments=[code]
    )
    _register_files(verbs)


def _register_files(verbs: Verbs) -> None:
    preview = argument("--preview", action="store_true", help="只看会改动什么，不导入")
    source = argument("file", metavar="文件", type=Path, help="CSV 或 XLSX 表格")
    columns = "、".join(office_files.HEADS.values())
    verbs.add(
        "import",
        _import,
        help=f"导入表格；列：{columns}",
        shows=_SHOWS["import"],
        arguments=[source, preview],
    )
    target = argument("file", metavar="文件", type=Path, help="以 .csv 或 .xlsx 结尾")
    force = argument("--force", action="store_true", help="已有同名文件时替换它")
    verbs.add("export", _export, help="导出全部部门", shows=_SHOWS["export"], arguments=[target, force])


def _list(context: Context, args: Namespace) -> Result:
    desk, days = context.desk(), _days(context)
    found = offices.listed(desk, division=args.division, unverified=days if args.unverified else None)
    today = offices.today(desk.store.now())
    warned = [(office, offices.warnings(office, today, days=days)) for office in found]
    rows = [
        (o.code, o.division, o.name, o.phone, o.verified_on, STATES[o.state], _marks(warnings))
        for o, warnings in warned
    ]
    text = output.table(("代码", "区划", "名称", "电话", "最近核实", "状态", "注意"), rows)
    return Result({"offices": [{**_record(o), "warnings": w} for o, w in warned]}, text=text)


def _show(context: Context, args: Namespace) -> Result:
    standing = offices.standing(context.desk(), args.code, days=_days(context))
    found = [agreement.record(one) for one in standing.agreements]
    held = f"\n协议：\n{agreement.table(list(standing.agreements))}" if found else "\n协议：无"
    answer = _answer(standing, _described(standing.office) + held)
    return Result({**answer.data, "agreements": found}, text=answer.text)


def _add(context: Context, _: Namespace) -> Result:
    office = offices.add(context.desk(), context.read(Office))
    return _stands(context, office, f"已新增 {office.code}（{office.name}）。")


def _change(context: Context, _: Namespace) -> Result:
    office = offices.change(context.desk(), context.read(Office))
    return _stands(context, office, f"已更改 {office.code}（{office.name}），现为第 {office.version} 版。")


def _verify(context: Context, args: Namespace) -> Result:
    office = offices.verify(context.desk(), args.code, on=args.on)
    return _stands(context, office, f"已登记 {office.code}（{office.name}）于 {office.verified_on} 核实。")


def _close(context: Context, args: Namespace) -> Result:
    office = offices.close(context.desk(), args.code)
    return _stands(context, office, f"已停用 {office.code}（{office.name}）。")


def _import(context: Context, args: Namespace) -> Result:
    found = office_files.import_file(context.desk(), args.file.name, args.file, preview=args.preview)
    data = {
        "added": found.added,
        "changed": [vars(change) for change in found.changed],
        "unchanged": found.unchanged,
    }
    head = "只是预览，没有导入：" if args.preview else "已导入："
    text = f"{head}\n{table_files.summary(found, office_files.HEADS)}"
    return Result({"difference": data, "imported": not args.preview}, text=text)


def _export(context: Context, args: Namespace) -> Result:
    kind = table_files.kind_of(args.file)
    content = office_files.export(context.desk(), kind)
    path = table_files.save(args.file, content, force=args.force)
    return Result({"path": path}, text=f"已导出到 {path}。联系人是明文，请妥善保管。")


def _days(context: Context) -> int:
    return context.open().settings.offices.verified_days


def _stands(context: Context, office: domain.Office, said: str) -> Result:
    """What was done, and what the operator should know about the office now."""
    return _answer(offices.standing(context.desk(), office.code, days=_days(context)), said)


def _answer(standing: Standing, said: str) -> Result:
    data = {
        "office": _record(standing.office),
        "open_consignments": standing.open_consignments,
        "warnings": standing.warnings,
    }
    lines = [said, f"未办结的送件：{standing.open_consignments} 件"]
    return Result(data, text="\n".join([*lines, *(f"注意：{WARNINGS[code]}" for code in standing.warnings)]))


def _described(office: domain.Office) -> str:
    place = divisions.name(office.division) or "区划表里没有"
    verified = f"{office.verified_on}（{office.verified_by}）" if office.verified_on else "没有"
    contact = shown.mask("name", office.contact) or "未载明"
    return "\n".join((
        f"{office.code}　{office.name}　{STATES[office.state]}　第 {office.version} 版",
        f"行政区划：{office.division}（{place}）　部门类别：{office.department or '未载明'}",
        f"地址：{office.address}　邮编：{office.postcode}",
        f"电话：{office.phone}　联系人：{contact}　办公时间：{office.hours or '未载明'}",
        f"最近核实：{verified}",
    ))  # fmt: skip


def _record(office: domain.Office) -> dict[str, object]:
    return {**shown.record(office), "contact": shown.mask("name", office.contact)}


def _marks(warnings: tuple[str, ...]) -> str:
    return "、".join(_MARKS[code] for code in warnings)
