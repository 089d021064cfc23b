"""The schema: its steps are applied once and wholly, by however many at a time, and it fits the records."""

# A transaction and what fails in it are one block.
# ruff: noqa: PT012

from __future__ import annotations

import subprocess
import sys
from typing import Any, get_args, get_type_hints

import pytest

from tests.engines import HALL, OPENING, Place
from tests.workstation.store import raw
from workstation.domain.fields import personal_fields
from workstation.domain.journal import Entry
from workstation.store import schema, tables
from workstation.store.ledger import Store
from workstation.store.protocols import Engine, StoreFailed
from workstation.store.tables import Table

#: Tables the journal does not fold to: itself, what numbers and keys need, and the record of the steps.
BESIDE_THE_LEDGER = {
    "chains", "journal", "mentions", "counters", "data_keys", "enrolments", "logins", "scans",
    "schema_steps", "polls",
}  # fmt: skip
STARTER = """
import sys
from tests.engines import at
from workstation.store import schema
engine = at(sys.argv[1], sys.argv[2]).open()
print("ready", flush=True)
sys.stdin.readline()
print(*schema.migrate(engine, 1))
engine.close()
"""


def test_steps_have_the_same_names() -> None:
    """Both engines go through the same steps, numbered without a gap."""
    sqlite, postgres = ([step.name for step in schema.steps(kind)] for kind in ("sqlite", "postgres"))

    assert sqlite == postgres
    assert [int(name[:4]) for name in sqlite] == list(range(1, len(sqlite) + 1))


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_no_word_is_left(kind: str) -> None:
    """Every word that stands for an engine's own is replaced."""
    for step in schema.steps(kind):
        assert not any(word in step.sql for word in ("$INT", "$TEXT", "$BLOB", "$STRICT"))


@pytest.mark.engine
def test_applied_once(place: Place) -> None:
    """The first start applies every step and records it; the second finds nothing to do."""
    engine = place.open()
    names = tuple(step.name for step in schema.steps(engine.name))

    assert schema.migrate(engine, OPENING) == names
    assert schema.migrate(engine, OPENING + 1) == ()
    recorded = engine.rows("SELECT name, at FROM schema_steps ORDER BY name", {})
    assert [(line["name"], line["at"]) for line in recorded] == [(name, OPENING) for name in names]
    engine.close()


@pytest.mark.engine
def test_all_or_nothing(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step that fails takes those before it back, and the next start does them again."""
    engine = place.open()
    good = schema.steps(engine.name)
    broken = (*good, schema.Step("9999_broken", "CREATE TABLE half (a BIGINT); CREATE nonsense;"))
    with monkeypatch.context() as patch, pytest.raises(StoreFailed):
        patch.setattr(schema, "steps", lambda _: broken)
        schema.migrate(engine, OPENING)

    assert raw.table_names(engine) == set()
    assert len(schema.migrate(engine, OPENING)) == len(good)
    engine.close()


@pytest.mark.engine
def test_later_step(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new version applies only the step the store has not seen."""
    more = (*schema.steps(engine.name), schema.Step("9999_more", "CREATE TABLE more (a BIGINT)"))
    with monkeypatch.context() as patch:
        patch.setattr(schema, "steps", lambda _: more)

        assert schema.migrate(engine, OPENING) == ("9999_more",)


@pytest.mark.engine
def test_newer(engine: Engine) -> None:
    """A store with a step this version does not know is refused and left as it is."""
    with engine.write():
        engine.run("INSERT INTO schema_steps (name, at) VALUES ('9999_future', 1)", {})

    with pytest.raises(StoreFailed) as refused:
        schema.migrate(engine, OPENING)

    assert (refused.value.reason, "9999_future" in refused.value.detail) == ("newer", True)


@pytest.mark.engine
def test_foreign(place: Place) -> None:
    """A place where somebody else's tables lie is refused, and nothing is added to it."""
    stranger = place.open()
    with stranger.write():
        stranger.script("CREATE TABLE recipes (name TEXT)")
    stranger.close()

    engine = place.open()
    with pytest.raises(StoreFailed) as refused:
        schema.migrate(engine, OPENING)
    engine.close()

    assert refused.value.reason == "foreign"
    assert raw.table_names(stranger) == {"recipes"}
    stranger.close()


@pytest.mark.engine
def test_eight_starters(place: Place) -> None:
    """Of eight processes that start at the same moment one applies the steps, and all go on."""
    starters = [
        subprocess.Popen(
            [sys.executable, "-c", STARTER, *place.address()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(8)
    ]
    for starter in starters:
        assert starter.stdout is not None
        assert starter.stdout.readline() == "ready\n"
    for starter in starters:
        assert starter.stdin is not None
        starter.stdin.write("\n")
        starter.stdin.flush()
    ended = [(*starter.communicate(timeout=60), starter.returncode) for starter in starters]

    assert [(words, code) for _, words, code in ended] == [("", 0)] * 8
    assert sorted(applied for applied, _, _ in ended)[:7] == ["\n"] * 7


@pytest.mark.engine
def test_no_table_is_unknown(engine: Engine) -> None:
    """Every table is one of the ledger or named here with the reason it is not."""
    assert raw.table_names(engine) == set(tables.LEDGER) | BESIDE_THE_LEDGER


@pytest.mark.engine
@pytest.mark.parametrize("table", tables.LEDGER.values(), ids=lambda table: table.name)
def test_columns_are_fields(engine: Engine, table: Table[Any]) -> None:
    """A table has a column for each field of its record, holding its type, and the hall; nothing else."""
    hints = get_type_hints(table.kind)
    encrypted = personal_fields(table.kind)
    expected = {name: bytes if name in encrypted else _plain(hints[name]) for name in table.columns}

    assert raw.columns(engine, table.name) == {"hall": int, **expected}


@pytest.mark.engine
def test_journal_columns_are_fields(engine: Engine) -> None:
    """The journal has a column for each field of an entry, and nothing that is not hashed."""
    expected = {name: _plain(kind) for name, kind in get_type_hints(Entry).items()}

    assert raw.columns(engine, "journal") == expected


def _plain(kind: Any) -> type:
    found: type = (get_args(kind) or (kind,))[0]
    return found


#: At one stroke, without a look at the rows.
EMPTY = {"sqlite": "DELETE FROM journal", "postgres": "TRUNCATE journal"}


@pytest.mark.engine
@pytest.mark.parametrize(
    "statement", ["DELETE FROM journal WHERE seq = 1", "UPDATE journal SET act = act", "empty"]
)
def test_journal_is_append_only(store: Store, statement: str) -> None:
    """The store itself refuses to change, delete or empty the journal."""
    with pytest.raises(StoreFailed, match="append-only"), store.engine.write():
        store.engine.run(EMPTY[store.engine.name] if statement == "empty" else statement, {})

    with store.reading() as reading:
        assert [entry.object for entry in reading.journal()] == [str(HALL.id)]
