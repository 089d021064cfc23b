"""A leg and its days in words, as screen and command line tell them."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.acts.deadline_reasons import STATES, Explained
from workstation.domain.day_sums import Day
from workstation.domain.times import minute
from workstation.reference.calendars import WEEKDAYS

#: Before each leg: told by sign and by word.
SIGNS = {
    "done": "✓",
    "late": "!",
    "over": "!",
    "running": "·",
    "paused": "·",
    "unknown": "?",
    "ahead": " ",
}


def sign(leg: Explained) -> str:
    """Where a leg stands, in one cell."""
    return SIGNS[leg.state]


def head(leg: Explained) -> str:
    """Which leg, of what, and where it stands."""
    office = f"　{leg.office_name}" if leg.office_name else ""
    return f"{leg.title}　{leg.object}{office}　{STATES[leg.state]}"


def lines(leg: Explained) -> Iterator[str]:
    """Start, rule, end, and every day between."""
    if leg.sum is None or leg.since is None:
        yield "还没有开始。" if leg.state == "ahead" else "没有人登记，也没有收到消息。"
        return
    yield f"起点：{minute(leg.since)}"
    yield f"依据：{leg.source}"
    yield f"终点：{end(leg)}"
    if leg.ended is not None:
        yield f"完成：{minute(leg.ended)}"
    yield from map(day, leg.sum.days)


def day(one: Day) -> str:
    """One day: which one it is of those that count, or why it does not."""
    number = f"第 {one.number:>2} 日" if one.number else "不计"
    week = f"周{WEEKDAYS[one.day.weekday()]}"
    why = f"　{one.why}" if one.why not in ("", week) else ""
    return f"{one.day.isoformat()} {week}　{number}{why}"


def end(leg: Explained) -> str:
    """The last day, or why there is none; with what is provisional about it."""
    found = leg.sum
    if found is None:
        return ""
    if found.end is None:
        left = found.limit.days - found.counted if found.limit else 0
        return f"暂停中（{found.paused}），结束后还有 {left} 个工作日"
    told = found.end.strftime("%Y-%m-%d %H:%M")
    years = "、".join(map(str, found.provisional))
    return f"{told}（暂定：{years} 年节假日安排尚未导入）" if years else told
