"""The journal leafed through from its newest entry back to the first: every entry once, in pages."""

from __future__ import annotations

import pytest

from tests.builders import a_case, at, nobody, refused
from tests.workstation.store.test_plans import goes_through_everything, plan
from workstation.acts import verification
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.store.sqlite import SqliteEngine
from workstation.store.statements import journal


@pytest.fixture
def auditing(desk: Desk) -> Desk:
    """An auditor in a hall in which something has happened."""
    a_case(desk, CaseState.REVIEWED)
    return at(desk, "4001")


def seqs(leaf: verification.Leaf) -> list[int]:
    """The numbers of its entries."""
    return [entry.seq for entry in leaf.entries]


def test_pages_from_the_newest_back_to_the_first(auditing: Desk) -> None:
    """Each page goes on where the one before ended, and the last says that it is."""
    leaf = verification.leaf(auditing, count=2)
    found = seqs(leaf)
    assert not leaf.more_before
    while leaf.more_after:
        leaf = verification.leaf(auditing, after=found[-1], count=2)
        assert leaf.more_before
        found += seqs(leaf)

    everything = verification.listed(auditing, after=0, count=500, of=None)
    assert found == [entry.seq for entry in everything][::-1]
    assert len(found) > 4


def test_back_again_to_the_newest(auditing: Desk) -> None:
    """From the first page back up: the nearest newer ones, still the newest first."""
    first = verification.leaf(auditing, last=True, count=3)
    assert seqs(first) == [3, 2, 1]
    assert (first.more_before, first.more_after) == (True, False)

    newer = verification.leaf(auditing, before=3, count=2)

    assert seqs(newer) == [5, 4]
    assert newer.more_after


def test_the_whole_on_one_page_has_no_more_on_either_side(auditing: Desk) -> None:
    """Neither end promises what is not there."""
    leaf = verification.leaf(auditing, count=500)

    assert (leaf.more_before, leaf.more_after) == (False, False)


@pytest.mark.parametrize("code", ["1001", "5001"])
def test_who_does_not_steer_may_not_read(auditing: Desk, code: str) -> None:
    """The same people as with `journal list`."""
    with refused(at(auditing, code), "wrong-role"):
        verification.leaf(at(auditing, code))


def test_nobody_reads_without_signing_in(auditing: Desk) -> None:
    """The journal names those who work here."""
    with refused(nobody(auditing), "nobody-signed-in"):
        verification.leaf(nobody(auditing))


def test_a_page_is_looked_up_by_its_key(desk: Desk) -> None:
    """However long the journal is."""
    engine = desk.store.engine
    assert isinstance(engine, SqliteEngine)

    steps = plan(engine, journal.BACK)

    assert not goes_through_everything(steps), steps
    assert not any("TEMP B-TREE" in step for step in steps), steps
