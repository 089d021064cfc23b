"""The bag: where a number leads, what is missing, and that it is packed as it was seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import builders
from tests.builders import a_case, an_envelope, at, paper_of
from workstation.acts import formal_review, home, identification, packing, papers, registration
from workstation.acts.desk import Desk
from workstation.acts.inputs import Material, Wanted
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState
from workstation.errors import Explained
from workstation.screens.sealing import bag as bags
from workstation.screens.sealing import companions
from workstation.screens.sealing.bag import FACES, Phase, in_force, look, tail


@pytest.fixture
def case(desk: Desk) -> str:
    """A reviewed case."""
    return a_case(desk).number


@pytest.mark.parametrize("of", ["case", "consignment", "envelope", *FACES[1:], "reply_slip"])
def test_every_number_of_an_envelope_leads_to_it(desk: Desk, case: str, of: str) -> None:
    """Case, consignment, envelope and each of its faces: one bag."""
    envelope = packing.pack(desk, [case]).number
    numbers = {"case": case, "consignment": f"{case}-1", "envelope": envelope}
    number = numbers.get(of) or paper_of(desk, envelope, of).number

    bag = look(desk, number)

    assert bag.envelope is not None
    assert (bag.envelope.number, bag.names, bag.phase) == (envelope, [f"{case}-1"], Phase.SEALING)
    assert bag.left == frozenset()


def test_papers_stand_in_the_order_of_the_checklist(desk: Desk, case: str) -> None:
    """In hand and in the envelope alike; a checked original goes back and is not among them."""
    before = [piece.row_id for piece in look(desk, case).pieces]

    packing.pack(desk, [case])

    assert before == ["application", "applicant_id", "statement"]
    assert [piece.row_id for piece in look(desk, case).pieces] == before


def test_a_void_envelope_leads_to_what_was_in_it(desk: Desk, case: str) -> None:
    """Both of its consignments are to be packed again; once they are, it leads to the new one."""
    other = a_case(desk).number
    envelope = packing.pack(desk, [case, other]).number
    packing.void(desk, envelope, reason="damaged")

    again = look(desk, envelope)
    assert (again.phase, again.names) == (Phase.PACKING, [f"{case}-1", f"{other}-1"])

    anew = packing.pack(desk, [case, other]).number
    leads_to = look(desk, envelope).envelope
    assert leads_to is not None
    assert leads_to.number == anew


@pytest.mark.parametrize(
    ("state", "phase"),
    [
        (EnvelopeState.OPEN, Phase.SEALING),
        (EnvelopeState.SEALED, Phase.CLOSED),
        (EnvelopeState.HANDED_OVER, Phase.CLOSED),
        (EnvelopeState.OPENED, Phase.CLOSED),
        (EnvelopeState.LOST, Phase.CLOSED),
    ],
)
def test_the_phase_is_the_envelopes(desk: Desk, state: str, phase: Phase) -> None:
    """Open is to be sealed; all else is over here."""
    bag = look(desk, an_envelope(desk, state).number)

    assert bag.phase == phase
    assert (bag.why_not("seal") is None) == (phase == Phase.SEALING)


def test_a_case_leads_to_the_consignment_there_is_most_to_do_for(desk: Desk) -> None:
    """An open envelope before what can be packed, that before what is sealed; the rest is to do."""
    number = a_case(desk, offices=3).number
    builders.sealed(desk, packing.pack(desk, [f"{number}-1"]).number)
    assert look(desk, number).names == [f"{number}-2"]

    packing.pack(desk, [f"{number}-3"])

    bag = look(desk, number)
    assert bag.names == [f"{number}-3"]
    assert [each.id for each in bag.to_do] == [f"{number}-2"]
    assert look(desk, number, chosen=f"{number}-1").phase == Phase.CLOSED


@pytest.mark.parametrize("number", ["13501021012632409990", "13501021012632409990-1", "23501021012632409990"])
def test_a_number_nobody_has_issued_is_refused(desk: Desk, number: str) -> None:
    """In the acts' own words."""
    with pytest.raises(Explained) as caught:
        look(desk, number)

    assert caught.value.code.endswith("not-found")


def test_a_consignment_its_case_does_not_have_is_refused(desk: Desk, case: str) -> None:
    """The case is there, its ninth consignment is not."""
    with pytest.raises(Explained) as caught:
        look(desk, f"{case}-9")

    assert caught.value.code == "consignment-not-found"


def test_what_the_seal_waits_for_is_told_in_its_own_words(desk: Desk) -> None:
    """Identity first, then rows; that papers are not packed yet is no news."""
    number = registration.register(desk, builders.an_intake()).number
    assert look(desk, number).lacks == ["还没有核验申请人的身份"]

    builders.identified(desk, number)
    assert "未通过：" in look(desk, number).lacks[0]

    builders.review_all(desk, number)
    assert look(desk, number).lacks == []


