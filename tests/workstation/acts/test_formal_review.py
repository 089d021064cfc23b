"""形式审查, 一次性告知, 补正提交: row by row, everything missing told at once, formal findings only."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from forms import items
from tests import builders
from tests.builders import a_case, a_consignment, an_intake, at, missing, passing, refused, with_second
from workstation.acts import formal_review, notices, registration
from workstation.acts.desk import Desk
from workstation.acts.inputs import Finding, Material
from workstation.domain.case import CaseState, Holder, RowState
from workstation.domain.consignment import ConsignmentState


@pytest.fixture
def case(desk: Desk) -> str:
    """The number of a case just registered, complete."""
    return a_case(desk, CaseState.REGISTERED).number


@pytest.fixture
def failing(desk: Desk) -> str:
    """The number of a case with every row looked at and two that fail."""
    case = registration.register(desk, an_intake(without=("statement",))).number
    rows = builders.open_rows(desk, case)
    findings = [missing("statement") if row.row_id == "statement" else passing(row) for row in rows]
    unsigned = Finding(row="application", form="original", copies=1, pages=1, defects=("undated", "unsigned"))
    formal_review.review(desk, case, [unsigned, *findings[1:]])
    return case


def test_a_case_passes_when_every_row_does(desk: Desk, case: str) -> None:
    """形式审查通过 follows from the rows; nobody declares it."""
    rows = builders.open_rows(desk, case)

    assert formal_review.review(desk, case, [passing(row) for row in rows[:-1]]).state == CaseState.REGISTERED
    assert formal_review.review(desk, case, [passing(rows[-1])]).state == CaseState.REVIEWED


def test_an_original_only_checked_goes_back_when_its_row_passes(desk: Desk, case: str) -> None:
    """The copy stays, the original is in the applicant's hands again, and that is an entry too."""
    builders.review_all(desk, case)

    with desk.reading() as reading:
        pieces = {p.form: p for p in reading.pieces.where(case_number=case, row_id="applicant_id")}
    assert pieces["original"].holder == Holder.APPLICANT
    assert pieces["copy"].holder == Holder.CLERK


def test_defects_follow_from_what_was_found(desk: Desk, case: str) -> None:
    """A missing paper, a wrong form and those the clerk saw stand together in the row."""
    plain_copy = Finding(
        row="application", form="copy", copies=1, pages=1, defects=("unsigned",), remark="盖章模糊"
    )
    formal_review.review(desk, case, [plain_copy, missing("statement")])

    with desk.reading() as reading:
        application, statement = (reading.rows.get(case, row) for row in ("application", "statement"))
    assert application is not None
    assert statement is not None
    assert (application.state, application.defects) == (RowState.FAILING, "wrong_form,unsigned")
    assert application.remark == "盖章模糊"
    assert (statement.state, statement.defects) == (RowState.FAILING, "missing")


def test_a_finding_can_be_put_right(desk: Desk, case: str) -> None:
    """Before the notice a row may be looked at again."""
    formal_review.review(desk, case, [missing("statement")])

    assert builders.review_all(desk, case).state == CaseState.REVIEWED


def test_a_paper_found_and_not_registered_becomes_a_piece(desk: Desk) -> None:
    """Whatever lies on the counter has a holder, although registration did not note it."""
    case = registration.register(desk, an_intake(without=("statement",))).number
    builders.review_all(desk, case)

    with desk.reading() as reading:
        (piece,) = reading.pieces.where(case_number=case, row_id="statement")
    assert (piece.form, piece.goes, piece.holder) == ("original", 1, Holder.CLERK)
    builders.assert_custody(desk, case)


WRONG = [
    ("finding-row-unknown", [Finding(row="passport", form="copy", copies=1)]),
    ("defect-unknown", [Finding(row="application", form="original", copies=1, defects=("ugly",))]),
    ("finding-repeated", [missing("statement"), missing("statement")]),
    ("row-required", [Finding(row="statement", not_applicable=True)]),
    ("finding-contradictory", [Finding(row="statement", form="original", copies=1, defects=("missing",))]),
    ("finding-contradictory", [Finding(row="statement", copies=1)]),
    ("form-unknown", [Finding(row="statement", form="papyrus", copies=1)]),
    ("count-impossible", [Finding(row="statement", form="original", copies=-1)]),
    ("count-impossible", [Finding(row="statement", form="original", copies=1, pages=10**30)]),
    ("plain-text-control", [Finding(row="statement", form="original", copies=1, remark="a\x07b")]),
]


