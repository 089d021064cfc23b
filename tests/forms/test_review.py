"""形式审查: what follows from the findings, and findings that say nothing or too much."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import review
from forms.review import DEFECTS, PaperForm, RowFinding

ORIGINAL, COPY, COPY_CHECKED = PaperForm


@dataclass(frozen=True)
class ARow:
    """A row of a checklist, as much of it as the review sees."""

    id: str = "application"
    form: PaperForm = ORIGINAL
    copies: int = 1
    condition: str | None = None
    may_ask_for_paper: bool = True


APPLICATION = ARow()
MARRIAGE = ARow("marriage", COPY_CHECKED)
AUTHORISATION = ARow("authorisation", condition="由他人代办的")
ROWS = (APPLICATION, MARRIAGE, AUTHORISATION)

GOOD = RowFinding("application", ORIGINAL, copies=1, pages=2)
GOOD_MARRIAGE = RowFinding("marriage", COPY_CHECKED, copies=1, pages=1)
NOT_BY_AGENT = RowFinding("authorisation", not_applicable=True)


def codes(row: ARow, finding: RowFinding) -> list[str]:
    """The defects of one row, by code."""
    return [defect.code for defect in review.row_defects(row, finding)]


def test_a_complete_case_passes() -> None:
    """Every row looked at and none failing is 形式审查通过."""
    conclusion = review.conclude(ROWS, [GOOD, GOOD_MARRIAGE, NOT_BY_AGENT])

    assert conclusion.passed
    assert conclusion.failing == ()
    assert conclusion.unreviewed == ()


def test_a_row_without_a_finding_is_unreviewed_and_nothing_passes() -> None:
    """A conditional row too waits for the clerk to say that it does not apply."""
    conclusion = review.conclude(ROWS, [GOOD_MARRIAGE])

    assert conclusion.unreviewed == (APPLICATION, AUTHORISATION)
    assert conclusion.failing == ()
    assert not conclusion.passed


def test_every_failing_row_is_named_once_with_all_its_defects() -> None:
    """Rows stand in the checklist's order, defects in the list's, whatever the order of the findings."""
    findings = [
        NOT_BY_AGENT,
        RowFinding("marriage", COPY, 1, 1, ("name_differs", "illegible", "illegible")),
        RowFinding("application", defects=("missing",)),
    ]

    conclusion = review.conclude(ROWS, findings)

    assert [(row.id, [defect.code for defect in defects]) for row, defects in conclusion.failing] == [
        ("application", ["missing"]),
        ("marriage", ["wrong_form", "illegible", "name_differs"]),
    ]
    assert not conclusion.passed


def test_what_was_not_handed_in_is_missing_without_being_called_so() -> None:
    """No copies means 缺件, and nothing else is said of a paper that is not there."""
    assert codes(APPLICATION, RowFinding("application")) == ["missing"]
    assert codes(ARow(copies=3), RowFinding("application", ORIGINAL)) == ["missing"]


@pytest.mark.parametrize(
    ("asked", "given_", "right"),
    [
        (ORIGINAL, ORIGINAL, True),
        (ORIGINAL, COPY, False),
        (ORIGINAL, COPY_CHECKED, False),
        (COPY, ORIGINAL, False),
        (COPY, COPY, True),
        (COPY, COPY_CHECKED, True),
        (COPY_CHECKED, ORIGINAL, False),
        (COPY_CHECKED, COPY, False),
        (COPY_CHECKED, COPY_CHECKED, True),
    ],
)
def test_the_form_asked_for_is_compared(asked: PaperForm, given_: PaperForm, right: bool) -> None:
    """Only a copy checked against its original is more than the plain copy asked for."""
    found = codes(ARow(form=asked), RowFinding("application", given_, 1, 1))

    assert found == ([] if right else ["wrong_form"])


@pytest.mark.parametrize(
    ("asked", "given_", "enough"), [(1, 1, True), (2, 1, False), (2, 2, True), (2, 3, True)]
)
def test_the_number_asked_for_is_compared(asked: int, given_: int, enough: bool) -> None:
    """Fewer copies than asked is 份数不足; more is no defect."""
    found = codes(ARow(copies=asked), RowFinding("application", ORIGINAL, given_, 1))

    assert found == ([] if enough else ["too_few"])


def test_a_row_that_is_always_required_cannot_be_waved_through() -> None:
    """Only a conditional row can be said not to apply."""
    with pytest.raises(review.RowAlwaysRequired) as caught:
        review.conclude(ROWS, [RowFinding("application", not_applicable=True)])

    assert caught.value.subject == "application"


def test_a_conditional_row_that_applies_is_reviewed_like_any_other() -> None:
    """Once the condition holds, form, number and defects count."""
    finding = RowFinding("authorisation", COPY, 1, 1, ("unsigned",))

    assert codes(AUTHORISATION, finding) == ["wrong_form", "unsigned"]


def test_an_unknown_row_is_an_error() -> None:
    """A finding for a row the checklist does not have is never dropped silently."""
    with pytest.raises(review.UnknownRow) as caught:
        review.conclude(ROWS, [RowFinding("passport")])

    assert caught.value.subject == "passport"


def test_an_unknown_defect_is_an_error() -> None:
    """Defects are coded; a word of one's own, and so an opinion, has no place."""
    with pytest.raises(review.UnknownDefect) as caught:
        RowFinding("application", ORIGINAL, 1, 1, ("不可信",))

    assert caught.value.subject == "不可信"


