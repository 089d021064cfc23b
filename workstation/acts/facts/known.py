"""What a wording may name: every fact with its label and a sample, those of several papers here.

Each document's module has its own in `KNOWN`; a list fact is a `Rows` whose cells are facts again.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workstation.acts.facts import FactValue


@dataclass(frozen=True)
class Fact:
    """A value a wording may name: what people call it, and one it could have."""

    label: str
    sample: str


@dataclass(frozen=True)
class Rows:
    """A list a wording may name, cell by cell in a row of a table."""

    label: str
    cells: Mapping[str, Fact]
    further: tuple[Mapping[str, str], ...] = ()
    """More sample rows, each only with what it has otherwise."""

    @property
    def samples(self) -> list[dict[str, str]]:
        """The rows a sample paper has, numbered where they have a number."""
        first = {name: cell.sample for name, cell in self.cells.items()}
        rows = [first, *({**first, **other} for other in self.further)]
        return [{**row, **({"seq": str(i)} if "seq" in row else {})} for i, row in enumerate(rows, start=1)]


Known = Mapping[str, Fact | Rows]

SEQ = Fact("序号", "1")

#: Of a practice hall's kind, which no hall that works in earnest gives out.
_CASE = "13508249992632400016"
_FACE = "43508249992632400012"

OF_PAPER: Known = {
    "paper.number": Fact("纸面编号", _FACE),
    "paper.copy": Fact("第几份", "1"),
    "paper.copy_mark": Fact("副本标记", ""),
    "paper.printed_at": Fact("打印时间", "2026-11-20 09:14"),
}

OF_HALL: Known = {
    "hall.name": Fact("大厅名称", "示例市示例县政务服务中心"),
    "hall.address": Fact("大厅地址", "示例省示例市示例县示例街道政务路 1 号"),
    "hall.phone": Fact("大厅电话", "0597-5550000"),
    "hall.postcode": Fact("大厅邮编", "364300"),
    "window": Fact("窗口号", "3"),
    "carrier.name": Fact("寄递企业", "中国邮政（EMS）"),
}

OF_CASE: Known = {
    "case.number": Fact("办件编号", _CASE),
    "case.received_at": Fact("收件时间", "2026-11-20 09:12"),
    "item.name": Fact("事项名称", "夫妻投靠户口迁移"),
    "item.mode": Fact("通办方式", "异地代收代办"),
    "item.path": Fact("办理方式", "本窗口收件，寄往业务属地部门办理"),
    "office.name": Fact("业务属地部门", "示例市公安局示例分局跨省通办窗口"),
    "applicant.name": Fact("申请人", "张示例"),
    "applicant.id_kind": Fact("申请人证件种类", "居民身份证"),
    "applicant.id_number": Fact("申请人证件号码（部分隐去）", "350824********002X"),
    "applicant.phone": Fact("申请人电话（部分隐去）", "138******34"),
    "agent.name": Fact("代办人", "李示例"),
    "agent.id_kind": Fact("代办人证件种类", "居民身份证"),
    "agent.id_number": Fact("代办人证件号码（部分隐去）", "350824********0011"),
    "clerk.name": Fact("首问责任人", "林示例（1001）"),
}


def of(document: str) -> Known:
    """All that a document's wording may name."""
    own: Known = importlib.import_module(f"workstation.acts.facts.{document}").KNOWN
    return {**OF_PAPER, **own}


def named(known: Known) -> Iterator[tuple[str, Fact]]:
    """Every name as a wording writes it, the cells of a list one by one."""
    for name, fact in known.items():
        if isinstance(fact, Fact):
            yield name, fact
        else:
            yield from ((f"{name}.{cell}", one) for cell, one in fact.cells.items())


def samples(document: str) -> dict[str, FactValue]:
    """A sample of everything, as the facts of a paper are given."""
    return {
        name: fact.sample if isinstance(fact, Fact) else fact.samples for name, fact in of(document).items()
    }
