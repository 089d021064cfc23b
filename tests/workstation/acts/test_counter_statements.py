"""Every statement about contacts, ratings and signs of bypass is answered through an index."""

from __future__ import annotations

import pytest

from tests.workstation.store.embedded import engine, path
from tests.workstation.store.test_plans import goes_through_everything, plan
from workstation.store import tables
from workstation.store.sqlite import SqliteEngine
from workstation.store.statements import counter
from workstation.store.tables import Table

__all__ = ["engine", "path"]

OF: dict[str, Table[object]] = {
    "DUE_CONTACTS": tables.CONTACTS,  # type: ignore[dict-item]  # a table of whatever records
    "NEWEST_RATINGS": tables.RATINGS,  # type: ignore[dict-item]
    "BAD_RATINGS": tables.RATINGS,  # type: ignore[dict-item]
    "NEVER_REVIEWED": tables.CASES,  # type: ignore[dict-item]
    "FAILING": tables.CASES,  # type: ignore[dict-item]
    "ASKED_FOR_MORE": tables.CONSIGNMENTS,  # type: ignore[dict-item]
}


def test_each_statement_is_tried() -> None:
    """None is written without being put to the test below."""
    assert {name for name in vars(counter) if name.isupper()} == OF.keys()


@pytest.mark.parametrize("name", OF)
def test_statements_are_answered_through_an_index(engine: SqliteEngine, name: str) -> None:
    """What they look up, and the order they are asked in."""
    steps = plan(engine, f"{OF[name].selection} {getattr(counter, name)}")

    assert not any(step.startswith("SCAN") or "TEMP B-TREE" in step for step in steps), steps
    assert not any("autoindex" in step for step in steps if "checklist_rows" not in step), steps
    if name not in ("NEWEST_RATINGS", "BAD_RATINGS"):  # these end with their LIMIT
        assert not goes_through_everything(steps), steps
