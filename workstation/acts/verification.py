"""留痕账: verify the journal's chain, fold it and compare every record with it; list it; give its anchor."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from workstation.acts import explanations, refusals
from workstation.acts.desk import Desk
from workstation.acts.progress import Progress, counted, silent
from workstation.domain import codes, roles
from workstation.domain.journal import Difference, Entry, Fold, Key, Value, compare
from workstation.store import tables
from workstation.store.personal import SealBroken
from workstation.store.protocols import StoreFailed
from workstation.store.statements import journal as sql
from workstation.store.statements import numbers
from workstation.store.work import Reading

_PAGE = 500
#: Before any number an entry may have: a forged one could be 0 or less.
_BEGINNING = -(2**62)
_END = 2**62


@dataclass(frozen=True)
class Anchored:
    """The entry whose hash an anchor on paper stands for."""

    seq: int
    at: int
    then: Entry | None
    """The entry after it: whatever printed the anchor wrote one."""


@dataclass(frozen=True)
class Verification:
    """The outcome of one verification."""

    entries: int
    anchor: str
    difference: Difference | None
    asked: str | None = None
    """The anchor that was read off a paper, if one was."""
    head: Anchored | None = None
    """Where the journal has it; None: nowhere."""
    sheet: str | None = None
    """The number of that paper, if it was told and the journal does not have it behind the anchor."""

    @property
    def verified(self) -> bool:
        """Whether chain, records, mentions and counters all agree, and with the paper too."""
        return self.difference is None and self.is_on_paper

    @property
    def is_on_paper(self) -> bool:
        """Whether the journal is the one the paper is from, as far as a paper was asked about."""
        return (self.asked is None or self.head is not None) and self.sheet is None


def verify(desk: Desk, *, progress: Progress = silent) -> Verification:
    """Read the whole journal and every record; names the first difference."""
    with desk.reading() as reading:
        return verified(reading, progress=progress)


def verify_from(
    desk: Desk, head: str, *, sheet: str | None = None, progress: Progress = silent
) -> Verification:
    """The same, and whether the journal still has the anchor on a paper: it is looked for nowhere else.

    `sheet` is that paper's own number: then what printed it must follow the anchor, too.
    """
    with explanations.explained():
        wanted = codes.parse_anchor(head)
        number = None if sheet is None else codes.parse(sheet).text
    with desk.reading() as reading:
        search = _Search(wanted)
        found = verified(reading, progress=progress, seen=search.see)
    told = replace(found, asked=codes.anchor(wanted), head=search.found)
    return replace(told, sheet=number) if number and not search.has_printed(number) else told


def verified(
    reading: Reading, *, progress: Progress = silent, seen: Callable[[Entry], None] = lambda _: None
) -> Verification:
    """The same of a store that is being read; each entry and each record is a step.

    `seen` is told each entry that follows the one before as it must.
    """
    fold, total = Fold(), _steps(reading)
    difference = _folded(counted(entries(reading), progress, total=total), fold, seen)
    if difference is None:
        rows = counted(reading.ledger_rows(), progress, total=total, before=fold.seq)
        difference = _against_store(reading, fold, rows)
    return Verification(fold.seq, codes.anchor(fold.head), difference)


@dataclass
class _Search:
    """Looks for an anchor among the entries as they are folded."""

    wanted: bytes
    found: Anchored | None = None

    def see(self, entry: Entry) -> None:
        """An entry whose hash is right."""
        if self.found and self.found.then is None:
            self.found = replace(self.found, then=entry)
        if entry.hash[: codes.ANCHOR_BYTES] == self.wanted:
            self.found = Anchored(entry.seq, entry.at, None)

    def has_printed(self, number: str) -> bool:
        """Whether the act behind the anchor has promised the paper of this number."""
        then = self.found.then if self.found else None
        changes = _body(then).get("changes", ()) if then else ()
        return any(table == "papers" and key == [number] for table, key, _ in changes)


def _steps(reading: Reading) -> int:
    counts = (reading.lines(sql.COUNT.format(table=table)) for table in ("journal", *tables.LEDGER))
    return sum(int(line["n"]) for (line,) in counts)


def entries(reading: Reading) -> Iterator[Entry]:
    """All entries in their order, page by page."""
    after = _BEGINNING
    while page := reading.journal(after, _PAGE):
        yield from page
        after = page[-1].seq


def anchor(desk: Desk) -> str:
    """链首码 of the journal as it stands: 40 digits for paper."""
    with desk.reading() as reading:
        return codes.anchor(reading.chain()[1])


def _folded(all_entries: Iterable[Entry], fold: Fold, seen: Callable[[Entry], None]) -> Difference | None:
    for entry in all_entries:
        if not fold.take(entry, _body(entry)):
            return fold.difference
        seen(entry)
    return None


def _body(entry: Entry) -> Any:
    try:
        return json.loads(entry.body)
    except ValueError:
        return {}  # its hash will tell


def _against_store(
    reading: Reading, fold: Fold, rows: Iterable[tuple[Key, Mapping[str, Value]]]
) -> Difference | None:
    checks = (_head, _strangers, partial(_records, rows), _mentions, _counters)
    return next((found for check in checks if (found := check(reading, fold))), None)


def _head(reading: Reading, fold: Fold) -> Difference | None:
    try:
        found = reading.chain()
    except StoreFailed as error:
        return Difference("chain", "a head", str(error))
    last = reading.journal(fold.seq - 1, count=1)
    expected = (fold.seq, fold.head, last[0].at if last else 0)
    return None if found == expected else Difference("chain", _told(expected), _told(found))


def _told(head: tuple[int, bytes, int]) -> str:
    return f"seq {head[0]} hash {head[1].hex()} at {head[2]}"


def _strangers(reading: Reading, _: Fold) -> Difference | None:
    for table in sql.TABLES + tuple(tables.LEDGER):
        (line,) = reading.lines(sql.STRANGERS.format(table=table))
        if line["n"]:
            return Difference(table, "one hall", f"{line['n']} rows of another")
    return None


def _records(rows: Iterable[tuple[Key, Mapping[str, Value]]], _: Reading, fold: Fold) -> Difference | None:
    try:
        return compare(fold.records, rows, unsaid=tables.DEFAULTS)
    except SealBroken as error:
        return Difference(str(error), "the value that was encrypted", "one that does not open")


def _mentions(reading: Reading, fold: Fold) -> Difference | None:
    found = {(line["object"], line["seq"]) for line in reading.lines(sql.MENTIONS)}
    for number, seq in sorted(fold.mentions ^ found):
        said = (number, seq) in fold.mentions
        return Difference(
            f"mentions {number} {seq}", *(("listed", "absent") if said else ("absent", "listed"))
        )
    return None


def _counters(reading: Reading, fold: Fold) -> Difference | None:
    """Serials run from 1 without a gap, and the counters stand where the journal's numbers end."""
    issued = defaultdict(set)
    for number in _numbers(fold):
        issued[int(number.kind), number.window, number.day.isoformat()].add(number.serial)
    counted = {(c["kind"], c["window"], c["day"]): c["last"] for c in reading.lines(numbers.ALL)}
    for key in sorted(issued.keys() | counted.keys()):
        expected = list(range(1, counted.get(key, 0) + 1))
        if sorted(issued.get(key, ())) != expected:
            return Difference(
                f"counter {key}", f"1…{counted.get(key, 0)}", f"{len(issued.get(key, ()))} numbers"
            )
    return None