def test_a_row_is_found_once() -> None:
    """Two findings for one row would leave open which of them holds."""
    with pytest.raises(review.RepeatedRow):
        review.conclude(ROWS, [GOOD, GOOD])


def test_a_checklist_has_each_row_once() -> None:
    """Two rows of one id could not be told apart by a finding."""
    with pytest.raises(review.RepeatedRow):
        review.conclude([APPLICATION, APPLICATION], [])


@pytest.mark.parametrize(
    "said",
    [
        {"copies": -1},
        {"pages": -1},
        {"copies": 1},
        {"copies": 1, "form": ORIGINAL, "defects": ("missing",)},
        {"copies": 1, "form": ORIGINAL, "not_applicable": True},
        {"copies": 0, "pages": 2},
        {"defects": ("illegible",)},
        {"not_applicable": True, "defects": ("missing",)},
    ],
)
def test_a_finding_that_says_two_things_is_refused(said: dict[str, Any]) -> None:
    """Missing with copies, copies without a form, defects of a paper that is not there."""
    with pytest.raises(review.ContradictoryFinding):
        RowFinding("application", **said)


def test_every_defect_has_a_word_and_a_remedy() -> None:
    """The word stands on the screen, the remedy on the notice as a whole sentence."""
    for code, defect in DEFECTS.items():
        assert code == defect.code
        assert defect.word
        assert defect.remedy.endswith("。")
    assert len({defect.word for defect in DEFECTS.values()}) == len(DEFECTS)


def test_the_list_of_defects_cannot_be_changed() -> None:
    """A defect is added in the source, with its word and remedy, and nowhere else."""
    with pytest.raises(TypeError):
        DEFECTS["odd"] = DEFECTS["missing"]  # type: ignore[index]  # that is the point


def test_there_is_no_field_for_an_opinion() -> None:
    """A finding holds what can be counted or coded, and no free text."""
    assert {field.name for field in fields(RowFinding)} == {
        "row_id",
        "form",
        "copies",
        "pages",
        "defects",
        "not_applicable",
        "way",
    }


FINDINGS = st.builds(
    RowFinding,
    row_id=st.just("application"),
    form=st.sampled_from(PaperForm),
    copies=st.integers(1, 5),
    pages=st.integers(0, 9),
    defects=st.lists(st.sampled_from([code for code in DEFECTS if code != "missing"])).map(tuple),
)


