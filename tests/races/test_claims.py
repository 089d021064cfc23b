"""Two people at one line of the queue: one works it, and the other is told."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import a_case, at
from tests.races.racing import DONE, at_once, raced
from tests.workstation.acts.queue_scenes import SCENES, lines
from workstation.acts import claims, papers, queue
from workstation.acts.desk import Desk
from workstation.acts.queue import Line
from workstation.domain.case import CaseState

pytestmark = pytest.mark.engine

#: With another waybill of the same number, with one clerk, or in a hall with little patience.
ALONE = {"unacknowledged", "waiting", "due_soon"}


@pytest.fixture
def seen(desk: Desk) -> list[Line]:
    """What everybody has on the screen: two cases nobody has reviewed."""
    for _ in range(2):
        a_case(desk, CaseState.REGISTERED)
    return queue.listed(desk)


def holders(desk: Desk) -> set[str]:
    """Who works the lines."""
    return {line.holder for line in queue.listed(desk)}


def test_two_supervisors_reassign_the_same_lines(desk: Desk, seen: list[Line]) -> None:
    """The first is done; the second is told that they have changed, and changes nothing."""
    first, second = raced(
        (at(desk, "2001"), lambda there: claims.reassign(there, seen, "1001")),
        (at(desk, "2002"), lambda there: claims.reassign(there, seen, "1002")),
    )

    assert (first.code, second.code) == (DONE, "changed-meanwhile")
    assert "2001" in second.why
    assert holders(desk) == {"1001"}
    builders.assert_true_ledger(desk)


def test_a_line_is_claimed_by_one(desk: Desk, seen: list[Line]) -> None:
    """However many reach for it at the same moment."""
    people = ("1001", "1002", "2001", "2002")

    found = at_once(*((at(desk, code), lambda there: claims.claim(there, seen)) for code in people))

    assert sorted(outcome.code for outcome in found) == [DONE, *["line-held"] * 3]
    assert holders(desk) == {people[[outcome.code for outcome in found].index(DONE)]}
    builders.assert_true_ledger(desk)


def test_a_claim_and_a_reassignment_meet(desk: Desk, seen: list[Line]) -> None:
    """Whoever is first has it."""
    first, second = raced(
        (desk, lambda there: claims.claim(there, seen)),
        (at(desk, "2001"), lambda there: claims.reassign(there, seen, "1002")),
    )

    assert (first.code, second.code) == (DONE, "changed-meanwhile")
    assert holders(desk) == {"1001"}


def test_a_shift_is_handed_over_once(desk: Desk, seen: list[Line]) -> None:
    """Whoever comes second finds nothing in hand, or is told that the lines have gone: no line goes twice."""
    claims.claim(desk, seen)

    found = at_once(
        (desk, lambda there: claims.hand_over(there, "1002")),
        (desk, lambda there: claims.hand_over(there, "2001")),
    )

    assert DONE in {outcome.code for outcome in found} <= {DONE, "changed-meanwhile"}
    assert len(holders(desk)) == 1
    assert holders(desk) <= {"1002", "2001"}
    with desk.reading() as reading:
        sheets = [paper.number for paper in reading.papers.where() if paper.kind == claims.KIND]
        handed = [papers.facts_of(reading, number)["count.handed"] for number in sheets]
    assert sorted(handed)[-1] == "2"
    assert sum(map(int, handed)) == 2
    builders.assert_true_ledger(desk)


def test_the_queue_is_the_same_on_every_engine(desk: Desk) -> None:
    """Each statement finds what it is to find: some of everything has happened."""
    happened = [reason for reason, scene in SCENES.items() if not scene.days and reason not in ALONE]
    for reason in happened:
        SCENES[reason].build(desk)

    assert {line.reason for line in lines(desk)} == set(happened)
