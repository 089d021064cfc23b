"""One case as `case show` shows it: everything that belongs to it, people masked."""

from __future__ import annotations

from collections.abc import Iterator

from forms.review import DEFECTS
from workstation.acts import numbers, ratings
from workstation.acts.viewing import CaseFile
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.domain.case import CaseState, Row
from workstation.domain.times import minute
from workstation.domain.words import word

_LISTS = (
    "rows",
    "pieces",
    "consignments",
    "identities",
    "notices",
    "papers",
    "tasks",
    "pledges",
    "licence_defects",
    "contacts",
    "ratings",
    "external_numbers",
)
#: States in which something may still have to be told.
_TO_TELL = frozenset({CaseState.REGISTERED, CaseState.TO_CORRECT})


def of(file: CaseFile) -> Result:
    """The whole file, as JSON and as a page."""
    data: dict[str, object] = {name: [shown.record(r) for r in getattr(file, name)] for name in _LISTS}
    timeline = [
        {"seq": e.seq, "at": shown.time(e.at), "act": e.act, "operator": e.operator, "second": e.second}
        for e in file.timeline
    ]
    case = {
        **shown.record(file.case),
        "shown": file.shown,
        "tell_by": file.tell_by.day.isoformat(),
        "tell_by_provisional": file.tell_by.is_provisional,
    }
    return Result(
        {"case": case, **data, "timeline": timeline, "acts": list(file.acts)}, text="\n\n".join(_page(file))
    )


def _page(file: CaseFile) -> Iterator[str]:
    rows = [(r.position, r.name, word(r.way or ""), word(r.state), _defects(r)) for r in file.rows]
    ways = [(c.id, c.office_name, word(c.state), c.envelope or "") for c in file.consignments]
    past = [(minute(e.at), word(e.act), e.operator or "", e.second or "") for e in file.timeline]
    yield "\n".join(_head(file))
    yield output.table(("行", "材料", "方式", "审查", "缺陷"), rows)
    if ways:
        yield output.table(("送件", "业务属地", "状态", "封套"), ways)
    yield from _beside(file)
    yield output.table(("时间", "办理", "经办", "复核"), past)


def _head(file: CaseFile) -> Iterator[str]:
    case, masked = file.case, shown.record(file.case)
    yield f"办件 {case.number}　{word(file.shown)}　{masked['applicant_name']} {masked['applicant_id']}"
    if case.agent_name:
        yield f"代办人：{masked['agent_name']} {masked['agent_id']}"
    if case.state in _TO_TELL:
        doubt = "（暂定，该年节假日安排尚未公布）" if file.tell_by.is_provisional else ""
        yield f"告知时限：{file.tell_by.day.isoformat()}{doubt}"
    for each in file.consignments:
        if each.pickup_code:
            yield f"领取码：{each.pickup_code}（{each.ordinal} 号送件，{each.office_name}）"
    acts = "、".join(word(act) for act in file.acts) or "没有后续办理"
    yield f"现在可以：{acts}（第 {case.version} 版）"


def _beside(file: CaseFile) -> Iterator[str]:
    """What a case has only now and then: each list where there is something on it."""
    names = {row.row_id: row.name for row in file.rows}
    lists = (
        (
            ("承诺", "材料", "期限", "状态"),
            [(word(p.kind), names.get(p.row_id, p.row_id), p.due, word(p.state)) for p in file.pledges],
        ),
        (
            ("错证缺证", "材料", "期限", "送交", "状态"),
            [
                (word(d.kind), names.get(d.row_id, d.row_id), d.due, d.sent_to, _open_or_closed(d.state))
                for d in file.licence_defects
            ],
        ),
        (("其他系统", "编号"), [(numbers.SYSTEMS[n.system], n.number) for n in file.external_numbers]),
        (
            ("联系", "何人", "结果", "下次"),
            [(minute(c.at), word(c.who), word(c.outcome), c.next_on or "") for c in file.contacts],
        ),
        (
            ("评价", "情况", "等级"),
            [
                (minute(r.at), ratings.STEPS[r.kind], ratings.GRADES.get(r.grade or "", ""))
                for r in file.ratings
            ],
        ),
    )
    for heads, rows in lists:
        if rows:
            yield output.table(heads, rows)


def _open_or_closed(state: str) -> str:
    return "未了结" if state == "open" else "已了结"


def _defects(row: Row) -> str:
    return "、".join(DEFECTS[code].word for code in row.defects.split(",") if code)
