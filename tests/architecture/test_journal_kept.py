"""网络安全法 21: the journal is kept by construction, for ever, so for six months; nothing takes from it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import builders
from tests.architecture import house
from tests.engines import FilePlace
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.store.protocols import StoreFailed

SCHEMA = house.ROOT / "workstation" / "store" / "schema"
#: Whatever would change, delete, move away or unguard rows of the journal.
TAKING = re.compile(
    r"\b(UPDATE\s+(OR\s+\w+\s+)?|DELETE\s+FROM\s+|TRUNCATE\s+(TABLE\s+)?|DROP\s+TABLE\s+(IF\s+EXISTS\s+)?"
    r"|ALTER\s+TABLE\s+|REPLACE\s+INTO\s+|INSERT\s+OR\s+REPLACE\s+INTO\s+)\"?journal\b",
    re.IGNORECASE,
)
UNGUARDING = re.compile(r"\b(DROP|DISABLE)\s+TRIGGER|session_replication_role|writable_schema", re.IGNORECASE)


def texts() -> dict[str, str]:
    """Every source and every schema step of the product, with strings that are broken over lines joined."""
    files = [file.path for file in house.product()] + sorted(SCHEMA.glob("*.sql"))
    broken = re.compile(r'"\s*\n\s*f?"')
    return {str(path.relative_to(house.ROOT)): broken.sub("", path.read_text("utf-8")) for path in files}


def test_no_statement_takes_anything_from_the_journal() -> None:
    """Neither in the program nor in a step of the schema."""
    found = {where: TAKING.findall(text) for where, text in texts().items() if TAKING.search(text)}

    assert found == {}


def test_no_statement_unguards_it() -> None:
    """The triggers stay where they are."""
    assert [where for where, text in texts().items() if UNGUARDING.search(text)] == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET act = 'x'",
        'delete from "journal" where seq = 1',
        "TRUNCATE journal",
        "DROP TABLE IF EXISTS journal",
        "INSERT OR REPLACE INTO journal VALUES (1)",
    ],
)
def test_such_a_statement_would_be_seen(statement: str) -> None:
    """The search is not blind."""
    assert TAKING.search(statement)


@pytest.mark.parametrize(
    ("engine", "words"),
    [
        ("sqlite", ("BEFORE UPDATE ON journal", "BEFORE DELETE ON journal")),
        ("postgres", ("BEFORE UPDATE OR DELETE ON journal", "BEFORE TRUNCATE ON journal")),
    ],
)
def test_both_engines_are_guarded_by_triggers(engine: str, words: tuple[str, ...]) -> None:
    """Against whatever writes past the program."""
    (step,) = SCHEMA.glob(f"*append_only.{engine}.sql")
    text = step.read_text("utf-8")

    assert all(word in text for word in words)
    assert "append-only" in text


@pytest.fixture
def told(tmp_path: Path) -> Desk:
    """A hall with a journal."""
    with builders.no_ink():
        desk = builders.a_desk(FilePlace(tmp_path / "ledger.db"), tmp_path / "tray")
        builders.a_case(desk, CaseState.REGISTERED)
    return desk


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET act = 'x'",
        "UPDATE journal SET at = at + 1 WHERE seq = 1",
        "DELETE FROM journal WHERE seq = 1",
        "DELETE FROM journal",
    ],
)
def test_the_engine_refuses(told: Desk, statement: str) -> None:
    """And all that was there is there."""
    engine = told.store.engine
    before = builders.head(told)

    with pytest.raises(StoreFailed, match="append-only"), engine.write():
        engine.run(statement, {})

    assert builders.head(told) == before
    with told.reading() as reading:
        assert len(reading.journal(0, 1000)) == before[0]
    engine.close()
