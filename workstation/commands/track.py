"""Noun `track` 轨迹: what the carrier has told of a parcel; and its events out of a file."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from workstation.acts import timelines, track_files
from workstation.acts.timelines import Parcel, Told
from workstation.acts.tracking import Taken
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.times import minute
from workstation.domain.words import word

HELP = "轨迹：邮件到了哪里；导入网站上的轨迹"


def register(verbs: Verbs) -> None:
    """Look and import."""
    number = argument("number", metavar="编号", help="运单号，或封套、送件、办件编号")
    verbs.add(
        "show",
        _show,
        help="显示一件邮件的全部轨迹，新的在前",
        shows=("1136281381675 --as 1001", "23502031012632400018 --as 1001"),
        arguments=[number],
    )
    source = argument("file", metavar="文件", type=Path, help="CSV 或 XLSX 表格")
    verbs.add(
        "import",
        _import,
        help=f"导入从寄递企业网站抄下的轨迹；列：{'、'.join(track_files.HEADS)}",
        shows="轨迹.csv --as 1001",
        arguments=[source],
    )


def _show(context: Context, args: Namespace) -> Result:
    found = timelines.timeline(context.desk(), args.number)
    text = "\n\n".join(map(_described, found.parcels)) or f"{args.number} 还没有绑定运单，没有轨迹。"
    return Result({"number": found.number, "parcels": [_parcel(one) for one in found.parcels]}, text=text)


def _described(parcel: Parcel) -> str:
    waybill, mail = parcel.waybill, parcel.mail
    way = "寄出" if waybill.leg == "out" else "寄回"
    said = "".join(f"，{word(code)}" for code in (mail.grade, *mail.alarms) if code)
    since = f"（自 {minute(mail.since)}）" if mail.since else ""
    lines = [f"{waybill.number}　{way}　{waybill.object}　{word(mail.state)}{since}{said}"]
    rows = [(minute(t.event.at), t.meaning, t.event.organisation, _mark(t)) for t in parcel.told]
    lines.append(output.table(("时间", "轨迹", "机构", "注意"), rows) if rows else "寄递企业还没有说过它。")
    ours = [(minute(done.at), word(done.act), done.operator) for done in parcel.done]
    return "\n".join([*lines, "本大厅：", output.table(("时间", "办理", "经办人"), ours)] if ours else lines)


def _mark(told: Told) -> str:
    marks = (("已被冲销", told.cancelled), ("不认识的代码，不改变状态", not told.known))
    return "、".join(mark for mark, applies in marks if applies)


def _parcel(parcel: Parcel) -> dict[str, object]:
    mail = parcel.mail
    return {
        "waybill": shown.record(parcel.waybill),
        "state": mail.state,
        "since": shown.time(mail.since),
        "heard_at": shown.time(mail.heard_at),
        "grade": mail.grade,
        "alarms": mail.alarms,
        "events": [_event(told) for told in parcel.told],
        "acts": [{"at": shown.time(d.at), "act": d.act, "operator": d.operator} for d in parcel.done],
    }


def _event(told: Told) -> dict[str, object]:
    return {
        **shown.record(told.event),
        "meaning": told.meaning,
        "known": told.known,
        "cancelled": told.cancelled,
    }


def _import(context: Context, args: Namespace) -> Result:
    found = track_files.import_table(context.desk(), args.file.name, args.file, progress=output.progress)
    new = sum(taken.new for taken in found.taken)
    lines = [f"读了 {found.rows} 行，新轨迹 {new} 条，{len(found.taken)} 件邮件有更新。"]
    lines += [line for taken in found.taken for line in _changes(taken)]
    if found.unread:
        lines.append(f"有 {found.unread} 条没有认得的代码或状态，照原文留存，不改变邮件的状态。")
    if found.unknown:
        lines.append(f"这些运单没有绑在本大厅的封套上，没有导入：{'、'.join(found.unknown)}。")
    data = {
        "rows": found.rows,
        "new": new,
        "taken": [vars(taken) for taken in found.taken],
        "unknown": found.unknown,
        "unread": found.unread,
    }
    return Result(data, text="\n".join(lines))


def _changes(taken: Taken) -> list[str]:
    lines = [f"{taken.waybill}（{object_}）：{word(state)}" for object_, state in taken.states.items()]
    lines += [f"　待办：{word(kind)}" for kind in taken.raised]
    return [*lines, *(f"　待办已自行了结：{word(kind)}" for kind in taken.overtaken)]
