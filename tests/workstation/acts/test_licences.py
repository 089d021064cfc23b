"""免提交 and 错证缺证: what the library gave is registered before paper is asked for, and has its clock."""

from __future__ import annotations

import pytest

from forms import items
from tests import builders
from tests.builders import an_intake, refused
from workstation.acts import formal_review, licences, notices, registration
from workstation.acts.desk import Desk
from workstation.acts.inputs import Finding, LicenceFault, Material
from workstation.domain.case import CaseState, Row, RowState
from workstation.domain.pledge import LicenceDefect

#: The row that is made 免提交 in these tests.
EXEMPT = "applicant_id"
FAULT = LicenceFault(kind="absent", what="证照库没有此人的电子证照", sent_to="示例市公安局")


@pytest.fixture
def case(desk: Desk, undrawn: None, monkeypatch: pytest.MonkeyPatch) -> str:
    """A registered case with one row that the authority looks up itself."""
    listed = builders.exempting(items.for_item("59"), EXEMPT)
    monkeypatch.setattr(items, "for_item", lambda *_: listed)
    return registration.register(desk, an_intake(without=(EXEMPT,))).number


def row_of(desk: Desk, case: str) -> Row:
    """The exempt row as it stands."""
    with desk.reading() as reading:
        row = reading.rows.get(case, EXEMPT)
    assert row is not None
    return row


def registered(desk: Desk, case: str, **finding: object) -> LicenceDefect:
    """Register 缺证 in a review of the row."""
    formal_review.review(desk, case, [Finding(row=EXEMPT, licence_fault=FAULT, **finding)])  # type: ignore[arg-type]
    (defect,) = licences.listed(desk)
    return defect


def test_paper_for_an_exempt_row_is_not_taken_in(desk: Desk, case: str) -> None:
    """Neither with the hand-in nor afterwards: what may not be asked for is not kept either."""
    with refused(desk, "row-exempt"):
        registration.register(desk, an_intake())

    rows = [row for row in builders.open_rows(desk, case) if row.row_id not in (EXEMPT, "statement")]
    looked_up = Finding(row=EXEMPT, way="licence")
    findings = [looked_up, builders.missing("statement"), *(builders.passing(row) for row in rows)]
    formal_review.review(desk, case, findings)
    notices.notice(desk, case)
    with refused(desk, "row-exempt"):
        formal_review.resubmit(desk, case, [Material(row=EXEMPT, form="copy")])


@pytest.mark.parametrize(
    "finding",
    [
        Finding(row=EXEMPT),
        Finding(row=EXEMPT, form="copy_checked", copies=1, pages=1),
        Finding(row=EXEMPT, way="scan", pages=1),
    ],
    ids=["missing", "paper", "scan"],
)
def test_an_exempt_row_cannot_ask_for_paper(desk: Desk, case: str, finding: Finding) -> None:
    """Nor can a notice then tell it: the finding itself is refused, and names the ways that are open."""
    with refused(desk, "row-exempt") as caught:
        formal_review.review(desk, case, [finding])

    assert "调取" in caught.value.why
    assert "错证" in caught.value.why


def test_what_was_looked_up_passes(desk: Desk, case: str) -> None:
    """调取: the row passes with nothing handed in."""
    formal_review.review(desk, case, [Finding(row=EXEMPT, way="licence")])

    row = row_of(desk, case)
    assert (row.state, row.way, row.licence) == (RowState.PASSED, "licence", "retrieved")
    assert licences.listed(desk) == []


def test_a_missing_licence_enters_the_register_with_five_working_days(desk: Desk, case: str) -> None:
    """What, told when, sent to whom, due when (闽审改办〔2023〕2号); 2026-11-20 is a Friday."""
    defect = registered(desk, case)

    assert (defect.case_number, defect.row_id, defect.kind) == (case, EXEMPT, "absent")
    assert (defect.what, defect.sent_to) == (FAULT.what, FAULT.sent_to)
    assert (defect.due, defect.due_provisional) == ("2026-11-27", 0)
    assert defect.told_at == defect.sent_at
    row = row_of(desk, case)
    assert (row.state, row.licence, row.defects) == (RowState.FAILING, "absent", "missing")


