"""Promised papers are made after the commit; what an interruption left, by the next act at the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from forms import documents
from forms.documents import DocumentError
from printing import reading
from printing.lines import DoesNotFit
from tests import builders
from tests.builders import a_case, assert_explained, identified, papers_of, tiny
from tests.engines import HALL, FilePlace
from workstation.acts import identification, making, packing, papers, registration
from workstation.acts.desk import Desk
from workstation.acts.facts import packing_list
from workstation.acts.targets import DPI
from workstation.domain.case import CaseState
from workstation.domain.paper import PaperState
from workstation.errors import OutsideFailed
from workstation.store.protocols import StoreFailed

Draw = Callable[[str, Any, str | None, Any], tuple[bytes, str]]


class PowerCut(BaseException):
    """The process ends here."""


def failing(error: BaseException) -> Draw:
    """A drawing that never comes to its end."""

    def draw(kind: str, facts: Any, watermark: str | None, ground: Any) -> tuple[bytes, str]:
        raise error

    return draw


@pytest.fixture
def interrupted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> str:
    """The number of a case whose slip was promised when the power was cut."""
    monkeypatch.setattr(making, "draw", failing(PowerCut()))
    with pytest.raises(PowerCut):
        registration.register(desk, builders.an_intake())
    monkeypatch.setattr(making, "draw", tiny)
    with desk.reading() as reading:
        (case,) = reading.cases.where()
    return case.number


def state(desk: Desk, case: str) -> str:
    """How far the slip of a case is."""
    return papers_of(desk, case, "intake_slip")[0].state


def test_an_interrupted_paper_is_promised_and_nothing_is_lost(desk: Desk, interrupted: str) -> None:
    """The act is committed with its promise; the ledger is true without the print."""
    assert builders.case_of(desk, interrupted).state == CaseState.REGISTERED
    assert state(desk, interrupted) == PaperState.PROMISED
    assert list(desk.tray.iterdir()) == []
    builders.assert_true_ledger(desk, interrupted)


def test_the_next_act_makes_it(desk: Desk, interrupted: str) -> None:
    """Whatever that act is, and from the facts of the promise."""
    identified(desk, interrupted)

    (slip,) = papers_of(desk, interrupted, "intake_slip")
    assert slip.state == PaperState.MADE
    assert [path.stem for path in desk.tray.iterdir()] == [slip.number]
    builders.assert_true_ledger(desk, interrupted)


def test_asking_for_it_makes_it(desk: Desk, interrupted: str) -> None:
    """`paper show` does not wait for an act, and works at every window."""
    (slip,) = papers_of(desk, interrupted, "intake_slip")

    paper, pdf = papers.pdf_of(replace(desk, window=2), slip.number)

    first, *_ = pdf.splitlines()
    assert (paper.state, first) == (PaperState.MADE, f"%PDF-1.7 intake_slip {slip.number} None".encode())


def test_another_window_leaves_it_alone(desk: Desk, interrupted: str) -> None:
    """A paper comes out of the tray of the window that it was promised at."""
    elsewhere = replace(desk, window=2, tray=desk.tray / "other")
    elsewhere.tray.mkdir()

    identified(elsewhere, interrupted)

    assert state(desk, interrupted) == PaperState.PROMISED
    assert list(elsewhere.tray.iterdir()) == []


def test_a_void_face_is_not_made(desk: Desk, interrupted: str) -> None:
    """Reprinted before it was drawn: only the copy comes out."""
    (slip,) = papers_of(desk, interrupted, "intake_slip")

    copy = papers.reprint(desk, slip.number, reason="jammed")

    assert [path.stem for path in desk.tray.iterdir()] == [copy.number]


def test_a_face_voided_while_it_is_drawn_stays_void(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its envelope was voided by somebody faster: the bytes are kept, the face is not live again."""
    case = a_case(desk)

    def draw(kind: str, facts: Any, watermark: str | None, ground: Any) -> tuple[bytes, str]:
        if kind == "envelope":
            monkeypatch.setattr(making, "draw", tiny)
            packing.void(desk, facts["paper.number"], reason="other")
        return tiny(kind, facts, watermark, ground)

    monkeypatch.setattr(making, "draw", draw)
    envelope = packing.pack(desk, [case.number])

    with desk.reading() as reading:
        face = reading.papers.get(envelope.number)
    assert face is not None
    assert face.state == PaperState.VOID
    builders.assert_true_ledger(desk, case.number)


