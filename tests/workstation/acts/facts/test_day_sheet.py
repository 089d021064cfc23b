"""The 日清单 as written: figures side by side, noughts and dashes for what there is not."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from tests.engines import OPENING
from tests.workstation.acts.facts.written import on_paper
from workstation.acts.day_sheets import DaySheet, Figures, Lying
from workstation.acts.desk import Desk
from workstation.acts.facts import day_sheet
from workstation.domain import codes
from workstation.domain.envelope import Task
from workstation.domain.printing import PrintJob

FIGURES = Figures(
    cases=Counter({"registered": 3, "closed": 1}),
    consignments=Counter({"sealed": 2}),
    envelopes=Counter({"void": 1}),
    items={"59": Counter({"cases.registered": 2, "consignments.sealed": 2}), "63": Counter()},
    offices={"示例部门": Counter({"sealed": 2})},
    clerks={"1001": Counter({"cases.registered": 3})},
)


@pytest.fixture
def sheet() -> DaySheet:
    """A day of made-up figures, with nothing lying about."""
    return DaySheet(
        day="2026-11-20",
        taken_at=OPENING,
        entries=7,
        anchor=codes.anchor(bytes(16)),
        figures=FIGURES,
        envelopes=(),
        tasks=(),
        prints=(),
    )


def told(desk: Desk, sheet: DaySheet) -> str:
    """The sheet as text."""
    titles = {"59": "开具户籍类证明", "63": "新生儿入户"}
    return on_paper("day_sheet", day_sheet.facts(desk.hall, 2, sheet, titles))


def cells(text: str, first: str) -> list[str]:
    """The row of a table that begins so."""
    (row,) = [line for line in text.splitlines() if line.startswith(f"{first} ")]
    return [cell.strip() for cell in row.split("│")]


def test_three_kinds_of_records_stand_side_by_side(sheet: DaySheet) -> None:
    """Each step with its figure; where one kind has fewer steps the cells stay empty."""
    rows = day_sheet.steps(sheet)

    assert len(rows) == max(len(day_sheet.CASES), len(day_sheet.CONSIGNMENTS), len(day_sheet.ENVELOPES))
    assert tuple(rows[0].values()) == ("收件", "3", "封装", "2", "装袋", "0")
    assert tuple(rows[6].values()) == ("撤回", "0", "结果回寄", "0", "作废", "1")
    assert tuple(rows[8].values()) == ("办结", "1", "送达", "0", "", "")


def test_items_offices_and_clerks_have_a_line_each(desk: Desk, sheet: DaySheet) -> None:
    """By title, name and code; a step that was not reached is a nought."""
    text = told(desk, sheet)

    assert cells(text, "开具户籍类证明") == ["开具户籍类证明", "2", "0", "0", "0", "2", "0", "0", "0"]
    assert cells(text, "示例部门") == ["示例部门", "2", "0", "0", "0", "0", "0", "0"]
    assert cells(text, "1001") == ["1001", "3", "0", "0", "0", "0", "0", "0", "0"]


def test_where_nothing_waits_there_is_a_dash(desk: Desk, sheet: DaySheet) -> None:
    """Envelopes, tasks and prints each show that nothing was forgotten."""
    lines = [line.replace(" ", "") for line in told(desk, sheet).splitlines()]

    assert [line for line in lines if line.startswith("—")] == ["—│—│—", "—│—│—│—", "—│—│—│—"]


def test_what_waits_is_told(desk: Desk, sheet: DaySheet) -> None:
    """Envelopes by state and place, tasks by reason, prints by state and why."""
    task = Task("t-1", "lost", "23", "open", opened_at=OPENING, opened_by="1002", note="张示例")
    job = PrintJob("4-1", "4", "激光机", "print_failed", 1, 0, "1001", ended_by="1002")
    full = replace(sheet, envelopes=(Lying("sealed", "A-01", 2),), tasks=(task,), prints=((job, None),))

    text = told(desk, full)

    assert cells(text, "已封装") == ["已封装", "A-01", "2"]
    assert cells(text, "丢失") == ["丢失", "23", "2026-11-20 09:00", "1002"]
    assert cells(text, "—") == ["—", "4", "激光机", "没有打印：由 1002 确认"]
    assert "张示例" not in text


def test_the_anchor_stands_with_the_entry_it_is_of(desk: Desk, sheet: DaySheet) -> None:
    """Whoever compares it knows up to where the journal is told."""
    text = told(desk, sheet)

    assert "到第 7 条为止的留痕账" in text
    assert sheet.anchor in text.replace(" ", "")
    assert codes.parse_anchor(sheet.anchor) == bytes(16)
