"""The arithmetic of the journal: every column is hashed, and the fold refuses what cannot have been."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.journal import (
    ALGORITHM,
    GENESIS,
    Difference,
    Entry,
    Fold,
    Key,
    Value,
    compare,
    entry_hash,
)

ENTRY = Entry(
    hall=1, seq=1, at=1795136400000, act="register", operator="1001", second=None, window=1, object="1",
    body="{}", flag=None, algorithm=ALGORITHM, previous=GENESIS, hash=b"",
)  # fmt: skip

OTHERS: dict[str, list[Any]] = {
    "hall": [2],
    "seq": [2, 11],
    "at": [0],
    "act": ["identify", ""],
    "operator": ["1002", "", None],
    "second": ["", "1002"],
    "window": [None, 2],
    "object": ["", "2"],
    "body": ["{ }"],
    "flag": ["", "clock"],
    "algorithm": ["sm3-2"],
    "previous": [b"\1" * 32, b""],
}


@pytest.mark.parametrize(("column", "value"), [(c, v) for c, values in OTHERS.items() for v in values])
def test_every_column_is_hashed(column: str, value: Any) -> None:
    """And NULL is not empty text."""
    changes: dict[str, Any] = {column: value}

    assert entry_hash(replace(ENTRY, **changes)) != entry_hash(ENTRY)


def test_the_hash_does_not_hash_itself() -> None:
    """It is the one column left out."""
    assert entry_hash(replace(ENTRY, hash=b"x")) == entry_hash(ENTRY)
    assert OTHERS.keys() | {"hash"} == vars(ENTRY).keys()


@given(st.text(), st.text(), st.text(), st.text())
def test_no_two_rows_share_an_encoding(act: str, object_: str, act2: str, object2: str) -> None:
    """What moves from one column into its neighbour changes the hash."""
    one, other = replace(ENTRY, act=act, object=object_), replace(ENTRY, act=act2, object=object2)

    assert (entry_hash(one) == entry_hash(other)) == ((act, object_) == (act2, object2))


def chained(*bodies: Mapping[str, Any], acts: tuple[str, ...] = ()) -> list[tuple[Entry, Mapping[str, Any]]]:
    """A true chain of entries with these bodies."""
    entries: list[tuple[Entry, Mapping[str, Any]]] = []
    head = GENESIS
    for seq, body in enumerate(bodies, start=1):
        act = acts[seq - 1] if acts else "try"
        draft = replace(ENTRY, seq=seq, act=act, previous=head)
        head = entry_hash(draft)
        entries.append((replace(draft, hash=head), body))
    return entries


def taken(entries: list[tuple[Entry, Mapping[str, Any]]]) -> Fold:
    """The fold of these entries, up to the first fault."""
    fold = Fold()
    for entry, body in entries:
        if not fold.take(entry, body):
            break
    return fold


PIECE = {"changes": [["pieces", ["p"], {"holder": "clerk", "copies": 1}]], "mentions": ["1"]}
MOVE = {"changes": [["pieces", ["p"], {"holder": "shelf"}]]}


def test_changes_are_folded_into_records() -> None:
    """The latest value of each column, and who is mentioned where."""
    fold = taken(chained(PIECE, MOVE))

    assert fold.difference is None
    assert fold.records == {("pieces", ("p",)): {"holder": "shelf", "copies": 1}}
    assert fold.mentions == {("1", 1)}
    assert fold.seq == 2


def test_a_gap_in_the_sequence_is_named() -> None:
    """An entry taken out."""
    first, _, third = chained(PIECE, MOVE, MOVE)

    assert taken([first, third]).difference == Difference("journal 3", "seq 2", "seq 3")


def test_a_changed_entry_is_named() -> None:
    """Its hash does not fit any more."""
    first, (entry, body) = chained(PIECE, MOVE)

    difference = taken([first, (replace(entry, operator="1002"), body)]).difference

    assert difference is not None
    assert difference.where == "journal 2 hash"


def test_an_entry_hashed_anew_breaks_the_chain() -> None:
    """Whoever changes one and hashes it again would have to change all that follow."""
    (entry, body), second = chained(PIECE, MOVE)
    forged = replace(entry, at=0)

    difference = taken([(replace(forged, hash=entry_hash(forged)), body), second]).difference

    assert difference is not None
    assert difference.where == "journal 2 previous"


def test_another_algorithm_is_named() -> None:
    """A journal hashed in a way that we do not know is not one that we can vouch for."""
    ((entry, body),) = chained(PIECE)
    other = replace(entry, algorithm="md5")

    difference = taken([(replace(other, hash=entry_hash(other)), body)]).difference

    assert difference == Difference("journal 1 algorithm", ALGORITHM, "md5")


@pytest.mark.parametrize(
    ("act", "state", "legal"),
    [
        ("register", "registered", True),
        ("register", "closed", False),
        ("identify", "registered", False),
        ("try", "served", False),
    ],
)
def test_a_step_the_life_cycle_does_not_know_is_a_fault(act: str, state: str, legal: bool) -> None:
    """However well it is hashed."""
    fold = taken(chained({"changes": [["cases", ["1"], {"state": state}]]}, acts=(act,)))

    assert (fold.difference is None) == legal
    if fold.difference:
        assert fold.difference.where == f"journal 1 cases {act}"


def test_states_of_records_without_a_life_cycle_are_free() -> None:
    """A task or a paper has states of its own, which no table speaks for."""
    assert taken(chained({"changes": [["tasks", ["t"], {"state": "anything"}]]})).difference is None


FOLDED: dict[Key, dict[str, Value]] = {("pieces", ("p",)): {"holder": "shelf", "pages": None}}


@pytest.mark.parametrize(
    ("found", "where"),
    [
        ([(("pieces", ("p",)), {"holder": "shelf", "pages": None})], None),
        ([(("pieces", ("p",)), {"holder": "clerk", "pages": None})], "pieces p holder"),
        ([(("pieces", ("p",)), {"holder": "shelf", "pages": ""})], "pieces p pages"),
        ([], "pieces p"),
        ([(("pieces", ("p",)), {"holder": "shelf"}), (("pieces", ("q",)), {"holder": "x"})], "pieces q"),
    ],
)
def test_the_first_record_that_differs_is_named(
    found: list[tuple[Key, dict[str, Value]]], where: str | None
) -> None:
    """By table, key and column, with what was expected and what was found."""
    difference = compare(FOLDED, found, unsaid={})

    assert (difference.where if difference else None) == where


def test_a_difference_can_be_printed() -> None:
    """As three words of one object."""
    assert Difference("a", "b", "c").as_dict() == {"where": "a", "expected": "b", "found": "c"}
