"""The arithmetic of the journal 留痕账: how entries are hashed, chained and folded into every record.

An entry carries the act and the columns it changed, personal ones as keyed digests. No I/O here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from workstation.domain import lifecycle

#: SM3 over every column, each with its name, type and length (GB/T 32905-2016).
ALGORITHM = "sm3-1"
GENESIS = b"\0" * 32

Value = str | int | None
Key = tuple[str, tuple[Value, ...]]
"""Table and key of one record."""


@dataclass(frozen=True)
class Entry:
    """One journal row. `body` is JSON: the act's facts, and `changes` as [table, key, {column: value}]."""

    hall: int
    seq: int
    at: int
    act: str
    operator: str | None
    second: str | None
    window: int | None
    object: str
    body: str
    flag: str | None
    """`clock` if the clock had gone back a little and the time was taken from the entry before."""
    algorithm: str
    previous: bytes
    hash: bytes


def _encoded(name: str, value: str | int | bytes | None) -> bytes:
    """Name, type and length before the value: NULL is not empty text, and no two rows share an encoding."""
    if value is None:
        tag, data = b"N", b""
    elif isinstance(value, int):
        tag, data = b"I", str(value).encode()
    elif isinstance(value, bytes):
        tag, data = b"B", value
    else:
        tag, data = b"T", value.encode()
    return b"%s:%s%d:%s" % (name.encode(), tag, len(data), data)


def entry_hash(entry: Entry) -> bytes:
    """SM3 over all columns but the hash itself."""
    running = _SM3.copy()
    running.update(b"".join([_encoded(name, getattr(entry, name)) for name in _HASHED]))
    return running.digest()


#: Begun once: to look the algorithm up takes as long as to hash a small entry.
_SM3 = hashlib.new("sm3")
_HASHED = tuple(column.name for column in fields(Entry) if column.name != "hash")


@dataclass(frozen=True)
class Difference:
    """The first thing that is not as the journal says."""

    where: str
    expected: str
    found: str

    def as_dict(self) -> dict[str, str]:
        """For `--json`."""
        return {"where": self.where, "expected": self.expected, "found": self.found}


@dataclass
class Fold:
    """The state of every record, folded entry by entry; `difference` holds the first fault of the chain."""

    records: dict[Key, dict[str, Value]] = field(default_factory=dict)
    mentions: set[tuple[str, int]] = field(default_factory=set)
    seq: int = 0
    head: bytes = GENESIS
    difference: Difference | None = None

    def take(self, entry: Entry, body: Mapping[str, Any]) -> bool:
        """Check the entry against the chain and apply its changes; False at the first fault."""
        self.difference = self._chain_fault(entry)
        if self.difference:
            return False
        self.seq, self.head = entry.seq, entry.hash
        self.mentions.update((number, entry.seq) for number in body.get("mentions", ()))
        for table, key, columns in body.get("changes", ()):
            fault = self._apply(entry, table, tuple(key), columns)
            if fault:
                self.difference = fault
                return False
        return True

    def _chain_fault(self, entry: Entry) -> Difference | None:
        where = f"journal {entry.seq}"
        if entry.seq != self.seq + 1:
            return Difference(where, f"seq {self.seq + 1}", f"seq {entry.seq}")
        if entry.algorithm != ALGORITHM:
            return Difference(f"{where} algorithm", ALGORITHM, entry.algorithm)
        if entry.previous != self.head:
            return Difference(f"{where} previous", self.head.hex(), entry.previous.hex())
        found = entry_hash(entry)
        if found != entry.hash:
            return Difference(f"{where} hash", entry.hash.hex(), found.hex())
        return None

    def _apply(
        self, entry: Entry, table: str, key: tuple[Value, ...], columns: dict[str, Value]
    ) -> Difference | None:
        record = self.records.setdefault((table, key), {})
        fault = _illegal_step(entry, table, record.get("state"), columns)
        record.update(columns)
        return fault


def _illegal_step(entry: Entry, table: str, state: Value, columns: Mapping[str, Value]) -> Difference | None:
    """A change of state that the life cycle does not know, however well it is hashed."""
    edges = lifecycle.ALL.get(table)
    if edges is None or "state" not in columns:
        return None
    possible = lifecycle.outcomes(edges, str(state or lifecycle.NOTHING), entry.act)
    if columns["state"] in possible:
        return None
    where = f"journal {entry.seq} {table} {entry.act}"
    return Difference(where, f"{state} → {sorted(possible)}", f"{state} → {columns['state']}")


def compare(
    folded: Mapping[Key, Mapping[str, Value]],
    found: Iterable[tuple[Key, Mapping[str, Value]]],
    *,
    unsaid: Mapping[tuple[str, str], Value],
) -> Difference | None:
    """The first record that the store holds otherwise than the journal tells.

    `unsaid`: by table and column, what a record has that was written before the column was there.
    """
    seen: set[Key] = set()
    for key, columns in found:
        seen.add(key)
        expected = folded.get(key)
        if expected is None:
            return Difference(_named(key), "no such record", "a record")
        before_its_time = {c: unsaid.get((key[0], c)) for c in columns if c not in expected}
        for fault in _differing(key, {**expected, **before_its_time}, columns):
            return fault
    for key in folded:
        if key not in seen:
            return Difference(_named(key), "a record", "no such record")
    return None


def _named(key: Key) -> str:
    return f"{key[0]} {' '.join(str(part) for part in key[1])}"


def _differing(key: Key, expected: Mapping[str, Value], found: Mapping[str, Value]) -> Iterator[Difference]:
    for column, value in found.items():
        if expected[column] != value:
            yield Difference(f"{_named(key)} {column}", str(expected[column]), str(value))
