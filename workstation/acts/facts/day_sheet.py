"""Facts of the 日清单: figures, offices, places and codes; nobody who handed anything in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from workstation.acts import agreements, printing, unexplained
from workstation.acts.facts import Facts, of_hall
from workstation.acts.facts.known import OF_HALL, Fact, Known, Rows
from workstation.acts.facts.postage_statement import LEGS, yuan
from workstation.domain.day_close import DayReason
from workstation.domain.people import Hall
from workstation.domain.times import minute
from workstation.domain.words import word

if TYPE_CHECKING:
    from workstation.acts.day_figures import Figures, Steps
    from workstation.acts.day_sheets import DaySheet
    from workstation.acts.postages import Sum

#: Steps of each kind of record, in the order they are gone, and what they are called on the sheet.
CASES = {
    "registered": "收件",
    "to_correct": "一次性告知",
    "resubmitted": "补正提交",
    "reviewed": "形式审查通过",
    "declined": "不予收件、受理",
    "guided": "指引",
    "withdrawn": "撤回",
    "served": "送达",
    "closed": "办结",
}
CONSIGNMENTS = {
    "sealed": "封装",
    "handed_over": "交寄",
    "acknowledged": "属地签收",
    "home_correcting": "属地要求补正",
    "accepted": "属地受理",
    "decided": "属地决定",
    "result_returning": "结果回寄",
    "result_arrived": "结果到窗",
    "done": "送达",
}
ENVELOPES = {
    "open": "装袋",
    "sealed": "封口",
    "handed_over": "交寄",
    "opened": "拆封",
    "sent_back": "退回",
    "lost": "丢失",
    "void": "作废",
}
#: States in which somebody answers for an envelope.
LYING = ("open", "sealed", "handed_over", "sent_back", "lost")

#: The steps by item and by operator, and by office.
OF_CASES = {
    "registered": ("cases", "收件"),
    "to_correct": ("cases", "告知"),
    "resubmitted": ("cases", "补正"),
    "reviewed": ("cases", "通过"),
    "sealed": ("consignments", "封装"),
    "handed_over": ("consignments", "交寄"),
    "acknowledged": ("consignments", "签收"),
    "closed": ("cases", "办结"),
}
OF_OFFICES = {
    "sealed": "封装",
    "handed_over": "交寄",
    "acknowledged": "签收",
    "accepted": "受理",
    "decided": "决定",
    "result_arrived": "到窗",
    "done": "送达",
}
_COLUMNS = {step: Fact(f"{label}件次", "1") for step, (_, label) in OF_CASES.items()}

KNOWN: Known = {
    **OF_HALL,
    "day.date": Fact("统计日期", "2026-11-20"),
    "day.taken_at": Fact("统计截至", "2026-11-20 17:02"),
    "day.standing": Fact("是日清单还是清单", "本单是日清单：第 1 次日清，当日已日清。"),
    "step_rows": Rows(
        "当日办理",
        {
            "case": Fact("办件的一步", "收件"),
            "cases": Fact("办件件次", "2"),
            "consignment": Fact("送件的一步", "封装"),
            "consignments": Fact("送件件次", "1"),
            "envelope": Fact("封套的一步", "装袋"),
            "envelopes": Fact("封套件次", "1"),
        },
        further=(
            {"case": "一次性告知", "cases": "1", "consignment": "交寄", "envelope": "封口"},
            {"case": "补正提交", "cases": "1", "consignment": "属地签收", "envelope": "交寄"},
            {"case": "形式审查通过", "cases": "1", "consignment": "属地要求补正", "envelope": "拆封"},
        ),
    ),
    "item_rows": Rows("按事项", {"name": Fact("事项名称", "夫妻投靠户口迁移"), **_COLUMNS}),
    "office_rows": Rows(
        "按业务属地部门",
        {
            "name": Fact("部门名称", "示例市公安局示例分局跨省通办窗口"),
            **{step: Fact(f"{label}件次", "1") for step, label in OF_OFFICES.items()},
        },
    ),
    "clerk_rows": Rows("按经办人", {"name": Fact("工号", "1001"), **_COLUMNS}, further=({"name": "1002"},)),
    "postage_rows": Rows(
        "当日邮费",
        {
            "payer": Fact("承担方", "本窗口"),
            "leg": Fact("程次", "寄出"),
            "parcels": Fact("邮件件数", "3"),
            "amount": Fact("已知邮费合计，元", "66.00"),
            "unknown": Fact("邮费未知的件数", "0"),
        },
        further=({"payer": "业务属地", "leg": "寄回", "parcels": "1", "amount": "0.00", "unknown": "1"},),
    ),
    "exception_rows": Rows(
        "当日异常及原因",
        {
            "at": Fact("时间", "10:25"),
            "what": Fact("异常", "拆封"),
            "object": Fact("对象", "23508249992632400013"),
            "reason": Fact("原因", "漏放材料"),
            "by": Fact("经办人", "1001"),
            "second": Fact("复核人", "2001"),
        },
        further=({"at": "15:40", "what": "没有随批次交寄", "reason": "暂缓交寄", "second": ""},),
    ),
    "reason_rows": Rows(
        "过夜事项的说明",
        {
            "kind": Fact("种类", "封套"),
            "object": Fact("对象", "23508249992632400021"),
            "why": Fact("说不清什么", "已交寄，没有运单号"),
            "reason": Fact("说明", "已问寄递企业，等回话"),
            "by": Fact("说明人", "2001"),
        },
    ),
    "sample_rows": Rows(
        "当日抽查",
        {
            "id": Fact("抽查编号", "2026-11-20-1"),
            "span": Fact("抽查期间", "2026-11-20"),
            "cases": Fact("抽出件数", "2"),
            "found": Fact("已登记结果的件数", "2"),
        },
    ),
    "envelope_rows": Rows(
        "此刻的封套",
        {"state": Fact("状态", "已封装"), "place": Fact("存放位置", "A-01"), "count": Fact("件数", "3")},
        further=({"state": "已交寄", "place": "", "count": "8"},),
    ),
    "task_rows": Rows(
        "此刻的待办",
        {
            "reason": Fact("事由", "退回"),
            "object": Fact("对象", "23508249992632400013"),
            "opened_at": Fact("发现时间", "2026-11-20 15:40"),
            "opened_by": Fact("登记人", "1001"),
        },
    ),
    "print_rows": Rows(
        "此刻不明或没有打出的打印",
        {
            "kind": Fact("纸面", "收件凭证"),
            "paper": Fact("纸面编号", "43508249992632400012"),
            "printer": Fact("打印机", "示例打印机"),
            "state": Fact("情况", "不知打出没有"),
        },
    ),
    "journal.entries": Fact("留痕账条数", "326"),
    "journal.anchor": Fact("链首码", "0000052331006062428060509553957313612959"),
}


def facts(hall: Hall, window: int, sheet: DaySheet, titles: Mapping[str, str]) -> Facts:
    """The day's figures in tables; `titles` are the names of the items."""
    figures = sheet.figures
    values = {
        **of_hall(hall, window),
        "day.date": sheet.day,
        "day.taken_at": minute(sheet.taken_at),
        "day.standing": sheet.standing,
        "step_rows": steps(sheet),
        "item_rows": items_of(figures, titles),
        "office_rows": offices_of(figures),
        "clerk_rows": [_row(code, of_cases(by)) for code, by in sorted(figures.clerks.items())],
        "postage_rows": postage(sheet),
        "exception_rows": exceptions(sheet),
        "reason_rows": reasons(sheet),
        "sample_rows": samples(sheet),
        "envelope_rows": lying(sheet),
        "task_rows": tasks(sheet),
        "print_rows": prints(sheet),
        "journal.entries": str(sheet.entries),
        "journal.anchor": sheet.anchor,
    }
    return Facts(values)


