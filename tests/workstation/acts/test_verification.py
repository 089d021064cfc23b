"""留痕账: a true journal verifies, a change behind its back is named; each column is tried with the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests import builders
from tests.builders import a_case, at, refused, refused_as
from tests.engines import FilePlace
from tests.workstation.acts.closing import days_pass
from workstation.acts import day_closes, verification
from workstation.acts.desk import Desk
from workstation.acts.verification import Verification
from workstation.domain import codes
from workstation.domain.case import CaseState
from workstation.domain.day_close import DayClose
from workstation.domain.journal import entry_hash
from workstation.policies import MailPolicy


@pytest.fixture
def told(desk: Desk) -> Desk:
    """A hall in which a case went all the way."""
    a_case(desk, CaseState.CLOSED)
    return desk


def test_a_true_journal_verifies(told: Desk) -> None:
    """It counts its entries, and its anchor is that of its head."""
    verified = verification.verify(told)

    seq, head = builders.head(told)
    assert verified.verified
    assert verified.difference is None
    assert verified.entries == seq
    assert verified.anchor == verification.anchor(told) == codes.anchor(head)
    assert codes.parse_anchor(verified.anchor) == head[:16]


def test_every_act_moves_the_anchor(told: Desk) -> None:
    """Forty digits on paper fix everything before them."""
    before = verification.anchor(told)
    a_case(told, CaseState.REGISTERED)

    assert verification.anchor(told) != before


BEHIND: dict[str, str] = {
    "cases": "UPDATE cases SET state = 'registered'",
    "envelopes": "UPDATE envelopes SET office_name = 'x'",
    "papers": "UPDATE papers SET copy = 2 WHERE kind = 'envelope'",
    "pieces": "DELETE FROM pieces WHERE form = 'result'",
    "mentions": "DELETE FROM mentions WHERE seq = 9",
    "counter": "UPDATE counters SET last = last + 1 WHERE kind = 1",
    "chain": "UPDATE chains SET seq = seq - 1",
}


@pytest.mark.parametrize("where", BEHIND)
def test_a_change_behind_its_back_is_named(told: Desk, where: str) -> None:
    """The first difference tells where it is, what was expected and what was found."""
    with told.store.engine.write():
        told.store.engine.run(BEHIND[where], {})

    found = verification.verify(told)

    assert not found.verified
    assert found.difference is not None
    assert found.difference.where.startswith(where)
    assert found.difference.expected != found.difference.found
    assert set(found.difference.as_dict()) == {"where", "expected", "found"}


def test_a_personal_field_that_does_not_open_is_named(told: Desk) -> None:
    """A blob put into another row is no value of that row."""
    with told.store.engine.write():
        told.store.engine.run("UPDATE cases SET applicant_name = applicant_phone", {})

    difference = verification.verify(told).difference

    assert difference is not None
    assert difference.where.startswith("cases.applicant_name|")


def listed(desk: Desk, of: str | None = None, after: int = 0, count: int = 1000) -> list[int]:
    """The sequence numbers that somebody is shown."""
    return [entry.seq for entry in verification.listed(desk, after=after, count=count, of=of)]


@pytest.mark.parametrize("code", ["2001", "3001", "4001"])
def test_the_journal_is_read_page_by_page(told: Desk, code: str) -> None:
    """By supervisor, administrator and auditor."""
    reader = at(told, code)
    seq, _ = builders.head(told)

    assert listed(reader) == list(range(1, seq + 1))
    assert listed(reader, after=3, count=2) == [4, 5]


def test_a_case_has_its_own_page(told: Desk) -> None:
    """Entries that mention it, and no others."""
    case = a_case(told, CaseState.REGISTERED).number
    reader = at(told, "4001")

    acts = [entry.act for entry in verification.listed(reader, after=0, count=100, of=case)]
    assert acts == ["register", "make_paper"]
    assert listed(reader, of=case, after=10**6) == []


@pytest.mark.parametrize("seat", [lambda d: at(d, "1001"), lambda d: at(d, "5001")])
def test_others_do_not_read_the_journal(told: Desk, seat: Callable[[Desk], Desk]) -> None:
    """Neither clerk nor courier."""
    with refused(told, "wrong-role"):
        listed(seat(told))


def test_pages_do_not_matter(told: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A journal longer than a page is read to its end."""
    whole = verification.verify(told)
    monkeypatch.setattr(verification, "_PAGE", 7)

    assert verification.verify(told) == whole


