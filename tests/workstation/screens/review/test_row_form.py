"""The form of one row: whatever is filled in becomes a finding that does not contradict itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.acts import formal_review
from workstation.acts.inputs import Finding, LicenceFault
from workstation.acts.outlooks import DEFECTS, PaperForm, Way
from workstation.screens.review.row_form import NotANumber, finding_of

PLAIN = {"way": "paper", "form": "original", "copies": "1", "pages": "2", "remark": ""}


def test_paper_has_form_copies_pages_and_defects() -> None:
    """In the order of the list of defects, not that of the form."""
    values = {**PLAIN, "defect.undated": "yes", "defect.unsigned": "yes", "defect.altered": "no"}

    finding = finding_of("statement", values)

    assert finding == Finding(
        row="statement", form="original", copies=1, pages=2, defects=("unsigned", "undated")
    )


def test_no_copies_is_a_missing_paper() -> None:
    """Pages and defects of nothing fall away; the remark stays."""
    values = {**PLAIN, "copies": "0", "defect.unsigned": "yes", "remark": " 明天送来 "}

    assert finding_of("statement", values) == Finding(row="statement", remark="明天送来")


@pytest.mark.parametrize("way", ["attachment", "scan"])
def test_an_image_has_pages_and_no_copies(way: str) -> None:
    """And can be illegible like a paper."""
    values = {**PLAIN, "way": way, "pages": "0", "defect.illegible": "yes"}

    assert finding_of("statement", values) == Finding(
        row="statement", way=way, pages=1, defects=("illegible",)
    )


@pytest.mark.parametrize("way", ["deferred", "licence", "pledged"])
def test_where_nothing_is_handed_in_nothing_is_noted(way: str) -> None:
    """Form, copies, pages and defects are those of a paper that is not there."""
    assert finding_of("statement", {**PLAIN, "way": way, "defect.expired": "yes"}) == Finding(
        row="statement", way=way
    )


def test_a_fault_of_the_library_is_what_it_gave_and_who_mends_it() -> None:
    """错证 or 缺证; none is none."""
    values = {**PLAIN, "fault": "wrong", "what": "住址有误", "sent_to": "示例市公安局"}

    assert finding_of("id", values).licence_fault == LicenceFault(
        kind="wrong", what="住址有误", sent_to="示例市公安局"
    )
    assert finding_of("id", {**values, "fault": "none"}).licence_fault is None


@pytest.mark.parametrize(("typed", "name"), [("两", "copies"), ("1.5", "pages"), ("-1", "copies")])
def test_what_is_no_number_is_told_by_its_field(typed: str, name: str) -> None:
    """Beside the field, before anything is noted."""
    with pytest.raises(NotANumber) as caught:
        finding_of("statement", {**PLAIN, name: typed})

    assert caught.value.name == name


def test_full_width_digits_are_digits() -> None:
    """The input method may be on; an empty field is none."""
    finding = finding_of("statement", {**PLAIN, "copies": "２", "pages": " "})

    assert (finding.copies, finding.pages) == (2, 0)


@given(
    way=st.sampled_from(list(Way)),
    form=st.sampled_from(list(PaperForm)),
    copies=st.integers(0, 99),
    pages=st.integers(0, 99),
    defects=st.sets(st.sampled_from([code for code in DEFECTS if code != "missing"])),
)
def test_no_way_of_filling_it_in_contradicts_itself(
    way: str, form: str, copies: int, pages: int, defects: set[str]
) -> None:
    """The review takes every finding the form can give."""
    values = {"way": way, "form": form, "copies": str(copies), "pages": str(pages), "remark": ""}

    finding = finding_of("statement", {**values, **{f"defect.{code}": "yes" for code in defects}})

    assert formal_review.as_found(finding).row_id == "statement"
