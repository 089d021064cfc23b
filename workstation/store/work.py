"""What an act sees of the store: records by key, numbers, and a journal entry that writes itself.

Every record an act adds or saves is noted; at the end its one journal entry carries all of them.
No ledger row can be written past the journal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec

from workstation.domain import codes
from workstation.domain.journal import ALGORITHM, Entry, Key, Value, entry_hash
from workstation.domain.people import Hall
from workstation.domain.times import local
from workstation.store import tables
from workstation.store.personal import PersonalKeys
from workstation.store.protocols import Engine, Line, StoreFailed
from workstation.store.statements import journal as sql
from workstation.store.statements import numbers
from workstation.store.tables import Table

T = TypeVar("T")

#: Tables whose key is a number people ask for: an entry that changes such a record is listed under it.
_NUMBERED = frozenset({"cases", "envelopes", "batches", "papers", "users"})

#: What an act has noted, and takes back with a savepoint.
_UNDONE = ("known", "facts", "promised", "_before", "_after", "_mentions")

#: The personal columns that hold no text.
_BYTES = frozenset({"pdf", "picture"})

_encode = msgspec.json.Encoder(order="sorted").encode


@dataclass(frozen=True)
class Stamp:
    """Who acts, in which act, at which window, and by which clock (None: the store's own)."""

    act: str
    operator: str | None
    second: str | None
    window: int | None


@dataclass(frozen=True)
class Moment:
    """When an act happens: its time, and the journal's head that it follows."""

    now: int
    flag: str | None
    """`clock` or `clock_accepted` where the clock had gone back."""
    seq: int
    head: bytes


class Of(Generic[T]):
    """Makes a transaction's records of one table when they are asked for."""

    def __init__(self, table: Table[T]) -> None:
        self.table = table

    def __get__(self, reading: Reading, kind: type[Reading]) -> Records[T]:
        return Records(reading, self.table)


class Reading:
    """Records as they stood when the transaction began."""

    halls = Of(tables.HALLS)
    users = Of(tables.USERS)
    cases = Of(tables.CASES)
    rows = Of(tables.ROWS)
    pieces = Of(tables.PIECES)
    identities = Of(tables.IDENTITIES)
    notices = Of(tables.NOTICES)
    reveals = Of(tables.REVEALS)
    consignments = Of(tables.CONSIGNMENTS)
    envelopes = Of(tables.ENVELOPES)
    contents = Of(tables.CONTENTS)
    batches = Of(tables.BATCHES)
    batch_lines = Of(tables.BATCH_LINES)
    waybills = Of(tables.WAYBILLS)
    tasks = Of(tables.TASKS)
    papers = Of(tables.PAPERS)
    paper_bodies = Of(tables.PAPER_BODIES)
    waiting = Of(tables.WAITING)
    evidence = Of(tables.EVIDENCE)
    item_versions = Of(tables.ITEM_VERSIONS)
    guides = Of(tables.GUIDES)
    guide_rows = Of(tables.GUIDE_ROWS)
    offices = Of(tables.OFFICES)
    agreements = Of(tables.AGREEMENTS)
    pledges = Of(tables.PLEDGES)
    licence_defects = Of(tables.LICENCE_DEFECTS)
    contacts = Of(tables.CONTACTS)
    ratings = Of(tables.RATINGS)
    external_numbers = Of(tables.EXTERNAL_NUMBERS)
    printers = Of(tables.PRINTERS)
    calibrations = Of(tables.CALIBRATIONS)
    routes = Of(tables.ROUTES)
    print_jobs = Of(tables.PRINT_JOBS)
    wordings = Of(tables.WORDINGS)
    carriers = Of(tables.CARRIERS)
    pool_numbers = Of(tables.POOL_NUMBERS)
    mail_orders = Of(tables.MAIL_ORDERS)
    mail_events = Of(tables.MAIL_EVENTS)
    task_steps = Of(tables.TASK_STEPS)
    postages = Of(tables.POSTAGES)
    year_tables = Of(tables.YEAR_TABLES)
    pauses = Of(tables.PAUSES)
    claims = Of(tables.CLAIMS)
    samples = Of(tables.SAMPLES)
    sample_lines = Of(tables.SAMPLE_LINES)
    day_reasons = Of(tables.DAY_REASONS)
    day_closes = Of(tables.DAY_CLOSES)
    month_closes = Of(tables.MONTH_CLOSES)
    rescues = Of(tables.RESCUES)
    old_cases = Of(tables.OLD_CASES)
    column_maps = Of(tables.COLUMN_MAPS)
    archives = Of(tables.ARCHIVES)

    def __init__(self, engine: Engine, keys: PersonalKeys, hall: int) -> None:
        self.engine, self.keys, self.hall = engine, keys, hall
        self.known: dict[Key, Any] = {}
        """What has been read or written: while a transaction lasts, nobody else changes what it sees."""

    def lines(self, statement: str, **values: Any) -> list[Line]:
        """Lines of a statement of `store/statements`; `:hall` is filled in."""
        return list(self.engine.rows(statement, {"hall": self.hall, **values}))

    def chain(self) -> tuple[int, bytes, int]:
        """Sequence, hash and time of the journal's head."""
        return chain(self.engine, self.hall)

    def journal(self, after: int = 0, count: int = 1000) -> list[Entry]:
        """A page of journal entries following `after`."""
        return [_entry(line) for line in self.lines(sql.PAGE, after=after, count=count)]

    def journal_back(self, before: int, count: int) -> list[Entry]:
        """A page of journal entries before `before`, the newest first."""
        return [_entry(line) for line in self.lines(sql.BACK, before=before, count=count)]

    def journal_by(self, statement: str, **values: Any) -> list[Entry]:
        """The journal entries that a statement of `store/statements/journal` selects."""
        return [_entry(line) for line in self.lines(statement, **values)]

    def journal_of(self, number: str) -> list[Entry]:
        """The entries that mention a case, envelope, batch, paper or user."""
        return [_entry(line) for line in self.lines(sql.OF_OBJECT, object=number)]

    def journal_columns(self, table: Table[Any], record: Any, columns: Iterable[str]) -> dict[str, Value]:
        """Columns of a record as the journal carries them: personal ones as keyed digests."""
        values = {c: getattr(record, c) for c in columns}
        for column in table.personal & values.keys():
            if values[column] is not None:
                place = table.place(table.key_of(record), column)
                values[column] = self.keys.journal(place, values[column])
        return values

    def ledger_rows(self) -> Iterator[tuple[Key, Mapping[str, Value]]]:
        """Every record of every ledger table, in the form the journal folds to."""
        for table in tables.LEDGER.values():
            for record in Records(self, table).where():
                columns = self.journal_columns(table, record, table.journalled)
                yield (table.name, table.key_of(record)), columns
            self.known.clear()  # each table is gone through once


class Work(Reading):
    """A writing transaction: everything added or saved here is journalled when it ends."""

    def __init__(
        self, engine: Engine, keys: PersonalKeys, hall: Hall, *, stamp: Stamp, moment: Moment
    ) -> None:
        super().__init__(engine, keys, hall.id)
        self.hall_record, self.stamp, self.now, self._moment = hall, stamp, moment.now, moment
        self.facts: dict[str, Any] = {}
        """What the entry tells beside its changes: codes and counts, nothing personal."""
        self.object = ""
        """Number of the record the act is about."""
        self.promised: list[str] = []
        """Numbers of the papers to be made after the commit."""
        self._before: dict[Key, Any] = {}
        self._after: dict[Key, Any] = {}
        self._mentions: set[str] = set()

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part of the act that may fail alone: then nothing of it is kept, nor journalled."""
        noted = {name: copy(getattr(self, name)) for name in _UNDONE}
        try:
            with self.engine.savepoint():
                yield
        except BaseException:
            vars(self).update(noted)
            raise

    def number(self, kind: codes.Kind) -> str:
        """The next number of this kind, window and day; taken back with the act if the act fails."""
        day = local(self.now).date()
        window = self.stamp.window or 0
        day_name = day.isoformat()
        values: dict[str, Any] = {"hall": self.hall, "kind": int(kind), "window": window, "day": day_name}
        line = self.engine.row(numbers.BUMP, values)
        if line is None:
            self.engine.run(numbers.BEGIN, values)
        serial = 1 if line is None else line["last"]
        hall = self.hall_record
        place = codes.HallCode(hall.division, hall.digit)
        return codes.compose(kind, place, window=window, day=day, serial=serial)

    def mention(self, *numbers_: str) -> None:
        """List this entry under these numbers too."""
        self._mentions.update(numbers_)

    def note(self, table: Table[Any], before: Any, after: Any) -> None:
        """Remember a change for the journal; the first `before` of a record is kept."""
        key = (table.name, table.key_of(after))
        self._before.setdefault(key, before)
        self._after[key] = self.known[key] = after
        if table.name in _NUMBERED:
            self._mentions.add(str(key[1][0]))
        if case_number := getattr(after, "case_number", None):
            self._mentions.add(case_number)

    def already_changed(self, key: Key) -> bool:
        """Whether this act has written the record before, and so counted its version up."""
        return key in self._after

    def write_journal(self) -> None:
        """Append the one entry of this act and move the chain on: the last statements of the transaction."""
        mentions = sorted(self._mentions | ({self.object} if self.object else set()))
        body = {"facts": self.facts, "mentions": mentions, "changes": self._changes()}
        stamp, moment = self.stamp, self._moment
        draft = Entry(
            hall=self.hall,
            seq=moment.seq + 1,
            at=self.now,
            act=stamp.act,
            operator=stamp.operator,
            second=stamp.second,
            window=stamp.window,
            object=self.object,
            body=_encode(body).decode(),
            flag=moment.flag,
            algorithm=ALGORITHM,
            previous=moment.head,
            hash=b"",
        )
        digest = entry_hash(draft)
        self.engine.run(sql.APPEND, vars(draft) | {"hash": digest})
        self.engine.many(sql.MENTION, [{"hall": self.hall, "object": m, "seq": draft.seq} for m in mentions])
        head: dict[str, Any] = {"hall": self.hall, "seq": draft.seq, "hash": digest, "at": self.now}
        self.engine.run(sql.ADVANCE, head)

    def _changes(self) -> list[Any]:
        return [change for key in self._after if (change := self._change(key)) is not None]

    def _change(self, key: Key) -> list[Any] | None:
        table, before, after = tables.LEDGER[key[0]], self._before[key], self._after[key]
        changed = table.columns if before is None else table.differing(before, after)
        columns = self.journal_columns(table, after, [c for c in changed if c not in table.secret])
        return [table.name, list(key[1]), columns] if columns else None


class Records(Generic[T]):
    """The records of one table: get, where; add and save inside a writing transaction."""

    def __init__(self, reading: Reading, table: Table[T]) -> None:
        self.reading, self.table = reading, table

    def get(self, *key: str | int) -> T | None:
        """The record with this key."""
        known: T | None = self.reading.known.get((self.table.name, key))
        if known is not None:
            return known
        found = self.where(**dict(zip(self.table.key, key, strict=True)))
        return found[0] if found else None

    def where(self, **equal: Any) -> list[T]:
        """The records with these column values, in key order."""
        statement = self.table.select(tuple(equal))
        return [self._read(line) for line in self.reading.lines(statement, **equal)]

    def query(self, condition: str, **values: Any) -> list[T]:
        """The records that a condition of `store/statements` selects."""
        statement = f"{self.table.selection} {condition}"
        return [self._read(line) for line in self.reading.lines(statement, **values)]

    def add(self, record: T) -> T:
        """Write a new record; raises Duplicate where a constraint refuses it."""
        work = self.work()
        record = self._signed(work, record, 1)
        work.engine.run(self.table.insert, self._values(record, self.table.columns))
        work.note(self.table, None, record)
        return record

    def save(self, record: T) -> T:
        """Write a record as it shall be; once an act its version counts up, whatever changed."""
        work = self.work()
        key = self.table.key_of(record)
        before = self.get(*key)
        if before is None:
            raise LookupError(f"{self.table.name} {key}: there is no such record to save")
        again = work.already_changed((self.table.name, key))
        if not self.table.differing(before, record) and (again or not self.table.versioned):
            return record
        version = getattr(before, "version", 0)
        record = self._signed(work, record, version if again else version + 1)
        changed = self.table.differing(before, record)
        if not changed:
            return record
        work.engine.run(self.table.update(changed), self._values(record, (*self.table.key, *changed)))
        work.note(self.table, before, record)
        return record

    def work(self) -> Work:
        """The writing transaction these records belong to."""
        assert isinstance(self.reading, Work), "only a writing transaction adds or saves"
        return self.reading

    def _read(self, line: Line) -> T:
        """A row as its record, personal columns opened."""
        key = tuple(line[c] for c in self.table.key)
        known: T | None = self.reading.known.get((self.table.name, key))
        return known if known is not None else self._opened(key, dict(line))

    def _opened(self, key: tuple[Any, ...], values: dict[str, Any]) -> T:
        for column in self.table.personal:
            if values[column] is not None:
                plain = self.reading.keys.open(self.table.place(key, column), bytes(values[column]))
                values[column] = plain if column in _BYTES else plain.decode()
        record = self.reading.known[self.table.name, key] = self.table.record(values)
        return record

    def _signed(self, work: Work, record: T, version: int) -> T:
        if not self.table.versioned:
            return record
        signature = {
            "version": version,
            "changed_at": work.now,
            "changed_by": work.stamp.operator or "",
            "changed_act": work.stamp.act,
        }
        return self.table.record(vars(record) | signature)

    def _values(self, record: T, columns: Iterable[str]) -> dict[str, Any]:
        key = self.table.key_of(record)
        values = {"hall": self.reading.hall} | {c: getattr(record, c) for c in columns}
        for column in self.table.personal & values.keys():
            if values[column] is not None:
                values[column] = self.reading.keys.encrypt(self.table.place(key, column), values[column])
        return values


def chain(engine: Engine, hall: int) -> tuple[int, bytes, int]:
    """Sequence, hash and time of the head of a hall's journal."""
    line = engine.row(sql.CHAIN, {"hall": hall})
    if line is None:
        raise StoreFailed("damaged", f"no chain of hall {hall}")
    return line["seq"], bytes(line["hash"]), line["at"]


def _entry(line: Line) -> Entry:
    values = dict(line)
    values["previous"], values["hash"] = bytes(values["previous"]), bytes(values["hash"])
    return Entry(**values)
