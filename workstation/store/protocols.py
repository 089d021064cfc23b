"""The narrow port: what an engine must do for the store, and the errors both engines raise alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

Value = str | int | bytes | None
Line = Mapping[str, Any]
"""One result row, by column name."""


class StoreFailed(Exception):
    """The engine could not do it: disk full, read-only, server away, file damaged. `reason` is a short id."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        """disk_full · read_only · unreachable · busy · damaged · foreign · newer · failed …"""
        self.detail = detail


class Duplicate(Exception):
    """A unique constraint refused a row."""


class Engine(Protocol):
    """A driver: runs statements with named values (`:name`). One connection per thread."""

    name: str
    """sqlite · postgres."""

    def write(self) -> AbstractContextManager[None]:
        """A writing transaction, the only one: commits at the end, rolls back on error."""

    def read(self) -> AbstractContextManager[None]:
        """A reading transaction that sees one state throughout."""

    def savepoint(self) -> AbstractContextManager[None]:
        """Inside `write`: what fails in here is undone alone."""

    def row(self, sql: str, values: Mapping[str, Value]) -> Line | None:
        """The first line of a query or of `… RETURNING`."""

    def rows(self, sql: str, values: Mapping[str, Value]) -> Sequence[Line]:
        """All lines of a query."""

    def run(self, sql: str, values: Mapping[str, Value]) -> None:
        """Run a statement that gives no lines."""

    def many(self, sql: str, values: Sequence[Mapping[str, Value]]) -> None:
        """Run a statement once for each set of values."""

    def script(self, sql: str) -> None:
        """Run the statements of a schema step, inside `write`."""

    def now(self) -> int | None:
        """The server's clock in epoch milliseconds, or None where this machine's clock is the store's."""

    def describe(self) -> Mapping[str, str]:
        """Engine, version and place, for `doctor`."""

    def close(self) -> None:
        """Close this thread's connection."""
