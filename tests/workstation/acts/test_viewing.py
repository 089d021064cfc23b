"""What the counter looks at: worklists, and everything about one case, envelope or batch."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import a_batch, a_case, a_consignment, an_envelope
from workstation.acts import handover, tasks, viewing
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.domain.consignment import PROGRESS, ConsignmentState
from workstation.domain.envelope import EnvelopeState


@pytest.mark.parametrize("state", [s for s in ConsignmentState if s != ConsignmentState.DONE])
def test_between_reviewed_and_served_a_case_shows_its_consignment(
    desk: Desk, state: ConsignmentState
) -> None:
    """The stored state stays `reviewed`; what people see is computed."""
    file = viewing.case_file(desk, a_consignment(desk, state).case_number)

    assert (file.case.state, file.shown) == (CaseState.REVIEWED, state)


@pytest.mark.parametrize("state", [s for s in CaseState if s != CaseState.REVIEWED])
def test_otherwise_it_shows_its_own_state(desk: Desk, state: CaseState) -> None:
    """Before the review and after the service there is nothing to compute."""
    assert viewing.case_file(desk, a_case(desk, state).number).shown == state


def test_the_least_advanced_consignment_is_shown(desk: Desk) -> None:
    """A case is as far as the slowest of its offices."""
    case = a_case(desk, offices=2).number
    builders.advance(desk, f"{case}-1", ConsignmentState.RESULT_ARRIVED)

    assert viewing.case_file(desk, case).shown == ConsignmentState.PACKING
    assert set(PROGRESS) == set(ConsignmentState)


def test_a_case_file_holds_all_that_belongs_to_it(desk: Desk) -> None:
    """Rows, pieces, consignments, identities, notices, papers, tasks and the whole timeline."""
    envelope = an_envelope(desk, EnvelopeState.LOST).number
    case = builders.consignments_in(desk, envelope)[0].case_number

    file = viewing.case_file(desk, case)

    assert [row.position for row in file.rows] == [1, 2, 3, 4, 5, 6, 7]
    assert (len(file.pieces), len(file.consignments), len(file.identities)) == (4, 1, 1)
    assert [task.kind for task in file.tasks] == ["lost"]
    assert {paper.kind for paper in file.papers} == {"intake_slip", "packing_list", "reply_slip"}
    acts = [entry.act for entry in file.timeline if entry.act != "make_paper"]
    assert acts == ["register", "identify", "review", "pack", "seal", "hand_over", "trouble"]
    identify = next(entry for entry in file.timeline if entry.act == "identify")
    assert viewing.told(identify)["method"] == "in_person"


def test_an_envelope_file_holds_contents_papers_and_tasks(desk: Desk) -> None:
    """Found by the number of any of its faces."""
    envelope = an_envelope(desk, EnvelopeState.SENT_BACK).number
    slip = builders.paper_of(desk, envelope, "reply_slip").number

    file = viewing.envelope_file(desk, slip)

    assert file.envelope.number == envelope
    assert len(file.consignments) == 1
    assert [task.id for task in file.tasks] == [task.id for task in tasks.listed(desk)]
    assert file.acts == ("resolve",)


def test_a_batch_file_tells_missing_and_extra(desk: Desk) -> None:
    """What is expected and not scanned, what is scanned and not expected."""
    batch = a_batch(desk).number
    extra = an_envelope(desk, EnvelopeState.SEALED).number
    handover.scan_envelope(desk, batch, face=extra)
    other = viewing.batch_file(desk, batch)

    assert (other.missing, other.extra) == ([], [extra])


def test_worklists_go_by_state(desk: Desk) -> None:
    """All cases, those of one state, and as many as are asked for."""
    registered = [a_case(desk, CaseState.REGISTERED).number for _ in range(3)]
    reviewed = a_case(desk).number

    assert {case.number for case, _ in viewing.cases(desk)} == {*registered, reviewed}
    assert [(case.number, now) for case, now in viewing.cases(desk, state=CaseState.REVIEWED)] == [
        (reviewed, ConsignmentState.PACKING)
    ]
    assert len(viewing.cases(desk, state=CaseState.REGISTERED, count=2)) == 2
    assert viewing.cases(desk, state=CaseState.CLOSED) == []


def test_counts_go_by_state(desk: Desk) -> None:
    """Of cases and of consignments."""
    a_case(desk, CaseState.REGISTERED)
    a_consignment(desk, ConsignmentState.SEALED)

    assert viewing.counts(desk) == {
        "cases": {"registered": 1, "reviewed": 1},
        "consignments": {"packing": 1, "sealed": 1},
    }
