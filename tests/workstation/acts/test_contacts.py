"""联系登记: each try is kept, with a masked number; a next try that is due is listed until it is made."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import Ticking, a_case, a_person, an_office, as_role, refused
from workstation.acts import contacts
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.domain.roles import Role

DAY = 24 * 3600 * 1000
TODAY, MONDAY = "2026-11-20", "2026-11-23"


@pytest.fixture
def case(desk: Desk) -> str:
    """The number of a case handed in by an agent."""
    agent = a_person("李代办", phone="13800000002")
    return a_case(desk, CaseState.REGISTERED, agent=agent).number


def days_pass(desk: Desk, days: int) -> None:
    """Let so many days go by."""
    clock = desk.store.clock
    assert isinstance(clock, Ticking)
    clock.start += days * DAY


@pytest.mark.parametrize(
    ("who", "number"),
    [("applicant", "139****0001"), ("agent", "138****0002"), ("home_office", "0771-******0")],
)
def test_the_number_called_is_that_of_the_case_and_masked(
    desk: Desk, case: str, who: str, number: str
) -> None:
    """Nobody types it, and no look at the record shows it."""
    contact = contacts.add(desk, case, who=who, outcome="reached")

    assert (contact.case_number, contact.who, contact.number) == (case, who, number)
    assert (contact.channel, contact.outcome, contact.by) == ("phone", "reached", "1001")
    builders.assert_true_ledger(desk, case)


def test_a_try_is_in_the_journal_without_what_was_said(desk: Desk, case: str) -> None:
    """Codes only; the case itself does not change."""
    before = builders.case_of(desk, case).version

    contacts.add(desk, case, who="applicant", outcome="left_word", note="请王女士转告", next_on=MONDAY)

    with desk.reading() as reading:
        entry = reading.journal_of(case)[-1]
    assert (entry.act, entry.object) == ("contact", case)
    assert '"facts":{"channel":"phone","outcome":"left_word","who":"applicant"}' in entry.body
    assert "王女士" not in entry.body
    assert "139" not in entry.body
    assert builders.case_of(desk, case).version == before


@pytest.mark.parametrize("channel", ["letter", "in_person"])
def test_where_nothing_is_dialled_no_number_is_kept(desk: Desk, case: str, channel: str) -> None:
    """A letter has an address, and who stands here was not called."""
    contact = contacts.add(desk, case, who="applicant", channel=channel, outcome="reached")

    assert (contact.channel, contact.number) == (channel, None)


@pytest.mark.parametrize("state", [CaseState.DECLINED, CaseState.WITHDRAWN, CaseState.CLOSED])
def test_people_are_called_whatever_the_state(desk: Desk, state: CaseState) -> None:
    """Also when the case is over."""
    case = a_case(desk, state).number

    assert contacts.add(desk, case, who="applicant", outcome="no_answer").case_number == case


def test_one_of_several_home_offices_is_named_by_its_consignment(desk: Desk) -> None:
    """The case's number alone does not tell which one was called."""
    offices = (an_office(1), an_office(2, phone="010-12345678"))
    case = a_case(desk, CaseState.REGISTERED, offices=offices).number

    with refused(desk, "consignment-ambiguous"):
        contacts.add(desk, case, who="home_office", outcome="reached")
    contact = contacts.add(desk, f"{case}-2", who="home_office", outcome="reached")

    assert (contact.case_number, contact.number) == (case, "010-*******8")


def test_there_must_be_an_agent_to_call(desk: Desk) -> None:
    """An applicant who came alone has none."""
    case = a_case(desk, CaseState.REGISTERED).number

    with refused(desk, "agent-unknown"):
        contacts.add(desk, case, who="agent", outcome="reached")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"who": "neighbour"}, "code-unknown"),
        ({"channel": "pigeon"}, "code-unknown"),
        ({"outcome": "maybe"}, "code-unknown"),
        ({"next_on": "2026-11-19"}, "day-past"),
        ({"next_on": "2026-02-30"}, "day-impossible"),
        ({"note": "a\x00"}, "plain-text-control"),
        ({"note": " "}, "plain-text-empty"),
    ],
)
def test_what_cannot_be_kept_is_refused(desk: Desk, case: str, changes: dict[str, str], code: str) -> None:
    """Each value by its own code, and no trace is left."""
    values = {"who": "applicant", "outcome": "reached", **changes}

    with refused(desk, code):
        contacts.add(desk, case, **values)


def test_only_the_counter_calls(desk: Desk, case: str) -> None:
    """An auditor looks on."""
    with refused(desk, "wrong-role"):
        contacts.add(as_role(desk, Role.AUDITOR), case, who="applicant", outcome="reached")


def test_the_tries_of_a_case_are_listed_in_their_order(desk: Desk, case: str) -> None:
    """Also beyond the ninth, and none of another case."""
    other = a_case(desk, CaseState.REGISTERED).number
    contacts.add(desk, other, who="applicant", outcome="reached")
    for _ in range(11):
        contacts.add(desk, case, who="applicant", outcome="no_answer")

    found = contacts.listed(desk, case)

    assert len(found) == 11
    assert [c.at for c in found] == sorted(c.at for c in found)
    assert {c.case_number for c in found} == {case}
    with refused(desk, "case-not-found"):
        contacts.listed(desk, case[::-1])


def test_a_next_try_is_due_on_its_day(desk: Desk, case: str) -> None:
    """Today at once, Monday on Monday and ever after."""
    other = a_case(desk, CaseState.REGISTERED).number
    monday = contacts.add(desk, case, who="applicant", outcome="no_answer", next_on=MONDAY)
    today = contacts.add(desk, other, who="applicant", outcome="busy_line", next_on=TODAY)

    assert contacts.listed(desk) == [today]
    days_pass(desk, 3)
    assert contacts.listed(desk) == [today, monday]
    days_pass(desk, 30)
    assert contacts.listed(desk) == [today, monday]


def test_a_try_that_was_made_is_due_no_more(desk: Desk, case: str) -> None:
    """By the same case and person; another person's call does not count."""
    due = contacts.add(desk, case, who="applicant", outcome="no_answer", next_on=TODAY)

    contacts.add(desk, case, who="agent", outcome="reached")
    still = contacts.listed(desk)
    contacts.add(desk, case, who="applicant", outcome="reached")

    assert still == [due]
    assert contacts.listed(desk) == []
