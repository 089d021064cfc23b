"""Papers: promised in the act, made after it, reprinted as numbered copies whose former face is void."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import a_case, an_envelope, paper_of, refused
from workstation.acts import papers
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.domain.codes import Kind, parse, short_form
from workstation.domain.paper import Paper, PaperState


def face(desk: Desk, number: str) -> Paper:
    """A face as it stands, live or void."""
    with desk.reading() as reading:
        paper = reading.papers.get(number)
    assert paper is not None
    return paper


def facts(desk: Desk, number: str) -> dict[str, object]:
    """What a face says."""
    with desk.reading() as reading:
        return papers.facts_of(reading, number)


@pytest.fixture
def slip(desk: Desk) -> str:
    """The number of an intake slip."""
    return paper_of(desk, a_case(desk, CaseState.REGISTERED).number, "intake_slip").number


def test_a_paper_is_made_when_its_act_is_done(desk: Desk, slip: str) -> None:
    """Its bytes and their digest are stored, and it lies in the tray, readable by nobody else."""
    paper, pdf = papers.pdf_of(desk, slip)

    laid_out = desk.tray / f"{slip}.pdf"
    assert paper.state == PaperState.MADE
    assert paper.digest == desk.store.keys.journal("paper.pdf", pdf)
    assert laid_out.read_bytes() == pdf
    assert laid_out.stat().st_mode & 0o077 == 0
    assert [path.name for path in desk.tray.iterdir()] == [laid_out.name]


def test_a_reprint_is_a_numbered_copy(desk: Desk, slip: str) -> None:
    """A new number, 副本 2, the same facts; the former is void and names it."""
    copy = papers.reprint(desk, slip, reason="jammed")

    former = face(desk, slip)
    assert (copy.copy, copy.replaces, copy.reason, copy.object) == (2, slip, "jammed", former.object)
    assert (former.state, former.replaced_by) == (PaperState.VOID, copy.number)
    assert face(desk, copy.number).state == PaperState.MADE
    assert parse(copy.number).kind == Kind.FACE
    new, old = facts(desk, copy.number), facts(desk, slip)
    assert (new["paper.number"], new["paper.copy_mark"]) == (copy.number, "副本 2")
    changed = {key for key in old if new[key] != old[key]}
    assert changed - {"paper.printed_at"} == {"paper.number", "paper.copy", "paper.copy_mark"}


def test_copies_are_counted(desk: Desk, slip: str) -> None:
    """A copy of a copy is the third, and only the newest is live."""
    second = papers.reprint(desk, slip, reason="lost")
    third = papers.reprint(desk, second.number, reason="lost")

    case = third.object
    assert third.copy == 3
    assert [p.number for p in builders.papers_of(desk, case, "intake_slip")] == [third.number]


def test_a_void_face_names_what_replaced_it_and_where_that_is(desk: Desk, slip: str) -> None:
    """With its envelope on the shelf, in a window's tray, at a printer; or that it is void as well."""
    envelope = an_envelope(desk, "sealed")
    face_ = papers.reprint(desk, envelope.number, reason="damaged")
    second = papers.reprint(desk, slip, reason="lost")

    with refused(desk, "paper-void") as caught:
        papers.reprint(desk, envelope.number, reason="damaged")
    assert face_.number in caught.value.why
    assert f"货位 {envelope.place}" in caught.value.why
    with refused(desk, "paper-void") as caught:
        papers.reprint(desk, slip, reason="damaged")
    assert "1 号窗口的出纸盘" in caught.value.why
    papers.reprint(desk, second.number, reason="lost")
    with refused(desk, "paper-void") as caught:
        papers.reprint(desk, slip, reason="damaged")
    assert "也已作废" in caught.value.why


def test_a_void_face_is_not_reprinted(desk: Desk, slip: str) -> None:
    """The refusal names the face that replaced it."""
    copy = papers.reprint(desk, slip, reason="damaged")

    with refused(desk, "paper-void") as caught:
        papers.reprint(desk, slip, reason="damaged")

    assert copy.number in caught.value.why


def test_a_face_voided_without_successor_says_why(desk: Desk) -> None:
    """Nothing replaces the face of an envelope that was voided."""
    envelope = an_envelope(desk, "void").number

    with refused(desk, "paper-void") as caught:
        papers.reprint(desk, envelope, reason="damaged")

    assert "作废事由" in caught.value.why