def steps(sheet: DaySheet) -> list[dict[str, str]]:
    """The steps of cases, consignments and envelopes side by side, each with its figure, 0 too."""
    return steps_of(sheet.figures)


def steps_of(figures: Figures) -> list[dict[str, str]]:
    """The same of any figures."""
    kinds = ((CASES, figures.cases), (CONSIGNMENTS, figures.consignments), (ENVELOPES, figures.envelopes))
    told = ([(label, str(count[step])) for step, label in names.items()] for names, count in kinds)
    names = ("case", "cases", "consignment", "consignments", "envelope", "envelopes")
    return [
        dict(zip(names, (cell for pair in row for cell in pair), strict=True))
        for row in zip_longest(*told, fillvalue=("", ""))
    ]


def items_of(figures: Figures, titles: Mapping[str, str]) -> list[dict[str, str]]:
    """A row for each item; `titles` are their names."""
    return [_row(titles[code], of_cases(figures.items[code])) for code in sorted(titles)]


def offices_of(figures: Figures) -> list[dict[str, str]]:
    """A row for each home office."""
    return [_row(name, of_office(by)) for name, by in sorted(figures.offices.items())]


def of_cases(by: Steps) -> dict[str, int]:
    """The figures of one item or operator."""
    return {step: by[f"{table}.{step}"] for step, (table, _) in OF_CASES.items()}


