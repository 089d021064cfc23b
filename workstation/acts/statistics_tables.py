"""The statistics as people read them: seven views, each of tables whose lines have a label and figures.

Screen, command, table file and paper show the same tables; a bar is drawn of a line's `size`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from workstation.acts.statistics import WAITS, Group, Rate, Statistics, Tally, Wait

VIEWS = {
    "overview": "概况",
    "items": "事项",
    "provinces": "省份",
    "outcomes": "结果",
    "clerks": "经办",
    "waits": "时限",
    "times": "时段",
}
#: What has to be known to read the figures.
NOTES = (
    "按收件时间统计：期内登记的办件，按截至时的情况计；送件是办件寄往一个业务属地部门的那一份。",
    "首次通过率：没有出过一次性告知就通过形式审查的，占已通过或已告知的；二次告知率：告知两次及以上的，占告知过的。",
    "各段按时率：已完成的各段，按本大厅的工作日表和设置的天数计；收件→告知、协议另约的天数、暂停、钟点和"
    "属地自己的节假日没有计入，逐件以“期限”为准。",
    "实时可通办率：来源：未核对。这里指收件当日通过形式审查的，占收件（不含已指引）。",
    "P50、P90：从短到长排，第 50%、90% 位的那一件用的小时数（最近秩）；满 10 小时的只计整小时。",
)
_WEEKDAYS = "一二三四五六日"
_GROUP = ("收件", "已通过", "首次通过率", "告知过", "二次告知率", "当日通过")


class Row(NamedTuple):
    """One line: its label, the figures under their heads, and how long its bar is."""

    label: str
    figures: tuple[str, ...]
    size: float


class Table(NamedTuple):
    """Lines under heads; the first head is that of the labels."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    whole: float = 0.0
    """What a full bar stands for; 0: the largest of the lines."""

    def share(self, row: Row) -> float:
        """How much of a full bar a line takes, between 0 and 1."""
        whole = self.whole or max(each.size for each in self.rows)
        return row.size / whole if whole else 0.0


def views(found: Statistics) -> dict[str, tuple[Table, ...]]:
    """Every view by its key."""
    return {key: view(found) for key, view in _VIEWS.items()}


def hours(tenths: int) -> str:
    """Hours with a tenth where there are few, as they were ranked."""
    return f"{tenths // 10}.{tenths % 10}" if tenths < 100 else str(tenths // 10)


def _overview(found: Statistics) -> tuple[Table, ...]:
    total = found.all
    counts = [
        ("收件", total.registered),
        ("通过形式审查", total.passed),
        ("一次性告知过", total.told),
        ("送件", found.consignments),
    ]
    return (
        Table("数量", ("项目", "件数"), tuple(Row(name, (str(n),), n) for name, n in counts)),
        Table("比率", ("项目", "百分比", "分子", "分母"), tuple(map(_rate, found.rates)), 1.0),
        Table("通办方式", ("方式", *_GROUP), tuple(map(_group, found.ways))),
    )


def _items(found: Statistics) -> tuple[Table, ...]:
    rows = tuple(_group(each, f"{each.key} {each.name}") for each in found.items)
    return (Table("按事项", ("事项", *_GROUP), rows),)


def _provinces(found: Statistics) -> tuple[Table, ...]:
    title = f"受理地 {found.here}，按业务属地"
    return (Table(title, ("属地", "送件"), tuple(map(_tally, found.provinces))),)


def _outcomes(found: Statistics) -> tuple[Table, ...]:
    return (
        Table("办件现在的状态", ("状态", "办件"), tuple(map(_tally, found.states))),
        Table("业务属地的结果", ("结果", "送件"), tuple(map(_tally, found.outcomes))),
    )


def _clerks(found: Statistics) -> tuple[Table, ...]:
    return (Table("按经办", ("工号", *_GROUP), tuple(map(_group, found.clerks))),)


def _waits(found: Statistics) -> tuple[Table, ...]:
    heads = ("业务属地部门", "P50 小时", "P90 小时", "送件")
    legs = (
        Table(title, heads, tuple(_wait(each) for each in found.waits if each.leg == leg))
        for leg, title in WAITS.items()
    )
    on_time = Table("按时率", ("环节", "百分比", "按时", "已完成"), tuple(map(_rate, found.on_time)), 1.0)
    return (on_time, *(table for table in legs if table.rows))


def _times(found: Statistics) -> tuple[Table, ...]:
    return (
        Table("按钟点", ("钟点", "收件"), _counted(found.hours, lambda hour: f"{hour:02d} 时")),
        Table("按星期", ("星期", "收件"), _counted(found.weekdays, lambda day: f"星期{_WEEKDAYS[day]}")),
    )


_VIEWS: dict[str, Callable[[Statistics], tuple[Table, ...]]] = {
    "overview": _overview,
    "items": _items,
    "provinces": _provinces,
    "outcomes": _outcomes,
    "clerks": _clerks,
    "waits": _waits,
    "times": _times,
}


def _counted(counts: Sequence[int], name: Callable[[int], str]) -> tuple[Row, ...]:
    """From the first place with any to the last: nobody comes at night."""
    used = [at for at, count in enumerate(counts) if count]
    places: Iterable[int] = range(used[0], used[-1] + 1) if used else ()
    return tuple(Row(name(at), (str(counts[at]),), counts[at]) for at in places)


def _rate(rate: Rate) -> Row:
    return Row(rate.name, (rate.told, str(rate.part), str(rate.whole)), rate.share)


def _tally(tally: Tally) -> Row:
    return Row(tally.name, (str(tally.count),), tally.count)


def _group(group: Group, label: str = "") -> Row:
    figures = (
        str(group.registered),
        str(group.passed),
        group.first_time.told,
        str(group.told),
        group.second_notice.told,
        str(group.passed_same_day),
    )
    return Row(label or group.name, figures, group.registered)


def _wait(wait: Wait) -> Row:
    return Row(wait.name, (hours(wait.p50), hours(wait.p90), str(wait.count)), wait.p50 / 10)
