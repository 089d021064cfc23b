"""留痕账: a true journal verifies, a change behind its back is named; each column is tried with the store."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import builders
from tests.builders import a_case, at, refused
from workstation.acts import verification
from workstation.acts.desk import Desk
from workstation.domain import codes
from workstation.domain.case import CaseState


@pytest.fixture
def told(desk: Desk) -> Desk:
    """A hall in which a case went all the way."""
    a_case(desk, CaseState.CLOSED)
    return desk


def test_a_true_journal_verifies(told: Desk) -> None:
    """It counts its entries, and its anchor is that of its head."""
    verified = verification.verify(told)

    seq, head = builders.head(told)
    assert verified.verified
    assert verified.difference is None
    assert verified.entries == seq
    assert verified.anchor == verification.anchor(told) == codes.anchor(head)
    assert codes.parse_anchor(verified.anchor) == head[:16]


def test_every_act_moves_the_anchor(told: Desk) -> None:
    """Forty digits on paper fix everything before them."""
    before = verification.anchor(told)
    a_case(told, CaseState.REGISTERED)

    assert verification.anchor(told) != before


BEHIND: dict[str, str] = {
    "cases": "UPDATE cases SET state = 'registered'",
    "envelopes": "UPDATE envelopes SET office_name = 'x'",
    "papers": "UPDATE papers SET copy = 2 WHERE kind = 'envelope'",
    "pieces": "DELETE FROM pieces WHERE form = 'result'",
    "mentions": "DELETE FROM mentions WHERE seq = 9",
    "counter": "UPDATE counters SET last = last + 1 WHERE kind = 1",
    "chain": "UPDATE chains SET seq = seq - 1",
}


@pytest.mark.parametrize("where", BEHIND)
def test_a_change_behind_its_back_is_named(told: Desk, where: str) -> None:
    """The first difference tells where it is, what was expected and what was found."""
    with told.store.engine.write():
        told.store.engine.run(BEHIND[where], {})

    found = verification.verify(told)

    assert not found.verified
    assert found.difference is not None
    assert found.difference.where.startswith(where)
    assert found.difference.expected != found.difference.found
    assert set(found.difference.as_dict()) == {"where", "expected", "found"}


def test_a_personal_field_that_does_not_open_is_named(told: Desk) -> None:
    """A blob put into another row is no value of that row."""
    with told.store.engine.write():
        told.store.engine.run("UPDATE cases SET applicant_name = applicant_phone", {})

    difference = verification.verify(told).difference

    assert difference is not None
    assert difference.where.startswith("cases.applicant_name|")


def listed(desk: Desk, of: str | None = None, after: int = 0, count: int = 1000) -> list[int]:
    """The sequence numbers that somebody is shown."""
    return [entry.seq for entry in verification.listed(desk, after=after, count=count, of=of)]


@pytest.mark.parametrize("code", ["2001", "3001", "4001"])
def test_the_journal_is_read_page_by_page(told: Desk, code: str) -> None:
    """By supervisor, administrator and auditor."""
    reader = at(told, code)
    seq, _ = builders.head(told)

    assert listed(reader) == list(range(1, seq + 1))
    assert listed(reader, after=3, count=2) == [4, 5]


def test_a_case_has_its_own_page(told: Desk) -> None:
    """Entries that mention it, and no others."""
    case = a_case(told, CaseState.REGISTERED).number
    reader = at(told, "4001")

    acts = [entry.act for entry in verification.listed(reader, after=0, count=100, of=case)]
    assert acts == ["register", "make_paper"]
    assert listed(reader, of=case, after=10**6) == []


@pytest.mark.parametrize("seat", [lambda d: at(d, "1001"), lambda d: at(d, "5001")])
def test_others_do_not_read_the_journal(told: Desk, seat: Callable[[Desk], Desk]) -> None:
    """Neither clerk nor courier."""
    with refused(told, "wrong-role"):
        listed(seat(told))


def test_pages_do_not_matter(told: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A journal longer than a page is read to its end."""
    whole = verification.verify(told)
    monkeypatch.setattr(verification, "_PAGE", 7)

    assert verification.verify(told) == whole
