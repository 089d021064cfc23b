"""Whatever is changed behind the store's back, in the journal or in any table it answers for, is found.

Each test reaches into the tables in a transaction that is never committed, and folds the journal inside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import cycle
from typing import Any

import pytest

from tests.engines import HALL, KEYS, STAMP, Clock, Place, founded_on, prepared
from tests.workstation.store import raw
from tests.workstation.store.samples import fill
from workstation.acts.verification import verified
from workstation.domain.journal import Difference, Entry, entry_hash
from workstation.store import tables
from workstation.store.ledger import Store
from workstation.store.protocols import Engine
from workstation.store.work import Reading

pytestmark = pytest.mark.engine

#: Key columns of the tables that are the journal itself.
JOURNAL_KEYS = {"chains": ("hall",), "journal": ("seq",), "mentions": ("object", "seq")}
#: Password and PIN hashes are random, so the journal cannot carry them; their pepper binds them to the user.
NOT_CARRIED = {("users", "password"), ("users", "pin")}

Row = Mapping[str, Any]


class TakenBack(Exception):
    """Ends a transaction that shall leave nothing."""


@pytest.fixture
def filled(place: Place, clock: Clock) -> Iterator[Store]:
    """A store with two records in every table, one of them changed since."""
    engine, _ = prepared(place, "filled", _fill)
    yield Store(engine, KEYS, HALL, clock)
    engine.close()


def _fill(engine: Engine) -> None:
    store = founded_on(engine)
    fill(store)
    with store.transaction(replace(STAMP, act="identify")) as work:
        case = work.cases.where()[0]
        work.cases.save(replace(case, remark=None, notices=7))


def found(store: Store, tamper: Callable[[], None]) -> Difference | None:
    """What verification says of the tables as the tampering leaves them; afterwards they are as before."""
    difference = None
    with suppress(TakenBack), store.engine.write():
        raw.disarm(store.engine)
        tamper()
        difference = verified(Reading(store.engine, store.keys, store.hall.id)).difference
        raise TakenBack
    return difference


def rows_of(store: Store, table: str) -> Sequence[Row]:
    """The rows as they lie there, in the order of their keys."""
    order = ", ".join(f'"{column}"' for column in keys_of(table))
    return store.engine.rows(f"SELECT * FROM {table} ORDER BY {order}", {})


def keys_of(table: str) -> tuple[str, ...]:
    """The columns that tell one row from another."""
    return JOURNAL_KEYS.get(table) or tables.LEDGER[table].key


def update(store: Store, table: str, row: Row, **changed: Any) -> None:
    """Change columns of one row."""
    setting = ", ".join(f'"{column}" = :new_{column}' for column in changed)
    values = {f"new_{column}": value for column, value in changed.items()}
    store.engine.run(f"UPDATE {table} SET {setting} WHERE {_where(table)}", {**row, **values})


def delete(store: Store, table: str, row: Row) -> None:
    """Delete one row."""
    store.engine.run(f"DELETE FROM {table} WHERE {_where(table)}", row)


def insert(store: Store, table: str, row: Row) -> None:
    """Insert one row."""
    columns = ", ".join(f'"{column}"' for column in row)
    values = ", ".join(f":{column}" for column in row)
    store.engine.run(f"INSERT INTO {table} ({columns}) VALUES ({values})", row)


def _where(table: str) -> str:
    return " AND ".join(f'"{column}" = :{column}' for column in keys_of(table))


def other(value: Any, kind: type) -> Any:
    """Another value of a column."""
    if kind is int:
        return (value or 0) + 1000
    if kind is bytes:
        return bytes(value or b"?")[:-1] + bytes([bytes(value or b"?")[-1] ^ 1])
    return f"{value or ''}?"


def changes(store: Store, table: str) -> Iterator[tuple[str, Row, Any]]:
    """Every column, of the first and of the last row in turn, with another value for it."""
    rows = rows_of(store, table)
    for row, (column, kind) in zip(cycle((rows[0], rows[-1])), raw.columns(store.engine, table).items()):
        if (table, column) not in NOT_CARRIED:
            yield column, row, other(row[column], kind)


def full_and_empty(rows: Sequence[Row], column: str) -> Sequence[Row]:
    """The first row that has a value in this column, and the last that has none: either, or both."""
    having = [row for row in rows if row[column] is not None]
    return [*having[:1], *[row for row in rows if row[column] is None][-1:]]


each_table = pytest.mark.parametrize("table", [*JOURNAL_KEYS, *tables.LEDGER])
#: What has no columns but its key has nothing to swap, and a hall has one record.
SWAPPABLE = [t.name for t in tables.LEDGER.values() if len(t.columns) > len(t.key) and t is not tables.HALLS]


def test_untouched(filled: Store) -> None:
    """Where nothing was tampered with, no difference is found."""
    assert found(filled, lambda: None) is None


@each_table
def test_each_column(filled: Store, table: str) -> None:
    """A change of any column is found: of the first row, of the last, from column to column in turn."""
    missed = [
        column
        for column, row, value in changes(filled, table)
        if found(filled, partial(update, filled, table, row, **{column: value})) is None
    ]

    assert missed == []


@each_table
def test_each_empty_column(filled: Store, table: str) -> None:
    """A value taken away is found, and so is an empty one that was made text or nought: one of each."""
    kinds = raw.columns(filled.engine, table)
    for column in raw.optional(filled.engine, table) - {name for _, name in NOT_CARRIED}:
        for row in full_and_empty(rows_of(filled, table), column):
            value = None if row[column] is not None else kinds[column]()
            assert found(filled, partial(update, filled, table, row, **{column: value})), column


@each_table
def test_each_row_deleted(filled: Store, table: str) -> None:
    """A row that was deleted is missed, whichever it is."""
    for row in rows_of(filled, table):
        assert found(filled, partial(delete, filled, table, row)), row


@pytest.mark.parametrize("table", ["journal", "mentions", *tables.LEDGER])
def test_row_inserted(filled: Store, table: str) -> None:
    """A row that no act has written is found."""
    last, column = rows_of(filled, table)[-1], keys_of(table)[-1]
    value = other(last[column], raw.columns(filled.engine, table)[column])
    others: dict[str, dict[str, object]] = {
        "users": {"badge": None},
        "print_jobs": {"paper": "another"},
        "mail_orders": {"envelope": "another"},
        "consignments": {"pickup_code": None},
    }
    free = others.get(table, {})

    assert found(filled, partial(insert, filled, table, {**last, **free, column: value}))


@each_table
def test_row_of_another_hall_inserted(filled: Store, table: str) -> None:
    """A store holds one hall: a row in another's name is found."""
    last = rows_of(filled, table)[-1]

    assert found(filled, partial(insert, filled, table, {**last, "hall": 2}))