@given(FINDINGS, st.sampled_from(PaperForm), st.integers(1, 5))
def test_a_row_fails_exactly_when_it_has_a_defect(finding: RowFinding, form: PaperForm, copies: int) -> None:
    """Whatever was found, passing and failing exclude each other, and no defect the clerk saw is lost."""
    row = ARow(form=form, copies=copies)

    conclusion = review.conclude([row], [finding])

    assert conclusion.passed is not bool(conclusion.failing)
    assert set(finding.defects) <= set(codes(row, finding))
    assert bool(conclusion.failing) is bool(codes(row, finding))


# --- rows that need no paper


EXEMPT = ARow("licence", COPY, may_ask_for_paper=False)


def without_paper(way: str, **found: Any) -> RowFinding:
    """A finding of that way."""
    return RowFinding("application", way=review.Way(way), **found)


@pytest.mark.parametrize("way", sorted(review.NOTHING_HANDED_IN))
def test_what_is_deferred_pledged_or_looked_up_has_no_defect(way: str) -> None:
    """Nothing was handed in, so there is nothing to find fault with."""
    assert codes(APPLICATION, without_paper(way)) == []


@pytest.mark.parametrize("way", sorted(review.IMAGES))
@pytest.mark.parametrize(
    ("form", "defects"), [(ORIGINAL, ["wrong_form"]), (COPY, []), (COPY_CHECKED, [])], ids=str
)
def test_an_image_stands_for_a_copy_and_not_for_an_original(
    way: str, form: PaperForm, defects: list[str]
) -> None:
    """附件 and 扫描 show what the paper says; where the paper itself is wanted they are another form."""
    assert codes(ARow(form=form), without_paper(way, pages=1)) == defects


def test_what_is_wrong_with_an_image_is_said() -> None:
    """It can be illegible, unsigned or short of pages like any paper."""
    finding = without_paper("scan", pages=1, defects=("illegible",))

    assert codes(ARow(form=COPY), finding) == ["illegible"]


@pytest.mark.parametrize(
    ("way", "found"),
    [
        ("scan", {}),
        ("attachment", {"pages": 1, "copies": 1, "form": COPY}),
        ("attachment", {"pages": 1, "defects": ("missing",)}),
        ("scan", {"pages": 1, "not_applicable": True}),
        ("deferred", {"pages": 1}),
        ("deferred", {"copies": 1, "form": COPY}),
        ("pledged", {"defects": ("unsigned",)}),
        ("pledged", {"not_applicable": True}),
        ("licence", {"form": COPY}),
        ("licence", {"defects": ("missing",)}),
    ],
)
def test_a_way_that_is_none_for_what_was_found_is_refused(way: str, found: dict[str, Any]) -> None:
    """An image without pages, a deferred paper with pages, a pledge with a defect: one of both is wrong."""
    with pytest.raises(review.ContradictoryFinding):
        without_paper(way, **found)


@pytest.mark.parametrize(
    "finding",
    [
        RowFinding("licence"),
        RowFinding("licence", COPY, 1, 1),
        RowFinding("licence", pages=1, way=review.Way.SCAN),
        RowFinding("licence", way=review.Way.DEFERRED),
    ],
    ids=str,
)
def test_a_row_that_is_exempt_cannot_ask_for_paper(finding: RowFinding) -> None:
    """免提交: not even that it is missing can be said, for that would ask for it."""
    with pytest.raises(review.PaperNotAskedFor) as caught:
        review.row_defects(EXEMPT, finding)

    assert caught.value.subject == "licence"


def test_a_row_that_is_exempt_passes_when_it_was_looked_up() -> None:
    """调取 from the licence library is its way."""
    assert codes(EXEMPT, RowFinding("licence", way=review.Way.LICENCE)) == []
