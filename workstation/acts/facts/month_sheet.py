"""Facts of the 月结单: the days of a month, what they add up to, and where the journal says otherwise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from workstation.acts import agreements
from workstation.acts.facts import Facts, day_sheet, of_hall
from workstation.acts.facts.known import OF_HALL, Fact, Known, Rows
from workstation.acts.facts.postage_statement import LEGS
from workstation.domain.people import Hall
from workstation.domain.times import minute

if TYPE_CHECKING:
    from workstation.acts.month_figures import Month

#: The steps of a day on the sheet, in the order of its columns.
_OF_DAYS = {
    "registered": ("cases", "收件"),
    "reviewed": ("cases", "通过"),
    "sealed": ("consignments", "封装"),
    "handed_over": ("consignments", "交寄"),
    "acknowledged": ("consignments", "签收"),
    "closed": ("cases", "办结"),
}
NOT_CLOSED = "not_closed"
ANCHOR = "anchor"
_TABLES = {"cases": ("办件", day_sheet.CASES), "consignments": ("送件", day_sheet.CONSIGNMENTS)}
_TABLES["envelopes"] = ("封套", day_sheet.ENVELOPES)
_BY = {"items": "事项", "offices": "属地", "clerks": "经办"}
_SAME = ("step_rows", "item_rows", "office_rows", "postage_rows")

KNOWN: Known = {
    **OF_HALL,
    "month.name": Fact("统计月份", "2026-11"),
    "month.taken_at": Fact("统计截至", "2026-12-01 09:05"),
    "month.standing": Fact("第几次月结", "本单是 2026-11 的月结单：第 1 次月结。"),
    "count.closes": Fact("日清的日数", "21"),
    "count.differences": Fact("不符的处数", "1"),
    "day_rows": Rows(
        "各日",
        {
            "day": Fact("日期", "2026-11-20"),
            "ordinal": Fact("第几次日清", "第 1 次"),
            **{step: Fact(f"{label}件次", "1") for step, (_, label) in _OF_DAYS.items()},
            "paper": Fact("日清单编号", "63508249992632400018"),
        },
    ),
    **{name: day_sheet.KNOWN[name] for name in _SAME},
    "difference_rows": Rows(
        "不符之处",
        {
            "day": Fact("日期", "2026-11-21"),
            "figure": Fact("哪一项", "办件收件"),
            "closed": Fact("日清的数", "3"),
            "journal": Fact("留痕账的数", "4"),
        },
    ),
    "journal.entries": Fact("留痕账条数", "6812"),
    "journal.anchor": Fact("链首码", "0000052331006062428060509553957313612959"),
}


def facts(hall: Hall, window: int, month: Month, ordinal: int) -> Facts:
    """The month in tables, as its close prints it."""
    values = {
        **of_hall(hall, window),
        "month.name": month.month,
        "month.taken_at": minute(month.taken_at),
        "month.standing": standing(month, ordinal),
        "count.closes": str(len(month.closes)),
        "count.differences": str(len(month.differences)),
        "day_rows": days(month),
        "step_rows": day_sheet.steps_of(month.figures),
        "item_rows": day_sheet.items_of(month.figures, month.titles),
        "office_rows": day_sheet.offices_of(month.figures),
        "postage_rows": day_sheet.postage_of(month.postage),
        "difference_rows": differences(month),
        "journal.entries": str(month.entries),
        "journal.anchor": month.anchor,
    }
    return Facts(values)


def standing(month: Month, ordinal: int) -> str:
    """What the sheet says of itself, and whether all agrees."""
    agrees = (
        "各日日清与留痕账重新统计的数相符。"
        if not month.differences
        else f"有 {len(month.differences)} 处不符，逐项列在下面；请查明并在下面签注。"
    )
    return f"本单是 {month.month} 的月结单：第 {ordinal} 次月结，由当月各日现行的日清相加而成。{agrees}"


def days(month: Month) -> list[dict[str, str]]:
    """A line for each day that is closed."""
    return [
        {
            "day": close.day,
            "ordinal": f"第 {close.id.rpartition('-')[2]} 次",
            **_steps(json.loads(close.figures)),
            "paper": close.paper,
        }
        for close in month.closes
    ]


def _steps(kept: Mapping[str, Mapping[str, int]]) -> dict[str, str]:
    return {step: str(kept[table].get(step, 0)) for step, (table, _) in _OF_DAYS.items()}


def differences(month: Month) -> list[dict[str, str]]:
    """What does not agree, figure by figure."""
    return [
        {
            "day": one.day,
            "figure": figure_word(one.figure, month.titles),
            "closed": one.closed,
            "journal": one.journal,
        }
        for one in month.differences
    ]


def figure_word(figure: str, titles: Mapping[str, str]) -> str:
    """A figure as people read it."""
    if figure == NOT_CLOSED:
        return "办过件，没有日清"
    if figure == ANCHOR:
        return "链首码"
    by, _, rest = figure.partition("/")
    if by == "postage":
        payer, leg = rest.split("/")
        return f"邮件 {agreements.PAYERS[payer]} {LEGS[leg]}"
    if by not in _BY:
        return _step_word(figure)
    name, _, step = rest.rpartition("/")
    step = step if "." in step else f"consignments.{step}"
    return f"{_BY[by]} {titles.get(name, name)} {_step_word(step)}"


def _step_word(step: str) -> str:
    table, _, state = step.partition(".")
    noun, words = _TABLES[table]
    return f"{noun}{words.get(state, state)}"