# --- against the anchor on a paper


@pytest.fixture
def closed(told: Desk) -> DayClose:
    """The close of a day in that hall; its sheet is signed and kept."""
    return day_closes.close(at(told, "2001"), policy=MailPolicy())


def from_paper(desk: Desk, close: DayClose) -> Verification:
    """Whoever has the sheet types its digits, and its own number."""
    return verification.verify_from(desk, day_closes.grouped(close.anchor), sheet=close.paper)


def change(desk: Desk, *statements: str) -> None:
    """Behind the program's back."""
    with desk.store.engine.write():
        for statement in statements:
            desk.store.engine.run(statement, {})


def test_the_sheet_of_a_day_finds_its_entry(told: Desk, closed: DayClose) -> None:
    """However much was done since; the close stands behind it."""
    days_pass(told)
    a_case(told, CaseState.REGISTERED)

    found = from_paper(told, closed)

    assert found.verified
    assert found.head is not None
    assert (found.head.seq, found.asked) == (closed.entries, closed.anchor)
    assert found.head.then is not None
    assert (found.head.then.act, found.head.then.seq) == ("close_day", closed.entries + 1)


def test_a_digit_mistyped_is_told_as_such(told: Desk, closed: DayClose) -> None:
    """Each of the forty, and two that changed places: no word of a changed journal."""
    digits = closed.anchor
    for place in range(len(digits)):
        wrong = f"{digits[:place]}{(int(digits[place]) + 1) % 10}{digits[place + 1 :]}"
        with refused_as(told, ("anchor-check-digit", "anchor-range")) as caught:
            verification.verify_from(told, wrong)
        assert "抄写有误" in caught.value.why
    for text in ("", digits[1:], f"{digits}0", "x" * 40):
        with refused_as(told, ("anchor-length", "anchor-characters")):
            verification.verify_from(told, text)
    sheet = f"{closed.paper[:-1]}{(int(closed.paper[-1]) + 1) % 10}"
    with refused(told, "code-check-digit"):
        verification.verify_from(told, digits, sheet=sheet)


def test_an_anchor_of_another_journal_is_not_found(told: Desk) -> None:
    """Well-formed, and of no entry: the journal agrees with itself, and yet it is not the one."""
    found = verification.verify_from(told, codes.anchor(b"x" * 32))

    assert found.difference is None
    assert (found.verified, found.is_on_paper, found.head) == (False, False, None)


def test_an_anchor_is_not_looked_up_in_the_closes(told: Desk, closed: DayClose) -> None:
    """What a record says it was counts for nothing: only the chain itself does."""
    forged = codes.anchor(b"y" * 32)
    change(told, f"UPDATE day_closes SET anchor = '{forged}'")

    assert verification.verify_from(told, forged).head is None
    assert from_paper(told, closed).difference is not None