FAULTS = [
    StoreFailed("disk_full", "no room"),
    DocumentError("fact x is missing", "intake_slip"),
    DoesNotFit("覃" * 400),
    ValueError("no part of kind 'x'"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_a_paper_that_cannot_be_made_does_not_undo_its_act(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    """The clerk is told that the act is done and must not be done again."""
    if isinstance(fault, (DoesNotFit, ValueError)):
        monkeypatch.setattr(making, "draw", DRAW)
        monkeypatch.setattr(making, "_drawing", failing(fault))
    else:
        monkeypatch.setattr(making, "draw", failing(fault))

    with pytest.raises(OutsideFailed) as caught:
        registration.register(desk, builders.an_intake())

    assert_explained(caught.value, "paper-failed")
    assert "事情已办成" in caught.value.what
    assert "不必重办" in caught.value.next
    with desk.reading() as reading:
        assert len(reading.cases.where()) == 1


DRAW = making.draw


def test_a_paper_whose_bars_do_not_read_does_not_count_as_made(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stays promised, nothing is laid out, and the number that was not found is told."""
    monkeypatch.setattr(making, "draw", DRAW)
    monkeypatch.setattr(reading, "codes", lambda *_, **__: ["43501021012632499999"])

    with pytest.raises(OutsideFailed) as caught:
        registration.register(desk, builders.an_intake())

    assert_explained(caught.value, "paper-failed")
    with desk.reading() as reading_:
        (slip,) = reading_.papers.where()
    assert slip.state == PaperState.PROMISED
    assert list(desk.tray.iterdir()) == []
    assert slip.number in caught.value.why


def test_another_acts_broken_paper_is_not_this_acts_fault(
    desk: Desk, interrupted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An act that promised nothing is done without a word about a paper that still cannot be made."""
    monkeypatch.setattr(making, "draw", failing(DocumentError("x", "intake_slip")))

    done = identification.identify(desk, interrupted, method="in_person", outcome="passed")

    assert done.identity == "passed"
    assert state(desk, interrupted) == PaperState.PROMISED


def test_a_tray_that_takes_nothing_is_told(desk: Desk) -> None:
    """The act is done, the paper is in the store; half a file is not left."""
    desk.tray.rmdir()

    with pytest.raises(OutsideFailed) as caught:
        registration.register(desk, builders.an_intake())
    desk.tray.mkdir()

    assert_explained(caught.value, "tray-failed")
    with desk.reading() as reading:
        (slip,) = reading.papers.where()
    assert slip.state == PaperState.MADE
    papers.pdf_of(desk, slip.number)
    assert [path.name for path in desk.tray.iterdir()] == [f"{slip.number}.pdf"]


def test_two_desks_that_draw_one_paper_record_it_once(
    desk: Desk, interrupted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The slower finds it made, leaves no entry and lays nothing out."""
    other = replace(desk, tray=desk.tray / "other")
    other.tray.mkdir()

    def draw(kind: str, facts: Any, watermark: str | None, ground: Any) -> tuple[bytes, str]:
        monkeypatch.setattr(making, "draw", tiny)
        identified(desk, interrupted)
        return tiny(kind, facts, watermark, ground)

    monkeypatch.setattr(making, "draw", draw)
    identified(other, interrupted)

    with desk.reading() as reading:
        (slip,) = reading.papers.where(case_number=interrupted)
        made = [entry for entry in reading.journal_of(slip.number) if entry.act == "make_paper"]
    assert len(made) == 1
    assert list(other.tray.iterdir()) == []
    builders.assert_true_ledger(desk)


def test_practice_papers_are_marked(tmp_path: Path) -> None:
    """A paper of a practice hall says so on its face."""
    hall = replace(HALL, digit=9, practice=1)
    with builders.no_ink():
        desk = builders.a_desk(FilePlace(tmp_path / "practice.db"), tmp_path / "tray", hall=hall)
        slip = papers_of(desk, a_case(desk, CaseState.REGISTERED).number, "intake_slip")[0]

        assert "演练".encode() in papers.pdf_of(desk, slip.number)[1].splitlines()[0]


# --- the packing list's QR code


def list_facts(desk: Desk) -> dict[str, Any]:
    """What a packing list was promised with."""
    envelope = builders.an_envelope(desk).number
    with desk.reading() as reading:
        (sheet,) = reading.papers.where(object=envelope, kind="packing_list")
        return papers.facts_of(reading, sheet.number)


def drawn(facts: dict[str, Any], wording: str | None = None) -> bytes:
    """The paper, drawn in earnest."""
    return DRAW("packing_list", facts, None, making._Ground(None, DPI, wording))[0]


def test_a_packing_list_says_its_rows_when_it_is_scanned(desk: Desk) -> None:
    """What was promised is what the finished paper says."""
    facts = list_facts(desk)

    assert facts["manifest.code"] in reading.codes(drawn(facts), with_squares=True)


def test_a_packing_list_whose_qr_code_does_not_read_does_not_count_as_made(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read as other digits is as bad; it is told by its name, not by a thousand digits."""
    facts = list_facts(desk)
    other = "8" + facts["manifest.code"][1:-1] + "0"
    seen = [facts["paper.number"], facts["reply.number"], other]
    monkeypatch.setattr(reading, "codes", lambda *_, **__: seen)

    with pytest.raises(OutsideFailed) as caught:
        drawn({**facts, "manifest.code": facts["manifest.code"][:-1] + "1"})

    assert_explained(caught.value, "paper-unreadable")
    assert "没有读到的：内件清单二维码" in caught.value.why
    assert facts["paper.number"] not in caught.value.why


def test_a_wording_without_a_qr_code_is_printed_without(desk: Desk) -> None:
    """A hall's own, or one of before there was any."""
    facts = list_facts(desk)
    older = documents.shipped("packing_list").replace("[二维码 {{manifest.code?}}] ", "")

    assert facts["manifest.code"] not in reading.codes(drawn(facts, older), with_squares=True)


def test_a_list_promised_before_there_were_qr_codes_is_made(desk: Desk) -> None:
    """In the wording of today, with nothing to scan."""
    facts = list_facts(desk)
    older = {name: value for name, value in facts.items() if not name.startswith("manifest.")}

    pdf = drawn(packing_list.completed(older))

    assert set(reading.codes(pdf, with_squares=True)) == {facts["paper.number"], facts["reply.number"]}
