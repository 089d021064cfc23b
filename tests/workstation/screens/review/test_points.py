"""The words beside and below the checklist: the 审查要点 of a row, and the outcome with what to do next."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import an_intake, missing
from workstation.acts import formal_review, pledges, registration
from workstation.acts.desk import Desk
from workstation.acts.inputs import Finding
from workstation.domain.case import CaseState
from workstation.screens.review import points, sheet
from workstation.screens.review.sheet import Sheet


def sheet_of(desk: Desk, number: str, *findings: Finding) -> Sheet:
    """A case with these findings on it."""
    return Sheet.at(sheet.look(desk, number), {finding.row: finding for finding in findings})


def passing(desk: Desk, number: str, *but: str) -> list[Finding]:
    """Findings with which all rows pass but some."""
    return [builders.passing(row) for row in builders.open_rows(desk, number) if row.row_id not in but]


def test_the_points_hold_everything_the_checklist_says(desk: Desk, case: str) -> None:
    """Standard, form, copies, from whom, condition, common faults, sample, source and whose list it is."""
    there = sheet_of(desk, case)
    row = there.stored("local_residence")

    told = points.of_row(there, "local_residence")

    for said in (row.name, row.standard, row.from_whom, row.condition or "", row.sample, row.source):
        assert said in told
    assert "清单：示例；" in told
    assert "? 未审" in told


def test_what_was_found_stands_with_the_points(desk: Desk, case: str) -> None:
    """Form, copies and pages, or the way; the defects in words."""
    unsigned = Finding(row="application", form="original", copies=1, pages=2, defects=("unsigned",))
    scanned = Finding(row="applicant_id", way="scan", pages=2)
    there = sheet_of(desk, case, unsigned, scanned, Finding(row="capture", not_applicable=True))

    assert "✗ 不符　原件 1 份 2 页\n缺陷：未签名" in points.of_row(there, "application")
    assert "✓ 通过　扫描 2 页" in points.of_row(there, "applicant_id")
    assert "· 不适用\n" in points.of_row(there, "capture")


def test_what_saving_would_note_as_handed_in_is_said(desk: Desk) -> None:
    """Below what is here, as soon as the row passes; nothing of rows that have papers."""
    number = registration.register(desk, an_intake(without=("applicant_id",))).number
    said = "已收：没有\n! 存下时补记为收到：复印件 1 份\n"

    before = points.of_row(sheet_of(desk, number), "applicant_id")
    there = sheet_of(desk, number, *passing(desk, number))

    assert "已收：没有\n\n" in before
    assert said in points.of_row(there, "applicant_id")
    others = [row_id for row_id in there.rows if row_id != "applicant_id"]
    assert not any("补记" in points.of_row(there, row_id) for row_id in others)


def test_a_stored_remark_is_hidden(desk: Desk, case: str) -> None:
    """What is being typed shows; what is in the ledger is personal."""
    remark = Finding(row="application", remark="申请人说明天送来")
    before = sheet_of(desk, case, remark)
    formal_review.review(desk, case, [remark])
    after = sheet_of(desk, case)

    assert "备注：申请人说明天送来" in points.of_row(before, "application")
    assert "备注：***" in points.of_row(after, "application")


def test_saved_and_unsaved_are_told_apart(desk: Desk, case: str) -> None:
    """By a word, not by a colour."""
    formal_review.review(desk, case, [missing("application")])
    there = sheet_of(desk, case, missing("applicant_id"))

    assert [points.kept(there, row_id) for row_id in list(there.rows)[:3]] == ["已存", "未存", ""]


def test_the_outcome_says_what_comes_next(desk: Desk, case: str) -> None:
    """Unsaved, then saved, then told."""
    all_but_one = [missing("application"), *passing(desk, case, "application")]

    unsaved = points.outcome(sheet_of(desk, case, *all_but_one))
    formal_review.review(desk, case, all_but_one)
    saved = points.outcome(sheet_of(desk, case))

    assert unsaved == ("! 结论：1 行不符：一次性告知", "5 行未存，^S 保存，再按 F5 告知。")
    assert saved == ("! 结论：1 行不符：一次性告知", "F5 一次性告知，最迟 2026-11-27。")


def test_a_passing_review_says_so_before_it_is_saved(desk: Desk, case: str) -> None:
    """And a passed one that nothing is left to review."""
    findings = passing(desk, case)

    before = points.outcome(sheet_of(desk, case, *findings))
    formal_review.review(desk, case, findings)
    after = points.outcome(sheet_of(desk, case))

    assert before == ("✓ 结论：形式审查通过", "5 行未存，^S 保存。")
    assert after[0].startswith("✓ ")
    assert after[1].startswith("下一步：")


def test_a_row_that_would_be_refused_is_named(desk: Desk, case: str) -> None:
    """With the reason, in the row's points and below."""
    wrong = Finding(row="application", not_applicable=True)
    there = sheet_of(desk, case, wrong)

    outcome, then = points.outcome(there)

    assert outcome.startswith("! 结论：1 行不能这样保存")
    assert there.stored("application").name in then
    assert points.state_of(there.rows["application"]) == "! 有误"
    assert "不能这样保存：" in points.of_row(there, "application")


@pytest.mark.parametrize("state", [CaseState.WITHDRAWN, CaseState.GUIDED])
def test_a_case_that_is_over_says_why_it_is_not_reviewed(desk: Desk, state: CaseState) -> None:
    """What and what next, as the act would."""
    number = builders.a_case(desk, state).number

    outcome, then = points.outcome(sheet_of(desk, number))

    assert outcome.startswith("✗ ")
    assert then.startswith("下一步：")


def test_a_pledge_is_wanted_printed_and_signed(desk: Desk) -> None:
    """Each step says the next one."""
    builders.agreed(desk)
    number = registration.register(desk, an_intake(without=("statement",))).number
    deferred = Finding(row="statement", way="deferred")

    wanted = points.outcome(sheet_of(desk, number, deferred))[1]
    pledges.print_pledge(desk, number, builders.asked_later())
    printed = points.outcome(sheet_of(desk, number, deferred))[1]

    assert "^G 出具" in wanted
    assert "待签" in printed