#: Ten changes behind the program's back, by what somebody would want with them.
HIDDEN: dict[str, str] = {
    "a case moved on": "UPDATE cases SET state = 'registered'",
    "another name": "UPDATE cases SET applicant_name = applicant_phone",
    "an envelope taken away": "DELETE FROM envelopes",
    "a paper's picture changed": "UPDATE paper_bodies SET pdf = zeroblob(40) WHERE pdf IS NOT NULL",
    "a paper's picture taken away": "UPDATE paper_bodies SET pdf = NULL",
    "a clerk made supervisor": "UPDATE users SET role = 'supervisor' WHERE code = '1001'",
    "numbers given twice": "UPDATE counters SET last = last - 1 WHERE kind = 1",
    "an entry's act rewritten": "UPDATE journal SET operator = '1002' WHERE seq = 9",
    "entries taken out of the middle": "DELETE FROM journal WHERE seq = 9",
    "a case's page shortened": "DELETE FROM mentions WHERE seq = 9",
    "the close itself changed": "UPDATE day_closes SET figures = '{}'",
    "the close itself taken away": "DELETE FROM day_closes",
    "a reason put in": (
        "INSERT INTO day_reasons (hall, id, day, kind, object, why, reason, version, changed_at, changed_by,"
        " changed_act) VALUES (1, 'x', '2026-11-20', 'task', 'x', 'x', 'x', 1, 0, '', '')"
    ),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_a_hidden_change_is_found_from_the_sheet(told: Desk, closed: DayClose, name: str) -> None:
    """Whatever was changed, put in or taken out, the day it was closed on no longer verifies."""
    assert from_paper(told, closed).verified
    change(told, *_triggers(told), HIDDEN[name])

    assert not from_paper(told, closed).verified


def _triggers(desk: Desk) -> list[str]:
    """Whoever changes the file takes its triggers away first."""
    found = desk.store.engine.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'", {})
    return [f"DROP TRIGGER {line['name']}" for line in found]


def test_a_rebuilt_database_is_found(told: Desk, closed: DayClose, tmp_path: Path) -> None:
    """The same acts in a hall made anew: everything agrees with everything but the paper."""
    rebuilt = builders.a_desk(FilePlace(tmp_path / "rebuilt.db"), tmp_path / "rebuilt")
    a_case(rebuilt, CaseState.CLOSED, applicant=builders.a_person("李示例"))
    day_closes.close(at(rebuilt, "2001"), policy=MailPolicy())

    found = from_paper(rebuilt, closed)

    assert verification.verify(rebuilt).verified
    assert (found.verified, found.difference, found.head) == (False, None, None)
    rebuilt.store.engine.close()


def test_a_chain_hashed_anew_is_found(told: Desk, closed: DayClose) -> None:
    """An entry rewritten with all the hashes after it: the chain holds, but it is another one."""
    rehashed(told, since=4)

    found = from_paper(told, closed)

    assert verification.verify(told).difference is None
    assert (found.verified, found.head) == (False, None)


def test_a_tail_cut_off_is_found_by_the_sheets_number(told: Desk, closed: DayClose) -> None:
    """The close and all after it gone, records too: its anchor is still there, but not what printed it."""
    cut_off(told, after=closed.entries)

    assert verification.verify(told).difference is None
    alone = verification.verify_from(told, closed.anchor)
    found = from_paper(told, closed)

    assert (alone.verified, alone.head is not None and alone.head.then) == (True, None)
    assert (found.verified, found.sheet) == (False, closed.paper)


def rehashed(desk: Desk, *, since: int) -> None:
    """Rewrite the window of one entry and hash the rest of the chain anew."""
    with desk.reading() as reading:
        entries = reading.journal(since - 1)
    previous, statements = entries[0].previous, _triggers(desk)
    for entry in entries:
        window = 7 if entry.seq == since else entry.window
        forged = replace(entry, window=window, previous=previous)
        previous = entry_hash(forged)
        statements.append(
            f'UPDATE journal SET "window" = {"NULL" if window is None else window},'
            f" previous = x'{forged.previous.hex()}', hash = x'{previous.hex()}' WHERE seq = {entry.seq}"
        )
    change(desk, *statements, f"UPDATE chains SET hash = x'{previous.hex()}'")


def cut_off(desk: Desk, *, after: int) -> None:
    """Take the end of the journal away, with all that it had made: the close, its paper and its wording."""
    with desk.reading() as reading:
        (last,) = reading.journal(after - 1, 1)
        wordings = {one.document for one in reading.wordings.where(document="day_sheet")}
    assert len(wordings) <= 1
    change(
        desk,
        *_triggers(desk),
        f"DELETE FROM journal WHERE seq > {after}",
        f"DELETE FROM mentions WHERE seq > {after}",
        "DELETE FROM day_closes",
        "DELETE FROM wordings WHERE document = 'day_sheet'",
        "DELETE FROM paper_bodies WHERE number IN (SELECT number FROM papers WHERE kind = 'day_sheet')",
        "DELETE FROM papers WHERE kind = 'day_sheet'",
        "DELETE FROM counters WHERE kind = 6",
        f"UPDATE chains SET seq = {after}, hash = x'{last.hash.hex()}', at = {last.at}",
    )
