"""The queue as the screen shows it: the cells of a line, and all there is to say about it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from workstation.acts.queue import Line
from workstation.domain.times import local, minute
from workstation.domain.words import word
from workstation.widgets.record_list import Column

ALL = ""
"""Stands for every reason."""
_TAIL = 5

HEADS = (
    Column("", 1),
    Column("事由", 10),
    Column("编号", 10),
    Column("属地", 8, flexible=True),
    Column("剩余", 7),
    Column("在办", 5),
    Column("自", 11, wide_only=True),
    Column("到期", 10, wide_only=True),
    Column("首问", 5, wide_only=True),
)


def cells(line: Line, marked: Collection[str]) -> Sequence[str]:
    """Mark, reason, what it is about, office, days left, who works it."""
    return (
        "●" if line.key in marked else "",
        line.title,
        _short(line),
        line.office,
        _left(line),
        line.holder,
        f"{local(line.since):%m-%d %H:%M}",
        line.due.isoformat() if line.due else "",
        line.by,
    )


def _short(line: Line) -> str:
    """The end of its number, as people say it on the telephone; a day as it is."""
    number, dash, more = (line.case_number or line.object).partition("-")
    if not line.case_number and dash and not number.isdigit():
        return line.object
    return f"…{number[-_TAIL:]}" if len(number) > _TAIL else f"{number}{dash}{more}"


def _left(line: Line) -> str:
    if line.left is None:
        return ""
    return f"!超{-line.left}天" if line.is_over else f"{line.left}天"


def told(line: Line | None, marked: int) -> str:
    """The line under the cursor, in words; and how many are marked."""
    if line is None:
        return "没有要办的。"
    case = f"　办件 {line.case_number}" if line.case_number else ""
    now = f"{line.holder} 在办" if line.holder else "还没有人认领"
    resolves = "看过了按 ^S 阅" if line.is_looked_at else f"由“{word(line.act)}”了结，Enter 打开"
    several = f"　已选 {marked} 行" if marked else ""
    return "\n".join(
        (
            f"{line.title}　{line.object}{case}",
            f"自 {minute(line.since)}　{line.said}",
            f"{now}；{resolves}。{several}",
        )
    )