def test_only_then_paper_may_be_asked_for_and_given(desk: Desk, case: str) -> None:
    """The notice tells the row, the applicant brings it, and it passes like any paper."""
    registered(desk, case)
    rows = [row for row in builders.open_rows(desk, case) if row.row_id != EXEMPT]
    formal_review.review(desk, case, [builders.passing(row) for row in rows])

    assert notices.notice(desk, case).state == CaseState.TO_CORRECT
    formal_review.resubmit(desk, case, [Material(row=EXEMPT, form="copy")])
    assert builders.review_all(desk, case).state == CaseState.REVIEWED


def test_paper_that_lies_here_can_pass_with_the_registration(desk: Desk, case: str) -> None:
    """An applicant who has the paper at hand is not sent home: one review registers and passes."""
    registered(desk, case, form="copy_checked", copies=1, pages=1)

    assert row_of(desk, case).state == RowState.PASSED


def test_the_register_is_for_rows_that_are_exempt(desk: Desk, case: str) -> None:
    """Any other paper is simply missing."""
    with refused(desk, "row-not-exempt"):
        formal_review.review(desk, case, [Finding(row="application", licence_fault=FAULT)])


def test_the_same_fault_is_registered_once(desk: Desk, case: str) -> None:
    """As long as the entry is open, a second one would start a second clock."""
    registered(desk, case)

    with refused(desk, "defect-registered"):
        formal_review.review(desk, case, [Finding(row=EXEMPT, licence_fault=FAULT)])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "lost"}, "code-unknown"),
        ({"what": " "}, "plain-text-empty"),
        ({"sent_to": ""}, "plain-text-empty"),
    ],
)
def test_a_fault_is_said_in_full(desk: Desk, case: str, changes: dict[str, str], code: str) -> None:
    """Which kind, what is wrong, and who is to mend it."""
    values = {"kind": "wrong", "what": "住址有误", "sent_to": "示例市公安局", **changes}

    with refused(desk, code):
        formal_review.review(desk, case, [Finding(row=EXEMPT, licence_fault=LicenceFault(**values))])


def test_an_entry_is_closed_once_with_its_outcome(desk: Desk, case: str) -> None:
    """Who closed it, and how; a closed one stays in the register and off the list."""
    defect = registered(desk, case)

    closed = licences.close(desk, defect.id, outcome="mended", note="次日已补录")

    assert (closed.state, closed.outcome, closed.closed_by) == ("closed", "mended", "1001")
    assert licences.listed(desk) == []
    assert licences.listed(desk, closed_too=True) == [closed]
    with refused(desk, "defect-closed"):
        licences.close(desk, defect.id, outcome="mended")


def test_an_entry_made_by_mistake_takes_its_leave_back(desk: Desk, case: str) -> None:
    """Then paper may not be asked for any more; once it lies here it is too late for that."""
    defect = registered(desk, case)

    licences.close(desk, defect.id, outcome="withdrawn")

    assert row_of(desk, case).licence is None
    with refused(desk, "row-exempt"):
        formal_review.review(desk, case, [Finding(row=EXEMPT)])
    second = registered(desk, case, form="copy_checked", copies=1, pages=1)
    with refused(desk, "defect-used"):
        licences.close(desk, second.id, outcome="withdrawn")


def test_an_unknown_entry_or_outcome_is_refused(desk: Desk, case: str) -> None:
    """By name, with what is known."""
    with refused(desk, "defect-not-found"):
        licences.close(desk, f"{case}-d9", outcome="mended")
    with refused(desk, "code-unknown"):
        licences.close(desk, f"{case}-d9", outcome="gone")


def test_what_was_wrong_is_kept_like_personal_data(desk: Desk, case: str) -> None:
    """It may name the person: the journal holds only a digest of it."""
    registered(desk, case)

    with desk.reading() as reading:
        bodies = "".join(entry.body for entry in reading.journal_of(case))
    assert FAULT.what not in bodies
    builders.assert_true_ledger(desk, case)
