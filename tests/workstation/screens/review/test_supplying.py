"""补正: which rows wait for papers, and which pieces are taken in for which home office."""

from __future__ import annotations

import dataclasses

import pytest

from tests import builders
from tests.builders import a_case, an_intake
from workstation.acts import formal_review, notices, registration
from workstation.acts.desk import Desk
from workstation.acts.inputs import Material
from workstation.domain.case import CaseState, RowState
from workstation.domain.consignment import ConsignmentState
from workstation.screens.review import sheet, supplying
from workstation.screens.review.sheet import Look, Sheet


def look(desk: Desk, number: str) -> Look:
    """A case as it stands."""
    return sheet.look(desk, number)


def test_only_what_was_told_waits(desk: Desk) -> None:
    """待补正 begins with the papers; what has passed is not collected again."""
    there = look(desk, a_case(desk, CaseState.TO_CORRECT).number)

    assert supplying.is_begun_with(there)
    assert supplying.wanted(there) == ["statement"]


def test_a_fresh_case_is_reviewed_at_once(desk: Desk, case: str) -> None:
    """No papers are waited for."""
    assert not supplying.is_begun_with(look(desk, case))


def test_a_deferred_row_waits_after_the_review(desk: Desk) -> None:
    """容缺后补: when nothing is to be reviewed, the screen begins with taking the paper in."""
    number = builders.a_deferring_case(desk).number
    there = look(desk, number)

    formal_review.resubmit(desk, number, supplying.materials(there, ticked(there, "statement")))

    assert supplying.is_begun_with(there)
    assert supplying.wanted(there) == ["statement"]
    assert not supplying.is_begun_with(look(desk, number))


def test_a_passed_case_waits_for_nothing(desk: Desk) -> None:
    """Neither papers nor review."""
    there = look(desk, a_case(desk).number)

    assert not supplying.is_begun_with(there)
    assert supplying.wanted(there) == []


def ticked(there: Look, *row_ids: str) -> dict[str, supplying.Supply]:
    """What 空格 takes for these rows."""
    return {row_id: supplying.as_asked(Sheet(there).stored(row_id)) for row_id in row_ids}


@pytest.mark.parametrize(
    ("row_id", "pieces"),
    [
        ("application", [("original", 1)]),
        ("applicant_id", [("original", 1), ("copy", 1)]),
        ("purpose", [("copy", 1)]),
    ],
)
def test_a_tick_is_what_the_checklist_asks(desk: Desk, row_id: str, pieces: list[tuple[str, int]]) -> None:
    """Of a copy to be checked, the original comes along."""
    there = look(desk, registration.register(desk, an_intake()).number)

    taken = supplying.materials(there, ticked(there, row_id))

    assert [(material.form, material.copies) for material in taken] == pieces
    assert {material.row for material in taken} == {row_id}


def test_each_home_office_gets_its_own(desk: Desk) -> None:
    """Unless one is named; and the act takes both in."""
    number = _two_offices(desk)
    there = look(desk, number)
    every = ticked(there, "statement")
    second = {"statement": {**every["statement"], "office": "2", "original": "3"}}

    assert [m.office for m in supplying.materials(there, every)] == [1, 2]
    assert supplying.materials(there, second) == (
        Material(row="statement", form="original", copies=3, office=2),
    )
    formal_review.resubmit(desk, number, supplying.materials(there, every))
    assert builders.case_of(desk, number).state == CaseState.REGISTERED
    builders.assert_true_ledger(desk, number)


def _two_offices(desk: Desk) -> str:
    """A case for two home offices whose statement was missing and told."""
    number = registration.register(desk, an_intake(offices=2, without=("statement",))).number
    findings = [
        builders.missing(row.row_id) if row.row_id == "statement" else builders.passing(row)
        for row in builders.open_rows(desk, number)
    ]
    formal_review.review(desk, number, findings)
    return notices.notice(desk, number).number


def test_only_the_office_that_asked_gets_more(desk: Desk) -> None:
    """What one home office wants corrected is not sent to the other."""
    number = a_case(desk, offices=2).number
    first, _ = builders.consignments_of(desk, number)
    builders.advance(desk, first.id, ConsignmentState.ACKNOWLEDGED)
    second = builders.consignments_of(desk, number)[1]
    builders.advance(desk, second.id, ConsignmentState.ACKNOWLEDGED)
    builders.corrected(desk, second.id)
    there = look(desk, number)
    (row_id,) = supplying.wanted(there)

    taken = supplying.materials(there, ticked(there, row_id))

    assert {material.office for material in taken} == {2}


def test_nothing_is_no_material(desk: Desk, case: str) -> None:
    """Zero originals and zero copies are nothing; pages are at least one."""
    there = look(desk, case)
    nothing = {"original": "0", "copy": "0", "pages": "0", "office": supplying.ALL}

    assert supplying.materials(there, {"application": nothing}) == ()
    assert supplying.told(nothing) == "（没有）"
    (piece,) = supplying.materials(there, {"application": {**nothing, "copy": "2"}})
    assert (piece.copies, piece.pages) == (2, 1)
    assert supplying.told({**nothing, "original": "1", "copy": "2"}) == "原件 1 复印件 2"


def test_a_row_that_is_looked_up_is_never_wanted(desk: Desk) -> None:
    """免提交: no paper is taken in for it, whatever its state."""
    there = look(desk, a_case(desk, CaseState.TO_CORRECT).number)
    rows = [dataclasses.replace(row, exempt=1, state=RowState.FAILING) for row in there.basis.rows]
    exempt = dataclasses.replace(there, basis=dataclasses.replace(there.basis, rows=tuple(rows)))

    assert supplying.wanted(exempt) == []
