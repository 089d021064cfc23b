"""The desk: one transaction an act, in the name of who is signed in, by a clock that is kept honest."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import Ticking, a_case, at, refused
from tests.engines import OPENING
from workstation.acts import clock, identification
from workstation.acts.desk import Desk
from workstation.domain.case import Case, CaseState
from workstation.store.ledger import BRIDGED_MS


def ticking(desk: Desk) -> Ticking:
    """The clock of a test's hall."""
    assert isinstance(desk.store.clock, Ticking)
    return desk.store.clock


def test_an_entry_says_who_where_and_when(desk: Desk) -> None:
    """Operator, window, act, object and time of the entry."""
    case = a_case(desk, CaseState.REGISTERED)

    with desk.reading() as reading:
        entry = reading.journal_of(case.number)[0]
    assert (entry.act, entry.operator, entry.second, entry.window) == ("register", "1001", None, 1)
    assert (entry.object, entry.at) == (case.number, case.registered_at)
    assert entry.at > OPENING


def test_what_fails_inside_an_act_leaves_nothing(desk: Desk) -> None:
    """Not even when it is our own fault."""
    before = builders.head(desk)
    case = Case(
        "1", "registered", "59", "v", 1, "1001", 0, "450103", "覃", applicant_id="1", applicant_phone="1"
    )

    def fail() -> None:
        with desk.act("register") as work:
            work.cases.add(case)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert builders.head(desk) == before
    with desk.reading() as reading:
        assert reading.cases.where() == []


def test_a_small_step_back_of_the_clock_is_bridged_and_flagged(desk: Desk) -> None:
    """Up to five minutes: a millisecond after the last entry, and the entry says so."""
    case = a_case(desk, CaseState.REGISTERED)
    ticking(desk).start -= BRIDGED_MS - 60_000

    builders.identified(desk, case.number)

    with desk.reading() as reading:
        before, entry = reading.journal_of(case.number)[-2:]
    assert entry.flag == "clock"
    assert 0 < entry.at - before.at < 1000
    builders.assert_true_ledger(desk, case.number)


def test_a_large_step_back_stops_the_acts_until_a_supervisor_accepts_it(desk: Desk) -> None:
    """Nothing is stamped with a time that may be wrong; accepting it is an act of its own."""
    case = a_case(desk, CaseState.REGISTERED).number
    ticking(desk).start -= 86_400_000

    with refused(desk, "clock-set-back"):
        identification.identify(desk, case, method="in_person", outcome="passed")
    with refused(desk, "wrong-role"):
        clock.accept(desk)
    accepted = clock.accept(at(desk, "2001"))
    builders.identified(desk, case)

    with desk.reading() as reading:
        last, entry = reading.journal(0, 1000)[-2:]
    assert (last.act, last.flag, last.at) == ("accept_clock", "clock_accepted", accepted)
    assert entry.flag is None
    builders.assert_true_ledger(desk, case)


def test_a_clock_that_has_not_moved_is_no_step_back(desk: Desk) -> None:
    """Two acts in one millisecond are in the order of the journal."""
    case = a_case(desk, CaseState.REGISTERED).number
    with desk.reading() as reading:
        _, _, last = reading.chain()
    ticking(desk).stop(last)

    builders.identified(desk, case)
    builders.review_all(desk, case)

    with desk.reading() as reading:
        assert [entry.at for entry in reading.journal_of(case)[-2:]] == [last, last]
    builders.assert_true_ledger(desk, case)


def test_the_clock_asked_twice_by_a_supervisor_changes_nothing_else(desk: Desk) -> None:
    """Accepting a clock that is right is an entry without a flag."""
    clock.accept(at(desk, "2001"))

    with desk.reading() as reading:
        assert reading.journal(0, 1000)[-1].flag is None
