"""Every statement about items is answered through an index."""

from __future__ import annotations

import pytest

from tests.workstation.store.embedded import engine, path
from tests.workstation.store.test_plans import goes_through_everything, plan
from workstation.store.sqlite import SqliteEngine
from workstation.store.statements import items

__all__ = ["engine", "path"]

STATEMENTS = {name: text for name, text in vars(items).items() if name.isupper() and not name.startswith("_")}


@pytest.mark.parametrize("name", STATEMENTS)
def test_statements_are_answered_through_an_index(engine: SqliteEngine, name: str) -> None:
    """Only the cases of the time that is asked about are gone through."""
    steps = plan(engine, STATEMENTS[name])

    assert any("cases_" in step and "registered_at>" in step for step in steps), steps
    assert not goes_through_everything(steps), steps