@pytest.mark.parametrize("seq", [0, -1])
def test_entry_before_the_first(filled: Store, seq: int) -> None:
    """An entry before the first is found."""
    first = rows_of(filled, "journal")[0]

    assert found(filled, partial(insert, filled, "journal", {**first, "seq": seq}))


@pytest.mark.parametrize("table", ["journal", *SWAPPABLE])
def test_rows_swapped(filled: Store, table: str) -> None:
    """Two rows that have changed places are found, though each of their values is genuine."""
    first, *_, last = rows_of(filled, table)
    keys = keys_of(table)

    def swap() -> None:
        for row in (first, last):
            delete(filled, table, row)
        insert(filled, table, {**first, **{key: last[key] for key in keys}})
        insert(filled, table, {**last, **{key: first[key] for key in keys}})

    assert found(filled, swap)


@pytest.mark.parametrize("count", [1, 2, 10_000])
def test_journal_cut_off(filled: Store, count: int) -> None:
    """A journal whose end, or the whole of which, was cut off is found."""
    assert found(filled, lambda: cut_off(filled, count))


@pytest.mark.parametrize("count", [1, 2])
def test_journal_cut_off_with_its_head(filled: Store, count: int) -> None:
    """Where the head was set back too, the records tell that more has happened."""
    kept = rows_of(filled, "journal")[-count - 1]

    def forge() -> None:
        cut_off(filled, count)
        update(filled, "chains", {"hall": 1}, **{column: kept[column] for column in ("seq", "hash", "at")})

    assert found(filled, forge)


def cut_off(store: Store, count: int) -> None:
    """Delete the last entries with their mentions."""
    for row in rows_of(store, "journal")[-count:]:
        delete(store, "journal", row)
        store.engine.run("DELETE FROM mentions WHERE seq = :seq", {"seq": row["seq"]})


def test_journal_written_anew(filled: Store) -> None:
    """Where a change was hashed anew with all that follows, up to the head, the records still tell."""
    (target,) = (row for row in rows_of(filled, "journal") if row["act"] == "identify")
    entry = Entry(**target)
    forged = replace(entry, body=entry.body.replace('"notices":7', '"notices":8'))

    def forge() -> None:
        head = replace(forged, hash=entry_hash(forged))
        update(filled, "journal", target, body=head.body, hash=head.hash)
        update(filled, "chains", {"hall": 1}, hash=head.hash)

    difference = found(filled, forge)
    assert difference is not None
    assert (difference.where.split()[-1], difference.expected, difference.found) == ("notices", "8", "7")


def test_reopened_for_itself(filled: Store) -> None:
    """A personal value written anew with the right key, but by no act, is found."""
    row = rows_of(filled, "cases")[0]
    place = tables.CASES.place((row["number"],), "applicant_phone")
    blob = filled.keys.encrypt(place, "13900000000")

    difference = found(filled, lambda: update(filled, "cases", row, applicant_phone=blob))
    assert difference is not None
    assert difference.where.endswith("applicant_phone")
    assert "139" not in difference.expected + difference.found
