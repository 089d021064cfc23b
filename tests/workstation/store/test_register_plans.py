"""Registers and the journal's filters go by an index, in its order: a day of an old hall is found at once."""

from __future__ import annotations

import pytest

from tests.workstation.store.embedded import engine, path
from tests.workstation.store.test_plans import goes_through_everything, plan, sorts_or_scans
from workstation.store.sqlite import SqliteEngine
from workstation.store.statements import journal, registers

__all__ = ["engine", "path"]

FILTERS = ["WANTED_BACK", "WANTED_ON", "WANTED_OF_BACK", "WANTED_OF_ON"]


@pytest.mark.parametrize("name", ["TAKEN_IN", "DONE", "DOERS"])
def test_registers_are_looked_up(engine: SqliteEngine, name: str) -> None:
    """By the hour, and by the number of a case; nothing is sorted."""
    steps = plan(engine, getattr(registers, name))

    assert not sorts_or_scans(steps), steps
    assert not goes_through_everything(steps), steps


@pytest.mark.parametrize("name", FILTERS)
def test_a_stretch_of_the_journal_is_read_as_it_lies(engine: SqliteEngine, name: str) -> None:
    """Between two sequences, or among the entries that mention a number."""
    steps = plan(engine, getattr(journal, name))

    assert not sorts_or_scans(steps), steps
    assert not goes_through_everything(steps), steps
    assert any("seq>? AND seq<?" in step for step in steps), steps


def test_the_ends_of_a_span_are_looked_up_by_the_hour(engine: SqliteEngine) -> None:
    """However long ago it was."""
    steps = plan(engine, journal.ENDS)

    assert any("journal_by_time" in step and "at>? AND at<?" in step for step in steps), steps
