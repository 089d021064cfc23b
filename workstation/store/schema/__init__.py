"""The schema, step by step: numbered SQL files beside this one, each applied once and recorded."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from workstation.store.protocols import Engine, StoreFailed

#: `0001_ledger.sql`, or `0002_append_only.postgres.sql` for one engine alone.
_FILE = re.compile(r"(?P<name>[0-9]{4}_[a-z_]+)(\.(?P<engine>[a-z]+))?\.sql")
_WORD = re.compile(r"\$(INT|TEXT|BLOB|STRICT)\b")
_WORDS: Mapping[str, Mapping[str, str]] = {
    "sqlite": {"INT": "INTEGER", "TEXT": "TEXT", "BLOB": "BLOB", "STRICT": "STRICT"},
    # "C": both engines sort by code point, whatever the server's locale.
    "postgres": {"INT": "BIGINT", "TEXT": 'TEXT COLLATE "C"', "BLOB": "BYTEA", "STRICT": ""},
}

#: Where an engine lists the tables of a store: the one question the two are asked in different words.
TABLES: Mapping[str, str] = {
    "sqlite": "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
    "postgres": "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()",
}
_BEGIN = "CREATE TABLE IF NOT EXISTS schema_steps (name $TEXT NOT NULL PRIMARY KEY, at $INT NOT NULL) $STRICT"
_APPLIED = "SELECT name FROM schema_steps"
_RECORD = "INSERT INTO schema_steps (name, at) VALUES (:name, :at)"


@dataclass(frozen=True)
class Step:
    """One step, in one engine's words."""

    name: str
    sql: str


@cache
def steps(engine: str) -> tuple[Step, ...]:
    """All steps of an engine, in order."""
    found = []
    for file in resources.files(__name__).iterdir():
        match = _FILE.fullmatch(file.name)
        if match and match["engine"] in (None, engine):
            found.append(Step(match["name"], _worded(file.read_text("utf-8"), engine)))
    return tuple(sorted(found, key=lambda step: step.name))


def is_foreign(tables: Collection[str]) -> bool:
    """Whether these are the tables of something that is no store of ours."""
    return bool(tables) and "schema_steps" not in tables


def migrate(engine: Engine, now_ms: int) -> tuple[str, ...]:
    """Bring a store up to this version: all missing steps with their records, or none. Gives their names."""
    with engine.read():
        if not _missing(engine):
            return ()
    with engine.write():
        missing = _missing(engine)
        engine.script(_worded(_BEGIN, engine.name))
        for step in missing:
            engine.script(step.sql)
            engine.run(_RECORD, {"name": step.name, "at": now_ms})
    return tuple(step.name for step in missing)


def _missing(engine: Engine) -> list[Step]:
    """The steps still to do; raises StoreFailed for a store that is not ours, or is ahead of us."""
    tables = {line["name"] for line in engine.rows(TABLES[engine.name], {})}
    if is_foreign(tables):
        raise StoreFailed("foreign", f"tables {', '.join(sorted(tables)[:5])}")
    applied = {line["name"] for line in engine.rows(_APPLIED, {})} if tables else set()
    known = steps(engine.name)
    if unknown := applied - {step.name for step in known}:
        raise StoreFailed("newer", f"steps {', '.join(sorted(unknown))}")
    return [step for step in known if step.name not in applied]


def _worded(sql: str, engine: str) -> str:
    return _WORD.sub(lambda match: _WORDS[engine][match[1]], sql)