def _numbers(fold: Fold) -> Iterator[codes.Number]:
    for (table, key), columns in fold.records.items():
        if table in ("cases", "batches", "papers"):
            yield codes.parse(str(key[0]))  # as the journal has it, whose hash is right
        elif table == "users" and columns.get("badge"):
            yield codes.parse(str(columns["badge"]))


@dataclass(frozen=True)
class Leaf:
    """One page of the journal as it is leafed through: the newest entry first."""

    entries: tuple[Entry, ...]
    more_before: bool
    """Whether there are newer entries."""
    more_after: bool
    """Whether there are older ones."""


def leaf(
    desk: Desk,
    *,
    after: int | None = None,
    before: int | None = None,
    last: bool = False,
    count: int = 100,
) -> Leaf:
    """The entries older than `after`, or just newer than `before`; else the newest of all, or the first."""
    count = max(1, min(count, _PAGE))
    with _readers(desk).reading() as reading:
        if last or before is not None:
            newer = reading.journal(_BEGINNING if before is None else before, count + 1)
            return Leaf(tuple(newer[:count][::-1]), len(newer) > count, before is not None)
        older = reading.journal_back(_END if after is None else after, count + 1)
        return Leaf(tuple(older[:count]), after is not None, len(older) > count)


def listed(desk: Desk, *, after: int, count: int, of: str | None) -> list[Entry]:
    """Journal entries following `after`, or those that mention a number; for auditors and those who steer."""
    with _readers(desk).reading() as reading:
        if of is None:
            return reading.journal(after, count)
        return [entry for entry in reading.journal_of(refusals.readable("case", of)) if entry.seq > after][
            :count
        ]


def _readers(desk: Desk) -> Desk:
    """The desk, with somebody at it who may read the journal."""
    operator = desk.signed_in()
    if not roles.may(operator.role, "read_journal"):
        raise refusals.wrong_role(operator.role, "read_journal")
    return desk
