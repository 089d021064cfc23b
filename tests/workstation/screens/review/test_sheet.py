"""The sheet: what is found is shown as it would be, sent as it was found, and read again from a draft."""

from __future__ import annotations

import msgspec
import pytest

from forms import items
from tests import builders
from tests.builders import an_intake, missing
from workstation.acts import formal_review, registration
from workstation.acts.desk import Desk
from workstation.acts.inputs import EXAMPLE_FINDINGS, Finding, Findings, LicenceFault, Material
from workstation.domain.case import RowState
from workstation.screens.review import sheet
from workstation.screens.review.sheet import Sheet

FAULT = LicenceFault(kind="absent", what="没有", sent_to="示例市公安局")


def sheet_of(desk: Desk, number: str) -> Sheet:
    """An empty sheet on a case as it stands."""
    return Sheet(sheet.look(desk, number))


def test_a_look_holds_all_that_is_shown(desk: Desk, case: str) -> None:
    """Rows, pieces, the item's title, and why an act is not possible now."""
    look = sheet.look(desk, case)

    assert look.title.startswith("首次申领居民身份证")
    assert look.basis.case == look.file.case
    assert look.why_not["review"] is None
    assert "未审查" in (look.why_not["notice"] or "") or "没有审查" in (look.why_not["notice"] or "")


def test_as_asked_is_form_copies_and_the_pages_handed_in(desk: Desk) -> None:
    """Pages are those noted at the hand-in; of a row that was not handed in, one."""
    materials = (Material(row="application", form="original", pages=3),)
    number = registration.register(desk, an_intake(materials=materials)).number
    there = sheet_of(desk, number)

    application, statement = there.as_asked("application"), there.as_asked("statement")

    assert (application.form, application.copies, application.pages) == ("original", 1, 3)
    assert (statement.form, statement.copies, statement.pages) == ("original", 1, 1)
    assert there.found(application).rows["application"].state == RowState.PASSED


def test_a_remark_stays_with_another_outcome(desk: Desk, case: str) -> None:
    """What was typed is not lost with 空格 or Del."""
    there = sheet_of(desk, case).found(Finding(row="application", form="original", copies=1, remark="见背面"))

    assert there.as_asked("application").remark == "见背面"
    assert there.missing("application") == Finding(row="application", remark="见背面")
    assert there.missing("capture") == missing("capture")


def test_an_exempt_row_is_looked_up_until_a_fault_is_found(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """调取 asks for no paper; after 缺证 paper is what is asked for."""
    listed = builders.exempting(items.for_item("59"), "applicant_id")
    monkeypatch.setattr(items, "for_item", lambda *_: listed)
    there = sheet_of(desk, registration.register(desk, an_intake(without=("applicant_id",))).number)

    faulty = there.found(Finding(row="applicant_id", licence_fault=FAULT))

    assert there.as_asked("applicant_id").way == "licence"
    assert faulty.as_asked("applicant_id").way == "paper"
    assert faulty.as_asked("applicant_id").licence_fault == FAULT
    assert faulty.missing("applicant_id").licence_fault == FAULT


def test_findings_stand_in_the_order_of_the_checklist(desk: Desk, case: str) -> None:
    """However they were made; those of strange rows fall away."""
    there = sheet_of(desk, case)
    ids = list(there.rows)
    for row_id in reversed(ids):
        there = there.found(missing(row_id))

    again = Sheet.at(there.look, {**there.findings, "nothing": missing("nothing")})

    assert list(there.findings) == list(again.findings) == ids
    assert list(there.without(*ids[1:]).findings) == ids[:1]


def test_the_next_row_is_the_next_nobody_has_seen(desk: Desk, case: str) -> None:
    """Below the cursor first, then from the top; rows of an earlier review are passed over."""
    first, second, *_ = builders.open_rows(desk, case)
    formal_review.review(desk, case, [builders.passing(second)])
    there = sheet_of(desk, case)
    ids = list(there.rows)

    assert there.next_unseen(first.row_id) == ids[2]
    assert there.next_unseen(ids[-1]) == first.row_id
    for row_id in ids:
        there = there.found(missing(row_id))
    assert there.next_unseen(first.row_id) is None


def test_the_body_of_the_draft_is_what_a_command_reads(desk: Desk, case: str) -> None:
    """JSON of `Findings`, both ways and to the last field."""
    finding = Finding(
        row="application", form="original", copies=1, pages=2, defects=("unsigned",), licence_fault=FAULT
    )
    there = sheet_of(desk, case).found(finding).found(missing("capture"))

    as_json = msgspec.json.encode(there.body)

    assert msgspec.json.decode(as_json, type=Findings).findings == tuple(there.findings.values())
    assert sheet.read(msgspec.json.decode(as_json)) == dict(there.findings)


@pytest.mark.parametrize("body", [{}, {"findings": "all"}, {"findings": [{"row": 7}]}, {"rows": []}])
def test_what_is_no_review_is_not_read(body: dict[str, object]) -> None:
    """Anybody may save anything in a draft."""
    assert sheet.read(body) is None


def test_the_example_of_the_command_can_be_taken_up() -> None:
    """What `case review --schema` shows is a draft the screen reads."""
    read = sheet.read(msgspec.to_builtins(EXAMPLE_FINDINGS))

    assert read is not None
    assert tuple(read.values()) == EXAMPLE_FINDINGS.findings


def test_only_rows_without_a_signed_pledge_wait_for_one(desk: Desk) -> None:
    """Once it is signed the row stands as deferred."""
    builders.agreed(desk)
    number = registration.register(desk, an_intake(without=("statement",))).number
    deferred = Finding(row="statement", way="deferred")

    before = sheet_of(desk, number).found(deferred)
    builders.pledged(desk, number)
    after = sheet_of(desk, number).found(deferred)

    assert before.to_pledge() == [deferred]
    assert after.to_pledge() == []
    assert after.rows["statement"].state == RowState.DEFERRED
