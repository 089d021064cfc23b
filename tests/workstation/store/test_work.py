"""What an act does to records: they come back as written, count their changes, and are journalled."""

# A transaction and what fails in it are one block.
# ruff: noqa: PT012

from __future__ import annotations

import json
import threading
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from tests.engines import KEYS, OPENING, STAMP, Clock
from tests.workstation.store.samples import BEGINNINGS, a_record, fill, mark
from workstation.domain.case import Case
from workstation.domain.codes import Kind, parse
from workstation.domain.fields import personal_fields, secret_fields
from workstation.domain.journal import GENESIS, Entry, Fold, compare, entry_hash
from workstation.store import tables
from workstation.store.ledger import Store
from workstation.store.protocols import Duplicate
from workstation.store.tables import Table
from workstation.store.work import Records

pytestmark = pytest.mark.engine

each_table = pytest.mark.parametrize("table", tables.LEDGER.values(), ids=lambda table: table.name)


def added(store: Store, table: Table[Any], *records: Any) -> list[Any]:
    """Records added in one act, as the store gives them back."""
    act, _ = BEGINNINGS.get(table.name, ("try", ""))
    with store.transaction(replace(STAMP, act=act)) as work:
        for record in records:
            Records(work, table).add(record)
    with store.reading() as reading:
        return [Records(reading, table).get(*table.key_of(record)) for record in records]


def signed(table: Table[Any], record: Any, version: int = 1) -> Any:
    """The record as an act of ours leaves it."""
    if not table.versioned:
        return record
    act, _ = BEGINNINGS.get(table.name, ("try", ""))
    return replace(record, version=version, changed_at=OPENING, changed_by="c01", changed_act=act)


def a_case(store: Store, **columns: Any) -> Case:
    """A case in the store."""
    (found,) = added(store, tables.CASES, replace(a_record(tables.CASES, 1), state="registered", **columns))
    assert isinstance(found, Case)
    return found


def entries(store: Store) -> list[Entry]:
    """The journal without its founding."""
    with store.reading() as reading:
        return reading.journal()[1:]


def changes(entry: Entry) -> list[Any]:
    """What an entry says has changed."""
    found: list[Any] = json.loads(entry.body)["changes"]
    return found


@each_table
def test_round_trip(store: Store, table: Table[Any]) -> None:
    """Every column of every record comes back as it was written, empty ones and rare characters included."""
    records = [a_record(table, 1), a_record(table, 2, full=False)]

    assert added(store, table, *records) == [signed(table, record) for record in records]


@each_table
def test_personal_columns_are_ciphertext(store: Store, table: Table[Any]) -> None:
    """In the row, a personal column holds bytes that open only with the key, and for this row alone."""
    record = a_record(table, 1)
    added(store, table, record)
    lines = store.engine.rows(f"SELECT * FROM {table.name}", {})
    (line,) = (line for line in lines if all(line[c] == getattr(record, c) for c in table.key))

    for column in personal_fields(table.kind):
        plain, blob = getattr(record, column), bytes(line[column])
        plain = plain if isinstance(plain, bytes) else plain.encode()
        assert mark(f"{column}1").encode() not in blob
        assert KEYS.open(table.place(table.key_of(record), column), blob) == plain


@each_table
def test_nothing_personal_in_the_journal(store: Store, table: Table[Any]) -> None:
    """The entry of an act carries digests of personal values and nothing of secret ones."""
    record = a_record(table, 1)
    added(store, table, record)
    (entry,) = entries(store)

    for column in table.personal | secret_fields(table.kind):
        assert mark(f"{column}1") not in entry.body
    (change,) = changes(entry)
    assert set(change[2]) == set(table.journalled)


def test_same_key_again(store: Store) -> None:
    """A record whose key is taken is a Duplicate, and the act that tried it has not happened."""
    case = a_case(store)
    with pytest.raises(Duplicate), store.transaction(STAMP) as work:
        work.cases.add(case)

    assert len(entries(store)) == 1


def test_waybill_live_once(store: Store) -> None:
    """A waybill's number is live at most once; ended ones do not stand in its way."""
    first, second = (
        replace(a_record(tables.WAYBILLS, n), number="1234567890123", state="live") for n in (1, 2)
    )
    added(store, tables.WAYBILLS, first)
    with pytest.raises(Duplicate):
        added(store, tables.WAYBILLS, second)

    with store.transaction(STAMP) as work:
        work.waybills.save(replace(first, state="ended"))
    assert added(store, tables.WAYBILLS, second) == [second]


