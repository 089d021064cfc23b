"""The outlook of a review: what its findings would come to, and why they would be refused."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms import items
from forms.review import DEFECTS
from tests import builders
from tests.builders import a_case, a_consignment, an_intake, head, missing, passing
from workstation.acts import formal_review, outlooks, pledges, registration
from workstation.acts.desk import Desk
from workstation.acts.inputs import Finding, LicenceFault, Material
from workstation.acts.outlooks import Outlook, RowOutlook
from workstation.domain.case import CaseState, RowState
from workstation.domain.consignment import ConsignmentState
from workstation.errors import Explained

FAULT = LicenceFault(kind="wrong", what="住址有误", sent_to="示例市公安局")


@pytest.fixture
def case(desk: Desk) -> str:
    """The number of a case just registered, complete."""
    return a_case(desk, CaseState.REGISTERED).number


def row_of(outlook: Outlook, row_id: str) -> RowOutlook:
    """One row of an outlook."""
    (found,) = [row for row in outlook.rows if row.row.row_id == row_id]
    return found


def refusal_of(outlook: Outlook, row_id: str) -> str | None:
    """The code under which a row would be refused."""
    refusal = row_of(outlook, row_id).refusal
    return refusal.code if refusal else None


def passing_all(desk: Desk, case: str) -> dict[str, Finding]:
    """Findings with which every open row passes, by row."""
    return {row.row_id: passing(row) for row in builders.open_rows(desk, case)}


def test_before_anything_is_found_every_row_waits(desk: Desk, case: str) -> None:
    """And the outlook stands in the order of the checklist."""
    outlook = outlooks.of_case(desk, case)

    assert {row.state for row in outlook.rows} == {RowState.PENDING}
    assert outlook.sentence == f"还有 {len(outlook.rows)} 行未审"
    assert [row.row.position for row in outlook.rows] == sorted(row.row.position for row in outlook.rows)
    assert not outlook.passed


def test_it_passes_when_every_row_would(desk: Desk, case: str) -> None:
    """And says so before anything is saved."""
    before = head(desk)

    outlook = outlooks.of_case(desk, case, list(passing_all(desk, case).values()))

    assert outlook.passed
    assert outlook.sentence == "形式审查通过"
    assert head(desk) == before
    assert builders.case_of(desk, case).state == CaseState.REGISTERED


def test_failing_rows_lead_to_one_notice(desk: Desk, case: str) -> None:
    """Only once every row is looked at: what is missing is told once, and completely."""
    findings = passing_all(desk, case)
    unsigned = replace_defects(findings["application"], "unsigned", "undated")
    some = [missing("statement"), unsigned]
    all_ = [*some, *(f for name, f in findings.items() if name not in ("statement", "application"))]

    early, late = outlooks.of_case(desk, case, some), outlooks.of_case(desk, case, all_)

    assert early.sentence == f"还有 {len(findings) - 2} 行未审，2 行不符"
    assert not early.notice_follows
    assert late.sentence == "2 行不符：一次性告知"
    assert late.notice_follows
    assert [defect.code for defect in row_of(late, "application").defects] == ["unsigned", "undated"]
    assert [defect.word for defect in row_of(late, "statement").defects] == ["缺件"]


def replace_defects(finding: Finding, *defects: str) -> Finding:
    """The finding with these defects seen."""
    return Finding(row=finding.row, form=finding.form, copies=finding.copies, pages=1, defects=defects)


REFUSED = [
    ("pledge-not-signed", Finding(row="statement", way="deferred")),
    ("pledge-not-signed", Finding(row="statement", way="pledged")),
    ("row-required", Finding(row="statement", not_applicable=True)),
    ("finding-contradictory", Finding(row="statement", copies=1)),
    ("defect-unknown", Finding(row="statement", form="original", copies=1, defects=("ugly",))),
    ("form-unknown", Finding(row="statement", form="papyrus", copies=1)),
    ("code-unknown", Finding(row="statement", way="pigeon")),
    ("count-impossible", Finding(row="statement", form="original", copies=-1)),
    ("plain-text-control", Finding(row="statement", form="original", copies=1, remark="a\x07b")),
    ("row-not-exempt", Finding(row="statement", form="original", copies=1, licence_fault=FAULT)),
]


@pytest.mark.parametrize(
    ("code", "finding"), REFUSED, ids=[f"{i}-{code}" for i, (code, _) in enumerate(REFUSED)]
)
def test_a_row_says_why_it_would_be_refused(desk: Desk, case: str, code: str, finding: Finding) -> None:
    """The other rows are told all the same; the act refuses under the very same code."""
    findings = {**passing_all(desk, case), "statement": finding}

    outlook = outlooks.of_case(desk, case, list(findings.values()))

    assert refusal_of(outlook, "statement") == code
    assert row_of(outlook, "statement").state == RowState.PENDING
    assert row_of(outlook, "application").state == RowState.PASSED
    assert outlook.sentence == "1 行不能这样保存"
    assert not outlook.passed
    with builders.refused(desk, code) as caught:
        formal_review.review(desk, case, list(findings.values()))
    assert row_of(outlook, "statement").refusal is not None
    assert caught.value.why == getattr(row_of(outlook, "statement").refusal, "why", "")


@pytest.mark.parametrize(
    ("code", "findings"),
    [
        ("finding-row-unknown", [Finding(row="passport", form="copy", copies=1)]),
        ("finding-repeated", [missing("statement"), missing("statement")]),
        ("form-unknown", [Finding(row="passport", form="papyrus", copies=1)]),
    ],
)
def test_findings_of_no_row_refuse_the_whole(
    desk: Desk, case: str, code: str, findings: list[Finding]
) -> None:
    """There is no row to say it beside."""
    outlook = outlooks.of_case(desk, case, findings)

    assert outlook.refusal is not None
    builders.assert_explained(outlook.refusal, code)
    assert outlook.sentence
    assert not outlook.passed


def test_a_signed_pledge_lets_the_row_be_deferred(desk: Desk) -> None:
    """The outlook passes, and names what is still to come."""
    builders.agreed(desk)
    case = a_case(desk, CaseState.REGISTERED, without=("statement",)).number
    pledges.print_pledge(desk, case, builders.asked_later())
    findings = {**passing_all(desk, case), "statement": Finding(row="statement", way="deferred")}
    printed = outlooks.of_case(desk, case, list(findings.values()))

    pledges.sign(desk, builders.paper_of(desk, f"{case}-p1", "pledge").number)
    signed = outlooks.of_case(desk, case, list(findings.values()))

    assert refusal_of(printed, "statement") == "pledge-not-signed"
    assert signed.sentence == "形式审查通过，1 行容缺后补"
    assert signed.passed


def test_paper_of_an_exempt_row_waits_for_the_registered_fault(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """免提交: refused without 错证 or 缺证, right with it in the same review."""
    listed = builders.exempting(items.for_item("59"), "applicant_id")
    monkeypatch.setattr(items, "for_item", lambda *_: listed)
    case = registration.register(desk, an_intake(without=("applicant_id",))).number
    paper = passing_all(desk, case)["applicant_id"]
    fault = Finding(row=paper.row, form=paper.form, copies=1, pages=1, licence_fault=FAULT)
    looked_up = Finding(row=paper.row, way="licence")

    assert refusal_of(outlooks.of_case(desk, case, [paper]), paper.row) == "row-exempt"
    assert row_of(outlooks.of_case(desk, case, [fault]), paper.row).state == RowState.PASSED
    assert row_of(outlooks.of_case(desk, case, [looked_up]), paper.row).state == RowState.PASSED
    formal_review.review(desk, case, [fault])
    assert refusal_of(outlooks.of_case(desk, case, [fault]), paper.row) == "defect-registered"


def test_a_paper_nobody_noted_is_told_before_it_is_taken_in(desk: Desk) -> None:
    """Whatever its outcome; nothing where a paper of that form is here, or nothing was handed in."""
    case = registration.register(desk, an_intake(without=("statement",))).number
    paper = passing_all(desk, case)["statement"]
    unsigned = replace_defects(paper, "unsigned")
    as_copy = Finding(row="statement", form="copy", copies=2, pages=3)

    assert taken_in(desk, case, paper) == Material(row="statement", form="original")
    assert taken_in(desk, case, unsigned) == taken_in(desk, case, paper)
    assert taken_in(desk, case, as_copy) == Material(row="statement", form="copy", copies=2, pages=3)
    assert taken_in(desk, case, missing("statement")) is None
    assert taken_in(desk, case, Finding(row="statement", copies=1)) is None
    assert {row.taken_in for row in outlooks.of_case(desk, case).rows} == {None}
    here = [finding for finding in passing_all(desk, case).values() if finding.row != "statement"]
    assert {row.taken_in for row in outlooks.of_case(desk, case, here).rows} == {None}


def taken_in(desk: Desk, case: str, finding: Finding) -> Material | None:
    """What the review would note as handed in with this finding."""
    return row_of(outlooks.of_case(desk, case, [finding]), finding.row).taken_in


def test_a_case_that_cannot_be_reviewed_says_so(desk: Desk) -> None:
    """In the refusal's own words; its rows are shown as they are."""
    told, passed = a_case(desk, CaseState.TO_CORRECT).number, a_case(desk).number

    outlook = outlooks.of_case(desk, told, [missing("statement")])

    assert outlook.refusal is not None
    assert outlook.refusal.code == "wrong-state"
    assert outlook.sentence == outlook.refusal.what.rstrip("。")
    nothing = outlooks.of_case(desk, passed).refusal
    assert nothing is not None
    assert nothing.code == "nothing-to-review"


