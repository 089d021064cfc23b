"""The figures of a day as commands give them: in tables, and for `--json`."""

from __future__ import annotations

from collections.abc import Mapping

from workstation.acts.day_sheets import DaySheet
from workstation.acts.facts import day_sheet
from workstation.commands import output, shown
from workstation.domain.times import minute


def data(sheet: DaySheet) -> dict[str, object]:
    """The figures for `--json`."""
    figures = sheet.figures
    return {
        "day": sheet.day,
        "taken_at": shown.time(sheet.taken_at),
        "cases": {step: figures.cases[step] for step in day_sheet.CASES},
        "consignments": {step: figures.consignments[step] for step in day_sheet.CONSIGNMENTS},
        "envelopes": {step: figures.envelopes[step] for step in day_sheet.ENVELOPES},
        "by_item": {code: day_sheet.of_cases(by) for code, by in sorted(figures.items.items())},
        "by_office": {name: day_sheet.of_office(by) for name, by in sorted(figures.offices.items())},
        "by_clerk": {code: day_sheet.of_cases(by) for code, by in sorted(figures.clerks.items())},
        "lying": [vars(lying) for lying in sheet.envelopes],
        "tasks": [shown.record(task) for task in sheet.tasks],
        "prints": [shown.record(job) for job, _ in sheet.prints],
        "postage": [vars(one) for one in sheet.postage],
        "exceptions": [{**vars(one), "at": shown.time(one.at)} for one in sheet.exceptions],
        "explained": [shown.record(one) for one in sheet.reasons],
        "samples": [one.sample.id for one in sheet.samples],
        "closed_by": sheet.close.id if sheet.close else None,
        "journal": {"entries": sheet.entries, "anchor": sheet.anchor},
    }


def told(sheet: DaySheet, titles: Mapping[str, str]) -> str:
    """The same in tables; `titles` are the names of the items."""
    rows = [tuple(row.values()) for row in day_sheet.steps(sheet)]
    figures = sheet.figures
    heads = [label for _, label in day_sheet.OF_CASES.values()]
    items = [(titles[code], *day_sheet.of_cases(by).values()) for code, by in sorted(figures.items.items())]
    offices = [(name, *day_sheet.of_office(by).values()) for name, by in sorted(figures.offices.items())]
    clerks = [(code, *day_sheet.of_cases(by).values()) for code, by in sorted(figures.clerks.items())]
    lying = [tuple(row.values()) for row in day_sheet.lying(sheet)]
    return "\n\n".join(
        [
            f"{sheet.day} 日清单（截至 {minute(sheet.taken_at)}；这是清单，当日{_closed(sheet)}）",
            output.table(("办件", "件次", "送件", "件次", "封套", "件次"), rows),
            output.table(("事项", *heads), items),
            output.table(("业务属地部门", *day_sheet.OF_OFFICES.values()), offices),
            output.table(("工号", *heads), clerks),
            output.table(("此刻的封套", "存放位置", "件数"), lying),
            _to_do(sheet),
            *_further(sheet),
            f"留痕账 {sheet.entries} 条，链首码 {sheet.anchor}",
        ]
    )


def _to_do(sheet: DaySheet) -> str:
    tasks = [tuple(row.values()) for row in day_sheet.tasks(sheet)]
    prints = [tuple(row.values()) for row in day_sheet.prints(sheet)]
    return "\n".join(
        [
            f"此刻的待办：{len(tasks)} 件",
            *([output.table(("事由", "对象", "发现时间", "登记人"), tasks)] if tasks else []),
            f"此刻不明或没有打出的打印：{len(prints)} 件",
            *([output.table(("纸面", "编号", "打印机", "情况"), prints)] if prints else []),
        ]
    )


def _closed(sheet: DaySheet) -> str:
    close = sheet.close
    return f"已于 {minute(close.closed_at)} 日清，日清单 {close.paper}" if close else "没有关闭"


def _further(sheet: DaySheet) -> list[str]:
    """Postage, what was out of the ordinary, explained and sampled, as far as there is any."""
    tables = (
        (("承担方", "程次", "件数", "邮费（元）", "未知件数"), day_sheet.postage(sheet)),
        (("时间", "异常", "对象", "原因", "经办", "复核"), day_sheet.exceptions(sheet)),
        (("种类", "过夜事项", "说不清什么", "说明", "说明人"), day_sheet.reasons(sheet)),
        (("抽查", "期间", "抽出", "已登记结果"), day_sheet.samples(sheet)),
    )
    return [output.table(heads, [tuple(row.values()) for row in rows]) for heads, rows in tables if rows]