@pytest.mark.parametrize("of", ["packing_list", "reply_slip"])
def test_list_and_slip_are_reprinted_together(desk: Desk, of: str) -> None:
    """They stand on one sheet: both get new numbers, whichever of the two was asked for."""
    envelope = an_envelope(desk).number
    formerly = {kind: paper_of(desk, envelope, kind) for kind in ("packing_list", "reply_slip")}

    sheet = papers.reprint(desk, formerly[of].number, reason="unreadable")

    now = {kind: paper_of(desk, envelope, kind) for kind in ("packing_list", "reply_slip")}
    assert sheet.number == now["packing_list"].number == now["reply_slip"].sheet
    assert {kind: face(desk, paper.number).replaced_by for kind, paper in formerly.items()} == {
        kind: paper.number for kind, paper in now.items()
    }
    assert facts(desk, sheet.number)["reply.short_code"] == short_form(now["reply_slip"].number)
    assert now["reply_slip"].state == PaperState.MADE


def test_a_reprinted_face_of_an_envelope_finds_it(desk: Desk) -> None:
    """The copy is of kind 2 like the first, and stands for the same envelope."""
    envelope = an_envelope(desk).number

    copy = papers.reprint(desk, envelope, reason="other_printer")

    assert parse(copy.number).kind == Kind.ENVELOPE
    assert builders.envelope_of(desk, copy.number).number == envelope


def test_a_reprint_has_a_coded_reason_and_an_original(desk: Desk, slip: str) -> None:
    """Reasons are counted, and only what was printed is printed again."""
    with refused(desk, "reason-unknown"):
        papers.reprint(desk, slip, reason="just because")
    with refused(desk, "paper-not-found"):
        papers.reprint(desk, slip[::-1], reason="lost")


def test_a_face_without_bytes_of_its_own_is_shown_by_its_sheet(desk: Desk) -> None:
    """The slip's PDF is that of the list."""
    envelope = an_envelope(desk).number
    listed, slip = paper_of(desk, envelope, "packing_list"), paper_of(desk, envelope, "reply_slip")

    paper, pdf = papers.pdf_of(desk, slip.number)

    assert (paper.number, pdf) == (slip.number, papers.pdf_of(desk, listed.number)[1])


def test_a_sheet_is_told_by_its_path_and_its_digest(desk: Desk) -> None:
    """The path is that of the sheet the face stands on, the digest the plain one of the file."""
    envelope = an_envelope(desk).number
    slip = paper_of(desk, envelope, "reply_slip")

    _, pdf = papers.pdf_of(desk, slip.number)

    path = papers.path_of(desk, slip)
    assert path is not None
    assert path.is_absolute()
    assert path.read_bytes() == pdf
    assert papers.sm3(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_what_is_shown_lies_in_the_tray_again(desk: Desk, slip: str) -> None:
    """The tray may have been swept; the store keeps the bytes."""
    swept = desk.tray / f"{slip}.pdf"
    swept.unlink()

    papers.pdf_of(desk, slip)

    assert swept.exists()


def test_a_paper_that_is_not_kept_is_said_to_be_so(desk: Desk, slip: str) -> None:
    """After the time of keeping the digest stays and the bytes are gone."""
    with desk.store.engine.write():
        desk.store.engine.run("UPDATE paper_bodies SET pdf = NULL, facts = NULL", {})

    with refused(desk, "paper-not-kept"):
        papers.pdf_of(desk, slip)
    with refused(desk, "paper-not-found"):
        papers.reprint(desk, slip, reason="lost")
    with refused(desk, "paper-not-found"):
        papers.pdf_of(desk, slip[::-1])


def test_the_papers_of_a_case_are_listed(desk: Desk, slip: str) -> None:
    """By case, by envelope, or all of the hall."""
    case, envelope = face(desk, slip).object, an_envelope(desk).number

    assert [p.number for p in papers.listed(desk, case)] == [slip]
    assert {p.kind for p in papers.listed(desk, envelope)} == {"envelope", "packing_list", "reply_slip"}
    assert len(papers.listed(desk, None)) == 5


def test_an_envelope_too_small_is_changed_for_another(desk: Desk) -> None:
    """The face is drawn anew for that stock, and the one on the smaller envelope is void."""
    envelope = an_envelope(desk).number

    larger = papers.reprint(desk, envelope, reason="other_stock", stock="C4")

    assert (larger.stock, larger.copy, larger.reason) == ("C4", 2, "other_stock")
    assert face(desk, envelope).state == PaperState.VOID


def test_a_stock_goes_with_its_reason_and_with_an_envelope_alone(desk: Desk, slip: str) -> None:
    """Each lack or excess is told, and nothing is printed."""
    envelope = an_envelope(desk).number

    with refused(desk, "stock-missing"):
        papers.reprint(desk, envelope, reason="other_stock")
    with refused(desk, "stock-unexpected"):
        papers.reprint(desk, envelope, reason="damaged", stock="C4")
    with refused(desk, "stock-unknown"):
        papers.reprint(desk, envelope, reason="other_stock", stock="C9")
    with refused(desk, "paper-wrong-kind"):
        papers.reprint(desk, slip, reason="other_stock", stock="C4")