def test_where(store: Store) -> None:
    """Records are found by the values of columns, in the order of their keys, and only of what was asked."""
    pieces = [replace(a_record(tables.PIECES, n), case_number="1", holder=h) for n, h in enumerate("bab")]
    added(store, tables.PIECES, *reversed(pieces))

    with store.reading() as reading:
        assert reading.pieces.where(case_number="1") == pieces
        assert reading.pieces.where(case_number="1", holder="b") == [pieces[0], pieces[2]]
        assert reading.pieces.where(case_number="2") == []
        assert reading.pieces.get("nobody's") is None


def test_query(store: Store) -> None:
    """A condition with values of its own selects records too."""
    pieces = [a_record(tables.PIECES, n) for n in range(3)]
    added(store, tables.PIECES, *pieces)

    with store.reading() as reading:
        condition = "WHERE hall = :hall AND id > :after ORDER BY id LIMIT :count"
        assert reading.pieces.query(condition, after=pieces[0].id, count=1) == [pieces[1]]


def test_version_counts(store: Store, clock: Clock) -> None:
    """Each act that changes a record counts its version up and signs it with time, operator and act."""
    case = a_case(store)
    clock.at += 1
    with store.transaction(replace(STAMP, act="identify", operator="c02")) as work:
        saved = work.cases.save(replace(case, identity="passed"))

    assert (case.version, saved.version) == (1, 2)
    assert (saved.changed_at, saved.changed_by, saved.changed_act) == (OPENING + 1, "c02", "identify")
    with store.reading() as reading:
        assert reading.cases.get(case.number) == saved


def test_version_counts_once_an_act(store: Store) -> None:
    """An act that saves a record several times counts once, and journals the last of them as one change."""
    case = a_case(store)
    with store.transaction(replace(STAMP, act="identify")) as work:
        for notices in (5, 6, 7):
            case = work.cases.save(replace(case, notices=notices))

    assert case.version == 2
    ((_, _, columns),) = changes(entries(store)[-1])
    assert columns == {"notices": 7, "version": 2, "changed_act": "identify"}


def test_saving_what_is_there(store: Store) -> None:
    """An act on a case counts its version up even where only its rows change; a plain record stays."""
    case = a_case(store)
    with store.transaction(replace(STAMP, act="identify")) as work:
        saved = work.cases.save(case)
        row = work.rows.add(a_record(tables.ROWS, 1))
        work.rows.save(row)

    assert saved.version == case.version + 1
    assert [table for table, _, _ in changes(entries(store)[-1])] == ["cases", "checklist_rows"]


def test_added_and_saved_in_one_act(store: Store) -> None:
    """A record added and then saved in the same act is version 1, and one change."""
    with store.transaction(replace(STAMP, act="register")) as work:
        case = work.cases.add(replace(a_record(tables.CASES, 1), state="registered"))
        case = work.cases.save(replace(case, identity="passed", remark=None))

    ((_, _, columns),) = changes(entries(store)[-1])
    assert (case.version, columns["identity"], columns["remark"]) == (1, "passed", None)
    with store.reading() as reading:
        assert reading.cases.get(case.number) == case


def test_act_sees_what_it_wrote(store: Store) -> None:
    """Within an act, a record reads as the act has left it."""
    case = a_case(store)
    with store.transaction(replace(STAMP, act="identify")) as work:
        saved = work.cases.save(replace(case, identity="failed", applicant_phone="13000000000"))

        assert work.cases.get(case.number) == saved
        assert work.cases.where(identity="failed") == [saved]


def test_act_sees_what_it_took_back(store: Store) -> None:
    """What a savepoint undid is neither read again nor journalled."""
    case = a_case(store)
    with store.transaction(replace(STAMP, act="identify")) as work:
        with pytest.raises(InterruptedError), work.savepoint():
            work.cases.save(replace(case, identity="failed"))
            work.pieces.add(a_record(tables.PIECES, 1))
            work.mention("somebody")
            raise InterruptedError

        assert work.cases.get(case.number) == case
        assert work.cases.save(replace(case, identity="passed")).version == 2

    ((table, _, columns),) = changes(entries(store)[-1])
    assert (table, columns["identity"], "somebody" in entries(store)[-1].body) == ("cases", "passed", False)


def test_only_what_changed_is_journalled(store: Store) -> None:
    """A change carries the changed columns, and a personal one as another digest than before."""
    case = a_case(store)
    with store.transaction(replace(STAMP, act="identify")) as work:
        work.cases.save(replace(case, applicant_phone="13000000000"))

    first, second = (changes(entry)[0][2] for entry in entries(store))
    assert set(second) == {"applicant_phone", "version", "changed_act"}
    assert second["applicant_phone"] != first["applicant_phone"]


