"""The whole journal folded and compared with all that lies in the store: what `journal verify` must find."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from workstation.domain.journal import Difference, Entry, Fold, compare
from workstation.store import tables
from workstation.store.personal import SealBroken
from workstation.store.protocols import StoreFailed
from workstation.store.statements import journal as sql
from workstation.store.work import Reading

#: Before any number an entry may have: a forged one could be 0 or less.
_BEGINNING = -(2**62)
_OTHER_HALLS = "SELECT count(*) AS n FROM {} WHERE hall <> :hall"


def first_difference(reading: Reading) -> Difference | None:
    """The first thing in the store that is not as the journal says."""
    fold = Fold()
    for entry in _entries(reading):
        if not fold.take(entry, _body(entry)):
            return fold.difference
    return _head(reading, fold) or _strangers(reading) or _mentions(reading, fold) or _records(reading, fold)


def _entries(reading: Reading) -> Iterator[Entry]:
    after = _BEGINNING
    while page := reading.journal(after):
        yield from page
        after = page[-1].seq


def _body(entry: Entry) -> Any:
    try:
        return json.loads(entry.body)
    except ValueError:
        return {}  # its hash will tell


def _head(reading: Reading, fold: Fold) -> Difference | None:
    try:
        seq, head, at = reading.chain()
    except StoreFailed as error:
        return Difference("chain", "a head", str(error))
    last = reading.journal(fold.seq - 1, count=1)
    expected = (fold.seq, fold.head, last[0].at if last else 0)
    return None if (seq, head, at) == expected else Difference("chain", str(expected), str((seq, head, at)))


def _strangers(reading: Reading) -> Difference | None:
    for table in ("chains", "journal", "mentions", *tables.LEDGER):
        (line,) = reading.lines(_OTHER_HALLS.format(table))
        if line["n"]:
            return Difference(table, "one hall", f"{line['n']} rows of another")
    return None


def _mentions(reading: Reading, fold: Fold) -> Difference | None:
    found = {(line["object"], line["seq"]) for line in reading.lines(sql.MENTIONS)}
    if found == fold.mentions:
        return None
    return Difference("mentions", str(sorted(fold.mentions - found)), str(sorted(found - fold.mentions)))


def _records(reading: Reading, fold: Fold) -> Difference | None:
    try:
        return compare(fold.records, reading.ledger_rows())
    except SealBroken as error:
        return Difference(str(error), "the value that was encrypted", "one that does not open")