@pytest.mark.parametrize(
    ("code", "findings"), WRONG, ids=[f"{i}-{code}" for i, (code, _) in enumerate(WRONG)]
)
def test_findings_that_say_nothing_are_refused(
    desk: Desk, case: str, code: str, findings: list[Finding]
) -> None:
    """Nothing is concluded from findings that contradict themselves or the checklist."""
    with refused(desk, code):
        formal_review.review(desk, case, findings)


def test_what_has_passed_is_not_reviewed_again(desk: Desk) -> None:
    """After the case has passed there is nothing to review until a home office asks for more."""
    case = a_case(desk).number

    with refused(desk, "nothing-to-review"):
        formal_review.review(desk, case, [missing("statement")])


def test_in_a_supplement_only_what_was_asked_for_is_reviewed(desk: Desk) -> None:
    """Papers that are with the home office do not fail afterwards."""
    case = a_consignment(desk, ConsignmentState.HOME_CORRECTING).case_number

    with refused(desk, "row-closed"):
        formal_review.review(desk, case, [missing("statement")])


# --- one-time notice


def test_a_notice_tells_everything_at_once(desk: Desk, failing: str) -> None:
    """Each failing row with all its defects, its standard and its remedy (行政许可法 32(4))."""
    told = notices.notice(desk, failing, due="2026-12-01")

    paper = builders.paper_of(desk, failing, "notice")
    with desk.reading() as reading:
        (notice,) = reading.notices.where(case_number=failing)
        body = reading.paper_bodies.get(paper.number)
    assert body is not None
    facts = json.loads(body.facts or "")
    assert (told.state, told.notices) == (CaseState.TO_CORRECT, 1)
    assert notice.rows == "application:unsigned+undated,statement:missing"
    assert (notice.paper, notice.due, notice.second) == (paper.number, "2026-12-01", None)
    assert [row["problem"] for row in facts["rows"]] == ["未签名、未写日期", "缺件"]
    assert all(row["standard"] and row["remedy"] for row in facts["rows"])
    assert "450103199003070004" not in (body.facts or "")


def test_a_notice_waits_until_every_row_was_looked_at(desk: Desk, case: str) -> None:
    """A notice that could miss something is not given."""
    formal_review.review(desk, case, [missing("statement")])

    with refused(desk, "review-incomplete") as caught:
        notices.notice(desk, case)

    assert "开具户籍类证明申请表" in caught.value.why


