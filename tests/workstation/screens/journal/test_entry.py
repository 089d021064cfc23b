"""One journal entry in words: who and what, columns by table, digests short; and how a verification went."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.builders import a_case, at
from workstation.acts import verification
from workstation.acts.desk import Desk
from workstation.acts.verification import Verification
from workstation.domain.case import CaseState
from workstation.domain.journal import Difference, Entry
from workstation.screens.journal import entry
from workstation.store import tables

ANCHOR = "0123456789" * 4


@pytest.fixture
def registered(desk: Desk) -> Entry:
    """The entry of a hand-in."""
    case = a_case(desk, CaseState.REGISTERED)
    return verification.listed(at(desk, "4001"), after=0, count=10, of=case.number)[0]


def with_body(of: Entry, **body: Any) -> Entry:
    """The same entry with another body."""
    return replace(of, body=json.dumps(body))


def test_who_did_what_where_and_when(registered: Entry) -> None:
    """The code beside the word: it is what the act is called in commands."""
    told = entry.told(registered)

    assert "办理：收件登记（register）　经办 1001" in told
    assert "1 号窗口" in told
    assert f"对象：{registered.object}" in told
    assert "复核" not in told
    assert "复核 1002" in entry.told(replace(registered, second="1002"))
    assert "! " not in told
    assert "时钟曾回拨" in entry.told(replace(registered, flag="clock"))


def test_each_change_stands_under_its_table(registered: Entry) -> None:
    """A state in words too; nothing personal is there but digests, and those are short."""
    told = entry.told(registered)

    assert f"办件 {registered.object}" in told
    assert "state：已收件（registered）" in told
    assert "registered_at：2026-11-20 09:00:" in told
    assert "覃示例" not in told
    assert registered.hash.hex() not in told
    assert registered.hash.hex()[:12] in told


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "（空）"),
        (7, "7"),
        ("", ""),
        ("ab" * 20, "abababababab…"),
        ("sm3:" + "0f" * 32, "sm3:0f0f0f0f0f0f…"),
        ("13502031012632400012", "13502031012632400012"),
    ],
)
def test_values_as_they_are_but_for_long_digests(registered: Entry, value: Any, shown: str) -> None:
    """A number of ours is no digest, and nothing is not empty."""
    told = entry.told(with_body(registered, changes=[["cases", ["x"], {"field": value}]]))

    assert f"　field：{shown}" in told.split("\n")


def test_an_entry_without_changes_says_so(registered: Entry) -> None:
    """Such as a look at what was hidden, whose facts are all there is."""
    told = entry.told(with_body(registered, facts={"waits": True}, changes=[]))

    assert "没有改动任何记录" in told
    assert "waits：true" in told


@pytest.mark.parametrize("body", ["not json", "[]", '"x"'])
def test_a_body_that_was_meddled_with_does_not_break_it(registered: Entry, body: str) -> None:
    """The hash tells; the rest of the entry can still be read."""
    assert registered.object in entry.told(replace(registered, body=body))


def test_every_table_has_a_word() -> None:
    """A new table is named here too."""
    assert entry.TABLES.keys() >= tables.LEDGER.keys() - {"halls"}


def test_the_anchor_is_grouped_for_reading_aloud() -> None:
    """Forty digits in two lines of four groups; not one is lost."""
    lines = entry.grouped(ANCHOR).split("\n")

    assert [len(line.split()) for line in lines] == [4, 4]
    assert "".join("".join(lines).split()) == ANCHOR


def test_an_outcome_in_words() -> None:
    """A true journal with its anchor; a false one with its first difference and what to do, and no anchor."""
    true = entry.outcome(Verification(12, ANCHOR, None))
    false = entry.outcome(Verification(12, ANCHOR, Difference("cases x state", "served", "closed")))

    assert "共 12 条" in true
    assert entry.grouped(ANCHOR) in true
    assert all(part in false for part in ("cases x state", "served", "closed", "保留现场"))
    assert entry.grouped(ANCHOR) not in false
