"""外部编号: under which numbers other systems know a case; each such number belongs to one case."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import a_case, as_role, refused
from workstation.acts import numbers
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.domain.roles import Role

VALUE = "FJ-2026-000123"


@pytest.fixture
def case(desk: Desk) -> str:
    """The number of a case just registered."""
    return a_case(desk, CaseState.REGISTERED).number


@pytest.mark.parametrize("system", numbers.SYSTEMS)
def test_a_number_is_kept_with_its_system(desk: Desk, case: str, system: str) -> None:
    """Who noted it and when; the journal has its digest only."""
    added = numbers.add(desk, case, system=system, value=f" {VALUE} ")

    with desk.reading() as reading:
        entry = reading.journal_of(case)[-1]
    assert (added.case_number, added.system, added.number, added.by) == (case, system, VALUE, "1001")
    assert builders.numbers_of(desk, case) == [added]
    assert (entry.act, entry.object) == ("add_number", case)
    assert VALUE not in entry.body + added.id
    builders.assert_true_ledger(desk, case)


@pytest.mark.parametrize("state", [CaseState.DECLINED, CaseState.GUIDED, CaseState.CLOSED])
def test_a_number_may_come_whatever_the_state(desk: Desk, state: CaseState) -> None:
    """A platform's number is told when it is told: 帮办 ends in `guided`."""
    case = a_case(desk, state).number

    assert numbers.add(desk, case, system="provincial", value=VALUE).case_number == case


@pytest.mark.parametrize("value", [VALUE, "fj-2026-000123", "ＦＪ-2026-000123", "FJ-2026 - 000123"])
def test_a_number_is_one_cases(desk: Desk, case: str, value: str) -> None:
    """Whoever writes it again for another case is shown the first."""
    numbers.add(desk, case, system="provincial", value=VALUE)
    other = a_case(desk, CaseState.REGISTERED).number

    with refused(desk, "number-taken") as caught:
        numbers.add(desk, other, system="provincial", value=value)

    assert case in caught.value.why
    assert builders.numbers_of(desk, other) == []


def test_a_number_is_noted_once(desk: Desk, case: str) -> None:
    """The second time nothing is to be done."""
    numbers.add(desk, case, system="home_office", value="榕公〔2026〕12号")

    with refused(desk, "number-known"):
        numbers.add(desk, case, system="home_office", value="榕公〔2026〕12号")


def test_two_systems_may_use_one_number(desk: Desk, case: str) -> None:
    """Each counts for itself; a case lists its numbers in the order they came."""
    other = a_case(desk, CaseState.REGISTERED).number
    first = numbers.add(desk, case, system="provincial", value=VALUE)
    numbers.add(desk, other, system="national", value=VALUE)
    second = numbers.add(desk, case, system="department", value="A-1")

    assert builders.numbers_of(desk, case) == [first, second]


@pytest.mark.parametrize(
    ("system", "value", "code"),
    [
        ("elsewhere", VALUE, "code-unknown"),
        ("provincial", " ", "plain-text-empty"),
        ("provincial", "x" * 65, "plain-text-too-long"),
        ("provincial", "a\u202e", "plain-text-invisible"),
    ],
)
def test_what_is_no_number_is_refused(desk: Desk, case: str, system: str, value: str, code: str) -> None:
    """By its own code."""
    with refused(desk, code):
        numbers.add(desk, case, system=system, value=value)


def test_the_case_must_be_there_and_the_role_right(desk: Desk, case: str) -> None:
    """The auditor adds nothing."""
    with refused(desk, "case-not-found"):
        numbers.add(desk, case[::-1], system="provincial", value=VALUE)
    with refused(desk, "case-not-found"):
        builders.numbers_of(desk, case[::-1])
    with refused(desk, "wrong-role"):
        numbers.add(as_role(desk, Role.AUDITOR), case, system="provincial", value=VALUE)
