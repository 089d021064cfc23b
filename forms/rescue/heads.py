"""The heads of an old 台账: which row they are, and what each may mean; a guess is only shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from forms.rescue.damage import Kind

DEPTH = 10
"""Rows from the first one with text in which heads are looked for."""
_FEWEST = 2
"""Heads we know by which a row is told from a title or from data."""
SEVERAL = "remark"
"""The one field that takes several columns."""

#: What a field holds.
KINDS = {
    "number": Kind.NUMBER,
    "received_on": Kind.DATE,
    "ended_on": Kind.DATE,
    "item": Kind.TEXT,
    "office": Kind.TEXT,
    "applicant_name": Kind.TEXT,
    "applicant_id": Kind.ID,
    "applicant_phone": Kind.PHONE,
    "waybill": Kind.WAYBILL,
    "return_waybill": Kind.WAYBILL,
    SEVERAL: Kind.TEXT,
}
_POSTCODES = ("邮编", "邮政编码")
#: What people call each; a name that says more goes before one that says less.
_NAMES = {
    "number": "编号 收件编号 受理编号 受理号 办件编号 办件号 业务编号 业务流水号 流水号 收件号 登记号",
    "received_on": "收件日期 收件时间 收件日 受理日期 受理时间 登记日期 登记时间 申请日期 申请时间 日期",
    "ended_on": "办结日期 办结时间 完成日期 完成时间 送达日期 送达时间 领取日期 领取时间",
    "item": "事项名称 事项 通办事项 申请事项 业务事项 办理事项 业务名称 业务类型 办理业务",
    "office": "业务属地部门 业务属地 属地部门 属地 办理部门 收件部门 收件单位 寄往单位 寄往地 目的地",
    "applicant_name": "申请人姓名 申请人 群众姓名 办事人姓名 办事人 当事人 姓名",
    "applicant_id": "身份证号码 身份证号 身份证 公民身份号码 证件号码 证件号",
    "applicant_phone": "联系电话 手机号码 手机号 手机 电话号码 电话 联系方式",
    "return_waybill": "回程邮件号 返程邮件号 第二程邮件号 回程单号 返程单号 回寄单号 寄回单号 回程运单号",
    "waybill": "去程邮件号 第一程邮件号 去程单号 寄出单号 快递单号 邮寄单号 运单号 邮件号 快递号 单号",
    SEVERAL: "备注 备注说明 说明",
}
#: A head with one of these is about somebody else.
_OTHERS = ("代办", "代理", "经办", "窗口", "工作人员", "审核", "领件", "属地联系")
_MARKS = re.compile(r"[\s*:()\[\]【】（）“”\"'/]+")


class Area(Protocol):
    """A merged area, its edges counted from 1 and included."""

    @property
    def top(self) -> int:
        """The first row."""

    @property
    def left(self) -> int:
        """The first column."""

    @property
    def bottom(self) -> int:
        """The last row."""

    @property
    def right(self) -> int:
        """The last column."""


@dataclass(frozen=True)
class Heads:
    """The heads, each once, by the index of their column; and the indexes of the rows that have any."""

    names: Mapping[int, str]
    top: int
    row: int
    """The last of them."""


def key(head: str) -> str:
    """A head without what people add or vary."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", head)).casefold()


def meaning(head: str) -> str:
    """The field a head names word for word; or else one whose name is part of it; empty for none."""
    wanted = key(head.rpartition("/")[2]) or key(head)
    if wanted in _EXACT:
        return _EXACT[wanted]
    if any(other in head for other in _OTHERS):
        return ""
    within = [name for name in _EXACT if len(name) > 1 and name in key(head)]
    return _EXACT[max(within, key=len)] if within else ""


def guess(heads: Collection[str]) -> dict[str, str]:
    """Which field each head may mean; a field goes to who names it word for word, or else in part."""
    guesses: dict[str, str] = {}
    for head in sorted(heads, key=lambda head: key(head) not in _EXACT):
        field = meaning(head)
        if field and (field == SEVERAL or field not in guesses.values()):
            guesses[head] = field
    return {head: guesses[head] for head in heads if head in guesses}


def kind(field: str, head: str) -> Kind:
    """What a cell of this column should hold; a postcode has no field of its own, and loses zeros too."""
    if field == SEVERAL and any(name in head for name in _POSTCODES):
        return Kind.POSTCODE
    return KINDS[field]


def find(rows: Sequence[Sequence[str]], first: int, areas: Sequence[Area]) -> Heads | None:
    """The row that has most heads we know, of equals the first; None where no row looks like heads.

    A row that only parts what is merged sideways above it belongs to the heads too: 邮件号/去程.
    """
    counts = [sum(bool(meaning(cell)) for cell in row if cell) for row in rows[:DEPTH]]
    if not counts or max(counts) < _FEWEST:
        return None
    at = counts.index(max(counts))
    wide = [area for area in areas if area.top == first + at and area.left < area.right]
    above = {column - 1: area.left - 1 for area in wide for column in range(area.left, area.right + 1)}
    below = rows[at + 1] if at + 1 < len(rows) else ()
    parted = {column for column, cell in enumerate(below) if cell}
    if not parted or not parted <= above.keys():
        return Heads(_once(dict(enumerate(rows[at]))), at, at)
    names = {
        c: f"{rows[at][above[c]]}/{below[c]}" if c in parted else name for c, name in enumerate(rows[at])
    }
    return Heads(_once(names), at, at + 1)


def _once(names: Mapping[int, str]) -> dict[int, str]:
    """Each name once; a second one of the same gets its ordinal, a column without any has none."""
    counts: dict[str, int] = {}
    once = {}
    for column, name in names.items():
        if name:
            counts[name] = counts.get(name, 0) + 1
            once[column] = name if counts[name] == 1 else f"{name}#{counts[name]}"
    return once


_EXACT = {key(name): field for field, names in _NAMES.items() for name in names.split()} | dict.fromkeys(
    _POSTCODES, SEVERAL
)