def test_once_reviewed_only_rows_that_wait_are_looked_at(desk: Desk) -> None:
    """What has passed may be on its way; what is asked for anew can fail, and no notice follows."""
    case = a_consignment(desk, ConsignmentState.HOME_CORRECTING).case_number
    (row,) = builders.open_rows(desk, case)
    formal_review.resubmit(desk, case, [Material(row=row.row_id, form="copy")])

    closed = outlooks.of_case(desk, case, [missing("statement")])
    failing = outlooks.of_case(desk, case, [missing(row.row_id)])

    assert refusal_of(closed, "statement") == "row-closed"
    assert failing.sentence == "1 行不符：请申请人补交后再审"
    assert not failing.notice_follows


def test_an_unknown_case_is_refused(desk: Desk) -> None:
    """There is nothing to look ahead to."""
    with builders.refused(desk, "case-not-found"):
        outlooks.of_case(desk, "nobody's")


def test_one_look_serves_every_key(desk: Desk, case: str) -> None:
    """The outlook over a basis asks the store no more, so it answers while the server is away."""
    basis = outlooks.basis(desk, case)
    findings = list(passing_all(desk, case).values())
    before = outlooks.of_case(desk, case, findings)

    desk.store.engine.close()

    assert outlooks.outlook(basis, findings) == before
    assert outlooks.outlook(replace(basis, pledges=()), []).sentence.startswith("还有")


