"""The store's tables as they lie there, for tests that look or reach behind the store's back."""

from __future__ import annotations

from collections.abc import Mapping

from workstation.store import schema
from workstation.store.protocols import Engine

_COLUMNS = {
    "sqlite": 'SELECT name, type, "notnull" = 0 AS optional FROM pragma_table_info(:table)',
    "postgres": (
        "SELECT column_name AS name, data_type AS type, is_nullable = 'YES' AS optional"
        " FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND table_name = :table"
    ),
}
_KINDS = {"INTEGER": int, "TEXT": str, "BLOB": bytes, "bigint": int, "text": str, "bytea": bytes}
_DISARM = {
    "sqlite": "DROP TRIGGER journal_unchanged; DROP TRIGGER journal_undeleted",
    "postgres": "DROP TRIGGER journal_unchanged ON journal; DROP TRIGGER journal_untruncated ON journal",
}


def table_names(engine: Engine) -> set[str]:
    """Every table there is."""
    return {line["name"] for line in engine.rows(schema.TABLES[engine.name], {})}


def columns(engine: Engine, table: str) -> Mapping[str, type]:
    """A table's columns and what they hold, as the schema has them."""
    return {
        line["name"]: _KINDS[line["type"]] for line in engine.rows(_COLUMNS[engine.name], {"table": table})
    }


def optional(engine: Engine, table: str) -> set[str]:
    """A table's columns that may be empty."""
    return {line["name"] for line in engine.rows(_COLUMNS[engine.name], {"table": table}) if line["optional"]}


def disarm(engine: Engine) -> None:
    """Drop the triggers that keep the journal append-only, as somebody with the file in hands could."""
    engine.script(_DISARM[engine.name])
