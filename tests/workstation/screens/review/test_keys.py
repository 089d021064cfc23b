"""Why a key is crossed out: in the words of the acts where they decide, and before one works in vain."""

from __future__ import annotations

import dataclasses

import pytest

from tests import builders
from tests.builders import a_case, at, missing
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.screens.review import sheet, supplying
from workstation.screens.review.keys import Moment, why_not
from workstation.screens.review.screen import ReviewScreen
from workstation.screens.review.sheet import Sheet

WRITING = ("pass", "missing", "skip", "save", "notice", "pledge")


def a_moment(desk: Desk, number: str, row_id: str | None = "application") -> Moment:
    """The screen of a case as it opens, the cursor on a row."""
    look = sheet.look(desk, number)
    return Moment(Sheet(look), row_id, supplying.is_begun_with(look))


def test_a_fresh_row_can_pass_or_be_missing(desk: Desk, case: str) -> None:
    """There is nothing to save, to take back or to tell yet; a conditional row may not apply."""
    moment = a_moment(desk, case)
    conditional = a_moment(desk, case, "capture")

    assert why_not("pass", moment) is why_not("missing", moment) is why_not("open", moment) is None
    assert why_not("save", moment) == "没有新的审查结果"
    assert why_not("undo", moment) == "这一行没有未存的结果"
    assert why_not("drop", moment) == "没有草稿"
    assert why_not("skip", moment) == "必需的材料，不能不适用"
    assert why_not("skip", conditional) is None


def test_with_a_finding_it_can_be_saved_or_taken_back(desk: Desk, case: str) -> None:
    """The notice waits until it is."""
    moment = a_moment(desk, case)
    found = dataclasses.replace(moment, sheet=moment.sheet.found(missing("application")))

    assert why_not("save", found) is why_not("undo", found) is why_not("drop", found) is None
    assert why_not("notice", found) == "先按 ^S 保存审查结果"


@pytest.mark.parametrize("state", [CaseState.WITHDRAWN, CaseState.DECLINED, CaseState.GUIDED])
def test_a_case_that_is_over_is_not_touched(desk: Desk, state: CaseState) -> None:
    """No key that writes is offered."""
    moment = a_moment(desk, a_case(desk, state).number)

    assert all(why_not(name, moment) for name in (*WRITING, "open", "turn", "seal"))
    assert why_not("case", moment) is None


@pytest.mark.parametrize("who", ["3001", "4001"])
def test_only_the_counter_reviews(desk: Desk, case: str, who: str) -> None:
    """Administrators and auditors are told whose it is."""
    moment = a_moment(at(desk, who), case)

    assert "办理" in (why_not("pass", moment) or "")
    assert all(why_not(name, moment) for name in WRITING)


def test_while_papers_come_in_nothing_is_found(desk: Desk) -> None:
    """Only the rows that were told can be ticked; nothing ticked, nothing is taken in."""
    moment = a_moment(desk, a_case(desk, CaseState.TO_CORRECT).number)
    told = dataclasses.replace(moment, row_id="statement")
    row = told.sheet.stored("statement")
    ticked = dataclasses.replace(told, supplies={"statement": supplying.as_asked(row)})

    assert why_not("pass", moment) == "这一行没有要补交的"
    assert why_not("missing", told) == "先登记补交的材料，再审查"
    assert why_not("pass", told) is why_not("save", ticked) is why_not("undo", ticked) is None
    assert why_not("save", told) == "还没有勾选补交的材料"


def test_a_settled_row_stays_settled(desk: Desk) -> None:
    """After the review only rows that a home office wants anew are looked at; F6 leads on."""
    consignment = builders.a_consignment(desk, "home_correcting")
    moment = a_moment(desk, consignment.case_number)
    wanted = supplying.wanted(moment.sheet.look)[0]

    assert why_not("pass", moment) == "这一行已经审结"
    assert why_not("pass", dataclasses.replace(moment, row_id=wanted)) is None
    assert why_not("turn", moment) is why_not("seal", moment) is None


def test_without_a_row_no_key_of_a_row_does_anything(desk: Desk, case: str) -> None:
    """A checklist may be empty."""
    moment = a_moment(desk, case, None)

    assert [why_not(name, moment) for name in ("pass", "missing", "skip")] == ["没有要审查的行"] * 3


def test_no_act_is_on_a_letter_a_digit_or_enter() -> None:
    """What a scanner can type writes nothing, and no two acts share a key."""
    keys = [do.key for do in ReviewScreen.DOES]

    assert len(set(keys)) == len(keys)
    assert all(len(key) > 1 and key != "enter" for key in keys)
    assert all(do.initials.isascii() and do.explains for do in ReviewScreen.DOES)