ROWS = ("application", "applicant_id", "statement", "purpose", "nobody's")
a_finding = st.builds(
    Finding,
    row=st.sampled_from(ROWS),
    way=st.sampled_from(("paper", "paper", "paper", "scan", "licence", "deferred")),
    form=st.sampled_from((None, "original", "copy", "copy_checked")),
    copies=st.integers(0, 2),
    pages=st.integers(0, 2),
    defects=st.lists(st.sampled_from(sorted(DEFECTS)), unique=True, max_size=2).map(tuple),
    not_applicable=st.booleans(),
)

#: Mostly right ones: else nearly every list would hold something to refuse.
a_right_finding = st.sampled_from(
    (
        Finding(row="application", form="original", copies=1, pages=1),
        Finding(row="application", form="copy", copies=1, pages=2, defects=("unsigned",)),
        Finding(row="applicant_id", form="copy_checked", copies=1, pages=1, remark="已核对"),
        Finding(row="applicant_id", way="scan", pages=2),
        missing("statement"),
        Finding(row="purpose", not_applicable=True),
    )
)
some_findings = st.one_of(
    st.lists(a_right_finding, max_size=4, unique_by=lambda finding: finding.row),
    st.lists(st.one_of(a_right_finding, a_finding), max_size=4, unique_by=lambda finding: finding.row),
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(findings=some_findings)
def test_the_outlook_is_what_the_review_does(desk: Desk, findings: list[Finding]) -> None:
    """Refused exactly where the act refuses; else every row as the act leaves it, and passed as it passes."""
    case = registration.register(desk, an_intake(without=("statement", "applicant_id"))).number
    builders.identified(desk, case)
    before = counted(desk, case)
    outlook = outlooks.of_case(desk, case, findings)

    try:
        after = formal_review.review(desk, case, findings)
    except Explained as error:
        refusals = [outlook.refusal, *(row.refusal for row in outlook.rows)]
        assert_among(error, refusals)
        return

    with desk.reading() as reading:
        rows = {row.row_id: row for row in reading.rows.where(case_number=case)}
    assert (outlook.refusal, outlook.refused) == (None, 0)
    assert {row.row.row_id: row.row for row in outlook.rows} == rows
    assert outlook.passed == (after.state == CaseState.REVIEWED)
    told = Counter((m.row, m.form, m.copies, m.pages) for row in outlook.rows if (m := row.taken_in))
    assert counted(desk, case) == before + told


def counted(desk: Desk, case: str) -> Counter[tuple[str, str, int, int | None]]:
    """The pieces of a case by row, form, copies and pages."""
    with desk.reading() as reading:
        return Counter((p.row_id, p.form, p.copies, p.pages) for p in reading.pieces.where(case_number=case))


def test_a_row_that_is_named_twice_is_told_first(desk: Desk) -> None:
    """Whatever else is wrong with its findings: only one of them can be meant."""
    case = a_case(desk, CaseState.REGISTERED).number
    twice = [missing("application"), Finding(row="application", way="deferred")]

    refusal = outlooks.of_case(desk, case, twice).refusal

    assert refusal is not None
    assert refusal.code == "finding-repeated"


def assert_among(error: Explained, refusals: list[Explained | None]) -> None:
    """The act's refusal is one of those the outlook told."""
    assert error.as_dict() in [refusal.as_dict() for refusal in refusals if refusal is not None]