def test_a_paper_that_came_after_packing_is_seen(desk: Desk) -> None:
    """It lies in the clerk's hands, the list does not name it, and the seal says so."""
    consignment = builders.a_consignment(desk, ConsignmentState.ACKNOWLEDGED)
    home.correct(desk, consignment.id, [Wanted(name=name, standard="清晰") for name in ("第一份", "第二份")])
    number = consignment.case_number
    first, second = (
        Material(row=row.row_id, form="copy", office=1) for row in builders.open_rows(desk, number)
    )
    formal_review.resubmit(desk, number, [first])
    envelope = packing.pack(desk, [consignment.id])
    formal_review.resubmit(desk, number, [second])
    builders.review_all(desk, number)

    bag = look(desk, envelope.number)

    assert len(bag.left) == 1
    assert bag.pieces[-1].id in bag.left
    assert "还在窗口人员手里" in bag.lacks[0]
    assert bag.why_not("seal") is not None


def test_only_live_faces_have_a_path(desk: Desk, case: str) -> None:
    """A reprint takes the place of what it replaces; the path begins with the tray."""
    envelope = packing.pack(desk, [case]).number
    copy = papers.reprint(desk, envelope, reason="damaged")

    bag = look(desk, case)

    face = bag.face("envelope")
    assert face is not None
    assert face.number == copy.number
    assert bag.paths["envelope"] == f"tray/{copy.number}.pdf"
    assert bag.face("handover_sheet") is None


def test_the_last_place_is_this_windows(desk: Desk, case: str) -> None:
    """Where the latest envelope that still lies here was laid; none, and another window's, give none."""
    first, second = (an_envelope(desk).number for _ in range(2))
    assert look(desk, first).last_place == ""

    builders.sealed(desk, first, place="A-01")
    builders.sealed(desk, second, place="A-02")
    third = packing.pack(desk, [case]).number
    assert look(desk, third).last_place == "A-02"
    assert look(replace(desk, window=2), third).last_place == ""

    builders.handed_over(desk, second)
    assert look(desk, third).last_place == "A-01"


def test_it_is_packed_only_as_it_was_seen(desk: Desk, case: str) -> None:
    """Somebody has touched the case, or packed its consignment: refused, and nothing is written."""
    seen = look(desk, case)
    identification.identify(at(desk, "1002"), case, method="in_person", outcome="passed")

    with builders.refused(desk, "changed-meanwhile"):
        bags.pack(desk, seen, [])

    again = look(desk, case)
    packing.pack(at(desk, "1002"), [case])
    with builders.refused(desk, "changed-meanwhile"):
        bags.pack(desk, again, [])


def test_of_several_each_is_compared(desk: Desk, case: str) -> None:
    """The second case has changed; the first has not."""
    other = a_case(desk).number
    seen = look(desk, case, joined=[f"{other}-1"])
    identification.identify(at(desk, "1002"), other, method="in_person", outcome="passed")

    with builders.refused(desk, "changed-meanwhile"):
        bags.pack(desk, seen, [])

    again = look(desk, case, joined=[f"{other}-1", f"{case}-1"])
    assert bags.pack(desk, again, []).state == EnvelopeState.OPEN


@pytest.mark.parametrize("state", ConsignmentState)
def test_each_state_of_a_consignment_can_be_looked_at(desk: Desk, state: ConsignmentState) -> None:
    """Whatever a case has come to, its screen opens and says why nothing is to be packed."""
    consignment = builders.a_consignment(desk, state)

    bag = look(desk, consignment.id)

    assert bag.office.office_code == consignment.office_code
    assert (bag.why_not("pack") is None) == (state == ConsignmentState.PACKING)
    assert (in_force(bag.office) is None) == (state != ConsignmentState.SEALED)


@pytest.mark.parametrize("state", [CaseState.REGISTERED, CaseState.DECLINED, CaseState.WITHDRAWN])
def test_a_case_that_is_not_reviewed_offers_nothing(desk: Desk, state: CaseState) -> None:
    """It can be looked at; packing says in which state it could be done."""
    bag = look(desk, a_case(desk, state).number)

    assert "要在“形式审查通过”时办" in (bag.why_not("pack") or "")
    assert bag.why_not("seal") == "还没有装袋"


def test_companions_wait_for_the_same_office(desk: Desk, case: str) -> None:
    """Reviewed, unpacked and to the same office; nothing else, and not itself."""
    near = a_case(desk).number
    a_case(desk, offices=(builders.an_office(2),))
    a_case(desk, CaseState.REGISTERED)
    an_envelope(desk)
    namesake = builders.an_office(3, name=builders.an_office(1).name)
    a_case(desk, offices=(namesake,))

    found = companions.waiting(desk, look(desk, case).office)

    assert [(each.id, each.number, each.applicant) for each in found] == [(f"{near}-1", near, "覃**")]


def test_a_number_is_told_apart_by_its_end(case: str) -> None:
    """Five digits, as on the telephone, and the ordinal of a consignment."""
    assert tail(case) == f"…{case[-5:]}"
    assert tail(f"{case}-2") == f"…{case[-5:]}-2"