def of_office(by: Steps) -> dict[str, int]:
    """The figures of one home office."""
    return {step: by[step] for step in OF_OFFICES}


def _row(name: str, figures: Mapping[str, int]) -> dict[str, str]:
    return {"name": name, **{step: str(count) for step, count in figures.items()}}


def postage(sheet: DaySheet) -> list[dict[str, str]]:
    """What each side pays for what left that day, as far as it is known."""
    return postage_of(sheet.postage)


def postage_of(sums: Sequence[Sum]) -> list[dict[str, str]]:
    """The same of any sums."""
    return [
        {
            "payer": agreements.PAYERS[one.payer],
            "leg": LEGS[one.leg],
            "parcels": str(one.parcels),
            "amount": yuan(one.fen),
            "unknown": str(one.unknown),
        }
        for one in sums
    ]


def exceptions(sheet: DaySheet) -> list[dict[str, str]]:
    """What was out of the ordinary, with its reason."""
    return [
        {
            "at": minute(one.at)[11:],
            "what": one.title,
            "object": one.object,
            "reason": one.reason,
            "by": one.by,
            "second": one.second or "",
        }
        for one in sheet.exceptions
    ]


def reasons(sheet: DaySheet) -> list[dict[str, str]]:
    """What may stay overnight, and why."""
    return [
        {
            "kind": unexplained.KINDS[one.kind],
            "object": _named(one),
            "why": unexplained.WHYS[one.why][0],
            "reason": "：".join(filter(None, (unexplained.REASONS[one.reason], one.note))),
            "by": one.changed_by,
        }
        for one in sheet.reasons
    ]


def _named(one: DayReason) -> str:
    """A task by the word for its kind, which its id ends with."""
    about, _, kind = one.object.rpartition("-")
    return f"{about} {word(kind)}" if one.kind == "task" and about else one.object


def samples(sheet: DaySheet) -> list[dict[str, str]]:
    """What was drawn that day, and how much of it was looked at."""
    return [
        {
            "id": one.sample.id,
            "span": " 至 ".join(dict.fromkeys((one.sample.since, one.sample.until))),
            "cases": str(one.cases),
            "found": str(one.looked_at),
        }
        for one in sheet.samples
    ]


def lying(sheet: DaySheet) -> list[dict[str, str]]:
    """Where the envelopes are that somebody answers for."""
    return [
        {"state": word(one.state), "place": one.place or "", "count": str(one.count)}
        for one in sheet.envelopes
    ]


def tasks(sheet: DaySheet) -> list[dict[str, str]]:
    """What waits, each with its reason; a remark may name people and stays out."""
    return [
        {
            "reason": word(task.kind),
            "object": task.object,
            "opened_at": minute(task.opened_at),
            "opened_by": task.opened_by,
        }
        for task in sheet.tasks
    ]


def prints(sheet: DaySheet) -> list[dict[str, str]]:
    """The print jobs that nobody knows the end of, or that failed."""
    return [
        {
            "kind": word(paper.kind) if paper else "",
            "paper": job.paper,
            "printer": job.printer,
            "state": "：".join(filter(None, (word(job.state), printing.reason(job)))),
        }
        for job, paper in sheet.prints
    ]
