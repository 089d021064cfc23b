"""The 日清单 as written: figures side by side, noughts and dashes for what there is not."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from tests.engines import OPENING
from tests.workstation.acts.facts.written import on_paper
from workstation.acts.day_exceptions import Exceptional
from workstation.acts.day_sheets import DaySheet, Drawn, Figures, Lying
from workstation.acts.desk import Desk
from workstation.acts.facts import day_sheet
from workstation.acts.postages import Sum
from workstation.domain import codes
from workstation.domain.day_close import DayReason
from workstation.domain.envelope import Task
from workstation.domain.printing import PrintJob
from workstation.domain.sampling import Sample

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


def rows(text: str, first: str) -> list[list[str]]:
    """The rows of tables that begin so."""
    found = [line for line in text.splitlines() if line.startswith(f"{first} ")]
    return [[cell.strip() for cell in line.split("│")] for line in found]


def cells(text: str, first: str) -> list[str]:
    """The one row of a table that begins so."""
    (row,) = rows(text, first)
    return row


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

    dashes = [line.count("—") for line in lines if line.startswith("—")]
    # Postage, exceptions, what was explained, samples; envelopes, tasks, prints.
    assert dashes == [5, 6, 5, 4, 3, 4, 4]


def test_what_waits_is_told(desk: Desk, sheet: DaySheet) -> None:
    """Envelopes by state and place, tasks by reason, prints by state and why."""
    task = Task("t-1", "lost", "23", "open", opened_at=OPENING, opened_by="1002", note="张示例")
    job = PrintJob("4-1", "4", "激光机", "print_failed", 1, 0, "1001", ended_by="1002")
    full = replace(sheet, envelopes=(Lying("sealed", "A-01", 2),), tasks=(task,), prints=((job, None),))

    text = told(desk, full)

    assert cells(text, "已封装") == ["已封装", "A-01", "2"]
    assert cells(text, "丢失") == ["丢失", "23", "2026-11-20 09:00", "1002"]
    assert ["—", "4", "激光机", "没有打印：由 1002 确认"] in rows(text, "—")
    assert "张示例" not in text


def test_what_a_close_adds_is_told(desk: Desk, sheet: DaySheet) -> None:
    """Postage by payer, exceptions with their reasons, what may stay overnight and why, and the samples."""
    said = DayReason(
        "d", "2026-11-20", "envelope", "23", "no_waybill", "other", "明早补扫", changed_by="2001"
    )
    sample = Sample("2026-11-20-1", "2026-11-19", "2026-11-20", "0" * 40, 50, 9, "", OPENING, "2001")
    full = replace(
        sheet,
        postage=(Sum("window", "out", 3, 6600, 1),),
        exceptions=(Exceptional("reopen", "24", "漏放材料", OPENING, "1001", "2002"),),
        reasons=(said,),
        samples=(Drawn(sample, 2, 1),),
        standing="本单是日清单",
    )

    text = told(desk, full)

    assert cells(text, "本窗口") == ["本窗口", "寄出", "3", "66.00", "1"]
    assert cells(text, "09:00") == ["09:00", "拆封", "24", "漏放材料", "1001", "2002"]
    assert cells(text, "封套") == ["封套", "23", "已交寄，没有运单号", "其他（须写明）：明早补扫", "2001"]
    assert cells(text, "2026-11-20-1") == ["2026-11-20-1", "2026-11-19 至 2026-11-20", "2", "1"]
    assert "本单是日清单" in text


def test_the_anchor_stands_with_the_entry_it_is_of(desk: Desk, sheet: DaySheet) -> None:
    """Whoever compares it knows up to where the journal is told."""
    text = told(desk, sheet)

    assert "到第 7 条为止的留痕账" in text
    assert sheet.anchor in text.replace(" ", "")
    assert codes.parse_anchor(sheet.anchor) == bytes(16)