def test_chain(store: Store) -> None:
    """Each entry holds the hash of the one before, from the genesis to the head."""
    fill(store, copies=1)

    with store.reading() as reading:
        journal, (seq, head, at) = reading.journal(), reading.chain()
    hashes = [GENESIS, *(entry.hash for entry in journal)]
    assert [entry.previous for entry in journal] == hashes[:-1]
    assert [entry_hash(entry) for entry in journal] == hashes[1:]
    assert (seq, head, at) == (len(journal), hashes[-1], journal[-1].at)


def test_journal_by_pages(store: Store) -> None:
    """The journal is read page by page in its order."""
    fill(store, copies=1)

    with store.reading() as reading:
        pages = [reading.journal(after, count=5) for after in range(0, 15, 5)]
        assert [[entry.seq for entry in page] for page in pages] == [
            list(range(n, n + 5)) for n in (1, 6, 11)
        ]


def test_mentions(store: Store) -> None:
    """An entry is listed under its object, what it mentions, and every number it changes."""
    case = a_case(store)
    with store.transaction(STAMP) as work:
        work.object = "13501021012632400000"
        work.mention("c07", "c08")
        work.pieces.add(replace(a_record(tables.PIECES, 1), case_number=case.number))

    with store.reading() as reading:
        for number in ("13501021012632400000", "c07", "c08", case.number):
            assert reading.journal_of(number)[-1].seq == 3


def test_fold_equals_the_tables(store: Store) -> None:
    """Folded from its beginning, the journal gives the state of every record of every table."""
    fill(store)
    for act in ("identify", "identify"):
        with store.transaction(replace(STAMP, act=act)) as work:
            for case in work.cases.where():
                work.cases.save(replace(case, notices=case.notices + 1, remark=act, agent_id=None))

    with store.reading() as reading:
        fold = Fold()
        assert all(fold.take(entry, json.loads(entry.body)) for entry in reading.journal())
        assert compare(fold.records, reading.ledger_rows(), unsaid={}) is None
        assert {table for table, _ in fold.records} == set(tables.LEDGER)


def serials(numbers: list[str]) -> list[int]:
    """The serials of numbers, in order."""
    return sorted(parse(number).serial for number in numbers)


def test_numbers_run_on(store: Store) -> None:
    """Numbers of one kind, window and day follow each other; each kind and window has its own row."""
    with store.transaction(STAMP) as work:
        issued = [work.number(kind) for kind in (Kind.CASE, Kind.CASE, Kind.FACE)]
    with store.transaction(replace(STAMP, window=4)) as work:
        issued.append(work.number(Kind.CASE))

    parsed = [parse(number) for number in issued]
    assert [(n.kind, n.window, n.serial) for n in parsed] == [
        (Kind.CASE, 3, 1), (Kind.CASE, 3, 2), (Kind.FACE, 3, 1), (Kind.CASE, 4, 1),
    ]  # fmt: skip


def test_numbers_begin_anew_each_day(store: Store, clock: Clock) -> None:
    """The next day begins at 1, by the day in Shanghai."""
    with store.transaction(STAMP) as work:
        work.number(Kind.CASE)
    clock.at += 15 * 3_600_000
    with store.transaction(STAMP) as work:
        number = parse(work.number(Kind.CASE))

    assert (number.serial, number.day.isoformat()) == (1, "2026-11-21")


def test_numbers_of_a_failed_act(store: Store) -> None:
    """A number taken by an act that fails is given to the next."""
    with store.transaction(STAMP) as work:
        first = work.number(Kind.CASE)
    with pytest.raises(InterruptedError), store.transaction(STAMP) as work:
        work.number(Kind.CASE)
        raise InterruptedError
    with store.transaction(STAMP) as work:
        second = work.number(Kind.CASE)

    assert serials([first, second]) == [1, 2]


def test_numbers_over_threads(store: Store) -> None:
    """Four windows' threads that take numbers at once, each third act failing, leave no gap and no double."""
    issued: list[str] = []
    threads = [threading.Thread(target=_take_numbers, args=(store, issued)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert serials(issued) == list(range(1, len(issued) + 1))
    assert [entry.seq for entry in entries(store)] == list(range(2, len(issued) + 2))


def _take_numbers(store: Store, issued: list[str]) -> None:
    for turn in range(9):
        with suppress(InterruptedError):
            issued.append(_a_number(store, fails=turn % 3 == 0))
    store.engine.close()


def _a_number(store: Store, *, fails: bool) -> str:
    with store.transaction(STAMP) as work:
        number = work.number(Kind.CASE)
        if fails:
            raise InterruptedError
    return number
