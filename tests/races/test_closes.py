"""日清 raced: two closes at once, and a close against every act that a closed day takes no more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import builders
from tests.builders import a_case, at, with_second
from tests.races.racing import DONE, at_once, raced
from workstation.acts import day_closes
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.domain.day_close import CloseState
from workstation.domain.roles import HELD_BY_CLOSE, ROLES, Role
from workstation.policies import MailPolicy

pytestmark = pytest.mark.engine

Act = Callable[[Desk], object]


def close(desk: Desk) -> object:
    """日清 of today."""
    return day_closes.close(desk, policy=MailPolicy())


def reopening(day: str) -> Act:
    """重开当日."""
    return lambda desk: day_closes.reopen(desk, day, reason="forgotten")


def act_of(name: str, consignment: str) -> Act:
    """The transaction of an act that changes nothing: what is raced is whether it is let in."""

    def do(desk: Desk) -> None:
        with desk.act(name) as work:
            work.object = consignment

    return do


def whose(desk: Desk, name: str) -> Desk:
    """Somebody whose act it is, and who does not close."""
    roles = ROLES[name] - {Role.SUPERVISOR} or ROLES[name]
    return builders.as_role(desk, sorted(roles)[0])


def acts_since_the_close(desk: Desk) -> list[str]:
    """What the journal has behind the one close there is."""
    with desk.reading() as reading:
        (held,) = reading.day_closes.where(state=CloseState.DAY_CLOSED)
        return [entry.act for entry in reading.journal(held.entries)]


def test_two_closes_at_once_are_one(desk: Desk) -> None:
    """The second is told by whom, and gets no sheet."""
    a_case(desk, CaseState.REGISTERED)

    first, second = raced((at(desk, "2001"), close), (at(desk, "2002"), close))

    assert (first.code, second.code) == (DONE, "day-closed-already")
    assert "2001" in second.why
    with desk.reading() as reading:
        assert len(reading.day_closes.where()) == 1
        assert len(reading.papers.where(kind="day_sheet")) == 1
    builders.assert_true_ledger(desk)


def test_many_closes_at_once_are_one(desk: Desk) -> None:
    """Whoever is first."""
    supervisors = [at(desk, code) for code in ("2001", "2002") * 3]

    found = at_once(*((supervisor, close) for supervisor in supervisors))

    assert sorted(one.code for one in found) == ["day-closed-already"] * 5 + [DONE]


@pytest.mark.parametrize("name", sorted(HELD_BY_CLOSE))
def test_no_act_lands_on_a_closed_day(desk: Desk, name: str) -> None:
    """An act that comes while the close is inside is refused; the other way round both are done, in order."""
    supervisor, other = at(desk, "2001"), whose(desk, name)
    act = act_of(name, f"{a_case(desk, CaseState.REGISTERED).number}-1")

    closed, late = raced((supervisor, close), (other, act))

    assert (closed.code, late.code) == (DONE, "day-closed")
    assert name not in acts_since_the_close(desk)

    day_closes.reopen(with_second(supervisor), day_closes.listed(supervisor)[0].day, reason="forgotten")
    early, closed = raced((other, act), (supervisor, close))

    assert (early.code, closed.code) == (DONE, DONE)
    assert name not in acts_since_the_close(desk)
    builders.assert_true_ledger(desk)


def test_an_envelope_packed_meanwhile_keeps_the_day_open(desk: Desk) -> None:
    """What was unexplained after the supervisor looked is seen by the close itself."""
    case = a_case(desk).number

    packed, closed = raced(
        (desk, lambda there: builders.packed(there, f"{case}-1")), (at(desk, "2001"), close)
    )

    assert (packed.code, closed.code) == (DONE, "day-unexplained")


def test_a_day_is_reopened_once(desk: Desk) -> None:
    """Two who open it at once: the second is told that it is open."""
    supervisor = at(desk, "2001")
    close(supervisor)
    reopen = reopening(day_closes.listed(supervisor)[0].day)

    first, second = raced(
        (with_second(supervisor, "1001"), reopen), (with_second(at(desk, "2002"), "1002"), reopen)
    )

    assert (first.code, second.code) == (DONE, "day-not-closed")
    builders.assert_true_ledger(desk)
