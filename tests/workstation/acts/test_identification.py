"""身份核验: who was looked at and how; by hand, and after a failed check, only with a second person."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import a_case, at, refused, with_second
from workstation.acts import identification
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState


@pytest.fixture
def case(desk: Desk) -> str:
    """The number of a case just registered, handed in by an agent."""
    return a_case(desk, CaseState.REGISTERED, agent=builders.a_person("李代办")).number


def test_looking_at_the_person_is_recorded(desk: Desk, case: str) -> None:
    """The act tells who looked at whom, how and with what outcome."""
    done = identification.identify(desk, case, method="in_person", outcome="passed")

    with desk.reading() as reading:
        (identity,) = reading.identities.where(case_number=case)
    assert done.identity == "passed"
    assert (identity.by, identity.second, identity.method, identity.subject) == (
        "1001",
        None,
        "in_person",
        "applicant",
    )


def test_a_failed_check_is_recorded_too(desk: Desk, case: str) -> None:
    """A person who is not the one on the document is no reason to write nothing."""
    assert identification.identify(desk, case, method="in_person", outcome="failed").identity == "failed"


def test_the_agent_is_looked_at_as_such(desk: Desk, case: str) -> None:
    """Whose identity it was stands in the act."""
    identification.identify(desk, case, method="in_person", outcome="passed", subject="agent")

    with desk.reading() as reading:
        assert [i.subject for i in reading.identities.where(case_number=case)] == ["agent"]


def test_there_must_be_an_agent_to_look_at(desk: Desk) -> None:
    """A case that the applicant handed in has no agent."""
    alone = a_case(desk, CaseState.REGISTERED).number

    with refused(desk, "agent-unknown"):
        identification.identify(desk, alone, method="in_person", outcome="passed", subject="agent")


def test_identity_by_hand_takes_two(desk: Desk, case: str) -> None:
    """What is typed because no document can be read has a reason and a second person."""
    with refused(desk, "reason-missing"):
        identification.identify(desk, case, method="manual", outcome="passed")
    with refused(desk, "second-needed"):
        identification.identify(desk, case, method="manual", outcome="passed", reason="读卡器坏了")

    identification.identify(
        with_second(desk, "1002"), case, method="manual", outcome="passed", reason="读卡器坏了"
    )

    with desk.reading() as reading:
        (identity,) = reading.identities.where(case_number=case)
    assert (identity.second, identity.reason) == ("1002", "读卡器坏了")


def test_a_pass_after_a_failure_takes_two(desk: Desk, case: str) -> None:
    """Nobody alone turns a failed check into a passed one; failing again takes nobody else."""
    identification.identify(desk, case, method="in_person", outcome="failed")
    identification.identify(desk, case, method="in_person", outcome="failed")

    with refused(desk, "second-needed"):
        identification.identify(desk, case, method="in_person", outcome="passed")
    passed = identification.identify(with_second(desk), case, method="in_person", outcome="passed")

    assert passed.identity == "passed"


def test_nobody_is_the_own_second_person(desk: Desk, case: str) -> None:
    """Operator and second person are two people."""
    with refused(desk, "own-second"):
        identification.identify(
            with_second(desk, "1001"), case, method="manual", outcome="passed", reason="无法读证"
        )


@pytest.mark.parametrize("code", ["3001", "4001", "5001"])
def test_only_the_counter_confirms(desk: Desk, case: str, code: str) -> None:
    """Administrator, auditor and courier confirm no identity."""
    with refused(desk, "wrong-second"):
        identification.identify(
            with_second(desk, code), case, method="manual", outcome="passed", reason="无法读证"
        )


@pytest.mark.parametrize("value", [{"method": "hearsay"}, {"outcome": "maybe"}, {"subject": "neighbour"}])
def test_unknown_codes_are_refused(desk: Desk, case: str, value: dict[str, str]) -> None:
    """Method, outcome and subject are coded; another word is told which there are."""
    with refused(desk, "code-unknown"):
        identification.identify(desk, case, **{"method": "in_person", "outcome": "passed", **value})


def test_a_supervisor_identifies_too(desk: Desk, case: str) -> None:
    """Supervisors do what clerks do."""
    assert (
        identification.identify(at(desk, "2001"), case, method="in_person", outcome="passed").changed_by
        == "2001"
    )


def test_a_case_that_does_not_exist_is_not_found(desk: Desk, case: str) -> None:
    """A right check digit is never enough: the number must have been issued."""
    with refused(desk, "case-not-found"):
        identification.identify(desk, "1" + case[1:-5] + "99990", method="in_person", outcome="passed")
