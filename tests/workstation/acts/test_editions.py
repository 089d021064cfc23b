"""A paper keeps its wording: printed again or read later, it says what it said then."""

from __future__ import annotations

import pytest

from forms import documents
from tests import builders
from tests.builders import a_case, at, paper_of
from workstation.acts import editions, papers, previews, verification, wordings
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.domain.paper import Paper, PaperState
from workstation.domain.wording import Wording

OWN = "---\npage: A4\n---\n\n[条码 {{paper.number}}] 编号\n\n# 收件条\n\n已收 {{case.number}}，请到二楼。\n"


def a_slip(desk: Desk) -> Paper:
    """The intake slip of a new case, drawn."""
    return paper_of(desk, a_case(desk, CaseState.REGISTERED).number, "intake_slip")


def kept(desk: Desk) -> list[Wording]:
    """Every wording the store has."""
    with desk.reading() as reading:
        return reading.wordings.where()


def put_in_force(desk: Desk, text: str = OWN) -> None:
    """The supervisor wants the slip otherwise."""
    wordings.set_wording(at(desk, "2001"), "intake_slip", text)


def test_the_first_paper_keeps_what_it_was_printed_with(desk: Desk) -> None:
    """The shipped text may be another after an update; it is written down once."""
    first, second = a_slip(desk), a_slip(desk)

    (wording,) = kept(desk)
    text = documents.shipped("intake_slip")
    assert (wording.document, wording.text, wording.state) == ("intake_slip", text, "shipped")
    assert wording.digest == documents.digest(text) == first.template == second.template
    assert verification.verify(desk).difference is None


def test_an_envelopes_face_has_no_wording(desk: Desk, undrawn: None) -> None:
    """It is a drawing; slip and list on one sheet have the sheet's."""
    envelope = builders.an_envelope(desk).number

    face = paper_of(desk, envelope, "envelope")
    assert {wording.document for wording in kept(desk)} == {"intake_slip", "packing_list"}
    with desk.reading() as reading:
        assert editions.of_paper(reading, face) is None


def test_a_new_paper_has_the_present_wording_and_a_copy_the_former(desk: Desk) -> None:
    """副本 says what the original said."""
    former = a_slip(desk)
    put_in_force(desk)

    copy = papers.reprint(desk, former.number, reason="lost")
    new = a_slip(desk)

    assert "收件不等于受理" in previews.printed(desk, copy.number)
    assert "副本 2" in previews.printed(desk, copy.number)
    assert "请到二楼" in previews.printed(desk, new.number)
    with desk.reading() as reading:
        assert papers.live(reading, copy.number).template == former.template
    assert new.template == documents.digest(OWN) != former.template


def test_what_was_printed_is_read_in_its_own_words(desk: Desk) -> None:
    """Before and after; a preview of what comes next has the present ones."""
    former = a_slip(desk)
    before = previews.printed(desk, former.number)
    put_in_force(desk)

    assert previews.printed(desk, former.number) == before
    assert "请到二楼" in previews.intake_slip(desk, builders.an_intake())


def test_the_old_wording_outlives_an_update_of_the_program(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next version ships other words: papers printed with today's are printed again with today's."""
    former = a_slip(desk)
    monkeypatch.setattr(documents, "shipped", lambda _: OWN)

    copy = papers.reprint(desk, former.number, reason="damaged")

    assert "收件不等于受理" in previews.printed(desk, copy.number)
    assert "请到二楼" in previews.printed(desk, a_slip(desk).number)
    assert [wording.state for wording in kept(desk)] == ["shipped", "shipped"]


def test_a_paper_of_an_earlier_version_is_printed_in_the_words_in_force(desk: Desk) -> None:
    """Nobody wrote those words down: of a digest that is not known, the present wording is taken."""
    slip = a_slip(desk)
    put_in_force(desk)
    with desk.store.engine.write():
        desk.store.engine.run("UPDATE papers SET template = 'f00d'", {})

    copy = papers.reprint(desk, slip.number, reason="lost")

    assert "请到二楼" in previews.printed(desk, copy.number)
    with desk.reading() as reading:
        assert papers.live(reading, copy.number).template == documents.digest(OWN)


def test_the_shipped_words_are_known_before_anything_was_printed_with_them(desk: Desk) -> None:
    """A ledger of the version before has papers, and no wordings yet."""
    slip = a_slip(desk)
    put_in_force(desk)
    with desk.store.engine.write():
        desk.store.engine.run("DELETE FROM wordings WHERE state = 'shipped'", {})

    with desk.reading() as reading:
        assert editions.of_paper(reading, slip) == documents.shipped("intake_slip")
        assert editions.known(reading, "intake_slip", "f00d") is None


def test_what_was_promised_is_printed_in_the_words_in_force_when_it_is_made(
    desk: Desk, undrawn: None
) -> None:
    """The power was cut before it was drawn: nothing had been said to anybody in the former words."""
    slip = a_slip(desk)
    with desk.store.engine.write():
        desk.store.engine.run(
            "UPDATE papers SET state = :state, made_at = NULL, template = NULL",
            {"state": PaperState.PROMISED},
        )
    put_in_force(desk)

    papers.pdf_of(desk, slip.number)

    assert OWN in [wording.text for wording in kept(desk)]
    assert "请到二楼" in previews.printed(desk, slip.number)