def test_there_must_be_something_to_tell(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """An item without a checklist has nothing that could be missing."""
    bare = replace(items.for_item("59"), rows=())
    monkeypatch.setattr(items, "for_item", lambda *_: bare)
    case = registration.register(desk, an_intake(materials=())).number

    with refused(desk, "nothing-to-tell"):
        notices.notice(desk, case)


def test_what_was_resubmitted_is_reviewed_before_anything_is_told_again(desk: Desk, failing: str) -> None:
    """A row that waits for review keeps the second notice back."""
    notices.notice(desk, failing)
    formal_review.resubmit(desk, failing, [Material(row="statement", form="original")])

    with refused(desk, "review-incomplete"):
        notices.notice(with_second(desk), failing, reason="又发现一处")


def test_the_day_of_a_notice_is_a_day(desk: Desk, failing: str) -> None:
    """30 February is no day to wait for; full-width digits are read."""
    with refused(desk, "day-impossible"):
        notices.notice(desk, failing, due="2026-02-30")

    notices.notice(desk, failing, due="２０２６-１２-０１")

    with desk.reading() as reading:
        assert [n.due for n in reading.notices.where(case_number=failing)] == ["2026-12-01"]


def test_a_second_notice_takes_a_supervisor_and_a_reason(desk: Desk, failing: str) -> None:
    """一次性告知 is once; what is told again is answered for."""
    notices.notice(desk, failing)
    paper = Material(row="statement", form="original")
    formal_review.resubmit(desk, failing, [paper, Material(row="application", form="original")])
    unsigned = Finding(row="statement", form="original", copies=1, pages=1, defects=("unsigned",))
    application = Finding(row="application", form="original", copies=1, pages=1)
    formal_review.review(desk, failing, [unsigned, application])

    with refused(desk, "reason-missing"):
        notices.notice(with_second(desk), failing)
    with refused(desk, "second-needed"):
        notices.notice(desk, failing, reason="补交件未签名")
    with refused(desk, "wrong-second"):
        notices.notice(with_second(desk, "1002"), failing, reason="补交件未签名")
    told = notices.notice(with_second(desk, "2001"), failing, reason="补交件未签名")

    with desk.reading() as reading:
        told_so_far = reading.notices.where(case_number=failing)
    assert told.notices == 2
    assert [(n.ordinal, n.second, n.reason) for n in told_so_far] == [
        (1, None, None),
        (2, "2001", "补交件未签名"),
    ]


def test_a_supervisor_does_not_confirm_the_own_second_notice(desk: Desk, failing: str) -> None:
    """It takes a supervisor, and another one if the first is at the desk."""
    notices.notice(desk, failing)
    formal_review.resubmit(desk, failing, [Material(row="statement", form="original")])
    formal_review.review(desk, failing, [missing("statement")])
    supervisor = at(desk, "2001")

    with refused(desk, "own-second"):
        notices.notice(with_second(supervisor, "2001"), failing, reason="仍缺")
    assert notices.notice(with_second(supervisor, "2002"), failing, reason="仍缺").notices == 2


# --- resubmission


def test_what_is_resubmitted_replaces_what_failed(desk: Desk, failing: str) -> None:
    """The former paper goes back to the applicant, the new one waits for review."""
    notices.notice(desk, failing)
    case = formal_review.resubmit(desk, failing, [Material(row="application", form="original", pages=2)])

    with desk.reading() as reading:
        former, newer = reading.pieces.where(case_number=failing, row_id="application")
        row = reading.rows.get(failing, "application")
    assert case.state == CaseState.REGISTERED
    assert (former.holder, newer.holder, newer.pages) == (Holder.APPLICANT, Holder.CLERK, 2)
    assert row is not None
    assert (row.state, row.defects) == (RowState.PENDING, "")


def test_nothing_is_no_resubmission(desk: Desk) -> None:
    """Who brings nothing has not resubmitted."""
    case = a_case(desk, CaseState.TO_CORRECT).number

    with refused(desk, "materials-missing"):
        formal_review.resubmit(desk, case, [])


def test_only_rows_of_the_checklist_are_resubmitted(desk: Desk) -> None:
    """A paper that nobody asked for is not taken in."""
    case = a_case(desk, CaseState.TO_CORRECT).number

    with refused(desk, "row-not-found"):
        formal_review.resubmit(desk, case, [Material(row="passport", form="copy")])


def test_what_has_passed_is_not_asked_for_twice(desk: Desk) -> None:
    """A row that passed keeps its paper."""
    case = a_case(desk, CaseState.TO_CORRECT).number

    with refused(desk, "row-passed"):
        formal_review.resubmit(desk, case, [Material(row="application", form="original")])


@pytest.mark.parametrize(
    ("code", "material"),
    [
        ("material-form-unknown", Material(row="statement", form="copy_checked")),
        ("count-impossible", Material(row="statement", form="original", copies=0)),
        ("material-office", Material(row="statement", form="original", office=2)),
    ],
)
def test_a_wrong_paper_is_refused(desk: Desk, code: str, material: Material) -> None:
    """Form, counts and office of a resubmitted paper are checked like those of the first."""
    case = a_case(desk, CaseState.TO_CORRECT).number

    with refused(desk, code):
        formal_review.resubmit(desk, case, [material])


def test_a_reviewed_case_takes_more_only_if_a_home_office_asks(desk: Desk) -> None:
    """No supplement without 属地要求补正."""
    case = a_case(desk).number

    with refused(desk, "no-supplement-wanted"):
        formal_review.resubmit(desk, case, [Material(row="statement", form="original")])


def test_a_supplement_is_taken_in_and_reviewed(desk: Desk) -> None:
    """What the home office asked for becomes a row, a piece and a finding while the case stays reviewed."""
    case = a_consignment(desk, ConsignmentState.HOME_CORRECTING).case_number
    (row,) = builders.open_rows(desk, case)

    formal_review.resubmit(desk, case, [Material(row=row.row_id, form="copy")])
    reviewed = formal_review.review(desk, case, [passing(row)])

    assert reviewed.state == CaseState.REVIEWED
    assert builders.open_rows(desk, case) == []
    assert row.from_whom == "业务属地要求"
